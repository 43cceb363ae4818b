"""A plan in MS Project's XML format, and what that format can not hold of it."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tpm.activity.rest import Endpoint, operation
from tpm.exports import doors
from tpm.exports.plan_file import PlanFile
from tpm.lib.api.problems import Problem

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
        return doors.answer(_made(self, request, pk))


class ProgramExportReport(Endpoint):
    @operation(
        "plan.read",
        gives=LossesOut,
        summary="Tell what MS Project's XML format can not hold",
        parameters=[_PROJECT],
    )
    def get(self, request: Request, pk: int) -> Response:
        made = _made(self, request, pk)
        return Response(
            {
                "computed_revision": made.revision,
                "tasks": len(made.plan.tasks),
                "losses": doors.rendered(made),
            }
        )


def _made(endpoint: Endpoint, request: Request, pk: int) -> PlanFile:
    try:
        return doors.make(endpoint.actor, pk, request.query_params.get("project", ""))
    except doors.TooLarge:
        detail = _(
            "The plan has more than %(most)s tasks. Take one project at a time, or use manage.py export_plan."
        )
        raise Problem(422, detail % {"most": doors.MOST}, code="too_large") from None
