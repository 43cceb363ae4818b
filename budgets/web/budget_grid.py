"""The budget grid in the browser: the page, its table as a fragment, the rows behind a cell."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.engine.periods import period_of
from budgets.models import CostLine
from budgets.selectors import budget_grid, commitments, periods, rows
from budgets.selectors.budget_grid import MODES, WINDOW, BudgetGrid
from budgets.web.cash_flow import labels
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.templatetags.tpm_ui import money


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page."""
    actor, program = _opened(request, pk)
    data = _table(request, actor, program)
    data["projects"] = rows.projects_for(actor, program, "budget.read")
    data["words"] = _words()
    return render(request, "budgets/grid/page.html", data)


@require_GET
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table alone, after an edit."""
    actor, program = _opened(request, pk)
    return render(request, "budgets/grid/_table.html", _table(request, actor, program))


@require_GET
def behind(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """The rows behind a cell, for the drawer; ``cell`` is ``<mode>_<key of the row>_<first day of the period>``."""
    actor, program = _opened(request, pk)
    mode, _sign, rest = cell.partition("_")
    key, _sign, text = rest.rpartition("_")
    try:
        month = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    kind, _sign, named = key.partition("-")
    number, _sign, category = named.partition("-")
    if mode not in MODES or kind not in ("line", "group") or not number.isdecimal() or len(number) > 18:
        raise Http404
    scope: dict[str, Any] = {"program": program, "project_id": int(number) or None, "category": category}
    if kind == "line":
        line = CostLine.objects.visible_to(actor).get(program=program, pk=int(number))
        scope |= {"project_id": line.project_id, "category": line.category}
    found = rows.in_period(actor, program, scope, month)
    plan = [one for one in found.lines if kind == "group" or one.line.pk == int(number)]
    rule = periods.rule_of(program.portfolio_id)
    start = period_of(rule, month).starts_on
    scope.pop("category")
    let = [
        one
        for one in commitments.of(actor, rule, **scope)
        if one.month == start and one.category == (category if kind == "group" else line.category)
    ]
    data = {
        "program": program,
        "project": None,
        "title": line.name if kind == "line" else "",
        "month": month,
        "mode": mode,
        "currency": program.portfolio.currency,
        "found": {
            "lines": plan,
            "plan": sum((one.part for one in plan), Decimal(0)),
            "commitments": let,
            "committed": sum((one.amount for one in let), Decimal(0)),
            "actuals": found.actuals,
            "actual": found.actual,
        },
    }
    return render(request, "budgets/cash_flow/_behind.html", data)


def _opened(request: HttpRequest, pk: int) -> tuple[Actor, Program]:
    actor = actors.from_request(request)
    return actor, programs.get_for(actor, pk, "budget.read")


def whole(request: HttpRequest, pk: int) -> tuple[Actor, Program, BudgetGrid]:
    """Return who asks, the program, and the grid that is asked for with all of its rows."""
    actor, program = _opened(request, pk)
    mode, project = _asked(request, actor, program)
    year = _number(request, "year")
    return (
        actor,
        program,
        budget_grid.grid(actor, program, mode=mode, project=project, year=year, size=100_000),
    )


def _asked(request: HttpRequest, actor: Actor, program: Program) -> tuple[str, Project | None]:
    mode, number = request.GET.get("mode", "plan"), _number(request, "project")
    if mode not in MODES:
        raise Http404
    if not number:
        return mode, None
    return mode, Project.objects.visible_to(actor, "budget.read").get(pk=number, program=program)


def _table(request: HttpRequest, actor: Actor, program: Program) -> dict[str, Any]:
    mode, project = _asked(request, actor, program)
    number, year, offset = (_number(request, name) for name in ("project", "year", "offset"))
    grid = budget_grid.grid(actor, program, mode=mode, project=project, year=year, offset=offset or 0)

    def address(**changed: Any) -> str:
        now = {"mode": mode, "project": number or "", "year": grid.year, "offset": offset or ""} | changed
        return "?" + urlencode({name: value for name, value in now.items() if value})

    days = [one.starts_on.isoformat() for one in grid.periods]
    following, previous = grid.offset + WINDOW, max(0, grid.offset - WINDOW)
    modes = {"plan": _("Plan"), "committed": _("Committed"), "actual": _("Actual"), "forecast": _("Forecast")}
    return {
        "program": program,
        "project": project,
        "tab": "money",
        "currency": program.portfolio.currency,
        "grid": grid,
        "labels": labels(grid.periods),
        "here": address(),
        "shown": [(row, _written(row.cells[1:-1], days)) for row in grid.rows],
        "modes": [(name, word, address(mode=name, offset="")) for name, word in modes.items()],
        "all_projects": address(project="", offset=""),
        "year_before": address(year=grid.year - 1) if grid.year - 1 in grid.years else "",
        "year_after": address(year=grid.year + 1) if grid.year + 1 in grid.years else "",
        "rows_before": address(offset=previous or "") if grid.offset else "",
        "rows_after": address(offset=following) if following < grid.count else "",
        "last": min(following, grid.count),
        "span": _span(grid),
    }


def _written(cells: list[Decimal], days: list[str]) -> list[tuple[str, Decimal, str]]:
    """Return day, amount and what is shown of it (nothing for nothing); formatted here, for a template would take its time."""
    return [(day, cell, money(cell) if cell else "") for day, cell in zip(days, cells, strict=True)]


def _span(grid: BudgetGrid) -> str:
    first, last = grid.periods[0].starts_on, grid.periods[-1].ends_on
    return f"{formats.date_format(first, 'M Y')} – {formats.date_format(last, 'M Y')}"


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)


def _words() -> dict[str, str]:
    """What the element says."""
    return {
        "not_amount": _("“{text}” is no amount such as 1250.50."),
        "locked.labour": _("This line is computed from assignments and rate cards."),
        "locked.task": _("This line follows its task; its cost moves with the plan."),
        "locked.foreign": _("This line is kept in another currency; phase it in the list of cost lines."),
        "locked.rights": _("You may not change the budget of this project."),
        "locked.computed": _("These figures are computed; the mode “Plan” is the one that is typed into."),
        "outside": _("The block does not fit: it reaches beyond the cells that are typed into."),
        "saved": _("{n} cells saved."),
        "undone": _("Taken back."),
        "nothing": _("There is nothing to take back."),
        "failed": _("The server can not be reached. Nothing was saved."),
        "refused": _("Nothing was saved: {why}"),
        "cell": _("{row}, {column}: {why}"),
    }
