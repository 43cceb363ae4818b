"""Cost estimates as people read them: a version with its sums, two versions compared, the program's as the sum of its parts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from budgets.engine import estimating
from budgets.engine.estimating import Expected, Points
from budgets.models import Estimate, EstimateLine, ExchangeRate
from budgets.models.estimates import ORIGINALS, POINTS
from programs.models import Program
from projects.models import Project
from tpm.accounts.actors import Actor

ZERO = Decimal(0)
NOTHING = Expected(ZERO, ZERO)


def rows(actor: Actor, program: Program | None = None) -> QuerySet[Any]:
    """Return the visible estimates with their lines, by project, the newest version first."""
    found = Estimate.objects.visible_to(actor)
    if program is not None:
        found = found.filter(program=program)
    lines = Prefetch("lines", EstimateLine.objects.select_related("rate"))
    related = found.select_related("program__portfolio", "project", "issued_by").prefetch_related(lines)
    return related.order_by("program", "project__position", "project", "-number")


def get_for(actor: Actor, pk: int) -> Estimate:
    """Return one estimate.

    :raises Estimate.DoesNotExist: if there is none that the actor may see.
    """
    estimate: Estimate = rows(actor).get(pk=pk)
    return estimate


def line_for(actor: Actor, pk: int) -> EstimateLine:
    """Return a line of a visible estimate.

    :raises EstimateLine.DoesNotExist: if there is none.
    """
    lines = EstimateLine.objects.filter(estimate__in=Estimate.objects.visible_to(actor))
    return lines.select_related("estimate__program__portfolio", "estimate__project").get(pk=pk)


@dataclass(frozen=True)
class Costed:
    """A line with what it is expected to cost."""

    line: EstimateLine
    expected: Expected


@dataclass(frozen=True)
class Sums:
    """``low``, ``likely`` and ``high`` are the plain sums of the three points, in the portfolio's currency; ``rates`` are those at which
    what was given in others was converted."""

    low: Decimal = ZERO
    likely: Decimal = ZERO
    high: Decimal = ZERO
    expected: Expected = NOTHING
    rates: tuple[ExchangeRate, ...] = ()


def points(line: EstimateLine) -> Points:
    return Points(line.optimistic, line.likely, line.pessimistic)


def costed(estimate: Estimate) -> list[Costed]:
    """Return the lines of an estimate (prefetched) in their order."""
    lines = sorted(estimate.lines.all(), key=lambda line: (line.position, line.pk))
    return [Costed(line, estimating.expected(points(line))) for line in lines]


def sums(lines: Iterable[Costed]) -> Sums:
    """Return the sums of some lines, taken as independent."""
    found = list(lines)
    return Sums(
        sum((one.line.optimistic for one in found), ZERO),
        sum((one.line.likely for one in found), ZERO),
        sum((one.line.pessimistic for one in found), ZERO),
        estimating.total(one.expected for one in found),
        _distinct(one.line.rate for one in found),
    )


def _distinct(used: Iterable[ExchangeRate | None]) -> tuple[ExchangeRate, ...]:
    by_id = {rate.pk: rate for rate in used if rate is not None}
    return tuple(sorted(by_id.values(), key=lambda rate: (rate.currency, rate.on)))


@dataclass(frozen=True)
class Change:
    """A code that differs: ``kind`` is added, removed or changed; ``fields`` are the names of what changed."""

    kind: str
    key: str
    before: Costed | None
    after: Costed | None
    fields: tuple[str, ...] = ()

    @property
    def delta(self) -> Decimal:
        return (self.after.expected.mean if self.after else ZERO) - (
            self.before.expected.mean if self.before else ZERO
        )

    @property
    def name(self) -> str:
        one = self.after or self.before
        return one.line.name if one else ""


@dataclass(frozen=True)
class Comparison:
    """The differences sum to the difference of the expected values."""

    before: Estimate
    after: Estimate
    changes: list[Change]
    old: Sums
    new: Sums

    @property
    def delta(self) -> Decimal:
        return self.new.expected.mean - self.old.expected.mean


COMPARED = (
    "name", "category", "method", "quantity", "unit", *POINTS, "currency", *ORIGINALS, "rate", "basis",
)  # fmt: skip


def compare(before: Estimate, after: Estimate) -> Comparison:
    """Compare two versions line by line, by their codes."""
    old, new = ({one.line.key: one for one in costed(estimate)} for estimate in (before, after))
    changes = []
    for key in [*new, *(key for key in old if key not in new)]:
        a, b = old.get(key), new.get(key)
        if a is None or b is None:
            changes.append(Change("added" if a is None else "removed", key, a, b))
        elif fields := tuple(name for name in _compared(a.line, b.line) if _of(a, name) != _of(b, name)):
            changes.append(Change("changed", key, a, b, fields))
    return Comparison(before, after, changes, sums(old.values()), sums(new.values()))


def _compared(before: EstimateLine, after: EstimateLine) -> Iterable[str]:
    """Return what tells two versions of a line apart: where both are in one foreign currency, what was given in it, and the rate."""
    same = bool(before.currency) and before.currency == after.currency
    return (name for name in COMPARED if name not in (POINTS if same else ORIGINALS))


def _of(one: Costed, name: str) -> Any:
    return one.line.rate_id if name == "rate" else getattr(one.line, name)


@dataclass(frozen=True)
class Scope:
    """The estimates of a project (None: what is the program's own): the latest issued version, and a draft if there is one."""

    project: Project | None
    issued: Estimate | None
    draft: Estimate | None
    versions: list[Estimate]
    sums: Sums


@dataclass(frozen=True)
class Rollup:
    """A program's estimate: the latest issued versions of its projects and of its own, and their sum. ``missing``: projects
    without an issued estimate, which the sum lacks."""

    scopes: list[Scope]
    total: Sums
    estimate_class: int | None
    missing: list[Project] = field(default_factory=list)


def of_program(actor: Actor, program: Program) -> Rollup:
    """Return the estimate of a program as far as the actor reads its money: four queries."""
    projects = list(
        Project.objects.visible_to(actor, "budget.read").filter(program=program).order_by("position", "pk")
    )
    by_scope: dict[int, list[Estimate]] = {}
    for one in rows(actor, program):
        by_scope.setdefault(one.project_id or 0, []).append(one)
    scopes = []
    for project in [*projects, None]:
        versions = by_scope.get(project.pk if project else 0, [])
        issued = next((one for one in versions if not one.is_draft), None)
        draft = next((one for one in versions if one.is_draft), None)
        scopes.append(Scope(project, issued, draft, versions, sums(costed(issued)) if issued else Sums()))
    found = [scope.sums for scope in scopes if scope.issued]
    total = Sums(
        sum((one.low for one in found), ZERO),
        sum((one.likely for one in found), ZERO),
        sum((one.high for one in found), ZERO),
        estimating.total(one.expected for one in found),
        _distinct(rate for one in found for rate in one.rates),
    )
    classes = [scope.issued.estimate_class for scope in scopes if scope.issued]
    return Rollup(
        scopes,
        total,
        max(classes) if classes else None,  # the sum is no more mature than its least mature part
        [scope.project for scope in scopes if scope.project and not scope.issued],
    )
