"""Portfolios."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Portfolio
from programs.models.portfolios import currency_code
from programs.selectors import portfolios
from programs.services import portfolios as services
from tpm.accounts.models import User
from tpm.activity.rest import ADMINISTRATOR, Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import TextFilter


class PortfolioOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    currency = serializers.CharField()


class PortfolioPatch(Strict):
    name = serializers.CharField(max_length=200)
    description = serializers.CharField(allow_blank=True, required=False)
    currency = serializers.CharField(max_length=3, required=False, validators=[currency_code])


class PortfolioIn(PortfolioPatch):
    """``owner`` is the id of the person who gets the first role in it."""

    owner = Reference(lambda actor: User.objects.filter(is_active=True))


class PortfolioFilters(django_filters.FilterSet):
    text = TextFilter("name")


class PortfolioList(Endpoint):
    out = PortfolioOut
    serializer_class = PortfolioOut
    filterset_class = PortfolioFilters
    orderings: ClassVar = {"id": ("pk",), "name": ("name", "pk")}

    @operation("program.read", gives=PortfolioOut(many=True), summary="List portfolios")
    def get(self, request: Request) -> Response:
        return self.page(Portfolio.objects.visible_to(self.actor))

    @operation(ADMINISTRATOR, takes=PortfolioIn, gives=PortfolioOut, status=201, summary="Create a portfolio")
    def post(self, request: Request) -> Response:
        if self.actor.user is None or not self.actor.user.is_administrator:
            raise policies.NotAllowed("portfolio.create")
        made = services.create(actor=self.actor, **self.given(PortfolioIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/portfolios/{made.pk}/")


class PortfolioItem(Endpoint):
    out = PortfolioOut

    @operation("program.read", gives=PortfolioOut, summary="Read a portfolio")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(portfolios.get_for(self.actor, pk)))

    @operation(
        "portfolio.edit",
        takes=PortfolioPatch(partial=True),
        gives=PortfolioOut,
        versioned=True,
        summary="Change a portfolio",
    )
    def patch(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        self.match(portfolio)
        changed = services.update(
            actor=self.actor, portfolio=portfolio, **self.given(PortfolioPatch, partial=True)
        )
        return self.written(self.represent(changed))
