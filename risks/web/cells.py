"""Cells of the register, edited in their place."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from programs import policies
from risks.selectors import registers
from risks.services import risks
from risks.web.risks import RiskForm
from tpm.accounts import actors
from tpm.activity.reverting import last_change
from tpm.lib import cells

FIELDS: Final = ("title", "owner", "probability", "impact_days", "impact_cost", "review_on", "status")


@require_http_methods(["GET", "POST"])
def risk_cell(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """The editor of one field of a risk, and what it saves."""
    actor = actors.from_request(request)
    risk = registers.get_for(actor, pk)
    policies.authorize(actor, "risk.edit", risk)
    if field not in FIELDS:
        raise Http404
    form = RiskForm(actor=actor, program=risk.program)
    percent = field == "probability"

    def save(value: Any, version: int) -> str:
        risk.version = version
        saved = risks.update(actor=actor, risk=risk, **{field: value / 100 if percent else value})
        if saved.version == version:  # it says so already
            return ""
        change_set = last_change(saved)
        return reverse("risks:risk-undo", args=[risk.program_id, change_set.pk]) if change_set else ""

    value = round(risk.probability * 100, 4) if percent else getattr(risk, field)
    name = f"R-{risk.number} {risk.title}"
    return cells.answer(
        request, name=field, field=form.fields[field], value=getattr(value, "pk", value),
        version=risk.version, row=name, save=save,
    )  # fmt: skip
