"""Revisions of budgets: every approval, transfer and forecast is kept as it was."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.models.budgets import ScopedQuerySet
from budgets.models.categories import Category
from budgets.models.rates import Priced, priced_whole
from programs import policies
from programs.models import Program
from projects.models import Project
from tpm.activity.models import REFUSE, ChangeSet
from tpm.activity.tracking import tracked


def never_changed() -> list[pgtrigger.Trigger]:
    """Return the trigger that refuses to change a row; it goes with its project, or by a revert, both of which the audit keeps."""
    return [
        pgtrigger.Trigger(
            name="never_changed", operation=pgtrigger.Update, when=pgtrigger.Before, func=REFUSE
        )
    ]


@tracked
class BudgetRevision(models.Model):
    """The budget of a project (or of the program's own cost) as it was set once. The latest of each kind is in force.

    ``amount`` is the sum of the lines. Contingency is the project's for known risks, ``reserve`` the management's for
    unknown ones; neither is part of the amount. Who, when, why and through which door stands in the change set.
    """

    class Kind(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CURRENT = "current", _("Current")
        FORECAST = "forecast", _("Forecast")
        WITHDRAWN = "withdrawn", _("Taken back")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    effective_on = models.DateField(_("effective from"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    contingency = models.DecimalField(_("contingency"), max_digits=18, decimal_places=2, default=Decimal(0))
    reserve = models.DecimalField(
        _("management reserve"), max_digits=18, decimal_places=2, default=Decimal(0)
    )
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "project", "number"],
                name="budget_revision_once",
                nulls_distinct=False,
                violation_error_message=_("Somebody else revised this budget meanwhile. Open it again."),
            )
        ]
        triggers = never_changed()

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.amount}"

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.project_id)


@tracked
class BudgetRevisionLine(Priced):
    """The part of a revision for one category; without a category it is not broken down."""

    revision = models.ForeignKey(BudgetRevision, on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(_("category"), max_length=32, blank=True, default="")
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "category"], name="budget_line_once_per_category"),
            priced_whole("budget_line_priced_whole"),
        ]
        triggers = never_changed()

    def __str__(self) -> str:
        return f"{self.category or Category.OTHER}: {self.amount}"
