"""Tasks as a flat list: filtered and sorted by the address, changed many at once, taken away as a file."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from programs.models import Program
from programs.selectors import programs
from programs.selectors.programs import may_somewhere
from projects.models import Project, Task
from projects.selectors import task_tables
from projects.services import plan_edits
from projects.services.commands import EditRefused, UpdateTask
from projects.web import task_cells
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx, pages
from tpm.lib.exports import Column
from tpm.lib.htmx import picked

WORKDAY = 480
FIELDS: Final[Mapping[str, Any]] = {
    "responsible": gettext_lazy("Responsible"),
    "percent_complete": gettext_lazy("Percent complete"),
    "deadline": gettext_lazy("Deadline"),
    "priority": gettext_lazy("Priority"),
}


@require_safe
def task_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks of a program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    query = _query(request)
    rows = task_tables.rows(
        actor,
        program,
        show=query["show"],
        text=query["q"],
        project=int(query["project"] or 0),
        sort=query["sort"],
    )
    if kind := exports.wanted(request):
        exports.allow(rows.count())
        return exports.respond(kind, f"{program.code} tasks", file_columns(), map(cells, rows))
    try:
        piece = pages.of_rows(request, rows, Task.objects.visible_to(actor).filter(program=program))
    except pages.Gone:
        return htmx.done(events=("list-changed",))
    context = {
        "program": program,
        "tab": "plan",
        "rows": piece.rows,
        "piece": piece,
        "columns": _columns(),
        "query": query,
        "sort": query["sort"] or "wbs",
        "is_filtered": bool(query["q"] or query["project"]),
        **bulk(actor, program),
        **task_cells.editable(actor, program),
    }
    if htmx.wants_fragment(request):
        part = "_rows" if request.GET.get("after") else "_table"
        return render(request, f"projects/task_lists/{part}.html", context)
    projects = Project.objects.visible_to(actor).filter(program=program).order_by("position", "pk")
    context |= {
        "shows": [(key, label) for key, (label, _narrow) in task_tables.SHOWS.items()],
        "projects": [(str(one.pk), one.name) for one in projects],
    }
    return render(request, "projects/task_lists/list.html", context)


@require_POST
def task_bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one field of many tasks: ``row`` is ``id:version`` for each, ``field`` one of ``FIELDS``, ``value`` what it becomes."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "progress.update")
    try:
        new = _value(request.POST.get("field", ""), request.POST.get("value", "").strip())
        commands = [UpdateTask(task, version, new) for task, version in picked(request)]
        if not commands:
            raise ValidationError(_("Choose the tasks first."))
        done = plan_edits.apply(actor=actor, program=program, commands=commands, reason=_("edited together"))
    except (ValidationError, EditRefused) as refused:
        text = refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
        return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
    if done.change_set is None:
        return htmx.done(_("These tasks say so already."))
    undo = reverse("projects:change-undo", args=[program.pk, done.change_set])
    said = ngettext("%(n)s task was changed.", "%(n)s tasks were changed.", len(commands)) % {
        "n": len(commands)
    }
    return htmx.done(said, undo_url=undo, events=("list-changed",))


def bulk(actor: Actor, program: Program) -> dict[str, Any]:
    """What the bar for changing many needs."""
    may = may_somewhere(actor, "plan.edit", program) or may_somewhere(actor, "progress.update", program)
    inputs = {"responsible": "text", "percent_complete": "number", "deadline": "date", "priority": "number"}
    return {
        "may_bulk": may,
        "bulk_url": reverse("projects:task-bulk", args=[program.pk]),
        "bulk_fields": [{"key": key, "label": label, "type": inputs[key]} for key, label in FIELDS.items()],
    }


def file_columns() -> list[Column]:
    """The columns of the file, of tasks and of milestones."""
    return [
        Column(_("WBS"), 10), Column(_("Task"), 40), Column(_("Project"), 30), Column(_("Milestone")), Column(_("Responsible"), 24),
        Column(_("Start"), 12), Column(_("Finish"), 12), Column(_("Baseline finish"), 12), Column(_("Slippage, wd")),
        Column(_("Total float, wd")), Column(_("Critical")), Column(_("Percent complete")), Column(_("Deadline"), 12), Column(_("Priority")),
    ]  # fmt: skip


def cells(task: Task) -> tuple[Any, ...]:
    """A task's row of the file."""
    found: Any = getattr(task, "schedule", None)
    if found is None:
        return (
            "",
            task.name,
            task.project.name,
            _("yes") if task.is_milestone else "",
            task.responsible,
            *[None] * 9,
        )
    return (
        found.wbs, task.name, task.project.name, _("yes") if task.is_milestone else "", task.responsible, found.start, found.finish,
        found.baseline_finish, _days(found.finish_slip), _days(found.total_float), _("yes") if found.is_critical else "",
        found.percent_complete, task.deadline, task.priority,
    )  # fmt: skip


def _days(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / WORKDAY, 2)


def _query(request: HttpRequest) -> dict[str, str]:
    show, project = request.GET.get("show", "open"), request.GET.get("project", "")
    return {
        "q": request.GET.get("q", "")[:100],
        "sort": request.GET.get("sort", ""),
        "show": show if show in task_tables.SHOWS else "open",
        "project": project if project.isascii() and project.isdecimal() and len(project) < 18 else "",
    }


def _value(field: str, value: str) -> dict[str, Any]:
    """The new value of a field as plan edits take it.

    :raises ValidationError:
    """
    if field == "responsible":
        return {field: value[:200]}
    if field == "deadline":
        if not value:
            return {field: None}
        day = parse_date(value) if len(value) == 10 else None
        if day is None:
            raise ValidationError(_("Give a date."))
        return {field: datetime.combine(day, time(23, 59))}
    high = {"percent_complete": 100, "priority": 1000}.get(field)
    if high is None:
        raise ValidationError(_("Choose what to change."))
    if not value.isascii() or not value.isdecimal() or len(value) > 4 or int(value) > high:
        raise ValidationError(_("Give a whole number from 0 to %(high)s.") % {"high": high})
    return {field: float(value) if field == "percent_complete" else int(value)}


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "wbs", "label": _("WBS"), "sort": True},
        {"key": "name", "label": _("Task"), "sort": True, "css": "stick"},
        {"key": "project", "label": _("Project"), "sort": True},
        {"key": "who", "label": _("Responsible"), "sort": True},
        {"key": "start", "label": _("Start"), "sort": True},
        {"key": "finish", "label": _("Finish"), "sort": True},
        {"key": "slip", "label": _("Slippage"), "unit": _("wd"), "num": True, "sort": True},
        {"key": "float", "label": _("Total float"), "unit": _("wd"), "num": True, "sort": True},
        {"key": "percent", "label": _("Done"), "unit": "%", "num": True, "sort": True},
        {"key": "deadline", "label": _("Deadline"), "sort": True},
    ]
