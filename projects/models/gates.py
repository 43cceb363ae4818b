"""Stage gates: where a program or a component project is let on, by which criteria, and what was decided."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.models.projects import Project
from projects.models.tasks import Task
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class GateQuerySet(models.QuerySet["Gate"]):
    def visible_to(self, actor: Actor) -> "GateQuerySet":
        """Gates of the programs and projects whose plan the actor reads."""
        return self.filter(policies.within(actor, "plan.read"))


class GateCriterionQuerySet(models.QuerySet["GateCriterion"]):
    def visible_to(self, actor: Actor) -> "GateCriterionQuerySet":
        """Criteria of the gates that the actor sees."""
        return self.filter(policies.within(actor, "plan.read", project="gate__project_id"))


@tracked
class Gate(Versioned):
    """A gate of a program, or of one of its component projects.

    Its date is that of a milestone of the plan (``task``), or ``planned_on``, held against ``agreed_on``. ``state`` and what stands
    with it is the decision in force; every decision before it is in the history of the row, which nobody can change.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Not decided")
        PASSED = "passed", _("Passed")
        CONDITIONAL = "conditional", _("Passed with conditions")
        HELD = "held", _("Held")
        STOPPED = "stopped", _("Stopped")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="gates")
    project = models.ForeignKey(
        Project,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="gates",
        verbose_name=_("project"),
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("what it lets through"), blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gates",
        verbose_name=_("milestone"),
    )
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed for"), null=True, blank=True)
    state = models.CharField(_("decision"), max_length=12, choices=State.choices, default=State.PENDING)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    note = models.TextField(_("note or conditions"), blank=True)

    objects = GateQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", decided_on=None) | (~Q(state="pending") & Q(decided_on__isnull=False)),
                name="decided_gate_has_day",
                violation_error_message=_("A decision needs the day on which it was made."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("pending", "passed")) | ~Q(note=""),
                name="gate_decision_says_why",
                violation_error_message=_("Say what the conditions are, or why it is held or stopped."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["program", "project", "position"], name="gate_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.project_id)

    @property
    def is_behind(self) -> bool:
        """Whether work may go on beyond it."""
        return self.state in (self.State.PASSED, self.State.CONDITIONAL)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided: nothing was, or it is held."""
        return self.state in (self.State.PENDING, self.State.HELD)

    @property
    def forecast(self) -> date | None:
        """The day on which it is expected; what its milestone's schedule (loaded with it) says comes first."""
        schedule = getattr(self.task, "schedule", None) if self.task_id else None
        if schedule is not None and schedule.finish is not None:
            return date(schedule.finish.year, schedule.finish.month, schedule.finish.day)
        return self.planned_on


@tracked
class GateCriterion(Versioned):
    """What must be met before a gate is passed. A criterion that does not apply is waived, with the reason."""

    class State(models.TextChoices):
        NOT_MET = "not_met", _("Not met")
        MET = "met", _("Met")
        WAIVED = "waived", _("Waived")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveIntegerField(_("order"), default=0)
    text = models.CharField(_("what must be met"), max_length=500)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NOT_MET)
    reason = models.TextField(_("evidence or reason"), blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = GateCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate criterion")
        verbose_name_plural = _("gate criteria")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(reason=""),
                name="waived_criterion_says_why",
                violation_error_message=_("Say why this criterion is waived."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def scope(self) -> policies.Scope:
        return self.gate.scope

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way of the gate."""
        return self.state == self.State.NOT_MET
