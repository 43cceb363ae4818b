"""Cost lines: what the work is planned to cost, phased over a task's dates or over their own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.budgets import ProgramRow
from projects.models import Task
from tpm.activity.tracking import tracked


class Category(models.TextChoices):
    LABOUR = "labour", _("Labour")
    HARDWARE = "hardware", _("Hardware")
    SOFTWARE = "software", _("Software and licences")
    CLOUD = "cloud", _("Cloud")
    SERVICES = "services", _("Services")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Other")


class Nature(models.TextChoices):
    OPEX = "opex", _("Operating expense")
    CAPEX = "capex", _("Capital expense")


@tracked
class CostLine(ProgramRow):
    """With a task the line follows the task's dates: a slipped task moves its cost. Without, it has its own dates."""

    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="cost_lines",
        verbose_name=_("task"),
    )
    name = models.CharField(_("name"), max_length=300)
    category = models.CharField(
        _("category"), max_length=12, choices=Category.choices, default=Category.OTHER
    )
    nature = models.CharField(_("opex or capex"), max_length=6, choices=Nature.choices, default=Nature.OPEX)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    external_key = models.CharField(max_length=200, blank=True)

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
        ]
        indexes = [models.Index(fields=["program", "project"], name="cost_line_by_project")]

    def __str__(self) -> str:
        return self.name
