"""Which projects serve which business objective."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Objective, Program
from projects.models.projects import Project
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class AlignmentQuerySet(models.QuerySet["Alignment"]):
    def visible_to(self, actor: Actor) -> "AlignmentQuerySet":
        """Alignments of the projects whose plan the actor reads, to objectives that he reads too."""
        return self.filter(
            policies.within(actor, "plan.read"),
            objective__in=Objective.objects.visible_to(actor).order_by().values("pk"),
        )


@tracked
class Alignment(Versioned):
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="alignments")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="alignments")

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("alignment")
        verbose_name_plural = _("alignments")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "objective"],
                name="project_aligned_once",
                violation_error_message=_("The project is aligned to this objective already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} → {self.objective}"

    @property
    def scope(self) -> policies.Scope:
        return self.project.scope
