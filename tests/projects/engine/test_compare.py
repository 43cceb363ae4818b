"""Variance against baselines, in working minutes and calendar days."""

import numpy as np

from programs.engine.calendars import NONE, ROUND_THE_CLOCK
from projects.engine import compare
from tests.charts import ACCEPTANCE, D, at


def test_variance_is_counted_on_the_calendar_of_the_task() -> None:
    slip = compare.slippage(
        start=np.array([at("01-05"), at("01-05"), at("01-05"), NONE]),
        finish=np.array([at("01-20 17:00"), at("01-12 08:00"), at("01-12 08:00"), NONE]),
        baseline_start=np.array([at("01-05"), at("01-06"), NONE, at("01-05")]),
        baseline_finish=np.array([at("01-16 17:00"), at("01-09 17:00"), at("01-09 17:00"), at("01-09")]),
        calendars=(ACCEPTANCE, ROUND_THE_CLOCK),
        calendar=np.array([0, 0, 1, 0], np.int32),
    )
    assert slip.finish_minutes.tolist() == [D, 0, 63 * 60, compare.MISSING]
    assert slip.start_minutes.tolist() == [0, -D, compare.MISSING, compare.MISSING]
    assert slip.finish_days.tolist() == [4, 3, 3, compare.MISSING]


def test_elapsed_tasks_are_measured_around_the_clock() -> None:
    one = {"calendars": (ACCEPTANCE,), "calendar": np.array([0], np.int32), "is_elapsed": np.array([True])}
    then, now = np.array([at("01-09 17:00")]), np.array([at("01-10 17:00")])
    slip = compare.slippage(start=now, finish=now, baseline_start=then, baseline_finish=then, **one)
    assert slip.finish_minutes.tolist() == [1440]


def test_two_plans_are_compared_by_task() -> None:
    changes = compare.compare(
        before_id=np.array([1, 2, 3, 4]),
        before_start=np.array([0, 0, 0, 0]),
        before_finish=np.array([10, 10, 10, 10]),
        before_duration=np.array([10, 10, 10, 10]),
        after_id=np.array([4, 2, 3, 9]),
        after_start=np.array([0, 5, 0, 0]),
        after_finish=np.array([10, 15, 10, 10]),
        after_duration=np.array([10, 10, 8, 10]),
        before_cost=np.array([1, 1, 1, 1]),
        after_cost=np.array([7, 1, 1, 1]),
    )
    assert (changes.added.tolist(), changes.removed.tolist()) == ([9], [1])
    assert changes.shared.tolist() == [2, 3, 4]
    assert changes.moved.tolist() == [True, False, False]
    assert changes.re_estimated.tolist() == [False, True, False]
    assert changes.re_costed.tolist() == [False, False, True]
