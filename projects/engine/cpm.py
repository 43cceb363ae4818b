"""The critical path method: early and late dates, float, critical tasks and drivers of a whole program in one
computation.

Method: depth-first order of the live links, a forward pass, a backward pass by the inverse rules, one more
forward pass if tasks go as late as possible, free float, roll-up of summaries. All arithmetic is exact in
minutes; a calendar maps wall time to an unbounded axis of working minutes and back. Semantics follow MS
Project (lag on the successor's calendar, constraints that override logic when honoured), with a data date and
retained logic or progress override as in Primavera P6.

Not handled: levelling, resource-driven durations, scheduling from the finish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine import jit
from programs.engine.calendar_kernels import CalendarTables
from programs.engine.calendars import EARLIEST, LATEST, NONE, ROUND_THE_CLOCK, pack
from projects.engine import backward_kernels, forward_kernels, graph_kernels
from projects.engine.network import (
    UNKNOWN,
    Constraint,
    CycleError,
    Driver,
    FloatTarget,
    Network,
    NetworkError,
    Progress,
)
from projects.engine.record_kernels import FAR, FINISHED, LINK, NODE, STARTED, TASK, Rules

Ints = NDArray[np.int64]

SMALL = 250  # tasks: under this size plain Python is done before numba is imported


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The computed schedule of a network; shapes (n,), instants in wall minutes, float in working minutes.

    Inactive tasks have ``NONE`` dates and zeros. ``start``/``finish`` are the scheduled dates; they differ
    from the early dates for tasks that go as late as possible only. ``driver`` is the index of what
    ``driver_kind`` names: the predecessor task, the boundary link, the child that finishes last (of a
    summary); else -1. ``driver_link`` is the index of the driving link or -1.
    """

    early_start: Ints
    early_finish: Ints
    late_start: Ints
    late_finish: Ints
    start: Ints
    finish: Ints
    total_float: Ints
    free_float: Ints
    critical: NDArray[np.bool_]
    is_summary: NDArray[np.bool_]
    is_live: NDArray[np.bool_]
    duration: Ints  # work of leaves; of summaries the working time from start to finish
    percent: NDArray[np.float64]  # 0..100; of summaries weighted by duration
    resumes: Ints  # where the remaining work starts (equals early_start unless started)
    driver_kind: NDArray[np.int8]
    driver: NDArray[np.int32]
    driver_link: NDArray[np.int32]
    order: NDArray[np.int32]  # preorder of the outline
    depth: NDArray[np.int32]
    project_finish: int  # last early finish, NONE if nothing is scheduled


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


def compute(network: Network, *, fast: bool | None = None) -> Schedule:
    """Schedule the network.

    ``fast`` chooses compiled or plain kernels; by default small networks run plain unless numba is already
    loaded, and everything does where numba is not installed. Both give the same numbers.

    :raises CycleError: links run in a circle (named by ``tasks`` and ``task_ids``).
    :raises NetworkError: ``parent_cycle`` or ``date_out_of_range``.
    """
    prepared = prepare(network, choose(network.n, fast))
    return publish(network, prepared, run(prepared, network))


def choose(n: int, fast: bool | None) -> bool:
    """Whether to run compiled kernels."""
    if fast is None:
        fast = jit.loaded() or n > SMALL
    return fast and jit.available()


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
    tasks = _tasks(network, preorder, first_child)
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


def _tasks(network: Network, preorder: NDArray[np.int32], first_child: NDArray[np.int32]) -> NDArray[Any]:
    """Task records with the inputs that follow from the network alone."""
    duration, begun, ended = network.duration, network.actual_start, network.actual_finish
    state = np.zeros(network.n, np.int8)
    state[begun != NONE] = STARTED
    state[(ended != NONE) | ((begun != NONE) & (network.percent_complete >= 100.0))] = FINISHED
    left = np.where(
        network.remaining == UNKNOWN,
        np.rint(duration * (1.0 - network.percent_complete / 100.0)).astype(np.int64),
        network.remaining,
    )
    left = np.where(state == FINISHED, 0, np.where(state == STARTED, left, duration))
    gap_ahead = np.where(state == STARTED, np.minimum(network.gap_ahead, network.gap), network.gap)
    floor, ceiling = _bounds_from_dates(network, first_child, preorder)
    tasks = np.empty(network.n, TASK)
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
        tasks[name] = getattr(network, name)
    tasks["clock"] = np.where(network.is_elapsed, len(network.calendars), network.calendar)
    tasks["manual"] = network.is_manual
    tasks["elapsed"] = network.is_elapsed
    tasks["state"] = state
    tasks["duration"] = duration
    tasks["span"] = duration + network.gap
    tasks["done"] = np.maximum(duration - left, 0) + network.gap - gap_ahead
    tasks["remaining"] = np.where(left > 0, left + gap_ahead, 0)
    tasks["floor"] = floor
    tasks["ceiling"] = ceiling
    return tasks


def percent_done(network: Network, tasks: NDArray[Any]) -> NDArray[np.float64]:
    """Percent complete of leaves (n,), from durations: done / (done + remaining)."""
    left = tasks["remaining"] - np.where(
        tasks["remaining"] > 0, np.minimum(network.gap_ahead, network.gap), 0
    )
    done = np.maximum(network.duration - left, 0)
    share = np.where(tasks["state"] == STARTED, 100.0 * done / np.maximum(done + left, 1), 0.0)
    return np.where(tasks["state"] == FINISHED, 100.0, share)


def _bounds_from_dates(
    network: Network, first_child: NDArray[np.int32], preorder: NDArray[np.int32]
) -> tuple[Ints, Ints]:
    """Start floors and finish ceilings from deadlines and constraints, those of summaries handed down to
    their leaves."""
    kind = network.constraint
    ceiling = np.where(network.deadline == NONE, FAR, network.deadline)
    ceiling = np.where(kind == Constraint.FNLT, np.minimum(ceiling, network.constraint_at), ceiling)
    floor = np.full(network.n, -FAR, np.int64)
    summary = first_child >= 0
    floor[summary & (kind == Constraint.SNET)] = network.constraint_at[summary & (kind == Constraint.SNET)]
    bounded = summary & ((floor > -FAR) | (ceiling < FAR))
    if bounded.any():
        parent = network.parent
        for task in preorder.tolist():
            above = parent[task]
            if above >= 0:
                floor[task] = max(floor[task], floor[above])
                ceiling[task] = min(ceiling[task], ceiling[above])
    return floor, ceiling


def blank_nodes(network: Network, prepared: Prepared) -> NDArray[Any]:
    """Node records before the passes; dead tasks keep these values."""
    n, hubs = network.n, prepared.hubs
    nodes = np.zeros(prepared.size, NODE)
    for name in ("start", "finish", "early_start", "early_finish", "resumes", "late_start", "late_finish"):
        nodes[name] = NONE
    nodes["driver"] = -1
    nodes["start"][n:hubs] = network.boundary_start
    nodes["finish"][n:hubs] = network.boundary_finish
    alive = prepared.tasks["live"] != 0
    nodes["duration"][:n] = nodes["work"][:n] = np.where(alive, network.duration, 0)
    nodes["percent"][:n] = np.where(alive, percent_done(network, prepared.tasks), 0.0)
    return nodes


def unbound(nodes: NDArray[Any]) -> None:
    """Take all bounds away."""
    nodes["start_bound"] = FAR
    nodes["finish_bound"] = FAR


def run(prepared: Prepared, network: Network) -> NDArray[Any]:
    """All passes; returns the node records."""
    p = prepared
    nodes = blank_nodes(network, p)
    walk = (p.order, p.steps, nodes, p.hubs)
    last = forward_kernels.forward.run(
        p.fast, p.cal, p.tasks, p.links, p.rules, p.project_start, *walk, False
    )
    targets = finish_targets(network, p, nodes, int(last))
    unbound(nodes)
    backward_kernels.backward.run(p.fast, p.cal, p.tasks, p.links, p.rules, targets, *walk)
    if ((p.tasks["constraint"] == Constraint.ALAP) & (p.tasks["state"] == 0) & (p.tasks["live"] != 0)).any():
        forward_kernels.forward.run(p.fast, p.cal, p.tasks, p.links, p.rules, p.project_start, *walk, True)
    unbound(nodes)
    threshold = int(network.options.critical_threshold)
    backward_kernels.floats.run(p.fast, p.cal, p.tasks, p.links, p.rules, *walk, threshold)
    backward_kernels.roll_up.run(p.fast, p.cal, p.tasks, p.preorder, nodes)
    return nodes


def finish_targets(network: Network, prepared: Prepared, nodes: NDArray[Any], last: int) -> Ints:
    """(p + 1,): the finish each project's open ends are measured against, then that of the whole network."""
    whole = last if network.options.finish_by == NONE else network.options.finish_by
    targets = np.full(len(network.project_start) + 1, whole, np.int64)
    if network.options.float_target == FloatTarget.PROJECT:
        leaves = (prepared.tasks["first_child"] < 0) & (prepared.tasks["live"] != 0)
        own = np.full(len(network.project_start), -FAR, np.int64)
        np.maximum.at(own, network.project[leaves], nodes["early_finish"][: network.n][leaves])
        targets[:-1] = np.where(own == -FAR, whole, own)
    return jit.readonly(targets)


def publish(network: Network, prepared: Prepared, nodes: NDArray[Any]) -> Schedule:
    """Check the range of the computed dates, name the drivers, turn records into columns."""
    n, m = network.n, network.m
    alive = np.asarray(prepared.tasks["live"] != 0)
    columns = {name: np.ascontiguousarray(nodes[name][:n]) for name in NODE.names or ()}
    for name in ("early_start", "early_finish", "late_start", "late_finish"):
        wild = alive & ((columns[name] < EARLIEST) | (columns[name] > LATEST))
        if wild.any():
            found = np.flatnonzero(wild)
            message = f"computed dates leave the years 1 to 9999 (task {network.task_id[found[0]]})"
            raise NetworkError("date_out_of_range", message, found[:20].tolist())
    kind, driver = columns["driver_kind"], columns["driver"]
    link = np.where(kind == Driver.PREDECESSOR, driver, -1).astype(np.int32)
    driver = np.where(kind == Driver.BOUNDARY, driver - m, driver).astype(np.int32)
    driver[link >= 0] = network.pred[link[link >= 0]]
    names = (
        "early_start",
        "early_finish",
        "late_start",
        "late_finish",
        "start",
        "finish",
        "total_float",
        "free_float",
    )
    return Schedule(
        **{
            name: columns[name]
            for name in (*names, "critical", "duration", "percent", "resumes", "driver_kind")
        },
        is_summary=np.asarray(prepared.tasks["first_child"] >= 0),
        is_live=alive,
        driver=driver,
        driver_link=link,
        order=prepared.preorder,
        depth=prepared.depth,
        project_finish=int(columns["early_finish"][alive].max()) if alive.any() else NONE,
    )


def as_rows(schedule: Schedule) -> list[dict[str, Any]]:
    """The schedule as one plain dictionary a task, for printing and tests."""
    names = (
        "early_start",
        "early_finish",
        "late_start",
        "late_finish",
        "start",
        "finish",
        "total_float",
        "free_float",
    )
    columns = {
        name: getattr(schedule, name).tolist() for name in (*names, "critical", "driver_kind", "driver")
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
