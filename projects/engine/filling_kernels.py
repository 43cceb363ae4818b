"""From the columns of a network to task and node records, one task at a time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine.jit import kernel
from projects.engine.record_kernels import FAR, NONE

SNET, FNLT = 4, 7


class Columns(NamedTuple):
    """The columns of a network that task records are made of, (n,) each."""

    parent: NDArray[np.int32]
    project: NDArray[np.int32]
    calendar: NDArray[np.int32]
    is_elapsed: NDArray[np.bool_]
    is_manual: NDArray[np.bool_]
    constraint: NDArray[np.int8]
    duration: NDArray[np.int64]
    gap: NDArray[np.int64]
    gap_ahead: NDArray[np.int64]
    remaining: NDArray[np.int64]
    percent_complete: NDArray[np.float64]
    actual_start: NDArray[np.int64]
    actual_finish: NDArray[np.int64]
    resume: NDArray[np.int64]
    constraint_at: NDArray[np.int64]
    deadline: NDArray[np.int64]
    manual_start: NDArray[np.int64]
    manual_finish: NDArray[np.int64]


@kernel
def fill_task(columns, t, task, round_the_clock):  # type: ignore[no-untyped-def]
    """Fill the record of task ``t`` with what follows from its own columns."""
    task.parent = columns.parent[t]
    task.project = columns.project[t]
    task.calendar = columns.calendar[t]
    task.clock = round_the_clock if columns.is_elapsed[t] else columns.calendar[t]
    task.elapsed = columns.is_elapsed[t]
    task.manual = columns.is_manual[t]
    task.constraint = columns.constraint[t]
    task.constraint_at = columns.constraint_at[t]
    task.actual_start = columns.actual_start[t]
    task.actual_finish = columns.actual_finish[t]
    task.resume = columns.resume[t]
    task.manual_start = columns.manual_start[t]
    task.manual_finish = columns.manual_finish[t]
    duration = columns.duration[t]
    gap = columns.gap[t]
    percent = columns.percent_complete[t]
    state = 0
    left = duration
    ahead = gap
    if columns.actual_finish[t] != NONE or (columns.actual_start[t] != NONE and percent >= 100.0):
        state = 2
        left = 0
    elif columns.actual_start[t] != NONE:
        state = 1
        left = columns.remaining[t]
        if left < 0:
            left = round(duration * (1.0 - percent / 100.0))
        ahead = min(columns.gap_ahead[t], gap)
    task.state = state
    task.duration = duration
    task.span = duration + gap
    task.done = max(duration - left, 0) + gap - ahead
    task.remaining = left + ahead if left > 0 else 0
    task.floor = -FAR
    task.ceiling = FAR
    if columns.deadline[t] != NONE:
        task.ceiling = columns.deadline[t]
    if columns.constraint[t] == FNLT:
        task.ceiling = min(task.ceiling, columns.constraint_at[t])
    return 0


@kernel
def inherit(tasks, t):  # type: ignore[no-untyped-def]
    """Tighten the bounds of task ``t`` by those of the summary above it; a summary's own start floor is its
    constraint."""
    task = tasks[t]
    if task.first_child >= 0 and task.constraint == SNET:
        task.floor = max(task.floor, task.constraint_at)
    if task.parent >= 0:
        task.floor = max(task.floor, tasks[task.parent].floor)
        task.ceiling = min(task.ceiling, tasks[task.parent].ceiling)
    return 0


@kernel
def reset_work(columns, t, task, node):  # type: ignore[no-untyped-def]
    """Work and percent complete of a task, from durations: done / (done + remaining)."""
    node.duration = 0
    node.work = 0
    node.percent = 0.0
    if task.live == 0:
        return 0
    node.duration = task.duration
    node.work = task.duration
    if task.state == 2:
        node.percent = 100.0
    elif task.state == 1:
        left = 0
        if task.remaining > 0:
            left = task.remaining - min(columns.gap_ahead[t], columns.gap[t])
        done = max(task.duration - left, 0)
        if done + left > 0:
            node.percent = 100.0 * done / (done + left)
    return 0


@kernel
def fill(columns, shape, links, order, tasks, nodes, round_the_clock):  # type: ignore[no-untyped-def]
    """Fill all records; ``shape`` holds first child, next sibling, gate and live flag of each task, ``links``
    the first incoming link (n + 1), ``order`` the preorder."""
    for k in range(len(order)):
        t = order[k]
        task = tasks[t]
        fill_task(columns, t, task, round_the_clock)
        task.first_child = shape[0][t]
        task.next_sibling = shape[1][t]
        task.gate = shape[2][t]
        task.live = shape[3][t]
        task.first_link = links[t]
        task.end_link = links[t + 1]
        inherit(tasks, t)
        reset_work(columns, t, task, nodes[t])
    for at in range(len(nodes)):
        node = nodes[at]
        node.start = node.finish = NONE
        node.early_start = node.early_finish = node.resumes = NONE
        node.late_start = node.late_finish = node.late_resumes = NONE
        node.start_bound = node.finish_bound = FAR
        node.driver = -1
    return 0


@kernel
def refill(columns, rows, tasks, nodes, round_the_clock):  # type: ignore[no-untyped-def]
    """Fill the records of the leaves ``rows`` again."""
    for k in range(len(rows)):
        t = rows[k]
        fill_task(columns, t, tasks[t], round_the_clock)
        inherit(tasks, t)
        reset_work(columns, t, tasks[t], nodes[t])
    return 0


@kernel
def fill_links(grouped, source, succ, kind, unit, lag, links):  # type: ignore[no-untyped-def]
    """Records of the live links in the order ``grouped``."""
    for k in range(len(grouped)):
        i = grouped[k]
        link = links[k]
        link.source = source[i]
        link.succ = succ[i]
        link.index = i
        link.kind = kind[i]
        link.unit = unit[i]
        link.lag = lag[i]
    return 0
