"""Vendors, contracts, orders, deliveries, acceptance, invoices and their match."""

from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut, in_program
from budgets.models import (
    Acceptance,
    CapitalRequest,
    Contract,
    Invoice,
    Nature,
    PurchaseOrder,
    Tolerance,
    Vendor,
)
from budgets.selectors import matches, procurement
from budgets.services import contracts, deliveries, invoices, orders, tolerances, vendors
from programs import policies
from programs.selectors import computation, portfolios, programs
from projects.models import Project, Task
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import LARGEST, Reference
from tpm.lib.api.filters import IdFilter, TextFilter

SMALLEST = Decimal("0.001")


class ContactOut(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    role = serializers.CharField(max_length=200, allow_blank=True, required=False)
    email = serializers.EmailField(allow_blank=True, required=False)
    phone = serializers.CharField(max_length=60, allow_blank=True, required=False)


class ContactIn(ContactOut, Strict):
    pass


class VendorOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    name = serializers.CharField()
    key = serializers.CharField()
    category = serializers.CharField()
    is_active = serializers.BooleanField()
    note = serializers.CharField()


class ScoreOut(serializers.Serializer[Any]):
    """Per cent, of the orders that you see; null: nothing measured yet."""

    deliveries = serializers.IntegerField()
    on_time = serializers.DecimalField(6, 2, allow_null=True)
    judged = serializers.IntegerField()
    first_time = serializers.DecimalField(6, 2, allow_null=True)
    total = serializers.IntegerField(allow_null=True)


class VendorDetailOut(VendorOut):
    contacts = ContactOut(many=True)
    score = ScoreOut(allow_null=True)


class VendorPatch(Strict):
    name = serializers.CharField(max_length=300)
    key = serializers.CharField(max_length=100, allow_blank=True, required=False)
    category = serializers.CharField(max_length=32, allow_blank=True, required=False)
    is_active = serializers.BooleanField(required=False)
    note = serializers.CharField(allow_blank=True, required=False)
    contacts = ContactIn(many=True, required=False)


class MilestoneOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    task = serializers.IntegerField(source="task_id", allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    amount = serializers.DecimalField(18, 2, allow_null=True)


class MilestoneIn(Strict):
    name = serializers.CharField(max_length=300)
    task = Reference(Task.objects.visible_to, required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    amount = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False, allow_null=True)


class ContractOut(serializers.Serializer[Any]):
    """``value`` is in the portfolio's currency; ``currency`` and ``original_amount`` are null unless it was agreed in another."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    vendor = serializers.IntegerField(source="vendor_id", allow_null=True)
    reference = serializers.CharField()
    supplier = serializers.CharField()
    supplier_key = serializers.CharField()
    description = serializers.CharField()
    value = serializers.DecimalField(18, 2, allow_null=True)
    currency = serializers.CharField(allow_null=True)
    original_amount = serializers.DecimalField(22, 4, allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    renewal = serializers.ChoiceField(Contract.Renewal.choices)
    notice_days = serializers.IntegerField()
    is_closed = serializers.BooleanField()


class ContractDetailOut(ContractOut):
    milestones = MilestoneOut(many=True)


class ContractWritten(ContractDetailOut, Revisions):
    pass


class ContractPatch(Strict):
    """Give ``value`` in ``currency`` (the portfolio's, if none is given)."""

    vendor = Reference(Vendor.objects.visible_to)
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    reference = serializers.CharField(max_length=100, allow_blank=True, required=False)
    supplier = serializers.CharField(max_length=300, required=False)
    description = serializers.CharField(allow_blank=True, required=False)
    value = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False, allow_null=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    renewal = serializers.ChoiceField(Contract.Renewal.choices, required=False)
    notice_days = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    is_closed = serializers.BooleanField(required=False)
    milestones = MilestoneIn(many=True, required=False)


class ContractIn(ContractPatch):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, attrs)


class OrderOut(serializers.Serializer[Any]):
    """``total`` and ``left`` (ordered and not invoiced yet) are in the portfolio's currency."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    number = serializers.IntegerField()
    title = serializers.CharField()
    vendor = serializers.IntegerField(source="vendor_id")
    contract = serializers.IntegerField(source="contract_id", allow_null=True)
    currency = serializers.CharField()
    expected_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(PurchaseOrder.State.choices)
    ordered_by = serializers.IntegerField(source="ordered_by_id", allow_null=True)
    ordered_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()
    total = serializers.DecimalField(18, 2)
    left = serializers.DecimalField(18, 2)


class OrderLineOut(serializers.Serializer[Any]):
    """``came``, ``received`` (accepted, where agreed) and ``charged`` (by posted invoices) are quantities."""

    id = serializers.IntegerField(source="line.pk")
    position = serializers.IntegerField(source="line.position")
    description = serializers.CharField(source="line.description")
    category = serializers.CharField(source="line.category")
    nature = serializers.ChoiceField(Nature.choices, source="line.nature")
    quantity = serializers.DecimalField(14, 3, source="line.quantity")
    unit = serializers.CharField(source="line.unit")
    unit_price = serializers.DecimalField(18, 4, source="line.unit_price")
    original_amount = serializers.DecimalField(18, 2, source="line.original_amount")
    amount = serializers.DecimalField(18, 2, source="line.amount")
    task = serializers.IntegerField(source="line.task_id", allow_null=True)
    expected_on = serializers.DateField(source="line.expected_on", allow_null=True)
    needs_acceptance = serializers.BooleanField(source="line.needs_acceptance")
    capital_request = serializers.IntegerField(source="line.capital_request_id", allow_null=True)
    came = serializers.DecimalField(14, 3)
    received = serializers.DecimalField(14, 3)
    charged = serializers.DecimalField(14, 3)


class StepOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    responsible = serializers.CharField()
    done_on = serializers.DateField(allow_null=True)
    evidence = serializers.CharField()


class AcceptanceOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    order = serializers.IntegerField(source="order_id")
    delivery_line = serializers.IntegerField(source="delivery_line_id")
    attempt = serializers.IntegerField()
    task = serializers.IntegerField(source="task_id", allow_null=True)
    state = serializers.ChoiceField(Acceptance.State.choices)
    decided_by = serializers.IntegerField(source="decided_by_id", allow_null=True)
    decided_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()
    steps = StepOut(many=True)


class InvoiceOut(serializers.Serializer[Any]):
    """``blocking``: why it can not be posted as it stands; empty if it matches, or is posted."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    order = serializers.IntegerField(source="order_id")
    number = serializers.CharField()
    invoiced_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    total = serializers.DecimalField(18, 2)
    state = serializers.ChoiceField(Invoice.State.choices)
    posted_by = serializers.IntegerField(source="posted_by_id", allow_null=True)
    posted_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()


class InvoiceDetailOut(InvoiceOut):
    blocking = serializers.ListField(child=serializers.CharField())
    tolerated = serializers.ListField(child=serializers.CharField())


class InvoiceWritten(InvoiceDetailOut, Revisions):
    pass


class OrderDetailOut(OrderOut):
    lines = OrderLineOut(many=True)
    acceptances = AcceptanceOut(many=True)
    invoices = InvoiceOut(many=True)


class OrderWritten(OrderDetailOut, Revisions):
    pass


class OrderLineIn(Strict):
    description = serializers.CharField(max_length=300)
    category = serializers.CharField(max_length=32, required=False)
    nature = serializers.ChoiceField(Nature.choices, required=False)
    quantity = serializers.DecimalField(14, 3, min_value=SMALLEST)
    unit = serializers.CharField(max_length=20, allow_blank=True, required=False)
    unit_price = serializers.DecimalField(18, 4, min_value=Decimal(0))
    task = Reference(Task.objects.visible_to, required=False, allow_null=True)
    expected_on = serializers.DateField(required=False, allow_null=True)
    needs_acceptance = serializers.BooleanField(required=False)
    capital_request = Reference(CapitalRequest.objects.visible_to, required=False, allow_null=True)


class OrderPatch(Strict):
    """Lines are replaced as a whole."""

    title = serializers.CharField(max_length=200)
    vendor = Reference(Vendor.objects.visible_to)
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    contract = Reference(Contract.objects.visible_to, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False)
    expected_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(allow_blank=True, required=False)
    lines = OrderLineIn(many=True, allow_empty=False)  # type: ignore[call-arg]


class OrderIn(OrderPatch):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, attrs)


class CameIn(Strict):
    order_line = serializers.IntegerField(min_value=1, max_value=LARGEST)
    quantity = serializers.DecimalField(14, 3, min_value=SMALLEST)
    rejected = serializers.DecimalField(14, 3, min_value=Decimal(0), required=False)


class DeliveryIn(Strict):
    delivered_on = serializers.DateField()
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)
    rows = CameIn(many=True, allow_empty=False)  # type: ignore[call-arg]


class StepIn(Strict):
    done_on = serializers.DateField(allow_null=True)
    evidence = serializers.CharField(allow_blank=True)
    responsible = serializers.CharField(max_length=200, allow_blank=True)


class NewStepIn(Strict):
    name = serializers.CharField(max_length=200)


class DecisionIn(Strict):
    accept = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True, required=False)


class ChargedIn(Strict):
    order_line = serializers.IntegerField(min_value=1, max_value=LARGEST)
    quantity = serializers.DecimalField(14, 3, min_value=SMALLEST)
    unit_price = serializers.DecimalField(18, 4, min_value=Decimal(0))


class InvoiceIn(Strict):
    """In the order's currency; the rows sum to ``total``."""

    number = serializers.CharField(max_length=60)
    invoiced_on = serializers.DateField()
    due_on = serializers.DateField(required=False, allow_null=True)
    total = serializers.DecimalField(18, 2, min_value=Decimal("0.01"))
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)
    rows = ChargedIn(many=True, allow_empty=False)  # type: ignore[call-arg]


class PostIn(Strict):
    on = serializers.DateField(required=False)


class ReverseIn(Strict):
    reason = serializers.CharField(max_length=1000)
    on = serializers.DateField(required=False, allow_null=True)


class ToleranceOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    number = serializers.IntegerField()
    effective_from = serializers.DateField()
    price_percent = serializers.DecimalField(5, 2)
    quantity_percent = serializers.DecimalField(5, 2)
    amount = serializers.DecimalField(18, 2)
    author = serializers.IntegerField(source="author_id")
    confirmed_by = serializers.IntegerField(source="confirmed_by_id", allow_null=True)


class ToleranceIn(Strict):
    effective_from = serializers.DateField()
    price_percent = serializers.DecimalField(5, 2, min_value=Decimal(0), max_value=Decimal(50))
    quantity_percent = serializers.DecimalField(5, 2, min_value=Decimal(0), max_value=Decimal(50))
    amount = serializers.DecimalField(18, 2, min_value=Decimal(0))


class VendorFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    text = TextFilter("name", "key")


class ContractFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    vendor = IdFilter("vendor_id")
    text = TextFilter("supplier", "description")


class OrderFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    vendor = IdFilter("vendor_id")
    state = django_filters.ChoiceFilter(choices=PurchaseOrder.State.choices)


class InvoiceFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    order = IdFilter("order_id")
    state = django_filters.ChoiceFilter(choices=Invoice.State.choices)


class ToleranceFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")


# ---- vendors --------------------------------------------------------------------------------------------------------


class _Vendors(Endpoint):
    out = VendorOut

    def whole(self, vendor: Vendor) -> dict[str, Any]:
        score = procurement.scores(self.actor, [vendor.pk]).get(vendor.pk)
        return {
            **self.represent(vendor),
            "contacts": ContactOut(vendor.contacts.order_by("pk"), many=True).data,
            "score": ScoreOut(score).data if score else None,
        }


class VendorList(_Vendors):
    serializer_class = VendorOut
    filterset_class = VendorFilters

    @operation("budget.read", gives=VendorOut(many=True), summary="List vendors")
    def get(self, request: Request) -> Response:
        return self.page(procurement.vendors(self.actor))


class PortfolioVendors(_Vendors):
    @operation("vendor.edit", takes=VendorPatch, gives=VendorDetailOut, status=201, summary="Add a vendor")
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = vendors.create(actor=self.actor, portfolio=portfolio, **self.given(VendorPatch))
        return self.written(self.whole(made), status=201, at=f"/api/v1/vendors/{made.pk}/")


class VendorItem(_Vendors):
    @operation("budget.read", gives=VendorDetailOut, summary="Read a vendor with its contacts and its score")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.whole(procurement.vendor_for(self.actor, pk)))

    @operation(
        "vendor.edit",
        takes=VendorPatch(partial=True),
        gives=VendorDetailOut,
        versioned=True,
        summary="Change a vendor",
    )
    def patch(self, request: Request, pk: int) -> Response:
        vendor = procurement.vendor_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, vendor)
        self.match(vendor)
        changed = vendors.update(actor=self.actor, vendor=vendor, **self.given(VendorPatch, partial=True))
        return self.written(self.whole(changed))

    @operation("vendor.edit", gives=DeletedOut, versioned=True, summary="Delete a vendor without purchases")
    def delete(self, request: Request, pk: int) -> Response:
        vendor = procurement.vendor_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, vendor)
        self.match(vendor)
        vendors.delete(actor=self.actor, vendor=vendor)
        return self.written({"deleted": True})


# ---- contracts ------------------------------------------------------------------------------------------------------


class _Contracts(Endpoint):
    out = ContractOut

    def whole(self, contract: Contract) -> dict[str, Any]:
        milestones = MilestoneOut(contract.milestones.order_by("due_on", "pk"), many=True).data
        return {**self.represent(contract), "milestones": milestones}

    def rows(self) -> QuerySet[Any]:
        return procurement.contracts(self.actor)


class ContractList(_Contracts):
    serializer_class = ContractOut
    filterset_class = ContractFilters

    @operation("budget.read", gives=ContractOut(many=True), summary="List contracts")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramContracts(_Contracts):
    @operation("budget.edit", takes=ContractIn, gives=ContractWritten, status=201, summary="Add a contract")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        made = contracts.create(actor=self.actor, program=program, **self.given(ContractIn))
        return self.written(
            self.whole(made), computation.revisions(pk), status=201, at=f"/api/v1/contracts/{made.pk}/"
        )


class ContractItem(_Contracts):
    @operation("budget.read", gives=ContractDetailOut, summary="Read a contract with its milestones")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.whole(self.rows().get(pk=pk)))

    @operation(
        "budget.edit",
        takes=ContractPatch(partial=True),
        gives=ContractWritten,
        versioned=True,
        summary="Change a contract",
    )
    def patch(self, request: Request, pk: int) -> Response:
        contract = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, contract)
        self.match(contract)
        given = self.given(ContractPatch, partial=True)
        changed = contracts.update(actor=self.actor, contract=contract, **given)
        return self.written(self.whole(changed), computation.revisions(contract.program_id))

    @operation("budget.edit", gives=DeletedOut, versioned=True, summary="Delete a contract without orders")
    def delete(self, request: Request, pk: int) -> Response:
        contract = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, contract)
        self.match(contract)
        contracts.delete(actor=self.actor, contract=contract)
        return self.written({"deleted": True}, computation.revisions(contract.program_id))


# ---- orders ---------------------------------------------------------------------------------------------------------


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


# ---- acceptance -----------------------------------------------------------------------------------------------------


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


# ---- invoices -------------------------------------------------------------------------------------------------------


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


# ---- tolerances -----------------------------------------------------------------------------------------------------


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


class ToleranceConfirm(_Tolerances):
    @operation("policy.edit", gives=ToleranceOut, versioned=True, summary="Put a tolerance in force")
    def post(self, request: Request, pk: int) -> Response:
        found = procurement.tolerance_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        return self.written(self.represent(tolerances.confirm(actor=self.actor, tolerance=found)))
