"""What rows of a whole portfolio share: rates, fiscal periods, categories."""

from typing import Self, TypeVar

from django.db import models

from programs import policies
from programs.models import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned

M = TypeVar("M", bound=models.Model, covariant=True)


class PortfolioRowQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows of the portfolios in which the actor reads money anywhere, be it of one project only."""
        if actor.is_system:
            return self
        return self.filter(
            portfolio__in={grant.portfolio_id for grant in policies.holding(actor, "budget.read")}
        )


class PortfolioRow(Versioned):
    """A row that holds for all programs of a portfolio."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="+")

    objects = PortfolioRowQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id)
