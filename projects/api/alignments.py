"""Which projects serve which objective."""

from typing import Any

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Objective
from projects.models import Alignment
from projects.selectors import alignments, projects
from projects.services import alignments as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter


class AlignmentOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id")
    objective = serializers.IntegerField(source="objective_id")


class AlignmentIn(Strict):
    objective = Reference(Objective.objects.visible_to)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class AlignmentFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    objective = IdFilter("objective_id")


class AlignmentList(Endpoint):
    out = AlignmentOut
    serializer_class = AlignmentOut
    filterset_class = AlignmentFilters

    @operation(
        "plan.read", gives=AlignmentOut(many=True), summary="List which projects serve which objective"
    )
    def get(self, request: Request) -> Response:
        return self.page(Alignment.objects.visible_to(self.actor))


class ProjectAlignments(Endpoint):
    out = AlignmentOut

    @operation(
        "project.edit",
        takes=AlignmentIn,
        gives=AlignmentOut,
        status=201,
        summary="Align a project to an objective",
    )
    def post(self, request: Request, pk: int) -> Response:
        project = projects.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, project)
        made = services.align(actor=self.actor, project=project, **self.given(AlignmentIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/alignments/{made.pk}/")


class AlignmentItem(Endpoint):
    out = AlignmentOut

    @operation("plan.read", gives=AlignmentOut, summary="Read an alignment")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(alignments.get_for(self.actor, pk)))

    @operation("project.edit", gives=DeletedOut, versioned=True, summary="Take a project off an objective")
    def delete(self, request: Request, pk: int) -> Response:
        found = alignments.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        services.drop(actor=self.actor, alignment=found)
        return self.written({"deleted": True})
