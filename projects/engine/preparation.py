"""From a network to what the kernels read: outline, live links, order of computation, task and link
records."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine import jit
from programs.engine.calendar_kernels import CalendarTables
from programs.engine.calendars import NONE, ROUND_THE_CLOCK, pack
from projects.engine import graph_kernels
from projects.engine.network import UNKNOWN, Constraint, CycleError, Network, NetworkError, Progress
from projects.engine.record_kernels import FAR, FINISHED, LINK, STARTED, TASK, Rules

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
    size: int  # number of nodes
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
    tasks = np.empty(n, TASK)
    task_records(network, slice(None), tasks)
    _hand_down(network, tasks, preorder, first_child >= 0)
    columns = (("first_child", first_child), ("next_sibling", next_sibling), ("gate", gate), ("live", live))
    for name, values in (*columns, ("first_link", ptr[:-1]), ("end_link", ptr[1:])):
        tasks[name] = values
    rules = Rules(
        bool(network.options.honour_constraints),
        network.options.progress == Progress.PROGRESS_OVERRIDE,
        int(network.data_date),
        int(network.options.float_target),
    )
    return Prepared(
        cal=pack((*network.calendars, ROUND_THE_CLOCK)),
        tasks=read(tasks),
        links=read(_links(network, source, link[: int(ptr[-1])])),
        rules=rules,
        project_start=read(network.project_start),
        order=read(order),
        steps=int(count),
        hubs=hubs,
        size=size,
        preorder=preorder,
        depth=depth,
        fast=fast,
    )


def _links(network: Network, source: NDArray[np.int32], grouped: NDArray[np.int32]) -> NDArray[Any]:
    """Records of the live links, grouped by successor."""
    links = np.empty(len(grouped), LINK)
    links["source"] = source[grouped]
    links["index"] = grouped
    links["succ"] = np.concatenate([network.succ, network.boundary_succ])[grouped]
    links["kind"] = np.concatenate([network.link_kind, network.boundary_kind])[grouped]
    links["unit"] = np.concatenate([network.lag_unit, network.boundary_lag_unit])[grouped]
    links["lag"] = np.concatenate([network.lag, network.boundary_lag])[grouped]
    return links


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


def task_records(network: Network, rows: NDArray[np.intp] | slice, records: NDArray[Any]) -> None:
    """Fill the records of ``rows`` with the inputs that follow from their own columns."""

    def column(name: str) -> NDArray[Any]:
        values: NDArray[Any] = getattr(network, name)[rows]
        return values

    duration, begun, ended, gap = (
        column(name) for name in ("duration", "actual_start", "actual_finish", "gap")
    )
    state = np.zeros(len(duration), np.int8)
    state[begun != NONE] = STARTED
    state[(ended != NONE) | ((begun != NONE) & (column("percent_complete") >= 100.0))] = FINISHED
    left = np.where(
        column("remaining") == UNKNOWN,
        np.rint(duration * (1.0 - column("percent_complete") / 100.0)).astype(np.int64),
        column("remaining"),
    )
    left = np.where(state == FINISHED, 0, np.where(state == STARTED, left, duration))
    gap_ahead = np.where(state == STARTED, np.minimum(column("gap_ahead"), gap), gap)
    ceiling = np.where(column("deadline") == NONE, FAR, column("deadline"))
    at = column("constraint_at")
    tasks = records[rows] if isinstance(rows, slice) else np.zeros(len(duration), TASK)
    if not isinstance(rows, slice):
        tasks[:] = records[rows]
    same = (
        "parent",
        "project",
        "calendar",
        "constraint",
        "constraint_at",
        "actual_start",
        "actual_finish",
        "resume",
    )
    for name in (*same, "manual_start", "manual_finish"):
        tasks[name] = column(name)
    tasks["clock"] = np.where(column("is_elapsed"), len(network.calendars), column("calendar"))
    tasks["manual"] = column("is_manual")
    tasks["elapsed"] = column("is_elapsed")
    tasks["state"] = state
    tasks["duration"] = duration
    tasks["span"] = duration + gap
    tasks["done"] = np.maximum(duration - left, 0) + gap - gap_ahead
    tasks["remaining"] = np.where(left > 0, left + gap_ahead, 0)
    tasks["floor"] = -FAR
    tasks["ceiling"] = np.where(column("constraint") == Constraint.FNLT, np.minimum(ceiling, at), ceiling)
    if not isinstance(rows, slice):
        above = tasks["parent"]
        inherited = records[np.maximum(above, 0)]
        tasks["floor"] = np.where(above >= 0, inherited["floor"], tasks["floor"])
        tasks["ceiling"] = np.minimum(tasks["ceiling"], np.where(above >= 0, inherited["ceiling"], FAR))
        records[rows] = tasks


def _hand_down(
    network: Network, tasks: NDArray[Any], preorder: NDArray[np.int32], summary: NDArray[np.bool_]
) -> None:
    """Give the start floors and finish ceilings of summaries to the tasks below them."""
    starts = summary & (network.constraint == Constraint.SNET)
    floor, ceiling = tasks["floor"], tasks["ceiling"]
    floor[starts] = network.constraint_at[starts]
    if not (summary & ((floor > -FAR) | (ceiling < FAR))).any():
        return
    parent = network.parent
    for task in preorder.tolist():
        above = parent[task]
        if above >= 0:
            floor[task] = max(floor[task], floor[above])
            ceiling[task] = min(ceiling[task], ceiling[above])
