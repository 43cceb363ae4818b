"""What a day typed as a task's start or finish means for the plan: the Gantt's cells and the lists' say the same."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.engine.calendars import (
    WorkCalendar,
    next_working,
    previous_working,
    wall_datetime,
    wall_minutes,
    working_between,
)
from projects.models import Task
from projects.selectors import task_calendars


def start(task: Task, day: date) -> dict[str, Any]:
    """Return the fields that make a task begin on a day: no earlier than then, or that it did begin then."""
    at = wall_datetime(int(next_working(_calendar(task), wall_minutes(_midnight(day)))))
    if task.actual_start is not None:
        return {"actual_start": at}
    return {"constraint": Task.Constraint.SNET, "constraint_at": at}


def finish(task: Task, begins: datetime | None, day: date) -> dict[str, Any]:
    """Return the fields that make a task end on a day, from where it ``begins`` now: how long it takes, or that it ended then. A
    milestone is moved.

    :raises ValidationError: if it begins later, or is not computed yet.
    """
    if task.is_milestone and task.actual_finish is None:
        return start(task, day)
    calendar = _calendar(task)
    end = int(previous_working(calendar, wall_minutes(_midnight(day + timedelta(days=1)))))
    if task.actual_finish is not None:
        return {"actual_finish": wall_datetime(end)}
    if begins is None:
        raise ValidationError(_("The task has no computed start yet: try again in a moment."))
    first = wall_minutes(begins)
    duration = end - first if task.is_elapsed else int(working_between(calendar, first, end))
    if duration <= 0:
        raise ValidationError(
            _("The task begins on %(day)s: it can not end before.") % {"day": begins.date().isoformat()}
        )
    return {"duration": duration}


def _calendar(task: Task) -> WorkCalendar:
    """Return the calendar that the engine lets the task work on, that of its people included."""
    working = task_calendars.of_tasks(task.program, [task.pk])
    return working.compiled[working.by_task[task.pk]]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
