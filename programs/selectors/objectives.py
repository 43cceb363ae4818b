"""Objectives that the actor may see, with their key results and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from programs.models import KeyResult, Objective, Portfolio, Program
from tpm.accounts.actors import Actor


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with its key results."""

    objective: Objective
    results: Sequence[KeyResult]

    @property
    def percent(self) -> Decimal | None:
        """The mean of the key results that were measured, in percent; None where none was."""
        shares = [share for one in self.results if (share := one.share) is not None]
        return 100 * sum(shares, Decimal(0)) / len(shares) if shares else None


def get_for(actor: Actor, pk: int) -> Objective:
    """Return one objective with its portfolio and program.

    :raises Objective.DoesNotExist: if there is none that the actor may see.
    """
    return Objective.objects.visible_to(actor).select_related("portfolio", "program", "owner").get(pk=pk)


def result_for(actor: Actor, pk: int) -> KeyResult:
    """Return one key result with its objective.

    :raises KeyResult.DoesNotExist: if there is none that the actor may see.
    """
    related = ("objective__portfolio", "objective__program")
    return KeyResult.objects.visible_to(actor).select_related(*related).get(pk=pk)


def of_portfolio(actor: Actor, portfolio: Portfolio, program: Program | None = None) -> list[ObjectiveRow]:
    """Return a portfolio's objectives, or those that concern one program (its own and the portfolio's), the portfolio's first,
    then by period: two queries."""
    rows = Objective.objects.visible_to(actor).filter(portfolio=portfolio)
    if program is not None:
        rows = rows.filter(Q(program=None) | Q(program=program))
    found = list(rows.select_related("owner", "program").order_by("ends_on", "starts_on", "pk"))
    found.sort(key=lambda one: one.program_id is not None)
    results: dict[int, list[KeyResult]] = {}
    for one in KeyResult.objects.filter(objective__in=found).order_by("pk"):
        results.setdefault(one.objective_id, []).append(one)
    return [ObjectiveRow(one, results.get(one.pk, [])) for one in found]


def row(objective: Objective) -> ObjectiveRow:
    """Return one objective with its key results: one query."""
    return ObjectiveRow(objective, list(objective.results.order_by("pk")))
