"""The twelve hand-checked cases of the scheduling reference (calendar, dates and float equal in two engines)."""

import pytest

from programs.engine.calendars import STANDARD
from projects.engine.network import NONE, Constraint, Link
from tests.charts import Chart, D, at, link


@pytest.fixture(params=[False, True], ids=["plain", "compiled"])
def fast(request: pytest.FixtureRequest) -> bool:
    """Both faces of the kernels must agree with the published answers."""
    if request.param:
        pytest.importorskip("numba", reason="numba is not installed: only plain kernels are tested")
    return bool(request.param)


def test_a1_chain_over_a_holiday_with_a_short_parallel_task(fast: bool) -> None:
    s = Chart().task(3).task(9, after=1).task(0.5, after=2).task(2, after=1).scheduled(fast=fast)
    assert s.dates(2) == "01-08 08:00..01-21 17:00"
    assert s.dates(3) == "01-22 08:00..01-22 12:00"
    assert s.late(4) == "01-20 13:00..01-22 12:00"
    assert (s.days(4), s.free(4)) == (7.5, 7.5)


def test_a2_lag_lead_and_elapsed_lag(fast: bool) -> None:
    c = (
        Chart()
        .task(5)
        .task(3, after=link(1, days=2))
        .task(2, after=link(1, days=-2))
        .task(2, after=link(1, elapsed=2))
    )
    s = c.scheduled(fast=fast)
    assert s.dates(2) == "01-14 08:00..01-16 17:00"
    assert (s.dates(3), s.days(3)) == ("01-08 08:00..01-09 17:00", 5)
    assert (s.dates(4), s.days(4)) == ("01-12 08:00..01-13 17:00", 3)


def test_a3_start_start_finish_finish_and_start_finish(fast: bool) -> None:
    c = Chart().task(5).task(3, after=link(1, Link.SS, 2)).task(4, after=link(1, Link.FF, 1))
    s = c.task(2, after=link(2, Link.SF, 3)).scheduled(fast=fast)
    assert (s.dates(2), s.days(2)) == ("01-07 08:00..01-09 17:00", 1)
    assert (s.dates(3), s.critical(3)) == ("01-07 08:00..01-12 17:00", True)
    assert (s.dates(4), s.days(4)) == ("01-08 08:00..01-09 17:00", 1)


def test_a4_percent_lags(fast: bool) -> None:
    s = (
        Chart()
        .task(8)
        .task(3, after=link(1, percent=-50))
        .task(2, after=link(1, Link.SS, percent=25))
        .scheduled(fast=fast)
    )
    assert (s.dates(2), s.days(2)) == ("01-09 08:00..01-13 17:00", 1)
    assert (s.dates(3), s.days(3)) == ("01-07 08:00..01-08 17:00", 4)


def test_a5_a_missed_deadline_is_negative_float_up_its_chain(fast: bool) -> None:
    s = Chart().task(5).task(5, after=1, deadline=at("01-14 17:00")).task(2, after=1).scheduled(fast=fast)
    assert (s.dates(2), s.days(2)) == ("01-12 08:00..01-16 17:00", -2)
    assert (s.days(1), s.late(1)[-11:]) == (-2, "01-07 17:00")
    assert s.days(3) == 3


def test_a6_moderate_constraints(fast: bool) -> None:
    c = Chart().task(5)
    c.task(3, after=1, constraint=Constraint.SNET, constraint_at=at("01-14"))
    c.task(3, after=1, constraint=Constraint.FNLT, constraint_at=at("01-13 17:00"))
    c.task(2, after=1, constraint=Constraint.FNET, constraint_at=at("01-16 17:00"))
    s = c.task(4, after=1, constraint=Constraint.SNLT, constraint_at=at("01-15")).scheduled(fast=fast)
    assert s.dates(2) == "01-14 08:00..01-16 17:00"
    assert s.dates(3) == "01-09 08:00..01-13 17:00"
    assert s.days(1) == -1
    assert s.dates(4) == "01-15 08:00..01-16 17:00"
    assert (s.dates(5), s.days(5)) == ("01-12 08:00..01-15 17:00", 1)


def test_a7_mandatory_dates(fast: bool) -> None:
    c = Chart().task(5).task(2, after=1, constraint=Constraint.MSO, constraint_at=at("01-14"))
    c.task(2, after=1, constraint=Constraint.MFO, constraint_at=at("01-16 17:00")).task(1, after=2)
    s = c.scheduled(fast=fast)
    assert s.days(1) == 2
    assert (s.dates(2), s.days(2)) == ("01-14 08:00..01-15 17:00", 0)
    assert s.dates(3) == "01-15 08:00..01-16 17:00"
    assert s.dates(4) == "01-16 08:00..01-16 17:00"


def test_a8_a_milestone_stays_at_the_end_of_the_day(fast: bool) -> None:
    s = (
        Chart()
        .task(5)
        .task(0, after=1)
        .task(1, after=2)
        .task(1, after=link(2, elapsed=1))
        .scheduled(fast=fast)
    )
    assert s.dates(2) == "01-09 17:00..01-09 17:00"
    assert (s.dates(3)[:11], s.dates(4)[:11]) == ("01-12 08:00", "01-12 08:00")


def test_a9_as_late_as_possible(fast: bool) -> None:
    c = Chart().task(2).task(2, after=1, constraint=Constraint.ALAP).task(8, after=1).task(1, after=[2, 3])
    s = c.scheduled(fast=fast)
    assert (s.scheduled(2), s.days(2), s.critical(2)) == ("01-15 08:00..01-16 17:00", 0, True)
    assert s.dates(4) == "01-20 08:00..01-20 17:00"


def test_a10_a_task_around_the_clock_between_office_tasks(fast: bool) -> None:
    s = Chart("01-09").task(1).task(3, after=1, calendar=1).task(1, after=2).scheduled(fast=fast)
    assert (s.dates(2), s.total_float(2)) == ("01-09 17:00..01-10 17:00", 39 * 60)
    assert s.dates(3)[:11] == "01-12 08:00"


def test_a11_progress_at_a_data_date(fast: bool) -> None:
    c = Chart(data_date=at("01-15 17:00"))
    c.task(6, actual_start=at("01-05"), actual_finish=at("01-12 17:00"))
    c.task(7, after=1, actual_start=at("01-13"), remaining=4 * D)
    s = c.task(2, after=2).task(3, after=link(1, days=3)).scheduled(fast=fast)
    assert s.dates(2)[-11:] == "01-22 17:00"
    assert s.dates(3) == "01-23 08:00..01-27 12:00"
    assert (s.dates(4), s.late(4)[:11], s.days(4)) == ("01-16 08:00..01-21 17:00", "01-22 08:00", 3)
    assert not s.critical(1)


def test_a12_an_inactive_task_vanishes_and_its_logic_is_not_bridged(fast: bool) -> None:
    s = Chart().task(5).task(1, after=1, is_active=False).task(2, after=2).scheduled(fast=fast)
    assert (s.dates(3), s.days(3)) == ("01-05 08:00..01-06 17:00", 3)
    assert s.early_start(2) == NONE


def test_slack9_a_missed_mandatory_finish_shows_on_the_milestone_itself_too(fast: bool) -> None:
    c = Chart(start=at("04-17", 2006), calendars=(STANDARD,))
    c.task(5).task(5, after=1).task(5, after=2)
    c.task(0, after=[3, 5], constraint=Constraint.MFO, constraint_at=at("05-04 17:00", 2006)).task(10)
    s = c.task(2, after=4).scheduled(fast=fast)
    assert s.schedule.project_finish == at("05-08 17:00", 2006)
    assert [s.days(task) for task in (1, 2, 3, 4)] == [-1, -1, -1, -1]
    assert s.days(5) == 4
