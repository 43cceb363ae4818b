"""The policy by which a portfolio rates its programs, version by version."""

from typing import Any

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import RagPolicy
from programs.selectors import portfolios, rag_policies
from programs.services import rag_policies as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.lib.api.filters import IdFilter


class RagPolicyOut(serializers.Serializer[Any]):
    """The newest number of a portfolio is in force; thresholds that are not named have the product's defaults."""

    id = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    name = serializers.CharField()
    number = serializers.IntegerField()
    thresholds = serializers.DictField(child=serializers.FloatField())


class ThresholdsIn(Strict):
    """Slippage in working days, SPI and CPI as ratios, exposure as a share of the budget (0.05 is 5 %)."""

    slippage_watch = serializers.FloatField(min_value=0)
    slippage_bad = serializers.FloatField(min_value=0)
    spi_watch = serializers.FloatField(min_value=0)
    spi_bad = serializers.FloatField(min_value=0)
    cpi_watch = serializers.FloatField(min_value=0)
    cpi_bad = serializers.FloatField(min_value=0)
    exposure_watch = serializers.FloatField(min_value=0)
    exposure_bad = serializers.FloatField(min_value=0)


class RagPolicyIn(Strict):
    """A new version; all thresholds are given, so that nothing changes unseen."""

    name = serializers.CharField(max_length=100, required=False)
    thresholds = ThresholdsIn()
    reason = serializers.CharField(max_length=500)


class RecolouredOut(serializers.Serializer[Any]):
    program = serializers.IntegerField(source="program.pk")
    before = serializers.ChoiceField(["ok", "watch", "bad", "none"])
    after = serializers.ChoiceField(["ok", "watch", "bad", "none"])


class RagPolicyFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")


class RagPolicyList(Endpoint):
    out = RagPolicyOut
    serializer_class = RagPolicyOut
    filterset_class = RagPolicyFilters

    @operation("program.read", gives=RagPolicyOut(many=True), summary="List rating policies, all versions")
    def get(self, request: Request) -> Response:
        return self.page(RagPolicy.objects.visible_to(self.actor))


class PortfolioRagPolicies(Endpoint):
    out = RagPolicyOut

    @operation(
        "portfolio.edit",
        takes=RagPolicyIn,
        gives=RagPolicyOut,
        status=201,
        summary="Put a new version of the rating policy in force",
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.revise(actor=self.actor, portfolio=portfolio, **self.given(RagPolicyIn))
        return self.written(self.represent(made), status=201)


class RagPolicyPreview(Endpoint):
    out = RecolouredOut

    @operation(
        "portfolio.edit",
        takes=ThresholdsIn,
        gives=RecolouredOut(many=True),
        summary="Which programs other thresholds would colour differently; changes nothing",
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        found = rag_policies.preview(self.actor, portfolio, self.given(ThresholdsIn))
        return Response(RecolouredOut(found, many=True).data)
