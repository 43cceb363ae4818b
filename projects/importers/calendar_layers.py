"""Overlapping dated rules of calendars flattened into disjoint, ascending exceptions."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from projects.importers.plan import CalendarException, Day

FIRST = date(1984, 1, 1).toordinal()
LAST = date(2149, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Span:
    """Days ``first..last`` (proleptic ordinals, inclusive) with own working intervals; none: non-working."""

    first: int
    last: int
    intervals: Day
    name: str = ""


def clipped(first: int, last: int, intervals: Day, name: str = "") -> Span | None:
    """The part of the span inside the years 1984..2149 that schedules can use; None when nothing is left."""
    first, last = max(first, FIRST), min(last, LAST)
    return Span(first, last, intervals, name) if first <= last else None


def flattened(spans: Sequence[Span]) -> tuple[CalendarException, ...]:
    """Disjoint exceptions in ascending order; where spans overlap, the one that comes first in ``spans`` wins.

    Neighbouring pieces of one and the same span, and neighbours with equal name and hours, become one again.
    Time O(n log n) in the number of spans.
    """
    return tuple(
        CalendarException(
            date.fromordinal(span.first).isoformat(),
            date.fromordinal(span.last).isoformat(),
            span.intervals,
            span.name,
        )
        for span in _joined(_pieces(spans))
    )


def _pieces(spans: Sequence[Span]) -> Iterable[Span]:
    starts = sorted(range(len(spans)), key=lambda n: spans[n].first)
    edges = sorted({span.first for span in spans} | {span.last + 1 for span in spans})
    active: list[int] = []
    following = 0
    for begin, end in pairwise(edges):
        while following < len(starts) and spans[starts[following]].first <= begin:
            heapq.heappush(active, starts[following])
            following += 1
        while active and spans[active[0]].last < begin:
            heapq.heappop(active)
        if active:
            winner = spans[active[0]]
            yield Span(begin, end - 1, winner.intervals, winner.name)


def _joined(pieces: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and (before.last + 1, before.intervals, before.name) == (
            piece.first,
            piece.intervals,
            piece.name,
        ):
            joined[-1] = Span(before.first, piece.last, piece.intervals, piece.name)
        else:
            joined.append(piece)
    return joined


def normalised(intervals: Iterable[tuple[int, int]]) -> Day:
    """Ascending, disjoint, non-empty intervals within the day; touching ones are joined."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
