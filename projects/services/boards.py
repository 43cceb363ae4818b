"""Move work over the board: what a column means is written as progress. The limits of a project's columns."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import policies
from projects import events
from projects.models import BoardLimits, Project, Task
from projects.services import plan_edits
from projects.services.commands import Applied, UpdateTask
from tpm import activity
from tpm.accounts.actors import Actor

READY, PROGRESS, DONE = "ready", "progress", "done"
MOVES = (READY, PROGRESS, DONE)
MORNING, EVENING = time(8), time(17)


def move(*, actor: Actor, task: Task, version: int, to: str, known: date) -> Applied:
    """Record progress by moving a task: ``progress`` says that it has begun, ``done`` that it is finished, ``ready`` takes
    both back. It began, or ended, when it was planned to, but not after ``known`` (the data date).

    :raises NotAllowed:
    :raises ValidationError: for a column that nothing can be moved to. :raises EditRefused: a conflict, a contradiction.
    """
    policies.authorize(actor, "progress.update", task)
    if to not in MOVES:
        raise ValidationError(_("Waiting follows from what comes first; a task can not be moved there."))
    command = UpdateTask(task.pk, version, _progress(task, to, known))
    return plan_edits.apply(
        actor=actor, program=task.program, commands=[command], reason=_("Moved on the board")
    )


def _progress(task: Task, to: str, known: date) -> dict[str, Any]:
    if to == READY:
        if not (task.actual_start or task.actual_finish or task.percent_complete):
            raise ValidationError(_("It has not begun: there is nothing to take back."))
        return {"percent_complete": 0.0, "actual_start": None, "actual_finish": None}
    schedule = getattr(task, "schedule", None)
    start = task.actual_start or _not_after(schedule and schedule.start, known, MORNING)
    if to == PROGRESS:
        if task.is_milestone:
            raise ValidationError(_("A milestone is reached or it is not: move it to done."))
        if task.actual_finish or task.percent_complete >= 100:
            return {"actual_finish": None}
        return {"actual_start": start}
    finish = _not_after(schedule and schedule.finish, known, EVENING)
    if task.is_milestone:
        return {"percent_complete": 100.0, "actual_start": finish, "actual_finish": finish}
    return {"percent_complete": 100.0, "actual_start": start, "actual_finish": max(start, finish)}


def _not_after(planned: datetime | None, known: date, at: time) -> datetime:
    latest = datetime.combine(known, at)
    return min(planned, latest) if planned else latest


def set_limits(
    *,
    actor: Actor,
    project: Project,
    limits: BoardLimits | None,
    waiting: int | None,
    in_progress: int | None,
) -> BoardLimits:
    """Limit how much of a project may wait, and be in progress, at once. None is no limit.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "project.edit", project)
    with activity.change(actor=actor, event=events.BOARD_CHANGED) as change:
        if limits is None:
            return change.create(BoardLimits(project=project, waiting=waiting, in_progress=in_progress))
        return change.update(limits, waiting=waiting, in_progress=in_progress)
