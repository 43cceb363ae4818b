"""What assigned work cost at two revisions of a program, and what it would have cost with some of the changes between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Sum

from budgets.models import ExchangeRate, LabourCost, LabourRate
from budgets.selectors import labour
from programs.models import Program
from projects.engine import cpm
from projects.engine.cpm import Schedule
from projects.engine.network import NetworkError
from projects.selectors import networks
from projects.selectors.networks import PlanInputs
from tpm.activity import selectors as activity

Amounts = Mapping[int, int]


@dataclass(frozen=True)
class Steps:
    """Minor units by cost line, one change after the other: as it ``was``; at the exchange rates of the later revision; with its
    hours; with its rate cards (and roles); on its days, as it ``is``."""

    was: Amounts = field(default_factory=dict)
    exchanged: Amounts = field(default_factory=dict)
    worked: Amounts = field(default_factory=dict)
    rated: Amounts = field(default_factory=dict)
    is_: Amounts = field(default_factory=dict)


def between(program: Program, before: int, after: int) -> Steps:
    """Compute both plans anew and cost them: about twenty statements and two schedules.

    A plan that could not be scheduled has the amounts that were published last, with no steps between.
    """
    first, last = _as_of(program, before), _as_of(program, after)
    try:
        old_plan, old = _scheduled(program, first)
        new_plan, new = _scheduled(program, last)
    except NetworkError:
        published = (
            LabourCost.objects.filter(program=program).values_list("line").annotate(total=Sum("amount"))
        )
        amounts = {line: int(total * 100) for line, total in published}
        return Steps(amounts, amounts, amounts, amounts, amounts)
    then, now = labour.load(program, first), labour.load(program, last)
    minutes = labour.worked(now, new_plan, new)

    def rated(rates: networks.Relation) -> Amounts:
        inputs = labour.load(program, last, rates=rates, exchange=last).delayed_as(then)
        return labour.price(inputs, old_plan, old, minutes).by_line()

    return Steps(
        was=labour.price(then, old_plan, old).by_line(),
        exchanged=labour.price(labour.load(program, first, exchange=last), old_plan, old).by_line(),
        worked=rated(first),
        rated=rated(last),
        is_=labour.price(now, new_plan, new).by_line(),
    )


def _as_of(program: Program, revision: int) -> networks.Relation:
    """Return the relation of the plan, and of the rows of the portfolio that money adds to it."""
    plan = networks.as_of(program, revision)

    def relation(model: type[models.Model]) -> tuple[str, list[Any]]:
        if model in (LabourRate, ExchangeRate):
            where, params = "portfolio_id = %s", [program.portfolio_id]
            return activity.relation_as_of(model, program.pk, revision, where, params)
        return plan(model)

    return relation


def _scheduled(program: Program, relation: networks.Relation) -> tuple[PlanInputs, Schedule]:
    plan = networks.load(program, relation)
    return plan, cpm.compute(plan.network)
