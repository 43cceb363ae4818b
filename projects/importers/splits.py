"""Working pieces of an interrupted task, from when its assignments hold work."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from projects.importers.plan import Day, ImportedCalendar, Interval
from projects.importers.portfolio import EPOCH

MAX_SPAN_DAYS = 20_000
_MONDAY = EPOCH.weekday()


class WorkingTime:
    """Working intervals of a calendar in wall minutes, walked day by day: for a few tasks, not for a network."""

    def __init__(self, calendar: ImportedCalendar) -> None:
        self._week = calendar.week
        self._exceptions = calendar.exceptions
        epoch = EPOCH.toordinal()
        self._firsts = [
            date.fromisoformat(exception.first).toordinal() - epoch for exception in calendar.exceptions
        ]
        self._lasts = [
            date.fromisoformat(exception.last).toordinal() - epoch for exception in calendar.exceptions
        ]

    def _hours(self, day: int) -> Day:
        at = bisect_right(self._firsts, day) - 1
        if at >= 0 and day <= self._lasts[at]:
            return self._exceptions[at].intervals
        return self._week[(day + _MONDAY) % 7]

    def between(self, start: int, finish: int) -> Iterator[Interval]:
        """Working intervals within ``start..finish``, clipped to it, ascending."""
        for day in range(start // 1440, min((finish - 1) // 1440, start // 1440 + MAX_SPAN_DAYS) + 1):
            for begin, end in self._hours(day):
                clipped = max(start, day * 1440 + begin), min(finish, day * 1440 + end)
                if clipped[0] < clipped[1]:
                    yield clipped


def pieces_of_task(
    pieces: list[Interval], duration: int, calendar: ImportedCalendar
) -> tuple[Interval, ...] | None:
    """The working pieces, snapped to working time; ``()`` when the work is not interrupted.

    ``pieces`` are those of all assignments of the task. None when their working time is not ``duration``: then the
    data says something else than an interruption.
    """
    working = WorkingTime(calendar)
    snapped: list[Interval] = []
    total = 0
    for start, finish in _united(pieces):
        intervals = list(working.between(start, finish))
        if not intervals:
            continue
        total += sum(end - begin for begin, end in intervals)
        begin, end = intervals[0][0], intervals[-1][1]
        if snapped and not any(True for _ in working.between(snapped[-1][1], begin)):
            snapped[-1] = snapped[-1][0], end
        else:
            snapped.append((begin, end))
    if len(snapped) < 2:
        return ()
    return tuple(snapped) if total == duration else None


def _united(pieces: list[Interval]) -> list[Interval]:
    united: list[Interval] = []
    for start, finish in sorted(pieces):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(finish, united[-1][1])
        else:
            united.append((start, finish))
    return united
