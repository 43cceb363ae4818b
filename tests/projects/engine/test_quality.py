"""The fourteen checks at their published thresholds and examples (DCMA-EA PAM 200.1; Winter 2011)."""

from typing import Any

import numpy as np
import pytest

from programs.engine.calendars import add_working
from projects.engine import cpm, quality
from projects.engine.network import NONE, Constraint, Link, Network
from tests.charts import ACCEPTANCE, Chart, D, at, link


def assess(network: Network, project: int | None = None, **given: Any) -> dict[int, quality.Check]:
    n = network.n
    values: dict[str, Any] = {
        "baseline_start": np.full(n, NONE),
        "baseline_finish": np.full(n, NONE),
        "baseline_duration": np.full(n, NONE),
        "has_resources": np.ones(n, bool),
    }
    values |= {name: np.asarray(value) if isinstance(value, list) else value for name, value in given.items()}
    inputs = quality.Inputs(network=network, schedule=cpm.compute(network, fast=False), **values)
    return {check.number: check for check in quality.assess(inputs, project=project)}


def chain(n: int, **settings: Any) -> Chart:
    chart = Chart(**settings).task(1)
    for number in range(1, n):
        chart.task(1, after=number)
    return chart


def test_logic_counts_open_ends_and_two_of_forty_is_exactly_five_percent() -> None:
    check = assess(chain(40).network())[1]
    assert (check.count, check.population, check.percent, check.passed) == (2, 40, 5.0, True)
    assert (check.notes["no_predecessor"], check.notes["no_successor"]) == ((0,), (39,))
    assert assess(chain(39).network())[1].passed is False


def test_dangling_ends_are_reported_beside_missing_logic() -> None:
    c = Chart().task(2).task(2, after=link(1, Link.FF)).task(2, after=link(1, Link.SS))
    check = assess(c.task(1, after=[link(2, Link.SS), 3]).network())[1]
    assert check.notes["dangling_start"] == (1,)
    assert check.notes["dangling_finish"] == (1,)


def test_leads_lags_and_types_count_links() -> None:
    c = (
        Chart()
        .task(5)
        .task(2, after=link(1, days=-1))
        .task(2, after=link(1, days=2))
        .task(2, after=link(1, Link.SS))
    )
    found = assess(c.task(1, after=[2, 3, 4]).network())
    assert (found[2].count, found[2].population, found[2].links, found[2].passed) == (1, 6, (0,), False)
    assert (found[3].count, found[3].links, found[3].passed) == (1, (1,), False)
    assert (found[4].count, found[4].passed) == (1, False)


def test_links_of_completed_tasks_only_are_not_counted() -> None:
    done = {"actual_start": at("01-05"), "actual_finish": at("01-06 17:00")}
    c = Chart().task(1, **done).task(1, after=link(1, days=-1), **done).task(1, after=link(2))
    found = assess(c.network())
    assert (found[2].count, found[2].population) == (0, 1)
    counted = assess(c.network(), links_of=quality.LinksOf.SUCCESSOR)
    assert counted[2].population == 1


def test_hard_constraints_are_the_four_that_override_logic() -> None:
    c = Chart()
    for kind in Constraint:
        c.task(1, constraint=kind, constraint_at=at("01-12 17:00"))
    assert assess(c.network())[5].tasks == (Constraint.MSO, Constraint.MFO, Constraint.SNLT, Constraint.FNLT)


def test_forty_four_days_of_float_pass_and_one_minute_more_fails() -> None:
    exact = Network.build(duration=[45 * D, D], calendars=(ACCEPTANCE,))
    assert cpm.compute(exact, fast=False).total_float.tolist() == [0, 44 * D]
    assert assess(exact)[6].count == 0
    assert assess(exact.edited(duration=[45 * D + 1, D]))[6].tasks == (1,)


def test_negative_float_is_never_allowed() -> None:
    s = Chart().task(5).task(5, after=1, deadline=at("01-14 17:00")).network()
    assert (assess(s)[7].tasks, assess(s)[7].passed) == ((0, 1), False)


def test_high_duration_looks_at_the_baseline_inside_the_detail_window() -> None:
    net = chain(2).network()
    long = {"baseline_duration": [45 * D, 45 * D], "baseline_start": [at("01-05"), at("12-01")]}
    assert assess(net, **long)[8].count == 2
    assert assess(net, **long, detail_until=at("06-01"))[8].tasks == (0,)


def test_invalid_dates_are_forecasts_in_the_past_and_actuals_in_the_future() -> None:
    c = Chart().task(2).task(2, after=1).task(1, actual_start=at("02-02")).task(5, after=2)
    check = assess(c.network(), status=at("01-08 17:00"))[9]
    assert check.notes == {"forecast_before_status": (0, 1), "actual_after_status": (2,)}
    assert (check.count, check.passed) == (3, False)
    assert assess(c.network())[9].passed is None


def test_resources_are_reported_without_a_verdict() -> None:
    check = assess(Chart().task(1).task(0.5, after=1).network(), has_resources=[False, False])[10]
    assert (check.count, check.population, check.passed) == (1, 1, None)


def test_a_task_is_missed_when_it_ends_after_a_baseline_that_is_due() -> None:
    c = Chart(data_date=at("01-09 17:00"))
    c.task(2, actual_start=at("01-05"), actual_finish=at("01-07 17:00")).task(3, after=1).task(1, after=2)
    due = [at("01-06 17:00"), at("01-09 17:00"), at("03-01")]
    check = assess(c.network(), baseline_finish=due)[11]
    assert (check.count, check.population, check.tasks, check.passed) == (2, 2, (0, 1), False)


def test_the_critical_path_test_fails_where_a_fixed_date_stops_the_slip() -> None:
    assert assess(chain(4).network())[12].passed is True
    c = chain(3).task(1, after=3, constraint=Constraint.MSO, constraint_at=at("01-08"))
    check = assess(c.network())[12]
    assert (check.passed, check.tasks) == (False, (0,))


def test_a_hundred_days_with_ten_too_few_is_an_index_of_point_nine() -> None:
    net = Network.build(duration=[100 * D], start=at("01-05"), calendars=Chart().settings["calendars"])
    finish = cpm.compute(net, fast=False).finish[0]
    required = int(add_working(net.calendars[0], finish, -10 * D))
    check = assess(net, baseline_finish=[required], status=at("01-05"))[13]
    assert check.value == pytest.approx(0.90)
    assert check.passed is False


def test_eighteen_done_of_twenty_due_and_two_without_baseline() -> None:
    c = Chart(data_date=at("03-02"))
    for number in range(22):
        done = {"actual_start": at("01-05"), "actual_finish": at("01-05 17:00")} if number < 18 else {}
        c.task(1, **done)
    due = [at("01-30 17:00")] * 20 + [NONE] * 2
    check = assess(c.network(), baseline_finish=due)[14]
    assert check.value == pytest.approx(18 / 22)
    assert (check.notes["hit"], check.notes["hit_percent"], check.passed) == (18, 90.0, False)
    assert check.tasks == (18, 19)


def test_checks_without_a_population_do_not_apply() -> None:
    found = assess(Chart().task(0).network())
    assert {number for number, check in found.items() if check.passed is not None} == set()
    assert quality.passes(list(found.values()))


def test_a_project_is_judged_on_its_own_tasks() -> None:
    c = Chart().task(1, project=0).task(1, after=1, project=0, deadline=at("01-05 17:00")).task(1, project=1)
    net = c.network().edited(project_start=[at("01-05"), at("01-05")], project=[0, 0, 1])
    assert assess(net, project=0)[7].count == 2
    assert assess(net, project=1)[7].count == 0
