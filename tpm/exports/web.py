"""The page from which a plan is taken to other tools: what to take, what gets lost, the file."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.exports import doors
from tpm.lib import exports

TONES = {"error": "bad", "warning": "watch", "info": ""}


@require_safe
def plan_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the whole program or one project; the loss report of the choice follows by itself."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    chosen = doors.of_text(actor, program, request.GET.get("project", ""))
    projects = Project.objects.visible_to(actor).filter(program=program).order_by("position", "pk")
    context = {"program": program, "tab": "plan", "projects": projects, "chosen": chosen}
    return render(request, "tpm/exports/plan.html", context)


@require_safe
def plan_losses(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file can not hold."""
    try:
        made = doors.make(actors.from_request(request), pk, request.GET.get("project", ""))
    except doors.TooLarge:
        return render(request, "tpm/exports/_losses.html", {"too_large": doors.MOST})
    losses = [{"entry": entry, "tone": TONES[entry.severity.value]} for entry in made.losses]
    context = {"losses": losses, "tasks": len(made.plan.tasks), "revision": made.revision}
    return render(request, "tpm/exports/_losses.html", context)


@require_safe
def plan_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file."""
    actor, project = actors.from_request(request), request.GET.get("project", "")
    exports.allow(doors.size(actor, pk, project))
    try:
        return doors.answer(doors.make(actor, pk, project))
    except doors.TooLarge:
        return redirect("exports:plan-export", pk)
