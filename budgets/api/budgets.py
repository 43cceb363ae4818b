"""Budgets: what was approved."""

from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import Budget
from budgets.services import budgets as services
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter


class BudgetOut(serializers.Serializer[Any]):
    """Without a project it is the program's own; amounts are in the portfolio's currency."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    approved = serializers.DecimalField(18, 2)
    contingency = serializers.DecimalField(18, 2)
    note = serializers.CharField()


class BudgetWritten(BudgetOut, Revisions):
    pass


class BudgetPatch(Strict):
    approved = serializers.DecimalField(18, 2, min_value=Decimal(0))
    contingency = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False)
    note = serializers.CharField(allow_blank=True, required=False)


class BudgetIn(BudgetPatch):
    project = Reference(Project.objects.visible_to, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, attrs)


class DeletedOut(Revisions):
    deleted = serializers.BooleanField()


def in_program(serializer: serializers.Serializer[Any], attrs: dict[str, Any]) -> dict[str, Any]:
    """Refuse projects and tasks of another program than the one of the address.

    :raises ValidationError:
    """
    program = serializer.context["endpoint"].kwargs.get("pk")
    for name in ("project", "task"):
        part = attrs.get(name)
        if part is not None and part.program_id != program:
            raise serializers.ValidationError({name: "It belongs to another program."})
    return attrs


class BudgetFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")


class _Budgets(Endpoint):
    out = BudgetOut

    def rows(self) -> QuerySet[Any]:
        return Budget.objects.visible_to(self.actor).select_related("program", "project")


class BudgetList(_Budgets):
    serializer_class = BudgetOut
    filterset_class = BudgetFilters

    @operation("budget.read", gives=BudgetOut(many=True), summary="List budgets")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramBudgets(_Budgets):
    @operation("budget.edit", takes=BudgetIn, gives=BudgetWritten, status=201, summary="Approve a budget")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        made = services.approve(actor=self.actor, program=program, **self.given(BudgetIn))
        at = f"/api/v1/budgets/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class BudgetItem(_Budgets):
    @operation("budget.read", gives=BudgetOut, summary="Read a budget")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))

    @operation(
        "budget.edit",
        takes=BudgetPatch(partial=True),
        gives=BudgetWritten,
        versioned=True,
        summary="Change a budget",
    )
    def patch(self, request: Request, pk: int) -> Response:
        budget = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, budget)
        self.match(budget)
        changed = services.update(actor=self.actor, budget=budget, **self.given(BudgetPatch, partial=True))
        return self.written(self.represent(changed), computation.revisions(budget.program_id))

    @operation("budget.edit", gives=DeletedOut, versioned=True, summary="Take a budget back")
    def delete(self, request: Request, pk: int) -> Response:
        budget = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, budget)
        self.match(budget)
        services.delete(actor=self.actor, budget=budget)
        return self.written({"deleted": True}, computation.revisions(budget.program_id))
