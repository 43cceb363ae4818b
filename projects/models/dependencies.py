"""Links between tasks, inside a project, across projects and across programs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.models.tasks import Task
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class DependencyQuerySet(models.QuerySet["Dependency"]):
    def visible_to(self, actor: Actor) -> "DependencyQuerySet":
        """Links of which the actor sees both ends."""
        ends = (
            policies.within(
                actor,
                "plan.read",
                portfolio=f"{end}__program__portfolio_id",
                program=f"{end}__program_id",
                project=f"{end}__project_id",
            )
            for end in ("predecessor", "successor")
        )
        return self.filter(*ends)


@tracked
class Dependency(Versioned):
    """``program`` is the successor's: whose dates the link drives. ``lag`` is in minutes, for percentages in hundredths of a percent."""

    class Kind(models.IntegerChoices):
        FS = 0, _("Finish to start")
        SS = 1, _("Start to start")
        FF = 2, _("Finish to finish")
        SF = 3, _("Start to finish")

    class LagUnit(models.IntegerChoices):
        WORKING = 0, _("working time")
        ELAPSED = 1, _("elapsed time")
        PERCENT = 2, _("percent of the predecessor's duration")
        ELAPSED_PERCENT = 3, _("percent of the predecessor's duration, in elapsed time")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    predecessor_program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    predecessor = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="successor_links")
    successor = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="predecessor_links")
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices, default=Kind.FS)
    lag = models.BigIntegerField(_("lag"), default=0)
    lag_unit = models.SmallIntegerField(_("lag unit"), choices=LagUnit.choices, default=LagUnit.WORKING)

    objects = DependencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind"],
                name="one_link_of_a_kind_between_two_tasks",
                violation_error_message=_("These two tasks are linked in this way already."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="task_does_not_follow_itself",
                violation_error_message=_("A task can not follow itself."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["predecessor_program", "program"],
                name="dependency_crosses_programs",
                condition=~Q(predecessor_program=F("program")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
