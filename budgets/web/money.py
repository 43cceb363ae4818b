"""The money page of a program: figures, curve, months, projects, and the lists behind them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.selectors import categories, money, procurement, revisions, rows
from budgets.web import actuals, cost_lines, formulas
from budgets.web.phasing import period_label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import charts, exports
from tpm.lib.charts import Chart, Series
from tpm.lib.exports import Column

CONTRACTS = 50


@require_GET
def program_money(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page; what is computed is a fragment of its own that follows the live stream."""
    actor, program = _opened(request, pk)
    page = rows.page(rows.contracts(actor, program), size=CONTRACTS)
    data = {
        **_computed(actor, program),
        **cost_lines.context(actor, program),
        **actuals.context(actor, program),
        **_contracts(program, page),
        "expiring": procurement.expiring(actor, program.data_date or timezone.localdate(), program),
        "tab": "money",
        "may_take_baseline": policies.holds(actor, "baseline.take", program.scope),
    }
    return render(request, "budgets/money/detail.html", data)


@require_GET
def computed(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on the page that a computation changes."""
    actor, program = _opened(request, pk)
    return render(request, "budgets/money/_computed.html", _computed(actor, program))


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Money on the program's overview: figures and curve."""
    actor, program = _opened(request, pk)
    overview = money.overview(actor, program)
    grid = money.months(actor, program)
    data = _base(actor, program) | {
        "overview": overview,
        "cards": formulas.cards(overview.cost)[:6] if overview.whole else [],
        "chart": curve_chart(program, money.curve(actor, program, grid))
        if overview.whole and grid.months
        else None,
    }
    return render(request, "budgets/money/_panel.html", data)


@require_GET
def project_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Earned value by project, as a panel."""
    actor, program = _opened(request, pk)
    data = _base(actor, program) | {"overview": money.overview(actor, program)}
    return render(request, "budgets/money/_projects.html", data)


@require_GET
def contract_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The next contracts."""
    actor, program = _opened(request, pk)
    page = rows.page(rows.contracts(actor, program), request.GET.get("after", ""), CONTRACTS)
    return render(request, "budgets/contracts/_rows.html", _contracts(program, page))


@require_GET
def month_rows(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """The rows behind one cell of the grid, for the drawer; ``cell`` is ``<project or 0>_<year>-<month>``."""
    actor, program = _opened(request, pk)
    project_id, _sign, text = cell.partition("_")
    try:
        month, number = date.fromisoformat(f"{text}-01"), int(project_id)
    except ValueError as error:
        raise Http404 from error
    project = (
        Project.objects.visible_to(actor, "budget.read").get(pk=number, program=program) if number else None
    )
    if project is None and not policies.holds(actor, "budget.read", program.scope):
        raise policies.NotAllowed("budget.read")
    found = rows.of_month(actor, program, number, month)
    data = _base(actor, program) | {"found": found, "project": project, "month": month}
    return render(request, "budgets/money/_month_rows.html", data)


@require_GET
def task_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Money of one task, for its drawer."""
    actor = actors.from_request(request)
    task, value = rows.task_value(actor, pk)
    policies.authorize(actor, "budget.read", task)
    figures = {name: getattr(value, name) for name in formulas.TASK_FIGURES} if value else {}
    data = {
        "task": task,
        "value": value,
        "lines": formulas.explained(figures),
        "currency": task.program.portfolio.currency,
        "may_edit_budget": policies.holds(actor, "budget.edit", task.scope),
    }
    return render(request, "budgets/money/_task_value.html", data)


@require_GET
def export(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """One of the page's tables as CSV or XLSX."""
    actor, program = _opened(request, pk)
    if table not in TABLES or kind not in exports.FORMATS:
        raise Http404
    columns, body = TABLES[table](actor, program)
    return exports.respond(kind, f"{program.code} {table}", columns, body)


def _opened(request: HttpRequest, pk: int) -> tuple[Actor, Program]:
    actor = actors.from_request(request)
    return actor, programs.get_for(actor, pk, "budget.read")


def _base(actor: Actor, program: Program) -> dict[str, Any]:
    return {
        "program": program,
        "currency": program.portfolio.currency,
        "may_edit_budget": programs.may_somewhere(actor, "budget.edit", program),
    }


def _computed(actor: Actor, program: Program) -> dict[str, Any]:
    overview = money.overview(actor, program)
    grid = money.months(actor, program)
    return _base(actor, program) | {
        "overview": overview,
        "cards": formulas.cards(overview.cost) if overview.whole else [],
        "explained": formulas.explained(overview.cost) if overview.whole else [],
        "grid": grid,
        "period_labels": _labels(grid),
        "chart": curve_chart(program, money.curve(actor, program, grid)) if grid.months else None,
    }


def _contracts(program: Program, page: rows.Page) -> dict[str, Any]:
    following = reverse("budgets:contract-list", args=[program.pk])
    return {
        "program": program,
        "contracts": page.rows,
        "contracts_next": f"{following}?{urlencode({'after': page.after})}" if page.after else "",
        "currency": program.portfolio.currency,
    }


def _labels(shown: money.MonthGrid | money.Curve) -> list[str]:
    """Return what the periods are called: months by name, others by fiscal year and number."""
    by_month = all(period.starts_on.day == 1 for period in shown.periods)
    return [
        formats.date_format(period.starts_on, "M y") if by_month else period_label(period)
        for period in shown.periods
    ]


def curve_chart(program: Program, curve: money.Curve, name: str = "") -> Chart:
    """Draw the S-curve of a program, or of the scope that ``name`` says."""
    labels = _labels(curve)
    series = [
        Series(_("Planned"), curve.planned, "plan"),
        Series(_("Scheduled"), curve.scheduled, "forecast"),
        Series(_("Actual"), curve.actual, "actual"),
        Series(_("Earned"), curve.earned, "earned"),
    ]
    shown = [one for one in series if any(value is not None for value in one.values)]
    return charts.line(
        title=_("Cumulative cost of %(program)s") % {"program": name or program.name},
        desc=_("Planned as agreed, scheduled as the plan stands, actual and earned up to the data date."),
        labels=labels,
        series=shown,
        unit=program.portfolio.currency,
        now=curve.now,
        width=860,
        height=280,
    )


def _project_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    overview = money.overview(actor, program)
    names = ("bac", "pv", "ev", "ac", "sv", "cv", "spi", "cpi", "eac", "vac")
    columns = [
        Column(_("Code")),
        Column(_("Project"), 40),
        Column(_("Approved")),
        *(Column(name.upper()) for name in names),
    ]
    body: list[Sequence[Any]] = [
        (
            one.code,
            one.name or _("the program itself"),
            one.approved,
            *(_plain(one.figures.get(name)) for name in names),
        )
        for one in overview.rows
    ]
    if overview.whole:
        total = overview.cost
        body.append(
            ("", _("Total"), _plain(total.get("approved")), *(_plain(total.get(name)) for name in names))
        )
    return columns, body


def _month_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    grid = money.months(actor, program)
    columns = [
        Column(_("Project"), 40),
        Column(_("Month")),
        Column(_("Planned")),
        Column(_("Scheduled")),
        Column(_("Actual")),
    ]
    body = [
        (row.name or _("the program itself"), month, cell.planned, cell.scheduled, cell.actual)
        for row in grid.rows
        for month, cell in zip(grid.months, row.cells, strict=True)
        if not cell.is_empty
    ]
    return columns, body


def _line_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    columns = [
        Column(_("Project"), 30), Column(_("Task"), 40), Column(_("What it is"), 40), Column(_("Amount")),
        Column(_("Category")), Column(_("Opex or capex")), Column(_("From"), 12), Column(_("To"), 12),
        Column(_("Currency")), Column(_("Amount in this currency")), Column(_("Rate")), Column(_("Rate of"), 12),
    ]  # fmt: skip
    names = categories.names(program.portfolio_id)
    body = (
        (
            line.project.name if line.project else "",
            line.task.name if line.task else "",
            line.name,
            line.cost,
            names.get(line.category, line.category),
            line.get_nature_display(),
            line.starts_on,
            line.ends_on,
            line.currency,
            line.original_amount,
            line.rate.rate if line.rate else None,
            line.rate.on if line.rate else None,
        )
        for line in rows.cost_lines(actor, program)
    )
    return columns, body


def _actual_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    columns = [
        Column(_("Posted on"), 12), Column(_("Amount")), Column(_("Project"), 30), Column(_("Task"), 40),
        Column(_("Category")), Column(_("Description"), 40), Column(_("Kind")), Column(_("Currency")),
        Column(_("Amount in this currency")), Column(_("Rate")), Column(_("Rate of"), 12),
    ]  # fmt: skip
    names = categories.names(program.portfolio_id)
    body = (
        (
            one.posted_on,
            one.amount,
            one.project.name if one.project else "",
            one.task.name if one.task else "",
            names.get(one.category, one.category),
            one.description,
            one.get_kind_display(),
            one.currency,
            one.original_amount,
            one.rate.rate if one.rate else None,
            one.rate.on if one.rate else None,
        )
        for one in rows.actuals(actor, program)
    )
    return columns, body


def _contract_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    columns = [
        Column(_("Supplier"), 40),
        Column(_("Supplier id")),
        Column(_("Project"), 30),
        Column(_("Description"), 60),
        Column(_("Value")),
    ]
    body = (
        (one.supplier, one.supplier_key, one.project.name if one.project else "", one.description, one.value)
        for one in rows.contracts(actor, program)
    )
    return columns, body


def _plain(value: Any) -> Decimal | None:
    """An amount or a ratio without the zeros of its column type; other values are not available."""
    return value.quantize(Decimal("0.0001")).normalize() + 0 if isinstance(value, Decimal) else None


def _budget_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    found = revisions.of_program(actor, program)
    names = ("approved", "current", "forecast", "contingency", "reserve", "committed", "spent", "left")
    heads = (
        _("Approved"), _("Current"), _("Forecast"), _("Contingency"), _("Management reserve"), _("Committed"),
        _("Spent"), _("Left"),
    )  # fmt: skip
    columns = [Column(_("Code")), Column(_("Project"), 40), *(Column(head) for head in heads)]
    body: list[Sequence[Any]] = [
        (one.code, one.name or _("the program itself"), *(getattr(one.sums, name) for name in names))
        for one in found.scopes
    ]
    body.append(("", _("Total"), *(getattr(found.total, name) for name in names)))
    return columns, body


def _category_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    """The budget in force by category and project."""
    found = revisions.of_program(actor, program)
    names = categories.names(program.portfolio_id) | {"": _("not broken down")}
    columns = [
        Column(_("Category"), 30),
        *(Column(one.code or _("program")) for one in found.scopes),
        Column(_("Total")),
    ]
    body: list[Sequence[Any]] = [
        (names.get(code, code), *(one.sums.lines.get(code) for one in found.scopes), found.total.lines[code])
        for code in found.categories
    ]
    body.append((_("Total"), *(one.sums.current for one in found.scopes), found.total.current))
    return columns, body


def _revision_rows(actor: Actor, program: Program) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    names = categories.names(program.portfolio_id) | {"": _("not broken down")}
    columns = [
        Column(_("Project"), 30), Column(_("No.")), Column(_("Kind")), Column(_("Effective"), 12), Column(_("Category")),
        Column(_("Amount")), Column(_("Contingency")), Column(_("Management reserve")), Column(_("Reason"), 40),
        Column(_("By"), 30),
    ]  # fmt: skip
    body = (
        (
            one.project.name if one.project else _("the program itself"),
            one.number,
            one.get_kind_display(),
            one.effective_on,
            names.get(line.category, line.category),
            line.amount,
            one.contingency,
            one.reserve,
            one.reason,
            str(one.change_set.actor or "") if one.change_set else "",
        )
        for one in revisions.rows(actor, program)
        for line in one.lines.all()
    )
    return columns, body


TABLES = {
    "budget": _budget_rows,
    "budget-categories": _category_rows,
    "revisions": _revision_rows,
    "projects": _project_rows,
    "months": _month_rows,
    "cost-lines": _line_rows,
    "actuals": _actual_rows,
    "contracts": _contract_rows,
}
