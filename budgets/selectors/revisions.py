"""Budgets and their revisions as people read them: what is in force, what was, and how it sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from budgets.models import Actual, Budget, BudgetRevision, Contract, OrderLine, PurchaseOrder
from programs.models import Portfolio, Program
from projects.models import Project
from tpm.accounts.actors import Actor

ZERO = Decimal(0)
Kind = BudgetRevision.Kind
IN_FORCE = (Kind.APPROVED, Kind.CURRENT)


def rows(actor: Actor, program: Program | None = None) -> QuerySet[Any]:
    """Return the visible revisions with their lines, who set them and why; the newest first."""
    found = BudgetRevision.objects.visible_to(actor)
    if program is not None:
        found = found.filter(program=program)
    return (
        found.select_related("program", "project", "change_set__actor")
        .prefetch_related("lines__rate")
        .order_by("-pk")
    )


def get_for(actor: Actor, pk: int) -> BudgetRevision:
    """Return one revision.

    :raises BudgetRevision.DoesNotExist: if there is none that the actor may see.
    """
    revision: BudgetRevision = rows(actor).get(pk=pk)
    return revision


def latest(program_ids: Iterable[int], kinds: Iterable[str]) -> dict[tuple[int, int], BudgetRevision]:
    """Return the newest revision among ``kinds`` by (program, project or 0), with its lines: two queries."""
    found = (
        BudgetRevision.objects.filter(program__in=list(program_ids), kind__in=list(kinds))
        .order_by("program", "project", "-number")
        .distinct("program", "project")
        .prefetch_related("lines")
    )
    return {(row.program_id, row.project_id or 0): row for row in found}


def numbers(program_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """Return the highest number by (program, project or 0), of all kinds: one query."""
    found = (
        BudgetRevision.objects.filter(program__in=list(program_ids))
        .order_by("program", "project", "-number")
        .distinct("program", "project")
    )
    return {(row.program_id, row.project_id or 0): row.number for row in found}


@dataclass(frozen=True)
class Used:
    """What binds a budget: contracts let and orders placed without one (committed), postings made (spent), and the latter by category."""

    committed: Decimal = ZERO
    spent: Decimal = ZERO
    spent_by: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def bound(self) -> Decimal:
        """The larger of the two: most of what is spent was committed before."""
        return max(self.committed, self.spent)


def used(program: Program) -> dict[int, Used]:
    """Return what is committed and spent by project (0: the program's own): two queries."""
    return {scope: found for (_program, scope), found in used_by([program.pk]).items()}


def used_by(program_ids: Iterable[int]) -> dict[tuple[int, int], Used]:
    """Return what is committed and spent by (program, project or 0): two queries."""
    wanted = list(program_ids)
    spent: dict[tuple[int, int], dict[str, Decimal]] = {}
    sums = Actual.objects.filter(program__in=wanted).values_list("program_id", "project_id", "category")
    for program, project, category, amount in sums.annotate(total=Sum("amount")):
        spent.setdefault((program, project or 0), {})[category] = amount
    ordered = OrderLine.objects.filter(
        order__program__in=wanted, order__state=PurchaseOrder.State.PLACED, order__contract=None
    )  # what is ordered under a contract is part of its value
    let = Contract.objects.filter(program__in=wanted).values_list("program_id", "project_id", "value")
    where = Coalesce("task__project_id", "order__project_id")
    committed: dict[tuple[int, int], Decimal] = {}
    for program, project, amount in let.union(
        ordered.values_list("order__program_id", where, "amount"), all=True
    ):
        scope = (program, project or 0)
        committed[scope] = committed.get(scope, ZERO) + (amount or ZERO)
    return {
        scope: Used(
            committed.get(scope, ZERO), sum(spent.get(scope, {}).values(), ZERO), spent.get(scope, {})
        )
        for scope in spent.keys() | committed.keys()
    }


@dataclass
class Sums:
    """Amounts of one scope, or of several added up. ``lines`` are those of the amount in force by category."""

    approved: Decimal = ZERO
    current: Decimal = ZERO
    forecast: Decimal | None = None
    contingency: Decimal = ZERO
    reserve: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    lines: dict[str, Decimal] = field(default_factory=dict)

    @property
    def left(self) -> Decimal:
        """What is in force and not spent yet."""
        return self.current - self.spent

    def add(self, other: "Sums") -> None:
        """Add another's amounts to these."""
        for name in ("approved", "current", "contingency", "reserve", "committed", "spent"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        if other.forecast is not None:
            self.forecast = (self.forecast or ZERO) + other.forecast
        for category, amount in other.lines.items():
            self.lines[category] = self.lines.get(category, ZERO) + amount


@dataclass
class ScopeBudget:
    """The budget of one project (id 0: of the program's own cost); ``budget`` is None where none is approved."""

    project_id: int
    name: str
    code: str
    sums: Sums
    budget: Budget | None = None
    revision: BudgetRevision | None = None


@dataclass
class ProgramBudget:
    """A program's budget: its projects' and its own, and their sum."""

    program: Program
    scopes: list[ScopeBudget]
    total: Sums

    @property
    def categories(self) -> list[str]:
        """The categories that occur, those of the largest amount first."""
        return sorted(self.total.lines, key=lambda code: (code == "", -self.total.lines[code], code))


def of_program(actor: Actor, program: Program) -> ProgramBudget:
    """Return the budget of a program by project, as far as the actor reads it: six queries."""
    [found] = _of(actor, [program])
    return found


def of_portfolio(actor: Actor, portfolio: Portfolio) -> tuple[list[ProgramBudget], Sums]:
    """Return the budgets of all visible programs and their sum: seven queries."""
    programs = Program.objects.visible_to(actor, "budget.read").filter(portfolio=portfolio, archived_at=None)
    found = _of(actor, list(programs.order_by("name", "pk")))
    total = Sums()
    for one in found:
        total.add(one.total)
    return found, total


def _of(actor: Actor, programs: Sequence[Program]) -> list[ProgramBudget]:
    ids = [one.pk for one in programs]
    projects: dict[int, list[Project]] = {pk: [] for pk in ids}
    visible = Project.objects.visible_to(actor, "budget.read").filter(program__in=ids)
    for project in visible.order_by("position", "pk"):
        projects[project.program_id].append(project)
    heads = {
        (row.program_id, row.project_id or 0): row
        for row in Budget.objects.visible_to(actor)
        .filter(program__in=ids)
        .select_related("program", "project")
    }
    revisions, bound = latest(ids, IN_FORCE), used_by(ids)
    found = []
    for program in programs:
        named = [(one.pk, one.name, one.code) for one in projects[program.pk]]
        if (program.pk, 0) in heads:
            named.append((0, "", ""))
        scopes = [
            _scope(
                *one,
                heads.get((program.pk, one[0])),
                revisions.get((program.pk, one[0])),
                bound.get((program.pk, one[0])),
            )
            for one in named
        ]
        total = Sums()
        for scope in scopes:
            total.add(scope.sums)
        found.append(ProgramBudget(program, scopes, total))
    return found


def _scope(
    pk: int, name: str, code: str, head: Budget | None, revision: BudgetRevision | None, bound: Used | None
) -> ScopeBudget:
    bound = bound or Used()
    sums = Sums(committed=bound.committed, spent=bound.spent)
    if head is not None:
        sums.approved, sums.current, sums.forecast = head.approved, head.in_force, head.forecast
        sums.contingency, sums.reserve = head.contingency, head.reserve
        lines = list(revision.lines.all()) if revision else []
        sums.lines = {line.category: line.amount for line in lines} or {"": head.in_force}
    return ScopeBudget(pk, name, code, sums, head, revision)
