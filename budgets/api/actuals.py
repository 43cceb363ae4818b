"""Actuals: one posting, or a list in one revision."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut, in_program
from budgets.api.money_fields import PricedIn, PricedOut, upper
from budgets.models import Actual
from budgets.services import actuals as services
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project, Task
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import LARGEST, Reference
from tpm.lib.api.filters import IdFilter, TextFilter

MOST = 1000


class ActualOut(PricedOut):
    """A negative amount takes back an earlier one; a reversal names it (``reverses``)."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    task = serializers.IntegerField(source="task_id", allow_null=True)
    posted_on = serializers.DateField()
    category = serializers.CharField()
    description = serializers.CharField()
    kind = serializers.ChoiceField(Actual.Kind.choices)
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    external_key = serializers.CharField()


class ActualWritten(ActualOut, Revisions):
    pass


class ActualPatch(PricedIn, Strict):
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    task = Reference(Task.objects.visible_to, required=False, allow_null=True)
    posted_on = serializers.DateField()
    category = serializers.CharField(max_length=32, required=False)
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    external_key = serializers.CharField(max_length=200, allow_blank=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return upper(attrs)


class ActualChange(ActualPatch):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class ActualIn(ActualPatch):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, super().validate(attrs))


class ReverseIn(Strict):
    """``posted_on``: else its own day if its period is open, or the first day of the next open one."""

    posted_on = serializers.DateField(required=False)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class _Row(ActualPatch):
    """A row of a list: its objects are looked up together."""

    project = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=LARGEST)  # type: ignore[assignment]
    task = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=LARGEST)  # type: ignore[assignment]


class ActualsIn(Strict):
    rows = _Row(many=True, allow_empty=False, max_length=MOST)  # type: ignore[call-arg]
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class ActualsWritten(Revisions):
    results = ActualOut(many=True)


class ActualFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    task = IdFilter("task_id")
    since = django_filters.DateFilter("posted_on", "gte")
    until = django_filters.DateFilter("posted_on", "lte")
    kind = django_filters.ChoiceFilter(choices=Actual.Kind.choices)
    category = django_filters.CharFilter("category")
    reverses = IdFilter("reverses_id")
    external_key = django_filters.CharFilter("external_key")
    text = TextFilter("description")


class _Actuals(Endpoint):
    out = ActualOut

    def rows(self) -> QuerySet[Any]:
        return Actual.objects.visible_to(self.actor).select_related(
            "program__portfolio", "project", "task", "rate"
        )


class ActualList(_Actuals):
    serializer_class = ActualOut
    filterset_class = ActualFilters
    orderings: ClassVar = {"id": ("pk",), "posted_on": ("posted_on", "pk")}

    @operation("budget.read", gives=ActualOut(many=True), summary="List actuals")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramActuals(_Actuals):
    @operation("actuals.post", takes=ActualIn, gives=ActualWritten, status=201, summary="Post an actual")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        [made] = services.post(actor=self.actor, program=program, rows=[self.given(ActualIn)])
        at = f"/api/v1/actuals/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class ProgramAccruals(_Actuals):
    @operation(
        "actuals.post",
        takes=ActualIn,
        gives=ActualWritten,
        status=201,
        summary="Accrue a cost: its reversal is posted with it, on the first day of the next open period",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        [made] = services.accrue(actor=self.actor, program=program, rows=[self.given(ActualIn)])
        at = f"/api/v1/actuals/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class ActualReversal(_Actuals):
    @operation(
        "actuals.post",
        takes=ReverseIn,
        gives=ActualWritten,
        status=201,
        summary="Take a posting back by its opposite, which names it",
    )
    def post(self, request: Request, pk: int) -> Response:
        actual = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, actual)
        given = self.given(ReverseIn)
        made = services.reverse(
            actor=self.actor, actual=actual, on=given.get("posted_on"), reason=given.get("reason", "")
        )
        at = f"/api/v1/actuals/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(actual.program_id), status=201, at=at)


class ProgramActualsBatch(_Actuals):
    @operation(
        "actuals.post",
        takes=ActualsIn,
        gives=ActualsWritten,
        status=201,
        summary="Post many actuals in one revision",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(ActualsIn)
        rows = self._resolved(program.pk, given["rows"])
        try:
            made = services.post(actor=self.actor, program=program, rows=rows, reason=given.get("reason", ""))
        except services.RowsRefused as refused:
            by_row = [
                {name or "non_field_errors": said for name, said in refused.rows.get(index, {}).items()}
                for index in range(len(rows))
            ]
            raise serializers.ValidationError({"rows": by_row}) from refused
        return self.written(
            {"results": [self.represent(row) for row in made]}, computation.revisions(program.pk), status=201
        )

    def _resolved(self, program: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Turn ids into objects, two queries for all rows; what is hidden is answered as what does not exist."""
        known: dict[str, dict[int, Any]] = {}
        visible: dict[str, QuerySet[Any]] = {
            "project": Project.objects.visible_to(self.actor),
            "task": Task.objects.visible_to(self.actor).select_related("project"),
        }
        for name, objects in visible.items():
            wanted = {row[name] for row in rows if row.get(name)}
            known[name] = {one.pk: one for one in objects.filter(program_id=program, pk__in=wanted)}
        errors: dict[int, dict[str, list[str]]] = {}
        for index, row in enumerate(rows):
            for name in ("project", "task"):
                if row.get(name) and row[name] not in known[name]:
                    errors.setdefault(index, {})[name] = [f"There is no {name} {row[name]} in this program."]
        if errors:
            raise serializers.ValidationError({"rows": [errors.get(index, {}) for index in range(len(rows))]})
        return [
            {name: known[name][value] if name in known and value else value for name, value in row.items()}
            for row in rows
        ]


class ActualItem(_Actuals):
    @operation("budget.read", gives=ActualOut, summary="Read an actual")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))

    @operation(
        "actuals.post",
        takes=ActualChange(partial=True),
        gives=ActualWritten,
        versioned=True,
        summary="Correct an actual",
    )
    def patch(self, request: Request, pk: int) -> Response:
        actual = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, actual)
        self.match(actual)
        changed = services.update(actor=self.actor, actual=actual, **self.given(ActualChange, partial=True))
        return self.written(self.represent(changed), computation.revisions(actual.program_id))

    @operation("actuals.post", gives=DeletedOut, versioned=True, summary="Remove an actual")
    def delete(self, request: Request, pk: int) -> Response:
        actual = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, actual)
        self.match(actual)
        services.delete(actor=self.actor, actual=actual)
        return self.written({"deleted": True}, computation.revisions(actual.program_id))
