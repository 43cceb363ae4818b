"""What-if scenarios: edits of a plan that are not the plan, and what they would make of it.

People write ``Scenario`` and ``ScenarioEdit``; only workers write ``ScenarioResult`` and ``ScenarioTask``.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet, Versioned
from tpm.activity.tracking import tracked
from tpm.lib.fields import WallTimeField


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, actor: Actor) -> "ScenarioQuerySet":
        """One's own scenarios and the shared ones, of programs of whose plan the actor reads anything."""
        if actor.is_system:
            return self
        mine = models.Q(owner=actor.user) if actor.user else models.Q(pk__in=[])
        readable = Program.objects.visible_to(actor, "plan.read")
        return self.filter(mine | models.Q(is_shared=True), program__in=readable)


@tracked
class Scenario(Versioned):
    """A named list of edits. ``edits`` counts the changes of the list; ``based_on`` is the plan's revision at the start."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        APPLIED = "applied", _("Applied to the plan")
        DROPPED = "dropped", _("Dropped")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="scenarios")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    note = models.TextField(_("note"), blank=True)
    is_shared = models.BooleanField(_("shared with all who read the plan"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    based_on = models.BigIntegerField()
    edits = models.BigIntegerField(default=0)
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["program", "state"], name="scenario_of_program")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


@tracked
class ScenarioEdit(Versioned):
    """One command, as ``projects.services.command_json`` reads it. A task or link that edit N creates is called −N."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    command = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "number"], name="scenario_edit_once")]

    def __str__(self) -> str:
        return f"edit {self.number} of scenario {self.scenario_id}"


class ScenarioResult(models.Model):
    """What was computed, from which edits (``edits``) on which revision of the plan; and what was last tried.

    ``problems`` are those of the last try; while there are any, figures and rows are still those of ``edits`` and ``revision``.
    ``figures`` holds plan and scenario side by side, by project id ("0": the program) and key. ``edited`` holds the own values
    of edited tasks, ``links`` what differs among the links, ``outline`` all task ids in their order where that differs.
    """

    scenario = models.OneToOneField(
        Scenario, primary_key=True, on_delete=models.CASCADE, related_name="result"
    )
    edits = models.BigIntegerField(default=-1)
    revision = models.BigIntegerField(default=-1)
    tried_edits = models.BigIntegerField(default=-1)
    tried_revision = models.BigIntegerField(default=-1)
    problems = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    edited = models.JSONField(default=dict)
    links = models.JSONField(default=dict)
    outline = models.JSONField(null=True)
    computed_at = models.DateTimeField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    wanted_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["wanted_at"], name="scenario_wanted", condition=models.Q(wanted_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"result of scenario {self.scenario_id}"


class ScenarioTaskQuerySet(models.QuerySet["ScenarioTask"]):
    def visible_to(self, actor: Actor) -> "ScenarioTaskQuerySet":
        """Rows of the projects whose plan the actor reads; the caller has checked that the scenario may be seen."""
        return self.filter(
            policies.within(
                actor,
                "plan.read",
                portfolio="scenario__program__portfolio_id",
                program="scenario__program_id",
            )
        )


class ScenarioTask(models.Model):
    """A task that the scenario makes differ: its values in the scenario, and beside them those of the plan (``plan_*``).

    ``task_id`` is −N for the task that edit N creates. Values in the scenario are missing for a deleted task, those of the
    plan for a new one. ``is_listed`` is false where only what the chart draws differs (late dates, driver).
    """

    class Change(models.IntegerChoices):
        DIFFERS = 0, _("differs")
        ADDED = 1, _("added")
        DELETED = 2, _("deleted")

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    task_id = models.BigIntegerField()
    project_id = models.BigIntegerField()
    sequence = models.IntegerField()
    name = models.CharField(max_length=500)
    change = models.SmallIntegerField(choices=Change.choices)
    is_edited = models.BooleanField()
    is_listed = models.BooleanField()
    is_summary = models.BooleanField()
    is_milestone = models.BooleanField()
    start = WallTimeField(null=True)
    finish = WallTimeField(null=True)
    late_start = WallTimeField(null=True)
    late_finish = WallTimeField(null=True)
    duration = models.BigIntegerField(null=True)
    percent_complete = models.FloatField(null=True)
    total_float = models.BigIntegerField(null=True)
    free_float = models.BigIntegerField(null=True)
    is_critical = models.BooleanField()
    driver_task_id = models.BigIntegerField(null=True)
    finish_slip = models.BigIntegerField(null=True)
    finish_slip_days = models.BigIntegerField(null=True)
    bac = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    eac = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    plan_start = WallTimeField(null=True)
    plan_finish = WallTimeField(null=True)
    plan_duration = models.BigIntegerField(null=True)
    plan_total_float = models.BigIntegerField(null=True)
    plan_is_critical = models.BooleanField()
    plan_bac = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    plan_eac = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    start_shift = models.BigIntegerField(null=True)
    finish_shift = models.BigIntegerField(null=True)

    objects = ScenarioTaskQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scenario", "task_id"], name="scenario_task_once")]

    def __str__(self) -> str:
        return self.name
