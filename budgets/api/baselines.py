"""Take a baseline of dates and cost in one act, and compare two; reading one is the plan's business."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.selectors import baselines
from budgets.selectors.baselines import KINDS
from budgets.services import baselines as services
from programs import policies
from programs.selectors import computation, programs
from projects.selectors import baselines as plan
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import WallTime
from tpm.lib.api.problems import FieldError, Problem, invalid

MOST = 500
PARAMETERS = ("from", "to", "change", "project", "limit", "cursor")


class TakeIn(Strict):
    """``refer``: measure slippage against it from now on. ``waiver``: why it is agreed though the plan does not reach the
    quality score that the program asks for; kept only where it was needed."""

    name = serializers.CharField(max_length=100)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    refer = serializers.BooleanField(required=False)
    waiver = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class TakenOut(Revisions):
    id = serializers.IntegerField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    quality_score = serializers.IntegerField(allow_null=True)
    failed_checks = serializers.ListField(child=serializers.CharField())
    waiver = serializers.CharField()


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
        except services.BelowGate as refused:
            wrong = FieldError("/waiver", str(refused), "below_gate", {"failed": list(refused.failed)})
            raise Problem(422, str(refused), code="below_gate", errors=[wrong]) from None
        names = ("number", "name", "quality_score", "failed_checks", "waiver")
        shown = {"id": made.pk} | {name: getattr(made, name) for name in names}
        at = f"/api/v1/baselines/{made.pk}/"
        return self.written(shown, computation.revisions(program.pk), status=201, at=at)


class SideOut(serializers.Serializer[Any]):
    """A task on one side. ``duration``: working minutes; ``cost`` is null where you do not read the project's money."""

    start = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    duration = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)


class DifferenceOut(serializers.Serializer[Any]):
    """A task that differs. Movements: working minutes of the task's calendar and calendar days, late is positive."""

    task = serializers.IntegerField(source="task_id")
    project = serializers.IntegerField(source="project.id")
    project_name = serializers.CharField(source="project.name")
    wbs = serializers.CharField()
    name = serializers.CharField()
    is_summary = serializers.BooleanField()
    is_milestone = serializers.BooleanField()
    exists = serializers.BooleanField(help_text="Whether the task is in the plan today.")
    changes = serializers.ListField(child=serializers.ChoiceField(KINDS), source="kinds")
    before = SideOut(allow_null=True)
    after = SideOut(allow_null=True)
    start_minutes = serializers.IntegerField(allow_null=True)
    finish_minutes = serializers.IntegerField(allow_null=True)
    start_days = serializers.IntegerField(allow_null=True)
    finish_days = serializers.IntegerField(allow_null=True)
    duration_delta = serializers.IntegerField(allow_null=True)
    cost_delta = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)


class SummaryOut(serializers.Serializer[Any]):
    """Tasks by kind of change, and the last finish and the cost of all tasks on both sides."""

    project = serializers.IntegerField(source="project.id", allow_null=True, default=None)
    project_name = serializers.CharField(source="project.name", default="")
    changed = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    finish_before = WallTime(allow_null=True)
    finish_after = WallTime(allow_null=True)
    finish_minutes = serializers.IntegerField(allow_null=True)
    cost_before = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)
    cost_after = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)
    cost_delta = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)


class ComparisonOut(Revisions):
    """``from`` and ``to``: ids of baselines, null for the plan now."""

    to = serializers.IntegerField(allow_null=True)
    total = SummaryOut()
    projects = SummaryOut(many=True)
    results = DifferenceOut(many=True)
    next = serializers.CharField(allow_null=True, help_text="The next page of results, or null.")


ComparisonOut._declared_fields["from"] = serializers.IntegerField(allow_null=True)


class ProgramComparison(Endpoint):
    """``from`` and ``to``: a baseline's id or ``plan``; without them from the baseline in use to the plan now."""

    @operation(
        "plan.read",
        gives=ComparisonOut,
        summary="Compare two baselines, or one with the plan now",
        parameters=[OpenApiParameter(name, str) for name in PARAMETERS],
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        given = request.query_params
        wrong = [
            FieldError(f"?{name}", _("There is no such parameter."))
            for name in given
            if name not in PARAMETERS
        ]
        if given.get("change") and given["change"] not in KINDS:
            wrong.append(FieldError("?change", _("One of: %(kinds)s.") % {"kinds": ", ".join(KINDS)}))
        limit, project = (
            self._number(given.get(name, ""), f"?{name}", wrong) for name in ("limit", "project")
        )
        if wrong:
            raise invalid(wrong)
        usual = None if given.get("from") else plan.usual(self.actor, program)
        before = plan.side(self.actor, program, given["from"]) if given.get("from") else usual
        after = plan.side(self.actor, program, given.get("to") or plan.PLAN)
        found = baselines.compare(self.actor, program, before, after)
        rows, key = found.rows(
            kind=given.get("change", ""),
            project=project,
            after=given.get("cursor", ""),
            most=min(limit or MOST, MOST),
        )
        return Response(
            {
                "from": before and before.pk,
                "to": after and after.pk,
                "total": SummaryOut(found.total).data,
                "projects": SummaryOut(found.projects, many=True).data,
                "results": DifferenceOut(rows, many=True).data,
                "next": self._next(key),
                **computation.revisions(program.pk),
            }
        )

    def _number(self, text: str, where: str, wrong: list[FieldError]) -> int | None:
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 19 and int(text) > 0:
            return int(text)
        wrong.append(FieldError(where, _("Give a whole number of at least 1.")))
        return None

    def _next(self, key: str) -> str | None:
        if not key:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = key
        return str(self.request.build_absolute_uri("?" + query.urlencode()))
