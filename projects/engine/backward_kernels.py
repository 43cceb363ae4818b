"""The backward pass, float, and the roll-up of summaries."""

from programs.engine.calendar_kernels import finish_at, start_at, work_at
from programs.engine.jit import kernel
from projects.engine.link_kernels import forth, holds, latest, place
from projects.engine.record_kernels import FAR

ALAP, MSO, MFO, SNLT = 1, 2, 3, 5
OPEN_END = 2
BY_CHILDREN = 9


@kernel
def share(tasks, nodes, s, hubs):  # type: ignore[no-untyped-def]
    """Hand the bounds of a summary's hub down: its finish binds every child, its start the first of the
    earliest children."""
    low = nodes[hubs + s].start_bound
    high = nodes[hubs + s].finish_bound
    if low == FAR and high == FAR:
        return 0
    nodes[hubs + s].start_bound = nodes[hubs + s].finish_bound = FAR
    first = nodes[hubs + s].start
    child = tasks[s].first_child
    while child >= 0:
        if tasks[child].live != 0:
            at = child
            if tasks[child].first_child >= 0:
                at = hubs + child
            nodes[at].finish_bound = min(nodes[at].finish_bound, high)
            if low < FAR and nodes[at].start == first:
                nodes[at].start_bound = min(nodes[at].start_bound, low)
                low = FAR
        child = tasks[child].next_sibling
    return 0


@kernel
def bind(cal, tasks, links, override, nodes, t, hubs, start, finish, span):  # type: ignore[no-untyped-def]
    """Bound the predecessors of leaf ``t``, which is to keep ``start`` and ``finish``."""
    task = tasks[t]
    gate = t
    while gate >= 0:
        for i in range(tasks[gate].first_link, tasks[gate].end_link):
            link = links[i]
            inside = link.source < len(tasks) or link.source >= hubs
            if inside and holds(tasks, link, task, override):
                x = latest(cal, tasks, nodes, hubs, link, task, start, finish, span)
                source = nodes[link.source]
                if link.kind == 0 or link.kind == 2:
                    source.finish_bound = min(source.finish_bound, x)
                else:
                    source.start_bound = min(source.start_bound, x)
        gate = tasks[gate].gate
    return 0


@kernel
def late_finish_of(cal, task, node, target, float_target):  # type: ignore[no-untyped-def]
    """Latest finish of an unfinished leaf, before it is brought back to the end of a working period."""
    c = task.clock
    x = node.finish_bound
    if task.state == 0 and node.start_bound < FAR:
        start = node.start_bound
        if task.constraint == ALAP and task.span > 0:
            # It will stand there: an equal instant past the bound would push its successor.
            w = work_at(cal, c, start)
            if start_at(cal, c, w) > start:
                start = start_at(cal, c, w - 1)
        x = min(x, forth(cal, c, start, task.span))
    if x == FAR and float_target == OPEN_END:
        x = node.early_finish
    x = min(x, target)
    kind = task.constraint
    if task.state == 0 and not task.manual:
        if kind == MFO:
            x = task.constraint_at
        elif kind in (MSO, SNLT):
            end = forth(cal, c, place(cal, c, task.constraint_at, task.span), task.span)
            if kind == MSO or end < x:
                x = end
    return min(x, task.ceiling)


@kernel
def ahead_of(cal, task, node):  # type: ignore[no-untyped-def]
    """The span that still lies ahead of an unfinished leaf; of a manual one what its dates say."""
    if task.state == 1:
        return task.remaining
    if task.manual:
        c = task.clock
        return max(work_at(cal, c, node.early_finish) - work_at(cal, c, node.early_start), 0)
    return task.span


@kernel
def backward_leaf(cal, task, node, targets, float_target):  # type: ignore[no-untyped-def]
    """Late dates of a leaf from its bounds."""
    if task.state == 2:
        node.late_start = node.early_start
        node.late_finish = node.early_finish
        node.late_resumes = node.early_finish
        return 0
    c = task.clock
    target = targets[len(targets) - 1]
    if node.start_bound == FAR and node.finish_bound == FAR:
        target = targets[task.project]
    x = late_finish_of(cal, task, node, target, float_target)
    w = work_at(cal, c, x)
    end = finish_at(cal, c, w)
    ahead = ahead_of(cal, task, node)
    begin = end
    if ahead > 0:
        begin = start_at(cal, c, w - ahead)
    elif start_at(cal, c, w) == x:
        begin = x  # a milestone keeps the later form, for neighbours on other calendars
    node.late_finish = end
    node.late_resumes = begin
    node.late_start = begin
    if task.state == 1:
        node.late_start = task.actual_start
    return 0


@kernel
def backward(cal, tasks, links, rules, targets, order, count, nodes, hubs):  # type: ignore[no-untyped-def]
    """Late dates, over ``order[:count]`` reversed. Bounds come in at FAR and are left there; ``targets``
    (p + 1,) holds the finish that each project's open ends are measured against, then that of the network."""
    for k in range(count - 1, -1, -1):
        t = order[k]
        if t >= hubs:
            share(tasks, nodes, t - hubs, hubs)
            continue
        task = tasks[t]
        node = nodes[t]
        backward_leaf(cal, task, node, targets, rules.float_target)
        node.start_bound = node.finish_bound = FAR
        if task.state != 2:
            begin = node.late_resumes
            ahead = ahead_of(cal, task, node)
            bind(cal, tasks, links, rules.override, nodes, t, hubs, begin, node.late_finish, ahead)
    return 0


@kernel
def float_leaf(cal, task, node, threshold):  # type: ignore[no-untyped-def]
    """Total float, free float (from the bounds) and the critical flag of a leaf."""
    node.critical = False
    node.total_float = 0
    node.free_float = 0
    if task.state == 2:
        return 0
    c = task.clock
    total = work_at(cal, c, node.late_finish) - work_at(cal, c, node.early_finish)
    if task.state == 0:
        total = min(total, work_at(cal, c, node.late_start) - work_at(cal, c, node.early_start))
        if not task.manual:
            if task.constraint == ALAP:
                total = min(total, 0)
            elif node.conflict > 0:
                total = min(total, -node.conflict)
    free = FAR
    if node.finish_bound < FAR:
        free = work_at(cal, c, node.finish_bound) - work_at(cal, c, node.finish)
    if node.start_bound < FAR and task.state == 0:
        free = min(free, work_at(cal, c, node.start_bound) - work_at(cal, c, node.start))
    if free == FAR:
        free = total
    node.total_float = total
    # An open finish (only SS or SF out) drives nothing but the end of the network: what total float allows is the bound.
    node.free_float = max(min(free, total), 0)
    node.critical = total <= threshold
    return 0


@kernel
def floats(cal, tasks, links, rules, order, count, nodes, hubs, threshold):  # type: ignore[no-untyped-def]
    """Float and critical flags, in working minutes of each leaf's own clock; bounds come in at FAR."""
    for k in range(count - 1, -1, -1):
        t = order[k]
        if t >= hubs:
            share(tasks, nodes, t - hubs, hubs)
            continue
        task = tasks[t]
        node = nodes[t]
        float_leaf(cal, task, node, threshold)
        node.start_bound = node.finish_bound = FAR
        if task.state != 2:
            start = node.resumes if task.state == 1 else node.start
            ahead = ahead_of(cal, task, node)
            bind(cal, tasks, links, rules.override, nodes, t, hubs, start, node.finish, ahead)
    return 0


@kernel
def roll_up(cal, tasks, preorder, nodes):  # type: ignore[no-untyped-def]
    """Summaries from their live children, children before parents. ``duration`` of a summary is the working
    time from start to finish on its calendar, ``work`` the work below it, ``percent`` the share of that work
    which is done."""
    for k in range(len(preorder) - 1, -1, -1):
        s = preorder[k]
        if tasks[s].live == 0 or tasks[s].first_child < 0:
            continue
        node = nodes[s]
        node.early_start = node.late_start = node.start = node.free_float = FAR
        node.early_finish = node.late_finish = node.finish = -FAR
        node.critical = False
        node.work = 0
        gained = 0.0
        mean = 0.0
        parts = 0
        at = tasks[s].first_child
        while at >= 0:
            if tasks[at].live != 0:
                child = nodes[at]
                node.early_start = min(node.early_start, child.early_start)
                node.early_finish = max(node.early_finish, child.early_finish)
                node.late_start = min(node.late_start, child.late_start)
                node.late_finish = max(node.late_finish, child.late_finish)
                node.start = min(node.start, child.start)
                if child.finish > node.finish:
                    node.finish = child.finish
                    node.driver = at
                node.free_float = min(node.free_float, child.free_float)
                node.critical = node.critical or child.critical
                node.work += child.work
                gained += child.work * child.percent
                mean += child.percent
                parts += 1
            at = tasks[at].next_sibling
        c = tasks[s].calendar
        node.resumes = node.early_start
        node.total_float = min(
            work_at(cal, c, node.late_start) - work_at(cal, c, node.early_start),
            work_at(cal, c, node.late_finish) - work_at(cal, c, node.early_finish),
        )
        node.duration = work_at(cal, c, node.finish) - work_at(cal, c, node.start)
        node.percent = gained / node.work if node.work > 0 else mean / parts
        node.driver_kind = BY_CHILDREN
    return 0
