"""The risk register as its page shows it: ranked by expected effect, and counted in a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db.models import Q, QuerySet

from programs.models import Grant, Program
from programs.selectors import readings
from programs.selectors.readings import NO_FIGURES
from risks.engine import exposure
from risks.engine.exposure import Scale
from risks.models import Risk
from tpm.accounts.actors import Actor
from tpm.accounts.models import User

WORKDAY = 480
CENT = Decimal("0.01")
LIVE = (Risk.Status.OPEN, Risk.Status.MITIGATING)


@dataclass(frozen=True)
class RankedRisk:
    """A risk with its expected effect (probability × impact) and its levels 1..5; ``days`` are working days."""

    risk: Risk
    days: Decimal
    money: Decimal
    probability_level: int
    impact_level: int

    @property
    def percent(self) -> float:
        return self.risk.probability * 100


@dataclass(frozen=True)
class Register:
    """The risks that the actor sees. ``days`` and ``money`` sum the live ones; the matrix counts the live ones.

    :ivar scale: where the levels begin. :ivar hidden: live risks of the program that the actor does not see.
    """

    rows: list[RankedRisk]
    counts: list[list[int]]
    days: Decimal
    money: Decimal
    live: int
    hidden: int
    scale: Scale


def register(actor: Actor, program: Program) -> Register:
    """Return all visible risks, live ones first, by expected days and then by expected money: three queries."""
    risks = list(
        Risk.objects.visible_to(actor)
        .filter(program=program)
        .select_related("owner", "project", "task", "program")
        .order_by("number")
    )
    figures = readings.for_programs(actor, [program.pk], ("cost.approved", "cost.bac", "risk.live"))
    mine = figures.get(program.pk, NO_FIGURES)
    scale = _scale(mine.number("cost.approved") or mine.number("cost.bac"), risks)
    ranked = rank(risks, scale)
    live = [row for row in ranked if row.risk.is_live]
    matrix = exposure.matrix([row.probability_level for row in live], [row.impact_level for row in live])
    counted = mine.number("risk.live")
    return Register(
        rows=ranked,
        counts=[[int(count) for count in line] for line in matrix],
        days=sum((row.days for row in live), Decimal(0)),
        money=sum((row.money for row in live), Decimal(0)),
        live=len(live),
        hidden=max(0, int(counted) - len(live)) if counted is not None else 0,
        scale=scale,
    )


def rank(risks: Sequence[Risk], scale: Scale) -> list[RankedRisk]:
    """Return the risks with expected effects and levels: live ones first, then more days, then more money."""
    probability = np.array([risk.probability for risk in risks], np.float64)
    time = np.array([round(risk.impact_days * WORKDAY) for risk in risks], np.int64)
    money = np.array([int(risk.impact_cost * 100) for risk in risks], np.int64)
    expected = exposure.expected(probability, time, money)
    chance, impact = exposure.levels(probability, time, money, scale)
    rows = [
        RankedRisk(
            risk,
            Decimal(int(expected.time[i])) / WORKDAY,
            Decimal(int(expected.money[i])) * CENT,
            int(chance[i]),
            int(impact[i]),
        )
        for i, risk in enumerate(risks)
    ]
    return sorted(rows, key=lambda row: (not row.risk.is_live, -row.days, -row.money, row.risk.number))


def get_for(actor: Actor, pk: int) -> Risk:
    """Return one risk.

    :raises Risk.DoesNotExist: if there is none that the actor may see.
    """
    return (
        Risk.objects.visible_to(actor)
        .select_related("program__portfolio", "project", "task", "owner")
        .get(pk=pk)
    )


def people_of(program: Program) -> QuerySet[User]:
    """Return who may own a risk: everybody with a role at the program, its projects or its portfolio; one query."""
    held = Grant.objects.filter(Q(program=None) | Q(program=program), portfolio=program.portfolio_id)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def top(program: Program, limit: int) -> list[RankedRisk]:
    """Return the live risks with the largest expected effect that are not confidential, for a report; one query."""
    risks = list(
        Risk.objects.filter(program=program, status__in=LIVE, is_confidential=False).select_related(
            "owner", "project"
        )
    )
    return rank(risks, _scale(None, risks))[:limit]


def _scale(budget: Decimal | None, risks: Sequence[Risk]) -> Scale:
    """Money is measured by the budget; without one by the largest impact there is, so that the matrix still tells them apart."""
    cents = int((budget or 0) * 100)
    if cents >= 100:
        return Scale.for_budget(cents)
    largest = max((int(risk.impact_cost * 1000) for risk in risks), default=0)
    return Scale.for_budget(max(largest, 100), name="Share of the largest impact")
