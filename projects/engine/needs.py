"""By when a successor needs its predecessor: the late date of the link, and how much room a promised day leaves.

The need is the inverse of what the link demands (``link_kernels.latest``), taken at the successor's *late* dates: a predecessor
that is there by then moves neither the successor beyond its total float nor the finish of the plan.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import (
    WorkCalendar,
    add_working,
    next_working,
    previous_working,
    working_between,
)

FS, SS, FF, SF = range(4)
WORKING, ELAPSED, PERCENT, ELAPSED_PERCENT = range(4)
DAY = 1440
Ints = NDArray[np.int64]


def lag_minutes(lag: Any, unit: Any, duration: Any) -> Ints:
    """Lag in minutes, shape (n,); percent lags are hundredths of a percent of the predecessor's ``duration``, halves away from
    zero."""
    lag, unit, duration = (np.asarray(one, np.int64) for one in (lag, unit, duration))
    product = lag * duration
    share = np.sign(product) * ((np.abs(product) + 5000) // 10000)
    return np.asarray(np.where(unit >= PERCENT, share, lag), np.int64)


def latest(calendar: WorkCalendar, kind: Any, late_start: Any, late_finish: Any, lag: Any, unit: Any) -> Ints:
    """Latest wall minute of the predecessor's event (its finish for FS and FF, its start for SS and SF), shape (n,).

    :param calendar: of the successors; working lag runs on it. :param lag: minutes, see :func:`lag_minutes`.
    :param late_start, late_finish: of the successors, wall minutes.
    """
    kind, lag, unit = (np.asarray(one, np.int64) for one in (kind, lag, unit))
    target = np.where(kind >= FF, late_finish, late_start).astype(np.int64)
    elapsed = np.isin(unit, (ELAPSED, ELAPSED_PERCENT))
    moved = add_working(calendar, target, np.where(elapsed, 0, -lag))
    moved = np.where(~elapsed & (lag < 0), next_working(calendar, moved), moved)
    return np.asarray(np.where(elapsed, target - lag, moved), np.int64)


def last_day(calendar: WorkCalendar, need: Any) -> Ints:
    """The last day (number since 1970-01-01) at whose end a need is still met, shape (n,): the day on which work before the
    need ends, unless work goes on later that day; then the working day before."""
    need = np.asarray(need, np.int64)
    before = previous_working(calendar, need)
    midnight = (np.maximum(before - 1, 0) // DAY + 1) * DAY
    goes_on = working_between(calendar, need, midnight) > 0
    earlier = previous_working(calendar, midnight - DAY)
    return np.asarray((np.where(goes_on, earlier, before) - 1) // DAY, np.int64)


def room(calendar: WorkCalendar, day: Any, need: Any) -> Ints:
    """Working minutes between the end of a promised day (number since 1970-01-01) and the need; negative is too late."""
    return working_between(calendar, (np.asarray(day, np.int64) + 1) * DAY, need)
