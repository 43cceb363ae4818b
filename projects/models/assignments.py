"""Assignments: which resource works on which task, and how much."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program, Resource
from projects.models.tasks import Task
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, actor: Actor) -> "AssignmentQuerySet":
        """Assignments to tasks of the projects whose plan the actor reads."""
        return self.filter(policies.within(actor, "plan.read", project="task__project_id"))


@tracked
class Assignment(Versioned):
    """``units`` 1 is one full-time person, or one unit of a material. ``work`` is in working minutes, None where nobody has
    said: then it is the units times what the delay leaves of the task's duration. Work begins ``delay`` after the task and is
    done at its units (``projects.engine.load.stretch``)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="assignments")
    units = models.DecimalField(
        _("units"), max_digits=14, decimal_places=4, default=1, validators=[MinValueValidator(0)]
    )
    work = models.BigIntegerField(
        _("work"), null=True, blank=True, help_text=_("working minutes"), validators=[MinValueValidator(0)]
    )
    actual_work = models.BigIntegerField(
        _("work done"), default=0, help_text=_("working minutes"), validators=[MinValueValidator(0)]
    )
    delay = models.BigIntegerField(
        _("delay"), default=0, help_text=_("working minutes after the start of the task")
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "resource"],
                name="assigned_once",
                violation_error_message=_("The resource is assigned to this task already."),
            ),
            models.CheckConstraint(
                condition=Q(units__gte=0),
                name="assignment_units_not_negative",
                violation_error_message=_("Units are zero or more."),
            ),
            models.CheckConstraint(
                condition=(Q(work=None) | Q(work__gte=0)) & Q(actual_work__gte=0),
                name="assigned_work_not_negative",
                violation_error_message=_("Work can not be negative."),
            ),
        ]
        indexes = [models.Index(fields=["program", "resource"], name="assignment_by_resource")]

    def __str__(self) -> str:
        return f"{self.task_id} ← {self.resource_id}"

    @property
    def scope(self) -> policies.Scope:
        return self.task.scope
