"""Purchase orders: what was ordered, what came, and what was installed and accepted."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models import purchase_duties, separation
from budgets.models.budgets import ProgramRow
from budgets.models.categories import Category
from budgets.models.cost_lines import Nature
from budgets.models.procurement import Contract
from budgets.models.rates import ExchangeRate
from budgets.models.vendors import Vendor
from programs.models.portfolios import currency_code
from projects.models import Task
from tpm.activity.tracking import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SOME = MinValueValidator(Decimal("0.001"), _("More than zero."))
NOT_NEGATIVE = MinValueValidator(Decimal(0), _("Not less than zero."))


def quantity_field(label: "StrOrPromise", **options: object) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(label, max_digits=14, decimal_places=3, **options)  # type: ignore[arg-type]


def price_field() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(_("unit price"), max_digits=18, decimal_places=4, validators=[NOT_NEGATIVE])


@tracked
class PurchaseOrder(ProgramRow):
    """Binding once it is placed. ``rate`` is null for the portfolio's own currency; else it was pinned when it was placed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PLACED = "placed", _("placed")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    vendor = models.ForeignKey(
        Vendor, on_delete=models.RESTRICT, related_name="orders", verbose_name=_("vendor")
    )
    contract = models.ForeignKey(
        Contract, null=True, blank=True, on_delete=models.RESTRICT, related_name="orders",
        verbose_name=_("contract"),
    )  # fmt: skip
    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    rate = models.ForeignKey(ExchangeRate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT.value)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_on = models.DateField(_("ordered"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="purchase_order_number"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(ordered_by__isnull=False, ordered_on__isnull=False),
                name="placed_order_says_by_whom",
                violation_error_message=_("A person has to place an order."),
            ),
        ]
        indexes = [models.Index(fields=["program", "state"], name="purchase_order_by_state")]
        triggers = purchase_duties.ORDER

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def key(self) -> str:
        """The short name that people say: ``PO-12``."""
        return f"PO-{self.number}"


@tracked
class OrderLine(models.Model):
    """``quantity`` × ``unit_price`` is ``original_amount`` in the order's currency, ``amount`` the same in the portfolio's.

    It is expected on ``expected_on``, else when its task finishes, else on the order's day. ``needs_acceptance``: counts as
    received only after installation and acceptance (a new environment, a tool).
    """

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    description = models.CharField(_("description"), max_length=300)
    category = models.CharField(_("category"), max_length=32, default=Category.OTHER)
    nature = models.CharField(_("opex or capex"), max_length=6, choices=Nature.choices, default=Nature.OPEX)
    quantity = quantity_field(_("quantity"), validators=[SOME])
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    unit_price = price_field()
    original_amount = models.DecimalField(max_digits=18, decimal_places=2)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="order_lines",
        verbose_name=_("task"),
    )
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    needs_acceptance = models.BooleanField(_("installed and accepted"), default=False)
    capital_request = models.ForeignKey(
        "budgets.CapitalRequest", null=True, blank=True, on_delete=models.RESTRICT, related_name="order_lines",
        verbose_name=_("capital request"),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_position_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0),
                name="order_line_positive",
                violation_error_message=_("A quantity is more than zero, a price not less."),
            ),
        ]
        triggers = separation.funders()

    def __str__(self) -> str:
        return f"{self.position}: {self.description}"


@tracked
class Delivery(ProgramRow):
    """What came on one day, of some of the lines of an order."""

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="deliveries")
    number = models.PositiveIntegerField(_("number"))
    delivered_on = models.DateField(_("delivered"))
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="delivery_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.delivered_on}"


@tracked
class DeliveryLine(models.Model):
    """How much came of a line, and how much of that was sent back at once."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="delivered")
    quantity = quantity_field(_("quantity"), validators=[SOME])
    rejected = quantity_field(_("sent back"), default=Decimal(0), validators=[NOT_NEGATIVE])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "order_line"], name="delivered_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, rejected__gte=0, rejected__lte=F("quantity")),
                name="delivery_line_positive",
                violation_error_message=_("More was sent back than came, or nothing came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity}"


@tracked
class Acceptance(ProgramRow):
    """One attempt to install and accept what came of a line; after a rejection follows the next attempt."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="acceptances")
    delivery_line = models.ForeignKey(DeliveryLine, on_delete=models.CASCADE, related_name="acceptances")
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="acceptances",
        verbose_name=_("task"),
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN.value)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery_line", "attempt"], name="acceptance_attempt_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_on=None)
                | ~Q(state="open") & Q(decided_by__isnull=False, decided_on__isnull=False),
                name="acceptance_decided_by_somebody",
                violation_error_message=_("A person has to decide it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(note=""),
                name="acceptance_rejected_with_reason",
                violation_error_message=_("Say why you reject it."),
            ),
        ]
        triggers = purchase_duties.ACCEPTANCE

    def __str__(self) -> str:
        return f"{self.order}: {self.state}"


@tracked
class AcceptanceStep(models.Model):
    """A step of an installation: done on a day, with the evidence that it works."""

    acceptance = models.ForeignKey(Acceptance, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("step"), max_length=200)
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "position"], name="acceptance_step_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(evidence=""),
                name="step_done_with_evidence",
                violation_error_message=_("Say what shows that the step is done."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
