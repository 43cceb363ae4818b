"""Contracts that a program let."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models import separation
from budgets.models.budgets import ProgramRow
from tpm.activity.tracking import tracked


@tracked
class Contract(ProgramRow):
    supplier = models.CharField(_("supplier"), max_length=300)
    supplier_key = models.CharField(_("supplier id"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    capital_request = models.ForeignKey(
        "budgets.CapitalRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="contracts",
        verbose_name=_("capital request"),
    )  # fmt: skip
    external_key = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = separation.funders()

    def __str__(self) -> str:
        return f"{self.supplier}: {self.description[:60]}"
