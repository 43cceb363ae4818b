"""Why the cost moved, between two revisions."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.selectors import cost_moves
from programs.selectors import computation, programs
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.problems import FieldError, invalid

PARAMETERS = ("from", "to")


class CostPartOut(serializers.Serializer[Any]):
    """Of a project (0: the program itself) or of a cost line, by cause; the causes sum to ``total``."""

    id = serializers.IntegerField(source="key")
    name = serializers.CharField()
    causes = serializers.DictField(child=serializers.DecimalField(20, 2))
    total = serializers.DecimalField(20, 2)


class CostMovementOut(serializers.Serializer[Any]):
    """Cost at completion, posted and open, at both revisions, and what moved it. ``lines``: the 50 largest moves."""

    from_revision = serializers.IntegerField()
    to_revision = serializers.IntegerField()
    before = serializers.DecimalField(20, 2)
    after = serializers.DecimalField(20, 2)
    total = CostPartOut()
    projects = CostPartOut(many=True)
    lines = CostPartOut(many=True)


class ProgramCostMoves(Endpoint):
    """``from`` and ``to``: revisions; without them from the last data date before this one to what is in force now."""

    @operation(
        "budget.read",
        gives=CostMovementOut,
        summary="Read why the cost at completion moved",
        parameters=[OpenApiParameter(name, int) for name in PARAMETERS],
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "budget.read")
        given = request.query_params
        wrong = [
            FieldError(f"?{name}", _("There is no such parameter."))
            for name in given
            if name not in PARAMETERS
        ]
        newest = computation.revisions(program.pk)["revision"]
        usual = cost_moves.usual(self.actor, program, newest)
        chosen = list(usual)
        for place, name in enumerate(PARAMETERS):
            text = given.get(name, "")
            if text and not (text.isascii() and text.isdigit() and len(text) < 19 and int(text) <= newest):
                wrong.append(FieldError(f"?{name}", _("Give a revision of the program.")))
            elif text:
                chosen[place] = int(text)
        if wrong:
            raise invalid(wrong)
        found = cost_moves.between(self.actor, program, *chosen)
        return Response(CostMovementOut(found).data)
