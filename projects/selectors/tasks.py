"""Tasks as people read them: one with its reasons, and the milestones."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from programs.models import Program
from projects.models import Dependency, Task, TaskSchedule
from projects.selectors import task_tables
from tpm.accounts.actors import Actor
from tpm.activity.tracking import event_model


@dataclass(frozen=True)
class Links:
    """The links of a task whose other end the actor sees."""

    predecessors: list[Dependency]
    successors: list[Dependency]


def get_for(actor: Actor, pk: int) -> Task:
    """Return one task with its project and its program's computation.

    :raises Task.DoesNotExist: if there is none that the actor may see.
    """
    related = (
        "program__portfolio",
        "program__computation",
        "program__calendar",
        "project__calendar",
        "parent",
        "calendar",
    )
    return Task.objects.visible_to(actor).select_related(*related).get(pk=pk)


def at_version(task: Task, version: int) -> dict[str, Any] | None:
    """Return the task's columns as they were at a version, from its history; None if there never was one."""
    rows = event_model(Task)._base_manager.filter(pgh_obj_id=task.pk, version=version)
    return rows.order_by("-pgh_id").values().first()


def schedule_of(task: Task) -> TaskSchedule | None:
    """Return what the engine found for a task, None before the first computation."""
    return TaskSchedule.objects.filter(pk=task.pk).first()


def links_of(actor: Actor, task: Task) -> Links:
    """Return the links at both ends of a task: two queries."""
    visible = Dependency.objects.visible_to(actor)
    far = ("project", "program", "schedule")
    before = visible.filter(successor=task).select_related(*(f"predecessor__{name}" for name in far))
    after = visible.filter(predecessor=task).select_related(*(f"successor__{name}" for name in far))
    return Links(
        list(before.order_by("predecessor__schedule__finish", "pk")),
        list(after.order_by("successor__schedule__start", "pk")),
    )


def milestones(actor: Actor, program: Program, *, only_late: bool = False, sort: str = "") -> QuerySet[Task]:
    """Return a program's milestones with their schedule, the most slipped first, those without a baseline last; or in the
    order of a key of ``task_tables.SORTS``."""
    rows = Task.objects.visible_to(actor).filter(program=program, is_milestone=True, is_active=True)
    if only_late:
        rows = rows.filter(schedule__finish_slip__gt=0)
    order = (
        F("schedule__finish_slip").desc(nulls_last=True),
        F("schedule__finish").asc(nulls_last=True),
        "pk",
    )
    if sort:
        return rows.select_related("schedule", "project").order_by(*task_tables.order(sort, "slip"))
    return rows.select_related("schedule", "project").order_by(*order)


def next_milestone(actor: Actor, program: Program) -> Task | None:
    """Return the milestone that is to be reached next: one query."""
    rows = Task.objects.visible_to(actor).filter(
        program=program, is_milestone=True, is_active=True, actual_finish=None, schedule__finish__isnull=False
    )
    return rows.select_related("schedule", "project").order_by("schedule__finish", "pk").first()
