"""Portfolios."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Portfolio
from programs.models.portfolios import currency_code
from programs.selectors import overviews, portfolios
from programs.services import portfolios as services
from tpm.accounts.actors import Actor
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


class RatingsOut(serializers.Serializer[Any]):
    """How many programs are rated how."""

    bad = serializers.IntegerField()
    watch = serializers.IntegerField()
    ok = serializers.IntegerField()
    none = serializers.IntegerField()


class FiguresOut(serializers.Serializer[Any]):
    """Sums over the programs that the caller sees, in the portfolio's currency; null where no program has the figure or the caller
    may not read it. Finish, slippage and expected delay are the largest: days of programs that run side by side do not add up."""

    programs = serializers.IntegerField()
    ratings = RatingsOut(source="by_level")
    finish = serializers.DateTimeField(allow_null=True)
    finish_slippage = serializers.DecimalField(12, 2, source="slip_wd", allow_null=True)
    bac = serializers.DecimalField(24, 2, allow_null=True)
    eac = serializers.DecimalField(24, 2, allow_null=True)
    approved = serializers.DecimalField(24, 2, allow_null=True)
    to_approved = serializers.DecimalField(24, 2, source="over", allow_null=True)
    spi = serializers.DecimalField(12, 4, allow_null=True)
    cpi = serializers.DecimalField(12, 4, allow_null=True)
    exposure = serializers.DecimalField(24, 2, source="exposure_cost", allow_null=True)
    exposure_days = serializers.DecimalField(12, 2, source="exposure_wd", allow_null=True)
    computed_at = serializers.DateTimeField(
        allow_null=True, help_text="When the oldest of these figures was computed."
    )
    waiting = serializers.IntegerField(help_text="Programs whose figures are behind their plan.")


class PortfolioRead(PortfolioOut):
    figures = FiguresOut()


class ProgramFiguresOut(serializers.Serializer[Any]):
    """One program of the portfolio: the same figures, with the revision they were computed at."""

    program = serializers.IntegerField(source="program.pk")
    code = serializers.CharField(source="program.code")
    name = serializers.CharField(source="program.name")
    rating = serializers.CharField(source="rating.level")
    finish = serializers.DateTimeField(allow_null=True)
    baseline_finish = serializers.DateTimeField(allow_null=True)
    finish_slippage = serializers.DecimalField(12, 2, source="slip_wd", allow_null=True)
    bac = serializers.DecimalField(24, 2, allow_null=True)
    eac = serializers.DecimalField(24, 2, allow_null=True)
    approved = serializers.DecimalField(24, 2, allow_null=True)
    to_approved = serializers.DecimalField(24, 2, source="over", allow_null=True)
    spi = serializers.DecimalField(12, 4, allow_null=True)
    cpi = serializers.DecimalField(12, 4, allow_null=True)
    exposure = serializers.DecimalField(24, 2, source="exposure_cost", allow_null=True)
    exposure_days = serializers.DecimalField(12, 2, source="exposure_wd", allow_null=True)
    next_gate = serializers.CharField(source="outlook.next_gate.name", allow_null=True, default=None)
    next_gate_on = serializers.DateField(source="gate_on", allow_null=True)
    revision = serializers.IntegerField(source="status.input_revision")
    computed_revision = serializers.IntegerField(source="status.computed_revision")
    computed_at = serializers.DateTimeField(source="status.computed_at", allow_null=True)


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
    serializer_class = PortfolioRead
    filterset_class = PortfolioFilters
    orderings: ClassVar = {"id": ("pk",), "name": ("name", "pk")}

    @operation(
        "program.read",
        gives=PortfolioRead(many=True),
        summary="List portfolios with the figures of the programs that the caller sees",
    )
    def get(self, request: Request) -> Response:
        return self.page(Portfolio.objects.visible_to(self.actor), lambda found: _read(self.actor, found))

    @operation(ADMINISTRATOR, takes=PortfolioIn, gives=PortfolioOut, status=201, summary="Create a portfolio")
    def post(self, request: Request) -> Response:
        if self.actor.user is None or not self.actor.user.is_administrator:
            raise policies.NotAllowed("portfolio.create")
        made = services.create(actor=self.actor, **self.given(PortfolioIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/portfolios/{made.pk}/")


def _read(actor: Actor, found: Sequence[Portfolio]) -> list[Any]:
    """Return portfolios with their figures, as the portfolio's page sums them."""
    figures = overviews.figures(actor, found)
    return [{**PortfolioOut(one).data, "figures": FiguresOut(figures[one.pk]).data} for one in found]


class PortfolioFigures(Endpoint):
    @operation(
        "program.read",
        gives=ProgramFiguresOut(many=True),
        summary="Read the figures of a portfolio program by program, with their revisions",
    )
    def get(self, request: Request, pk: int) -> Response:
        found = overviews.of_portfolio(self.actor, portfolios.get_for(self.actor, pk))
        return Response(ProgramFiguresOut(found, many=True).data)


class PortfolioItem(Endpoint):
    out = PortfolioOut

    @operation("program.read", gives=PortfolioRead, summary="Read a portfolio with its figures")
    def get(self, request: Request, pk: int) -> Response:
        return Response(_read(self.actor, [portfolios.get_for(self.actor, pk)])[0])

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
