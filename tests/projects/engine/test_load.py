"""Load and capacity by week: minutes summed by hand on the standard calendar (Mon–Fri, 8 hours)."""

from datetime import datetime

import pytest

from programs.engine.calendars import STANDARD, wall_minutes
from projects.engine import load

EDGES = [wall_minutes(datetime(2026, 1, day)) for day in (5, 12, 19)]
NEVER = STANDARD.__class__.build([()] * 6 + [((0, 60),)], name="Sundays only")


def at(day: int, hour: int) -> int:
    return wall_minutes(datetime(2026, 1, day, hour))


def test_work_is_spread_over_the_working_time_of_the_task():
    # Thursday 8 to Tuesday 13 January: two days of four in the first week.
    found = load.spread(STANDARD, [at(8, 8)] * 2, [at(13, 17)] * 2, [-1, 960], [0.5, 9], EDGES)
    assert found.tolist() == [[480, 480], [480, 480]]  # half of 2 × 480 each; 960 said, units do not matter


def test_what_lies_outside_the_weeks_is_left_out_and_a_task_without_working_time_is_spread_by_the_clock():
    found = load.spread(STANDARD, [at(1, 8)], [at(5, 17)], [-1], [1], EDGES)
    assert found.tolist() == [[480, 0]]  # Thursday 1 and Friday 2 lie before
    found = load.spread(NEVER, [at(9, 0)], [at(10, 0)], [600], [1], EDGES)
    assert found.tolist() == [[600, 0]]


def test_capacity_follows_units_and_where_given_the_periods_of_availability():
    assert load.capacity(STANDARD, 2, [], EDGES).tolist() == [4800, 4800]
    periods = [(None, at(7, 0), 1.0), (at(7, 0), at(9, 0), 3.0)]  # Mon–Tue one, Wed–Thu three, then nobody
    assert load.capacity(STANDARD, 2, periods, EDGES).tolist() == [2 * 480 + 2 * 3 * 480, 0]
    assert load.capacity(STANDARD, 1, [(at(9, 0), at(8, 0), 1.0)], EDGES).tolist() == pytest.approx([0, 0])
