"""Actuals: money that was spent, posted on a date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models.budgets import ProgramRow
from budgets.models.cost_lines import Category
from projects.models import Task
from tpm.activity.tracking import tracked


@tracked
class Actual(ProgramRow):
    """A posting; a negative amount takes back an earlier one."""

    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="actuals", verbose_name=_("task")
    )
    posted_on = models.DateField(_("posted on"))
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    category = models.CharField(
        _("category"), max_length=12, choices=Category.choices, default=Category.OTHER
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    external_key = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["program", "posted_on"], name="actual_by_date")]

    def __str__(self) -> str:
        return f"{self.amount} on {self.posted_on}"
