"""What a capital request would change, by its what-if: the part of its page that refreshes itself."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from budgets.models import CapitalRequest
from budgets.selectors import capex, simulations
from budgets.selectors.simulations import Simulation
from budgets.services import capex as services
from programs import policies
from projects.selectors.scenario_effects import Effects
from projects.selectors.scenarios import Figure
from projects.services import scenarios as what_ifs
from tpm.accounts import actors
from tpm.accounts.actors import Actor

MONEY, NUMBER, DAYS = "money", "number", "days"
WORKDAY = 480  # minutes: templates write durations from minutes
FIGURES = (
    ("cost_eac", gettext_lazy("Cost (EAC)"), MONEY),
    ("cost_bac", gettext_lazy("Planned cost (BAC)"), MONEY),
    ("critical", gettext_lazy("Critical tasks"), NUMBER),
    ("least_float_wd", gettext_lazy("Least total float"), DAYS),
)


@dataclass(frozen=True)
class Row:
    """A figure in the plan and with the what-if; ``today`` is what it would be on the plan as it is, where that is asked."""

    label: str
    kind: str
    plan: Decimal | datetime | None
    with_it: Decimal | datetime | None
    difference: Decimal | None
    today: Decimal | datetime | None


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page alone."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    return render(request, "budgets/capex/_simulation.html", {"found": found, **context(actor, found)})


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what the what-if does on the plan of today into the request."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < 10:
        found.version = int(version)
    try:
        services.simulate(actor=actor, request=found, at=timezone.now())
        messages.success(request, _("It carries the figures of today. Whoever agreed before is asked again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("budgets:capex-detail", pk)


def context(actor: Actor, found: CapitalRequest) -> dict[str, Any]:
    """Return what the template needs; somebody looks, so the what-if is computed on the plan as it is, if it is not yet."""
    simulation = simulations.of(actor, [found]).get(found.pk)
    if simulation is None:
        return {}
    what_ifs.want(simulation.scenario)
    return {
        "program": found.program,
        "simulation": simulation,
        "figure_rows": figure_rows(simulation, found) if simulation.then else [],
        "may_refresh": policies.holds(actor, "capex.request", found.scope)
        and found.state not in ("closed", "approved"),
        "currency": found.program.portfolio.currency,
    }


def figure_rows(simulation: Simulation, found: CapitalRequest) -> list[Row]:
    """Return the figures of a simulation that was computed, as plan, with it, difference and with it today."""
    then, now = simulation.then, simulation.now
    assert then is not None
    rows = (
        [_finish(_("Finish of the program"), then.program, now.program if now else None)]
        if then.program
        else []
    )
    if then.project and found.project:
        rows.append(
            _finish(
                _("Finish of %(name)s") % {"name": found.project.name},
                then.project,
                now.project if now else None,
            )
        )
    figures, todays = _scope(then), _scope(now) if now else {}
    for name, label, kind in FIGURES:
        if (figure := figures.get(name)) is not None:
            today = todays[name].scenario if name in todays else None
            factor = WORKDAY if kind == DAYS else 1
            plan, with_it, today = (
                value * factor if isinstance(value, Decimal) else None
                for value in (figure.plan, figure.scenario, today)
            )
            difference = None if figure.difference is None else figure.difference * factor
            rows.append(Row(str(label), kind, plan, with_it, difference, today))
    return rows


def _scope(effects: Effects) -> dict[str, Figure]:
    return effects.program or effects.project


def _finish(label: str, then: dict[str, Figure], now: dict[str, Figure] | None) -> Row:
    finish = then.get("finish", Figure(None, None))
    shift = then.get("finish_shift_wd", Figure(None, None)).scenario
    today = (now or {}).get("finish", Figure(None, None)).scenario
    return Row(
        label, "day", finish.plan, finish.scenario, shift if isinstance(shift, Decimal) else None, today
    )
