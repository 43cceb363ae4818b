"""Commitments: what one project promised another by when, on a link that crosses projects."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.models.dependencies import Dependency
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

GIVER, TAKER = "predecessor", "successor"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, actor: Actor) -> "CommitmentQuerySet":
        """Commitments of which the actor sees both ends, as with the link itself."""
        ends = (
            policies.within(
                actor,
                "plan.read",
                portfolio=f"dependency__{end}__program__portfolio_id",
                program=f"dependency__{end}__program_id",
                project=f"dependency__{end}__project_id",
            )
            for end in (GIVER, TAKER)
        )
        return self.filter(*ends)


@tracked
class Commitment(Versioned):
    """What the predecessor's project (the giver) promises the successor's (the taker). Every promised date is kept: the
    history of the row is the history of the promise. ``program`` is the taker's, as it is of the link."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        DELIVERED = "delivered", _("Delivered")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    dependency = models.OneToOneField(Dependency, on_delete=models.CASCADE, related_name="commitment")
    deliverable = models.CharField(_("what is given"), max_length=300, blank=True)
    criteria = models.TextField(_("how the taker knows that it is right"), blank=True)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owes it"),
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("waits for it"),
    )
    promised_on = models.DateField(_("promised for"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(promised_on__isnull=False),
                name="accepted_commitment_has_date",
                violation_error_message=_("Nothing was promised yet that could be accepted."),
            ),
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_on__isnull=False)
                | (~Q(state="delivered") & Q(delivered_on=None)),
                name="delivered_commitment_has_day",
                violation_error_message=_("What is delivered needs the day on which it was."),
            ),
        ]

    def __str__(self) -> str:
        return self.deliverable or str(self.dependency)

    @property
    def scope(self) -> policies.Scope:
        """Where it is wanted: the taker's end."""
        return self.dependency.successor.scope

    @property
    def is_asked(self) -> bool:
        """Whether the taker asked and nobody promised yet."""
        return self.promised_on is None and self.state == self.State.PROPOSED
