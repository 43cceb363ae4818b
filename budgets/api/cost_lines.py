"""Cost lines: planned cost, phased over a task's dates or their own."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut, in_program
from budgets.api.money_fields import PricedIn, PricedOut, upper
from budgets.models import CostLine, Nature
from budgets.services import cost_lines as services
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project, Task
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter, TextFilter


class PortionOut(serializers.Serializer[Any]):
    """What is spent in one period, in the portfolio's currency."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    amount = serializers.DecimalField(18, 2)


class PortionIn(Strict):
    """``on``: any day of the period; ``amount`` in the line's own currency."""

    on = serializers.DateField()
    amount = serializers.DecimalField(18, 2)


class CostLineOut(PricedOut):
    """``from_assignments``: the amount is computed from assigned work and rate cards; ``is_unrated`` says that some of the work has no
    rate and costs nothing yet."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    task = serializers.IntegerField(source="task_id", allow_null=True)
    name = serializers.CharField()
    category = serializers.CharField()
    nature = serializers.ChoiceField(Nature.choices)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    by_hand = serializers.BooleanField()
    from_assignments = serializers.BooleanField()
    amount = serializers.DecimalField(18, 2, source="cost")
    is_unrated = serializers.BooleanField()
    portions = PortionOut(many=True)


class CostLineWritten(CostLineOut, Revisions):
    pass


class CostLinePatch(PricedIn, Strict):
    """With a ``task`` the line follows the task's dates and belongs to its project; without, it needs its own dates, or
    ``portions``, which sum to its amount (an empty list takes the phasing by hand back). A foreign amount is converted at the
    rate of ``rate_on``, else of the data date. A line ``from_assignments`` is given no amount."""

    name = serializers.CharField(max_length=300)
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    task = Reference(Task.objects.visible_to, required=False, allow_null=True)
    category = serializers.CharField(max_length=32, required=False)
    nature = serializers.ChoiceField(Nature.choices, required=False)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    rate_on = serializers.DateField(required=False, allow_null=True)
    from_assignments = serializers.BooleanField(required=False)
    portions = PortionIn(many=True, required=False, max_length=600)  # type: ignore[call-arg]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "portions" in attrs:
            attrs["portions"] = [services.Portion(**given) for given in attrs["portions"]]
        return upper(attrs)


class CostLineIn(CostLinePatch):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, super().validate(attrs))


class CostLineFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    task = IdFilter("task_id")
    category = django_filters.CharFilter("category")
    nature = django_filters.ChoiceFilter(choices=Nature.choices)
    text = TextFilter("name")


class _CostLines(Endpoint):
    out = CostLineOut

    def rows(self) -> QuerySet[Any]:
        found = CostLine.objects.visible_to(self.actor).costed()
        related = found.select_related("program__portfolio", "project", "task", "rate")
        return related.prefetch_related("portions")


class CostLineList(_CostLines):
    serializer_class = CostLineOut
    filterset_class = CostLineFilters

    @operation("budget.read", gives=CostLineOut(many=True), summary="List cost lines")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramCostLines(_CostLines):
    @operation("budget.edit", takes=CostLineIn, gives=CostLineWritten, status=201, summary="Add a cost line")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        made = services.create(actor=self.actor, program=program, **self.given(CostLineIn))
        at = f"/api/v1/cost-lines/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class CostLineItem(_CostLines):
    @operation("budget.read", gives=CostLineOut, summary="Read a cost line")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))

    @operation(
        "budget.edit",
        takes=CostLinePatch(partial=True),
        gives=CostLineWritten,
        versioned=True,
        summary="Change a cost line",
    )
    def patch(self, request: Request, pk: int) -> Response:
        line = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, line)
        self.match(line)
        changed = services.update(actor=self.actor, line=line, **self.given(CostLinePatch, partial=True))
        return self.written(self.represent(changed), computation.revisions(line.program_id))

    @operation("budget.edit", gives=DeletedOut, versioned=True, summary="Delete a cost line")
    def delete(self, request: Request, pk: int) -> Response:
        line = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, line)
        self.match(line)
        services.delete(actor=self.actor, line=line)
        return self.written({"deleted": True}, computation.revisions(line.program_id))
