"""The published figures of programs and projects, as screens and services read them.

``Reading.visible_to`` decides what is there: a figure that the actor may not read is missing, as if it were not known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from programs.models import PastReading, Reading
from tpm.accounts.actors import Actor

Value = Decimal | datetime | str | None


@dataclass(frozen=True)
class Figures(Mapping[str, Value]):
    """The figures of one subject by key (``cost.cpi``). Amounts and ratios are ``Decimal``, dates naive ``datetime`` (wall
    time of the program), None is *not available*; a key that is missing was not computed, or may not be read.

    ``plan``, ``cost`` and ``risk`` are the same by the second word of the key, as templates need them.

    :ivar revision: the program's revision that the figures were computed at; 0 without any.
    """

    by_key: Mapping[str, Value] = field(default_factory=dict)
    revision: int = 0

    def __getitem__(self, key: str) -> Value:
        return self.by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_key)

    def __len__(self) -> int:
        return len(self.by_key)

    def number(self, key: str) -> Decimal | None:
        """Return a number, None where it is not available."""
        value = self.by_key.get(key)
        return value if isinstance(value, Decimal) else None

    def moment(self, key: str) -> datetime | None:
        """Return a date with its time of day, None where it is not available."""
        value = self.by_key.get(key)
        return value if isinstance(value, datetime) else None

    def _group(self, name: str) -> dict[str, Value]:
        return {
            key.partition(".")[2]: value for key, value in self.by_key.items() if key.startswith(f"{name}.")
        }

    @property
    def plan(self) -> dict[str, Value]:
        return self._group("plan")

    @property
    def cost(self) -> dict[str, Value]:
        return self._group("cost")

    @property
    def risk(self) -> dict[str, Value]:
        return self._group("risk")


@dataclass(frozen=True)
class Past:
    """A program's figures as they were at a data date."""

    data_date: date
    figures: Figures


NO_FIGURES = Figures()


def for_programs(
    actor: Actor, program_ids: Iterable[int], keys: Iterable[str] | None = None
) -> dict[int, Figures]:
    """Return the programs' own figures by program id: one query for any number of programs."""
    rows = Reading.objects.visible_to(actor).filter(program_id__in=list(program_ids), project_id=0)
    return _grouped(_only(rows, keys), "program_id")


def for_projects(actor: Actor, program_id: int, keys: Iterable[str] | None = None) -> dict[int, Figures]:
    """Return the figures of a program's projects by project id: one query."""
    rows = Reading.objects.visible_to(actor).filter(program_id=program_id, project_id__gt=0)
    return _grouped(_only(rows, keys), "project_id")


def for_projects_of(
    actor: Actor, program_ids: Iterable[int], keys: Iterable[str] | None = None
) -> dict[int, Figures]:
    """Return the figures of all projects of several programs by project id: one query."""
    rows = Reading.objects.visible_to(actor).filter(program_id__in=list(program_ids), project_id__gt=0)
    return _grouped(_only(rows, keys), "project_id")


def history(
    actor: Actor, program_id: int, keys: Iterable[str], *, project_id: int = 0, last: int = 12
) -> list[Past]:
    """Return the newest ``last`` data dates with the figures of a program (or of one of its projects), oldest first: one query."""
    rows = PastReading.objects.visible_to(actor).filter(
        program_id=program_id, project_id=project_id, key__in=list(keys)
    )
    return _by_date(rows.order_by("data_date").values("data_date", "key", "value", "text", "revision"))[
        -last:
    ]


def at_data_date(actor: Actor, program_id: int, at: date) -> dict[int, Figures]:
    """Return the figures that were kept at a data date, of the program (0) and its projects by id: one query."""
    rows = PastReading.objects.visible_to(actor).filter(program_id=program_id, data_date=at)
    return _grouped(rows, "project_id")


def histories(
    actor: Actor, program_ids: Iterable[int], keys: Iterable[str], *, last: int = 12
) -> dict[int, list[Past]]:
    """Return the same of many programs by program id: one query."""
    rows = PastReading.objects.visible_to(actor).filter(
        program_id__in=list(program_ids), project_id=0, key__in=list(keys)
    )
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows.order_by("data_date").values(
        "program_id", "data_date", "key", "value", "text", "revision"
    ):
        found.setdefault(row["program_id"], []).append(row)
    return {pk: _by_date(mine)[-last:] for pk, mine in found.items()}


def _only(rows: Any, keys: Iterable[str] | None) -> Any:
    return rows if keys is None else rows.filter(key__in=list(keys))


def _value(row: Mapping[str, Any]) -> Value:
    if row["value"] is not None:
        number: Decimal = row["value"]
        return number
    if not row["text"]:
        return None
    try:
        return datetime.fromisoformat(row["text"])
    except ValueError:
        return str(row["text"])


def _grouped(rows: Any, by: str) -> dict[int, Figures]:
    values: dict[int, dict[str, Value]] = {}
    revisions: dict[int, int] = {}
    for row in rows.values(by, "key", "value", "text", "revision"):
        values.setdefault(row[by], {})[row["key"]] = _value(row)
        revisions[row[by]] = max(revisions.get(row[by], 0), row["revision"])
    return {pk: Figures(mine, revisions[pk]) for pk, mine in values.items()}


def _by_date(rows: Iterable[Mapping[str, Any]]) -> list[Past]:
    values: dict[date, dict[str, Value]] = {}
    revisions: dict[date, int] = {}
    for row in rows:
        values.setdefault(row["data_date"], {})[row["key"]] = _value(row)
        revisions[row["data_date"]] = max(revisions.get(row["data_date"], 0), row["revision"])
    return [Past(at, Figures(values[at], revisions[at])) for at in sorted(values)]
