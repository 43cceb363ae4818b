"""The thresholds by which a portfolio rates its programs; versions are kept, so that an old rating can be read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.portfolios import Portfolio
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


@tracked
class RagPolicy(Versioned):
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="rag_policies")
    name = models.CharField(_("name"), max_length=100, default="Standard")
    number = models.PositiveIntegerField(default=1)
    thresholds = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "name", "number"], name="rag_policy_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"
