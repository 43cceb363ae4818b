"""What the slippage ledger is posted from: the change sets since it was posted, where it ended, what is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection, models

from programs.models import CalendarException, Program, Resource, WorkCalendar
from projects import events
from projects.engine.attribution import EVERYTHING, Positions
from projects.engine.hybrids import Plan
from projects.models import Assignment, Dependency, LedgerEntry, Project, Task
from projects.models import Plan as PlanOptions
from projects.selectors import networks
from tpm.activity.tracking import event_model
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_minutes

INPUTS: tuple[type[models.Model], ...] = (
    Task,
    Dependency,
    Assignment,
    Project,
    PlanOptions,
    Program,
    WorkCalendar,
    CalendarException,
    Resource,
)
"""Tables whose rows the dates of a plan follow from. What else people write moves no date."""
Outside = dict[str, list[int]]
"""By id of a link from another program: start and finish of its predecessor, wall minutes."""


@dataclass(frozen=True)
class Step:
    """Revisions that are posted as one: as a rule a single one, and then ``change_set`` is what made it."""

    first_revision: int
    revision: int
    change_set: int | None
    at: datetime
    is_boundary: bool = False


def steps(program_id: int, after: int, up_to: int, most: int) -> list[Step]:
    """Return the change sets of these revisions that wrote inputs of the plan, oldest first; consecutive ones are taken
    together where there are more than ``most``. One statement."""
    touched = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{event_model(model)._meta.db_table}" AS e WHERE e.pgh_context_id = c.context_id)'
        for model in INPUTS
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.revision, c.id, c.at, c.event = %s FROM activity_changesetrevision AS r"
            " JOIN activity_changeset AS c ON c.id = r.change_set_id"
            " WHERE r.program_id = %s AND r.revision > %s AND r.revision <= %s"
            f" AND (c.event = %s OR {touched}) ORDER BY r.revision",
            [events.BOUNDARY_MOVED, program_id, after, up_to, events.BOUNDARY_MOVED],
        )
        single = [Step(revision, revision, pk, at, moved) for revision, pk, at, moved in cursor.fetchall()]
    size = -(-len(single) // most)
    return single if size <= 1 else list(_together(single, size))


def _together(single: Sequence[Step], size: int) -> Iterable[Step]:
    """Join up to ``size`` steps; what other programs did stands alone."""
    first: Step | None = None
    count = 0
    for step, following in zip(single, [*single[1:], None], strict=True):
        first, count = first or step, count + 1
        if step.is_boundary or following is None or following.is_boundary or count == size:
            one = first is step
            yield step if one else Step(first.first_revision, step.revision, None, step.at)
            first, count = None, 0


def is_overtaken(program_id: int, computed: int) -> bool:
    """Tell whether another program's dates have moved since what is published: then they are not those it was computed with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM activity_changesetrevision AS r JOIN activity_changeset AS c"
            " ON c.id = r.change_set_id WHERE r.program_id = %s AND r.revision > %s AND c.event = %s)",
            [program_id, computed, events.BOUNDARY_MOVED],
        )
        return bool(cursor.fetchone()[0])


def plan_at(program: Program, revision: int, outside: Outside | None) -> Plan:
    """Return the plan as of a revision; ``outside`` holds the dates of other programs to take instead of today's.

    :raises NetworkError: if it can not be scheduled.
    """
    inputs = networks.load(program, networks.as_of(program, revision))
    network, links = inputs.network, inputs.boundary_link_ids
    if outside and len(links):
        dates = [outside.get(str(pk)) for pk in links.tolist()]
        network = network.edited(
            boundary_start=_instead(network.boundary_start, [one[0] if one else None for one in dates]),
            boundary_finish=_instead(network.boundary_finish, [one[1] if one else None for one in dates]),
        )
    return Plan(network, inputs.project_ids, links)


def _instead(now: networks.Ints, known: Sequence[int | None]) -> networks.Ints:
    return np.array(
        [here if old is None else old for here, old in zip(now.tolist(), known, strict=True)], np.int64
    )


def outside_of(plan: Plan) -> Outside:
    """Return the dates of other programs that a plan is computed with."""
    columns = (plan.boundary_link, plan.network.boundary_start, plan.network.boundary_finish)
    return {
        str(pk): [start, finish] for pk, start, finish in zip(*(c.tolist() for c in columns), strict=True)
    }


def last_positions(program_id: int) -> Positions:
    """Return where the ledger left every item: one statement."""
    newest = (
        LedgerEntry.objects.filter(program=program_id)
        .order_by("task_id", "project_id", "-pk")
        .distinct("task_id", "project_id")
        .values_list("task_id", "project_id", "to_at", "pk")
    )
    found: dict[int, tuple[int, int]] = {}
    for task, project, at, pk in newest:
        # A milestone that went to another project has an entry in each: the later one counts.
        item = item_of(project, task)
        if item not in found or found[item][0] < pk:
            found[item] = (pk, to_minutes(at))
    return {item: at for item, (_pk, at) in found.items() if at != NONE}


def item_of(project_id: int | None, task_id: int | None) -> int:
    """Return the engine's number of an item: a task, minus a project, or 0 for the program."""
    return task_id or -(project_id or 0)


def published(program_id: int, milestones: set[int] | None = None) -> Positions:
    """Return where the published results put the items; ``milestones`` are those now unless they are given. One statement."""
    rows = bulk.read(
        "SELECT s.task_id, s.project_id, s.finish, s.is_summary, coalesce(t.is_milestone, false) AS is_milestone"
        " FROM projects_taskschedule AS s LEFT JOIN projects_task AS t ON t.id = s.task_id"
        " WHERE s.program_id = %s AND s.finish IS NOT NULL",
        [program_id],
        {
            "task_id": bulk.BIGINT,
            "project_id": bulk.BIGINT,
            "finish": bulk.WALL,
            "is_summary": bulk.BOOLEAN,
            "is_milestone": bulk.BOOLEAN,
        },
    )
    task, project, finish = rows["task_id"], rows["project_id"], rows["finish"]
    reached = rows["is_milestone"] if milestones is None else np.isin(task, list(milestones))
    found: Positions = dict(zip(task[reached].tolist(), finish[reached].tolist(), strict=True))
    leaves = ~rows["is_summary"]
    for pk in np.unique(project[leaves]).tolist():
        found[-pk] = int(finish[leaves & (project == pk)].max())
    if leaves.any():
        found[EVERYTHING] = int(finish[leaves].max())
    return found


def milestones_of(plan: Plan) -> set[int]:
    """Return the ids of a plan's milestones."""
    ids = plan.network.task_id[plan.network.is_milestone].tolist()
    return set(ids)
