"""What resources have to do: work in minutes, and the most units at one moment.

Shapes: ``a`` assignments, ``r`` resources. Units are ten-thousandths (10 000 is one full-time person).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import NONE
from projects.engine.load import stretch

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Assigned:
    """Assignments of working resources. ``task_id`` and ``resource`` (an index below ``r``) name the ends; ``work`` is NONE where
    nobody has said: then it is the units times what ``delay`` (minutes) leaves of the task's duration. Shapes: ``(a,)``; ``resource_ids``: ``(r,)``."""

    resource_ids: Ints
    task_id: Ints
    resource: Ints
    units: Ints
    work: Ints
    delay: Ints


@dataclass(frozen=True, eq=False)
class Workload:
    """By resource ``(r,)``: ``work`` in minutes, ``peak`` in ten-thousandths of a unit."""

    work: Ints
    peak: Ints


def measure(assigned: Assigned, *, duration: Ints, start: Ints, finish: Ints, is_open: Flags) -> Workload:
    """Add up work and find the peaks. ``duration``, ``start``, ``finish`` ``(a,)``: of each assignment's task, in working and wall
    minutes; ``is_open``: whether it is unfinished (finished ones count for the work, not for the peak)."""
    count = len(assigned.resource_ids)
    work = np.zeros(count, np.int64)
    np.add.at(work, assigned.resource, stretch(duration, assigned.units, assigned.work, assigned.delay).work)
    busy = np.flatnonzero(is_open & (start != NONE) & (finish != NONE) & (start < finish))
    resource = np.tile(assigned.resource[busy], 2)
    at = np.concatenate([start[busy], finish[busy]])
    change = np.concatenate([assigned.units[busy], -assigned.units[busy]])
    order = np.lexsort((change, at, resource))  # at one and the same moment those that go, go first
    level = np.cumsum(change[order])  # what starts also ends: each resource begins at zero
    peak = np.zeros(count, np.int64)
    np.maximum.at(peak, resource[order], level)
    return Workload(work, peak)
