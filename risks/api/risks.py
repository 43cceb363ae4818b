"""The risk register."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.selectors import computation, people, programs
from projects.models import Project, Task
from risks.models import Risk
from risks.services import risks as services
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import FlagFilter, IdFilter, TextFilter


class RiskOut(serializers.Serializer[Any]):
    """``impact_days`` are working days, ``impact_cost`` is in the portfolio's currency."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    task = serializers.IntegerField(source="task_id", allow_null=True)
    number = serializers.IntegerField()
    title = serializers.CharField()
    description = serializers.CharField()
    probability = serializers.FloatField()
    impact_days = serializers.FloatField()
    impact_cost = serializers.DecimalField(18, 2)
    owner = serializers.IntegerField(source="owner_id", allow_null=True)
    response = serializers.ChoiceField(Risk.Response.choices)
    response_plan = serializers.CharField()
    trigger = serializers.CharField()
    review_on = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(Risk.Status.choices)
    is_confidential = serializers.BooleanField()


class RiskWritten(RiskOut, Revisions):
    pass


class RiskIn(Strict):
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    task = Reference(Task.objects.visible_to, required=False, allow_null=True)
    title = serializers.CharField(max_length=300)
    description = serializers.CharField(allow_blank=True, required=False)
    probability = serializers.FloatField(min_value=0, max_value=1)
    impact_days = serializers.FloatField(min_value=0, max_value=100_000, required=False)
    impact_cost = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False)
    owner = Reference(people.known_to, required=False, allow_null=True)
    response = serializers.ChoiceField(Risk.Response.choices, required=False)
    response_plan = serializers.CharField(allow_blank=True, required=False)
    trigger = serializers.CharField(max_length=300, allow_blank=True, required=False)
    review_on = serializers.DateField(required=False, allow_null=True)
    status = serializers.ChoiceField(Risk.Status.choices, required=False)
    is_confidential = serializers.BooleanField(required=False)


class DeletedOut(Revisions):
    deleted = serializers.BooleanField()


class RiskFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    task = IdFilter("task_id")
    owner = IdFilter("owner_id")
    status = django_filters.ChoiceFilter(choices=Risk.Status.choices)
    live = FlagFilter(method="is_live", label="May still hit")
    text = TextFilter("title", "description")

    def is_live(self, rows: QuerySet[Risk], name: str, value: bool) -> QuerySet[Risk]:  # noqa: FBT001
        live = [Risk.Status.OPEN, Risk.Status.MITIGATING]
        return rows.filter(status__in=live) if value else rows.exclude(status__in=live)


class _Risks(Endpoint):
    out = RiskOut

    def rows(self) -> QuerySet[Risk]:
        return Risk.objects.visible_to(self.actor).select_related("program", "project", "task")


class RiskList(_Risks):
    serializer_class = RiskOut
    filterset_class = RiskFilters
    orderings: ClassVar = {
        "id": ("pk",),
        "number": ("program_id", "number", "pk"),
        "probability": ("probability", "pk"),
    }

    @operation("risk.read", gives=RiskOut(many=True), summary="List risks")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramRisks(_Risks):
    @operation("risk.edit", takes=RiskIn, gives=RiskWritten, status=201, summary="Enter a risk")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        made = services.create(actor=self.actor, program=program, **self.given(RiskIn))
        at = f"/api/v1/risks/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class RiskItem(_Risks):
    @operation("risk.read", gives=RiskOut, summary="Read a risk")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))

    @operation(
        "risk.edit", takes=RiskIn(partial=True), gives=RiskWritten, versioned=True, summary="Change a risk"
    )
    def patch(self, request: Request, pk: int) -> Response:
        risk = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, risk)
        self.match(risk)
        changed = services.update(actor=self.actor, risk=risk, **self.given(RiskIn, partial=True))
        return self.written(self.represent(changed), computation.revisions(risk.program_id))

    @operation(
        "risk.edit", gives=DeletedOut, versioned=True, summary="Delete a risk that was entered by mistake"
    )
    def delete(self, request: Request, pk: int) -> Response:
        risk = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, risk)
        self.match(risk)
        services.delete(actor=self.actor, risk=risk)
        return self.written({"deleted": True}, computation.revisions(risk.program_id))
