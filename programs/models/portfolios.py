"""Portfolios: what an organisation runs together, and in which currency it counts."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from programs import policies
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

currency_code = RegexValidator(
    r"\A[A-Z]{3}\Z", _("A currency is its ISO 4217 code of three letters, such as EUR.")
)


class PortfolioQuerySet(models.QuerySet["Portfolio"]):
    def visible_to(self, actor: Actor) -> "PortfolioQuerySet":
        """Portfolios in which the actor has any grant, be it for one project only."""
        if actor.is_system:
            return self
        return self.filter(pk__in={grant.portfolio_id for grant in policies.holding(actor, "program.read")})


@tracked
class Portfolio(Versioned):
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR", validators=[currency_code])
    external_key = models.CharField(max_length=200, blank=True)

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="portfolio_name_unique",
                violation_error_message=_("There is a portfolio of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.pk)
