"""Earned value beside tasks."""

from collections.abc import Sequence
from typing import Any

from budgets.models import TaskValue
from tpm.accounts.actors import Actor

FIGURES = ("bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi", "eac")
_AMOUNTS = frozenset(FIGURES) - {"spi", "cpi"}


def for_tasks(actor: Actor, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the figures of those tasks whose amounts the actor reads, amounts as text: one query."""
    rows = TaskValue.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", *FIGURES)
    return {
        row[0]: {
            name: str(value) if name in _AMOUNTS and value is not None else value
            for name, value in zip(FIGURES, row[1:], strict=True)
        }
        for row in rows
    }
