"""Fiscal calendar and periods of a portfolio."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import FiscalCalendar, FiscalPeriod
from budgets.selectors import periods
from budgets.services import periods as services
from programs import policies
from programs.selectors import portfolios
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.lib.api.filters import IdFilter


class CalendarOut(serializers.Serializer[Any]):
    """``pattern``: months, 445, 454 or 544 (weeks); ``week_starts_on``: 0 is Monday. Week-based years begin on that weekday
    nearest to the first day of ``starts_in``. Version 0: none was set, calendar months are the periods."""

    version = serializers.IntegerField()
    pattern = serializers.ChoiceField(FiscalCalendar.Pattern.choices)
    starts_in = serializers.IntegerField()
    week_starts_on = serializers.IntegerField()
    named_by_end = serializers.BooleanField()


class CalendarIn(Strict):
    """Sets all of it; ``version`` guards a change of what was read."""

    pattern = serializers.ChoiceField(FiscalCalendar.Pattern.choices)
    starts_in = serializers.IntegerField(min_value=1, max_value=12)
    week_starts_on = serializers.IntegerField(min_value=0, max_value=6, required=False)
    named_by_end = serializers.BooleanField(required=False)
    version = serializers.IntegerField(required=False, min_value=1)


class PeriodOut(serializers.Serializer[Any]):
    """``state``: open, closed, or reopening (closed, and somebody asked to open it again)."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    year = serializers.IntegerField()
    number = serializers.IntegerField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(FiscalPeriod.State.choices)
    closed_by = serializers.IntegerField(source="closed_by_id", allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    reopen_requested_by = serializers.IntegerField(source="reopen_requested_by_id", allow_null=True)
    reopen_reason = serializers.CharField()
    reopened_by = serializers.IntegerField(source="reopened_by_id", allow_null=True)


class YearIn(Strict):
    year = serializers.IntegerField(min_value=1901, max_value=2998)


class YearOut(serializers.Serializer[Any]):
    results = PeriodOut(many=True)


class ReasonIn(Strict):
    reason = serializers.CharField(max_length=300)


class PeriodFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    year = django_filters.NumberFilter("year")
    state = django_filters.ChoiceFilter(choices=FiscalPeriod.State.choices)


class PortfolioCalendar(Endpoint):
    out = CalendarOut

    @operation("budget.read", gives=CalendarOut, summary="Read the fiscal calendar")
    def get(self, request: Request, pk: int) -> Response:
        portfolio = periods.portfolio_for(self.actor, pk)
        calendar = periods.calendar_of(portfolio.pk) or FiscalCalendar(version=0)
        return Response(self.represent(calendar))

    @operation("money.configure", takes=CalendarIn, gives=CalendarOut, summary="Set the fiscal calendar")
    def put(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.set_calendar(actor=self.actor, portfolio=portfolio, **self.given(CalendarIn))
        return self.written(self.represent(made))


class PortfolioYears(Endpoint):
    out = PeriodOut

    @operation("money.configure", takes=YearIn, gives=YearOut, status=201, summary="Open a fiscal year")
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.open_year(actor=self.actor, portfolio=portfolio, **self.given(YearIn))
        return self.written({"results": [self.represent(one) for one in made]}, status=201)


class PeriodList(Endpoint):
    out = PeriodOut
    serializer_class = PeriodOut
    filterset_class = PeriodFilters
    orderings: ClassVar = {"id": ("pk",), "starts_on": ("starts_on", "pk")}

    @operation("budget.read", gives=PeriodOut(many=True), summary="List fiscal periods")
    def get(self, request: Request) -> Response:
        found: QuerySet[Any] = FiscalPeriod.objects.visible_to(self.actor)
        return self.page(found)


class _Period(Endpoint):
    out = PeriodOut

    def period(self, pk: int) -> FiscalPeriod:
        period = periods.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, period)
        self.match(period)
        return period


class PeriodClose(_Period):
    @operation("period.close", gives=PeriodOut, versioned=True, summary="Close a period")
    def post(self, request: Request, pk: int) -> Response:
        done = services.close(actor=self.actor, period=self.period(pk), at=timezone.now())
        return self.written(self.represent(done))


class PeriodReopen(_Period):
    @operation(
        "period.close", takes=ReasonIn, gives=PeriodOut, versioned=True, summary="Ask to open a period again"
    )
    def post(self, request: Request, pk: int) -> Response:
        period = self.period(pk)
        done = services.ask_to_reopen(
            actor=self.actor, period=period, at=timezone.now(), **self.given(ReasonIn)
        )
        return self.written(self.represent(done))


class PeriodConfirm(_Period):
    @operation(
        "period.close", gives=PeriodOut, versioned=True, summary="Open a period that another person asked for"
    )
    def post(self, request: Request, pk: int) -> Response:
        done = services.confirm_reopening(actor=self.actor, period=self.period(pk), at=timezone.now())
        return self.written(self.represent(done))


class PeriodRefuse(_Period):
    @operation("period.close", gives=PeriodOut, versioned=True, summary="Leave a period closed")
    def post(self, request: Request, pk: int) -> Response:
        done = services.refuse_reopening(actor=self.actor, period=self.period(pk))
        return self.written(self.represent(done))
