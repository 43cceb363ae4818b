"""What a capital request would do to dates, people and money, by the what-if that it carries, and whether that still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from budgets.models import CapitalRequest
from programs.models import Program
from projects.models import Scenario
from projects.selectors import scenario_effects, scenarios
from projects.selectors.scenario_effects import Effects
from tpm.accounts.actors import Actor


class Standing(StrEnum):
    """How what was submitted stands to the plan of today."""

    HOLDS = "holds"  # computed again on the plan as it is: the same
    STALE = "stale"  # computed again on the plan as it is: something else
    CHECKING = "checking"  # the plan (or the what-if) is newer than the last computation
    UNFIT = "unfit"  # the what-if does not fit the plan any more
    CLOSED = "closed"  # the what-if was applied or dropped: nothing to compare with any more


@dataclass(frozen=True)
class Simulation:
    """``then``: what the approvers decide on, None before the first computation. ``now``: what it would be today, where that
    differs. ``checked_at`` is the revision of the plan at which the two were compared."""

    scenario: Scenario
    is_open_to_reader: bool
    standing: Standing
    then: Effects | None
    now: Effects | None
    checked_at: int


def offered(actor: Actor, program: Program, chosen: int | None = None) -> QuerySet[Scenario]:
    """Return the what-ifs that a request of the program may carry: open and shared ones; and the one that it carries."""
    found = scenarios.of_program(actor, program)
    return found.filter(is_shared=True, state=Scenario.State.OPEN) | found.filter(pk=chosen or 0)


def of(actor: Actor, requests: Sequence[CapitalRequest]) -> dict[int, Simulation]:
    """Return the simulations of requests that carry a what-if, by request: a fixed number of queries and two per request for the
    names that the reader may know."""
    carrying = [(one, one.scenario_id) for one in requests if one.scenario_id]
    if not carrying:
        return {}
    wanted = {scenario for _one, scenario in carrying}
    found = {
        one.pk: one
        for one in Scenario.objects.filter(pk__in=wanted).select_related(
            "program__portfolio", "program__computation", "result"
        )
    }
    visible = set(Scenario.objects.visible_to(actor).filter(pk__in=found).values_list("pk", flat=True))
    today = scenario_effects.of(found.values())
    return {one.pk: _simulation(actor, one, found[scenario], visible, today) for one, scenario in carrying}


def _simulation(
    actor: Actor, request: CapitalRequest, scenario: Scenario, visible: set[int], today: dict[int, Any]
) -> Simulation:
    kept, newest = request.simulation, today.get(scenario.pk)
    standing = _standing(kept, scenario, newest)

    def seen(effects: dict[str, Any]) -> Effects:
        return scenario_effects.seen_by(actor, scenario.program, request.project_id, effects)

    return Simulation(
        scenario=scenario,
        is_open_to_reader=scenario.pk in visible,
        standing=standing,
        then=seen(kept) if kept else None,
        now=seen(newest) if newest and standing == Standing.STALE else None,
        checked_at=scenario.result.tried_revision,
    )


def _standing(kept: dict[str, Any], scenario: Scenario, newest: dict[str, Any] | None) -> Standing:
    if not scenario.is_open:
        return Standing.CLOSED
    if scenarios.is_stale(scenario):
        return Standing.CHECKING
    if scenario.result.problems:
        return Standing.UNFIT
    if not kept or newest is None:
        return Standing.CHECKING
    return Standing.HOLDS if scenario_effects.is_same(kept, newest) else Standing.STALE
