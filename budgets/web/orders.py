"""Purchase orders in the browser: the list, and the page of an order with all that happened to it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from budgets.models import Acceptance, PurchaseOrder
from budgets.selectors import matches, procurement
from budgets.services import orders
from programs import policies
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import pages
from tpm.lib.listing import Head, Listing

SHOWN = 500


@require_GET
def order_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Orders, contracts and what expires in a program; what is committed by period."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    found = list(procurement.orders_of(actor, program=program))
    months = procurement.committed_by_month(actor, program)
    table = Listing(request, found, _heads())
    orders = pages.beginning(request, table.rows, SHOWN, "orders")
    contracts = pages.beginning(
        request, procurement.contracts(actor).filter(program=program), SHOWN, "contracts"
    )
    data = {
        "program": program,
        "orders": orders.rows,
        "orders_cut": orders,
        "columns": table.columns,
        "sort": table.sort,
        "contracts": procurement.with_milestones(actor, contracts.rows),
        "contracts_cut": contracts,
        "expiring": procurement.expiring(actor, program.data_date or timezone.localdate(), program),
        "months": list(months.items()),
        "committed": sum(months.values(), Decimal(0)),
        "waiting": procurement.waiting_invoices(actor, program),
        "may_order": programs.may_somewhere(actor, "purchase.order", program),
        "may_edit": programs.may_somewhere(actor, "budget.edit", program),
        "currency": program.portfolio.currency,
        "tab": "money",
    }
    return render(request, "budgets/orders/list.html", data)


def _heads() -> list[Head[PurchaseOrder]]:
    return [
        Head("order", _("Order"), lambda one: one.number),
        Head("vendor", _("Vendor"), lambda one: one.vendor.name),
        Head("for", _("For"), lambda one: one.project.name if one.project else one.program.name),
        Head("state", _("State"), lambda one: one.get_state_display()),
        Head("expected", _("Expected"), lambda one: one.expected_on),
        Head("ordered", _("Ordered"), lambda one: getattr(one, "total", None), num=True),
        Head("left", _("Still committed"), lambda one: getattr(one, "left", None), num=True),
    ]


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: lines, deliveries, acceptance, invoices and how they match."""
    actor = actors.from_request(request)
    return _detail(request, actor, procurement.order_for(actor, pk))


def _detail(
    request: HttpRequest, actor: Actor, order: PurchaseOrder, errors: Sequence[str] = ()
) -> HttpResponse:
    done = matches.progress([order])
    can = policies.capabilities_at(actor, order.scope)
    accepted = (
        Acceptance.objects.filter(order=order)
        .select_related("delivery_line__delivery", "delivery_line__order_line", "task", "decided_by")
        .prefetch_related("steps")
        .order_by("pk")
    )
    data = {
        "order": order,
        "program": order.program,
        "lines": list(done.values()),
        "came": order.deliveries.select_related("received_by")
        .prefetch_related("lines__order_line")
        .order_by("number"),
        "acceptances": [(one, sorted(one.steps.all(), key=lambda step: step.position)) for one in accepted],
        "invoices": [
            (
                one,
                found,
                [said for line in found for said in line.blocking],
                [s for f in found for s in f.passing],
            )
            for one, found in matches.invoices_of(order, timezone.localdate(), done)
        ],
        "may_order": "purchase.order" in can,
        "may_receive": "purchase.receive" in can,
        "may_enter": "invoice.enter" in can,
        "may_post": "actuals.post" in can,
        "is_orderer": actor.user_id is not None and actor.user_id == order.ordered_by_id,
        "today": timezone.localdate(),
        "currency": order.program.portfolio.currency,
        "errors": errors,
        "tab": "money",
    }
    return render(request, "budgets/orders/detail.html", data, status=422 if errors else 200)


def finished(request: HttpRequest, actor: Actor, pk: int, work: Callable[[], Any]) -> HttpResponse:
    try:
        work()
    except ValidationError as error:
        return _detail(request, actor, procurement.order_for(actor, pk), errors=error.messages)
    messages.success(request, _("Saved."))
    return redirect("budgets:order-detail", pk)


def versioned(request: HttpRequest, found: Any) -> Any:
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < 10:
        found.version = int(version)
    return found


@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Place, close or cancel an order."""
    actor = actors.from_request(request)
    order = versioned(request, procurement.order_for(actor, pk))
    policies.authorize(actor, "purchase.order", order)
    if act == "place":
        return finished(
            request, actor, pk, lambda: orders.place(actor=actor, order=order, on=timezone.localdate())
        )
    work = orders.close if act == "close" else orders.cancel
    return finished(request, actor, pk, lambda: work(actor=actor, order=order))
