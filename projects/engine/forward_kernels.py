"""The forward pass: early dates and what drives them."""

from programs.engine.calendar_kernels import finish_at, work_at
from programs.engine.jit import kernel
from projects.engine.link_kernels import back, earliest, forth, holds, place
from projects.engine.record_kernels import FAR, NONE

# Codes of network.Constraint and network.Driver; kernels see plain numbers.
ALAP, MSO, MFO, SNET, SNLT, FNET, FNLT = 1, 2, 3, 4, 5, 6, 7
BY_START, BY_LINK, BY_CONSTRAINT, BY_ACTUAL, BY_DATA_DATE, BY_ALAP, BY_HAND, BY_OUTSIDE = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
)


@kernel
def forward_started(cal, tasks, links, rules, nodes, t, hubs):  # type: ignore[no-untyped-def]
    """Early dates of a task with an actual start and no finish: what is left goes on at the data date
    (without one: where the work stopped), or later if it resumes later or logic is retained."""
    task = tasks[t]
    node = nodes[t]
    c = task.clock
    ahead = task.remaining
    stopped = forth(cal, c, task.actual_start, task.done)
    node.early_start = task.actual_start
    node.driver_kind = BY_ACTUAL
    if ahead == 0:
        node.resumes = stopped
        node.early_finish = stopped
        return 0
    at = stopped
    if rules.data_date != NONE:
        at = max(task.actual_start, rules.data_date)
        if at > stopped:
            node.driver_kind = BY_DATA_DATE
    if task.resume != NONE and task.resume > at:
        at = task.resume
        node.driver_kind = BY_ACTUAL
    gate = t
    while gate >= 0:
        for i in range(tasks[gate].first_link, tasks[gate].end_link):
            if holds(tasks, links[i], task, rules.override):
                x = earliest(cal, tasks, nodes, hubs, links[i], task, ahead)
                if x > at:
                    at = x
                    node.driver = links[i].index
                    outside = len(tasks) <= links[i].source < hubs
                    node.driver_kind = BY_OUTSIDE if outside else BY_LINK
        gate = tasks[gate].gate
    if task.constraint == FNET:
        x = back(cal, c, task.constraint_at, ahead)
        if x > at:
            at = x
            node.driver = -1
            node.driver_kind = BY_CONSTRAINT
    at = place(cal, c, at, ahead)
    node.resumes = at
    node.early_finish = forth(cal, c, at, ahead)
    return 0


@kernel
def forward_planned(cal, tasks, links, rules, earliest_start, nodes, t, hubs):  # type: ignore[no-untyped-def]
    """Early dates of a task that has not started."""
    task = tasks[t]
    node = nodes[t]
    c = task.clock
    span = task.span
    kind = task.constraint
    at = earliest_start
    driver = -1
    reason = BY_START
    held = False
    gate = t
    while gate >= 0:
        for i in range(tasks[gate].first_link, tasks[gate].end_link):
            x = earliest(cal, tasks, nodes, hubs, links[i], task, span)
            held = True
            if x > at or (reason == BY_START and x == at):
                at = x
                driver = links[i].index
                outside = len(tasks) <= links[i].source < hubs
                reason = BY_OUTSIDE if outside else BY_LINK
        gate = tasks[gate].gate
    if not held and (kind in (SNET, FNET)):
        at = -FAR  # a dated task without predecessors may lie before the project start
    if task.floor > at:
        at = task.floor
        driver = -1
        reason = BY_CONSTRAINT
    wanted = task.constraint_at
    if (kind in (MFO, FNET, FNLT)) and span > 0:
        wanted = back(cal, c, finish_at(cal, c, work_at(cal, c, wanted)), span)
    if (kind in (SNET, FNET, MSO, MFO)) and wanted > at:
        at = wanted
        driver = -1
        reason = BY_CONSTRAINT
    if rules.data_date != NONE and rules.data_date > at:
        at = rules.data_date
        driver = -1
        reason = BY_DATA_DATE
    at = place(cal, c, at, span)
    node.conflict = 0
    if rules.honour and (kind in (MSO, MFO, SNLT, FNLT)):
        fixed = place(cal, c, wanted, span)
        if fixed < at:
            if kind in (MSO, MFO):
                node.conflict = work_at(cal, c, at) - work_at(cal, c, fixed)
            at = fixed
            driver = -1
            reason = BY_CONSTRAINT
    node.early_start = at
    node.resumes = at
    node.early_finish = forth(cal, c, at, span)
    node.driver = driver
    node.driver_kind = reason
    return 0


@kernel
def forward_fixed(cal, task, node, earliest_start):  # type: ignore[no-untyped-def]
    """Dates of a finished or a manually scheduled task: those given; a missing one follows from the
    duration."""
    begun = task.manual_start
    ended = task.manual_finish
    node.driver_kind = BY_HAND
    if task.state == 2:
        begun = task.actual_start
        ended = task.actual_finish
        node.driver_kind = BY_ACTUAL
    c = task.clock
    if begun == NONE and ended == NONE:
        begun = earliest_start
    if begun == NONE:
        begun = back(cal, c, ended, task.span)
    if ended == NONE:
        ended = forth(cal, c, begun, task.span)
    node.early_start = begun
    node.early_finish = max(begun, ended)
    node.resumes = begun
    return 0


@kernel
def forward_leaf(cal, tasks, links, rules, project_start, nodes, t, hubs, late):  # type: ignore[no-untyped-def]
    """Early dates of a leaf and the dates its successors see."""
    task = tasks[t]
    node = nodes[t]
    node.driver = -1
    earliest_start = project_start[task.project]
    if task.state == 2 or (task.manual and task.state == 0):
        forward_fixed(cal, task, node, earliest_start)
    elif task.state == 1:
        forward_started(cal, tasks, links, rules, nodes, t, hubs)
    else:
        forward_planned(cal, tasks, links, rules, earliest_start, nodes, t, hubs)
    node.start = node.early_start
    node.finish = node.early_finish
    waits = late and task.constraint == ALAP and task.state == 0 and not task.manual
    if waits and node.late_finish > node.early_finish:
        node.start = node.late_start
        node.finish = node.late_finish
        node.driver = -1
        node.driver_kind = BY_ALAP
    return 0


@kernel
def gather(tasks, nodes, s, hubs):  # type: ignore[no-untyped-def]
    """Dates of the hub of summary ``s`` from its live children."""
    first = FAR
    last = -FAR
    child = tasks[s].first_child
    while child >= 0:
        if tasks[child].live != 0:
            node = child
            if tasks[child].first_child >= 0:
                node = hubs + child
            first = min(first, nodes[node].start)
            last = max(last, nodes[node].finish)
        child = tasks[child].next_sibling
    nodes[hubs + s].start = first
    nodes[hubs + s].finish = last
    return 0


@kernel
def forward(cal, tasks, links, rules, project_start, order, count, nodes, hubs, late):  # type: ignore[no-untyped-def]
    """Forward pass over ``order[:count]``; returns the last early finish (-FAR if there is none).

    ``late``: the pass after late dates are known, in which tasks that go as late as possible stand at their
    late dates.
    """
    last = -FAR
    for i in range(count):
        t = order[i]
        if t >= hubs:
            gather(tasks, nodes, t - hubs, hubs)
        else:
            forward_leaf(cal, tasks, links, rules, project_start, nodes, t, hubs, late)
            last = max(last, nodes[t].early_finish)
    return last
