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

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine import jit
from programs.engine.calendars import NONE, WorkCalendar
from projects.engine import backward_kernels, filling_kernels, forward_kernels, incremental_kernels
from projects.engine.network import Constraint, FloatTarget, Network
from projects.engine.preparation import Prepared, columns_of, prepare
from projects.engine.record_kernels import FAR
from projects.engine.schedules import Schedule, as_rows, publish

__all__ = ["Schedule", "as_rows", "compute", "recompute"]

Ints = NDArray[np.int64]

SMALL = 250  # tasks: under this size plain Python is done before numba is imported


class State(NamedTuple):
    """What a computation leaves behind for the next one."""

    network: Network
    prepared: Prepared
    nodes: NDArray[Any]
    targets: Ints
    out_ptr: NDArray[np.int32]  # outgoing links by task, empty until the first recompute
    out_link: NDArray[np.int32]


def compute(network: Network, *, fast: bool | None = None) -> Schedule:
    """Schedule the network.

    ``fast`` chooses compiled or plain kernels; by default small networks run plain unless numba is already
    loaded, and everything does where numba is not installed. Both give the same numbers.

    :raises CycleError: links run in a circle (named by ``tasks`` and ``task_ids``).
    :raises NetworkError: ``parent_cycle`` or ``date_out_of_range``.
    """
    state = run(network, prepare(network, choose(network.n, fast)))
    return publish(network, state.prepared, state.nodes, state)


def recompute(
    network: Network, previous: Schedule, changed: Any = None, *, fast: bool | None = None
) -> Schedule:
    """Schedule an edited copy of the network that ``previous`` was computed from, looking only at what the
    edits can reach. The result equals ``compute(network)``; so do the errors.

    Edits are found by comparison (columns that were not replaced cost nothing); ``changed`` may name more
    tasks to look at. Edits of leaves are followed link by link. Anything else (links, outline, calendars,
    options, summaries) and plans with tasks that go as late as possible are computed in full.
    """
    edited = _edited_leaves(network, previous.state) if isinstance(previous.state, State) else None
    if edited is None:
        return compute(network, fast=fast)
    if changed is not None:
        named = np.asarray(changed, np.intp)
        edited = np.union1d(edited, named[previous.state.prepared.tasks["first_child"][named] < 0])
    state = _follow(network, previous.state, edited)
    return publish(network, state.prepared, state.nodes, state)


def choose(n: int, fast: bool | None) -> bool:
    """Whether to run compiled kernels."""
    if fast is None:
        fast = jit.loaded() or n > SMALL
    return fast and jit.available()


def run(network: Network, prepared: Prepared) -> State:
    """All passes over the whole network."""
    p = prepared
    nodes = p.nodes
    walk = (p.order, p.steps, nodes, p.hubs)
    early = (p.cal, p.tasks, p.links, p.rules, p.project_start, *walk)
    last = forward_kernels.forward.run(p.fast, *early, False)
    targets = finish_targets(network, p, nodes, int(last))
    _late(p, targets, nodes)
    if ((p.tasks["constraint"] == Constraint.ALAP) & (p.tasks["state"] == 0) & (p.tasks["live"] != 0)).any():
        forward_kernels.forward.run(p.fast, *early, True)
    _floats(p, nodes, int(network.options.critical_threshold))
    backward_kernels.roll_up.run(p.fast, p.cal, p.tasks, p.preorder, nodes)
    none = np.zeros(0, np.int32)
    return State(network, p, nodes, targets, none, none)


def _late(p: Prepared, targets: Ints, nodes: NDArray[Any]) -> None:
    walk = (p.order, p.steps, nodes, p.hubs)
    backward_kernels.backward.run(p.fast, p.cal, p.tasks, p.links, p.rules, targets, *walk)


def _floats(p: Prepared, nodes: NDArray[Any], threshold: int) -> None:
    walk = (p.order, p.steps, nodes, p.hubs)
    backward_kernels.floats.run(p.fast, p.cal, p.tasks, p.links, p.rules, *walk, threshold)


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


_GRAPH = ("parent", "project", "is_active", "pred", "succ", "link_kind", "lag", "lag_unit", "project_start")
_OUTSIDE = (
    "boundary_succ",
    "boundary_kind",
    "boundary_lag",
    "boundary_lag_unit",
    "boundary_start",
    "boundary_finish",
)
_OWN = (
    *(
        "duration",
        "is_elapsed",
        "calendar",
        "constraint",
        "constraint_at",
        "deadline",
        "actual_start",
        "actual_finish",
    ),
    *(
        "remaining",
        "percent_complete",
        "resume",
        "gap",
        "gap_ahead",
        "is_manual",
        "manual_start",
        "manual_finish",
    ),
)


def _edited_leaves(network: Network, state: State) -> NDArray[np.intp] | None:
    """Leaves whose inputs differ from those of ``state``; None if more than that differs."""
    old = state.network
    same = network.options == old.options and network.data_date == old.data_date and network.n == old.n
    same = same and len(network.calendars) == len(old.calendars)
    same = same and all(_alike(a, b) for a, b in zip(network.calendars, old.calendars, strict=True))
    for name in (*_GRAPH, *_OUTSIDE) if same else ():
        a, b = getattr(network, name), getattr(old, name)
        same = same and (a is b or np.array_equal(a, b))
    if not same or ((network.constraint == Constraint.ALAP) | (old.constraint == Constraint.ALAP)).any():
        return None
    edited = np.zeros(network.n, np.bool_)
    for name in _OWN:
        a, b = getattr(network, name), getattr(old, name)
        if a is not b:
            edited |= a != b
    found = np.flatnonzero(edited)
    return None if (state.prepared.tasks["first_child"][found] >= 0).any() else found


def _alike(a: WorkCalendar, b: WorkCalendar) -> bool:
    return a is b or (a.week == b.week and a.exceptions == b.exceptions)


def _follow(network: Network, old: State, edited: NDArray[np.intp]) -> State:
    """All passes over what the edited leaves reach."""
    records = old.prepared.tasks.copy()
    nodes = old.nodes.copy()
    rows = jit.readonly(edited.astype(np.int32))
    refill = filling_kernels.refill
    refill.run(old.prepared.fast, columns_of(network), rows, records, nodes, len(network.calendars))
    p = old.prepared._replace(tasks=jit.readonly(records), nodes=nodes)
    dirty, moved, shifted = (np.zeros(len(nodes), np.int8) for _ in range(3))
    dirty[edited] = p.tasks["live"][edited]
    dirty = jit.readonly(dirty)
    walk = (p.order, p.steps, nodes, p.hubs)
    again = (p.cal, p.tasks, p.links, p.rules)
    forth = incremental_kernels.forward_again
    last = forth.run(p.fast, *again, p.project_start, *walk, dirty, moved)
    targets = finish_targets(network, p, nodes, int(last))
    ptr, link = old.out_ptr, old.out_link
    threshold = int(network.options.critical_threshold)
    # Late dates are followed link by link between leaves only: a linked summary, on either side, stands for many.
    summaries = len(nodes) > p.hubs or bool((p.tasks["first_child"][p.links["succ"]] >= 0).any())
    if summaries or not np.array_equal(targets, old.targets):
        _late(p, targets, nodes)
        _floats(p, nodes, threshold)
    else:
        if not len(ptr):
            ptr, link = np.zeros(network.n + 1, np.int32), np.zeros(len(p.links), np.int32)
            incremental_kernels.outgoing.run(p.fast, network.n, p.hubs, p.links, ptr, link)
            ptr, link = jit.readonly(ptr), jit.readonly(link)
        flags = (dirty, jit.readonly(moved), shifted)
        back = incremental_kernels.backward_again
        back.run(p.fast, *again, targets, *walk, ptr, link, *flags, threshold)
    backward_kernels.roll_up.run(p.fast, p.cal, p.tasks, p.preorder, nodes)
    return State(network, p, nodes, targets, ptr, link)
