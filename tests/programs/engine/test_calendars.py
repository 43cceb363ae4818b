"""Working-time arithmetic against a walk over the days, minute sums by hand, and the boundary rule."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.engine import calendar_kernels as kernels
from programs.engine.calendars import (
    DAY,
    ROUND_THE_CLOCK,
    STANDARD,
    CalendarError,
    CalendarException,
    WorkCalendar,
    add_working,
    intersect,
    next_working,
    previous_working,
    same_instant,
    wall_datetime,
    wall_minutes,
    working_between,
)

NIGHT = WorkCalendar.build([((0, 360), (1320, 1440))] * 7, name="night shift 22-06")
FRIDAY_EVENING = wall_minutes(datetime(2026, 1, 9, 17))
MONDAY_MORNING = wall_minutes(datetime(2026, 1, 12, 8))


def walked(calendar: WorkCalendar, a: int, b: int) -> int:
    """Working minutes from a to b, counted day by day."""
    if b < a:
        return -walked(calendar, b, a)
    days = range(a // DAY, b // DAY + 1)
    pieces = (
        (day * DAY + start, day * DAY + end) for day in days for start, end in calendar.intervals_on(day)
    )
    return sum(max(0, min(b, end) - max(a, start)) for start, end in pieces)


interval = st.tuples(st.integers(0, 1439), st.integers(1, 600)).map(lambda p: (p[0], min(p[0] + p[1], 1440)))
day = st.lists(interval, max_size=3).map(tuple)
exception = st.builds(
    lambda first, length, intervals: CalendarException(first, first + length, intervals),
    st.integers(-60, 60),
    st.integers(0, 20),
    day,
)
calendars = st.builds(
    WorkCalendar.build, st.lists(day, min_size=7, max_size=7), st.lists(exception, max_size=5)
)
usable = calendars.filter(lambda calendar: calendar.week_minutes > 0)
instants = st.integers(-90 * DAY, 90 * DAY)


@given(calendars, instants, instants)
def test_working_time_between_two_instants_is_what_a_walk_over_the_days_counts(
    calendar: WorkCalendar, a: int, b: int
) -> None:
    assert int(working_between(calendar, a, b)) == walked(calendar, a, b)


@given(usable, instants, st.integers(-5000, 5000))
def test_adding_work_passes_exactly_that_much_work_and_stops_at_its_edge(
    calendar: WorkCalendar, t: int, minutes: int
) -> None:
    end = int(add_working(calendar, t, minutes))
    assert walked(calendar, t, end) == minutes
    if minutes > 0:
        assert walked(calendar, end - 1, end) == 1
    if minutes < 0:
        assert walked(calendar, end, end + 1) == 1


@given(usable, instants)
def test_the_next_and_the_previous_working_instant_enclose_the_instant(
    calendar: WorkCalendar, t: int
) -> None:
    after, before = int(next_working(calendar, t)), int(previous_working(calendar, t))
    assert before <= t <= after
    assert walked(calendar, before, after) == 0
    assert walked(calendar, after, after + 1) == walked(calendar, before - 1, before) == 1


@given(usable, st.lists(instants, min_size=1, max_size=20))
def test_kernels_and_vector_functions_agree(calendar: WorkCalendar, several: list[int]) -> None:
    times = np.array(several)
    tables = calendar.tables
    ordinals = [kernels.work_at.python(tables, 0, t) for t in several]
    assert ordinals == working_between(calendar, 0, times).tolist()
    assert [kernels.start_at.python(tables, 0, w) for w in ordinals] == next_working(calendar, times).tolist()
    assert [kernels.finish_at.python(tables, 0, w) for w in ordinals] == previous_working(
        calendar, times
    ).tolist()


def test_friday_evening_and_monday_morning_are_one_working_instant() -> None:
    assert same_instant(STANDARD, FRIDAY_EVENING, MONDAY_MORNING)
    assert int(next_working(STANDARD, FRIDAY_EVENING)) == MONDAY_MORNING
    assert int(previous_working(STANDARD, MONDAY_MORNING)) == FRIDAY_EVENING
    assert not same_instant(ROUND_THE_CLOCK, FRIDAY_EVENING, MONDAY_MORNING)


def test_a_night_shift_works_across_midnight_without_a_seam() -> None:
    start = wall_minutes(datetime(2026, 1, 5, 22))
    assert wall_datetime(int(add_working(NIGHT, start, 480))) == datetime(2026, 1, 6, 6)
    assert int(next_working(NIGHT, wall_minutes(datetime(2026, 1, 6)))) == wall_minutes(datetime(2026, 1, 6))


def test_a_later_exception_wins_over_an_earlier_one() -> None:
    closed = {"first": "2026-01-05", "last": "2026-01-16"}
    opened = {"first": "2026-01-10", "intervals": [[540, 600]], "name": "Saturday shift"}
    calendar = WorkCalendar.from_json(STANDARD.to_json()["week"], [closed, opened])
    a, b = wall_minutes(datetime(2026, 1, 5)), wall_minutes(datetime(2026, 1, 17))
    assert int(working_between(calendar, a, b)) == 60


def test_the_stored_form_round_trips() -> None:
    holiday = {"first": "2026-12-24", "last": "2026-12-26", "intervals": [], "name": "Christmas"}
    stored = {"name": "x", "week": [[[480, 720]]] * 5 + [[], []], "exceptions": [holiday]}
    assert WorkCalendar.from_json(stored["week"], stored["exceptions"], "x").to_json() == stored


def test_a_thousand_years_are_no_limit() -> None:
    start = wall_minutes(datetime(2026, 1, 5, 8))
    weeks = 52 * 1000
    assert int(add_working(STANDARD, start, weeks * 2400)) == start + weeks * 7 * DAY - 3 * DAY + 540


@given(usable, usable, instants, instants)
def test_an_intersection_works_exactly_when_both_do(
    a: WorkCalendar, b: WorkCalendar, t: int, length: int
) -> None:
    both = intersect(a, b)
    for day_number in range(t // DAY, t // DAY + 3):
        minutes = [{m for s, e in c.intervals_on(day_number) for m in range(s, e)} for c in (a, b, both)]
        assert minutes[2] == minutes[0] & minutes[1]


@pytest.mark.parametrize(
    ("week", "exceptions", "code"),
    [
        ([[]] * 6, [], "bad_week"),
        ([[[600, 500]]] + [[]] * 6, [], "bad_interval"),
        ([[[0, 1441]]] + [[]] * 6, [], "bad_interval"),
        ([[]] * 7, [CalendarException(5, 4)], "bad_exception"),
    ],
)
def test_a_bad_calendar_is_refused_with_a_code(week: list, exceptions: list, code: str) -> None:
    with pytest.raises(CalendarError) as refusal:
        WorkCalendar.build(week, exceptions)
    assert refusal.value.code == code


def test_a_week_without_work_can_be_kept_but_not_worked_on() -> None:
    idle = WorkCalendar.build([[]] * 7, name="idle")
    assert int(working_between(idle, 0, DAY)) == 0
    with pytest.raises(CalendarError) as refusal:
        add_working(idle, 0, 60)
    assert refusal.value.code == "calendar_without_work"
