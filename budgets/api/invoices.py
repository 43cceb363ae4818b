"""Invoices and how they match; the tolerances of the match."""

from decimal import Decimal
from typing import Any

import django_filters
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut
from budgets.api.order_shapes import (
    DiscardedOut,
    InvoiceDetailOut,
    InvoiceIn,
    InvoiceOut,
    InvoiceWritten,
    PostIn,
    ReverseIn,
    ToleranceIn,
    ToleranceOut,
)
from budgets.models import (
    Invoice,
    Tolerance,
)
from budgets.selectors import matches, procurement
from budgets.services import invoices, tolerances
from programs import policies
from programs.selectors import computation, portfolios
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.filters import IdFilter

SMALLEST = Decimal("0.001")


class InvoiceFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    order = IdFilter("order_id")
    state = django_filters.ChoiceFilter(choices=Invoice.State.choices)


class ToleranceFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")


class _Invoices(Endpoint):
    out = InvoiceOut

    def whole(self, pk: int) -> dict[str, Any]:
        invoice = procurement.invoice_for(self.actor, pk)
        found = matches.of_invoice(invoice, timezone.localdate()) if invoice.state == "entered" else []
        return {
            **self.represent(invoice),
            "blocking": [said for line in found for said in line.blocking],
            "tolerated": [said for line in found for said in line.passing],
        }

    def begin(self, pk: int) -> Invoice:
        invoice = procurement.invoice_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, invoice)
        self.match(invoice)
        return invoice


class InvoiceList(_Invoices):
    serializer_class = InvoiceOut
    filterset_class = InvoiceFilters

    @operation("budget.read", gives=InvoiceOut(many=True), summary="List invoices of vendors")
    def get(self, request: Request) -> Response:
        return self.page(Invoice.objects.visible_to(self.actor))


class OrderInvoices(_Invoices):
    @operation("invoice.enter", takes=InvoiceIn, gives=InvoiceWritten, status=201, summary="Enter an invoice")
    def post(self, request: Request, pk: int) -> Response:
        order = procurement.order_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, order)
        made = invoices.enter(actor=self.actor, order=order, **self.given(InvoiceIn))
        return self.written(
            self.whole(made.pk),
            computation.revisions(order.program_id),
            status=201,
            at=f"/api/v1/invoices/{made.pk}/",
        )


class InvoiceItem(_Invoices):
    @operation("budget.read", gives=InvoiceDetailOut, summary="Read an invoice and how it matches")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.whole(pk))

    @operation(
        "invoice.enter", gives=DeletedOut, versioned=True, summary="Remove an invoice entered by mistake"
    )
    def delete(self, request: Request, pk: int) -> Response:
        invoice = self.begin(pk)
        invoices.delete(actor=self.actor, invoice=invoice)
        return self.written({"deleted": True}, computation.revisions(invoice.program_id))


class InvoicePost(_Invoices):
    @operation(
        "actuals.post",
        takes=PostIn,
        gives=InvoiceWritten,
        versioned=True,
        summary="Post an invoice that matches",
    )
    def post(self, request: Request, pk: int) -> Response:
        invoice = self.begin(pk)
        invoices.post(
            actor=self.actor, invoice=invoice, on=self.given(PostIn).get("on") or timezone.localdate()
        )
        return self.written(self.whole(pk), computation.revisions(invoice.program_id))


class InvoiceReverse(_Invoices):
    @operation(
        "actuals.post",
        takes=ReverseIn,
        gives=InvoiceWritten,
        versioned=True,
        summary="Reverse a posted invoice",
    )
    def post(self, request: Request, pk: int) -> Response:
        invoice = self.begin(pk)
        invoices.reverse(actor=self.actor, invoice=invoice, **self.given(ReverseIn))
        return self.written(self.whole(pk), computation.revisions(invoice.program_id))


class _Tolerances(Endpoint):
    out = ToleranceOut


class ToleranceList(_Tolerances):
    serializer_class = ToleranceOut
    filterset_class = ToleranceFilters

    @operation("budget.read", gives=ToleranceOut(many=True), summary="List tolerances of the three-way match")
    def get(self, request: Request) -> Response:
        return self.page(Tolerance.objects.visible_to(self.actor))


class PortfolioTolerances(_Tolerances):
    @operation(
        "policy.edit", takes=ToleranceIn, gives=ToleranceOut, status=201, summary="Write a new tolerance"
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = tolerances.draft(actor=self.actor, portfolio=portfolio, **self.given(ToleranceIn))
        return self.written(self.represent(made), status=201)


class ToleranceItem(_Tolerances):
    @operation("budget.read", gives=ToleranceOut, summary="Read a version of the tolerance")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(procurement.tolerance_for(self.actor, pk)))

    @operation("policy.edit", gives=DiscardedOut, versioned=True, summary="Discard a draft")
    def delete(self, request: Request, pk: int) -> Response:
        found = procurement.tolerance_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        tolerances.discard(actor=self.actor, tolerance=found)
        return self.written({"deleted": True})


class ToleranceConfirm(_Tolerances):
    @operation("policy.edit", gives=ToleranceOut, versioned=True, summary="Put a tolerance in force")
    def post(self, request: Request, pk: int) -> Response:
        found = procurement.tolerance_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        return self.written(self.represent(tolerances.confirm(actor=self.actor, tolerance=found)))
