"""Milestones by slippage: the whole list, and the panel of the overview."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs.selectors import programs
from projects.selectors import tasks
from projects.web import task_lists
from tpm.accounts import actors
from tpm.lib import exports, htmx

IN_PANEL = 8
MOST = 2000


@require_safe
def milestone_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All milestones of a program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    only_late = request.GET.get("late") == "1"
    sort = request.GET.get("sort", "")
    found = tasks.milestones(actor, program, only_late=only_late, sort=sort)
    if kind := exports.wanted(request):
        return exports.respond(
            kind, f"{program.code} milestones", task_lists.file_columns(), map(task_lists.cells, found)
        )
    context = {
        "program": program,
        "tab": "milestones",
        "rows": found[:MOST],
        "only_late": only_late,
        "columns": _columns(),
        "sort": sort or "-slip",
        **task_lists.bulk(actor, program),
    }
    template = "_table.html" if htmx.wants_fragment(request) else "list.html"
    return render(request, f"projects/milestones/{template}", context)


@require_safe
def milestone_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The milestones that slip most."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    rows = tasks.milestones(actor, program)[:IN_PANEL]
    return render(request, "projects/milestones/_panel.html", {"program": program, "rows": rows})


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("Milestone"), "sort": True},
        {"key": "project", "label": _("Project"), "sort": True},
        {"key": "who", "label": _("Responsible"), "sort": True},
        {"key": "finish", "label": _("Finish"), "sort": True},
        {"key": "baseline", "label": _("Baseline")},
        {"key": "slip", "label": _("Slippage"), "unit": _("wd"), "num": True, "sort": True},
        {
            "key": "slip_days",
            "label": "",
            "unit": _("cd"),
            "hidden_label": _("Slippage, calendar days"),
            "num": True,
        },
        {"key": "float", "label": _("Total float"), "unit": _("wd"), "num": True, "sort": True},
        {"key": "deadline", "label": _("Deadline"), "sort": True},
    ]
