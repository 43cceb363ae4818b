"""Component projects."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import WorkCalendar
from programs.selectors import computation, people, programs
from projects.models import Project
from projects.selectors import projects
from projects.services import projects as services
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter, TextFilter


class ProjectOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    code = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    kind = serializers.ChoiceField(Project.Kind.choices)
    manager = serializers.IntegerField(source="manager_id", allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    calendar = serializers.IntegerField(source="calendar_id", allow_null=True)


class ProjectWritten(ProjectOut, Revisions):
    pass


class ProjectIn(Strict):
    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=300)
    description = serializers.CharField(allow_blank=True, required=False)
    kind = serializers.ChoiceField(Project.Kind.choices, required=False)
    manager = Reference(people.known_to, required=False, allow_null=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    calendar = Reference(WorkCalendar.objects.visible_to, required=False, allow_null=True)


class DeletedOut(Revisions):
    deleted = serializers.BooleanField()


class ProjectFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    kind = django_filters.ChoiceFilter(choices=Project.Kind.choices)
    text = TextFilter("name", "code")


class ProjectList(Endpoint):
    out = ProjectOut
    serializer_class = ProjectOut
    filterset_class = ProjectFilters
    orderings: ClassVar = {
        "id": ("pk",),
        "position": ("program_id", "position", "pk"),
        "name": ("name", "pk"),
    }

    @operation("plan.read", gives=ProjectOut(many=True), summary="List component projects")
    def get(self, request: Request) -> Response:
        return self.page(Project.objects.visible_to(self.actor))


class ProgramProjects(Endpoint):
    out = ProjectOut

    @operation(
        "project.edit", takes=ProjectIn, gives=ProjectWritten, status=201, summary="Add a component project"
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        made = services.create(actor=self.actor, program=program, **self.given(ProjectIn))
        at = f"/api/v1/projects/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class ProjectItem(Endpoint):
    out = ProjectOut

    @operation("plan.read", gives=ProjectOut, summary="Read a component project")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(projects.get_for(self.actor, pk)))

    @operation(
        "project.edit",
        takes=ProjectIn(partial=True),
        gives=ProjectWritten,
        versioned=True,
        summary="Change a component project",
    )
    def patch(self, request: Request, pk: int) -> Response:
        project = projects.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, project)
        self.match(project)
        changed = services.update(actor=self.actor, project=project, **self.given(ProjectIn, partial=True))
        return self.written(self.represent(changed), computation.revisions(project.program_id))

    @operation(
        "project.edit", gives=DeletedOut, versioned=True, summary="Delete a component project with its tasks"
    )
    def delete(self, request: Request, pk: int) -> Response:
        project = projects.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, project)
        self.match(project)
        services.delete(actor=self.actor, project=project)
        return self.written({"deleted": True}, computation.revisions(project.program_id))
