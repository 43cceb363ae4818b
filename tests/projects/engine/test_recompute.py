"""Incremental computation gives what a computation from scratch gives, whatever was edited."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.engine import cpm
from projects.engine.network import Network
from tests.charts import Chart, D
from tests.projects.engine.plans import START, network, plans

relaxed = settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
RESULTS = [name for name in cpm.Schedule.__slots__ if name != "state"]


def differences(a: cpm.Schedule, b: cpm.Schedule) -> list[str]:
    return [name for name in RESULTS if not np.array_equal(getattr(a, name), getattr(b, name))]


def edit(net: Network, data: st.DataObject) -> Network:
    """One random edit of one task, link or option."""
    task = data.draw(st.integers(0, net.n - 1))
    name, value = data.draw(
        st.sampled_from(
            [
                ("duration", 0),
                ("duration", 4800),
                ("duration", 30),
                ("remaining", 960),
                ("actual_start", START + 1440),
                ("actual_finish", START + 5000),
                ("calendar", 2),
                ("deadline", START + 9000),
                ("constraint", 0),
                ("is_manual", True),
                ("is_active", False),
                ("gap", 480),
                ("lag", 960),
            ]
        )
    )
    column = getattr(net, name).copy()
    if name == "lag":
        if not net.m:
            return net
        task %= net.m
    column[task] = value
    return net.edited(**{name: column})


@relaxed
@given(plans(), st.data())
def test_a_chain_of_edits_recomputed_equals_each_plan_computed_from_scratch(
    values: dict[str, Any], data: st.DataObject
) -> None:
    net = network(values)
    schedule = cpm.compute(net, fast=False)
    for _ in range(3):
        net = edit(net, data)
        schedule = cpm.recompute(net, schedule, fast=False)
        assert differences(schedule, cpm.compute(net, fast=False)) == []


@relaxed
@given(plans(alap=False, summaries=False), st.data())
def test_edits_inside_the_float_are_followed_backward_too(
    values: dict[str, Any], data: st.DataObject
) -> None:
    """A long outside chain fixes the finish, so that targets stay and late dates are followed link by link."""
    lone = {**values, "duration": np.append(values["duration"], 200 * D)}
    n = len(values["duration"])
    for name, column in values.items():
        if isinstance(column, np.ndarray) and len(column) == n and name not in ("pred", "succ", "duration"):
            lone[name] = np.append(column, -1 if name == "parent" else column.dtype.type(0))
    if "actual_start" in lone:
        lone["actual_start"][-1] = lone["actual_finish"][-1] = np.iinfo(np.int64).min
        lone["deadline"][-1] = np.iinfo(np.int64).min
    if "is_active" in lone:
        lone["is_active"][-1] = True
    net = network(lone)
    schedule = cpm.compute(net, fast=False)
    for _ in range(3):
        net = edit(net, data)
        schedule = cpm.recompute(net, schedule, fast=False)
        assert differences(schedule, cpm.compute(net, fast=False)) == []


def test_the_previous_schedule_stays_as_it_was() -> None:
    net = Chart().task(3).task(2, after=1).task(9).network()
    before = cpm.compute(net, fast=False)
    kept = {name: np.array(getattr(before, name), copy=True) for name in RESULTS}
    cpm.recompute(net.edited(duration=[960, 960, 4320]), before, fast=False)
    assert all(np.array_equal(kept[name], getattr(before, name)) for name in RESULTS)


def test_only_what_a_change_reaches_is_computed_again() -> None:
    """Spoil a task that the edit can not reach: if it were looked at, the spoilt date would be repaired."""
    net = Chart().task(3).task(2, after=1).task(9).network()
    before = cpm.compute(net, fast=False)
    before.state.nodes["early_start"][2] += 7
    after = cpm.recompute(net.edited(duration=[960, 960, 4320]), before, fast=False)
    assert after.early_start[2] == before.early_start[2] + 7
    assert after.early_finish[1] < before.early_finish[1]
