"""Load and capacity by week: minutes summed by hand on the standard calendar (Mon–Fri, 8 hours)."""

from datetime import datetime

import pytest

from programs.engine.calendars import NONE, STANDARD, wall_minutes
from projects.engine import load

EDGES = [wall_minutes(datetime(2026, 1, day)) for day in (5, 12, 19)]
NEVER = STANDARD.__class__.build([()] * 6 + [((0, 60),)], name="Sundays only")


def at(day: int, hour: int) -> int:
    return wall_minutes(datetime(2026, 1, day, hour))


def test_work_is_spread_over_the_working_time_of_the_task():
    # Thursday 8 to Tuesday 13 January: two days of four in the first week.
    found = load.spread(STANDARD, [at(8, 8)] * 2, [at(13, 17)] * 2, [-1, 960], [0.5, 9], EDGES)
    assert found.tolist() == [[480, 480], [480, 480]]  # half of 2 × 480 each; 960 said


def test_what_lies_outside_the_weeks_is_left_out_and_a_task_without_working_time_is_spread_by_the_clock():
    found = load.spread(STANDARD, [at(1, 8)], [at(5, 17)], [-1], [1], EDGES)
    assert found.tolist() == [[480, 0]]  # Thursday 1 and Friday 2 lie before
    found = load.spread(NEVER, [at(9, 0)], [at(10, 0)], [600], [1], EDGES)
    assert found.tolist() == [[600, 0]]


def test_an_assignment_begins_with_its_delay_takes_its_work_at_its_units_and_stays_within_its_task():
    # five days; unsaid at half, a day later; 16 h full time, two days later; 16 h at half; 40 h in the last day; after the task
    taken = load.stretch(
        [2400] * 5, [5000, 10000, 5000, 10000, 10000], [NONE, 960, 960, 2400, 60], [480, 960, 0, 1920, 4800]
    )
    assert taken.first.tolist() == [480, 960, 0, 1920, 2400]
    assert taken.last.tolist() == [2400, 1920, 1920, 2400, 2400]
    assert taken.work.tolist() == [960, 960, 960, 2400, 60]
    # Thursday 8 to Wednesday 14 January, the last three of five days: 16 h at half, and 10 h
    within = ([0.4, 0.4], [1.0, 1.0])
    found = load.spread(STANDARD, [at(8, 8)] * 2, [at(14, 17)] * 2, [-1, 600], [0.5, 1], EDGES, within)
    assert found.round(6).tolist() == [[0, 720], [0, 600]]
    late = load.spread(STANDARD, [at(8, 8)], [at(9, 17)], [60], [1], EDGES, ([1.0], [1.0]))
    assert late.round(6).tolist() == [[60, 0]]


def test_capacity_follows_units_and_where_given_the_periods_of_availability():
    assert load.capacity(STANDARD, 2, [], EDGES).tolist() == [4800, 4800]
    periods = [(None, at(7, 0), 1.0), (at(7, 0), at(9, 0), 3.0)]  # Mon–Tue one, Wed–Thu three, then nobody
    assert load.capacity(STANDARD, 2, periods, EDGES).tolist() == [2 * 480 + 2 * 3 * 480, 0]
    assert load.capacity(STANDARD, 1, [(at(9, 0), at(8, 0), 1.0)], EDGES).tolist() == pytest.approx([0, 0])
