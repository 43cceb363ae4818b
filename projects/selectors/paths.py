"""The paths into a task: all tasks on driving ones, and chains ranked by the float over which they join.

They are computed from the plan as it is now, inputs and revision read in one snapshot, by the engine that publishes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from programs.models import Program, RecomputeState
from projects.engine import cpm, paths
from projects.engine.cpm import Schedule
from projects.models import Task
from projects.selectors import networks
from tpm.accounts.actors import Actor
from tpm.activity.recent import RecentRows
from tpm.lib.walltime import NONE, to_datetime

MOST_PATHS = 50
READ = RecentRows(most_rows=300_000)  # people look at the paths into one task after the other
MOST_SHOWN = 400  # tasks of one path; the earliest are left out beyond


@dataclass(frozen=True)
class PathTask:
    """A task on a path. ``task`` is None for one or several in a row that the actor may not see: they have no dates."""

    task: Task | None
    start: datetime | None
    finish: datetime | None
    total_float: int | None
    is_critical: bool
    wbs: str = ""


@dataclass(frozen=True)
class FloatPath:
    """``relative_float``: working minutes by which the chain may slip before it drives. ``is_cut``: it has more tasks before
    those that are listed."""

    number: int
    relative_float: int
    tasks: list[PathTask]
    is_cut: bool


@dataclass(frozen=True)
class Paths:
    """Paths into a task at a revision: path 1 drives it. ``driving`` holds the ids of all visible tasks on a driving path."""

    revision: int
    paths: list[FloatPath]
    driving: list[int]


def into(actor: Actor, task: Task, *, count: int = 5) -> Paths:
    """Return up to ``count`` float paths into a task that the actor sees; none if it is inactive.

    A fixed number of queries.

    :raises NetworkError: if the plan can not be scheduled.
    """
    revision, inputs = _snapshot(task.program_id)
    network = inputs.network
    schedule = cpm.compute(network)
    end = int(networks.index_of(inputs.task_ids[inputs.task_ids == task.pk], inputs.task_ids)[0])
    if not schedule.is_live[end]:
        return Paths(revision, [], [])
    links = paths.Incoming(network, schedule)
    found = paths.float_paths(network, schedule, end, most=min(count, MOST_PATHS), links=links)
    driving = paths.driving_into(network, schedule, end, links).nonzero()[0].tolist()
    ids = inputs.task_ids
    wanted = {int(ids[at]) for path in found for at in path.tasks[-MOST_SHOWN:]} | {
        int(ids[at]) for at in driving
    }
    rows = Task.objects.visible_to(actor).filter(pk__in=wanted).select_related("project", "schedule")
    seen = {row.pk: row for row in rows}
    listed = [
        FloatPath(
            path.number,
            path.relative_float,
            _merged(_path_task(schedule, at, seen.get(int(ids[at]))) for at in path.tasks[-MOST_SHOWN:]),
            len(path.tasks) > MOST_SHOWN,
        )
        for path in found
    ]
    return Paths(revision, listed, [int(ids[at]) for at in driving if int(ids[at]) in seen])


def _snapshot(program_id: int) -> tuple[int, networks.PlanInputs]:
    """Return the revision and the plan as of one instant."""
    with transaction.atomic():
        if not connection.savepoint_ids:  # isolation can only be chosen for a whole transaction
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        revision = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=program_id)
        program = Program.objects.select_related("portfolio").get(pk=program_id)
        rows = READ.at(program_id, revision)
        inputs = networks.load(program, rows=rows)
    READ.keep(rows)
    return revision, inputs


def _path_task(schedule: Schedule, at: int, task: Task | None) -> PathTask:
    if task is None:
        return PathTask(None, None, None, None, is_critical=False)
    spare = int(schedule.total_float[at])
    return PathTask(
        task,
        to_datetime(int(schedule.start[at])),
        to_datetime(int(schedule.finish[at])),
        None if spare == NONE else spare,
        bool(schedule.critical[at]),
        task.schedule.wbs if hasattr(task, "schedule") else "",
    )


def _merged(tasks: Iterable[PathTask]) -> list[PathTask]:
    """Show one place for several hidden tasks in a row: their number is not told either."""
    merged: list[PathTask] = []
    for one in tasks:
        if one.task is None and merged and merged[-1].task is None:
            continue
        merged.append(one)
    return merged
