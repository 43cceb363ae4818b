"""Cost categories of a portfolio."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.selectors import categories
from budgets.services import categories as services
from programs import policies
from programs.selectors import portfolios
from tpm.activity.rest import Endpoint, Strict, operation


class CategoryOut(serializers.Serializer[Any]):
    """``version`` is 0 where the portfolio has changed none of its categories yet."""

    code = serializers.CharField()
    name = serializers.CharField()
    is_active = serializers.BooleanField()
    version = serializers.IntegerField()


class CategoryIn(Strict):
    code = serializers.CharField(max_length=32)
    name = serializers.CharField(max_length=100)
    is_active = serializers.BooleanField(required=False)
    version = serializers.IntegerField(required=False, min_value=0)


class CategoriesOut(serializers.Serializer[Any]):
    results = CategoryOut(many=True)


class PortfolioCategories(Endpoint):
    out = CategoryOut

    @operation("program.read", gives=CategoriesOut, summary="List cost categories")
    def get(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        return Response({"results": [self.represent(row) for row in categories.of(portfolio.pk)]})

    @operation(
        "money.configure", takes=CategoryIn, gives=CategoryOut, summary="Add or change a cost category"
    )
    def put(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.put(actor=self.actor, portfolio=portfolio, **self.given(CategoryIn))
        return self.written(self.represent(made))
