"""The options of a program's plan: how it is computed, and what a new baseline needs."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.selectors import computation, programs
from projects.models import Plan
from projects.selectors import plans
from projects.services import plans as services
from tpm.activity.rest import Endpoint, Revisions, Strict, operation


class PlanIn(Strict):
    """``critical_threshold``: total float in working minutes up to which a task is critical."""

    progress = serializers.ChoiceField(Plan.Progress.choices, required=False)
    honour_constraints = serializers.BooleanField(
        required=False, help_text="Whether constraint dates override links."
    )
    critical_threshold = serializers.IntegerField(required=False, min_value=0, max_value=60 * 480)
    baseline_gate = serializers.BooleanField(
        required=False, help_text="Whether a baseline needs a passing quality score or a written waiver."
    )
    passing_score = serializers.IntegerField(required=False, min_value=1, max_value=100)


class PlanOut(serializers.Serializer[Any]):
    program = serializers.IntegerField(source="program_id")
    version = serializers.IntegerField()
    baseline = serializers.IntegerField(
        source="baseline_id", allow_null=True, help_text="What slippage is measured against."
    )
    progress = serializers.CharField()
    honour_constraints = serializers.BooleanField()
    critical_threshold = serializers.IntegerField()
    baseline_gate = serializers.BooleanField()
    passing_score = serializers.IntegerField()


class PlanWritten(PlanOut, Revisions):
    pass


class PlanOptions(Endpoint):
    out = PlanOut

    @operation("plan.read", gives=PlanOut, summary="Read the options of a plan")
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        return Response(self.represent(plans.of_program(program)))

    @operation(
        "program.edit", takes=PlanIn, gives=PlanWritten, versioned=True, summary="Set options of a plan"
    )
    def patch(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        policies.authorize(self.actor, self.capability, program)
        read = plans.of_program(program)
        self.match(read)
        plan = services.update(
            actor=self.actor, program=program, read=read, **self.given(PlanIn, partial=True)
        )
        return self.written(self.represent(plan), computation.revisions(program.pk))
