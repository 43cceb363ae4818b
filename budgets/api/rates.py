"""Exchange rates of a portfolio."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import ExchangeRate
from budgets.selectors import rates
from budgets.services import rates as services
from programs import policies
from programs.selectors import portfolios
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.lib.api.filters import IdFilter

LEAST = Decimal("0.0000000001")


class RateOut(serializers.Serializer[Any]):
    """``rate``: units of the portfolio's currency for one of ``currency``, from ``on`` until the next rate."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    currency = serializers.CharField()
    on = serializers.DateField()
    rate = serializers.DecimalField(20, 10)
    source = serializers.CharField(  # type: ignore[assignment]
    )


class RatePatch(Strict):
    """Correcting a rate converts anew what was posted at it."""

    rate = serializers.DecimalField(20, 10, min_value=LEAST)
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=200, required=False, allow_blank=True
    )
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class RateIn(Strict):
    currency = serializers.CharField(min_length=3, max_length=3)
    on = serializers.DateField()
    rate = serializers.DecimalField(20, 10, min_value=LEAST)
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=200, required=False, allow_blank=True
    )


class RateDeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class RateFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    currency = django_filters.CharFilter("currency")
    since = django_filters.DateFilter("on", "gte")
    until = django_filters.DateFilter("on", "lte")


class _Rates(Endpoint):
    out = RateOut

    def rows(self) -> QuerySet[Any]:
        return ExchangeRate.objects.visible_to(self.actor).select_related("portfolio")


class RateList(_Rates):
    serializer_class = RateOut
    filterset_class = RateFilters
    orderings: ClassVar = {"id": ("pk",), "on": ("on", "pk")}

    @operation("budget.read", gives=RateOut(many=True), summary="List exchange rates")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class PortfolioRates(_Rates):
    @operation("money.configure", takes=RateIn, gives=RateOut, status=201, summary="Add an exchange rate")
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.create(actor=self.actor, portfolio=portfolio, **self.given(RateIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/exchange-rates/{made.pk}/")


class RateItem(_Rates):
    @operation("budget.read", gives=RateOut, summary="Read an exchange rate")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(rates.get_for(self.actor, pk)))

    @operation(
        "money.configure",
        takes=RatePatch(partial=True),
        gives=RateOut,
        versioned=True,
        summary="Correct an exchange rate",
    )
    def patch(self, request: Request, pk: int) -> Response:
        rate = rates.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, rate)
        self.match(rate)
        changed = services.correct(actor=self.actor, row=rate, **self.given(RatePatch, partial=True))
        return self.written(self.represent(changed))

    @operation("money.configure", gives=RateDeletedOut, versioned=True, summary="Take an unused rate back")
    def delete(self, request: Request, pk: int) -> Response:
        rate = rates.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, rate)
        self.match(rate)
        services.delete(actor=self.actor, rate=rate)
        return self.written({"deleted": True})
