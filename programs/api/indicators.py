"""Figures: as they are, and as they were at earlier data dates."""

from typing import Any, ClassVar

import django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs.models import PastReading, Reading
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.filters import IdsFilter, WordsFilter


class ReadingOut(serializers.Serializer[Any]):
    """``project`` is null for the program's own figure; ``value`` is null where a figure is not available; dates are in
    ``text``."""

    program = serializers.IntegerField(source="program_id")
    project = serializers.SerializerMethodField()
    key = serializers.CharField()
    value = serializers.DecimalField(max_digits=24, decimal_places=6, allow_null=True)
    text = serializers.CharField()
    revision = serializers.IntegerField()

    @extend_schema_field(OpenApiTypes.INT64)
    def get_project(self, row: Any) -> int | None:
        return row.project_id or None


class PastReadingOut(ReadingOut):
    data_date = serializers.DateField()


class ReadingFilters(django_filters.FilterSet):
    program = IdsFilter("program_id", label="Program ids, separated by commas")
    project = IdsFilter("project_id", label="Project ids, separated by commas; 0 is the program itself")
    key = WordsFilter("key", label="Keys such as plan.slip_wd,cost.cpi")


class PastReadingFilters(ReadingFilters):
    since = django_filters.DateFilter("data_date", "gte", label="Data dates from this day on")
    until = django_filters.DateFilter("data_date", "lte", label="Data dates up to this day")


class IndicatorList(Endpoint):
    out = ReadingOut
    serializer_class = ReadingOut
    filterset_class = ReadingFilters

    @operation(
        "program.read", gives=ReadingOut(many=True), summary="Current figures of programs and projects"
    )
    def get(self, request: Request) -> Response:
        return self.page(Reading.objects.visible_to(self.actor))


class IndicatorHistory(Endpoint):
    out = PastReadingOut
    serializer_class = PastReadingOut
    filterset_class = PastReadingFilters
    orderings: ClassVar = {"data_date": ("data_date", "pk")}

    @operation("program.read", gives=PastReadingOut(many=True), summary="Figures by data date")
    def get(self, request: Request) -> Response:
        return self.page(PastReading.objects.visible_to(self.actor))
