"""What one link and one stretch of work mean on the calendars.

A link holds its successor through one rule (:func:`earliest`) and its predecessor through the inverse of that
rule (:func:`latest`), so late dates and free float can not disagree with early dates.
"""

from programs.engine.calendar_kernels import finish_at, start_at, work_at
from programs.engine.jit import kernel

ALAP, BY_ALAP = 1, 6


@kernel
def place(cal, c, t, span):  # type: ignore[no-untyped-def]
    """Where work of length ``span`` that may begin at ``t`` begins; a milestone may stay at the end of a
    working period."""
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
def percent_lag(cal, tasks, nodes, hubs, link, c):  # type: ignore[no-untyped-def]
    """Minutes of a lag given in hundredths of a percent of the predecessor's duration, halves away from
    zero."""
    source = link.source
    if source < len(tasks):
        whole = tasks[source].duration
    else:
        if source >= hubs:
            c = tasks[source - hubs].calendar
        whole = work_at(cal, c, nodes[source].finish) - work_at(cal, c, nodes[source].start)
    scaled = whole * link.lag
    if scaled >= 0:
        return (scaled + 5000) // 10000
    return -((5000 - scaled) // 10000)


@kernel
def is_elapsed(tasks, link):  # type: ignore[no-untyped-def]
    """Whether the lag of a link runs around the clock."""
    if link.unit == 2:
        return link.source < len(tasks) and tasks[link.source].elapsed
    return link.unit != 0


@kernel
def earliest(cal, tasks, nodes, hubs, link, task, span):  # type: ignore[no-untyped-def]
    """Earliest start of ``task`` (with ``span`` ahead of it) that ``link`` allows, before it is placed on
    working time."""
    source = nodes[link.source]
    from_finish = link.kind == 0 or link.kind == 2
    x = source.finish if from_finish else source.start
    if task.constraint == ALAP and source.driver_kind == BY_ALAP:
        # Between two tasks that go as late as possible, the earliest dates of the second follow those of the first.
        x = source.early_finish if from_finish else source.early_start
    lag = link.lag
    if lag != 0:
        c = task.calendar
        if link.unit >= 2:
            lag = percent_lag(cal, tasks, nodes, hubs, link, c)
        if is_elapsed(tasks, link):
            x += lag
        elif lag != 0:
            w = work_at(cal, c, x) + lag
            if lag > 0 or span == 0:
                x = finish_at(cal, c, w)
            else:
                x = start_at(cal, c, w)
    if link.kind >= 2:
        x = back(cal, task.clock, x, span)
    return x


@kernel
def latest(cal, tasks, nodes, hubs, link, task, start, finish, span):  # type: ignore[no-untyped-def]
    """Latest date of the predecessor's event of ``link`` that lets ``task`` keep ``start`` and ``finish``."""
    x = start
    if link.kind >= 2 and span > 0:
        x = start_at(cal, task.clock, work_at(cal, task.clock, finish))
    lag = link.lag
    if lag != 0:
        c = task.calendar
        if link.unit >= 2:
            lag = percent_lag(cal, tasks, nodes, hubs, link, c)
        if is_elapsed(tasks, link):
            x -= lag
        elif lag != 0:
            w = work_at(cal, c, x)
            if lag < 0 and span > 0 and start_at(cal, c, w) > x:
                w -= 1  # a lead ends where work goes on, which here would be past x
            x = start_at(cal, c, w - lag)
    return x


@kernel
def holds(tasks, link, task, override):  # type: ignore[no-untyped-def]
    """Whether ``link`` still holds ``task``: the start of a started task is held only by retained logic, and
    only by a predecessor whose own event has not happened."""
    if task.state == 0 or link.kind >= 2:
        return True
    if override:
        return False
    if link.source >= len(tasks):
        return True
    if link.kind == 0:
        return tasks[link.source].state != 2
    return tasks[link.source].state == 0
