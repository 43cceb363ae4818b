"""What the quality checks and variances need of an imported plan beside its network and schedule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import NONE
from projects.engine import compare, quality
from projects.engine.network import Network
from projects.engine.schedules import Schedule
from projects.importers.plan import BaselineEntry, ImportedPlan

Ints = NDArray[np.int64]


def baseline_columns(plan: ImportedPlan, number: int = 0) -> tuple[Ints, Ints, Ints]:
    """Start, finish and duration (n,) of each task in a baseline; ``NONE`` where it has none."""
    found = next((each for each in plan.baselines if each.number == number), None)
    entries = {entry.task_uid: entry for entry in found.entries} if found else {}
    rows = [entries.get(task.uid, BaselineEntry(task.uid)) for task in plan.tasks]
    return (
        np.array([row.start for row in rows], np.int64),
        np.array([row.finish for row in rows], np.int64),
        np.array([row.duration for row in rows], np.int64),
    )


def variances(plan: ImportedPlan, network: Network, schedule: Schedule) -> compare.Slippage:
    """How far the schedule has moved against baseline 0."""
    start, finish, _ = baseline_columns(plan)
    return compare.slippage(
        start=schedule.start,
        finish=schedule.finish,
        baseline_start=start,
        baseline_finish=finish,
        calendars=network.calendars,
        calendar=network.calendar,
        is_elapsed=network.is_elapsed,
    )


def quality_inputs(
    plan: ImportedPlan, network: Network, schedule: Schedule, *, status: int = NONE
) -> quality.Inputs:
    """The inputs of the fourteen checks. ``status`` defaults to the plan's status date; days of the path length are
    counted on the calendar that most tasks work on."""
    start, finish, duration = baseline_columns(plan)
    staffed = {each.task_uid for each in plan.assignments if each.resource_uid is not None}
    leaves = network.calendar[~schedule.is_summary]
    return quality.Inputs(
        network=network,
        schedule=schedule,
        baseline_start=start,
        baseline_finish=finish,
        baseline_duration=duration,
        has_resources=np.array([task.uid in staffed or task.costs.cost > 0 for task in plan.tasks], np.bool_),
        is_level_of_effort=np.array([task.is_level_of_effort for task in plan.tasks], np.bool_),
        # Level of effort is as long as what it supports: it must not be taken for the end or the start of a path.
        is_external=np.array([task.is_external or task.is_level_of_effort for task in plan.tasks], np.bool_),
        status=plan.data_date if status == NONE else status,
        calendar=int(np.bincount(leaves).argmax()) if leaves.size else 0,
        minutes_per_day=plan.minutes_per_day,
    )
