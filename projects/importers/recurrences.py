"""Recurring calendar exceptions expanded to their days.

The pattern kinds and numbers are those of MS Project's ``Exception`` element: type 1 daily, 2 yearly by day of month,
3 yearly by position, 4 monthly by day, 5 monthly by position, 6 weekly, 7 every n days, 8 every n weekdays.
Weeks begin on Sunday whatever the project's first day of the week is (seen in files whose days MS Project wrote out).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import islice

MAX_DAYS = 61_000


class Pattern(IntEnum):
    DAILY = 1
    YEARLY_BY_DAY = 2
    YEARLY_BY_POSITION = 3
    MONTHLY_BY_DAY = 4
    MONTHLY_BY_POSITION = 5
    WEEKLY = 6
    DAY_COUNT = 7
    WEEKDAY_COUNT = 8


@dataclass(frozen=True, slots=True)
class Recurrence:
    """``days_of_week`` bits: 1 Sunday, 2 Monday .. 64 Saturday. ``month`` 0..11. ``position`` 0 first .. 3 fourth, 4 last.
    ``item`` 0 any day, 1 weekday, 2 weekend day, 3 Sunday .. 9 Saturday. ``occurrences`` 0: bounded by ``last`` only."""

    pattern: Pattern
    first: date
    last: date
    occurrences: int = 0
    period: int = 1
    days_of_week: int = 0
    item: int = 0
    position: int = 0
    month: int = 0
    month_day: int = 1

    def days(self) -> list[date]:
        """The days in ascending order, at most ``MAX_DAYS``."""
        found = (day for day in self._candidates() if day >= self.first)
        limit = self.occurrences if 0 < self.occurrences < MAX_DAYS else MAX_DAYS
        return list(islice(found, limit))

    def _candidates(self) -> Iterator[date]:
        step = max(1, self.period)
        if self.pattern in (Pattern.DAILY, Pattern.DAY_COUNT):
            yield from self._every(self.first, step)
        elif self.pattern is Pattern.WEEKDAY_COUNT:
            weekdays = (day for day in self._every(self.first, 1) if day.weekday() < 5)
            yield from islice(weekdays, 0, None, step)
        elif self.pattern is Pattern.WEEKLY:
            yield from self._weekly(step)
        else:
            yield from self._monthly(step)

    def _every(self, day: date, step: int) -> Iterator[date]:
        for ordinal in range(day.toordinal(), self.last.toordinal() + 1, step):
            yield date.fromordinal(ordinal)

    def _weekly(self, step: int) -> Iterator[date]:
        sunday = max(1, self.first.toordinal() - (self.first.weekday() + 1) % 7)
        for week in self._every(date.fromordinal(sunday), 7 * step):
            for offset in range(7):
                ordinal = week.toordinal() + offset
                if self.days_of_week >> offset & 1 and ordinal <= self.last.toordinal():
                    yield date.fromordinal(ordinal)

    def _monthly(self, step: int) -> Iterator[date]:
        yearly = self.pattern in (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_POSITION)
        by_day = self.pattern in (Pattern.YEARLY_BY_DAY, Pattern.MONTHLY_BY_DAY)
        begin = self.first.year * 12 + (self.month % 12 if yearly else self.first.month - 1)
        for count in range(begin, self.last.year * 12 + 12, 12 if yearly else step):
            year, month = count // 12, count % 12 + 1
            day = _by_day(year, month, self.month_day) if by_day else self._by_position(year, month)
            if day is not None and day <= self.last:
                yield day

    def _by_position(self, year: int, month: int) -> date | None:
        length = monthrange(year, month)[1]
        days = [day for day in (date(year, month, n) for n in range(1, length + 1)) if self._matches(day)]
        if self.position == 4:
            return days[-1]
        return days[self.position] if 0 <= self.position < len(days) else None

    def _matches(self, day: date) -> bool:
        if self.item == 0:
            return True
        if self.item in (1, 2):
            return (day.weekday() < 5) is (self.item == 1)
        return (day.weekday() + 1) % 7 == self.item - 3


def _by_day(year: int, month: int, day: int) -> date | None:
    """The day, or None in months that do not have it."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None
