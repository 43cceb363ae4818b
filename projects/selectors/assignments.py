"""Who works on what: the assignments of a task, the people beside each bar of the plan, and what each resource has to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from programs.models import Program, Resource
from programs.selectors import resources
from projects.engine.load import UNITS, stretch
from projects.models import Assignment, Project, Task
from projects.models.assignments import AssignmentQuerySet
from tpm.accounts.actors import Actor
from tpm.lib.walltime import NONE

FULL = Decimal(1)


@dataclass(frozen=True)
class Allocation:
    """What a resource has to do in a program, as far as the actor reads its plan. ``work`` and ``done`` are working minutes,
    ``peak`` the most units at one moment; ``over`` from when they exceed what is there, None if they never do."""

    resource: Resource
    tasks: int = 0
    work: int = 0
    done: int = 0
    start: datetime | None = None
    finish: datetime | None = None
    peak: Decimal = Decimal(0)
    over: datetime | None = None


def visible(actor: Actor) -> AssignmentQuerySet:
    """Return the assignments that the actor sees, with task and resource."""
    related = ("task__project", "task__program", "task__schedule", "resource")
    return Assignment.objects.visible_to(actor).select_related(*related)


def get_for(actor: Actor, pk: int) -> Assignment:
    """Return one assignment.

    :raises Assignment.DoesNotExist: if there is none that the actor may see.
    """
    return visible(actor).get(pk=pk)


def of_task(task: Task) -> QuerySet[Assignment]:
    """Return the assignments of a task that the actor sees, by the name of the resource."""
    related = ("resource__calendar", "task__schedule")
    return task.assignments.select_related(*related).order_by("resource__name", "pk")


def planned_work(one: Assignment) -> int | None:
    """Return how much work is planned, in working minutes: what was said, else what follows from the task; None for what is no
    work. Needs ``task__schedule``."""
    if one.resource.kind != Resource.Kind.WORK:
        return None
    schedule = getattr(one.task, "schedule", None)
    lasting = one.task.duration if schedule is None else schedule.duration
    return int(
        stretch(lasting, int(one.units * UNITS), NONE if one.work is None else one.work, one.delay).work
    )


def remaining_work(one: Assignment) -> int | None:
    """Return the planned work that is not done yet, never below zero."""
    planned = planned_work(one)
    return None if planned is None else max(planned - one.actual_work, 0)


def who(program_id: int, project_ids: Sequence[int], task_ids: Sequence[int] | None = None) -> dict[int, str]:
    """Return, by task (all, or these), who is assigned, such as ``Ann, Ben 50 %``: one statement."""
    some = "" if task_ids is None else "AND a.task_id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT a.task_id, string_agg(
                       CASE WHEN a.units = 1 OR r.kind = 'cost' THEN r.name
                            WHEN r.kind = 'material' THEN r.name || ' × ' || trim_scale(a.units)
                            ELSE r.name || ' ' || trim_scale(a.units * 100) || ' %%' END,
                       ', ' ORDER BY r.kind DESC, r.name, a.id)
              FROM projects_assignment AS a JOIN programs_resource AS r ON r.id = a.resource_id
              JOIN projects_task AS t ON t.id = a.task_id
             WHERE a.program_id = %s AND t.project_id = ANY(%s) {some} GROUP BY a.task_id
            """,
            [program_id, list(project_ids), *([] if task_ids is None else [list(task_ids)])],
        )
        return dict(cursor.fetchall())


def allocations(actor: Actor, program: Program) -> list[Allocation]:
    """Return every resource that the program may use with what it has to do there: four statements.

    Work that nobody has said is the units times what the delay leaves of the task's duration. A resource is over-allocated while the units of its
    unfinished tasks, between their scheduled start and finish, are more than it has.
    """
    everyone = list(resources.of_program(actor, program))
    projects = list(
        Project.objects.visible_to(actor).filter(program=program).order_by().values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [program.pk, projects])
        totals = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_PEAKS, [program.pk, projects])
        peaks = {row[0]: row[1:] for row in cursor.fetchall()}
    nothing = (0, 0, 0, None, None)
    return [
        Allocation(one, *totals.get(one.pk, nothing), *peaks.get(one.pk, (Decimal(0), None)))
        for one in everyone
    ]


_LIVE = """projects_assignment AS a JOIN programs_resource AS r ON r.id = a.resource_id
       JOIN projects_task AS t ON t.id = a.task_id LEFT JOIN projects_taskschedule AS s ON s.task_id = t.id
       WHERE a.program_id = %s AND t.project_id = ANY(%s) AND t.is_active"""

_TOTALS = f"""
SELECT a.resource_id, count(*)::int, coalesce(sum(coalesce(a.work,
           CASE WHEN r.kind = 'work' THEN round(greatest(coalesce(s.duration, t.duration) - a.delay, 0) * a.units) ELSE 0 END)), 0)::bigint,
       sum(a.actual_work)::bigint, min(s.start), max(s.finish)
  FROM {_LIVE} GROUP BY a.resource_id
"""

# Units come at the start and go at the finish; at one and the same moment those that go, go first.
_PEAKS = f"""
WITH busy AS (
    SELECT a.resource_id, r.max_units, a.units, s.start, s.finish FROM {_LIVE}
       AND r.kind = 'work' AND t.actual_finish IS NULL AND s.start < s.finish
), steps AS (
    SELECT resource_id, max_units, start AS at, units AS change FROM busy
    UNION ALL SELECT resource_id, max_units, finish, -units FROM busy
), levels AS (
    SELECT resource_id, max_units, at,
           sum(change) OVER (PARTITION BY resource_id ORDER BY at, change ROWS UNBOUNDED PRECEDING) AS units FROM steps
)
SELECT resource_id, max(units), min(at) FILTER (WHERE units > max_units) FROM levels GROUP BY resource_id
"""
