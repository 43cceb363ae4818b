"""Budgets: what was approved for a project, or for the program itself."""

from decimal import Decimal
from typing import Self, TypeVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.models import Project
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

M = TypeVar("M", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows of the projects (or, without a project, of the programs) whose amounts the actor reads."""
        return self.filter(policies.within(actor, "budget.read"))


class ProgramRow(Versioned):
    """A row that belongs to a program, and perhaps to one of its projects."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("project")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.project_id)


@tracked
class Budget(ProgramRow):
    """What is in force: the latest revisions (``BudgetRevision``) in one row.

    ``current`` is null where nothing was moved since the approval, ``forecast`` where nobody forecast. Contingency and
    management reserve stand apart and are part of none of the amounts.
    """

    approved = models.DecimalField(
        _("approved"), max_digits=18, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    contingency = models.DecimalField(
        _("contingency"),
        max_digits=18,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    reserve = models.DecimalField(
        _("management reserve"),
        max_digits=18,
        decimal_places=2,
        default=Decimal(0),
        db_default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    current = models.DecimalField(_("current"), max_digits=18, decimal_places=2, null=True, blank=True)
    forecast = models.DecimalField(_("forecast"), max_digits=18, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "project"],
                name="one_budget_per_project",
                violation_error_message=_("There is a budget for this already. Change that one."),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.approved}"

    @property
    def in_force(self) -> Decimal:
        """What may be spent now: the current amount, or the approved one where nothing was moved since."""
        return self.approved if self.current is None else self.current
