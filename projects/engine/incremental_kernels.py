"""Passes that recompute only what a change can reach. One sweep each over the order of computation; a leaf
that no moved neighbour touches costs a look at its links and no calendar arithmetic.

Flags, one entry a node: ``dirty`` leaves whose inputs changed, ``moved`` nodes whose dates their successors
must look at again, ``shifted`` leaves whose late dates their predecessors must look at again.
"""

from programs.engine.jit import kernel
from projects.engine.backward_kernels import ahead_of, backward_leaf, float_leaf
from projects.engine.forward_kernels import forward_leaf, gather
from projects.engine.link_kernels import holds, latest
from projects.engine.record_kernels import FAR


@kernel
def outgoing(n, hubs, links, ptr, link):  # type: ignore[no-untyped-def]
    """Group links by predecessor task: ``link[ptr[t]:ptr[t + 1]]``; ``ptr`` (n + 1) must come in zeroed."""
    for i in range(len(links)):
        if links[i].source < n:
            ptr[links[i].source + 1] += 1
    for t in range(n):
        ptr[t + 1] += ptr[t]
    for i in range(len(links)):
        if links[i].source < n:
            link[ptr[links[i].source]] = i
            ptr[links[i].source] += 1
    for t in range(n, 0, -1):
        ptr[t] = ptr[t - 1]
    ptr[0] = 0
    return 0


@kernel
def touched(tasks, links, t, moved):  # type: ignore[no-untyped-def]
    """Whether a predecessor of leaf ``t``, or of a summary above it, has moved."""
    gate = t
    while gate >= 0:
        for i in range(tasks[gate].first_link, tasks[gate].end_link):
            if moved[links[i].source] != 0:
                return True
        gate = tasks[gate].gate
    return False


@kernel
def regather(tasks, nodes, s, hubs, moved):  # type: ignore[no-untyped-def]
    """Gather the hub of summary ``s`` again if a child has moved."""
    child = tasks[s].first_child
    while child >= 0:
        at = child
        if tasks[child].first_child >= 0:
            at = hubs + child
        if tasks[child].live != 0 and moved[at] != 0:
            gather(tasks, nodes, s, hubs)
            moved[hubs + s] = 1
            return 0
        child = tasks[child].next_sibling
    return 0


@kernel
def forward_again(cal, tasks, links, rules, project_start, order, count, nodes, hubs, dirty, moved):  # type: ignore[no-untyped-def]
    """Forward pass over what a change reaches; returns the last early finish of the whole network."""
    last = -FAR
    for k in range(count):
        t = order[k]
        if t >= hubs:
            regather(tasks, nodes, t - hubs, hubs, moved)
            continue
        node = nodes[t]
        if dirty[t] != 0 or touched(tasks, links, t, moved):
            start = node.start
            finish = node.finish
            resumes = node.resumes
            conflict = node.conflict
            forward_leaf(cal, tasks, links, rules, project_start, nodes, t, hubs, False)
            same = node.start == start and node.finish == finish and node.resumes == resumes
            if dirty[t] != 0 or not same or node.conflict != conflict:
                moved[t] = 1
        last = max(last, node.early_finish)
    return last


@kernel
def pull(cal, tasks, links, override, nodes, hubs, ptr, link, t, late):  # type: ignore[no-untyped-def]
    """Bounds of leaf ``t`` from its successors, at their late dates or at their scheduled ones."""
    node = nodes[t]
    node.start_bound = FAR
    node.finish_bound = FAR
    for j in range(ptr[t], ptr[t + 1]):
        i = link[j]
        s = links[i].succ
        task = tasks[s]
        if task.state != 2 and holds(tasks, links[i], task, override):
            ahead = ahead_of(cal, task, nodes[s])
            finish = nodes[s].late_finish if late else nodes[s].finish
            start = nodes[s].late_resumes
            if not late:
                start = nodes[s].resumes if task.state == 1 else nodes[s].start
            x = latest(cal, tasks, nodes, hubs, links[i], task, start, finish, ahead)
            if links[i].kind == 0 or links[i].kind == 2:
                node.finish_bound = min(node.finish_bound, x)
            else:
                node.start_bound = min(node.start_bound, x)
    return 0


@kernel
def backward_again(  # type: ignore[no-untyped-def]
    cal, tasks, links, rules, targets, order, count, nodes, hubs, ptr, link, dirty, moved, shifted, threshold
):
    """Late dates and float over what a change reaches, for unchanged targets and no links of summaries."""
    for k in range(count - 1, -1, -1):
        t = order[k]
        task = tasks[t]
        node = nodes[t]
        again = dirty[t] != 0 or moved[t] != 0
        weigh = again
        for j in range(ptr[t], ptr[t + 1]):
            s = links[link[j]].succ
            again = again or shifted[s] != 0
            weigh = weigh or moved[s] != 0
        if again:
            start = node.late_resumes
            finish = node.late_finish
            pull(cal, tasks, links, rules.override, nodes, hubs, ptr, link, t, True)
            backward_leaf(cal, task, node, targets, rules.float_target)
            if dirty[t] != 0 or node.late_resumes != start or node.late_finish != finish:
                shifted[t] = 1
        if again or weigh:
            pull(cal, tasks, links, rules.override, nodes, hubs, ptr, link, t, False)
            float_leaf(cal, task, node, threshold)
            node.start_bound = node.finish_bound = FAR
    return 0
