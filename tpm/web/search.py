"""Search, or jump: portfolios, programs, projects, tasks and risks that this person may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs.models import Portfolio, Program
from projects.models import Project, Task
from risks.models import Risk
from tpm.accounts import actors
from tpm.accounts.actors import Actor

MOST = 7  # of each kind


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """JSON for the palette, a page for everybody else."""
    query = request.GET.get("q", "").strip()[:100]
    found = results(actors.from_request(request), query) if query else []
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"results": found})
    return render(request, "tpm/search.html", {"query": query, "results": found})


def results(actor: Actor, query: str) -> list[dict[str, Any]]:
    """Return what matches all words of the query, at most seven of each kind: five queries."""
    found: list[dict[str, Any]] = []
    for portfolio in _matching(Portfolio.objects.visible_to(actor), query, "name"):
        found.append(
            _item(portfolio.name, "portfolio", _("Portfolios"), "programs:portfolio-detail", portfolio.pk)
        )
    for program in _matching(
        Program.objects.visible_to(actor).select_related("portfolio"), query, "name", "code"
    ):
        hint = f"{program.code} · {program.portfolio.name}"
        found.append(
            _item(program.name, "program", _("Programs"), "programs:program-detail", program.pk, hint)
        )
    for project in _matching(
        Project.objects.visible_to(actor).select_related("program"), query, "name", "code"
    ):
        url = "projects:program-plan"
        found.append(
            _item(project.name, "project", _("Projects"), url, project.program_id, project.program.name)
        )
    tasks = Task.objects.visible_to(actor).select_related("program")
    for task in _matching(tasks, query, "name"):
        kind = "milestone" if task.is_milestone else "task"
        one = _item(task.name, kind, _("Tasks"), "projects:program-plan", task.program_id, task.program.name)
        found.append(one | {"url": f"{one['url']}?task={task.pk}"})
    risks = Risk.objects.visible_to(actor).select_related("program")
    for risk in _matching(risks, query, "title"):
        found.append(
            _item(risk.title, "risk", _("Risks"), "risks:program-risks", risk.program_id, risk.program.name)
        )
    return [one for one in found if one["url"]]


def _matching(rows: QuerySet[Any], query: str, *fields: str) -> QuerySet[Any]:
    for word in query.split()[:6]:
        condition = Q()
        for name in fields:
            condition |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(condition)
    return rows.order_by(fields[0], "pk")[:MOST]


def _item(label: str, type_: str, kind: str, url: str, pk: int, hint: str = "") -> dict[str, Any]:
    try:
        address = reverse(url, args=[pk])
    except NoReverseMatch:
        address = ""
    return {"label": label, "type": type_, "kind": kind, "url": address, "hint": hint}
