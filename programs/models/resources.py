"""Resources: the people, roles, materials and expenses that work is assigned to."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.calendars import WorkCalendar
from programs.models.portfolios import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

PERIOD = {"starts", "ends", "units"}


def availability_periods(value: Any) -> None:
    """Refuse anything but a list of ``{"starts": moment or null, "ends": moment or null, "units": "0.5"}``."""
    if not isinstance(value, list):
        raise ValidationError(_("Availability is a list of periods."))
    for period in value:
        if not isinstance(period, dict) or period.keys() != PERIOD:
            raise ValidationError(_("A period of availability has starts, ends and units."))
        try:
            bounds = [datetime.fromisoformat(period[name]) for name in ("starts", "ends") if period[name]]
            units = Decimal(str(period["units"]))
        except (TypeError, ValueError, InvalidOperation):
            raise ValidationError(
                _("A period of availability has two moments (or null) and a number of units.")
            ) from None
        if any(at.tzinfo is not None for at in bounds) or not (units.is_finite() and units >= 0):
            raise ValidationError(_("Units are zero or more; moments are those of the program's clock."))
        if len(bounds) == 2 and bounds[0] > bounds[1]:
            raise ValidationError(_("A period of availability ends before it starts."))


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, actor: Actor) -> "ResourceQuerySet":
        """Resources of the portfolios in which the actor reads any plan; those of one program only with that program."""
        if actor.is_system:
            return self
        held = list(policies.holding(actor, "plan.read"))
        own = models.Q(program=None) | models.Q(program_id__in={g.program_id for g in held if g.program_id})
        whole = models.Q(portfolio_id__in={g.portfolio_id for g in held if not g.program_id})
        return self.filter(whole | (models.Q(portfolio_id__in={g.portfolio_id for g in held}) & own))

    def usable_in(self, portfolio_id: int, program_id: int) -> "ResourceQuerySet":
        """Resources that a program's tasks may be assigned to: the portfolio's, and its own."""
        return self.filter(portfolio_id=portfolio_id).filter(
            models.Q(program=None) | models.Q(program_id=program_id)
        )


@tracked
class Resource(Versioned):
    """``program`` is set for a resource of one program only. ``max_units`` 1 is one full-time person."""

    class Kind(models.TextChoices):
        WORK = "work", _("Work (people, roles, machines)")
        MATERIAL = "material", _("Material")
        COST = "cost", _("Expense")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="resources")
    program = models.ForeignKey(
        "programs.Program", null=True, blank=True, on_delete=models.CASCADE, related_name="own_resources"
    )
    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(_("code"), max_length=100, blank=True)
    initials = models.CharField(_("initials"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.WORK)
    role = models.CharField(_("role or skill"), max_length=200, blank=True)
    team = models.CharField(_("team"), max_length=200, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("person"),
    )
    calendar = models.ForeignKey(
        WorkCalendar,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("calendar"),
    )
    max_units = models.DecimalField(
        _("units available"), max_digits=14, decimal_places=4, default=1, validators=[MinValueValidator(0)]
    )
    availability = models.JSONField(
        _("availability by period"), default=list, blank=True, validators=[availability_periods]
    )
    is_generic = models.BooleanField(_("stands for a role, not for a person"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    notes = models.TextField(_("notes"), blank=True)
    external_key = models.CharField(max_length=200, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "portfolio",
                "program",
                Lower("name"),
                name="resource_name_unique",
                violation_error_message=_("There is a resource of this name already."),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(max_units__gte=0),
                name="resource_units_not_negative",
                violation_error_message=_("Units are zero or more."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id, self.program_id)
