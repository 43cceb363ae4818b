"""Contracts that a program let, and the milestones agreed in them."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models import separation
from budgets.models.budgets import ProgramRow
from budgets.models.rates import Priced, priced_whole
from budgets.models.vendors import Vendor
from projects.models import Task
from tpm.activity.tracking import tracked


@tracked
class Contract(ProgramRow, Priced):
    """``value`` is in the portfolio's currency (``Priced`` keeps what was agreed in another); null: not stated.

    ``supplier`` is the name as it stands in the contract, ``vendor`` whom it means. Notice must be given ``notice_days`` before
    the last day: from then on the contract is shown as expiring, or as about to renew itself.
    """

    class Renewal(models.TextChoices):
        NONE = "none", _("ends")
        OPTION = "option", _("can be extended")
        AUTOMATIC = "automatic", _("renews itself")

    vendor = models.ForeignKey(
        Vendor,
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="contracts",
        verbose_name=_("vendor"),
    )
    reference = models.CharField(_("contract number"), max_length=100, blank=True)
    supplier = models.CharField(_("supplier"), max_length=300)
    supplier_key = models.CharField(_("supplier id"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    renewal = models.CharField(
        _("at its end"), max_length=10, choices=Renewal.choices, default=Renewal.NONE, db_default=Renewal.NONE
    )
    notice_days = models.PositiveSmallIntegerField(
        _("notice in days"), default=60, db_default=60, validators=[MaxValueValidator(1000)]
    )
    is_closed = models.BooleanField(_("closed"), default=False, db_default=False)
    capital_request = models.ForeignKey(
        "budgets.CapitalRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="contracts",
        verbose_name=_("capital request"),
    )  # fmt: skip
    external_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_start",
                violation_error_message=_("The contract ends before it starts."),
            ),
            priced_whole("contract_priced_whole"),
        ]
        indexes = [
            models.Index(fields=["program", "ends_on"], name="contract_by_end"),
            models.Index(fields=["vendor"], name="contract_by_vendor"),
        ]
        triggers = separation.funders()

    def __str__(self) -> str:
        return f"{self.supplier}: {self.description[:60]}"


@tracked
class ContractMilestone(models.Model):
    """What was agreed for a day; with a task it is due when the task finishes. ``amount`` is in the contract's currency."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(_("name"), max_length=300)
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="contract_milestones",
        verbose_name=_("task"),
    )  # fmt: skip
    due_on = models.DateField(_("due"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip

    def __str__(self) -> str:
        return self.name
