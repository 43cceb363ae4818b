"""Cost over time follows working time, sums exactly and agrees with the planned value."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine import phasing
from budgets.engine.allocation import NONE, MoneyError
from programs.engine.calendars import CalendarException, WorkCalendar, wall_minutes

OFFICE_DAY = [[480, 720], [780, 1020]]
NEW_YEAR = int(np.datetime64("2026-01-01").astype(int))
OFFICE = WorkCalendar.build([OFFICE_DAY] * 5 + [[], []], [CalendarException(NEW_YEAR, NEW_YEAR)])
ROUND_THE_CLOCK = WorkCalendar.build([[[0, 1440]]] * 7)
CALENDARS = [OFFICE, ROUND_THE_CLOCK]


def at(text: str) -> int:
    return wall_minutes(datetime.fromisoformat(text))


def planned(cost: int, start: str, finish: str, data_date: str, calendar: int = 0) -> int:
    return int(
        phasing.planned_value([cost], [calendar], [at(start)], [at(finish)], at(data_date), CALENDARS)[0]
    )


@pytest.mark.parametrize(
    ("data_date", "value"),
    [
        ("2026-01-05T08:00", 0),
        ("2026-01-05T12:00", 10_000),
        ("2026-01-05T12:30", 10_000),
        ("2026-01-06T17:00", 40_000),
        ("2026-01-08T13:00", 70_000),
        ("2026-01-09T17:00", 100_000),
        ("2026-02-01T00:00", 100_000),
        ("2025-12-01T00:00", 0),
    ],
)
def test_a_week_of_work_is_planned_in_proportion_to_its_working_hours(data_date: str, value: int) -> None:
    assert planned(100_000, "2026-01-05T08:00", "2026-01-09T17:00", data_date) == value


def test_weekends_and_holidays_plan_nothing() -> None:
    # Wed 31 Dec and Fri 2 Jan are the two working days
    values = {
        planned(1000, "2025-12-31T08:00", "2026-01-02T17:00", f"{day}T23:00")
        for day in ("2025-12-31", "2026-01-01")
    }
    assert values == {500}


def test_round_the_clock_work_counts_wall_time() -> None:
    assert planned(2400, "2026-01-03T00:00", "2026-01-04T00:00", "2026-01-03T06:00", calendar=1) == 600


@pytest.mark.parametrize(("data_date", "value"), [("2026-01-09T16:59", 0), ("2026-01-09T17:00", 500)])
def test_a_milestone_earns_at_its_finish(data_date: str, value: int) -> None:
    assert planned(500, "2026-01-09T17:00", "2026-01-09T17:00", data_date) == value


def test_a_weekend_task_on_an_office_calendar_earns_at_its_finish() -> None:
    assert planned(500, "2026-01-10T00:00", "2026-01-11T00:00", "2026-01-10T12:00") == 0
    assert planned(500, "2026-01-10T00:00", "2026-01-11T00:00", "2026-01-11T00:00") == 500


def test_network_of_the_sprints_course_plans_what_it_prints_at_the_end_of_month_seven() -> None:
    # cost, first and last month of each activity; months of 30 days round the clock
    plan = [(600, 1, 2), (1200, 3, 5), (400, 3, 4), (1200, 6, 8), (300, 9, 11)]
    cost, first, last = (np.array(column) for column in zip(*plan, strict=True))
    month = 30 * 1440
    value = phasing.planned_value(
        cost * 100, [1] * 5, (first - 1) * month, last * month, 7 * month, CALENDARS
    )
    assert value.tolist() == [600_00, 1200_00, 400_00, 800_00, 0]


def test_a_row_without_dates_has_no_plan_and_is_marked() -> None:
    start, finish = [NONE, at("2026-01-05T08:00")], [NONE, at("2026-01-05T17:00")]
    assert phasing.planned_value([100, 100], [0, 0], start, finish, at("2027-01-01"), CALENDARS).tolist() == [
        0,
        100,
    ]
    assert phasing.unphased(start, finish).tolist() == [True, False]


def test_month_edges_are_midnights_that_cover_the_span() -> None:
    edges = phasing.month_edges(at("2026-01-31T08:00"), at("2026-03-02T17:00"))
    assert edges.tolist() == [at("2026-01-01"), at("2026-02-01"), at("2026-03-01"), at("2026-04-01")]


def test_a_milestone_on_the_midnight_of_a_month_is_covered() -> None:
    midnight = at("2026-02-01")
    edges = phasing.month_edges(midnight, midnight)
    assert phasing.by_period([7], [0], [midnight], [midnight], edges, CALENDARS).tolist() == [[7]]


@pytest.mark.parametrize("edges", [[0], [5, 5], [9, 3]])
def test_edges_that_do_not_rise_are_refused(edges: list[int]) -> None:
    with pytest.raises(MoneyError, match="rising"):
        phasing.by_period([1], [0], [0], [10], edges, CALENDARS)


@pytest.mark.parametrize(
    ("cost", "calendar", "code"),
    [([1], [2], "calendar_unknown"), ([1, 2], [0], "shape"), ([NONE], [0], "amount_missing")],
)
def test_rows_that_can_not_be_phased_are_refused(cost: list[int], calendar: list[int], code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        phasing.planned_value(cost, calendar, [0], [10], 5, CALENDARS)
    assert refused.value.code == code


def test_planned_value_without_a_data_date_is_refused() -> None:
    with pytest.raises(MoneyError) as refused:
        phasing.planned_value([1], [0], [0], [10], NONE, CALENDARS)
    assert refused.value.code == "data_date_missing"


FIRST = at("2025-11-20")
rows = st.lists(
    st.tuples(
        st.integers(-(10**10), 10**10), st.integers(0, 1), st.integers(0, 200_000), st.integers(-500, 200_000)
    ),
    min_size=1,
    max_size=12,
)


@given(rows)
def test_periods_sum_to_the_cost_and_agree_with_the_planned_value_at_every_edge(
    plan: list[tuple[int, int, int, int]],
) -> None:
    cost, calendar, offset, length = (np.array(column) for column in zip(*plan, strict=True))
    start = FIRST + offset
    finish = start + length
    edges = phasing.month_edges(int(min(start.min(), finish.min())), int(max(start.max(), finish.max())))
    phased = phasing.by_period(cost, calendar, start, finish, edges, CALENDARS)
    assert np.array_equal(phased.sum(axis=1), cost)
    for number, edge in enumerate(edges[1:], start=1):
        value = phasing.planned_value(cost, calendar, start, finish, int(edge), CALENDARS)
        assert np.array_equal(phased[:, :number].sum(axis=1), value)


@given(rows, st.integers(0, 400_000), st.integers(0, 400_000))
def test_planned_value_never_falls_as_time_passes(
    plan: list[tuple[int, int, int, int]], one: int, two: int
) -> None:
    cost, calendar, offset, length = (np.array(column) for column in zip(*plan, strict=True))
    start = FIRST + offset
    early, late = (
        phasing.planned_value(np.abs(cost), calendar, start, start + length, FIRST + when, CALENDARS)
        for when in sorted((one, two))
    )
    assert (early <= late).all()
    assert (late <= np.abs(cost)).all()
