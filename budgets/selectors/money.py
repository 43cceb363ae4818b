"""A program's money as its page shows it: figures, projects side by side, months, the curve."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budgets.engine.periods import Period, period_of
from budgets.models import Budget, PeriodValue
from budgets.selectors import periods
from programs import policies
from programs.models import Program
from programs.selectors import readings
from programs.selectors.readings import NO_FIGURES, Figures
from projects.models import Project
from tpm.accounts.actors import Actor

ZERO = Decimal(0)
ADDITIVE = ("approved", "bac", "pv", "ev", "ac", "sv", "cv")


@dataclass(frozen=True)
class ScopeMoney:
    """One project (id 0: what belongs to the program itself), its approved budget and its figures (``cost.*``).

    ``figures`` holds the words after ``cost.``: bac, pv, ev, ac, sv, cv, spi, cpi, eac, vac, etc, tcpi.
    """

    project_id: int
    name: str
    code: str
    figures: dict[str, readings.Value]
    budget: Budget | None = None

    @property
    def approved(self) -> Decimal | None:
        return self.budget.approved if self.budget else None


@dataclass(frozen=True)
class Overview:
    """``whole``: the actor reads the money of the whole program, not of some projects only. Totals are the program's."""

    whole: bool
    total: Figures
    rows: list[ScopeMoney]

    @property
    def cost(self) -> dict[str, readings.Value]:
        return self.total.cost


def overview(actor: Actor, program: Program) -> Overview:
    """Return the program's figures and those of its projects: four queries."""
    whole = policies.holds(actor, "budget.read", program.scope)
    total = readings.for_programs(actor, [program.pk]).get(program.pk, NO_FIGURES)
    by_project = readings.for_projects(actor, program.pk)
    projects = (
        Project.objects.visible_to(actor, "budget.read").filter(program=program).order_by("position", "pk")
    )
    budgets = {row.project_id or 0: row for row in Budget.objects.visible_to(actor).filter(program=program)}
    rows = [
        ScopeMoney(one.pk, one.name, one.code, by_project.get(one.pk, NO_FIGURES).cost, budgets.get(one.pk))
        for one in projects
    ]
    if whole:
        rows += _own(rows, total.cost, budgets.get(0))
    return Overview(whole, total, rows)


def _own(
    rows: Sequence[ScopeMoney], total: dict[str, readings.Value], budget: Budget | None
) -> list[ScopeMoney]:
    """Return the program's own line: what its total has more than its projects; none if there is nothing."""
    own: dict[str, readings.Value] = {}
    for name in ADDITIVE[1:]:
        whole = total.get(name)
        if isinstance(whole, Decimal):
            own[name] = whole - sum((_number(row.figures.get(name)) for row in rows), ZERO)
    if budget is None and not any(own.values()):
        return []
    return [ScopeMoney(0, "", "", own, budget)]


def _number(value: readings.Value) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


@dataclass
class Cell:
    """Planned (as agreed), scheduled (as the plan stands) and actual cost; of one month, or a total."""

    month: date | None = None
    planned: Decimal = ZERO
    scheduled: Decimal = ZERO
    actual: Decimal = ZERO

    def add(self, row: PeriodValue) -> None:
        self.planned += row.planned
        self.scheduled += row.scheduled
        self.actual += row.actual

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.scheduled or self.actual)


@dataclass
class GridRow:
    project_id: int
    name: str
    cells: list[Cell]
    total: Cell = field(default_factory=Cell)


@dataclass(frozen=True)
class MonthGrid:
    """Projects by fiscal periods, which are calendar months unless the portfolio says otherwise; each row, column and the
    whole is summed. ``months`` are the first days of the ``periods``."""

    months: list[date]
    periods: list[Period]
    rows: list[GridRow]
    totals: list[Cell]
    total: Cell


def months(actor: Actor, program: Program) -> MonthGrid:
    """Return cost by project and month, gaps between periods filled: three queries."""
    values = list(PeriodValue.objects.visible_to(actor).filter(program=program))
    projects = (
        Project.objects.visible_to(actor, "budget.read").filter(program=program).order_by("position", "pk")
    )
    names = {0: ""} | dict(projects.values_list("pk", "name"))
    rule = periods.rule_of(program.portfolio_id)
    found = [value.month for value in values]
    spanned = periods.span(rule, min(found), max(found)) if found else []
    span = [period.starts_on for period in spanned]
    # Results that were computed before the fiscal calendar changed stand where they belong now.
    home = {month: period_of(rule, month).starts_on for month in set(found)}
    place = {month: index for index, month in enumerate(span)}
    rows = {pk: GridRow(pk, name, [Cell(month) for month in span]) for pk, name in names.items()}
    totals, total = [Cell(month) for month in span], Cell()
    for value in values:
        if value.project_id not in rows:
            continue  # a project that was deleted after the last computation
        row = rows[value.project_id]
        at = place[home[value.month]]
        for cell in (row.cells[at], row.total, totals[at], total):
            cell.add(value)
    own = rows.pop(0)
    return MonthGrid(span, spanned, [*rows.values(), *([] if own.total.is_empty else [own])], totals, total)


@dataclass(frozen=True)
class Curve:
    """Cumulative cost at the end of each month; None where a curve does not reach. ``now``: the data date in steps."""

    months: list[date]
    periods: list[Period]
    planned: list[Decimal | None]
    scheduled: list[Decimal | None]
    actual: list[Decimal | None]
    earned: list[Decimal | None]
    now: float | None


def curve(actor: Actor, program: Program, grid: MonthGrid, project_id: int = 0) -> Curve:
    """Return the S-curve of a grid, or of one of its projects; earned value comes from the figures kept at each data date: one
    query."""
    cells = (
        next((row.cells for row in grid.rows if row.project_id == project_id), [])
        if project_id
        else grid.totals
    )
    planned, scheduled, actual = (
        _cumulative(cells or [Cell(month) for month in grid.months], name)
        for name in ("planned", "scheduled", "actual")
    )
    now = program.data_date
    if now is not None:
        spent = [value if month <= now else None for month, value in zip(grid.months, actual, strict=True)]
    else:
        spent = [None] * len(grid.months)
    earned: dict[date, Decimal | None] = {}
    for past in readings.history(actor, program.pk, ["cost.ev"], project_id=project_id, last=400):
        if now is None or past.data_date <= now:
            place = bisect_right(grid.months, past.data_date) - 1
            if place >= 0 and past.data_date <= grid.periods[place].ends_on:
                earned[grid.months[place]] = past.figures.number("cost.ev")
    return Curve(
        grid.months,
        grid.periods,
        planned,
        scheduled,
        spent,
        [earned.get(month) for month in grid.months],
        _position(grid.periods, now),
    )


def _cumulative(cells: Sequence[Cell], name: str) -> list[Decimal | None]:
    total, found = ZERO, []
    for cell in cells:
        total += getattr(cell, name)
        found.append(total)
    return list(found)


def _position(span: Sequence[Period], at: date | None) -> float | None:
    """Return where a date lies among period ends, in steps; None outside of the curve."""
    if at is None or not span or not span[0].starts_on <= at <= span[-1].ends_on:
        return None
    place = bisect_right([period.starts_on for period in span], at) - 1
    period = span[place]
    days = (period.ends_on - period.starts_on).days + 1
    return max(0.0, place - 1 + ((at - period.starts_on).days + 1) / days)
