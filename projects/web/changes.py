"""Changes: the audit of a program, newest first, with before and after, and the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.selectors import changes
from projects.services import plan_edits
from projects.services.commands import EditRefused, Revert
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx

IN_PANEL = 6


@require_safe
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The change sets of a program; ``?before=`` a revision gives the next page as rows."""
    actor = actors.from_request(request)
    program = _whole(actor, pk)
    before = request.GET.get("before", "")
    entries = changes.of_program(actor, program, before=int(before) if before.isdecimal() else None)
    more = entries[-1].revision if len(entries) == changes.PAGE else None
    context = {"program": program, "tab": "changes", "entries": entries, "more": more}
    template = "_items.html" if htmx.wants_fragment(request) else "list.html"
    return render(request, f"projects/changes/{template}", context)


@require_safe
def change_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest changes, for the overview."""
    actor = actors.from_request(request)
    program = _whole(actor, pk)
    entries = changes.of_program(actor, program, most=IN_PANEL)
    return render(request, "projects/changes/_panel.html", {"program": program, "entries": entries})


@require_safe
def change_detail(request: HttpRequest, pk: int, change_set: int) -> HttpResponse:
    """What one change set did, row by row."""
    actor = actors.from_request(request)
    program = _whole(actor, pk)
    found = changes.get_for(program, change_set)
    context = {"program": program, "change_set": found, "rows": changes.diff(actor, program, found)}
    return render(request, "projects/changes/_diff.html", context)


@require_POST
def change_undo(request: HttpRequest, pk: int, change_set: int) -> HttpResponse:
    """Take a change set back as a whole; 409 with the reason where that can not be."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    reason = request.POST.get("reason", "")[:1000]
    try:
        plan_edits.apply(actor=actor, program=program, commands=[Revert(change_set)], reason=reason)
    except EditRefused as refused:
        if refused.errors[0].code == "not_found":
            return HttpResponse(
                refused.errors[0].message, status=404, content_type="text/plain; charset=utf-8"
            )
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    return htmx.done(_("Taken back. What follows from it is being computed."))


def _whole(actor: Actor, pk: int) -> Program:
    """The audit names tasks of all projects: it is for those who read the whole plan."""
    program = programs.get_for(actor, pk, "plan.read")
    policies.authorize(actor, "plan.read", program)
    return program
