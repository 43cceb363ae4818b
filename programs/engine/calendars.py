"""Working-time calendars: a weekly pattern, dated exceptions, and arithmetic in working minutes.

Time is a *wall minute*: ``int64`` minutes since 1970-01-01T00:00 on the clock of the program's time zone.
``NONE`` marks a missing instant. Boundary rule (as in MS Project): the end of one working period and the
start of the next are one instant of the working axis; a start is shown at the later form, a finish at the
earlier. Not handled here: time zones and daylight saving (plan time has none).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendar_kernels import MONDAY, OFF, ON, WEEK, WEEKLY, CalendarTables
from programs.engine.jit import readonly

NONE = int(np.iinfo(np.int64).min)
DAY = 1_440
EPOCH = datetime(1970, 1, 1)
EARLIEST = int((datetime(1, 1, 1) - EPOCH).total_seconds()) // 60
LATEST = int((datetime(9999, 12, 31, 23, 59) - EPOCH).total_seconds()) // 60
FAR = 1 << 61

Interval = tuple[int, int]
IntArray = NDArray[np.int64]


class CalendarError(ValueError):
    """A calendar that can not be used; ``code`` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def wall_minutes(instant: datetime) -> int:
    """Wall minutes of a naive datetime (seconds are cut off)."""
    return int((instant - EPOCH) // timedelta(minutes=1))


def wall_datetime(minutes: int) -> datetime:
    """The naive datetime of wall minutes."""
    return EPOCH + timedelta(minutes=int(minutes))


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days ``first`` to ``last`` (days since 1970-01-01, both included) work ``intervals`` instead of the
    weekly pattern."""

    first: int
    last: int
    intervals: tuple[Interval, ...] = ()
    name: str = ""


def _clean(intervals: Sequence[Sequence[int]], where: str) -> tuple[Interval, ...]:
    """Sorted, merged intervals of a day; raises CalendarError on a bad one."""
    merged: list[Interval] = []
    for start, end in sorted((int(pair[0]), int(pair[1])) for pair in intervals):
        if not 0 <= start < end <= DAY:
            raise CalendarError("bad_interval", f"{where}: working time {start}..{end} is not within a day")
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """An immutable working-time calendar; build it with :meth:`build`, :meth:`from_json` or
    :func:`intersect`.

    ``week`` holds seven tuples of ``(start, end)`` minutes of the day, Monday first; a night shift is two
    intervals across midnight. ``exceptions`` override the week; a later exception overrides an earlier one on
    the days they share.
    """

    week: tuple[tuple[Interval, ...], ...]
    exceptions: tuple[CalendarException, ...]
    name: str
    tables: CalendarTables = field(repr=False)

    @classmethod
    def build(
        cls,
        week: Sequence[Sequence[Sequence[int]]],
        exceptions: Sequence[CalendarException] = (),
        name: str = "",
    ) -> WorkCalendar:
        """Check and compile a calendar.

        :raises CalendarError: ``bad_week``, ``bad_interval``, ``bad_exception`` or ``exception_too_long``.
        """
        if len(week) != 7:
            raise CalendarError("bad_week", f"calendar {name!r}: a week has 7 days, not {len(week)}")
        days = tuple(_clean(day, f"calendar {name!r}, weekday {i}") for i, day in enumerate(week))
        kept = []
        for item in exceptions:
            if item.last < item.first:
                raise CalendarError("bad_exception", f"calendar {name!r}: an exception ends before it starts")
            where = f"calendar {name!r}, exception"
            kept.append(CalendarException(item.first, item.last, _clean(item.intervals, where), item.name))
        return cls(days, tuple(kept), name, _compile(days, kept, name))

    @classmethod
    def from_json(
        cls,
        week: Sequence[Sequence[Sequence[int]]],
        exceptions: Sequence[Mapping[str, Any]] = (),
        name: str = "",
    ) -> WorkCalendar:
        """Build from the stored form: ``{"first": "2026-12-24", "last": …, "intervals": [[480, 720]], "name":
        …}``."""
        parsed = [
            CalendarException(
                _day_number(item["first"]),
                _day_number(item.get("last") or item["first"]),
                tuple((int(a), int(b)) for a, b in item.get("intervals") or ()),
                str(item.get("name") or ""),
            )
            for item in exceptions
        ]
        return cls.build(week, parsed, name)

    def to_json(self) -> dict[str, Any]:
        """The stored form: ``{"name", "week", "exceptions"}``."""
        return {
            "name": self.name,
            "week": [[list(interval) for interval in day] for day in self.week],
            "exceptions": [
                {
                    "first": (EPOCH + timedelta(days=item.first)).date().isoformat(),
                    "last": (EPOCH + timedelta(days=item.last)).date().isoformat(),
                    "intervals": [list(interval) for interval in item.intervals],
                    "name": item.name,
                }
                for item in self.exceptions
            ],
        }

    @property
    def week_minutes(self) -> int:
        """Working minutes of a regular week."""
        return int(self.tables.week_work[0])

    def intervals_on(self, day: int) -> tuple[Interval, ...]:
        """Working intervals of a day (days since 1970-01-01)."""
        for item in reversed(self.exceptions):
            if item.first <= day <= item.last:
                return item.intervals
        return self.week[(day + 3) % 7]


def _day_number(value: str | date) -> int:
    parsed = value if isinstance(value, date) else date.fromisoformat(value)
    return parsed.toordinal() - EPOCH.toordinal()


def _weekly_ordinal(done: NDArray[np.int16], work: int, at: int) -> int:
    week = (at + MONDAY) // WEEK
    return week * work + int(done[at + MONDAY - week * WEEK])


def _exception_pieces(exceptions: Sequence[CalendarException], name: str) -> list[tuple[int, int, int]]:
    """``(wall minute, kind, end of the exceptional stretch)`` pieces, sorted; later exceptions win."""
    first = max(min(item.first for item in exceptions), EARLIEST // DAY)
    last = min(max(item.last for item in exceptions), LATEST // DAY)
    if last < first:
        return []
    owner = np.full(last - first + 1, -1, np.int32)
    for index, item in enumerate(exceptions):
        owner[max(item.first - first, 0) : max(item.last - first + 1, 0)] = index
    bounds = [0, *(np.flatnonzero(np.diff(owner)) + 1).tolist(), len(owner)]
    pieces: list[tuple[int, int, int]] = []
    for low, high in itertools.pairwise(bounds):
        index = int(owner[low])
        start, end = (first + low) * DAY, (first + high) * DAY
        if index < 0:
            pieces.append((start, WEEKLY, end))
            continue
        intervals = exceptions[index].intervals
        if len(intervals) * (high - low) > 400_000:
            raise CalendarError(
                "exception_too_long", f"calendar {name!r}: an exception with working times is too long"
            )
        at = start
        for day in range(first + low, first + high) if intervals else ():
            for opens, closes in intervals:
                if day * DAY + opens > at:
                    pieces.append((at, OFF, end))
                pieces.append((day * DAY + opens, ON, end))
                at = day * DAY + closes
        if at < end:
            pieces.append((at, OFF, end))
    pieces.append(((last + 1) * DAY, WEEKLY, FAR))
    return pieces


def _compile(
    days: tuple[tuple[Interval, ...], ...], exceptions: list[CalendarException], name: str
) -> CalendarTables:
    working = np.zeros(WEEK, bool)
    for weekday, intervals in enumerate(days):
        for opens, closes in intervals:
            working[weekday * DAY + opens : weekday * DAY + closes] = True
    week_done = np.zeros(WEEK + 1, np.int16)
    np.cumsum(working, out=week_done[1:])
    week_clock = np.flatnonzero(working).astype(np.int16)
    work = len(week_clock)
    at, done, shift, kind = [-FAR], [-FAR], [0], [WEEKLY]
    ordinal = 0
    pieces = _exception_pieces(exceptions, name) if exceptions else []
    if pieces:
        ordinal = _weekly_ordinal(week_done, work, pieces[0][0])
    for index, (start, piece, _) in enumerate(pieces):
        at.append(start)
        done.append(ordinal)
        kind.append(piece)
        if piece == WEEKLY:
            shift.append(ordinal - _weekly_ordinal(week_done, work, start))
        else:
            shift.append(ordinal - start if piece == ON else ordinal)
        if index + 1 < len(pieces):
            end = pieces[index + 1][0]
            if piece == ON:
                ordinal += end - start
            elif piece == WEEKLY:
                ordinal = shift[-1] + _weekly_ordinal(week_done, work, end)
    # Ordinals count from the epoch, whatever the exceptions before it.
    tables = _tables(week_done, week_clock, work, at, done, shift, kind)
    offset = int(_work(tables, np.zeros(1, np.int64))[0])
    if offset:
        tables = _tables(
            week_done, week_clock, work, at, [d - offset for d in done], [s - offset for s in shift], kind
        )
    return tables


def _tables(
    week_done: NDArray[np.int16],
    week_clock: NDArray[np.int16],
    work: int,
    at: list[int],
    done: list[int],
    shift: list[int],
    kind: list[int],
) -> CalendarTables:
    return CalendarTables(
        readonly(week_done),
        readonly(np.array([0, work], np.int64)),
        readonly(week_clock),
        readonly(np.array([work], np.int64)),
        readonly(np.array([0, len(at)], np.int64)),
        readonly(np.array(at, np.int64)),
        readonly(np.array(done, np.int64)),
        readonly(np.array(shift, np.int64)),
        readonly(np.array(kind, np.int8)),
    )


def pack(calendars: Sequence[WorkCalendar]) -> CalendarTables:
    """The tables of several calendars end to end, for kernels; calendar ``i`` keeps its index."""
    parts = [calendar.tables for calendar in calendars]

    def ends(sizes: list[int]) -> IntArray:
        return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)

    return CalendarTables(
        readonly(np.concatenate([part.week_done for part in parts])),
        readonly(ends([len(part.week_clock) for part in parts])),
        readonly(np.concatenate([part.week_clock for part in parts])),
        readonly(np.concatenate([part.week_work for part in parts])),
        readonly(ends([len(part.seg_at) for part in parts])),
        readonly(np.concatenate([part.seg_at for part in parts])),
        readonly(np.concatenate([part.seg_done for part in parts])),
        readonly(np.concatenate([part.seg_shift for part in parts])),
        readonly(np.concatenate([part.seg_kind for part in parts])),
    )


def _work(tables: CalendarTables, t: IntArray) -> IntArray:
    segment = np.searchsorted(tables.seg_at, t, "right") - 1
    kind = tables.seg_kind[segment]
    week = (t + MONDAY) // WEEK
    weekly = week * tables.week_work[0] + tables.week_done[t + MONDAY - week * WEEK]
    extra = np.where(kind == WEEKLY, weekly, np.where(kind == ON, t, 0))
    return np.asarray(tables.seg_shift[segment] + extra, np.int64)


def _clock(tables: CalendarTables, segment: NDArray[np.intp], w: IntArray, back: int) -> IntArray:
    base = w - tables.seg_shift[segment]
    if not len(tables.week_clock):
        return np.asarray(base, np.int64)
    week = (base - back) // tables.week_work[0]
    weekly = week * WEEK - MONDAY + tables.week_clock[base - back - week * tables.week_work[0]] + back
    return np.asarray(np.where(tables.seg_kind[segment] == WEEKLY, weekly, base), np.int64)


def _start(tables: CalendarTables, w: IntArray) -> IntArray:
    return _clock(tables, np.searchsorted(tables.seg_done, w, "right") - 1, w, 0)


def _finish(tables: CalendarTables, w: IntArray) -> IntArray:
    return _clock(tables, np.searchsorted(tables.seg_done, w, "left") - 1, w, 1)


def _as_minutes(values: Any) -> IntArray:
    return np.asarray(values, np.int64)


def _usable(calendar: WorkCalendar) -> None:
    if not calendar.week_minutes:
        raise CalendarError(
            "calendar_without_work", f"calendar {calendar.name!r} has no working time in its week"
        )


def work_ordinal(calendar: WorkCalendar, t: Any) -> IntArray:
    """Working minutes from 1970-01-01T00:00 to each wall minute of ``t``, any shape; negative before."""
    return _work(calendar.tables, _as_minutes(t))


def working_between(calendar: WorkCalendar, a: Any, b: Any) -> IntArray:
    """Working minutes from ``a`` to ``b`` (wall minutes, broadcast); negative when ``b`` is before ``a``."""
    return np.asarray(work_ordinal(calendar, b) - work_ordinal(calendar, a), np.int64)


def add_working(calendar: WorkCalendar, t: Any, minutes: Any) -> IntArray:
    """Wall minute that lies ``minutes`` of work after ``t`` (finish form), or before it when negative (start
    form).

    Zero minutes leave ``t`` where it is. Arguments broadcast.

    :raises CalendarError: ``calendar_without_work``.
    """
    _usable(calendar)
    at, delta = np.broadcast_arrays(_as_minutes(t), _as_minutes(minutes))
    w = _work(calendar.tables, at) + delta
    moved = np.where(delta > 0, _finish(calendar.tables, w), _start(calendar.tables, w))
    return np.asarray(np.where(delta == 0, at, moved), np.int64)


def next_working(calendar: WorkCalendar, t: Any) -> IntArray:
    """The first instant at or after ``t`` at which work goes on (start form).

    :raises CalendarError: ``calendar_without_work``.
    """
    _usable(calendar)
    return _start(calendar.tables, work_ordinal(calendar, t))


def previous_working(calendar: WorkCalendar, t: Any) -> IntArray:
    """The last instant at or before ``t`` at which work ended or is going on (finish form).

    :raises CalendarError: ``calendar_without_work``.
    """
    _usable(calendar)
    return _finish(calendar.tables, work_ordinal(calendar, t))


def same_instant(calendar: WorkCalendar, a: Any, b: Any) -> NDArray[np.bool_]:
    """Whether no working time lies between ``a`` and ``b``."""
    return np.asarray(working_between(calendar, a, b) == 0)


def intersect(a: WorkCalendar, b: WorkCalendar, name: str = "") -> WorkCalendar:
    """The calendar that works when both do (a task calendar with the calendar of its resource)."""
    week = [_both(a.week[day], b.week[day]) for day in range(7)]
    edges = sorted({edge for item in (*a.exceptions, *b.exceptions) for edge in (item.first, item.last + 1)})
    exceptions: list[CalendarException] = []
    for first, stop in itertools.pairwise(edges):
        exceptional = [any(item.first <= first <= item.last for item in c.exceptions) for c in (a, b)]
        if all(exceptional):
            exceptions.append(
                CalendarException(first, stop - 1, _both(a.intervals_on(first), b.intervals_on(first)))
            )
        elif any(exceptional):
            blank = not (a if exceptional[0] else b).intervals_on(first)
            days = [(first, stop)] if blank else [(day, day + 1) for day in range(first, stop)]
            exceptions.extend(
                CalendarException(low, high - 1, _both(a.intervals_on(low), b.intervals_on(low)))
                for low, high in days
            )
    return WorkCalendar.build(week, exceptions, name or f"{a.name} + {b.name}")


def _both(left: tuple[Interval, ...], right: tuple[Interval, ...]) -> tuple[Interval, ...]:
    pairs = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return tuple(sorted((start, end) for start, end in pairs if start < end))


WORKDAY: tuple[Interval, ...] = ((480, 720), (780, 1020))
STANDARD = WorkCalendar.build([WORKDAY] * 5 + [()] * 2, name="Standard")
ROUND_THE_CLOCK = WorkCalendar.build([((0, DAY),)] * 7, name="24 hours")
