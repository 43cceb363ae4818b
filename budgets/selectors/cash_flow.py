"""Cash flow and burn: plan, commitment, actual and forecast by fiscal period, of a project, a program or a portfolio."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.engine import periods as engine
from budgets.engine.periods import Period
from budgets.models import Actual, Budget, PeriodValue
from budgets.selectors import commitments, periods, rows
from budgets.selectors.rows import MonthLine
from programs.models import Portfolio, Program
from projects.models import Project
from tpm.accounts.actors import Actor

ZERO = Decimal(0)
FIGURES = ("plan", "committed", "actual", "forecast")
BURN_PERIODS = 3


@dataclass
class Flow:
    """One period, or a sum. ``plan``: cost lines as the schedule stands; ``forecast``: actual cost of the periods that ended
    by the data date, the plan of the others (so that forecasts of parts sum to the forecast of the whole)."""

    plan: Decimal = ZERO
    committed: Decimal = ZERO
    actual: Decimal = ZERO
    forecast: Decimal = ZERO

    def add(self, other: "Flow") -> "Flow":
        return Flow(*(getattr(self, name) + getattr(other, name) for name in FIGURES))


@dataclass(frozen=True)
class Burn:
    """``rate``: mean actual cost of the last full periods (``over`` of them); ``left``: the budget in force less what is spent;
    ``lasts``: how many periods that is at this rate. None: not available."""

    budget: Decimal | None
    spent: Decimal
    rate: Decimal | None
    over: int

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.spent

    @property
    def lasts(self) -> Decimal | None:
        if self.left is None or self.rate is None or self.rate <= 0:
            return None
        return max(ZERO, (self.left / self.rate).quantize(Decimal("0.1")))


@dataclass(frozen=True)
class CashFlow:
    """``flows`` and ``running`` (cumulative) have one entry for each of ``periods``. ``undated``: committed without any date.
    ``parts``: sums by program of a portfolio, by project (0: its own) of a program."""

    periods: list[Period]
    flows: list[Flow]
    running: list[Flow]
    total: Flow
    undated: Decimal
    burn: Burn
    parts: list[tuple[int, str, Flow]] = field(default_factory=list)


def of_program(actor: Actor, program: Program, project: Project | None = None) -> CashFlow:
    """Return the flow of a program, or of one of its projects: eight queries."""
    scope: dict[str, Any] = {"program": program}
    narrow = scope | ({"project_id": project.pk} if project else {})
    names = dict(
        Project.objects.visible_to(actor, "budget.read")
        .filter(program=program)
        .order_by("position", "pk")
        .values_list("pk", "name")
    )
    rule = periods.rule_of(program.portfolio_id)
    return _flow(actor, rule, narrow, {program.pk: program.data_date}, {**names, 0: ""}, "project_id")


def of_portfolio(actor: Actor, portfolio: Portfolio) -> CashFlow:
    """Return the flow of the programs of a portfolio whose money the actor reads: eight queries."""
    found = list(Program.objects.visible_to(actor).filter(portfolio=portfolio).order_by("name", "pk"))
    scope = {"program__in": [one.pk for one in found]}
    return _flow(
        actor,
        periods.rule_of(portfolio.pk),
        scope,
        {one.pk: one.data_date for one in found},
        {one.pk: one.name for one in found},
        "program_id",
    )


def _flow(
    actor: Actor,
    rule: engine.Rule,
    scope: dict[str, Any],
    data_dates: dict[int, date | None],
    names: dict[int, str],
    part_of: str,
) -> CashFlow:
    cells: dict[tuple[date, int], Flow] = defaultdict(Flow)
    home: dict[date, Period] = {}

    def period(day: date) -> Period:
        if day not in home:
            home[day] = engine.period_of(rule, day)
        return home[day]

    for value in PeriodValue.objects.visible_to(actor).filter(**scope):
        if part_of == "project_id" and value.project_id not in names:
            continue  # a project that was deleted after the last computation
        at = period(value.month)
        ended = data_dates[value.program_id]
        done = ended is not None and at.ends_on <= ended
        cell = cells[at.starts_on, getattr(value, part_of)]
        cell.plan += value.scheduled
        cell.actual += value.actual
        cell.forecast += value.actual if done else value.scheduled
    undated = ZERO
    for let in commitments.of(actor, rule, **scope):
        if let.month is None:
            undated += let.amount
        else:
            cells[period(let.month).starts_on, getattr(let, part_of)].committed += let.amount
    months = [month for month, _part in cells]
    spanned = periods.span(rule, min(months), max(months)) if months else []
    flows = {one.starts_on: Flow() for one in spanned}
    parts: dict[int, Flow] = {}
    for (month, part), cell in cells.items():
        flows[month] = flows[month].add(cell)
        parts[part] = parts.get(part, Flow()).add(cell)
    running, total = [], Flow()
    for one in spanned:
        total = total.add(flows[one.starts_on])
        running.append(total)
    return CashFlow(
        spanned,
        [flows[one.starts_on] for one in spanned],
        running,
        total,
        undated,
        _burn(actor, scope, spanned, flows, data_dates.values()),
        [(part, name, parts[part]) for part, name in names.items() if part in parts],
    )


def _burn(
    actor: Actor,
    scope: dict[str, Any],
    spanned: Sequence[Period],
    flows: dict[date, Flow],
    data_dates: Any,
) -> Burn:
    budgets = [one.in_force for one in Budget.objects.visible_to(actor).filter(**scope)]
    known = [one for one in data_dates if one is not None]
    ended = [one for one in spanned if known and one.ends_on <= min(known)][-BURN_PERIODS:]
    rate = sum((flows[one.starts_on].actual for one in ended), ZERO) / len(ended) if ended else None
    spent = sum((one.actual for one in flows.values()), ZERO)
    return Burn(
        sum(budgets, ZERO) if budgets else None,
        spent,
        None if rate is None else rate.quantize(Decimal("0.01")),
        len(ended),
    )


@dataclass(frozen=True)
class Behind:
    """The rows that make a period's figures: parts of cost lines, commitments, postings."""

    lines: list[MonthLine]
    plan: Decimal
    commitments: list[commitments.Commitment]
    committed: Decimal
    actuals: list[Actual]
    actual: Decimal


def behind(actor: Actor, program: Program, project: Project | None, month: date) -> Behind:
    """Return what a period of a program or of one of its projects is made of: eleven queries, whatever the number of rows."""
    scope: dict[str, Any] = {"program": program} | ({"project": project} if project else {})
    found = rows.in_period(actor, program, scope, month)
    rule = periods.rule_of(program.portfolio_id)
    start = engine.period_of(rule, month).starts_on
    let = [one for one in commitments.of(actor, rule, **scope) if one.month == start]
    return Behind(
        found.lines,
        found.scheduled,
        let,
        sum((one.amount for one in let), ZERO),
        found.actuals,
        found.actual,
    )
