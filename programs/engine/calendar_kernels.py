"""Scalar arithmetic on the working axis, for the loops of other engines.

A calendar maps a wall minute ``t`` to its *work ordinal* ``W(t)``: working minutes since 1970-01-01T00:00,
negative before. ``W`` never falls, so it has two inverses: the earliest instant of an ordinal (where work
ends: *finish form*) and the latest (where work goes on: *start form*). Friday 17:00 and Monday 08:00 are
these two forms of one ordinal.

The axis of a calendar is cut into segments: ``OFF`` and ``ON`` pieces from dated exceptions, and ``WEEKLY``
stretches between them, where two tables with one entry a minute of the week answer without a search. Nothing
bounds the axis.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine.jit import kernel

OFF, ON, WEEKLY = 0, 1, 2
WEEK = 10_080
MONDAY = 4_320  # wall minutes from the Monday before the epoch (1969-12-29) to the epoch


class CalendarTables(NamedTuple):
    """Packed calendars; calendar ``c`` owns ``week_done[c * 10081:]`` and the slices named by the ``*_ptr``
    arrays."""

    week_done: NDArray[np.int16]  # working minutes of the week before each minute of the week
    week_ptr: NDArray[np.int64]
    week_clock: NDArray[np.int16]  # minute of the week at which each working minute begins
    week_work: NDArray[np.int64]  # working minutes of a week
    seg_ptr: NDArray[np.int64]
    seg_at: NDArray[np.int64]  # wall minute at which the segment begins
    seg_done: NDArray[np.int64]  # work ordinal at that minute
    seg_shift: NDArray[np.int64]  # ordinal = shift (+ wall minute | + weekly ordinal), by kind
    seg_kind: NDArray[np.int8]


@kernel
def work_at(cal, c, t):  # type: ignore[no-untyped-def]
    """Work ordinal of wall minute ``t`` on calendar ``c``."""
    low = cal.seg_ptr[c]
    high = cal.seg_ptr[c + 1]
    while high - low > 1:
        middle = (low + high) >> 1
        if cal.seg_at[middle] <= t:
            low = middle
        else:
            high = middle
    kind = cal.seg_kind[low]
    if kind == 2:
        week = (t + MONDAY) // WEEK
        return (
            cal.seg_shift[low]
            + week * cal.week_work[c]
            + cal.week_done[c * (WEEK + 1) + t + MONDAY - week * WEEK]
        )
    if kind == 1:
        return cal.seg_shift[low] + t
    return cal.seg_shift[low]


@kernel
def start_at(cal, c, w):  # type: ignore[no-untyped-def]
    """Latest wall minute with ordinal ``w``: where the next minute of work begins."""
    low = cal.seg_ptr[c]
    high = cal.seg_ptr[c + 1]
    while high - low > 1:
        middle = (low + high) >> 1
        if cal.seg_done[middle] <= w:
            low = middle
        else:
            high = middle
    base = w - cal.seg_shift[low]
    if cal.seg_kind[low] == 2:
        week = base // cal.week_work[c]
        return week * WEEK - MONDAY + cal.week_clock[cal.week_ptr[c] + base - week * cal.week_work[c]]
    return base


@kernel
def finish_at(cal, c, w):  # type: ignore[no-untyped-def]
    """Earliest wall minute with ordinal ``w``: where the minute of work before it ends."""
    low = cal.seg_ptr[c]
    high = cal.seg_ptr[c + 1]
    while high - low > 1:
        middle = (low + high) >> 1
        if cal.seg_done[middle] < w:
            low = middle
        else:
            high = middle
    base = w - cal.seg_shift[low]
    if cal.seg_kind[low] == 2:
        base -= 1
        week = base // cal.week_work[c]
        return week * WEEK - MONDAY + cal.week_clock[cal.week_ptr[c] + base - week * cal.week_work[c]] + 1
    return base
