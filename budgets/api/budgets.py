"""Budgets: what was approved."""

from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.money_fields import PricedIn, upper
from budgets.models import Budget
from budgets.services import budgets as services
from budgets.services.revisions import Line
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
    current = serializers.DecimalField(18, 2, source="in_force")
    forecast = serializers.DecimalField(18, 2, allow_null=True)
    contingency = serializers.DecimalField(18, 2)
    reserve = serializers.DecimalField(18, 2)
    note = serializers.CharField()


class BudgetWritten(BudgetOut, Revisions):
    pass


class LineIn(PricedIn, Strict):
    """The part of one category; without one, what is not broken down."""

    category = serializers.CharField(max_length=32, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return upper(attrs)


class _Lines(Strict):
    """``lines`` by category, whose sum is the amount. ``effective_on`` names the day of the rates of foreign lines, too."""

    lines = LineIn(many=True, required=False, allow_empty=False, max_length=200)  # type: ignore[call-arg]
    effective_on = serializers.DateField(required=False, allow_null=True)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "lines" in attrs:
            attrs["lines"] = [Line(**given) for given in attrs["lines"]]
        return attrs


class BudgetPatch(_Lines):
    approved = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False)
    contingency = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False)
    reserve = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False)
    note = serializers.CharField(allow_blank=True, required=False)


class BudgetIn(BudgetPatch):
    project = Reference(Project.objects.visible_to, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, super().validate(attrs))


class ForecastIn(_Lines):
    """What the work will cost in all, as seen now: one amount, or lines."""

    amount = serializers.DecimalField(18, 2, min_value=Decimal(0), required=False)


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
        return Budget.objects.visible_to(self.actor).select_related("program__portfolio", "project")


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


class BudgetForecast(_Budgets):
    @operation(
        "budget.edit", takes=ForecastIn, gives=BudgetWritten, versioned=True, summary="Forecast a budget"
    )
    def post(self, request: Request, pk: int) -> Response:
        budget = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, budget)
        self.match(budget)
        changed = services.forecast(actor=self.actor, budget=budget, **self.given(ForecastIn))
        return self.written(self.represent(changed), computation.revisions(budget.program_id))
