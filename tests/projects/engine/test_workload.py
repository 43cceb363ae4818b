"""Work and peaks by resource, worked out by hand."""

import numpy as np

from programs.engine.calendars import NONE
from projects.engine.workload import Assigned, measure


def test_work_and_peaks() -> None:
    # Ann (0): task 1 of 480 min at 50 %, then task 2 of 960 min at 100 %, which begins when task 1 ends; task 3, with stated
    # work, overlaps task 2. Ben (1): task 4 is finished: it counts for the work only, of which its delay leaves six hours. Cy (2): a task without dates.
    assigned = Assigned(
        resource_ids=np.array([10, 20, 30]),
        task_id=np.array([1, 2, 3, 4, 5]),
        resource=np.array([0, 0, 0, 1, 2]),
        units=np.array([5000, 10000, 2500, 10000, 10000]),
        work=np.array([NONE, NONE, 700, NONE, NONE]),
        delay=np.array([0, 0, 0, 120, 0]),
    )
    found = measure(
        assigned,
        duration=np.array([480, 960, 480, 480, 0]),
        start=np.array([0, 480, 900, 0, NONE]),
        finish=np.array([480, 1440, 1380, 480, NONE]),
        is_open=np.array([True, True, True, False, True]),
    )
    assert found.work.tolist() == [240 + 960 + 700, 480 - 120, 0]
    assert found.peak.tolist() == [12500, 0, 0]  # 100 % + 25 %; at 480 the 50 % go before the 100 % come


def test_nobody_is_assigned() -> None:
    nothing = np.zeros(0, np.int64)
    found = measure(
        Assigned(nothing, nothing, nothing, nothing, nothing, nothing),
        duration=nothing, start=nothing, finish=nothing, is_open=nothing.astype(bool),
    )  # fmt: skip
    assert len(found.work) == len(found.peak) == 0
