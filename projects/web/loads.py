"""The load of people and roles by week, as a heat map of a program and of a portfolio; the tasks behind a cell."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programs import policies
from programs.models import Portfolio, Program
from programs.selectors import portfolios, programs, resources
from projects.selectors import loads
from projects.selectors.loads import Heat
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.exports import Column

GROUPS = {
    "person": gettext_lazy("People"),
    "role": gettext_lazy("Roles"),
    "team": gettext_lazy("Teams"),
}
SIZES = {8: gettext_lazy("8 weeks"), 12: gettext_lazy("12 weeks"), 26: gettext_lazy("26 weeks")}


@require_safe
def program_load(request: HttpRequest, pk: int) -> HttpResponse:
    """The resources that a program may use; what they have to do in other programs counts too."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    chosen = _chosen(request.GET, program.data_date)
    heat = loads.heat(
        actor,
        program.portfolio,
        first=chosen["first"],
        weeks=chosen["weeks"],
        program=program,
        by=chosen["by"],
    )
    here = reverse("projects:program-load", args=[pk])
    context = _shown(actor, heat, chosen, here, program.portfolio) | {
        "program": program,
        "tab": "resources",
        "topics": f"program:{pk}",
        "may_edit": policies.holds(actor, "resource.edit", program.scope),
        "cells": reverse("projects:load-cell", args=[pk, "0"]),
        "export": reverse("projects:load-export", args=[pk, "csv"]).removesuffix("csv"),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/loads/{'_heat' if part else 'program'}.html", context)


@require_safe
def portfolio_load(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody in the programs of a portfolio that the reader sees."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    chosen = _chosen(request.GET, _known_until(actor, portfolio))
    heat = loads.heat(actor, portfolio, first=chosen["first"], weeks=chosen["weeks"], by=chosen["by"])
    here = reverse("projects:portfolio-load", args=[pk])
    context = _shown(actor, heat, chosen, here, portfolio) | {
        "portfolio": portfolio,
        "topics": "",
        "cells": reverse("projects:portfolio-load-cell", args=[pk, "0"]),
        "export": reverse("projects:portfolio-load-export", args=[pk, "csv"]).removesuffix("csv"),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/loads/{'_heat' if part else 'portfolio'}.html", context)


@require_safe
def load_cell(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """The tasks behind a cell of a program's map; ``cell`` is ``<resource>_<Monday>``."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    return _behind(request, actor, program.portfolio, cell)


@require_safe
def portfolio_load_cell(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """The same of a portfolio's map."""
    actor = actors.from_request(request)
    return _behind(request, actor, portfolios.readable(actor, pk, "plan.read"), cell)


@require_safe
def load_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The map of a program as CSV or XLSX: a row for each resource and week."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    chosen = _chosen(request.GET, program.data_date)
    heat = loads.heat(
        actor,
        program.portfolio,
        first=chosen["first"],
        weeks=chosen["weeks"],
        program=program,
        by=chosen["by"],
    )
    return _file(kind, f"{program.code} load", heat)


@require_safe
def portfolio_load_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The map of a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    chosen = _chosen(request.GET, _known_until(actor, portfolio))
    heat = loads.heat(actor, portfolio, first=chosen["first"], weeks=chosen["weeks"], by=chosen["by"])
    return _file(kind, f"{portfolio.name} load", heat)


def _behind(request: HttpRequest, actor: Actor, portfolio: Portfolio, cell: str) -> HttpResponse:
    number, _sign, text = cell.partition("_")
    try:
        week = loads.monday(date.fromisoformat(text))
    except ValueError as error:
        raise Http404 from error
    if not number.isdecimal() or len(number) > 15:
        raise Http404
    resource = resources.get_for(actor, int(number))
    if resource.portfolio_id != portfolio.pk:
        raise Http404
    shares, found = loads.behind(actor, resource, portfolio, week)
    context = {
        "resource": resource,
        "week": week,
        "last": week + timedelta(days=6),
        "shares": shares,
        "cell": found,
        "partial": not policies.holds(actor, "plan.read", portfolio.scope),
    }
    return render(request, "projects/loads/_cell.html", context)


def _known_until(actor: Actor, portfolio: Portfolio) -> date | None:
    """The earliest data date of the programs that the reader sees: nothing later is left out."""
    rows = Program.objects.visible_to(actor, "plan.read").filter(portfolio=portfolio, archived_at=None)
    return min((day for day in rows.values_list("data_date", flat=True) if day), default=None)


def _chosen(query: QueryDict, known: date | None) -> dict[str, Any]:
    """Read the address: the first week, how many, and what a line is. The map begins in the week after the data date."""
    default = loads.monday(known + timedelta(days=3)) if known else loads.monday(timezone.localdate())
    try:
        first = loads.monday(date.fromisoformat(query.get("from", "")))
    except ValueError:
        first = default
    first = min(max(first, date(1990, 1, 1)), date(2190, 1, 1))
    given = query.get("weeks", "")
    weeks = int(given) if given in {str(n) for n in SIZES} else 12
    by = query.get("by", "") if query.get("by") in GROUPS else "person"
    return {"first": first, "default": default, "weeks": weeks, "by": by}


def _shown(
    actor: Actor, heat: Heat, chosen: dict[str, Any], here: str, portfolio: Portfolio
) -> dict[str, Any]:
    def address(**new: Any) -> str:
        given = {"from": chosen["first"], "weeks": chosen["weeks"], "by": chosen["by"]} | new
        plain = {"from": chosen["default"], "weeks": 12, "by": "person"}
        return "?" + urlencode({name: value for name, value in given.items() if value != plain[name]})

    step = timedelta(weeks=chosen["weeks"])
    return {
        "heat": heat,
        "by": chosen["by"],
        "here": here,
        "query": address(),
        "anything": any(line.load for line in heat.lines),
        "groups": [(name, label, address(by=name), name == chosen["by"]) for name, label in GROUPS.items()],
        "sizes": [(label, address(weeks=n), n == chosen["weeks"]) for n, label in SIZES.items()],
        "before": address(**{"from": chosen["first"] - step}),
        "after": address(**{"from": chosen["first"] + step}),
        "over": sum(line.over > 0 for line in heat.lines),
        "partial": not policies.holds(actor, "plan.read", portfolio.scope),
    }


def _file(kind: str, title: str, heat: Heat) -> HttpResponse:
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Resource"), 30), Column(_("Role")), Column(_("Team")), Column(_("Week of"), 12), Column(_("Load, hours")),
        Column(_("Of that in other programs, hours")), Column(_("Capacity, hours")), Column(_("Load, %")), Column(_("Over-allocated")),
    ]  # fmt: skip
    rows = (
        (
            line.name or _("without"), line.resource.role if line.resource else "", line.resource.team if line.resource else "",
            cell.week, round(cell.load / 60, 2), round(cell.elsewhere / 60, 2), round(cell.capacity / 60, 2), cell.percent,
            _("yes") if cell.is_over else "",
        )
        for line in heat.lines
        for cell in line.cells
    )  # fmt: skip
    return exports.respond(kind, title, columns, rows)
