"""How a task earns its value, and which estimate at completion a program goes by. People write these rows."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.budgets import ProgramRow
from projects.models import Task
from tpm.activity.tracking import tracked


class Rule(models.TextChoices):
    """Named as in ``budgets.engine.earned_value.EarningRule``."""

    PERCENT = "percent", _("Percent complete")
    ZERO_HUNDRED = "zero_hundred", _("0/100: all at the finish")
    FIFTY_FIFTY = "fifty_fifty", _("50/50: half at the start")
    MILESTONES = "milestones", _("Weighted milestones")
    LEVEL_OF_EFFORT = "level_of_effort", _("Level of effort")
    APPORTIONED = "apportioned", _("Apportioned to another task")


class EacMethod(models.TextChoices):
    """Which of the estimates at completion is *the* one; all of them are shown."""

    CPI = "cpi", _("BAC / CPI: the cost performance so far goes on")
    BUDGET_RATE = "budget_rate", _("AC + (BAC − EV): the rest costs what was planned")
    CPI_SPI = "cpi_spi", _("AC + (BAC − EV) / (CPI · SPI): cost and schedule performance go on")
    BOTTOM_UP = "bottom_up", _("AC + bottom-up ETC: the open part of today's cost lines")


@tracked
class TaskEarning(ProgramRow):
    """Of one task; a task without a row earns by percent complete, weighs 1 as a milestone and is no control account.

    ``base`` is the task whose progress an apportioned task takes over. ``weight`` counts where the task is a milestone
    and its summary earns by weighted milestones.
    """

    task = models.OneToOneField(
        Task, on_delete=models.CASCADE, related_name="earning", verbose_name=_("task")
    )
    rule = models.CharField(_("earning rule"), max_length=16, choices=Rule.choices, default=Rule.PERCENT)
    base = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("apportioned to"),
    )
    weight = models.PositiveIntegerField(
        _("weight as a milestone"), default=1, validators=[MinValueValidator(0), MaxValueValidator(1_000_000)]
    )
    is_control_account = models.BooleanField(_("control account"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rule="apportioned", base__isnull=False) | ~Q(rule="apportioned") & Q(base=None),
                name="apportioned_names_its_base",
                violation_error_message=_(
                    "An apportioned task names the task that it follows; others name none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(base=None) | ~Q(base=F("task")),
                name="apportioned_to_another",
                violation_error_message=_("A task can not be apportioned to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.get_rule_display()}"


@tracked
class EstimateChoice(ProgramRow):
    """A program's choice; without a row it is BAC / CPI. ``project`` is always null."""

    method = models.CharField(
        _("estimate at completion"), max_length=16, choices=EacMethod.choices, default=EacMethod.CPI
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program"], name="one_estimate_choice"),
            models.CheckConstraint(condition=Q(project=None), name="estimate_choice_of_program"),
        ]

    def __str__(self) -> str:
        return str(self.get_method_display())
