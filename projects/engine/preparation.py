"""From a network to what the kernels read: outline, live links, order of computation, task and link
records."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine import jit
from programs.engine.calendar_kernels import CalendarTables
from programs.engine.calendars import ROUND_THE_CLOCK, pack
from projects.engine import filling_kernels, graph_kernels
from projects.engine.filling_kernels import Columns
from projects.engine.network import CycleError, Network, NetworkError, Progress
from projects.engine.record_kernels import LINK, NODE, TASK, Rules

Ints = NDArray[np.int64]


class Prepared(NamedTuple):
    """A network turned into what the kernels read."""

    cal: CalendarTables
    tasks: NDArray[Any]
    links: NDArray[Any]
    rules: Rules
    project_start: Ints
    order: NDArray[np.int32]  # nodes in an order that respects the links
    steps: int
    hubs: int  # first node of a summary's hub
    nodes: NDArray[Any]  # before the passes; dead tasks keep these values
    preorder: NDArray[np.int32]
    depth: NDArray[np.int32]
    fast: bool


def prepare(network: Network, fast: bool) -> Prepared:
    """Outline, live links, order of computation and derived inputs."""
    n, k = network.n, len(network.boundary_succ)
    read = jit.readonly
    first_child, next_sibling, preorder, depth, gate, ptr = (np.empty(n + i // 5, np.int32) for i in range(6))
    parent = read(network.parent)
    reached = graph_kernels.outline.run(fast, parent, first_child, next_sibling, preorder, depth)
    if reached < n:
        missed = np.setdiff1d(np.arange(n), preorder[:reached])
        raise NetworkError("parent_cycle", "summaries contain each other in a circle", missed.tolist())
    first_child, next_sibling, preorder = read(first_child), read(next_sibling), read(preorder)
    live = np.zeros(n, np.int8)
    graph_kernels.live_tasks.run(fast, parent, first_child, preorder, read(network.is_active), live)
    live = read(live)
    link, source = np.zeros(network.m + k, np.int32), np.empty(network.m + k, np.int32)
    succ = read(np.concatenate([network.succ, network.boundary_succ]))
    hubs = n + k
    from_summaries = graph_kernels.incoming.run(
        fast, n, hubs, read(network.pred), succ, first_child, live, ptr, link, source
    )
    ptr, link, source = read(ptr), read(link), read(source)
    graph_kernels.gates.run(fast, parent, preorder, ptr, gate)
    gate = read(gate)
    size = hubs + (n if from_summaries else 0)
    color, cursor = np.zeros(size, np.int8), np.empty(size, np.int32)
    stack, order = np.empty(size + 1, np.int32), np.empty(size + 1, np.int32)
    count = graph_kernels.sequence.run(
        fast, n, hubs, first_child, next_sibling, live, ptr, link, source, gate, color, cursor, stack, order
    )
    if count < 0:
        _refuse_circle(network, stack[: -1 - count], hubs)
    tasks, nodes = np.zeros(n, TASK), np.zeros(size, NODE)
    shape = (first_child, next_sibling, gate, live)
    filling_kernels.fill.run(
        fast, columns_of(network), shape, ptr, preorder, tasks, nodes, len(network.calendars)
    )
    nodes["start"][n:hubs] = network.boundary_start
    nodes["finish"][n:hubs] = network.boundary_finish
    rules = Rules(
        bool(network.options.honour_constraints),
        network.options.progress == Progress.PROGRESS_OVERRIDE,
        int(network.data_date),
        int(network.options.float_target),
    )
    return Prepared(
        cal=pack((*network.calendars, ROUND_THE_CLOCK)),
        tasks=read(tasks),
        links=read(_links(network, source, succ, link[: int(ptr[-1])], fast)),
        rules=rules,
        project_start=read(network.project_start),
        order=read(order),
        steps=int(count),
        hubs=hubs,
        nodes=nodes,
        preorder=preorder,
        depth=depth,
        fast=fast,
    )


def _links(
    network: Network,
    source: NDArray[np.int32],
    succ: NDArray[np.int32],
    grouped: NDArray[np.int32],
    fast: bool,
) -> NDArray[Any]:
    """Records of the live links, grouped by successor."""
    links = np.empty(len(grouped), LINK)
    kind = np.concatenate([network.link_kind, network.boundary_kind])
    unit = np.concatenate([network.lag_unit, network.boundary_lag_unit])
    lag = np.concatenate([network.lag, network.boundary_lag])
    columns = (jit.readonly(values) for values in (grouped, source, succ, kind, unit, lag))
    filling_kernels.fill_links.run(fast, *columns, links)
    return links


def columns_of(network: Network) -> Columns:
    """The columns that task records are made of."""
    return Columns(*(jit.readonly(getattr(network, name)) for name in Columns._fields))


def _refuse_circle(network: Network, nodes: NDArray[np.int32], hubs: int) -> None:
    """Raise the circle in order of the links, each task named once."""
    circle: list[int] = []
    for node in nodes[::-1].tolist():
        task = node - hubs if node >= hubs else node
        if task not in circle[-1:]:
            circle.append(task)
    if len(circle) > 1 and circle[0] == circle[-1]:
        circle.pop()
    lowest = circle.index(min(circle))
    circle = circle[lowest:] + circle[:lowest]
    raise CycleError(circle, network.task_id[circle].tolist())
