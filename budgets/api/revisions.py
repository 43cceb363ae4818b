"""Revisions of budgets, and transfers between them."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.money_fields import PricedOut
from budgets.models import BudgetRevision
from budgets.selectors import revisions
from budgets.services import transfers
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter


class RevisionLineOut(PricedOut):
    """``category`` is empty for what is not broken down."""

    category = serializers.CharField()


class RevisionOut(serializers.Serializer[Any]):
    """Kept as it was set: ``approved``, ``current`` (after transfers), ``forecast``, or ``withdrawn``."""

    id = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(BudgetRevision.Kind.choices)
    effective_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    amount = serializers.DecimalField(18, 2)
    contingency = serializers.DecimalField(18, 2)
    reserve = serializers.DecimalField(18, 2)
    lines = RevisionLineOut(many=True)
    change_set = serializers.IntegerField(source="change_set_id", allow_null=True)
    set_by = serializers.IntegerField(source="change_set.actor_id", allow_null=True, default=None)
    set_at = serializers.DateTimeField(source="change_set.at", allow_null=True, default=None)


class RevisionFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    kind = django_filters.ChoiceFilter(choices=BudgetRevision.Kind.choices)


class _Revisions(Endpoint):
    out = RevisionOut

    def rows(self) -> QuerySet[Any]:
        return revisions.rows(self.actor)


class RevisionList(_Revisions):
    serializer_class = RevisionOut
    filterset_class = RevisionFilters
    orderings: ClassVar = {"id": ("pk",)}

    @operation("budget.read", gives=RevisionOut(many=True), summary="List revisions of budgets")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class RevisionItem(_Revisions):
    @operation("budget.read", gives=RevisionOut, summary="Read a revision of a budget")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))


class MoveIn(Strict):
    """What a place gains, or loses below zero: a category of a project's budget (null: of the program's own), ``""`` for what is
    not broken down, ``@contingency`` or ``@reserve``."""

    project = Reference(Project.objects.visible_to, allow_null=True)
    category = serializers.CharField(max_length=32, allow_blank=True)
    amount = serializers.DecimalField(18, 2)


class TransferIn(Strict):
    """The moves sum to zero. ``accept_shortfall`` lets a budget fall below what is committed or spent."""

    moves = MoveIn(many=True, allow_empty=False, max_length=200)  # type: ignore[call-arg]
    reason = serializers.CharField(max_length=1000)
    effective_on = serializers.DateField(required=False, allow_null=True)
    accept_shortfall = serializers.BooleanField(required=False)


class TransferOut(Revisions):
    results = RevisionOut(many=True)


class ProgramTransfers(_Revisions):
    @operation(
        "budget.edit",
        takes=TransferIn,
        gives=TransferOut,
        status=201,
        summary="Transfer budget between lines, projects, contingency and reserve",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(TransferIn)
        given["moves"] = [transfers.Move(**one) for one in given["moves"]]
        made = transfers.move(actor=self.actor, program=program, **given)
        shown = {"results": [self.represent(one) for one in made]}
        return self.written(shown, computation.revisions(program.pk), status=201)
