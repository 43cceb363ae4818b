"""Governance reports as they were published."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs.models import StatusReport
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.filters import IdFilter


class ReportOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    number = serializers.IntegerField()
    title = serializers.CharField()
    data_date = serializers.DateField()
    published_at = serializers.DateTimeField()
    revision = serializers.IntegerField()
    content_sha256 = serializers.CharField()


class ReportContentOut(ReportOut):
    """``content`` is what was shown, sealed by its hash."""

    content = serializers.DictField()


class ReportFilters(django_filters.FilterSet):
    program = IdFilter("program_id")


class ReportList(Endpoint):
    out = ReportOut
    serializer_class = ReportOut
    filterset_class = ReportFilters
    orderings: ClassVar = {"id": ("pk",), "data_date": ("data_date", "pk")}

    @operation("report.read", gives=ReportOut(many=True), summary="List published reports")
    def get(self, request: Request) -> Response:
        rows = StatusReport.objects.visible_to(self.actor).filter(state=StatusReport.State.PUBLISHED)
        return self.page(rows.defer("content"))


class ReportItem(Endpoint):
    out = ReportContentOut

    @operation("report.read", gives=ReportContentOut, summary="Read a published report")
    def get(self, request: Request, pk: int) -> Response:
        rows = StatusReport.objects.visible_to(self.actor).filter(state=StatusReport.State.PUBLISHED)
        return Response(self.represent(rows.get(pk=pk)))
