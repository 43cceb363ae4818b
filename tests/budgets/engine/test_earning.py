"""Earning rules (PMI, Practice Standard for Earned Value Management) and earned schedule with fractions of periods."""

import numpy as np
import pytest

from budgets.engine.earned_schedule import by_line, by_row, earned_schedule
from budgets.engine.earned_value import EarningRule
from budgets.engine.earning import Rules, earn_plan, open_cost
from tests.budgets.engine.test_earned_schedule import EV, PV

MONTHS = np.arange("2026-01", "2027-03", dtype="datetime64[M]").astype("datetime64[m]").astype(np.int64)
# a summary (0) with three milestones (1 2 3) below, then two tasks (4 5)
PARENT = np.array([-1, 0, 0, 0, -1, -1])
MILESTONE = np.array([0, 1, 1, 1, 0, 0], bool)
DONE = np.array([50.0, 100, 100, 0, 40, 0])


def _earned(
    rules: dict[int, EarningRule], *, percent: np.ndarray = DONE, weights: tuple[int, ...] = (1, 1, 1)
) -> list[int]:
    plan = Rules.by_percent(6)
    for task, rule in rules.items():
        plan.rule[task] = rule
    plan.base[5] = 4
    plan.weight[1:4] = weights
    bac, pv = np.array([900, 0, 0, 0, 1000, 300]), np.array([0, 0, 0, 0, 700, 120])
    return earn_plan(bac, pv, percent, PARENT, MILESTONE, plan).tolist()


@pytest.mark.parametrize(
    ("weights", "earned"), [((1, 1, 1), 600), ((1, 2, 6), 300), ((5, 5, 0), 900), ((0, 0, 0), 450)]
)
def test_a_summary_earns_by_the_weight_of_the_milestones_that_are_done(
    weights: tuple[int, ...], earned: int
) -> None:
    assert _earned({0: EarningRule.MILESTONES}, weights=weights)[0] == earned


@pytest.mark.parametrize(
    ("rule", "earned"),
    [
        ("PERCENT", 400),
        ("ZERO_HUNDRED", 0),
        ("FIFTY_FIFTY", 500),
        ("LEVEL_OF_EFFORT", 700),
        ("MILESTONES", 400),
    ],
)
def test_a_task_under_way_earns_by_its_rule(rule: str, earned: int) -> None:
    assert _earned({4: EarningRule[rule]})[4] == earned


def test_an_apportioned_task_takes_over_what_its_base_has_earned() -> None:
    assert _earned({5: EarningRule.APPORTIONED})[5] == 120
    assert _earned({4: EarningRule.FIFTY_FIFTY, 5: EarningRule.APPORTIONED})[5] == 150
    assert _earned({5: EarningRule.APPORTIONED}, percent=np.full(6, 100.0))[5] == 300


def test_the_open_cost_of_a_plan_is_what_is_not_worked_off() -> None:
    assert open_cost(np.array([1000, 1000, 333]), np.array([0.0, 40.0, 100.0])).tolist() == [1000, 600, 0]


def test_a_plan_that_starts_with_its_months_has_the_classic_earned_schedule() -> None:
    raised = np.diff(PV[:9], prepend=0)
    for month in range(1, 14):
        found = by_row(
            raised[None, :],
            EV[month - 1 : month],
            MONTHS[:10],
            MONTHS[:1],
            MONTHS[9:10],
            MONTHS[month],
            MONTHS[13:14],
        )
        classic = earned_schedule(PV, EV[month - 1], month)
        assert found.es[0] == pytest.approx(float(classic.es))
        assert round(float(found.elapsed[0]), 1) == pytest.approx(month, abs=0.5)
        assert found.planned_duration[0] == 9


def test_finished_work_has_earned_its_planned_duration_and_its_time_stands_still() -> None:
    start, finish = MONTHS[:1] + 10 * 1440, MONTHS[2:3] + 14 * 1440
    planned = np.array([[300, 700, 500]])
    for data_date in (MONTHS[5], MONTHS[9]):
        found = by_row(planned, np.array([1500]), MONTHS[:4], start, finish, data_date, MONTHS[4:5])
        assert found.es[0] == pytest.approx(found.planned_duration[0])
        assert found.elapsed[0] == pytest.approx(
            4 - 10 / 31, abs=0.2
        )  # beyond the plan at its last month's length
    half = by_line(np.array([100]), np.array([50]), MONTHS, MONTHS[:1], MONTHS[4:5], MONTHS[3], MONTHS[4:5])
    assert (half.es[0], half.elapsed[0]) == (2.0, 3.0)


def test_without_plan_dates_or_value_earned_schedule_is_not_available() -> None:
    none = np.array([np.iinfo(np.int64).min])
    assert np.isnan(
        by_row(np.array([[0, 0]]), np.array([0]), MONTHS[:3], none, none, MONTHS[1], none).es
    ).all()
    assert np.isnan(by_line(np.array([5]), np.array([0]), MONTHS, none, none, MONTHS[1], none).elapsed).all()
