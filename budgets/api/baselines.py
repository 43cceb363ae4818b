"""Take a baseline of dates and cost in one act; reading them is the plan's business."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.services import baselines as services
from programs import policies
from programs.selectors import computation, programs
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.lib.api.problems import Problem


class TakeIn(Strict):
    """``refer``: measure slippage against it from now on."""

    name = serializers.CharField(max_length=100)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    refer = serializers.BooleanField(required=False)


class TakenOut(Revisions):
    id = serializers.IntegerField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class ProgramBaselines(Endpoint):
    @operation(
        "baseline.take",
        takes=TakeIn,
        gives=TakenOut,
        status=201,
        summary="Take a baseline of the whole program",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        given: dict[str, Any] = self.given(TakeIn)
        try:
            made = services.take(actor=self.actor, program=program, **given)
        except services.NotCurrent as behind:
            raise Problem(409, str(behind), code="not_current", headers={"Retry-After": "1"}) from None
        shown = {"id": made.pk, "number": made.number, "name": made.name}
        at = f"/api/v1/baselines/{made.pk}/"
        return self.written(shown, computation.revisions(program.pk), status=201, at=at)
