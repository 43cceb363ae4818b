"""What a program's plan is computed with, and what the engine found. Only workers write ``TaskSchedule``."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.models.baselines import Baseline
from projects.models.tasks import Task
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked
from tpm.lib.fields import WallTimeField


@tracked
class Plan(Versioned):
    """The program's options of the schedule engine, the baseline that slippage is measured against, and what a new one needs."""

    class Progress(models.TextChoices):
        RETAINED_LOGIC = "retained_logic", _("Retained logic: remaining work waits for its predecessors")
        PROGRESS_OVERRIDE = (
            "progress_override",
            _("Progress override: remaining work goes on at the data date"),
        )

    program = models.OneToOneField(Program, primary_key=True, on_delete=models.CASCADE, related_name="plan")
    baseline = models.ForeignKey(Baseline, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    honour_constraints = models.BooleanField(_("constraint dates override links"), default=True)
    progress = models.CharField(
        _("out-of-sequence work"), max_length=20, choices=Progress.choices, default=Progress.RETAINED_LOGIC
    )
    critical_threshold = models.BigIntegerField(
        _("critical up to this float"), default=0, help_text=_("working minutes")
    )
    baseline_gate = models.BooleanField(
        _("a baseline needs a passing quality score or a written waiver"), default=False
    )
    passing_score = models.PositiveSmallIntegerField(
        _("passing score"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("percent of the quality checks that apply"),
    )

    def __str__(self) -> str:
        return f"plan of program {self.program_id}"

    @property
    def scope(self) -> policies.Scope:
        return self.program.scope


class TaskScheduleQuerySet(models.QuerySet["TaskSchedule"]):
    def visible_to(self, actor: Actor) -> "TaskScheduleQuerySet":
        """Results of the projects whose plan the actor reads."""
        return self.filter(policies.within(actor, "plan.read"))


class TaskSchedule(models.Model):
    """Dates, float, driver and slippage of one task. Floats and slippage are working minutes of the task's own calendar."""

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="schedule"
    )
    # The indexes below begin with the program: one of its own would only slow publishing down.
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    project_id = models.BigIntegerField()
    sequence = models.IntegerField()
    depth = models.SmallIntegerField()
    wbs = models.CharField(max_length=64)
    is_summary = models.BooleanField()
    early_start = WallTimeField(null=True)
    early_finish = WallTimeField(null=True)
    late_start = WallTimeField(null=True)
    late_finish = WallTimeField(null=True)
    start = WallTimeField(null=True)
    finish = WallTimeField(null=True)
    duration = models.BigIntegerField()
    percent_complete = models.FloatField()
    total_float = models.BigIntegerField(null=True)
    free_float = models.BigIntegerField(null=True)
    is_critical = models.BooleanField()
    driver_kind = models.SmallIntegerField()
    driver_task_id = models.BigIntegerField(null=True)
    driver_link_id = models.BigIntegerField(null=True)
    baseline_start = WallTimeField(null=True)
    baseline_finish = WallTimeField(null=True)
    start_slip = models.BigIntegerField(null=True)
    finish_slip = models.BigIntegerField(null=True)
    finish_slip_days = models.BigIntegerField(null=True)
    # The computed revision that wrote this row last (a new place in the outline alone does not count).
    changed_at_revision = models.BigIntegerField(default=0)

    objects = TaskScheduleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["program", "sequence"], name="schedule_outline"),
            models.Index(fields=["project_id"], name="schedule_by_project"),
        ]

    def __str__(self) -> str:
        return f"schedule of task {self.task_id}"
