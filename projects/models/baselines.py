"""Baselines: the whole program's plan as it was agreed, kept for ever, deleted tasks included."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from tpm.accounts.actors import Actor
from tpm.activity.models import REFUSE
from tpm.activity.tracking import tracked
from tpm.lib.fields import WallTimeField


class BaselineQuerySet(models.QuerySet["Baseline"]):
    def visible_to(self, actor: Actor) -> "BaselineQuerySet":
        """Baselines of the programs of whose plan the actor reads anything."""
        if actor.is_system:
            return self
        return self.filter(program__in=Program.objects.visible_to(actor, "plan.read"))


@tracked
class Baseline(models.Model):
    """Taken in one act for the whole program, at a revision; at most eleven (numbers 0 to 10, as in MS Project).

    ``quality_score`` and ``failed_checks`` (codes of ``projects.engine.quality``) say how good the plan was when it was taken;
    None and empty for baselines that came with an import. ``waiver``: why a plan that did not pass was agreed all the same.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="baselines")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    reason = models.TextField(_("reason"), blank=True)
    revision = models.BigIntegerField()
    data_date = models.DateField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(auto_now_add=True)
    quality_score = models.PositiveSmallIntegerField(_("quality score"), null=True)
    failed_checks = models.JSONField(_("failed checks"), default=list, blank=True)
    waiver = models.TextField(_("waiver"), blank=True)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="baseline_number_once",
                violation_error_message=_("The program has a baseline of this number already."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__lte=10),
                name="at_most_eleven_baselines",
                violation_error_message=_("A program keeps at most eleven baselines."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id)


class BaselineTaskQuerySet(models.QuerySet["BaselineTask"]):
    def visible_to(self, actor: Actor) -> "BaselineTaskQuerySet":
        """Rows of the projects whose plan the actor reads."""
        return self.filter(
            policies.within(
                actor,
                "plan.read",
                portfolio="baseline__program__portfolio_id",
                program="baseline__program_id",
            )
        )


class BaselineTask(models.Model):
    """One task as agreed. ``task_id`` and ``project_id`` are no foreign keys: the row outlives both."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="tasks")
    task_id = models.BigIntegerField()
    project_id = models.BigIntegerField()
    parent_id = models.BigIntegerField(null=True)
    sequence = models.IntegerField()
    wbs = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    is_summary = models.BooleanField()
    is_milestone = models.BooleanField()
    start = WallTimeField()
    finish = WallTimeField()
    duration = models.BigIntegerField()

    objects = BaselineTaskQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["baseline", "task_id"], name="baseline_task_once")]
        triggers = [
            pgtrigger.Trigger(
                name="never_changed", operation=pgtrigger.Update, when=pgtrigger.Before, func=REFUSE
            ),
            # A row goes only after its baseline went (with a reverted import), which stands in the audit.
            pgtrigger.Trigger(
                name="goes_with_its_baseline",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"IF EXISTS (SELECT 1 FROM projects_baseline WHERE id = OLD.baseline_id) THEN {REFUSE} END IF; RETURN OLD;",
            ),
        ]

    def __str__(self) -> str:
        return self.name
