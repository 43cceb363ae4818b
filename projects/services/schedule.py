"""Compute a program's schedule and slippage, and publish them. Called by the one pipeline, ``tpm/recompute.py``."""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from programs.models import Program
from programs.services.indicators import Readings
from projects.engine import compare, cpm
from projects.engine.cpm import Schedule
from projects.engine.network import Driver
from projects.selectors.networks import PlanInputs
from tpm.lib import bulk
from tpm.lib.bulk import BOOLEAN, FLOAT, INTEGER, SMALLINT, TEXT, WALL, Column
from tpm.lib.walltime import NONE, to_datetime

WORKDAY = 480
WBS_BYTES = 64
Ints = NDArray[np.int64]

COLUMNS = (
    Column("task_id"),
    Column("project_id"),
    Column("sequence", INTEGER),
    Column("depth", SMALLINT),
    Column("wbs", TEXT(WBS_BYTES)),
    Column("is_summary", BOOLEAN),
    *(
        Column(name, WALL)
        for name in ("early_start", "early_finish", "late_start", "late_finish", "start", "finish")
    ),
    Column("duration"),
    Column("percent_complete", FLOAT),
    Column("total_float"),
    Column("free_float"),
    Column("is_critical", BOOLEAN),
    Column("driver_kind", SMALLINT),
    Column("driver_task_id"),
    Column("driver_link_id"),
    Column("baseline_start", WALL),
    Column("baseline_finish", WALL),
    Column("start_slip"),
    Column("finish_slip"),
    Column("finish_slip_days"),
)


@dataclass(frozen=True, eq=False)
class PlanResult:
    """The schedule of a program with its slippage against the reference baseline, task by task and rolled up."""

    inputs: PlanInputs
    schedule: Schedule
    slippage: compare.Slippage


class Recent:
    """The last schedules of this process, by program: what the next computation can begin from. Holds a bounded number of tasks.

    Nothing depends on it but time: recomputing an edited network gives what computing it gives.
    """

    def __init__(self, most_tasks: int) -> None:
        self.most_tasks = most_tasks
        self._kept: dict[int, Schedule] = {}

    def compute(self, inputs: PlanInputs) -> Schedule:
        """:raises NetworkError: if the plan can not be scheduled."""
        last = self._kept.pop(inputs.program_id, None)
        schedule = cpm.recompute(inputs.network, last) if last else cpm.compute(inputs.network)
        self._kept[inputs.program_id] = schedule
        while len(self._kept) > 1 and sum(len(one.start) for one in self._kept.values()) > self.most_tasks:
            del self._kept[next(iter(self._kept))]
        return schedule


def compute(inputs: PlanInputs, recent: Recent | None = None) -> PlanResult:
    """Run the engine, on what changed since the last time if that is ``recent``.

    :raises NetworkError: if the plan can not be scheduled.
    """
    network = inputs.network
    schedule = recent.compute(inputs) if recent else cpm.compute(network)
    slippage = compare.slippage(
        start=schedule.start,
        finish=schedule.finish,
        baseline_start=inputs.baseline_start,
        baseline_finish=inputs.baseline_finish,
        calendars=network.calendars,
        calendar=network.calendar,
        is_elapsed=network.is_elapsed,
    )
    return PlanResult(inputs, schedule, slippage)


def values(result: PlanResult) -> dict[str, NDArray[np.generic]]:
    """Return the columns of ``TaskSchedule`` for all tasks."""
    inputs, schedule, slip = result.inputs, result.schedule, result.slippage
    network = inputs.network
    sequence = np.empty(network.n, np.int32)
    sequence[schedule.order] = np.arange(network.n, dtype=np.int32)
    live = schedule.is_live
    driver_task = np.full(network.n, NONE, np.int64)
    named = (schedule.driver >= 0) & np.isin(schedule.driver_kind, (_PREDECESSOR, _CHILDREN))
    driver_task[named] = inputs.task_ids[schedule.driver[named]]
    driver_link = np.full(network.n, NONE, np.int64)
    linked = schedule.driver_link >= 0
    driver_link[linked] = inputs.link_ids[schedule.driver_link[linked]]
    outside = (schedule.driver_kind == _BOUNDARY) & (schedule.driver >= 0)
    driver_link[outside] = inputs.boundary_link_ids[schedule.driver[outside]]
    return {
        "task_id": inputs.task_ids,
        "project_id": inputs.project_ids[network.project] if network.n else network.project.astype(np.int64),
        "sequence": sequence,
        "depth": schedule.depth.astype(np.int16),
        "wbs": wbs(network.parent, network.project, schedule.order),
        "is_summary": schedule.is_summary,
        "early_start": schedule.early_start,
        "early_finish": schedule.early_finish,
        "late_start": schedule.late_start,
        "late_finish": schedule.late_finish,
        "start": schedule.start,
        "finish": schedule.finish,
        "duration": schedule.duration,
        "percent_complete": schedule.percent,
        "total_float": np.where(live, schedule.total_float, NONE),
        "free_float": np.where(live, schedule.free_float, NONE),
        "is_critical": schedule.critical,
        "driver_kind": schedule.driver_kind.astype(np.int16),
        "driver_task_id": driver_task,
        "driver_link_id": driver_link,
        "baseline_start": inputs.baseline_start,
        "baseline_finish": inputs.baseline_finish,
        "start_slip": slip.start_minutes,
        "finish_slip": slip.finish_minutes,
        "finish_slip_days": slip.finish_days,
    }


_PREDECESSOR, _BOUNDARY, _CHILDREN = Driver.PREDECESSOR, Driver.BOUNDARY, Driver.CHILDREN


def wbs(
    parent: NDArray[np.int32], project: NDArray[np.int32], order: NDArray[np.int32]
) -> NDArray[np.bytes_]:
    """Return outline codes such as ``2.1.3`` (project, then place among siblings); deeper than the column is cut."""
    n = len(parent)
    codes = np.zeros(n, f"S{WBS_BYTES}")
    if not n:
        return codes
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    siblings = np.where(parent >= 0, parent.astype(np.int64), -1 - project.astype(np.int64))
    by_family = np.lexsort((place, siblings))
    first = np.flatnonzero(np.diff(siblings[by_family], prepend=siblings[by_family[0]] - 1))
    number = np.empty(n, np.int64)
    number[by_family] = np.arange(n) - np.repeat(first, np.diff(first, append=n)) + 1
    last = np.strings.add(b".", number.astype("S12"))
    level = np.flatnonzero(parent < 0)
    above = (project[level] + 1).astype("S12")
    below = by_family[
        np.searchsorted(siblings[by_family], 0) :
    ]  # those with a summary above, family by family
    families = siblings[below]
    while level.size:
        whole = np.strings.add(above, last[level])
        if whole.dtype.itemsize > WBS_BYTES:
            whole = np.array([code[-WBS_BYTES:] for code in whole.tolist()], f"S{WBS_BYTES}")
        codes[level] = whole
        begin, end = np.searchsorted(families, level), np.searchsorted(families, level, side="right")
        sizes = end - begin
        above = np.repeat(whole, sizes)
        level = below[np.repeat(begin - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))]
    return codes


def publish(
    program: Program, result: PlanResult, revision: int, known: bulk.Known | None = None
) -> bulk.Difference:
    """Write the rows that differ, stamped with the revision they were computed at; ``known``: what the tables hold, if the caller knows.

    A new place in the outline alone is no news of a row: it is told by the order of all rows.
    """
    return bulk.sync(
        "projects_taskschedule",
        key=("task_id",),
        columns=COLUMNS,
        values=values(result),
        scope={"program_id": program.pk},
        stamp=bulk.Stamp("changed_at_revision", revision, unnoticed=("sequence",)),
        known=known,
    )


def read_off(result: PlanResult, readings: Readings) -> None:
    """Add the figures of the program and of each project: finish, slippage, progress, counts."""
    inputs, schedule = result.inputs, result.schedule
    leaves = schedule.is_live & ~schedule.is_summary
    scopes: list[tuple[int, NDArray[np.bool_], int]] = [(0, leaves, inputs.program_calendar)]
    scopes += [
        (int(pk), leaves & (inputs.network.project == index), int(inputs.project_calendar[index]))
        for index, pk in enumerate(inputs.project_ids)
    ]
    for scope, rows, calendar in scopes:
        _read_off(result, readings, scope, rows, calendar)


def _read_off(
    result: PlanResult, readings: Readings, scope: int, rows: NDArray[np.bool_], calendar: int
) -> None:
    inputs, schedule, network = result.inputs, result.schedule, result.inputs.network
    readings.number(scope, "plan.tasks", int(rows.sum()))
    readings.number(scope, "plan.critical", int((rows & schedule.critical).sum()))
    work = schedule.duration[rows].astype(np.float64)
    total = work.sum()
    readings.number(
        scope, "plan.percent", float((work * schedule.percent[rows]).sum() / total) if total else None
    )
    start, finish = _earliest(schedule.start, rows), _latest(schedule.finish, rows)
    agreed = _latest(inputs.baseline_finish, rows)
    for key, at in (("plan.start", start), ("plan.finish", finish), ("plan.baseline_finish", agreed)):
        moment = to_datetime(at)
        readings.text(scope, key, moment.isoformat(timespec="minutes") if moment else "")
    late = compare.working_variance(
        network.calendars, np.array([calendar]), np.array([agreed], np.int64), np.array([finish], np.int64)
    )[0]
    days = compare.day_variance(np.array([agreed], np.int64), np.array([finish], np.int64))[0]
    readings.number(scope, "plan.slip_wd", None if late == NONE else late / WORKDAY)
    readings.number(scope, "plan.slip_cd", None if days == NONE else int(days))
    floats = schedule.total_float[rows]
    readings.number(scope, "plan.least_float_wd", float(floats.min()) / WORKDAY if floats.size else None)


def _earliest(at: Ints, rows: NDArray[np.bool_]) -> int:
    known = at[rows & (at != NONE)]
    return int(known.min()) if known.size else NONE


def _latest(at: Ints, rows: NDArray[np.bool_]) -> int:
    known = at[rows & (at != NONE)]
    return int(known.max()) if known.size else NONE


def boundary_before(program: Program) -> dict[int, tuple[list[int], int, int]]:
    """Return, by task that other programs wait for, those programs and the dates they were last told."""
    waiting: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        # Two statements: joined, they make the planner expect that all links leave the program.
        cursor.execute(
            """
            SELECT DISTINCT predecessor_id, program_id FROM projects_dependency
             WHERE predecessor_program_id = %s AND predecessor_program_id <> program_id
            """,
            [program.pk],
        )
        for task, other in cursor.fetchall():
            waiting.setdefault(task, []).append(other)
        cursor.execute(
            """
            SELECT task_id, (extract(epoch FROM start) / 60)::bigint, (extract(epoch FROM finish) / 60)::bigint
              FROM projects_taskschedule WHERE task_id = ANY(%s) AND start IS NOT NULL
            """,
            [list(waiting)],
        )
        dates = {task: (start, finish) for task, start, finish in cursor.fetchall()}
    return {task: (others, *dates.get(task, (NONE, NONE))) for task, others in waiting.items()}


def programs_to_tell(before: dict[int, tuple[list[int], int, int]], result: PlanResult) -> set[int]:
    """Return the other programs that wait for a task whose dates have moved."""
    if not before:
        return set()
    ids = result.inputs.task_ids.tolist()
    now = {
        pk: (int(result.schedule.start[i]), int(result.schedule.finish[i]))
        for i, pk in enumerate(ids)
        if pk in before
    }
    moved: set[int] = set()
    for task, (programs, start, finish) in before.items():
        if task in now and now[task] != (start, finish):
            moved.update(programs)
    return moved
