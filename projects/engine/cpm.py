"""The critical path method: early and late dates, float, critical tasks and drivers of a whole program in one computation.

Method: depth-first order of the live links, a forward pass, a backward pass by the inverse rules, one more forward pass if
tasks go as late as possible, free float, roll-up of summaries. All arithmetic is exact in minutes; a calendar maps wall time
to an unbounded axis of working minutes and back. Semantics follow MS Project (lag on the successor's calendar, constraints
that override logic when honoured), with a data date and retained logic or progress override as in Primavera P6.

Not handled: levelling, resource-driven durations, scheduling from the finish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine import jit
from programs.engine.calendars import EARLIEST, LATEST, NONE, ROUND_THE_CLOCK, CalendarTables, pack
from projects.engine import cpm_kernels, graph_kernels
from projects.engine.cpm_kernels import FAR, FINISHED, STARTED, Dates, Links, Rules, Tasks
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

Ints = NDArray[np.int64]

SMALL = 250  # tasks: under this size plain Python is done before numba is imported


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The computed schedule of a network; shapes (n,), instants in wall minutes, float in working minutes.

    Inactive tasks have ``NONE`` dates and zeros. ``start``/``finish`` are the scheduled dates; they differ from the early dates for
    tasks that go as late as possible only. ``driver`` is the index of what ``driver_kind`` names: the predecessor task, the
    boundary link, the child that finishes last (of a summary); else -1. ``driver_link`` is the index of the driving link or -1.
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
    tasks: Tasks
    links: Links
    rules: Rules
    project_start: Ints
    order: NDArray[np.int32]  # nodes in an order that respects the links
    count: int
    preorder: NDArray[np.int32]
    depth: NDArray[np.int32]
    percent: NDArray[np.float64]
    fast: bool


def compute(network: Network, *, fast: bool | None = None) -> Schedule:
    """Schedule the network.

    ``fast`` chooses compiled or plain kernels; by default small networks run plain unless numba is already loaded, and
    everything does where numba is not installed. Both give the same numbers.

    :raises CycleError: links run in a circle (named by ``tasks`` and ``task_ids``).
    :raises NetworkError: ``parent_cycle`` or ``date_out_of_range``.
    """
    prepared = prepare(network, choose(network.n, fast))
    dates = run(prepared, network)
    return finish(network, prepared, dates)


def choose(n: int, fast: bool | None) -> bool:
    """Whether to run compiled kernels."""
    if fast is None:
        fast = jit.loaded() or n > SMALL
    return fast and jit.available()


def prepare(network: Network, fast: bool) -> Prepared:
    """Outline, live links, order of computation and derived inputs."""
    n, m, k = network.n, network.m, len(network.boundary_succ)
    first_child, next_sibling, preorder, depth, gate, ptr = (np.empty(n + 1, np.int32) for _ in range(6))
    first_child, next_sibling, preorder, depth, gate = (a[:n] for a in (first_child, next_sibling, preorder, depth, gate))
    read = jit.readonly
    parent = read(network.parent)
    reached = graph_kernels.outline.run(fast, parent, first_child, next_sibling, preorder, depth)
    if reached < n:
        missed = np.setdiff1d(np.arange(n), preorder[:reached])
        raise NetworkError("parent_cycle", "summaries contain each other in a circle", missed.tolist())
    first_child, next_sibling, preorder = read(first_child), read(next_sibling), read(preorder)
    live = np.zeros(n, np.int8)
    graph_kernels.live_tasks.run(fast, parent, first_child, preorder, read(network.is_active), live)
    live = read(live)
    succ = read(np.concatenate([network.succ, network.boundary_succ]) if k else network.succ)
    link = np.zeros(m + k, np.int32)
    source = np.empty(m + k, np.int32)
    pred = read(network.pred)
    graph_kernels.incoming.run(fast, n, pred, succ, first_child, live, ptr, link, source)
    ptr, link, source = read(ptr), read(link), read(source)
    graph_kernels.gates.run(fast, parent, preorder, ptr, gate)
    gate = read(gate)
    color = np.zeros(2 * n, np.int8)
    cursor, stack, order = (np.empty(2 * n + 1, np.int32) for _ in range(3))
    count = graph_kernels.sequence.run(
        fast, n, first_child, next_sibling, live, ptr, link, source, gate, color, cursor, stack, order
    )
    if count < 0:
        _refuse_circle(network, stack[: -1 - count])
    links = Links(
        ptr,
        link,
        source,
        succ,
        read(np.concatenate([network.link_kind, network.boundary_kind]) if k else network.link_kind),
        read(np.concatenate([network.lag, network.boundary_lag]) if k else network.lag),
        read(np.concatenate([network.lag_unit, network.boundary_lag_unit]) if k else network.lag_unit),
    )
    tasks, percent = _tasks(network, first_child, next_sibling, live, gate, preorder)
    rules = Rules(
        bool(network.options.honour_constraints),
        network.options.progress == Progress.PROGRESS_OVERRIDE,
        int(network.data_date),
        int(network.options.finish_by),
        int(network.options.float_target),
        int(network.options.critical_threshold),
    )
    cal = pack((*network.calendars, ROUND_THE_CLOCK))
    starts = read(network.project_start)
    return Prepared(cal, tasks, links, rules, starts, read(order), int(count), preorder, depth, percent, fast)


def _refuse_circle(network: Network, nodes: NDArray[np.int32]) -> None:
    """Raise the circle in order of the links, each task named once."""
    circle: list[int] = []
    for node in nodes[::-1].tolist():
        task = node - network.n if node >= network.n else node
        if task not in circle[-1:]:
            circle.append(task)
    if len(circle) > 1 and circle[0] == circle[-1]:
        circle.pop()
    lowest = circle.index(min(circle))
    circle = circle[lowest:] + circle[:lowest]
    raise CycleError(circle, network.task_id[circle].tolist())


def _tasks(
    network: Network,
    first_child: NDArray[np.int32],
    next_sibling: NDArray[np.int32],
    live: NDArray[np.int8],
    gate: NDArray[np.int32],
    preorder: NDArray[np.int32],
) -> tuple[Tasks, NDArray[np.float64]]:
    """Derived inputs of the passes and the percent complete of leaves."""
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
    done = np.maximum(duration - left, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(done + left > 0, 100.0 * done / np.maximum(done + left, 1), 0.0)
    percent = np.where(state == FINISHED, 100.0, np.where(state == STARTED, share, 0.0))
    gap_behind = np.where(state == STARTED, network.gap - np.minimum(network.gap_ahead, network.gap), 0)
    gap_ahead = np.where(state == STARTED, np.minimum(network.gap_ahead, network.gap), network.gap)
    floor, ceiling = _bounds_from_dates(network, first_child, preorder)
    read = jit.readonly
    clock = np.where(network.is_elapsed, len(network.calendars), network.calendar).astype(np.int32)
    tasks = Tasks(
        read(network.parent),
        first_child,
        next_sibling,
        live,
        gate,
        read(network.project),
        read(network.calendar),
        read(clock),
        read(network.is_elapsed),
        read(duration),
        read(duration + network.gap),
        read(done + gap_behind),
        read(np.where(left > 0, left + gap_ahead, 0)),
        read(state),
        read(begun),
        read(ended),
        read(network.resume),
        read(network.constraint),
        read(network.constraint_at),
        read(floor),
        read(ceiling),
        read(network.is_manual),
        read(network.manual_start),
        read(network.manual_finish),
    )
    return tasks, percent


def _bounds_from_dates(
    network: Network, first_child: NDArray[np.int32], preorder: NDArray[np.int32]
) -> tuple[Ints, Ints]:
    """Start floors and finish ceilings from deadlines and constraints, those of summaries handed down to their leaves."""
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


def empty_dates(network: Network) -> Dates:
    """Result arrays before the passes: instants ``NONE``, floats 0, boundary dates filled in."""
    n, k = network.n, len(network.boundary_succ)
    one = [np.full(n, NONE, np.int64) for _ in range(4)]
    start, end = np.full(2 * n + k, NONE, np.int64), np.full(2 * n + k, NONE, np.int64)
    start[2 * n :], end[2 * n :] = network.boundary_start, network.boundary_finish
    rest = [np.full(n, fill, np.int64) for fill in (0, 0, NONE, NONE, 0)]
    return Dates(*one, start, end, *rest, np.zeros(n, np.int8), np.full(n, -1, np.int32))


def run(prepared: Prepared, network: Network) -> Dates:
    """All passes over the leaves."""
    dates = empty_dates(network)
    cal, tasks, links, rules, starts, order, count, *_, fast = prepared
    last = int(cpm_kernels.forward.run(fast, cal, tasks, links, rules, starts, order, count, dates, False))
    late_runners = (tasks.constraint == Constraint.ALAP) & (tasks.state == 0)
    bounds = [np.full(len(dates.start), FAR, np.int64) for _ in range(2)]
    targets = finish_targets(network, prepared, dates, last)
    cpm_kernels.backward.run(fast, cal, tasks, links, rules, targets, order, count, dates, *bounds)
    if late_runners.any():
        cpm_kernels.forward.run(fast, cal, tasks, links, rules, starts, order, count, dates, True)
    bounds[0].fill(FAR)
    bounds[1].fill(FAR)
    cpm_kernels.floats.run(fast, cal, tasks, links, rules, order, count, dates, *bounds)
    return dates


def finish_targets(network: Network, prepared: Prepared, dates: Dates, last: int) -> Ints:
    """(p + 1,): the finish each project's open ends are measured against, then that of the whole network."""
    whole = last if network.options.finish_by == NONE else network.options.finish_by
    targets = np.full(len(network.project_start) + 1, whole, np.int64)
    if network.options.float_target == FloatTarget.PROJECT:
        leaves = (prepared.tasks.first_child < 0) & (prepared.tasks.live != 0)
        own = np.full(len(network.project_start), -FAR, np.int64)
        np.maximum.at(own, network.project[leaves], dates.early_finish[leaves])
        targets[:-1] = np.where(own == -FAR, whole, own)
    return jit.readonly(targets)


def finish(network: Network, prepared: Prepared, dates: Dates) -> Schedule:
    """Roll up, check the range of dates and name the drivers."""
    n = network.n
    tasks = prepared.tasks
    critical = np.zeros(n, np.bool_)
    duration = np.zeros(n, np.int64)
    percent = np.where(tasks.live != 0, prepared.percent, 0.0)
    threshold = network.options.critical_threshold
    arguments = (prepared.cal, tasks, prepared.preorder, threshold, dates, critical, duration, np.zeros(n, np.int64), percent)
    cpm_kernels.roll_up.run(prepared.fast, *arguments)
    alive = np.asarray(tasks.live != 0)
    for values in (dates.early_start, dates.early_finish, dates.late_start, dates.late_finish):
        wild = alive & ((values < EARLIEST) | (values > LATEST))
        if wild.any():
            found = np.flatnonzero(wild)
            message = f"computed dates leave the years 1 to 9999 (task {network.task_id[found[0]]})"
            raise NetworkError("date_out_of_range", message, found[:20].tolist())
    link = dates.driver.copy()
    driver = dates.driver.copy()
    by_task = (dates.driver_kind == Driver.PREDECESSOR) & (link >= 0)
    driver[by_task] = network.pred[link[by_task]]
    outside = dates.driver_kind == Driver.BOUNDARY
    driver[outside] = link[outside] - network.m
    link[~by_task] = -1
    return Schedule(
        early_start=dates.early_start,
        early_finish=dates.early_finish,
        late_start=dates.late_start,
        late_finish=dates.late_finish,
        start=dates.start[:n].copy(),
        finish=dates.finish[:n].copy(),
        total_float=dates.total_float,
        free_float=dates.free_float,
        critical=critical,
        is_summary=np.asarray(tasks.first_child >= 0),
        is_live=alive,
        duration=duration,
        percent=percent,
        resumes=dates.resumes,
        driver_kind=dates.driver_kind,
        driver=driver,
        driver_link=link,
        order=prepared.preorder.copy(),
        depth=prepared.depth,
        project_finish=int(dates.early_finish[alive].max()) if alive.any() else NONE,
    )


def as_rows(schedule: Schedule) -> list[dict[str, Any]]:
    """The schedule as one plain dictionary a task, for printing and tests."""
    names = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish", "total_float", "free_float")
    columns = {name: getattr(schedule, name).tolist() for name in (*names, "critical", "driver_kind", "driver")}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
