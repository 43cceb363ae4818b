"""Milestones by slippage: the whole list, and the panel of the overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.selectors import programs
from projects.selectors import tasks
from tpm.accounts import actors
from tpm.lib import htmx

IN_PANEL = 8
MOST = 2000


@require_safe
def milestone_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All milestones of a program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    only_late = request.GET.get("late") == "1"
    rows = tasks.milestones(actor, program, only_late=only_late)[:MOST]
    context = {"program": program, "tab": "milestones", "rows": rows, "only_late": only_late}
    template = "_table.html" if htmx.wants_fragment(request) else "list.html"
    return render(request, f"projects/milestones/{template}", context)


@require_safe
def milestone_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The milestones that slip most."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    rows = tasks.milestones(actor, program)[:IN_PANEL]
    return render(request, "projects/milestones/_panel.html", {"program": program, "rows": rows})
