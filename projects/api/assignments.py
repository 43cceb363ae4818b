"""Assignments: which resource works on which task, and how much."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Program
from programs.selectors import computation
from projects.api.problems import answer, carried_out
from projects.models import Assignment
from projects.selectors import assignments, task_list
from projects.services import command_values, plan_edits
from projects.services.assignments import is_progress
from projects.services.commands import Assign, Command, EditRefused, Reassign, Unassign
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.lib.api.filters import IdFilter


class AssignmentOut(serializers.Serializer[Any]):
    """``units`` 1 is full time; work and ``delay`` are working minutes. ``work`` is null where nobody said; ``planned_work`` then
    follows from the task, ``remaining_work`` is what of it is not done yet (both null for material and expenses). Approved hours
    of timesheets count as ``actual_work``."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="task.project_id")
    task = serializers.IntegerField(source="task_id")
    resource = serializers.IntegerField(source="resource_id")
    resource_name = serializers.CharField(source="resource.name")
    units = serializers.FloatField()
    work = serializers.IntegerField(allow_null=True)
    planned_work = serializers.SerializerMethodField()
    actual_work = serializers.IntegerField()
    remaining_work = serializers.SerializerMethodField()
    delay = serializers.IntegerField()

    def get_planned_work(self, row: Assignment) -> int | None:
        return assignments.planned_work(row)

    def get_remaining_work(self, row: Assignment) -> int | None:
        return assignments.remaining_work(row)


class AssignmentWritten(AssignmentOut, Revisions):
    pass


class AssignmentPatch(Strict):
    units = serializers.DecimalField(14, 4, min_value=0, max_value=command_values.MOST_UNITS, required=False)
    work = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=command_values.LONGEST
    )
    actual_work = serializers.IntegerField(required=False, min_value=0, max_value=command_values.LONGEST)
    delay = serializers.IntegerField(required=False, min_value=0, max_value=command_values.LONGEST)


class AssignmentIn(AssignmentPatch):
    resource = serializers.IntegerField(min_value=1, max_value=command_values.LARGEST)


class AssignmentFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("task__project_id")
    task = IdFilter("task_id")
    resource = IdFilter("resource_id")


class _Assignments(Endpoint):
    out = AssignmentOut

    def apply(self, program: Program, command: Command) -> Any:
        try:
            return plan_edits.apply(actor=self.actor, program=program, commands=[command])
        except EditRefused as refused:
            raise answer(refused, [command], self.represent, single=True) from None


class AssignmentList(_Assignments):
    serializer_class = AssignmentOut
    filterset_class = AssignmentFilters
    orderings: ClassVar = {"id": ("pk",), "task": ("task_id", "pk"), "resource": ("resource_id", "pk")}

    @operation("plan.read", gives=AssignmentOut(many=True), summary="List assignments")
    def get(self, request: Request) -> Response:
        return self.page(assignments.visible(self.actor))


class TaskAssignments(_Assignments):
    @operation(
        "plan.edit",
        takes=AssignmentIn,
        gives=AssignmentWritten,
        status=201,
        summary="Assign a resource to a task",
    )
    def post(self, request: Request, pk: int) -> Response:
        task = task_list.visible(self.actor).get(pk=pk)
        policies.authorize(self.actor, self.capability, task)
        given = self.given(AssignmentIn)
        done = self.apply(task.program, Assign(task.pk, given.pop("resource"), given))
        made = assignments.get_for(self.actor, done.created_assignments[0])
        at = f"/api/v1/assignments/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(task.program_id), status=201, at=at)


class AssignmentItem(_Assignments):
    @operation("plan.read", gives=AssignmentOut, summary="Read an assignment")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(assignments.get_for(self.actor, pk)))

    @operation(
        "progress.update",
        takes=AssignmentPatch(partial=True),
        gives=AssignmentWritten,
        versioned=True,
        summary="Change an assignment (work done alone needs progress.update, all else plan.edit)",
    )
    def patch(self, request: Request, pk: int) -> Response:
        found = self._found(pk)
        more = isinstance(request.data, dict) and request.data and not is_progress(request.data)
        policies.authorize(self.actor, "plan.edit" if more else self.capability, found)
        self.match(found)
        new = self.given(AssignmentPatch, partial=True)
        self.apply(found.task.program, Reassign(found.pk, found.version, new))
        return self.written(self.represent(self._found(pk)), computation.revisions(found.program_id))

    @operation(
        "plan.edit", gives=carried_out("Deleted"), versioned=True, summary="Take a resource off a task"
    )
    def delete(self, request: Request, pk: int) -> Response:
        found = self._found(pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        self.apply(found.task.program, Unassign(found.pk, found.version))
        return self.written({"deleted": True}, computation.revisions(found.program_id))

    def _found(self, pk: int) -> Assignment:
        return assignments.get_for(self.actor, pk)
