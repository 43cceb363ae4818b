"""Rate cards and what assigned work costs by them, as people read them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from budgets.models import LabourCost, LabourRate
from programs.models import Portfolio, Program, Resource
from projects.models import Project, Task
from tpm.accounts.actors import Actor

MOST = 100
SIXTY = Decimal(60)


def rows(actor: Actor) -> QuerySet[Any]:
    """Return the visible rates, the card of the portfolio first, by whose they are, the newest first."""
    found = LabourRate.objects.visible_to(actor).select_related("portfolio", "program", "resource")
    return found.order_by(
        "portfolio", F("program").asc(nulls_first=True), "role", "resource__name", "-starts_on", "pk"
    )


def get_for(actor: Actor, pk: int) -> LabourRate:
    """Return one rate.

    :raises LabourRate.DoesNotExist: if there is none that the actor may see.
    """
    rate: LabourRate = rows(actor).get(pk=pk)
    return rate


@dataclass(frozen=True)
class Line:
    """A rate with the day it stops holding because a later one begins, or its own end; ``holds`` on the day asked for."""

    rate: LabourRate
    until: date | None
    holds: bool


@dataclass
class Card:
    """The rates of a portfolio (``program`` None) or of one program, by whose they are."""

    program: Program | None
    lines: list[Line] = field(default_factory=list)


def cards(actor: Actor, portfolio: Portfolio, today: date, program: Program | None = None) -> list[Card]:
    """Return the cards that hold in a program (its own first), or the portfolio's and those of all its programs: one query."""
    found = rows(actor).filter(portfolio=portfolio)
    if program is not None:
        found = found.filter(Q(program=None) | Q(program=program))
    by_card: dict[int, Card] = {}
    later: dict[tuple[int, int, str], date] = {}
    for rate in found:
        card = by_card.setdefault(rate.program_id or 0, Card(rate.program))
        key = (rate.program_id or 0, rate.resource_id or 0, rate.role.strip().lower())
        next_ = later.get(key)
        later[key] = rate.starts_on
        until = rate.ends_on if next_ is None or (rate.ends_on and rate.ends_on < next_) else _before(next_)
        holds = rate.starts_on <= today and (until is None or today <= until)
        card.lines.append(Line(rate, until, holds))
    ordered = sorted(by_card.items(), key=lambda one: one[0])
    if program is not None:
        ordered.reverse()
    return [card for _key, card in ordered]


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def roles(portfolio_id: int) -> list[str]:
    """Return the roles that resources of a portfolio have: one query."""
    found = Resource.objects.filter(portfolio=portfolio_id, kind=Resource.Kind.WORK).exclude(role="")
    return sorted({name.strip() for name in found.values_list("role", flat=True)}, key=str.lower)


@dataclass(frozen=True)
class Part:
    """A row of :class:`LabourCost` with the names it needs; ``missing``: ``rate``, ``exchange`` or empty."""

    cost: LabourCost
    task: str
    project: str
    resource: str
    role: str
    currency: str

    @property
    def hours(self) -> Decimal:
        return (self.cost.minutes / SIXTY).quantize(Decimal("0.01"))

    @property
    def missing(self) -> str:
        return "" if self.cost.rate is not None else "exchange" if self.cost.card_row else "rate"


@dataclass(frozen=True)
class Labour:
    """Assigned work of a program that is costed, as far as the actor reads it. ``unrated``: the first rows without a rate.
    ``after`` is the key of the next page or empty."""

    minutes: int
    amount: Decimal
    unrated_minutes: int
    unrated_count: int
    unrated: list[Part]
    parts: list[Part]
    after: str
    people: list[tuple[str, int, Decimal]]

    @property
    def hours(self) -> Decimal:
        return (self.minutes / SIXTY).quantize(Decimal("0.01"))

    @property
    def unrated_hours(self) -> Decimal:
        return (self.unrated_minutes / SIXTY).quantize(Decimal("0.01"))


def costs(actor: Actor, program: Program) -> QuerySet[LabourCost]:
    """Return the visible parts of a program's assigned work, in a fixed order."""
    return LabourCost.objects.visible_to(actor).filter(program=program).order_by("pk")


def of_program(
    actor: Actor, program: Program, *, line: int | None = None, after: int = 0, most: int | None = MOST
) -> Labour:
    """Return what assigned work costs: at most nine queries, whatever the number of rows."""
    found = costs(actor, program)
    if line is not None:
        found = found.filter(line=line)
    without = Q(rate=None)
    sums = found.aggregate(
        worked=Sum("minutes"), total=Sum("amount"), none=Count("pk", filter=without),
        idle=Sum("minutes", filter=without),
    )  # fmt: skip
    behind = found.filter(pk__gt=after)
    page = list(behind if most is None else behind[: most + 1])
    more = most is not None and len(page) > most
    page = page[:most] if most is not None else page
    unrated = list(found.filter(rate=None).order_by("starts", "pk")[:MOST]) if sums["none"] else []
    people = (
        found.order_by().values_list("resource__name").annotate(worked=Sum("minutes"), total=Sum("amount"))
    )
    names = _Names([*page, *unrated])
    return Labour(
        minutes=sums["worked"] or 0,
        amount=sums["total"] or Decimal(0),
        unrated_minutes=sums["idle"] or 0,
        unrated_count=sums["none"],
        unrated=[names.part(one) for one in unrated],
        parts=[names.part(one) for one in page],
        after=str(page[-1].pk) if more else "",
        people=sorted(people, key=lambda row: (-row[2], row[0])),
    )


class _Names:
    """What the rows of some parts are called: four queries."""

    def __init__(self, found: Sequence[LabourCost]) -> None:
        tasks = {one.task_id for one in found}
        self.tasks = dict(Task.objects.filter(pk__in=tasks).values_list("pk", "name"))
        projects = {one.project_id for one in found}
        self.projects = dict(Project.objects.filter(pk__in=projects).values_list("pk", "name"))
        resources = Resource.objects.filter(pk__in={one.resource_id for one in found})
        self.resources: dict[int, tuple[str, str]] = defaultdict(lambda: ("", ""))
        self.resources |= {pk: (name, role) for pk, name, role in resources.values_list("pk", "name", "role")}
        rates = {one.card_row for one in found if one.card_row}
        self.currencies = dict(LabourRate.objects.filter(pk__in=rates).values_list("pk", "currency"))

    def part(self, one: LabourCost) -> Part:
        """Return a part with its names."""
        return Part(
            one, self.tasks.get(one.task_id, ""), self.projects.get(one.project_id, ""),
            *self.resources[one.resource_id], self.currencies.get(one.card_row, ""),
        )  # fmt: skip
