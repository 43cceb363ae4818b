"""Lines of a movement: measured on one calendar, summed, and put together as people talk about them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from programs.engine.calendars import work_ordinal
from projects.engine.causes import Cause
from projects.models import LedgerEntry
from projects.selectors.ledger_names import Because
from tpm.activity.models import ChangeSet
from tpm.lib.walltime import to_minutes

WORKDAY = Decimal(480)
TENTH = Decimal("0.1")
STATUS = frozenset({Cause.DATA_DATE, Cause.ACTUALS})


@dataclass(frozen=True)
class Line:
    """One cause in one change set: what it moved, and where the item stood after it.

    ``minutes`` are working minutes and ``days`` calendar days, both later if positive. ``shown`` are working days rounded so
    that the rounded lines still sum to the rounded total. ``because`` is None where the actor may not see who and what.
    ``parts`` are the lines that it stands for, if several.
    """

    cause: int
    label: str
    minutes: int
    days: int
    shown: Decimal
    from_at: datetime | None
    to_at: datetime | None
    at: datetime | None = None
    first_revision: int = 0
    revision: int = 0
    count: int = 1
    change_set: ChangeSet | None = None
    because: Because | None = None
    parts: tuple["Line", ...] = ()

    @property
    def code(self) -> str:
        """The cause as programs know it."""
        return Cause(self.cause).name.lower()


def measured(clock: Any, entries: Sequence[LedgerEntry], told: dict[int, Because] | None) -> list[Line]:
    """Measure a chain on a calendar: where an item was away, it counts from where it had been.

    ``told``: what stands behind the change sets; None hides them.
    """
    at: datetime | None = None
    ends: list[tuple[datetime | None, datetime | None]] = []
    for entry in entries:
        came = entry.from_at if at is None else at
        at = entry.to_at or came
        ends.append((came or at, at))
    known = np.array([[to_minutes(one) for one in pair] for pair in ends if pair[1]], np.int64).reshape(-1, 2)
    work = iter(work_ordinal(clock, known).tolist() if len(known) else [])
    total = 0
    lines = []
    for entry, (came, went) in zip(entries, ends, strict=True):
        before, after = next(work) if went else (0, 0)
        shown = _tenths(total + after - before) - _tenths(total)
        total += after - before
        days = (went.date() - came.date()).days if came and went else 0
        lines.append(
            Line(
                cause=entry.cause,
                label=entry.get_cause_display(),
                minutes=after - before,
                days=days,
                shown=shown,
                from_at=entry.from_at,
                to_at=entry.to_at,
                at=entry.at,
                first_revision=entry.first_revision,
                revision=entry.revision,
                change_set=entry.change_set if told is not None else None,
                because=told.get(entry.change_set_id) if told and entry.change_set_id else None,
            )
        )
    return lines


def _tenths(minutes: int) -> Decimal:
    return (Decimal(minutes) / WORKDAY).quantize(TENTH, ROUND_HALF_EVEN)


def total(group: Sequence[Line]) -> Line:
    """Return consecutive lines, or lines of one cause, as one."""
    return Line(
        cause=group[0].cause,
        label=group[0].label,
        minutes=sum(line.minutes for line in group),
        days=sum(line.days for line in group),
        shown=sum((line.shown for line in group), Decimal(0)),
        from_at=group[0].from_at,
        to_at=group[-1].to_at,
        at=group[-1].at,
        first_revision=group[0].first_revision,
        revision=group[-1].revision,
        count=len(group),
    )


def by_cause(lines: Sequence[Line]) -> list[Line]:
    """Return one line per cause with its sums, the greatest first; causes that moved nothing in the end are left out."""
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.cause, []).append(line)
    return _greatest([total(group) for group in groups.values()])


def _greatest(summed: Sequence[Line]) -> list[Line]:
    return sorted(
        (one for one in summed if one.minutes or one.days), key=lambda one: (-abs(one.minutes), one.cause)
    )


def by_change_set(lines: Sequence[Line]) -> list[Line]:
    """Return one line per change set with its sums, in order; what no single change set did stays as it is."""
    groups: dict[object, list[Line]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(line.change_set.pk if line.change_set else f"line {index}", []).append(line)
    return [
        replace(total(group), change_set=group[0].change_set, because=group[0].because)
        for group in groups.values()
    ]


def headline(causes: Sequence[Line]) -> list[Line]:
    """Return causes as they are said in a sentence: the passing of time and what was reported for it are one thing."""
    status = [line for line in causes if line.cause in STATUS]
    if len(status) < 2:
        return list(causes)
    net = replace(
        total(status), cause=Cause.ACTUALS, label=_("Progress by the data date"), parts=tuple(status)
    )
    return _greatest([net, *(line for line in causes if line.cause not in STATUS)])


def status_updates(lines: Sequence[Line]) -> list[Line]:
    """Join each move of the data date with the progress that was reported for it: alone, the one is as much too late as the
    other is too early. The joined lines are its ``parts``."""
    found: list[list[Line]] = []
    for line in lines:
        run = found[-1] if found else []
        begun = bool(run) and run[0].cause == Cause.DATA_DATE
        same = bool(run) and run[-1].change_set is not None and run[-1].change_set == line.change_set
        joins = (begun and line.cause == Cause.ACTUALS) or (
            same and line.cause == Cause.DATA_DATE and run[-1].cause == Cause.ACTUALS
        )
        if joins:
            run.append(line)
        else:
            found.append([line])
    return [_update(run) if len(run) > 1 else run[0] for run in found]


def _update(run: Sequence[Line]) -> Line:
    reported = next(line for line in reversed(run) if line.cause == Cause.ACTUALS)
    return replace(
        total(run),
        cause=Cause.ACTUALS,
        label=_("Progress by the data date"),
        change_set=reported.change_set,
        because=reported.because,
        parts=tuple(run),
    )


def shortened(lines: Sequence[Line], most: int) -> list[Line]:
    """Return at most so many lines: the earlier ones are summed up in the first."""
    if len(lines) <= most:
        return list(lines)
    first = total(lines[: 1 - most])
    return [replace(first, label=_("%(n)s earlier moves") % {"n": first.count}), *lines[1 - most :]]
