"""Who holds which role, where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.policies import Role
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


@tracked
class Grant(Versioned):
    """A role given to a user for a portfolio, one of its programs, or one project of that program.

    ``project_id`` is no foreign key: projects live in the app above.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=3, choices=Role.choices)
    portfolio = models.ForeignKey("programs.Portfolio", on_delete=models.CASCADE, related_name="grants")
    program = models.ForeignKey(
        "programs.Program", null=True, blank=True, on_delete=models.CASCADE, related_name="grants"
    )
    project_id = models.BigIntegerField(null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "portfolio", "program", "project_id"],
                name="grant_once",
                violation_error_message=_("The person holds this role here already."),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(project_id=None) | Q(program__isnull=False),
                name="project_grant_names_its_program",
                violation_error_message=_("A role for a project names its program, too."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"
