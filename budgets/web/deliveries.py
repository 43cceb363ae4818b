"""What came of an order in the browser: deliveries, the steps of an acceptance, and what is decided on it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from budgets.selectors import procurement
from budgets.services import deliveries
from budgets.web.order_forms import typed_day, typed_number
from budgets.web.orders import finished, versioned
from programs import policies
from tpm.accounts import actors


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what came: a quantity beside each line."""
    actor = actors.from_request(request)
    order = procurement.order_for(actor, pk)
    policies.authorize(actor, "purchase.receive", order)

    def work() -> None:
        given = []
        for line in order.lines.order_by("position"):
            came = request.POST.get(f"came_{line.pk}", "").strip()
            back = request.POST.get(f"back_{line.pk}", "").strip()
            if came:
                given.append(
                    {
                        "order_line": line.pk,
                        "quantity": typed_number(came),
                        "rejected": typed_number(back or "0"),
                    }
                )
        day = typed_day(request.POST.get("delivered_on", "")) or timezone.localdate()
        note = request.POST.get("note", "")[:300]
        deliveries.receive(actor=actor, order=order, delivered_on=day, rows=given, note=note)

    return finished(request, actor, pk, work)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do a step of an acceptance."""
    actor = actors.from_request(request)
    found = procurement.step_for(actor, pk)
    policies.authorize(actor, "purchase.receive", found.acceptance)
    return finished(
        request,
        actor,
        found.acceptance.order_id,
        lambda: deliveries.set_step(
            actor=actor,
            step=found,
            done_on=typed_day(request.POST.get("done_on", "")),
            evidence=request.POST.get("evidence", ""),
            responsible=request.POST.get("responsible", "")[:200],
        ),
    )


@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept, reject, or begin the next attempt."""
    actor = actors.from_request(request)
    found = versioned(request, procurement.acceptance_for(actor, pk))
    policies.authorize(actor, "purchase.receive", found)
    if act == "retry":
        return finished(
            request, actor, found.order_id, lambda: deliveries.retry(actor=actor, acceptance=found)
        )
    note = request.POST.get("note", "")
    return finished(
        request,
        actor,
        found.order_id,
        lambda: deliveries.decide(
            actor=actor, acceptance=found, accept=act == "accept", on=timezone.localdate(), note=note
        ),
    )
