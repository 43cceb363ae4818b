"""What assigned work costs by dated rate cards: each assignment split where its rate changes, each part priced once.

Instants are wall minutes, work is minutes, amounts are minor units (two decimals), rates are millionths of the currency per
hour. The work of an assignment is even over the working time that it takes of its task (:func:`placed`), so that a part holds as
much of it as of that time, in whole minutes (the sums up to each change are rounded half to even, so the parts sum to the work). A part's amount is
``minutes × rate / 60``, rounded half to even once; there is no other rounding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budgets.engine.allocation import NONE, Int64, proportion
from budgets.engine.earned_value import product_over
from programs.engine.calendars import WorkCalendar, add_working, next_working, work_ordinal
from projects.engine.load import Stretch

SCALE: Final = 1_000_000
_PER_CENT_HOUR: Final = 60 * SCALE // 100
_ALWAYS: Final = np.iinfo(np.int64).min // 4
_NEVER: Final = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class CardRate:
    """A line of a rate card: ``rate`` in ``currency`` for an hour, from a day on, to ``ends_on`` if that is given."""

    row: int
    starts_on: date
    ends_on: date | None
    rate: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What holds from a day on (None: always before): millionths per hour, NONE if no rate is known, and the line it comes from."""

    since: date | None
    value: int
    row: int


def holding(rates: Sequence[CardRate], day: date) -> CardRate | None:
    """Return what a card says of one resource or role on a day: its latest rate that began by then, unless that has ended."""
    begun = [one for one in rates if one.starts_on <= day]
    if not begun:
        return None
    last = max(begun, key=lambda one: one.starts_on)
    return last if last.ends_on is None or day <= last.ends_on else None


def curve(
    levels: Sequence[Sequence[CardRate]],
    exchange: Callable[[str, date], Decimal | None],
    turns: Sequence[date] = (),
) -> list[Step]:
    """Return the rate of a resource over time, in the portfolio's currency; neighbours that are equal in all are one step.

    :param levels: the rates of its cards, the one that comes first first; where that says nothing, the next is asked.
    :param exchange: what one unit of a currency is worth on a day; 1 for the portfolio's own, None where no rate is known.
    :param turns: the days on which exchange rates change.
    """
    days = {one.starts_on for level in levels for one in level}
    days |= {one.ends_on + timedelta(days=1) for level in levels for one in level if one.ends_on is not None}
    if days:
        days |= {day for day in turns if day > min(days)}
    steps = [Step(None, NONE, 0)]
    for day in sorted(days):
        found = next((rate for level in levels if (rate := holding(level, day)) is not None), None)
        value = NONE
        if found is not None and (worth := exchange(found.currency, day)) is not None:
            value = int((found.rate * worth * SCALE).to_integral_value(ROUND_HALF_EVEN))
        step = Step(day, value, found.row if found else 0)
        if (step.value, step.row) != (steps[-1].value, steps[-1].row):
            steps.append(step)
    return steps


def amount_of(minutes: int, rate: int) -> int:
    """Return what minutes of work cost at a rate in millionths per hour, minor units, rounded half to even once."""
    return round(Fraction(minutes * rate, _PER_CENT_HOUR))


def at(steps: Sequence[Step], day: date) -> Step:
    """Return the step that holds on a day."""
    return next(step for step in reversed(steps) if step.since is None or step.since <= day)


@dataclass(frozen=True, eq=False)
class Curves:
    """Curves one behind the other: those of curve ``i`` are ``first[i]:first[i + 1]`` of ``since``, ``value`` and ``row``."""

    first: Int64
    since: Int64
    value: Int64
    row: Int64

    @classmethod
    def of(cls, curves: Sequence[Sequence[Step]]) -> "Curves":
        """Lay curves out; each begins with what always was before."""
        steps = [step for one in curves for step in one]
        return cls(
            np.cumsum([0, *(len(one) for one in curves)]).astype(np.int64),
            np.array([_ALWAYS if s.since is None else _midnight(s.since) for s in steps], np.int64),
            np.array([step.value for step in steps], np.int64),
            np.array([step.row for step in steps], np.int64),
        )


@dataclass(frozen=True, eq=False)
class Work:
    """Assignments, ``(k,)``: the calendar of the task (an index), their dates, the minutes of work and the curve of the resource."""

    calendar: NDArray[np.integer]
    start: Int64
    finish: Int64
    minutes: Int64
    curve: Int64


@dataclass(frozen=True, eq=False)
class Parts:
    """Parts of assignments, ``(p,)``, those of one together and in order; ``owner`` is the assignment, ``number`` counts its parts.

    ``rate`` is NONE and ``amount`` zero where no rate is known.
    """

    owner: Int64
    number: Int64
    start: Int64
    finish: Int64
    minutes: Int64
    rate: Int64
    row: Int64
    amount: Int64


def placed(work: Work, duration: Int64, stretch: Stretch, calendars: Sequence[WorkCalendar]) -> Work:
    """Return the work of tasks with its own dates in place of theirs: what it takes of the task's duration, in working time.

    Where a task is interrupted, an assignment takes the same part of the time between its start and its finish.
    """
    own = (work.start != NONE) & (work.finish != NONE) & (duration > 0)
    own &= (stretch.first > 0) | (stretch.last < duration)
    start, finish = work.start.copy(), work.finish.copy()
    for number in np.unique(work.calendar[own]):
        rows, calendar = np.flatnonzero(own & (work.calendar == number)), calendars[number]
        total = work_ordinal(calendar, work.finish[rows]) - work_ordinal(calendar, work.start[rows])
        rows, total = rows[total > 0], total[total > 0]
        if not len(rows):
            continue
        whole = duration[rows]
        first, last = (
            proportion(total, stretch.first[rows], whole),
            proportion(total, stretch.last[rows], whole),
        )
        begin = next_working(calendar, add_working(calendar, work.start[rows], first))
        start[rows] = np.where(first == 0, work.start[rows], np.minimum(begin, work.finish[rows]))
        finish[rows] = np.where(
            last == total, work.finish[rows], add_working(calendar, work.start[rows], last)
        )
    return replace(work, start=start, finish=finish)


def price(work: Work, curves: Curves, calendars: Sequence[WorkCalendar]) -> Parts:
    """Return the parts of all assignments that have dates and any work.

    Work that takes no working time falls on the day of its finish; a finish at midnight belongs to the day before.
    """
    live = np.flatnonzero((work.start != NONE) & (work.finish != NONE) & (work.minutes > 0))
    step, owner = _steps(work, curves, live)
    upto = np.append(curves.since[1:], _NEVER)
    upto[curves.first[1:] - 1] = _NEVER  # the last step of each curve
    start = np.maximum(work.start[owner], curves.since[step])
    finish = np.minimum(work.finish[owner], upto[step])
    worked, before, whole = (np.zeros(len(owner), np.int64) for _ in range(3))
    for number in np.unique(work.calendar[owner]):
        rows = np.flatnonzero(work.calendar[owner] == number)
        at_start, at_finish, origin, end = (
            work_ordinal(calendars[number], instants)
            for instants in (start[rows], finish[rows], work.start[owner[rows]], work.finish[owner[rows]])
        )
        before[rows], worked[rows] = at_start - origin, at_finish - at_start
        whole[rows] = end - origin
    flat = whole <= 0
    kept = np.where(flat, np.append(owner[1:] != owner[:-1], True)[: len(owner)], worked > 0)
    owner, step, start, finish = owner[kept], step[kept], start[kept], finish[kept]
    before, worked, whole, flat = before[kept], worked[kept], whole[kept], flat[kept]
    size = np.where(flat, 1, whole)
    total = work.minutes[owner]
    minutes = proportion(total, np.where(flat, 1, before + worked), size) - proportion(
        total, np.where(flat, 0, before), size
    )
    value = curves.value[step]
    known = value != NONE
    amount = np.where(
        known, product_over(minutes, np.where(known, value, 0), np.full_like(minutes, _PER_CENT_HOUR)), 0
    )
    number = np.arange(len(owner)) - np.searchsorted(owner, owner, side="left")
    return Parts(
        owner, number, np.where(flat, work.start[owner], start), finish, minutes, value, curves.row[step], amount
    )  # fmt: skip


def _steps(work: Work, curves: Curves, live: Int64) -> tuple[Int64, Int64]:
    """Return which steps each assignment meets: the index of each, and whose it is, ascending."""
    low, count = np.zeros(len(live), np.int64), np.zeros(len(live), np.int64)
    for number in np.unique(work.curve[live]):
        rows = np.flatnonzero(work.curve[live] == number)
        begin, end = curves.first[number], curves.first[number + 1]
        since = curves.since[begin:end]
        start, finish = work.start[live[rows]], work.finish[live[rows]]
        last = np.maximum(np.searchsorted(since, finish, side="left") - 1, 0)
        first = np.minimum(np.maximum(np.searchsorted(since, start, side="right") - 1, 0), last)
        low[rows], count[rows] = begin + first, last - first + 1
    owner = np.repeat(live, count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
    return step.astype(np.int64), owner


def _midnight(day: date) -> int:
    return int(np.datetime64(day, "m").astype(np.int64))
