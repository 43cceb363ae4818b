"""Earned value in depth: by scope with drill-down, over the data dates, with its flags; how a task earns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.importers import earning_rules
from budgets.models import EacMethod, Rule
from budgets.selectors import cost_quality, earned_value, earning_rows, money, rows
from budgets.services import earnings
from budgets.web import formulas
from budgets.web.approval_policies import readable_portfolio
from budgets.web.formulas import Explained
from budgets.web.money import curve_chart
from budgets.web.pickers import TaskField, label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from programs.selectors.readings import Past, Value
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import charts, exports
from tpm.lib.charts import Chart, Series
from tpm.lib.exports import Column
from tpm.lib.forms import add_errors

TABLE = ("bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi", "eac", "vac", "tcpi", "sv_t", "spi_t")
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("Now"), ("bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi")),
    (
        gettext_lazy("At completion"),
        (
            "eac",
            "eac_cpi",
            "eac_budget_rate",
            "eac_cpi_spi",
            "eac_bottom_up",
            "etc",
            "etc_open",
            "vac",
            "tcpi",
            "tcpi_eac",
        ),
    ),
    (
        gettext_lazy("In time (fiscal periods)"),
        ("es", "elapsed", "planned_duration", "sv_t", "spi_t", "ieac_t"),
    ),
)
FLAGS = {
    "cost_without_plan": (
        gettext_lazy("Cost without plan"),
        gettext_lazy("Postings on tasks that have no budget: they pull CPI down though nobody planned them."),
    ),
    "progress_without_cost": (
        gettext_lazy("Progress without cost"),
        gettext_lazy(
            "Tasks that have earned value though nothing was posted on them: CPI looks better than it is."
        ),
    ),
    "actuals_after_data_date": (
        gettext_lazy("Actual cost after the data date"),
        gettext_lazy("Postings that no figure counts yet."),
    ),
    "labour_without_rate": (
        gettext_lazy("Work without a rate"),
        gettext_lazy(
            "Assigned work for which no rate card holds on its days: it costs nothing yet. See Labour."
        ),
    ),
    "level_of_effort": (
        gettext_lazy("Level of effort over 15 %"),
        gettext_lazy(
            "Work that earns as time passes hides what is late. Cost lines with dates of their own are part of it."
        ),
    ),
}


class EarningForm(forms.Form):
    rule = forms.ChoiceField(label=gettext_lazy("Earns by"), choices=Rule.choices)
    base = TaskField(label=gettext_lazy("Apportioned to"), required=False)
    weight = forms.IntegerField(
        label=gettext_lazy("Weight as a milestone"),
        min_value=0,
        max_value=earnings.MOST_WEIGHT,
        required=False,
    )
    is_control_account = forms.BooleanField(label=gettext_lazy("Control account"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Row:
    """A line of a table, each figure with its formula."""

    line: earned_value.Line
    url: str
    cells: list[Explained]


@require_GET
def program_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page of one scope; what is computed is a fragment of its own that follows the live stream."""
    return _answer(request, pk, "budgets/earned_value/detail.html")


@require_GET
def computed(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on the page that a computation changes."""
    return _answer(request, pk, "budgets/earned_value/_computed.html")


@require_GET
def export(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """The parts of a scope, or its history, as CSV or XLSX."""
    actor, program, scope, at = _opened(request, pk)
    if table not in ("scopes", "accounts", "history", "rules") or kind not in exports.FORMATS:
        raise Http404
    if table == "rules":
        return _rules(actor, program, kind)
    found = earned_value.page(actor, program, scope, at, 400)
    heads = [Column(f"{formulas.FIGURES[key][0]}") for key in earned_value.KEYS]
    body: list[Sequence[Any]]
    if table in ("scopes", "accounts"):
        columns = [Column(_("Scope")), Column(_("Name"), 40), *heads]
        body = [(scope.key, scope.name, *plain_values(found.figures))]
        lines = found.lines if table == "scopes" else found.accounts
        body += [(line.key, line.name, *plain_values(line.figures)) for line in lines]
    else:
        columns = [Column(_("Data date"), 12), Column(_("Revision")), *heads]
        body = [
            (past.data_date, past.figures.revision, *plain_values(past.figures.cost))
            for past in found.history
        ]
    return exports.respond(kind, f"{program.code} earned value {scope.key} {table}", columns, body)


def _rules(actor: Actor, program: Program, kind: str) -> HttpResponse:
    """The earning rules of all visible tasks, as the import takes them."""
    columns = [Column(name, 30 if name == "name" else 16) for name in earning_rules.COLUMNS]
    return exports.respond(kind, f"{program.code} earning rules", columns, earning_rows.table(actor, program))


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the estimate at completion that the program goes by."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, "budget.edit", program)
    try:
        earnings.choose(actor=actor, program=program, method=request.POST.get("method", ""))
    except ValidationError:
        return HttpResponse(_("Choose one of the estimates."), status=422, content_type="text/plain")
    return redirect("budgets:earned-value", pk)


@require_http_methods(["GET", "POST"])
def task_earning(request: HttpRequest, pk: int) -> HttpResponse:
    """How a task earns, in its drawer."""
    actor = actors.from_request(request)
    task, _value = rows.task_value(actor, pk)
    policies.authorize(actor, "budget.edit", task)
    row = earnings.of(task)
    given = {"rule": row.rule, "base": label(row.base), "weight": row.weight, "version": row.version}
    form = EarningForm(request.POST or None, initial=given | {"is_control_account": row.is_control_account})
    url = reverse("budgets:task-options", args=[task.program_id])
    form.fields["base"].bind_to(actor, task.program, url)  # type: ignore[attr-defined]
    form.fields["base"].widget.attrs["list"] = "earning-options"
    form.fields["base"].widget.attrs["hx-target"] = "#earning-options"
    saved = False
    if request.method == "POST" and form.is_valid():
        new = {name: form.cleaned_data[name] for name in ("rule", "base", "is_control_account", "version")}
        if form.cleaned_data["weight"] is not None:
            new["weight"] = form.cleaned_data["weight"]
        try:
            row = earnings.put(actor=actor, task=task, **new)
            saved = True
            form = EarningForm(initial=form.cleaned_data | {"base": label(row.base), "version": row.version})
            form.fields["base"].bind_to(actor, task.program, url)  # type: ignore[attr-defined]
        except ValidationError as wrong:
            add_errors(form, wrong)
    status = 422 if form.errors else 200
    return render(
        request,
        "budgets/earned_value/_earning.html",
        {"task": task, "form": form, "saved": saved},
        status=status,
    )


@require_GET
def portfolio_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Programs side by side, and their sum."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    found = earned_value.of_portfolio(actor, portfolio)
    data = {
        "portfolio": portfolio,
        "found": found,
        "groups": _groups({**found.figures, "eac_method": "sum"}),
        "heads": [formulas.FIGURES[key][:2] for key in TABLE],
        "rows": [(one, _cells(figures)) for one, figures in found.lines],
        "currency": portfolio.currency,
    }
    return render(request, "budgets/earned_value/portfolio.html", data)


def _opened(request: HttpRequest, pk: int) -> tuple[Actor, Program, earned_value.Scope, date | None]:
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    try:
        scope = earned_value.scope_of(actor, program, request.GET.get("scope", ""))
        at = parse_date(request.GET["at"]) if request.GET.get("at") else None
    except ValueError as wrong:
        raise Http404 from wrong
    return actor, program, scope, at


def _answer(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    actor, program, scope, at = _opened(request, pk)
    found = earned_value.page(actor, program, scope, at)
    grid = money.months(actor, program)
    whole = policies.holds(actor, "budget.read", program.scope)
    drawn = grid.months and (
        scope.kind == earned_value.PROJECT or (scope.kind == earned_value.PROGRAM and whole)
    )
    query = {"scope": scope.key} | ({"at": at.isoformat()} if at else {})
    here = reverse("budgets:earned-value", args=[program.pk])
    data = {
        "program": program,
        "tab": "money",
        "currency": program.portfolio.currency,
        "found": found,
        "scope": scope,
        "query": urlencode(query),
        "path": [(f"{here}?{urlencode({'scope': key})}", name) for key, name in scope.above],
        "groups": _groups({**found.figures, "eac_method": found.method}),
        "heads": [formulas.FIGURES[key][:2] for key in TABLE],
        "rows": [_row(line, here, found.method) for line in found.lines],
        "accounts": [_row(line, here, found.method) for line in found.accounts],
        "chart": curve_chart(program, money.curve(actor, program, grid, scope.project_id), scope.name)
        if drawn
        else None,
        "indexes": _indexes(found.history, scope.name),
        "flags": _flags(actor, program, found, at) if scope.kind != earned_value.TASK else [],
        "methods": EacMethod.choices,
        "may_edit_budget": policies.holds(actor, "budget.edit", program.scope),
    }
    return render(request, template, data)


def _row(line: earned_value.Line, here: str, method: str) -> Row:
    url = f"{here}?{urlencode({'scope': line.key})}" if line.has_parts else ""
    return Row(line, url, _cells({**line.figures, "eac_method": method}))


def _cells(figures: Mapping[str, Value]) -> list[Explained]:
    return [formulas.one(key, figures) for key in TABLE]


def _groups(figures: Mapping[str, Value]) -> list[tuple[Any, list[Explained]]]:
    if figures.get("bac") is None:
        return []
    return [(name, [formulas.one(key, figures) for key in keys]) for name, keys in GROUPS]


def _flags(actor: Actor, program: Program, found: earned_value.Page, at: date | None) -> list[dict[str, Any]]:
    if at:
        return []
    flags = cost_quality.flags(actor, program, found.figures, found.scope.project_id)
    return [
        {"flag": flag, "name": FLAGS[flag.code][0], "why": FLAGS[flag.code][1]}
        for flag in flags
        if flag.is_raised
    ]


def _indexes(history: Sequence[Past], name: str) -> Chart | None:
    if len(history) < 2:
        return None
    series = [
        Series(key.upper(), [past.figures.number(f"cost.{key}") for past in history], role)
        for key, role in (("cpi", "actual"), ("spi", "earned"))
    ]
    series.append(Series("SPI(t)", [past.figures.number("cost.spi_t") for past in history], "forecast"))
    shown = [one for one in series if any(value is not None for value in one.values)]
    if not shown:
        return None
    shown.append(Series(_("as planned"), [Decimal(1)] * len(history), "plan"))
    return charts.line(
        title=_("Performance of %(name)s over its data dates") % {"name": name},
        desc=_("Above 1 is better than planned."),
        labels=[formats.date_format(past.data_date, "j M y") for past in history],
        series=shown,
        decimals=2,
        width=860,
        height=240,
    )


def plain_values(figures: Mapping[str, Value]) -> list[Decimal | None]:
    """Return figures in the order of their keys for a file; what is no number is not available."""
    found = (figures.get(key) for key in earned_value.KEYS)
    return [
        value.quantize(Decimal("0.0001")).normalize() + 0 if isinstance(value, Decimal) else None
        for value in found
    ]
