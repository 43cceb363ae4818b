"""Changes: the audit of a program, newest first, with before and after, and the way back."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
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
from tpm.lib import exports, htmx
from tpm.lib.exports import Column

IN_PANEL = 6
EXPORTED = 5000  # the newest


@require_safe
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The change sets of a program; ``?before=`` a revision gives the next page as rows."""
    actor = actors.from_request(request)
    program = _whole(actor, pk)
    before, which = request.GET.get("before", ""), _which(request)
    entries = changes.of_program(
        actor, program, which=which, before=int(before) if before.isdecimal() else None
    )
    more = entries[-1].revision if len(entries) == changes.PAGE else None
    context = {"program": program, "tab": "changes", "entries": entries, "more": more, "which": which}
    context["query"] = _query(which)
    if before and htmx.wants_fragment(request):
        return render(request, "projects/changes/_items.html", context)
    context["people"], context["kinds"] = changes.choices(actor, program)
    return render(request, "projects/changes/list.html", context)


@require_safe
def change_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The change sets as a file, the newest first, as far as the filter of the page says."""
    actor = actors.from_request(request)
    program = _whole(actor, pk)
    if kind not in exports.FORMATS:
        raise Http404
    entries = changes.of_program(actor, program, which=_which(request), most=EXPORTED)
    columns = [
        Column(_("Revision")), Column(_("When"), 20), Column(_("Who"), 24), Column(_("How"), 16), Column(_("What"), 30),
        Column(_("Rows"), 40), Column(_("Reason"), 60),
    ]  # fmt: skip
    rows = (
        (
            one.revision, one.change_set.at, str(one.change_set.actor or _("the system")),
            changes.door(one.change_set.via), one.title, ", ".join(one.counts), one.change_set.reason,
        )
        for one in entries
    )  # fmt: skip
    return exports.respond(kind, f"{program.code} changes", columns, rows)


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


def _which(request: HttpRequest) -> changes.Which:
    person = request.GET.get("person", "")
    known = int(person) if person.isdecimal() and len(person) < 19 else None
    return changes.Which(known, request.GET.get("kind", "")[:64])


def _query(which: changes.Which) -> str:
    """Return the filter as it stands in an address."""
    person = "" if which.person is None else str(which.person)
    return urlencode({name: value for name, value in (("person", person), ("kind", which.kind)) if value})


def _whole(actor: Actor, pk: int) -> Program:
    """The audit names tasks of all projects: it is for those who read the whole plan."""
    program = programs.get_for(actor, pk, "plan.read")
    policies.authorize(actor, "plan.read", program)
    return program
