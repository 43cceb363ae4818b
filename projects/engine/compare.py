"""Finish variance: how far dates have moved against baseline dates, for whole arrays at once.

Formula: variance = current - baseline on the working axis of each task's own calendar; positive is late. The
calendar-day variance is the difference of the calendar dates. MS Project's Start Variance and Finish Variance
are the same quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import DAY, NONE, ROUND_THE_CLOCK, WorkCalendar, work_ordinal

Ints = NDArray[np.int64]
MISSING = NONE  # no variance: the task or its baseline has no date


@dataclass(frozen=True, slots=True, eq=False)
class Slippage:
    """Variances of shape (n,); ``MISSING`` where a side has no date. Working minutes, and whole calendar
    days."""

    start_minutes: Ints
    finish_minutes: Ints
    start_days: Ints
    finish_days: Ints


def slippage(
    *,
    start: Ints,
    finish: Ints,
    baseline_start: Ints,
    baseline_finish: Ints,
    calendars: Sequence[WorkCalendar],
    calendar: NDArray[np.int32],
    is_elapsed: NDArray[np.bool_] | None = None,
) -> Slippage:
    """Start and finish variance of tasks against a baseline.

    All arrays (n,): wall minutes (``NONE`` if missing), ``calendar`` indexes ``calendars``; tasks with an
    elapsed duration are measured around the clock.
    """
    clock = calendar if is_elapsed is None else np.where(is_elapsed, len(calendars), calendar)
    clocks = (*calendars, ROUND_THE_CLOCK)
    return Slippage(
        working_variance(clocks, clock, baseline_start, start),
        working_variance(clocks, clock, baseline_finish, finish),
        day_variance(baseline_start, start),
        day_variance(baseline_finish, finish),
    )


def working_variance(
    calendars: Sequence[WorkCalendar], calendar: NDArray[np.integer], then: Ints, now: Ints
) -> Ints:
    """Working minutes from ``then`` to ``now`` (n,), each on its own calendar; ``MISSING`` where a side is
    ``NONE``."""
    result = np.full(len(then), MISSING, np.int64)
    known = (then != NONE) & (now != NONE)
    for index in np.unique(calendar[known]).tolist():
        chosen = known & (calendar == index)
        used = calendars[index]
        result[chosen] = work_ordinal(used, now[chosen]) - work_ordinal(used, then[chosen])
    return result


def day_variance(then: Ints, now: Ints) -> Ints:
    """Calendar days from the date of ``then`` to the date of ``now`` (n,); ``MISSING`` where a side is
    ``NONE``."""
    known = (then != NONE) & (now != NONE)
    result = np.full(len(then), MISSING, np.int64)
    result[known] = now[known] // DAY - then[known] // DAY
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Two plans compared by task id: ids only in one of them, and per shared task what differs (arrays over
    ``shared``)."""

    added: Ints
    removed: Ints
    shared: Ints
    moved: NDArray[np.bool_]
    re_estimated: NDArray[np.bool_]
    re_costed: NDArray[np.bool_]


def compare(
    *,
    before_id: Ints,
    before_start: Ints,
    before_finish: Ints,
    before_duration: Ints,
    after_id: Ints,
    after_start: Ints,
    after_finish: Ints,
    after_duration: Ints,
    before_cost: Ints | None = None,
    after_cost: Ints | None = None,
) -> Changes:
    """Compare two baselines, or a baseline with the plan. Costs (minor units) are compared if both are
    given."""
    shared, old, new = np.intersect1d(before_id, after_id, return_indices=True)
    costed = np.zeros(len(shared), bool)
    if before_cost is not None and after_cost is not None:
        costed = before_cost[old] != after_cost[new]
    return Changes(
        added=np.setdiff1d(after_id, before_id),
        removed=np.setdiff1d(before_id, after_id),
        shared=shared,
        moved=(before_start[old] != after_start[new]) | (before_finish[old] != after_finish[new]),
        re_estimated=before_duration[old] != after_duration[new],
        re_costed=costed,
    )
