"""Cash flow and burn: of a project, a program, a portfolio; the rows behind a period; downloads."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.engine.periods import Period
from budgets.selectors import cash_flow, rows
from budgets.selectors.cash_flow import CashFlow
from budgets.web.approval_policies import readable_portfolio
from budgets.web.phasing import period_label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import charts, exports
from tpm.lib.charts import Series
from tpm.lib.exports import Column


@require_GET
def program_flow(request: HttpRequest, pk: int) -> HttpResponse:
    """The flow of a program, or (``?project=``) of one of its projects."""
    actor, program, project = _opened(request, pk)
    found = cash_flow.of_program(actor, program, project)
    data = _shown(found, project.name if project else program.name, program.portfolio.currency) | {
        "program": program,
        "project": project,
        "projects": rows.projects_for(actor, program, "budget.read"),
        "whole": policies.holds(actor, "budget.read", program.scope),
        "tab": "money",
    }
    return render(request, "budgets/cash_flow/program.html", data)


@require_GET
def portfolio_flow(request: HttpRequest, pk: int) -> HttpResponse:
    """The flow of all programs of a portfolio whose money the reader sees."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    data = _shown(cash_flow.of_portfolio(actor, portfolio), portfolio.name, portfolio.currency)
    return render(request, "budgets/cash_flow/portfolio.html", data | {"portfolio": portfolio})


@require_GET
def behind(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """The rows behind a period, for the drawer; ``cell`` is ``<project or 0>_<first day>``."""
    number, _sign, text = cell.partition("_")
    try:
        month = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    actor, program, project = _opened(request, pk, "" if number == "0" else number)
    data = {
        "program": program,
        "project": project,
        "month": month,
        "currency": program.portfolio.currency,
        "found": cash_flow.behind(actor, program, project, month),
    }
    return render(request, "budgets/cash_flow/_behind.html", data)


@require_GET
def program_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The table of a program or project as a file."""
    actor, program, project = _opened(request, pk)
    found = cash_flow.of_program(actor, program, project)
    return _download(kind, f"{(project or program).code} cash flow", found)


@require_GET
def portfolio_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The table of a portfolio as a file."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    return _download(kind, f"{portfolio.name} cash flow", cash_flow.of_portfolio(actor, portfolio))


def labels(spanned: Sequence[Period]) -> list[str]:
    """Return what periods are called: months by name, others by fiscal year and number."""
    by_month = all(one.starts_on.day == 1 for one in spanned)
    return [formats.date_format(one.starts_on, "M y") if by_month else period_label(one) for one in spanned]


def _opened(
    request: HttpRequest, pk: int, number: str | None = None
) -> tuple[Actor, Program, Project | None]:
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    number = request.GET.get("project", "") if number is None else number
    if not number:
        return actor, program, None
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    project = Project.objects.visible_to(actor, "budget.read").get(pk=int(number), program=program)
    return actor, program, project


def _shown(found: CashFlow, name: str, currency: str) -> dict[str, Any]:
    named = labels(found.periods)
    data: dict[str, Any] = {"found": found, "currency": currency, "chart": None, "burn_chart": None}
    data["lines"] = list(zip(found.periods, named, found.flows, found.running, strict=True))
    if not found.periods:
        return data
    roles = {"plan": "plan", "committed": "approved", "actual": "actual", "forecast": "forecast"}
    words = {"plan": _("Plan"), "committed": _("Committed"), "actual": _("Actual"), "forecast": _("Forecast")}

    def series(flows: Sequence[cash_flow.Flow]) -> list[Series]:
        return [Series(words[key], [getattr(one, key) for one in flows], role) for key, role in roles.items()]

    size = {"unit": currency, "width": 560, "height": 240}
    data["chart"] = charts.line(
        title=_("Cumulative cash flow of %(name)s") % {"name": name},
        labels=named,
        series=series(found.running),
        **size,  # type: ignore[arg-type]
    )
    data["burn_chart"] = charts.line(
        title=_("Burn of %(name)s by period") % {"name": name},
        labels=named,
        series=series(found.flows),
        **size,  # type: ignore[arg-type]
    )
    return data


def _download(kind: str, title: str, found: CashFlow) -> HttpResponse:
    if kind not in exports.FORMATS:
        raise Http404
    return exports.respond(kind, title, *_table(found))


def _table(found: CashFlow) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    heads = (
        _("From"), _("To"), _("Plan"), _("Committed"), _("Actual"), _("Forecast"), _("Plan, cumulative"),
        _("Committed, cumulative"), _("Actual, cumulative"), _("Forecast, cumulative"),
    )  # fmt: skip
    body = [
        (
            one.starts_on,
            one.ends_on,
            *(getattr(flow, name) for name in cash_flow.FIGURES),
            *(getattr(running, name) for name in cash_flow.FIGURES),
        )
        for one, flow, running in zip(found.periods, found.flows, found.running, strict=True)
    ]
    return [Column(head) for head in heads], body
