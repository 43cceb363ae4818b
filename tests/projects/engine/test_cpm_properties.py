"""What must hold for every plan, proven by the independent checker and by comparison on random networks."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.engine.calendars import NONE
from projects.engine import cpm
from projects.engine.network import Network
from projects.engine.verify import verify
from tests.projects.engine.plans import START, network, plans

relaxed = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def same(a: cpm.Schedule, b: cpm.Schedule) -> None:
    for name in set(cpm.Schedule.__slots__) - {"state"}:
        assert np.array_equal(getattr(a, name), getattr(b, name)), name


@relaxed
@given(plans())
def test_the_independent_checker_finds_nothing_to_object_to(values: dict[str, Any]) -> None:
    net = network(values)
    assert verify(net, cpm.compute(net, fast=False)) == []


@relaxed
@given(plans(), st.data())
def test_the_checker_refutes_a_schedule_in_which_one_date_was_moved(
    values: dict[str, Any], data: st.DataObject
) -> None:
    net = network(values)
    schedule = cpm.compute(net, fast=False)
    alive = np.flatnonzero(schedule.is_live & ~schedule.is_summary)
    if not len(alive):
        return
    task = data.draw(st.sampled_from(alive.tolist()))
    name = data.draw(st.sampled_from(["early_start", "early_finish", "total_float"]))
    if name == "early_start" and (net.is_manual[task] or net.actual_finish[task] > 0):
        return  # dates that were given, not computed, may be missing from the input
    if name == "early_finish" and net.is_manual[task]:
        return
    if name == "early_finish" and net.percent_complete[task] >= 100:
        return
    getattr(schedule, name)[task] += 1
    assert verify(net, schedule)


@relaxed
@given(plans())
def test_plain_and_compiled_kernels_give_the_same_schedule(values: dict[str, Any]) -> None:
    pytest.importorskip("numba", reason="numba is not installed: there are no compiled kernels")
    net = network(values)
    same(cpm.compute(net, fast=False), cpm.compute(net, fast=True))


@relaxed
@given(plans(constraints=False, progress=False, calendars=False))
def test_without_constraints_late_dates_never_precede_early_dates(values: dict[str, Any]) -> None:
    net = network(values)
    schedule = cpm.compute(net, fast=False)
    assert (schedule.total_float >= 0).all()
    if (net.lag >= 0).all():
        assert (schedule.free_float <= schedule.total_float)[~schedule.is_summary].all()
    alive = schedule.is_live & ~schedule.is_summary
    if alive.any():
        assert schedule.critical[alive].any()


@relaxed
@given(plans(alap=False), st.data())
def test_adding_a_link_never_pulls_an_early_date_forward(values: dict[str, Any], data: st.DataObject) -> None:
    net = network(values)
    leaves = np.flatnonzero(~np.isin(np.arange(net.n), net.parent))
    if len(leaves) < 2:
        return
    p, s = sorted(data.draw(st.lists(st.sampled_from(leaves.tolist()), min_size=2, max_size=2, unique=True)))
    before = cpm.compute(net, fast=False)
    kind = data.draw(st.integers(0, 3))
    after = cpm.compute(
        net.edited(
            pred=np.append(net.pred, p),
            succ=np.append(net.succ, s),
            link_kind=np.append(net.link_kind, kind),
            lag=np.append(net.lag, 0),
            lag_unit=np.append(net.lag_unit, 0),
        ),
        fast=False,
    )
    assert (after.early_start >= before.early_start).all()


@relaxed
@given(plans(constraints=False, progress=False))
def test_dates_fed_back_as_start_constraints_change_nothing(values: dict[str, Any]) -> None:
    net = network(values)
    first = cpm.compute(net, fast=False)
    leaf = first.is_live & ~first.is_summary
    fixed = net.edited(constraint=np.where(leaf, 4, 0), constraint_at=np.where(leaf, first.early_start, 0))
    second = cpm.compute(fixed, fast=False)
    assert np.array_equal(first.early_start, second.early_start)
    assert np.array_equal(first.late_finish, second.late_finish)


def test_a_lead_on_another_calendar_than_the_task_gives_no_minute_too_much() -> None:
    """The round-the-clock successor must go on by Sunday 23:00. Two working days before Tuesday 17:00 work goes on at
    Monday 08:00, which is too late; two days before Tuesday 16:59 it goes on at Friday 16:59."""
    net = Network.build(
        duration=[0, 480, 4800],
        is_elapsed=[True, True, False],
        actual_start=[NONE, START, NONE],
        remaining=[-1, 60, -1],
        deadline=[NONE, START - 480, NONE],
        start=START - 480,
        pred=[0],
        succ=[1],
        lag=[-960],
    )
    schedule = cpm.compute(net, fast=False)
    assert verify(net, schedule) == []
    assert schedule.late_finish[0] == START + 1440 + 540 - 1


def test_an_empty_network_has_an_empty_schedule() -> None:
    schedule = cpm.compute(Network.build(duration=[]), fast=False)
    assert len(schedule.early_start) == 0
