"""Baselines: what was agreed, and which of them slippage is measured against."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.selectors import computation, programs
from projects.models import Baseline, BaselineTask
from projects.services import baselines as services
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference, WallTime
from tpm.lib.api.filters import IdFilter


class BaselineOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    number = serializers.IntegerField()
    name = serializers.CharField()
    reason = serializers.CharField()
    revision = serializers.IntegerField()
    data_date = serializers.DateField(allow_null=True)
    taken_at = serializers.DateTimeField()
    quality_score = serializers.IntegerField(
        allow_null=True,
        help_text="Percent of the quality checks passed when it was taken; null for imported ones.",
    )
    failed_checks = serializers.ListField(child=serializers.CharField())
    waiver = serializers.CharField(help_text="Why it was agreed though the plan did not pass.")


class BaselineTaskOut(serializers.Serializer[Any]):
    task = serializers.IntegerField(source="task_id")
    project = serializers.IntegerField(source="project_id")
    parent = serializers.IntegerField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    wbs = serializers.CharField()
    name = serializers.CharField()
    is_summary = serializers.BooleanField()
    is_milestone = serializers.BooleanField()
    start = WallTime()
    finish = WallTime()
    duration = serializers.IntegerField()


class ChoiceIn(Strict):
    baseline = Reference(Baseline.objects.visible_to, allow_null=True)


class ChoiceOut(Revisions):
    baseline = serializers.IntegerField(allow_null=True)


class BaselineFilters(django_filters.FilterSet):
    program = IdFilter("program_id")


class BaselineTaskFilters(django_filters.FilterSet):
    task = IdFilter("task_id")
    project = IdFilter("project_id")


class BaselineList(Endpoint):
    out = BaselineOut
    serializer_class = BaselineOut
    filterset_class = BaselineFilters

    @operation("plan.read", gives=BaselineOut(many=True), summary="List baselines")
    def get(self, request: Request) -> Response:
        return self.page(Baseline.objects.visible_to(self.actor))


class BaselineItem(Endpoint):
    out = BaselineOut

    @operation("plan.read", gives=BaselineOut, summary="Read a baseline")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(Baseline.objects.visible_to(self.actor).get(pk=pk)))


class BaselineTasks(Endpoint):
    out = BaselineTaskOut
    serializer_class = BaselineTaskOut
    filterset_class = BaselineTaskFilters
    orderings: ClassVar = {"sequence": ("sequence", "pk")}

    @operation("plan.read", gives=BaselineTaskOut(many=True), summary="The tasks of a baseline as agreed")
    def get(self, request: Request, pk: int) -> Response:
        baseline = Baseline.objects.visible_to(self.actor).get(pk=pk)
        return self.page(BaselineTask.objects.visible_to(self.actor).filter(baseline=baseline))


class ProgramBaseline(Endpoint):
    @operation(
        "baseline.take",
        takes=ChoiceIn,
        gives=ChoiceOut,
        summary="Measure slippage against this baseline, or none",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        baseline = self.given(ChoiceIn)["baseline"]
        if baseline is not None and baseline.program_id != program.pk:
            raise serializers.ValidationError({"baseline": "The baseline belongs to another program."})
        services.choose(actor=self.actor, program=program, baseline=baseline)
        return self.written({"baseline": baseline and baseline.pk}, computation.revisions(program.pk))
