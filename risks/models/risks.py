"""The risk register: what may hit plan and cost, who watches it, and what is done about it."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.models import Project, Task
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class RiskQuerySet(models.QuerySet["Risk"]):
    def visible_to(self, actor: Actor) -> "RiskQuerySet":
        """Risks of the projects whose register the actor reads; confidential ones need their own capability, or ownership."""
        if actor.is_system:
            return self
        open_ones = policies.within(actor, "risk.read") & Q(is_confidential=False)
        mine = policies.within(actor, "risk.read") & Q(owner=actor.user)
        return self.filter(open_ones | mine | policies.within(actor, "risk.read_confidential"))


@tracked
class Risk(Versioned):
    class Response(models.TextChoices):
        AVOID = "avoid", _("Avoid")
        MITIGATE = "mitigate", _("Mitigate")
        TRANSFER = "transfer", _("Transfer")
        ACCEPT = "accept", _("Accept")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        MITIGATING = "mitigating", _("Being mitigated")
        OCCURRED = "occurred", _("Occurred")
        CLOSED = "closed", _("Closed")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="risks")
    project = models.ForeignKey(
        Project,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="risks",
        verbose_name=_("project"),
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks", verbose_name=_("task")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("cause, event and effect"), blank=True)
    probability = models.FloatField(_("probability"), validators=[MinValueValidator(0), MaxValueValidator(1)])
    impact_days = models.FloatField(_("impact in working days"), default=0, validators=[MinValueValidator(0)])
    impact_cost = models.DecimalField(
        _("impact in money"),
        max_digits=18,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
    )
    response = models.CharField(
        _("response"), max_length=10, choices=Response.choices, default=Response.MITIGATE
    )
    response_plan = models.TextField(_("what is done"), blank=True)
    trigger = models.CharField(_("trigger"), max_length=300, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    external_key = models.CharField(max_length=200, blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="risk_number_once",
                violation_error_message=_("The program has a risk of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(probability__range=(0, 1)),
                name="risk_probability_in_range",
                violation_error_message=_("A probability lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=Q(impact_days__gte=0, impact_cost__gte=0),
                name="risk_impact_not_negative",
                violation_error_message=_("An impact can not be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.project_id)

    @property
    def is_live(self) -> bool:
        """Whether the risk may still hit."""
        return self.status in (self.Status.OPEN, self.Status.MITIGATING)
