"""Load and capacity of resources by period: working minutes, spread evenly over the time that each assignment takes of its task.

Units: time is wall minutes (``int64``), work is working minutes (``float64`` where it is spread), units are fractions of one
full-time resource. What an assignment takes in a period is its share of its own working time in that period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import NONE, WorkCalendar, work_ordinal

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNITS: Final = 10_000
"""Units are counted in ten-thousandths where they are integers."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """What assignments take of their tasks, ``(k,)``: from ``first`` to ``last`` of the task's duration, and ``work`` in that
    time; all in working minutes, ``0 ≤ first ≤ last ≤ duration``."""

    first: Ints
    last: Ints
    work: Ints


def stretch(duration: Any, units: Any, work: Any, delay: Any) -> Stretch:
    """Return when in its task each assignment is worked on, as MS Project does it for even contours: it starts ``delay`` after the
    task and takes ``work / units``.

    :param duration: of the tasks, working minutes ``(k,)``. :param units: ten-thousandths. :param work: working minutes, ``NONE``
        where nobody has said: then ``units`` times what the delay leaves of the task. :param delay: working minutes.

    Tasks are of fixed duration: work that its units can not do in what the delay leaves is spread over what is left; what is to
    begin after the task falls on its finish.
    """
    duration, units, work, delay = (np.asarray(one, np.int64) for one in (duration, units, work, delay))
    first = np.clip(delay, 0, np.maximum(duration, 0))
    left = np.maximum(duration, 0) - first
    most = np.rint(left * units.astype(np.float64) / UNITS).astype(np.int64)
    done = np.where(work == NONE, most, work)
    takes = -(-done * UNITS // np.maximum(units, 1))
    return Stretch(
        first, first + np.where((work != NONE) & (done < most), np.minimum(takes, left), left), done
    )


def spread(
    calendar: WorkCalendar,
    start: Any,
    finish: Any,
    work: Any,
    units: Any,
    edges: Any,
    within: tuple[Any, Any] = (0.0, 1.0),
) -> Floats:
    """Minutes of work of each assignment in each period, shape (n, periods).

    :param start, finish: of the tasks, wall minutes (n,). :param work: working minutes (n,), negative where nobody has said: then
        the working time that it takes times ``units`` (n,). :param edges: bounds of the periods, ascending, (periods + 1,).
    :param within: from which part of the task's time to which it takes, fractions (n,).

    A task whose time has no work on the calendar is spread over the time on the clock; what takes no time falls on its finish.
    """
    start, finish, edges = (np.asarray(one, np.int64) for one in (start, finish, edges))
    work, units = np.asarray(work, np.float64), np.asarray(units, np.float64)
    clipped = np.clip(edges[None, :], start[:, None], finish[:, None])
    origin, end = work_ordinal(calendar, start), work_ordinal(calendar, finish)
    idle = end <= origin
    at = np.where(idle[:, None], clipped, work_ordinal(calendar, clipped)).astype(np.float64)
    origin, end = np.where(idle, start, origin), np.where(idle, finish, end)
    length = (end - origin).astype(np.float64)
    low, high = (origin + length * np.asarray(one, np.float64) for one in within)
    total = np.where(idle, 0.0, high - low)
    amount = np.where(work < 0, total * units, work)
    low = np.where(high <= low, high - 1e-3, low)  # said work that takes no time is done in the last moment
    parts = np.diff(np.clip(at, low[:, None], high[:, None]), axis=1)
    return np.asarray(parts * (amount / (high - low))[:, None], np.float64)


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
