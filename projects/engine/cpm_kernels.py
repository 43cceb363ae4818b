"""The passes of the critical path method over one network, as kernels.

Each function works on leaves in an order that respects the links. ``start``/``finish`` of a node are the dates its successors
see. A link holds its successor through one rule (:func:`earliest`) and its predecessor through the inverse of that rule
(:func:`latest`), so late dates and free float can not disagree with early dates.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendar_kernels import finish_at, start_at, work_at
from programs.engine.jit import kernel

NONE = int(np.iinfo(np.int64).min)
FAR = 1 << 60
NOT_STARTED, STARTED, FINISHED = 0, 1, 2


class Tasks(NamedTuple):
    """Inputs of the passes, all of shape (n,); see ``cpm.prepare`` for how they come from a network."""

    parent: NDArray[np.int32]
    first_child: NDArray[np.int32]
    next_sibling: NDArray[np.int32]
    live: NDArray[np.int8]
    gate: NDArray[np.int32]
    project: NDArray[np.int32]
    calendar: NDArray[np.int32]  # lags run on it
    clock: NDArray[np.int32]  # durations and float run on it: the calendar, or around the clock if elapsed
    elapsed: NDArray[np.bool_]
    duration: NDArray[np.int64]  # work, for percent lags
    span: NDArray[np.int64]  # work and gaps
    done: NDArray[np.int64]  # of a started task: the part of the span behind
    remaining: NDArray[np.int64]  # the part ahead
    state: NDArray[np.int8]
    actual_start: NDArray[np.int64]
    actual_finish: NDArray[np.int64]
    resume: NDArray[np.int64]
    constraint: NDArray[np.int8]
    constraint_at: NDArray[np.int64]
    floor: NDArray[np.int64]  # start no earlier than, from the summaries above
    ceiling: NDArray[np.int64]  # latest finish: deadline, finish no later than, and those of the summaries above
    manual: NDArray[np.bool_]
    manual_start: NDArray[np.int64]
    manual_finish: NDArray[np.int64]


class Links(NamedTuple):
    """Links and boundary links, (m + k,), with the live ones grouped by successor."""

    ptr: NDArray[np.int32]  # (n + 1,)
    link: NDArray[np.int32]
    source: NDArray[np.int32]
    succ: NDArray[np.int32]
    kind: NDArray[np.int8]
    lag: NDArray[np.int64]
    unit: NDArray[np.int8]


class Rules(NamedTuple):
    """Options as numbers."""

    honour: bool
    override: bool
    data_date: int
    finish_by: int
    float_target: int
    threshold: int


class Dates(NamedTuple):
    """Results; (n,) but for ``start`` and ``finish``, which have one entry a node (2n + k)."""

    early_start: NDArray[np.int64]
    early_finish: NDArray[np.int64]
    late_start: NDArray[np.int64]
    late_finish: NDArray[np.int64]
    start: NDArray[np.int64]
    finish: NDArray[np.int64]
    total_float: NDArray[np.int64]
    free_float: NDArray[np.int64]
    resumes: NDArray[np.int64]  # where the remaining work starts: early start, or later for a started task
    late_resumes: NDArray[np.int64]
    conflict: NDArray[np.int64]  # working minutes by which logic overruns a mandatory date
    driver_kind: NDArray[np.int8]
    driver: NDArray[np.int32]  # link that drives, -1 if none


@kernel
def place(cal, c, t, span):  # type: ignore[no-untyped-def]
    """Where work of length ``span`` that may begin at ``t`` begins; a milestone may stay at the end of a working period."""
    w = work_at(cal, c, t)
    s = start_at(cal, c, w)
    if span == 0 and s != t and finish_at(cal, c, w) == t:
        return t
    return s


@kernel
def forth(cal, c, t, span):  # type: ignore[no-untyped-def]
    """Finish of work of length ``span`` that begins at ``t``."""
    if span == 0:
        return t
    return finish_at(cal, c, work_at(cal, c, t) + span)


@kernel
def back(cal, c, t, span):  # type: ignore[no-untyped-def]
    """Latest start of work of length ``span`` that ends at ``t``."""
    if span == 0:
        return t
    return start_at(cal, c, work_at(cal, c, t) - span)


@kernel
def lag_of(cal, tasks, links, dates, i, n):  # type: ignore[no-untyped-def]
    """Lag of link ``i`` in minutes, and whether it is elapsed."""
    unit = links.unit[i]
    lag = links.lag[i]
    if unit < 2:
        return lag, unit == 1
    source = links.source[i]
    elapsed = unit == 3
    if source < n:
        whole = tasks.duration[source]
        elapsed = elapsed or tasks.elapsed[source]
    else:
        c = tasks.calendar[links.succ[i]]
        if source < 2 * n:
            c = tasks.calendar[source - n]
        whole = work_at(cal, c, dates.finish[source]) - work_at(cal, c, dates.start[source])
    scaled = whole * lag
    if scaled >= 0:
        return (scaled + 5000) // 10000, elapsed
    return -((5000 - scaled) // 10000), elapsed


@kernel
def earliest(cal, tasks, links, dates, i, t, span, n):  # type: ignore[no-untyped-def]
    """Earliest start of task ``t`` (with ``span`` ahead of it) that link ``i`` allows, before it is placed on working time."""
    kind = links.kind[i]
    source = links.source[i]
    x = dates.start[source]
    if kind == 0 or kind == 2:
        x = dates.finish[source]
    if links.lag[i] != 0:
        lag, elapsed = lag_of(cal, tasks, links, dates, i, n)
        if elapsed:
            x += lag
        elif lag != 0:
            c = tasks.calendar[t]
            w = work_at(cal, c, x) + lag
            if lag > 0 or span == 0:
                x = finish_at(cal, c, w)
            else:
                x = start_at(cal, c, w)
    if kind >= 2:
        x = back(cal, tasks.clock[t], x, span)
    return x


@kernel
def latest(cal, tasks, links, dates, i, t, start, finish, span, n):  # type: ignore[no-untyped-def]
    """Latest date of the predecessor's event of link ``i`` that lets task ``t`` keep ``start`` and ``finish``."""
    x = start
    if links.kind[i] >= 2 and span > 0:
        c = tasks.clock[t]
        x = start_at(cal, c, work_at(cal, c, finish))
    if links.lag[i] != 0:
        lag, elapsed = lag_of(cal, tasks, links, dates, i, n)
        if elapsed:
            x -= lag
        elif lag != 0:
            c = tasks.calendar[t]
            x = start_at(cal, c, work_at(cal, c, x) - lag)
    return x


@kernel
def holds(tasks, links, rules, i, t, n):  # type: ignore[no-untyped-def]
    """Whether link ``i`` still holds task ``t``: the start of a started task is held only by retained logic, and only by a
    predecessor whose own event has not happened."""
    if tasks.state[t] == 0 or links.kind[i] >= 2:
        return True
    if rules.override:
        return False
    source = links.source[i]
    if source >= n:
        return True
    if links.kind[i] == 0:
        return tasks.state[source] != 2
    return tasks.state[source] == 0


@kernel
def forward_started(cal, tasks, links, rules, dates, t, n):  # type: ignore[no-untyped-def]
    """Early dates of a task with an actual start."""
    c = tasks.clock[t]
    begun = tasks.actual_start[t]
    dates.early_start[t] = begun
    dates.driver_kind[t] = 4
    dates.driver[t] = -1
    stopped = forth(cal, c, begun, tasks.done[t])
    ahead = tasks.remaining[t]
    if ahead == 0:
        dates.resumes[t] = stopped
        dates.early_finish[t] = stopped
        return 0
    at = stopped
    if rules.data_date != NONE:
        at = max(begun, rules.data_date)
        if at > stopped:
            dates.driver_kind[t] = 5
    if tasks.resume[t] != NONE and tasks.resume[t] > at:
        at = tasks.resume[t]
        dates.driver_kind[t] = 4
    gate = t
    while gate >= 0:
        for j in range(links.ptr[gate], links.ptr[gate + 1]):
            i = links.link[j]
            if holds(tasks, links, rules, i, t, n):
                x = earliest(cal, tasks, links, dates, i, t, ahead, n)
                if x > at:
                    at = x
                    dates.driver[t] = i
                    dates.driver_kind[t] = 2
                    if links.source[i] >= 2 * n:
                        dates.driver_kind[t] = 8
        gate = tasks.gate[gate]
    if tasks.constraint[t] == 6:
        x = back(cal, c, tasks.constraint_at[t], ahead)
        if x > at:
            at = x
            dates.driver[t] = -1
            dates.driver_kind[t] = 3
    at = place(cal, c, at, ahead)
    dates.resumes[t] = at
    dates.early_finish[t] = forth(cal, c, at, ahead)
    return 0


@kernel
def forward_planned(cal, tasks, links, rules, project_start, dates, t, n):  # type: ignore[no-untyped-def]
    """Early dates of a task that has not started."""
    c = tasks.clock[t]
    span = tasks.span[t]
    kind = tasks.constraint[t]
    date = tasks.constraint_at[t]
    at = project_start[tasks.project[t]]
    driver = -1
    reason = 1
    held = False
    gate = t
    while gate >= 0:
        for j in range(links.ptr[gate], links.ptr[gate + 1]):
            i = links.link[j]
            x = earliest(cal, tasks, links, dates, i, t, span, n)
            held = True
            if x > at or (reason == 1 and x == at):
                at = x
                driver = i
                reason = 2
                if links.source[i] >= 2 * n:
                    reason = 8
        gate = tasks.gate[gate]
    if not held and (kind == 4 or kind == 6):
        at = -FAR
    if tasks.floor[t] > at:
        at = tasks.floor[t]
        reason = 3
        driver = -1
    wanted = NONE
    if kind == 4 or kind == 2 or kind == 5:
        wanted = date
    elif kind == 3 or kind == 6 or kind == 7:
        end = date
        if span > 0:
            end = finish_at(cal, c, work_at(cal, c, date))
        wanted = back(cal, c, end, span)
    if (kind == 4 or kind == 6 or kind == 2 or kind == 3) and wanted > at:
        at = wanted
        reason = 3
        driver = -1
    if rules.data_date != NONE and rules.data_date > at:
        at = rules.data_date
        reason = 5
        driver = -1
    at = place(cal, c, at, span)
    dates.conflict[t] = 0
    if rules.honour and (kind == 2 or kind == 3 or kind == 5 or kind == 7):
        fixed = place(cal, c, wanted, span)
        if fixed < at:
            if kind == 2 or kind == 3:
                dates.conflict[t] = work_at(cal, c, at) - work_at(cal, c, fixed)
            at = fixed
            reason = 3
            driver = -1
    dates.early_start[t] = at
    dates.resumes[t] = at
    dates.early_finish[t] = forth(cal, c, at, span)
    dates.driver_kind[t] = reason
    dates.driver[t] = driver
    return 0


@kernel
def forward_leaf(cal, tasks, links, rules, project_start, dates, t, n, late):  # type: ignore[no-untyped-def]
    """Early dates of a leaf and the dates its successors see; ``late``: the pass after late dates are known, in which tasks
    that go as late as possible stand at their late dates."""
    c = tasks.clock[t]
    if tasks.state[t] == 2:
        begun = tasks.actual_start[t]
        ended = tasks.actual_finish[t]
        if begun == NONE:
            begun = back(cal, c, ended, tasks.span[t])
        if ended == NONE:
            ended = forth(cal, c, begun, tasks.span[t])
        dates.early_start[t] = begun
        dates.early_finish[t] = ended
        dates.resumes[t] = ended
        dates.driver_kind[t] = 4
        dates.driver[t] = -1
    elif tasks.manual[t]:
        begun = tasks.manual_start[t]
        ended = tasks.manual_finish[t]
        if begun == NONE and ended == NONE:
            begun = project_start[tasks.project[t]]
        if begun == NONE:
            begun = back(cal, c, ended, tasks.span[t])
        if ended == NONE:
            begun = place(cal, c, begun, tasks.span[t])
            ended = forth(cal, c, begun, tasks.span[t])
        dates.early_start[t] = begun
        dates.early_finish[t] = max(ended, begun)
        dates.resumes[t] = begun
        dates.driver_kind[t] = 7
        dates.driver[t] = -1
    elif tasks.state[t] == 1:
        forward_started(cal, tasks, links, rules, dates, t, n)
    else:
        forward_planned(cal, tasks, links, rules, project_start, dates, t, n)
    dates.start[t] = dates.early_start[t]
    dates.finish[t] = dates.early_finish[t]
    if late and tasks.constraint[t] == 1 and tasks.state[t] == 0 and not tasks.manual[t]:
        dates.start[t] = dates.late_start[t]
        dates.finish[t] = dates.late_finish[t]
        dates.driver_kind[t] = 6
        dates.driver[t] = -1
    return 0


@kernel
def hub(tasks, dates, s, n):  # type: ignore[no-untyped-def]
    """Dates of a linked summary from its live children."""
    first = FAR
    last = -FAR
    child = tasks.first_child[s]
    while child >= 0:
        if tasks.live[child] != 0:
            node = child
            if tasks.first_child[child] >= 0:
                node = n + child
            first = min(first, dates.start[node])
            last = max(last, dates.finish[node])
        child = tasks.next_sibling[child]
    dates.start[n + s] = first
    dates.finish[n + s] = last
    return 0


@kernel
def forward(cal, tasks, links, rules, project_start, order, count, dates, late):  # type: ignore[no-untyped-def]
    """Forward pass over ``order[:count]``; returns the last early finish (-FAR if there is none)."""
    n = len(tasks.parent)
    last = -FAR
    for i in range(count):
        node = order[i]
        if node >= n:
            hub(tasks, dates, node - n, n)
        else:
            forward_leaf(cal, tasks, links, rules, project_start, dates, node, n, late)
            last = max(last, dates.early_finish[node])
    return last


@kernel
def share(tasks, dates, s, n, start_bound, finish_bound):  # type: ignore[no-untyped-def]
    """Hand the bounds of a summary down: its finish binds every child, its start the first of the earliest children."""
    low = start_bound[n + s]
    high = finish_bound[n + s]
    if low == FAR and high == FAR:
        return 0
    first = dates.start[n + s]
    child = tasks.first_child[s]
    while child >= 0:
        if tasks.live[child] != 0:
            node = child
            if tasks.first_child[child] >= 0:
                node = n + child
            finish_bound[node] = min(finish_bound[node], high)
            if low < FAR and dates.start[node] == first:
                start_bound[node] = min(start_bound[node], low)
                low = FAR
        child = tasks.next_sibling[child]
    return 0


@kernel
def bind(cal, tasks, links, rules, dates, t, start, finish, span, n, start_bound, finish_bound):  # type: ignore[no-untyped-def]
    """Bound the predecessors of leaf ``t``, which is to keep ``start`` and ``finish``."""
    gate = t
    while gate >= 0:
        for j in range(links.ptr[gate], links.ptr[gate + 1]):
            i = links.link[j]
            source = links.source[i]
            if source < 2 * n and holds(tasks, links, rules, i, t, n):
                x = latest(cal, tasks, links, dates, i, t, start, finish, span, n)
                if links.kind[i] == 0 or links.kind[i] == 2:
                    finish_bound[source] = min(finish_bound[source], x)
                else:
                    start_bound[source] = min(start_bound[source], x)
        gate = tasks.gate[gate]
    return 0


@kernel
def late_finish_of(cal, tasks, rules, dates, t, target, bound, begin_bound):  # type: ignore[no-untyped-def]
    """Latest finish of an unfinished leaf, before it is brought back to the end of a working period."""
    c = tasks.clock[t]
    span = tasks.span[t]
    x = bound
    if tasks.state[t] == 0 and begin_bound < FAR:
        x = min(x, forth(cal, c, begin_bound, span))
    if x == FAR and rules.float_target == 2:
        x = dates.early_finish[t]
    x = min(x, target)
    kind = tasks.constraint[t]
    if tasks.state[t] == 0 and not tasks.manual[t]:
        if kind == 2:
            x = forth(cal, c, place(cal, c, tasks.constraint_at[t], span), span)
        elif kind == 3:
            x = tasks.constraint_at[t]
        elif kind == 5:
            x = min(x, forth(cal, c, place(cal, c, tasks.constraint_at[t], span), span))
    elif kind == 3:
        x = min(x, tasks.constraint_at[t])
    return min(x, tasks.ceiling[t])


@kernel
def backward(cal, tasks, links, rules, targets, order, count, dates, start_bound, finish_bound):  # type: ignore[no-untyped-def]
    """Backward pass over ``order[:count]`` reversed. The bound arrays (one entry a node) must come in at FAR; ``targets`` (p,)
    holds the finish that a project's open ends are measured against, its last entry (p + 1) that of the whole network."""
    n = len(tasks.parent)
    whole = targets[len(targets) - 1]
    for k in range(count - 1, -1, -1):
        t = order[k]
        if t >= n:
            share(tasks, dates, t - n, n, start_bound, finish_bound)
            continue
        c = tasks.clock[t]
        if tasks.state[t] == 2:
            dates.late_start[t] = dates.early_start[t]
            dates.late_finish[t] = dates.early_finish[t]
            dates.late_resumes[t] = dates.early_finish[t]
            continue
        target = whole
        if start_bound[t] == FAR and finish_bound[t] == FAR:
            target = targets[tasks.project[t]]
        x = late_finish_of(cal, tasks, rules, dates, t, target, finish_bound[t], start_bound[t])
        w = work_at(cal, c, x)
        end = finish_at(cal, c, w)
        ahead = tasks.span[t]
        if tasks.state[t] == 1:
            ahead = tasks.remaining[t]
        elif tasks.manual[t]:
            ahead = max(work_at(cal, c, dates.early_finish[t]) - work_at(cal, c, dates.early_start[t]), 0)
        if ahead > 0:
            begin = start_at(cal, c, w - ahead)
        elif start_at(cal, c, w) == x:
            begin = x
        else:
            begin = end
        dates.late_finish[t] = end
        dates.late_resumes[t] = begin
        dates.late_start[t] = begin
        if tasks.state[t] == 1:
            dates.late_start[t] = tasks.actual_start[t]
        bind(cal, tasks, links, rules, dates, t, begin, end, ahead, n, start_bound, finish_bound)
    return 0


@kernel
def floats(cal, tasks, links, rules, order, count, dates, start_bound, finish_bound):  # type: ignore[no-untyped-def]
    """Total and free float of leaves, in working minutes of their own clock. The bound arrays must come in at FAR."""
    n = len(tasks.parent)
    for k in range(count - 1, -1, -1):
        t = order[k]
        if t >= n:
            share(tasks, dates, t - n, n, start_bound, finish_bound)
            continue
        if tasks.state[t] == 2:
            dates.total_float[t] = 0
            dates.free_float[t] = 0
            continue
        c = tasks.clock[t]
        total = work_at(cal, c, dates.late_finish[t]) - work_at(cal, c, dates.early_finish[t])
        ahead = tasks.remaining[t]
        start = dates.resumes[t]
        if tasks.state[t] == 0:
            start = dates.start[t]
            ahead = tasks.span[t]
            late = work_at(cal, c, dates.late_start[t]) - work_at(cal, c, dates.early_start[t])
            total = min(total, late)
            if tasks.manual[t]:
                ahead = work_at(cal, c, dates.finish[t]) - work_at(cal, c, start)
            elif tasks.constraint[t] == 1:
                total = 0
            elif dates.conflict[t] > 0:
                total = min(total, -dates.conflict[t])
        free = FAR
        if finish_bound[t] < FAR:
            free = work_at(cal, c, finish_bound[t]) - work_at(cal, c, dates.finish[t])
        if start_bound[t] < FAR and tasks.state[t] == 0:
            free = min(free, work_at(cal, c, start_bound[t]) - work_at(cal, c, start))
        if free == FAR:
            free = total
        dates.total_float[t] = total
        dates.free_float[t] = max(free, 0)
        bind(cal, tasks, links, rules, dates, t, start, dates.finish[t], ahead, n, start_bound, finish_bound)
    return 0


@kernel
def roll_up(cal, tasks, preorder, threshold, dates, critical, duration, work, percent):  # type: ignore[no-untyped-def]
    """Critical flags, and summaries from their live children (children before parents). ``percent`` of leaves must be filled;
    ``duration`` (n,) gets the work of leaves and the working time from start to finish of summaries, ``work`` (n,) the work."""
    n = len(tasks.parent)
    for k in range(n - 1, -1, -1):
        s = preorder[k]
        if tasks.live[s] == 0:
            continue
        if tasks.first_child[s] < 0:
            critical[s] = tasks.state[s] != 2 and dates.total_float[s] <= threshold
            duration[s] = tasks.duration[s]
            work[s] = tasks.duration[s]
            continue
        early_start = late_start = start = FAR
        early_finish = late_finish = finish = -FAR
        free = FAR
        holder = -1
        urgent = False
        weight = 0
        gained = 0.0
        parts = 0
        mean = 0.0
        child = tasks.first_child[s]
        while child >= 0:
            if tasks.live[child] != 0:
                early_start = min(early_start, dates.early_start[child])
                early_finish = max(early_finish, dates.early_finish[child])
                late_start = min(late_start, dates.late_start[child])
                late_finish = max(late_finish, dates.late_finish[child])
                start = min(start, dates.start[child])
                if dates.finish[child] > finish:
                    finish = dates.finish[child]
                    holder = child
                free = min(free, dates.free_float[child])
                urgent = urgent or critical[child]
                weight += work[child]
                gained += work[child] * percent[child]
                parts += 1
                mean += percent[child]
            child = tasks.next_sibling[child]
        c = tasks.calendar[s]
        dates.early_start[s] = early_start
        dates.early_finish[s] = early_finish
        dates.late_start[s] = late_start
        dates.late_finish[s] = late_finish
        dates.start[s] = start
        dates.finish[s] = finish
        dates.resumes[s] = early_start
        work[s] = weight
        begin = work_at(cal, c, late_start) - work_at(cal, c, early_start)
        end = work_at(cal, c, late_finish) - work_at(cal, c, early_finish)
        dates.total_float[s] = min(begin, end)
        dates.free_float[s] = free
        dates.driver_kind[s] = 9
        dates.driver[s] = holder
        critical[s] = urgent
        duration[s] = work_at(cal, c, finish) - work_at(cal, c, start)
        percent[s] = gained / weight if weight > 0 else mean / parts
    return 0
