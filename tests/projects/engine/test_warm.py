"""After warming, no call compiles: each kernel has one compiled variant, whatever the plan."""

import pytest

from programs.engine.jit import Kernel
from projects.engine import (
    backward_kernels,
    cpm,
    filling_kernels,
    forward_kernels,
    graph_kernels,
    incremental_kernels,
)
from projects.engine.warm import warm
from tests.charts import Chart, at, link

ENTRIES: list[Kernel] = [
    graph_kernels.outline,
    graph_kernels.live_tasks,
    graph_kernels.incoming,
    graph_kernels.gates,
    graph_kernels.sequence,
    filling_kernels.fill,
    filling_kernels.refill,
    filling_kernels.fill_links,
    forward_kernels.forward,
    backward_kernels.backward,
    backward_kernels.floats,
    backward_kernels.roll_up,
    incremental_kernels.forward_again,
    incremental_kernels.backward_again,
    incremental_kernels.outgoing,
]


def test_warming_leaves_nothing_to_compile() -> None:
    pytest.importorskip("numba", reason="numba is not installed: nothing is compiled")
    assert warm() > 0
    assert [len(entry.face("compiled").signatures) for entry in ENTRIES] == [1] * len(ENTRIES)  # type: ignore[attr-defined]
    network = (
        Chart(data_date=at("01-12")).task(1).task(2, after=link(1, percent=10), parent=1).task(3).network()
    )
    schedule = cpm.compute(network.edited(pred=[2], succ=[1]), fast=True)
    cpm.recompute(network.edited(pred=[2], succ=[1], duration=[0, 60, 60]), schedule, fast=True)
    cpm.compute(network.edited(pred=[], succ=[], link_kind=[], lag=[], lag_unit=[]), fast=True)
    assert [len(entry.face("compiled").signatures) for entry in ENTRIES] == [1] * len(ENTRIES)  # type: ignore[attr-defined]
