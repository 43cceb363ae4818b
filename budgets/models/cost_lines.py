"""Cost lines: what the work is planned to cost, phased over a task's dates or over their own."""

from decimal import Decimal
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from budgets.models import separation
from budgets.models.budgets import ProgramRow, ScopedQuerySet
from budgets.models.categories import Category
from budgets.models.labour import LabourCost
from budgets.models.rates import Priced, priced_whole
from projects.models import Task
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class Nature(models.TextChoices):
    OPEX = "opex", _("Operating expense")
    CAPEX = "capex", _("Capital expense")


L = TypeVar("L", bound="CostLine", covariant=True)


class CostLineQuerySet(ScopedQuerySet[L]):
    def costed(self) -> Self:
        """Read with each line what its assigned work costs by the rate cards, and whether some of that has no rate."""
        mine = LabourCost.objects.filter(line=OuterRef("pk")).order_by()
        total = mine.values("line").annotate(total=Sum("amount")).values("total")
        return self.annotate(labour=Subquery(total), is_unrated=Exists(mine.filter(rate=None)))


@tracked
class CostLine(ProgramRow, Priced):
    """With a task the line follows the task's dates: a slipped task moves its cost. Without, it has its own dates, over
    which it is spread evenly, or (``by_hand``) as its portions say. ``from_assignments``: nobody gives an amount; it is what the
    assigned work costs by the rate cards (``LabourCost``), and ``amount`` stays zero.
    """

    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="cost_lines",
        verbose_name=_("task"),
    )
    name = models.CharField(_("name"), max_length=300)
    category = models.CharField(_("category"), max_length=32, default=Category.OTHER)
    nature = models.CharField(_("opex or capex"), max_length=6, choices=Nature.choices, default=Nature.OPEX)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    by_hand = models.BooleanField(_("phased by hand"), default=False, db_default=False)
    from_assignments = models.BooleanField(_("from assignments"), default=False, db_default=False)
    external_key = models.CharField(max_length=200, blank=True)

    objects = CostLineQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="cost_line_has_task_or_dates",
                violation_error_message=_(
                    "A cost line needs a task, or dates of its own in the right order."
                ),
            ),
            models.CheckConstraint(
                condition=Q(task=None) | Q(project__isnull=False),
                name="task_cost_names_its_project",
                violation_error_message=_("A cost line of a task names its project, too."),
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False) | Q(task=None),
                name="by_hand_has_no_task",
                violation_error_message=_(
                    "A cost line that follows a task is phased over the task's dates, not by hand."
                ),
            ),
            models.CheckConstraint(
                condition=Q(from_assignments=False) | Q(task__isnull=False, amount=0, currency=None),
                name="from_assignments_has_no_amount",
                violation_error_message=_(
                    "A line from assignments names a task, and its amount is computed."
                ),
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(from_assignments=True),
                name="assigned_work_costed_once",
                violation_error_message=_(
                    "The assigned work of this task is costed by another line already."
                ),
            ),
            priced_whole("cost_line_priced_whole"),
        ]
        indexes = [models.Index(fields=["program", "project"], name="cost_line_by_project")]
        triggers = separation.COST_LINE

    labour: Decimal | None = None  # as ``costed`` reads it
    is_unrated = False

    def __str__(self) -> str:
        return self.name

    @property
    def cost(self) -> Decimal:
        """The amount, computed or given."""
        return self.amount + (self.labour or Decimal(0))


@tracked
class CostPortion(Versioned):
    """What a cost line that is phased by hand spends from one day to another, as a rule in one period."""

    line = models.ForeignKey(CostLine, on_delete=models.CASCADE, related_name="portions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "starts_on"], name="portion_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="portion_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.amount}"
