"""The thresholds by which a portfolio rates its programs; versions are kept, so that an old rating can be read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.portfolios import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class RagPolicyQuerySet(models.QuerySet["RagPolicy"]):
    def visible_to(self, actor: Actor) -> "RagPolicyQuerySet":
        """Policies of the portfolios that the actor may open: whoever reads a rating may read its rule."""
        return self.filter(portfolio__in=Portfolio.objects.visible_to(actor))


@tracked
class RagPolicy(Versioned):
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="rag_policies")
    name = models.CharField(_("name"), max_length=100, default="Standard")
    number = models.PositiveIntegerField(default=1)
    thresholds = models.JSONField(default=dict, blank=True)

    objects = RagPolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "name", "number"], name="rag_policy_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id)
