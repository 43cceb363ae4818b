"""Kernels over the outline and the links: preorder, live tasks, incoming links by task, an order that
respects them.

Nodes: a task ``t`` is node ``t``; for a linked summary, node ``s`` is the gate all its leaves pass and node
``hubs + s`` its hub, known once all its leaves are; nodes ``n .. hubs - 1`` are the predecessors outside.
"""

from programs.engine.jit import kernel


@kernel
def outline(parent, first_child, next_sibling, order, depth):  # type: ignore[no-untyped-def]
    """Fill children lists, preorder and depth; returns how many tasks the preorder reached (fewer than n: a
    circle)."""
    n = len(parent)
    for t in range(n):
        first_child[t] = -1
        next_sibling[t] = -1
    root = -1
    for t in range(n - 1, -1, -1):
        above = parent[t]
        if above < 0:
            next_sibling[t] = root
            root = t
        else:
            next_sibling[t] = first_child[above]
            first_child[above] = t
    count = 0
    t = root
    level = 0
    while t >= 0:
        order[count] = t
        depth[t] = level
        count += 1
        if first_child[t] >= 0:
            t = first_child[t]
            level += 1
            continue
        while t >= 0 and next_sibling[t] < 0:
            t = parent[t]
            level -= 1
        if t >= 0:
            t = next_sibling[t]
    return count


@kernel
def live_tasks(parent, first_child, order, is_active, live):  # type: ignore[no-untyped-def]
    """Mark tasks that count: active like all summaries above them; a summary needs a live leaf."""
    n = len(parent)
    for i in range(n):
        t = order[i]
        live[t] = is_active[t] and (parent[t] < 0 or live[parent[t]])
    # Second sweep, children before parents: 2 marks a summary with a live leaf below.
    for i in range(n - 1, -1, -1):
        t = order[i]
        if first_child[t] >= 0 and live[t] == 1:
            live[t] = 0
        if live[t] != 0:
            live[t] = 1
            if parent[t] >= 0:
                live[parent[t]] = 2
    return 0


@kernel
def incoming(n, hubs, pred, succ, first_child, live, ptr, link, source):  # type: ignore[no-untyped-def]
    """Group live links by successor: ``link[ptr[t]:ptr[t + 1]]``; ``source`` maps each link to the node it
    comes from.

    Links beyond ``len(pred)`` in ``succ`` are boundary links. Returns the number of live links from
    summaries.
    """
    m = len(pred)
    total = len(succ)
    summaries = 0
    for t in range(n + 1):
        ptr[t] = 0
    for i in range(total):
        s = succ[i]
        alive = live[s] != 0
        if i < m:
            p = pred[i]
            alive = alive and live[p] != 0
            source[i] = p
            if first_child[p] >= 0:
                source[i] = hubs + p
                summaries += alive
        else:
            source[i] = n + i - m
        if alive:
            ptr[s + 1] += 1
        else:
            source[i] = -1
    for t in range(n):
        ptr[t + 1] += ptr[t]
    for i in range(total):
        if source[i] >= 0:
            s = succ[i]
            link[ptr[s]] = i
            ptr[s] += 1
    for t in range(n, 0, -1):
        ptr[t] = ptr[t - 1]
    ptr[0] = 0
    return summaries


@kernel
def gates(parent, order, ptr, gate):  # type: ignore[no-untyped-def]
    """``gate[t]``: the nearest summary above ``t`` that has incoming links itself, -1 if none."""
    for i in range(len(parent)):
        t = order[i]
        above = parent[t]
        if above < 0:
            gate[t] = -1
        elif ptr[above + 1] > ptr[above]:
            gate[t] = above
        else:
            gate[t] = gate[above]
    return 0


@kernel
def sequence(n, hubs, first_child, next_sibling, live, ptr, link, source, gate, color, cursor, stack, order):  # type: ignore[no-untyped-def]
    """Order nodes so that every link and the outline are respected (depth first, no recursion).

    Returns the number of nodes put into ``order``. On a circle returns ``-1 - length``; the last ``length``
    entries of the stack then are the circle, each entry waiting for the next. ``color`` (an entry a node)
    must come in zeroed.
    """
    count = 0
    for root in range(n):
        if live[root] == 0 or first_child[root] >= 0 or color[root] != 0:
            continue
        top = 0
        stack[0] = root
        color[root] = 1
        cursor[root] = ptr[root]
        while top >= 0:
            node = stack[top]
            follow = -1
            if node >= hubs:
                child = cursor[node]
                while child >= 0 and follow < 0:
                    if live[child] != 0:
                        target = child
                        if first_child[child] >= 0:
                            target = hubs + child
                        if color[target] != 2:
                            follow = target
                    child = next_sibling[child]
                cursor[node] = child
            else:
                at = cursor[node]
                end = ptr[node + 1]
                while at < end and follow < 0:
                    target = source[link[at]]
                    if (target < n or target >= hubs) and color[target] != 2:
                        follow = target
                    at += 1
                if at >= end and follow < 0 and at == end:
                    target = gate[node]
                    if target >= 0 and color[target] != 2:
                        follow = target
                    at += 1
                cursor[node] = at
            if follow < 0:
                color[node] = 2
                if node >= hubs or first_child[node] < 0:
                    order[count] = node
                    count += 1
                top -= 1
            elif color[follow] == 1:
                length = 1
                while stack[top - length + 1] != follow:
                    length += 1
                for i in range(length):
                    stack[i] = stack[top - length + 1 + i]
                return -1 - length
            else:
                color[follow] = 1
                top += 1
                stack[top] = follow
                if follow >= hubs:
                    cursor[follow] = first_child[follow - hubs]
                else:
                    cursor[follow] = ptr[follow]
    return count
