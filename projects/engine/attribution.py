"""Why dates moved: the step from one plan to the next, taken cause by cause, so that the parts sum exactly to the whole.

Method: the inputs in which two plans differ are grouped by cause and swapped group by group in a fixed order (progress first,
then what people changed: half-steps, as in AACE RP 29R-03 "observational, dynamic, modified as-is" methods); the network is
computed after each swap. What a group moves is the difference of the dates before and after it was swapped. The first dates
are those of the earlier plan and the last ones those of the later, so the differences telescope: nothing is left over and
nothing is counted twice. A group's share depends on the order, which is why the order is fixed. A group that can not stand
alone (half of a circle) is swapped together with the next one and its share is in that one's.

What is followed are *items*: milestones by task id, the finish of projects by minus their id, the finish of all by 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import NONE
from projects.engine import cpm
from projects.engine.causes import Cause
from projects.engine.hybrids import Ints, Overlay, Plan
from projects.engine.network import NetworkError
from projects.engine.schedules import Schedule

Positions = dict[int, int]
"""By item the wall minute of its finish; items without a date are left out."""
EVERYTHING = 0


class Move(NamedTuple):
    """One item from one date to another (wall minutes, ``NONE`` where it appears or goes)."""

    item: int
    before: int
    after: int
    cause: Cause


def positions(plan: Plan, schedule: Schedule | None = None) -> Positions:
    """Where the items of a plan stand; it is computed unless its schedule is given.

    :raises NetworkError: if the plan can not be scheduled.
    """
    found = schedule or cpm.compute(plan.network)
    return _read_off(
        found, plan.network.task_id, plan.network.project, plan.project_id, plan.network.is_milestone
    )


def attribute(before: Plan, after: Plan, start: Positions) -> tuple[list[Move], Positions]:
    """Return what moved from one plan to the next, in order, and where the items stand at the end.

    ``start`` is where they stood in the earlier plan. An item that one of the plans does not have makes one move, of cause
    ``SCOPE``, from or to nothing.

    :raises NetworkError: if the later plan can not be scheduled.
    """
    overlay = Overlay(before, after)
    if not overlay.causes:
        return [], start
    end = positions(after)
    stages: list[tuple[Cause, Positions]] = []
    for count, cause in enumerate(overlay.causes[:-1], start=1):
        try:
            network = overlay.network(overlay.causes[:count])
            found = cpm.compute(network)
        except NetworkError:
            continue
        at = _read_off(found, overlay.task_id, network.project, overlay.project_id, overlay.is_milestone)
        stages.append((cause, at))
    return moves(start, [*stages, (overlay.causes[-1], end)]), end


def moves(start: Positions, stages: list[tuple[Cause, Positions]]) -> list[Move]:
    """Return the moves of all items through the stages, item by item; the last stage says which items there are."""
    end = stages[-1][1]
    found: list[Move] = []
    for item in sorted(start.keys() | end.keys()):
        at = start.get(item, NONE)
        if at == NONE or item not in end:
            found.append(Move(item, at, end.get(item, NONE), Cause.SCOPE))
            continue
        for cause, reached in stages:
            now = reached.get(item, at)
            if now != at:
                found.append(Move(item, at, now, cause))
                at = now
    return found


def _read_off(
    schedule: Schedule,
    task_id: Ints,
    project: NDArray[np.int32],
    project_id: Ints,
    is_milestone: NDArray[np.bool_],
) -> Positions:
    dated = schedule.is_live & (schedule.finish != NONE)
    leaves = dated & ~schedule.is_summary
    found: Positions = {}
    if leaves.any():
        latest = np.full(len(project_id), NONE, np.int64)
        np.maximum.at(latest, project[leaves], schedule.finish[leaves])
        has = latest != NONE
        found = dict(zip((-project_id[has]).tolist(), latest[has].tolist(), strict=True))
        found[EVERYTHING] = int(latest.max())
    reached = dated & is_milestone
    found.update(zip(task_id[reached].tolist(), schedule.finish[reached].tolist(), strict=True))
    return found
