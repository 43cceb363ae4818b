"""A plan in MS Project's XML format, and what that format can not hold of it."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tpm.activity.rest import Endpoint, operation
from tpm.exports import doors

_PROJECT = OpenApiParameter("project", int, description="Only this component project.")


class LossOut(serializers.Serializer[Any]):
    severity = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()
    value = serializers.CharField()
    count = serializers.IntegerField()


class LossesOut(serializers.Serializer[Any]):
    """What a file would leave out or write otherwise."""

    computed_revision = serializers.IntegerField()
    tasks = serializers.IntegerField()
    losses = LossOut(many=True)


class ProgramExport(Endpoint):
    @operation(
        "plan.read",
        gives=OpenApiResponse({"type": "string", "format": "binary"}, description="MS Project XML"),
        summary="Download a plan in MS Project's XML format",
        parameters=[_PROJECT],
    )
    def get(self, request: Request, pk: int) -> Any:
        return doors.answer(doors.make(self.actor, pk, request.query_params.get("project", "")))


class ProgramExportReport(Endpoint):
    @operation(
        "plan.read",
        gives=LossesOut,
        summary="Tell what MS Project's XML format can not hold",
        parameters=[_PROJECT],
    )
    def get(self, request: Request, pk: int) -> Response:
        made = doors.make(self.actor, pk, request.query_params.get("project", ""))
        return Response(
            {
                "computed_revision": made.revision,
                "tasks": len(made.plan.tasks),
                "losses": doors.rendered(made),
            }
        )
