"""Load and capacity of resources by period: working minutes, spread evenly over the working time of each task.

Units: time is wall minutes (``int64``), work is working minutes (``float64`` where it is spread), units are fractions of one
full-time resource. What leaves a task inside a period is its share of the task's own working time in that period.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import WorkCalendar, work_ordinal

Floats = NDArray[np.float64]


def spread(calendar: WorkCalendar, start: Any, finish: Any, work: Any, units: Any, edges: Any) -> Floats:
    """Minutes of work of each assignment in each period, shape (n, periods).

    :param start, finish: of the tasks, wall minutes (n,). :param work: working minutes (n,), negative where nobody has said: then
        the working time of the task times ``units`` (n,). :param edges: bounds of the periods, ascending, (periods + 1,).

    A task whose time has no work on the calendar is spread over the time on the clock.
    """
    start, finish, edges = (np.asarray(one, np.int64) for one in (start, finish, edges))
    work, units = np.asarray(work, np.float64), np.asarray(units, np.float64)
    clipped = np.clip(edges[None, :], start[:, None], finish[:, None])
    at = work_ordinal(calendar, clipped)
    total = (work_ordinal(calendar, finish) - work_ordinal(calendar, start)).astype(np.float64)
    parts = np.diff(at, axis=1).astype(np.float64)
    idle = total <= 0
    parts[idle] = np.diff(clipped[idle], axis=1)
    clock = np.maximum(finish - start, 1).astype(np.float64)
    whole = np.where(idle, clock, total)
    amount = np.where(work < 0, total * units, work)
    return np.asarray(parts * (amount / whole)[:, None], np.float64)


def capacity(
    calendar: WorkCalendar, units: float, periods: Sequence[tuple[int | None, int | None, float]], edges: Any
) -> Floats:
    """Working minutes that a resource has in each period, shape (periods,).

    :param units: what is there where ``periods`` says nothing. :param periods: (start, end, units), wall minutes, None is open;
        with any, there is nothing outside them.
    """
    edges = np.asarray(edges, np.int64)
    if not periods:
        return np.asarray(np.diff(work_ordinal(calendar, edges)) * units, np.float64)
    total = np.zeros(len(edges) - 1, np.float64)
    for first, last, amount in periods:
        low = edges[0] if first is None else first
        high = edges[-1] if last is None else last
        total += np.diff(work_ordinal(calendar, np.clip(edges, low, max(low, high)))) * amount
    return total
