"""Vendors with their contacts and score, and the contracts that programs have with them."""

from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut, in_program
from budgets.models import (
    Contract,
    Vendor,
)
from budgets.selectors import procurement
from budgets.services import contracts, vendors
from programs import policies
from programs.selectors import computation, portfolios, programs
from projects.models import Project, Task
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
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


class VendorFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    text = TextFilter("name", "key")


class ContractFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    vendor = IdFilter("vendor_id")
    text = TextFilter("supplier", "description")


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
