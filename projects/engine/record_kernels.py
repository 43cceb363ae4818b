"""The records that the scheduling kernels work on.

Nodes: entry ``t < n`` is task ``t``; entries ``n .. hubs - 1`` are the frozen predecessors outside of the
network; entry ``hubs + s`` is the *hub* of a linked summary ``s``, known once all its leaves are.
``start``/``finish`` of a node are the dates that its successors see. Records instead of columns: a pass
touches all fields of one task at once, in no order of memory.
"""

from typing import NamedTuple

import numpy as np

NONE = int(np.iinfo(np.int64).min)
FAR = 1 << 60
NOT_STARTED, STARTED, FINISHED = 0, 1, 2

TASK = np.dtype(
    [
        ("parent", np.int32),
        ("first_child", np.int32),
        ("next_sibling", np.int32),
        ("gate", np.int32),  # nearest summary above with incoming links, or -1
        ("first_link", np.int32),  # incoming links: links[first_link:end_link]
        ("end_link", np.int32),
        ("project", np.int32),
        ("calendar", np.int32),  # lags run on it
        ("clock", np.int32),  # durations and float run on it: the calendar, or around the clock if elapsed
        ("live", np.int8),
        ("state", np.int8),
        ("constraint", np.int8),
        ("manual", np.bool_),
        ("elapsed", np.bool_),
        ("duration", np.int64),  # work, for percent lags and roll-up
        ("span", np.int64),  # work and gaps
        ("done", np.int64),  # of a started task: the part of the span behind
        ("remaining", np.int64),  # the part ahead
        ("actual_start", np.int64),
        ("actual_finish", np.int64),
        ("resume", np.int64),
        ("constraint_at", np.int64),
        ("floor", np.int64),  # start no earlier than, from the summaries above
        (
            "ceiling",
            np.int64,
        ),  # latest finish: deadline, finish no later than, and those of the summaries above
        ("manual_start", np.int64),
        ("manual_finish", np.int64),
    ],
    align=True,
)
LINK = np.dtype(
    [
        ("source", np.int32),  # node of the predecessor
        ("succ", np.int32),
        ("index", np.int32),  # position in the network, boundary links after the others
        ("kind", np.int32),
        ("unit", np.int32),
        ("lag", np.int64),
    ],
    align=True,
)
NODE = np.dtype(
    [
        ("start", np.int64),
        ("finish", np.int64),
        ("early_start", np.int64),
        ("early_finish", np.int64),
        ("resumes", np.int64),  # where the remaining work starts: early start, or later for a started task
        ("late_start", np.int64),
        ("late_finish", np.int64),
        ("late_resumes", np.int64),  # where the remaining work starts at the latest
        ("total_float", np.int64),
        ("free_float", np.int64),
        ("start_bound", np.int64),  # latest dates that the successors allow, FAR if none does
        ("finish_bound", np.int64),
        ("conflict", np.int64),  # working minutes by which logic overruns a mandatory date
        ("duration", np.int64),
        ("work", np.int64),
        ("percent", np.float64),
        (
            "driver",
            np.int32,
        ),  # position of the link that drives, -1 if none; of a summary the child that finishes last
        ("driver_kind", np.int8),
        ("critical", np.bool_),
    ],
    align=True,
)


class Rules(NamedTuple):
    """Options as numbers."""

    honour: bool
    override: bool
    data_date: int
    float_target: int
