"""Programs: several component projects under one manager, one plan, one budget and one data date."""

import zoneinfo
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.portfolios import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


def known_time_zone(value: str) -> None:
    """Refuse a name that the IANA time zone database does not have."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise ValidationError(
            _("“%(name)s” is no IANA time zone, such as Europe/Berlin."), params={"name": value}
        ) from error


class ProgramQuerySet(models.QuerySet["Program"]):
    def visible_to(self, actor: Actor, capability: str = "program.read") -> "ProgramQuerySet":
        """Programs in which the actor holds the capability, for the whole of it or for one of its projects."""
        if actor.is_system:
            return self
        held = list(policies.holding(actor, capability))
        return self.filter(
            models.Q(pk__in={grant.program_id for grant in held if grant.program_id})
            | models.Q(portfolio_id__in={grant.portfolio_id for grant in held if not grant.program_id})
        )


@tracked
class Program(Versioned):
    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="programs")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[known_time_zone])
    starts_on = models.DateField(_("start"))
    data_date = models.DateField(_("data date"), null=True, blank=True)
    calendar = models.ForeignKey(
        "programs.WorkCalendar", on_delete=models.PROTECT, related_name="+", verbose_name=_("calendar")
    )
    sponsor_note = models.CharField(_("sponsor"), max_length=200, blank=True)
    external_key = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("code"),
                "portfolio",
                name="program_code_unique",
                violation_error_message=_("The portfolio has a program with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id, self.pk)

    @classmethod
    def bump_revisions(cls, ids: Sequence[int]) -> dict[int, int]:
        """Lock the programs' revision rows in this order and count them up; returns the new revision of each."""
        from programs.models.computation import RecomputeState

        return RecomputeState.objects.bump(ids)


class Favourite(models.Model):
    """A program that a person keeps at hand."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="favourites")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "program"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.user} ★ {self.program}"
