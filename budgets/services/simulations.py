"""Let a capital request carry a what-if: what it does to the plan becomes part of what is approved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets.models import CapitalRequest
from programs.models import Program
from projects.models import Scenario
from projects.selectors import scenario_effects, scenarios
from projects.services import scenarios as what_ifs


def check(program: Program, scenario: Scenario | None, present: int | None = None) -> None:
    """Refuse a what-if that the approvers could not open, unless the request carries it already (``present``).

    :raises ValidationError:
    """
    if scenario is None or scenario.pk == present:
        return
    if scenario.program_id != program.pk:
        raise ValidationError({"scenario": _("“%(name)s” belongs to another program.") % {"name": scenario}})
    if not scenario.is_open:
        raise ValidationError({"scenario": _("This what-if is closed: it was applied or dropped.")})
    if not scenario.is_shared:
        raise ValidationError(
            {"scenario": _("Share the what-if first: those who approve must be able to open it.")}
        )


def taken(scenario: Scenario | None) -> dict[str, Any]:
    """Return what a what-if does to the plan, as it was computed last; empty without one, and before its first computation."""
    return {} if scenario is None else scenario_effects.of([_fresh(scenario)]).get(scenario.pk, {})


def settled(request: CapitalRequest) -> dict[str, Any]:
    """Return what the request's what-if does to the plan as it is today, to be submitted; what it carries, if that is closed.

    :raises ValidationError: while it is being computed, or if it does not fit the plan.
    """
    if request.scenario is None:
        return {}
    scenario = _fresh(request.scenario)
    if not scenario.is_open and request.simulation:
        return dict(request.simulation)
    if scenario.result.problems:
        raise ValidationError(
            {
                "scenario": _(
                    "The what-if does not fit the plan any more. Mend it, or take it off the request."
                )
            }
        )
    if scenarios.is_stale(scenario):
        what_ifs.want(scenario)
        raise ValidationError(
            {"scenario": _("The what-if is being computed on the plan as it is. Try again in a moment.")},
            code="simulation_pending",
        )
    return scenario_effects.of([scenario])[scenario.pk]


def _fresh(scenario: Scenario) -> Scenario:
    return Scenario.objects.select_related("result", "program__computation").get(pk=scenario.pk)
