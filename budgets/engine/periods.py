"""Fiscal years and their periods: calendar months from any month on, or quarters of 4-4-5 weeks.

A week-based year begins on the chosen weekday nearest to the first day of its first month, as the 4-5-4 calendar of the
(US) National Retail Federation does with Sunday and February; it has 52 or 53 weeks, and the 53rd belongs to its last
period. Everything here is a function of the rule alone: whether a period is open is not known here.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budgets.engine.allocation import NONE, MoneyError

WEEKS: Final = {"445": (4, 4, 5), "454": (4, 5, 4), "544": (5, 4, 4)}
_DAY: Final = 1440
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Rule:
    """``pattern``: "months" or a key of :data:`WEEKS`; ``starts_in``: month 1..12; ``week_starts_on``: 0 is Monday.

    ``named_by_end``: the fiscal year has the number of the calendar year in which it ends, else of that in which it starts.
    """

    pattern: str = "months"
    starts_in: int = 1
    week_starts_on: int = 0
    named_by_end: bool = False


CALENDAR_MONTHS: Final = Rule()


@dataclass(frozen=True, order=True)
class Period:
    """Period ``number`` (1..12) of a fiscal year, from one day to another, both included."""

    starts_on: date
    ends_on: date
    year: int
    number: int


def year_start(rule: Rule, year: int) -> date:
    """Return the first day of a fiscal year.

    :raises MoneyError: ``year_unknown`` outside of 1901..2999.
    """
    if not 1901 <= year <= 2999:
        raise MoneyError("year_unknown", f"there is no fiscal year {year}")
    first = date(year - _shift(rule), rule.starts_in, 1)
    if rule.pattern == "months":
        return first
    ahead = (rule.week_starts_on - first.weekday()) % 7
    return first + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def periods_of(rule: Rule, year: int) -> list[Period]:
    """Return the twelve periods of a fiscal year, which follow each other without a gap up to the next year's first day.

    :raises MoneyError: ``year_unknown``.
    """
    start, after = year_start(rule, year), year_start(rule, year + 1)
    if rule.pattern == "months":
        firsts = [_month(start, number) for number in range(12)]
    else:
        weeks = [0]
        for length in WEEKS[rule.pattern] * 4:
            weeks.append(weeks[-1] + length)
        firsts = [start + timedelta(weeks=count) for count in weeks[:-1]]
    ends = [*firsts[1:], after]
    return [
        Period(first, end - timedelta(days=1), year, number)
        for number, (first, end) in enumerate(zip(firsts, ends, strict=True), 1)
    ]


def period_of(rule: Rule, day: date) -> Period:
    """Return the period in which a day lies.

    :raises MoneyError: ``year_unknown``.
    """
    year = day.year + _shift(rule)
    if day < year_start(rule, year):
        year -= 1
    elif day >= year_start(rule, year + 1):
        year += 1
    found = periods_of(rule, year)
    return found[bisect_right([period.starts_on for period in found], day) - 1]


def covering(rule: Rule, first: date, last: date) -> Iterator[Period]:
    """Yield the periods from the one that holds ``first`` to the one that holds ``last``."""
    period = period_of(rule, first)
    while period.starts_on <= last:
        for one in periods_of(rule, period.year)[period.number - 1 :]:
            if one.starts_on > last:
                return
            yield one
        period = periods_of(rule, period.year + 1)[0]


def edges(rule: Rule, first: int, last: int) -> NDArray[np.int64]:
    """Return the midnights (wall minutes) that open the periods from ``first`` to ``last`` (wall minutes), and the next.

    A milestone at the very midnight that opens a period belongs to the one before, so the first edge lies before ``first``
    and the last edge at or after ``last``; for calendar months the same as ``phasing.month_edges``.

    :raises MoneyError: ``edges_not_rising``, ``year_unknown``.
    """
    if first == NONE or last == NONE or last < first:
        raise MoneyError("edges_not_rising", "a span of periods needs its first and last instant in order")
    begin, end = (_EPOCH + timedelta(days=(int(at) - 1) // _DAY) for at in (first, last))
    found = list(covering(rule, begin, end))
    days = [*(period.starts_on for period in found), found[-1].ends_on + timedelta(days=1)]
    return np.array([(day - _EPOCH).days * _DAY for day in days], np.int64)


def _shift(rule: Rule) -> int:
    """Return how many years a fiscal year's number is ahead of the calendar year that it is counted from."""
    return 1 if rule.named_by_end and rule.starts_in > 1 else 0


def _month(start: date, number: int) -> date:
    months = start.month - 1 + number
    return date(start.year + months // 12, months % 12 + 1, 1)
