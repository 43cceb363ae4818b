"""Rate cards, and what assigned work costs by them."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut
from budgets.models import LabourCost
from budgets.selectors import rate_cards
from budgets.services import cost_lines, labour_rates
from programs import policies
from programs.models import Resource
from programs.selectors import computation, portfolios, programs
from projects.models import Project
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference, WallTime
from tpm.lib.api.filters import IdFilter


class LabourRateOut(serializers.Serializer[Any]):
    """``rate`` in ``currency`` for an hour of a resource or of a role, from ``starts_on`` until the next rate of the same, or to
    ``ends_on``. Without a ``program`` it is on the portfolio's card."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    resource = serializers.IntegerField(source="resource_id", allow_null=True)
    role = serializers.CharField()
    currency = serializers.CharField()
    rate = serializers.DecimalField(12, 4)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]


class LabourRatePatch(Strict):
    """Plans are costed anew at once; baselines and postings stay."""

    currency = serializers.CharField(min_length=3, max_length=3, required=False)
    rate = serializers.DecimalField(12, 4, min_value=Decimal(0))
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    source = serializers.CharField(max_length=200, required=False, allow_blank=True)  # type: ignore[assignment]
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class LabourRateIn(LabourRatePatch):
    """Give a ``resource`` or a ``role``. The currency is as a rule the portfolio's."""

    resource = Reference(Resource.objects.visible_to, required=False, allow_null=True)
    role = serializers.CharField(max_length=200, required=False, allow_blank=True)
    reason = None  # type: ignore[assignment]


class LabourRateFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    program = IdFilter("program_id")
    resource = IdFilter("resource_id")
    role = django_filters.CharFilter("role", "iexact")
    since = django_filters.DateFilter("starts_on", "gte")
    until = django_filters.DateFilter("starts_on", "lte")


class _Rates(Endpoint):
    out = LabourRateOut

    def rows(self) -> QuerySet[Any]:
        return rate_cards.rows(self.actor)


class LabourRateList(_Rates):
    serializer_class = LabourRateOut
    filterset_class = LabourRateFilters
    orderings: ClassVar = {"id": ("pk",), "starts_on": ("starts_on", "pk")}

    @operation("budget.read", gives=LabourRateOut(many=True), summary="List the rates of labour")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class PortfolioLabourRates(_Rates):
    @operation(
        "money.configure", takes=LabourRateIn, gives=LabourRateOut, status=201, summary="Add a rate of labour"
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = labour_rates.create(actor=self.actor, portfolio=portfolio, **self.given(LabourRateIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/labour-rates/{made.pk}/")


class ProgramLabourRates(_Rates):
    @operation(
        "money.configure",
        takes=LabourRateIn,
        gives=LabourRateOut,
        status=201,
        summary="Add a rate to a program's own card",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        made = labour_rates.create(
            actor=self.actor, portfolio=program.portfolio, program=program, **self.given(LabourRateIn)
        )
        return self.written(self.represent(made), status=201, at=f"/api/v1/labour-rates/{made.pk}/")


class LabourRateItem(_Rates):
    @operation("budget.read", gives=LabourRateOut, summary="Read a rate of labour")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(rate_cards.get_for(self.actor, pk)))

    @operation(
        "money.configure",
        takes=LabourRatePatch(partial=True),
        gives=LabourRateOut,
        versioned=True,
        summary="Correct a rate of labour",
    )
    def patch(self, request: Request, pk: int) -> Response:
        rate = rate_cards.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, rate)
        self.match(rate)
        given = self.given(LabourRatePatch, partial=True)
        return self.written(self.represent(labour_rates.correct(actor=self.actor, row=rate, **given)))

    @operation("money.configure", gives=DeletedOut, versioned=True, summary="Take a rate of labour back")
    def delete(self, request: Request, pk: int) -> Response:
        rate = rate_cards.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, rate)
        self.match(rate)
        labour_rates.delete(actor=self.actor, row=rate)
        return self.written({"deleted": True})


class LabourCostOut(serializers.Serializer[Any]):
    """What a resource's work on a task costs while one rate holds; ``rate`` is per hour in the portfolio's currency, null where none
    is known (then ``labour_rate`` tells whether it is the exchange rate that is missing)."""

    id = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id")
    task = serializers.IntegerField(source="task_id")
    cost_line = serializers.IntegerField(source="line_id")
    resource = serializers.IntegerField(source="resource_id")
    starts = WallTime()
    ends = WallTime()
    minutes = serializers.IntegerField()
    rate = serializers.DecimalField(20, 6, allow_null=True)
    labour_rate = serializers.SerializerMethodField()
    amount = serializers.DecimalField(18, 2)

    def get_labour_rate(self, row: LabourCost) -> int | None:
        return row.card_row or None


class LabourCostFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    task = IdFilter("task_id")
    resource = IdFilter("resource_id")
    cost_line = IdFilter("line_id")
    unrated = django_filters.BooleanFilter("rate", "isnull")


class LabourCostList(Endpoint):
    serializer_class = LabourCostOut
    filterset_class = LabourCostFilters
    out = LabourCostOut

    @operation("budget.read", gives=LabourCostOut(many=True), summary="List what assigned work costs")
    def get(self, request: Request) -> Response:
        return self.page(LabourCost.objects.visible_to(self.actor))


class LabourLinesIn(Strict):
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)


class LabourLinesOut(Revisions):
    created = serializers.IntegerField()


class ProgramLabourLines(Endpoint):
    @operation(
        "budget.edit",
        takes=LabourLinesIn,
        gives=LabourLinesOut,
        summary="Cost the assigned work of all tasks that have people and no line from assignments",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        made = cost_lines.cost_assigned_work(actor=self.actor, program=program, **self.given(LabourLinesIn))
        return self.written({"created": made}, computation.revisions(program.pk))
