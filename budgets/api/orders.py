"""Orders, what came of them, and its acceptance."""

from decimal import Decimal
from typing import Any

import django_filters
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.order_shapes import (
    AcceptanceOut,
    DecisionIn,
    DeliveryIn,
    InvoiceOut,
    NewStepIn,
    OrderDetailOut,
    OrderIn,
    OrderLineOut,
    OrderOut,
    OrderPatch,
    OrderWritten,
    StepIn,
)
from budgets.models import (
    Acceptance,
    Invoice,
    PurchaseOrder,
)
from budgets.selectors import matches, procurement
from budgets.services import deliveries, orders
from programs import policies
from programs.selectors import computation, programs
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.filters import IdFilter

SMALLEST = Decimal("0.001")


class OrderFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    vendor = IdFilter("vendor_id")
    state = django_filters.ChoiceFilter(choices=PurchaseOrder.State.choices)


class _Orders(Endpoint):
    out = OrderOut

    def begin(self, pk: int) -> PurchaseOrder:
        """Load an order to change it, on the version that was read."""
        order = procurement.order_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, order)
        self.match(order)
        return order

    def whole(self, pk: int) -> dict[str, Any]:
        order = procurement.order_for(self.actor, pk)
        acceptances = Acceptance.objects.filter(order=order).prefetch_related("steps").order_by("pk")
        return {
            **self.represent(order),
            "lines": OrderLineOut(matches.progress([order]).values(), many=True).data,
            "acceptances": AcceptanceOut(acceptances, many=True).data,
            "invoices": InvoiceOut(Invoice.objects.filter(order=order).order_by("pk"), many=True).data,
        }

    def answer(self, pk: int, program_id: int, **more: Any) -> Response:
        return self.written(self.whole(pk), computation.revisions(program_id), **more)


class OrderList(_Orders):
    serializer_class = OrderOut
    filterset_class = OrderFilters

    @operation("budget.read", gives=OrderOut(many=True), summary="List purchase orders")
    def get(self, request: Request) -> Response:
        return self.page(procurement.orders(self.actor))


class ProgramOrders(_Orders):
    @operation("purchase.order", takes=OrderIn, gives=OrderWritten, status=201, summary="Draft an order")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = {"currency": program.portfolio.currency} | self.given(OrderIn)
        made = orders.create(actor=self.actor, program=program, day=timezone.localdate(), **given)
        return self.answer(made.pk, pk, status=201, at=f"/api/v1/purchase-orders/{made.pk}/")


class OrderItem(_Orders):
    @operation("budget.read", gives=OrderDetailOut, summary="Read an order, what came and what was charged")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.whole(pk))

    @operation(
        "purchase.order", takes=OrderPatch, gives=OrderWritten, versioned=True, summary="Rewrite a draft"
    )
    def put(self, request: Request, pk: int) -> Response:
        order = self.begin(pk)
        orders.update(actor=self.actor, order=order, day=timezone.localdate(), **self.given(OrderPatch))
        return self.answer(pk, order.program_id)


class OrderPlace(_Orders):
    @operation("purchase.order", gives=OrderWritten, versioned=True, summary="Place an order")
    def post(self, request: Request, pk: int) -> Response:
        order = orders.place(actor=self.actor, order=self.begin(pk), on=timezone.localdate())
        return self.answer(pk, order.program_id)


class OrderClose(_Orders):
    @operation(
        "purchase.order", gives=OrderWritten, versioned=True, summary="Expect nothing more of an order"
    )
    def post(self, request: Request, pk: int) -> Response:
        order = orders.close(actor=self.actor, order=self.begin(pk))
        return self.answer(pk, order.program_id)


class OrderCancel(_Orders):
    @operation("purchase.order", gives=OrderWritten, versioned=True, summary="Cancel an untouched order")
    def post(self, request: Request, pk: int) -> Response:
        order = orders.cancel(actor=self.actor, order=self.begin(pk))
        return self.answer(pk, order.program_id)


class OrderDeliveries(_Orders):
    @operation(
        "purchase.receive", takes=DeliveryIn, gives=OrderWritten, status=201, summary="Write down what came"
    )
    def post(self, request: Request, pk: int) -> Response:
        order = procurement.order_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, order)
        deliveries.receive(actor=self.actor, order=order, **self.given(DeliveryIn))
        return self.answer(pk, order.program_id, status=201)


class _Acceptances(_Orders):
    def load(self, pk: int) -> Acceptance:
        found = procurement.acceptance_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        return found


class AcceptanceSteps(_Acceptances):
    @operation(
        "purchase.receive",
        takes=NewStepIn,
        gives=OrderWritten,
        status=201,
        summary="Add a step of acceptance",
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.load(pk)
        deliveries.add_step(actor=self.actor, acceptance=found, **self.given(NewStepIn))
        return self.answer(found.order_id, found.program_id, status=201)


class AcceptanceStepItem(_Acceptances):
    @operation("purchase.receive", takes=StepIn, gives=OrderWritten, summary="Do a step, with its evidence")
    def put(self, request: Request, pk: int) -> Response:
        step = procurement.step_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, step.acceptance)
        deliveries.set_step(actor=self.actor, step=step, **self.given(StepIn))
        return self.answer(step.acceptance.order_id, step.acceptance.program_id)


class AcceptanceDecision(_Acceptances):
    @operation(
        "purchase.receive", takes=DecisionIn, gives=OrderWritten, versioned=True, summary="Accept or reject"
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.load(pk)
        self.match(found)
        given = self.given(DecisionIn)
        deliveries.decide(actor=self.actor, acceptance=found, on=timezone.localdate(), **given)
        return self.answer(found.order_id, found.program_id)


class AcceptanceRetry(_Acceptances):
    @operation("purchase.receive", gives=OrderWritten, status=201, summary="Begin the next attempt")
    def post(self, request: Request, pk: int) -> Response:
        found = self.load(pk)
        deliveries.retry(actor=self.actor, acceptance=found)
        return self.answer(found.order_id, found.program_id, status=201)
