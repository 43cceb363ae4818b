"""What a source states, as rows of our tables: known by key, with references to each other by key instead of by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Ref:
    """The row of ``model`` that the same source calls ``key``."""

    model: type[models.Model]
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """``values`` by column are what the source says; ``once`` is only used when the row is made (its place, its code)."""

    values: Mapping[str, Any]
    once: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Sheet:
    """All rows of one model that a source states.

    ``existing`` are the rows among which they may be already; ``identity`` are the columns by which they are recognised.
    ``drops``: rows that an earlier import of this source made and that it no longer has are deleted (links, exceptions);
    otherwise they stay.
    """

    model: type[models.Model]
    name: str
    existing: models.QuerySet[Any]
    identity: tuple[str, ...] = ("external_key",)
    drops: bool = False
    rows: dict[str, Row] = field(default_factory=dict)
    owner: str = "program_id"

    def add(self, key: str, values: Mapping[str, Any], **once: Any) -> Ref:
        """State a row; returns how other rows refer to it."""
        self.rows[key] = Row(values, once)
        return Ref(self.model, key)


def text(value: str, limit: int | None = None) -> str:
    """Return a text as the database takes it: without NUL, cut to what the column holds."""
    value = value.replace("\0", "")
    return value if limit is None or len(value) <= limit else value[: limit - 1] + "…"
