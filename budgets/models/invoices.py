"""Invoices of vendors, and how far they may differ from what was ordered and received."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models import purchase_duties
from budgets.models.actuals import Actual
from budgets.models.budgets import ProgramRow
from budgets.models.orders import SOME, OrderLine, PurchaseOrder, price_field, quantity_field
from budgets.models.portfolio_rows import PortfolioRow
from tpm.activity.tracking import tracked

PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(50))]


@tracked
class Tolerance(PortfolioRow):
    """One version of what the three-way match lets pass, in force once a second person has confirmed it: a line may differ by
    ``percent`` and by ``amount`` (in the portfolio's currency) at most, by both at once."""

    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("in force from"))
    price_percent = models.DecimalField(
        _("price, per cent"), max_digits=5, decimal_places=2, default=Decimal(0), validators=PERCENT
    )
    quantity_percent = models.DecimalField(
        _("quantity, per cent"), max_digits=5, decimal_places=2, default=Decimal(0), validators=PERCENT
    )
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "number"], name="tolerance_number"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("author")),
                name="tolerance_needs_two_persons",
                violation_error_message=_(
                    "A tolerance is confirmed by somebody else than the person who wrote it."
                ),
            ),
        ]
        triggers = purchase_duties.TOLERANCE

    def __str__(self) -> str:
        return f"v{self.number}"


@tracked
class Invoice(ProgramRow):
    """What a vendor wants for an order, in the order's currency and without tax that is deducted. ``total`` is as printed."""

    class State(models.TextChoices):
        ENTERED = "entered", _("entered")
        POSTED = "posted", _("posted")
        REVERSED = "reversed", _("reversed")

    order = models.ForeignKey(PurchaseOrder, on_delete=models.RESTRICT, related_name="invoices")
    number = models.CharField(_("invoice number"), max_length=60)
    invoiced_on = models.DateField(_("invoice date"))
    due_on = models.DateField(_("payable"), null=True, blank=True)
    total = models.DecimalField(
        _("total"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.ENTERED.value)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"],
                condition=~Q(state="reversed"),
                name="invoice_once",
                violation_error_message=_("This invoice was entered already."),
            ),
            models.CheckConstraint(
                condition=Q(state="entered", posted_by=None, posted_on=None)
                | ~Q(state="entered") & Q(posted_by__isnull=False, posted_on__isnull=False),
                name="invoice_posted_by_somebody",
                violation_error_message=_("A person has to post an invoice."),
            ),
        ]
        indexes = [models.Index(fields=["program", "state"], name="invoice_by_state")]
        triggers = purchase_duties.INVOICE

    def __str__(self) -> str:
        return self.number


@tracked
class InvoiceLine(models.Model):
    """What is charged for a line of the order; ``actual`` is the posting that it became."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.RESTRICT, related_name="invoiced")
    quantity = quantity_field(_("quantity"), validators=[SOME])
    unit_price = price_field()
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    actual = models.OneToOneField(
        Actual, null=True, blank=True, on_delete=models.RESTRICT, related_name="invoice_line"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "order_line"], name="invoiced_once_per_line"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0),
                name="invoice_line_positive",
                violation_error_message=_("A quantity is more than zero, a price not less."),
            ),
        ]
        triggers = purchase_duties.INVOICE_LINE

    def __str__(self) -> str:
        return f"{self.amount}"
