"""Orders, acceptances, invoices and tolerances as the API shows and takes them."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from budgets.api.budgets import in_program
from budgets.models import (
    Acceptance,
    CapitalRequest,
    Contract,
    Invoice,
    Nature,
    PurchaseOrder,
    Vendor,
)
from projects.models import Project, Task
from tpm.activity.rest import Revisions, Strict
from tpm.activity.rest_fields import LARGEST, Reference

SMALLEST = Decimal("0.001")


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
    lines = OrderLineIn(many=True, allow_empty=False)


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
    rows = CameIn(many=True, allow_empty=False)


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
    rows = ChargedIn(many=True, allow_empty=False)


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


class DiscardedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class ToleranceIn(Strict):
    effective_from = serializers.DateField()
    price_percent = serializers.DecimalField(5, 2, min_value=Decimal(0), max_value=Decimal(50))
    quantity_percent = serializers.DecimalField(5, 2, min_value=Decimal(0), max_value=Decimal(50))
    amount = serializers.DecimalField(18, 2, min_value=Decimal(0))
