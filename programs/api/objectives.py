"""Business objectives and key results."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import KeyResult, Objective
from programs.selectors import objectives, people, portfolios, programs
from programs.services import objectives as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter, TextFilter


class ObjectiveOut(serializers.Serializer[Any]):
    """``program`` is missing for an objective of the whole portfolio."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    name = serializers.CharField()
    description = serializers.CharField()
    owner = serializers.IntegerField(source="owner_id", allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(Objective.State.choices)


class ObjectiveIn(Strict):
    name = serializers.CharField(max_length=300)
    description = serializers.CharField(allow_blank=True, required=False)
    owner = Reference(people.known_to, required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    state = serializers.ChoiceField(Objective.State.choices, required=False)


class KeyResultOut(serializers.Serializer[Any]):
    """``share`` is how far it is from ``start`` to ``target``, from 0 to 1."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    objective = serializers.IntegerField(source="objective_id")
    name = serializers.CharField()
    unit = serializers.CharField()
    start = serializers.DecimalField(24, 6)
    target = serializers.DecimalField(24, 6)
    current = serializers.DecimalField(24, 6, allow_null=True)
    measured_on = serializers.DateField(allow_null=True)
    share = serializers.FloatField(allow_null=True)


class KeyResultIn(Strict):
    name = serializers.CharField(max_length=300)
    unit = serializers.CharField(max_length=40, allow_blank=True, required=False)
    start = serializers.DecimalField(24, 6, required=False)
    target = serializers.DecimalField(24, 6)
    current = serializers.DecimalField(24, 6, required=False, allow_null=True)
    measured_on = serializers.DateField(required=False, allow_null=True)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class ObjectiveFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    program = IdFilter("program_id")
    state = django_filters.ChoiceFilter(choices=Objective.State.choices)
    text = TextFilter("name", "description")


class KeyResultFilters(django_filters.FilterSet):
    objective = IdFilter("objective_id")


class ObjectiveList(Endpoint):
    out = ObjectiveOut
    serializer_class = ObjectiveOut
    filterset_class = ObjectiveFilters
    orderings: ClassVar = {"id": ("pk",), "ends_on": ("ends_on", "pk")}

    @operation("program.read", gives=ObjectiveOut(many=True), summary="List objectives")
    def get(self, request: Request) -> Response:
        return self.page(Objective.objects.visible_to(self.actor))


class PortfolioObjectives(Endpoint):
    out = ObjectiveOut

    @operation(
        "objective.edit",
        takes=ObjectiveIn,
        gives=ObjectiveOut,
        status=201,
        summary="Set an objective of a portfolio",
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.create(actor=self.actor, portfolio=portfolio, **self.given(ObjectiveIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/objectives/{made.pk}/")


class ProgramObjectives(Endpoint):
    out = ObjectiveOut

    @operation(
        "objective.edit",
        takes=ObjectiveIn,
        gives=ObjectiveOut,
        status=201,
        summary="Set an objective of a program",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        made = services.create(
            actor=self.actor, portfolio=program.portfolio, program=program, **self.given(ObjectiveIn)
        )
        return self.written(self.represent(made), status=201, at=f"/api/v1/objectives/{made.pk}/")


class ObjectiveItem(Endpoint):
    out = ObjectiveOut

    @operation("program.read", gives=ObjectiveOut, summary="Read an objective")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(objectives.get_for(self.actor, pk)))

    @operation(
        "objective.edit", takes=ObjectiveIn(partial=True), gives=ObjectiveOut, versioned=True,
        summary="Change an objective",
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        objective = objectives.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, objective)
        self.match(objective)
        given = self.given(ObjectiveIn, partial=True)
        return self.written(self.represent(services.update(actor=self.actor, objective=objective, **given)))

    @operation(
        "objective.edit", gives=DeletedOut, versioned=True, summary="Delete an objective with its key results"
    )
    def delete(self, request: Request, pk: int) -> Response:
        objective = objectives.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, objective)
        self.match(objective)
        services.delete(actor=self.actor, objective=objective)
        return self.written({"deleted": True})


class KeyResultList(Endpoint):
    out = KeyResultOut
    serializer_class = KeyResultOut
    filterset_class = KeyResultFilters

    @operation("program.read", gives=KeyResultOut(many=True), summary="List key results")
    def get(self, request: Request) -> Response:
        return self.page(KeyResult.objects.visible_to(self.actor))


class ObjectiveResults(Endpoint):
    out = KeyResultOut

    @operation(
        "objective.edit", takes=KeyResultIn, gives=KeyResultOut, status=201, summary="Add a key result"
    )
    def post(self, request: Request, pk: int) -> Response:
        objective = objectives.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, objective)
        made = services.add_result(actor=self.actor, objective=objective, **self.given(KeyResultIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/key-results/{made.pk}/")


class KeyResultItem(Endpoint):
    out = KeyResultOut

    @operation("program.read", gives=KeyResultOut, summary="Read a key result")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(objectives.result_for(self.actor, pk)))

    @operation(
        "objective.edit", takes=KeyResultIn(partial=True), gives=KeyResultOut, versioned=True,
        summary="Change a key result, or write its present value down",
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        result = objectives.result_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, result)
        self.match(result)
        given = self.given(KeyResultIn, partial=True)
        return self.written(self.represent(services.update_result(actor=self.actor, result=result, **given)))

    @operation("objective.edit", gives=DeletedOut, versioned=True, summary="Take a key result off")
    def delete(self, request: Request, pk: int) -> Response:
        result = objectives.result_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, result)
        self.match(result)
        services.drop_result(actor=self.actor, result=result)
        return self.written({"deleted": True})
