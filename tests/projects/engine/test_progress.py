"""Actuals, data date, retained logic, progress override, splits and manual dates."""

from dataclasses import replace

import pytest

from projects.engine.network import Constraint, Driver, FloatTarget, Link, Options, Progress
from tests.charts import Chart, D, at, link

RETAINED = Options(progress=Progress.RETAINED_LOGIC)
OVERRIDE = Options(progress=Progress.PROGRESS_OVERRIDE)


@pytest.mark.parametrize(("options", "day"), [(RETAINED, 14), (OVERRIDE, 9)])
def test_work_out_of_sequence_waits_or_goes_on(options: Options, day: int) -> None:
    """A 10 d from Monday and on plan (5 d done), B 5 d after A but begun on day 3 with 1 d done, data date end of day 5:
    retained logic ends B on day 10 + 4, progress override on day 5 + 4 (hand-computed reference case)."""
    c = Chart("02-02", data_date=at("02-06 17:00"), options=options)
    c.task(10, actual_start=at("02-02"), remaining=5 * D)
    s = c.task(5, after=1, actual_start=at("02-04"), remaining=4 * D).scheduled()
    ends = {9: "02-12 17:00", 14: "02-19 17:00"}
    assert s.dates(2)[-11:] == ends[day]


def test_late_dates_of_a_predecessor_look_at_the_remaining_work_of_a_started_successor() -> None:
    """A successor that is 25 % done with 18 h left and must end on 21 Aug 17:00 lets its predecessor run to 17 Aug 15:00
    (confirmed on MS Project data: slack 6 h from 16 Aug 17:00)."""
    c = Chart(start=at("08-14", 2006), calendars=Chart().settings["calendars"])
    c.task(3, actual_start=at("08-14", 2006), remaining=1 * D, resume=at("08-16", 2006))
    c.task(3, after=1, actual_start=at("08-16", 2006), remaining=18 * 60)
    s = c.task(0, constraint=Constraint.MSO, constraint_at=at("08-21 17:00", 2006)).scheduled()
    assert s.late_finish(1) == at("08-17 15:00", 2006)
    assert s.total_float(1) == 6 * 60


def test_without_a_data_date_started_work_keeps_its_pace() -> None:
    s = Chart().task(4, actual_start=at("01-06"), remaining=3 * D).scheduled()
    assert s.dates(1) == "01-06 08:00..01-09 17:00"
    assert s.percent(1) == 25


def test_unfinished_work_moves_past_the_data_date() -> None:
    c = Chart(data_date=at("01-14 17:00")).task(4, actual_start=at("01-06"), remaining=3 * D).task(1)
    s = c.scheduled()
    assert s.dates(1) == "01-06 08:00..01-20 17:00"
    assert s.dates(2) == "01-15 08:00..01-15 17:00"
    assert (s.driver_kind(1), s.driver_kind(2)) == (Driver.DATA_DATE, Driver.DATA_DATE)


def test_a_finished_task_has_no_float_and_holds_nothing_back() -> None:
    done = {"actual_start": at("01-05"), "actual_finish": at("01-07 12:00")}
    s = Chart().task(2).task(2, after=1, **done).task(1, after=2).scheduled()
    assert s.dates(2) == "01-05 08:00..01-07 12:00"
    assert (s.total_float(2), s.critical(2), s.percent(2)) == (0, False, 100)
    assert s.dates(3) == "01-07 13:00..01-08 12:00"
    assert s.late(1)[-11:] == "01-08 12:00"


def test_a_percentage_without_a_remaining_duration_is_enough() -> None:
    s = Chart().task(4, actual_start=at("01-05"), percent_complete=75.0).scheduled()
    assert (s.percent(1), s.dates(1)[-11:]) == (75, "01-08 17:00")
    s = Chart().task(4, actual_start=at("01-05"), percent_complete=100.0).scheduled()
    assert (s.percent(1), s.critical(1), s.dates(1)[-11:]) == (100, False, "01-08 17:00")


def test_a_split_lengthens_the_task_and_not_its_work() -> None:
    s = Chart().task(3, gap=2 * D).task(1, after=1).scheduled()
    assert s.dates(1) == "01-05 08:00..01-09 17:00"
    assert (s.duration(1), s.dates(2)[:11]) == (3 * D, "01-12 08:00")


def test_a_manual_task_keeps_its_dates_and_its_successors_follow_them() -> None:
    fixed = {"is_manual": True, "manual_start": at("01-07"), "manual_finish": at("01-08 17:00")}
    s = Chart().task(5).task(1, after=1, **fixed).task(1, after=2).scheduled()
    assert s.dates(2) == "01-07 08:00..01-08 17:00"
    assert s.dates(3) == "01-09 08:00..01-09 17:00"
    assert s.driver_kind(2) == Driver.MANUAL


def test_a_manual_task_with_text_only_stands_at_the_project_start() -> None:
    s = Chart().task(2, is_manual=True).scheduled()
    assert s.dates(1) == "01-05 08:00..01-06 17:00"


def test_elapsed_durations_run_through_the_weekend_and_their_float_does_too() -> None:
    """A day of elapsed time is 1,440 minutes; MS Project measures the float of such a task around the clock."""
    s = (
        Chart("01-09")
        .task(1)
        .task(2 * 3, after=1, is_elapsed=True)
        .task(5, after=1)
        .task(0, after=[2, 3])
        .scheduled()
    )
    assert s.dates(2) == "01-09 17:00..01-11 17:00"
    assert s.total_float(2) == (5 * 24 - 0) * 60


def test_constraints_off_let_logic_win_and_slack_go_negative() -> None:
    c = Chart().task(5).task(3, after=1, constraint=Constraint.FNLT, constraint_at=at("01-13 17:00"))
    c.task(1, after=1, constraint=Constraint.MSO, constraint_at=at("01-08"))
    c.settings["options"] = Options(honour_constraints=False)
    s = c.scheduled()
    assert (s.dates(2), s.days(2)) == ("01-12 08:00..01-14 17:00", -1)
    assert (s.dates(3), s.days(3)) == ("01-12 08:00..01-12 17:00", -2)
    assert s.days(1) == -2


def test_the_critical_threshold_widens_the_critical_path() -> None:
    c = Chart().task(5).task(4)
    assert [c.scheduled().critical(t) for t in (1, 2)] == [True, False]
    c.settings["options"] = Options(critical_threshold=D)
    assert [c.scheduled().critical(t) for t in (1, 2)] == [True, True]


def test_float_can_be_measured_against_the_own_project_or_the_own_end() -> None:
    c = Chart().task(5, project=0).task(3, project=1).task(2, project=1)
    c.columns["project"] = {0: 0, 1: 1, 2: 1}
    c.settings |= {"project_start": [at("01-05"), at("01-05")]}
    expected = {
        FloatTarget.PROGRAM: [0, 2, 3],
        FloatTarget.PROJECT: [0, 0, 1],
        FloatTarget.OPEN_END: [0, 0, 0],
    }
    for target, days in expected.items():
        c.settings["options"] = replace(Options(), float_target=target)
        s = c.scheduled()
        assert [s.days(t) for t in (1, 2, 3)] == days


def test_a_required_finish_gives_the_critical_path_float_of_its_own() -> None:
    c = Chart().task(5)
    c.settings["options"] = Options(finish_by=at("01-14 17:00"))
    assert c.scheduled().days(1) == 3
    c.settings["options"] = Options(finish_by=at("01-07 17:00"))
    assert c.scheduled().days(1) == -2


def test_finish_links_still_hold_a_started_task() -> None:
    c = Chart(data_date=at("01-05 17:00")).task(5)
    s = c.task(2, after=link(1, Link.FF), actual_start=at("01-05"), remaining=D).scheduled()
    assert s.dates(2) == "01-05 08:00..01-12 17:00"


def test_outside_predecessors_hold_like_tasks_and_are_not_moved() -> None:
    outside = {"boundary_succ": [0], "boundary_start": [at("01-05")], "boundary_finish": [at("01-07 17:00")]}
    s = Chart(**outside, boundary_lag=[D]).task(2).scheduled()
    assert s.dates(1) == "01-09 08:00..01-12 17:00"
    assert (s.driver_kind(1), s.driver(1)) == (Driver.BOUNDARY, 0)
