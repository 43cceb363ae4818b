"""Baselines: which there are, and which one slippage is measured against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.selectors import plans, quality_words
from projects.services import baselines as services
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx


@require_safe
def baseline_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The baselines as a panel of the settings."""
    actor = actors.from_request(request)
    return _panel(request, actor, programs.get_for(actor, pk, "plan.read"))


@require_POST
def baseline_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Measure slippage against another baseline (``baseline``: its id, empty for none)."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    wanted = request.POST.get("baseline", "")
    baseline = plans.baselines(actor, program).get(pk=int(wanted)) if wanted.isdigit() else None
    services.choose(actor=actor, program=program, baseline=baseline)
    text = (
        _("Slippage is measured against “%(name)s” now.") % {"name": baseline}
        if baseline
        else _("Slippage is not measured now.")
    )
    return htmx.toast(_panel(request, actor, program), text)


def _panel(request: HttpRequest, actor: Actor, program: Program) -> HttpResponse:
    context = {
        "program": program,
        "baselines": [(one, quality_words.of_baseline(one)) for one in plans.baselines(actor, program)],
        "chosen": plans.of_program(program).baseline_id,
        "may_take": policies.holds(actor, "baseline.take", program.scope),
    }
    return render(request, "projects/baselines/_panel.html", context)
