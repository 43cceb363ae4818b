"""Cells of the lists of tasks and milestones, edited in their place."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from programs import policies
from programs.models import Program
from projects.models import Project, Task, TaskSchedule
from projects.selectors import tasks
from projects.services import plan_edits, typed_dates
from projects.services.commands import EditRefused, UpdateTask
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import Conflict
from tpm.lib import cells
from tpm.lib.forms import DayField

NEEDS: Final = {
    "name": "plan.edit",
    "responsible": "plan.edit",
    "deadline": "plan.edit",
    "start": "plan.edit",
    "finish": "plan.edit",
    "percent_complete": "progress.update",
}


@require_http_methods(["GET", "POST"])
def task_cell(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """The editor of one field of a task, and what it saves."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    if field not in NEEDS:
        raise Http404
    policies.authorize(actor, NEEDS[field], task)

    schedule = tasks.schedule_of(task)

    def save(value: Any, version: int) -> str:
        new = _fields(task, schedule, field, value)
        try:
            done = plan_edits.apply(
                actor=actor, program=task.program, commands=[UpdateTask(pk, version, new)]
            )
        except EditRefused as refused:
            if refused.is_conflict:
                raise Conflict(Task, pk, None) from refused
            raise ValidationError([error.message for error in refused.errors]) from refused
        if done.change_set is None:
            return ""
        return reverse("projects:change-undo", args=[task.program_id, done.change_set])

    row = schedule if field in ("start", "finish") else task
    value = getattr(row, field, None)
    value = value.date() if isinstance(value, datetime) else value
    return cells.answer(
        request, name=field, field=_field(field), value=value, version=task.version, row=task.name, save=save
    )


def _fields(task: Task, schedule: TaskSchedule | None, field: str, value: Any) -> dict[str, Any]:
    """Return what a cell's value says, as a command takes it."""
    match field:
        case "deadline" if value is not None:
            return {field: datetime.combine(value, time(23, 59))}
        case "start":
            return typed_dates.start(task, value)
        case "finish":
            return typed_dates.finish(task, schedule.start if schedule else None, value)
    return {field: value}


def editable(actor: Actor, program: Program) -> dict[str, set[int]]:
    """Return in which projects the cells of tasks may be changed, as the tables' templates take it: two queries."""

    def of(capability: str) -> set[int]:
        found = Project.objects.visible_to(actor, capability).filter(program=program)
        return set(found.values_list("pk", flat=True))

    return {"plan_of": of("plan.edit"), "progress_of": of("progress.update")}


def _field(name: str) -> forms.Field:
    match name:
        case "name":
            return forms.CharField(label=gettext_lazy("Name"), max_length=500)
        case "responsible":
            return forms.CharField(label=gettext_lazy("Responsible"), max_length=200, required=False)
        case "deadline":
            return DayField(label=gettext_lazy("Deadline"), required=False)
        case "start":
            return DayField(label=gettext_lazy("Start"))
        case "finish":
            return DayField(label=gettext_lazy("Finish"))
    return forms.FloatField(
        label=gettext_lazy("Percent complete"), min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"step": "5"}),
    )  # fmt: skip
