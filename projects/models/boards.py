"""How much work a project lets be in a column of its board at once."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from projects.models.projects import Project
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class BoardLimitsQuerySet(models.QuerySet["BoardLimits"]):
    def visible_to(self, actor: Actor) -> "BoardLimitsQuerySet":
        """Limits of the projects whose plan the actor reads."""
        return self.filter(
            policies.within(
                actor, "plan.read", portfolio="project__program__portfolio_id", program="project__program_id"
            )
        )


@tracked
class BoardLimits(Versioned):
    """Work-in-progress limits; None is no limit. What is done has none."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="board_limits")
    waiting = models.PositiveSmallIntegerField(
        _("most tasks waiting"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    in_progress = models.PositiveSmallIntegerField(
        _("most tasks in progress"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    objects = BoardLimitsQuerySet.as_manager()

    class Meta:
        verbose_name = _("board limits")
        verbose_name_plural = _("board limits")

    def __str__(self) -> str:
        return f"board limits of project {self.project_id}"

    @property
    def scope(self) -> policies.Scope:
        return self.project.scope
