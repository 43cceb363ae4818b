"""Component projects: the parts of a program, each of one of four kinds."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program, WorkCalendar
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, actor: Actor, capability: str = "plan.read") -> "ProjectQuerySet":
        """Projects of which the actor holds the capability."""
        return self.filter(policies.within(actor, capability, project="pk"))


@tracked
class Project(Versioned):
    class Kind(models.TextChoices):
        SOFTWARE = "software", _("Software")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure installation")
        PROCESS = "process", _("Business-process change")
        CAPABILITY = "capability", _("Organisational capability")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="projects")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("planned outcome"), blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.SOFTWARE)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("manager"),
    )
    starts_on = models.DateField(_("not before"), null=True, blank=True)
    calendar = models.ForeignKey(
        WorkCalendar,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("calendar"),
    )
    position = models.BigIntegerField(default=0)
    external_key = models.CharField(max_length=200, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("code"),
                "program",
                name="project_code_unique",
                violation_error_message=_("The program has a project with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.pk)
