"""Invoices of an order in the browser: written down, posted, reversed."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from budgets.selectors import procurement
from budgets.services import invoices
from budgets.web.order_forms import typed_day, typed_number
from budgets.web.orders import finished, versioned
from programs import policies
from tpm.accounts import actors


@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an invoice down: quantity and price beside each line."""
    actor = actors.from_request(request)
    order = procurement.order_for(actor, pk)
    policies.authorize(actor, "invoice.enter", order)

    def work() -> None:
        given = []
        for line in order.lines.order_by("position"):
            quantity = request.POST.get(f"quantity_{line.pk}", "").strip()
            if quantity:
                price = request.POST.get(f"price_{line.pk}", "").strip()
                given.append(
                    {
                        "order_line": line.pk,
                        "quantity": typed_number(quantity),
                        "unit_price": typed_number(price) if price else line.unit_price,
                    }
                )
        number = request.POST.get("number", "").strip()[:60]
        if not number:
            raise ValidationError(_("An invoice has a number."))
        invoices.enter(
            actor=actor,
            order=order,
            rows=given,
            number=number,
            invoiced_on=typed_day(request.POST.get("invoiced_on", "")) or timezone.localdate(),
            due_on=typed_day(request.POST.get("due_on", "")),
            total=typed_number(request.POST.get("total", "")),
        )

    return finished(request, actor, pk, work)


@require_POST
def settle(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Post, reverse or remove an invoice."""
    actor = actors.from_request(request)
    invoice = versioned(request, procurement.invoice_for(actor, pk))
    policies.authorize(actor, "invoice.enter" if act == "delete" else "actuals.post", invoice)

    def work() -> None:
        if act == "delete":
            invoices.delete(actor=actor, invoice=invoice)
        elif act == "reverse":
            invoices.reverse(actor=actor, invoice=invoice, reason=request.POST.get("reason", ""))
        else:
            day = typed_day(request.POST.get("on", "")) or timezone.localdate()
            invoices.post(actor=actor, invoice=invoice, on=day)

    return finished(request, actor, invoice.order_id, work)
