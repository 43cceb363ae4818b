"""Working calendars: a week of hours and the days that differ."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import WorkCalendar
from programs.models.calendars import working_day, working_week
from programs.selectors import calendars, portfolios
from programs.services import calendars as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.lib.api.filters import IdFilter

_DAY = {
    "type": "array",
    "description": "[start, end) in minutes of the day, ascending; empty: nobody works.",
    "items": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": "integer", "minimum": 0, "maximum": 1440},
    },
}


@extend_schema_field(_DAY)
class Hours(serializers.JSONField):
    pass


@extend_schema_field(
    {"type": "array", "minItems": 7, "maxItems": 7, "items": _DAY, "description": "Monday first."}
)
class Week(serializers.JSONField):
    pass


class ExceptionOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    intervals = Hours()


class CalendarOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    name = serializers.CharField()
    week = Week()
    exceptions = ExceptionOut(many=True, source="exceptions.all")


class ExceptionIn(Strict):
    name = serializers.CharField(max_length=200, allow_blank=True, required=False)
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    intervals = Hours(validators=[working_day], default=list)  # type: ignore[arg-type]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["last_on"] < attrs["first_on"]:
            raise serializers.ValidationError({"last_on": "The last day lies before the first."})
        return attrs


class CalendarIn(Strict):
    name = serializers.CharField(max_length=200)
    week = Week(validators=[working_week])


class CalendarPatch(CalendarIn):
    exceptions = ExceptionIn(  # type: ignore[call-arg]
        many=True, required=False, max_length=1000, help_text="Replaces all dated exceptions."
    )


class CalendarFilters(django_filters.FilterSet):
    portfolio = IdFilter()
    program = IdFilter()


class CalendarList(Endpoint):
    out = CalendarOut
    serializer_class = CalendarOut
    filterset_class = CalendarFilters
    orderings: ClassVar = {"id": ("pk",), "name": ("name", "pk")}

    @operation("plan.read", gives=CalendarOut(many=True), summary="List calendars")
    def get(self, request: Request) -> Response:
        return self.page(_whole(WorkCalendar.objects.visible_to(self.actor)))


class PortfolioCalendars(Endpoint):
    out = CalendarOut

    @operation("calendar.edit", takes=CalendarIn, gives=CalendarOut, status=201, summary="Create a calendar")
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.create(actor=self.actor, portfolio=portfolio, **self.given(CalendarIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/calendars/{made.pk}/")


class CalendarItem(Endpoint):
    out = CalendarOut

    @operation("plan.read", gives=CalendarOut, summary="Read a calendar")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(calendars.get_for(self.actor, pk)))

    @operation(
        "calendar.edit",
        takes=CalendarPatch(partial=True),
        gives=CalendarOut,
        versioned=True,
        summary="Change a calendar",
    )
    def patch(self, request: Request, pk: int) -> Response:
        calendar = calendars.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, calendar)
        self.match(calendar)
        services.update(actor=self.actor, calendar=calendar, **self.given(CalendarPatch, partial=True))
        return self.written(self.represent(calendars.get_for(self.actor, pk)))


def _whole(rows: QuerySet[WorkCalendar]) -> QuerySet[WorkCalendar]:
    return rows.prefetch_related("exceptions")
