"""Resources: people, roles, machines, materials and expenses that tasks are assigned to."""

from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Resource, WorkCalendar
from programs.models.resources import availability_periods
from programs.selectors import people, portfolios, programs, resources
from programs.services import resources as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import FlagFilter, IdFilter, TextFilter


class PeriodOut(serializers.Serializer[Any]):
    """Moments are wall-clock times of the program, null where there is no bound."""

    starts = serializers.CharField(allow_null=True)
    ends = serializers.CharField(allow_null=True)
    units = serializers.CharField()


class ResourceOut(serializers.Serializer[Any]):
    """``max_units`` 1 is one full-time person; ``availability`` says how many in which period."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    name = serializers.CharField()
    code = serializers.CharField()
    initials = serializers.CharField()
    kind = serializers.ChoiceField(Resource.Kind.choices)
    role = serializers.CharField()
    team = serializers.CharField()
    email = serializers.CharField()
    person = serializers.IntegerField(source="person_id", allow_null=True)
    calendar = serializers.IntegerField(source="calendar_id", allow_null=True)
    max_units = serializers.DecimalField(14, 4)
    availability = PeriodOut(many=True)
    is_generic = serializers.BooleanField()
    is_active = serializers.BooleanField()
    notes = serializers.CharField()


class ResourceIn(Strict):
    name = serializers.CharField(max_length=200)
    code = serializers.CharField(max_length=100, allow_blank=True, required=False)
    initials = serializers.CharField(max_length=40, allow_blank=True, required=False)
    kind = serializers.ChoiceField(Resource.Kind.choices, required=False)
    role = serializers.CharField(max_length=200, allow_blank=True, required=False)
    team = serializers.CharField(max_length=200, allow_blank=True, required=False)
    email = serializers.EmailField(allow_blank=True, required=False)
    person = Reference(people.known_to, required=False, allow_null=True)
    calendar = Reference(WorkCalendar.objects.visible_to, required=False, allow_null=True)
    max_units = serializers.DecimalField(14, 4, min_value=Decimal(0), required=False)
    availability = serializers.JSONField(required=False, validators=[availability_periods])
    is_generic = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)
    notes = serializers.CharField(allow_blank=True, max_length=100_000, required=False)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class ResourceFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")
    program = IdFilter("program_id", label="Resources of this program only")
    person = IdFilter("person_id")
    kind = django_filters.ChoiceFilter(choices=Resource.Kind.choices)
    active = FlagFilter("is_active")
    text = TextFilter("name", "role", "team", "code")


class ResourceList(Endpoint):
    out = ResourceOut
    serializer_class = ResourceOut
    filterset_class = ResourceFilters
    orderings: ClassVar = {"id": ("pk",), "name": ("name", "pk")}

    @operation("plan.read", gives=ResourceOut(many=True), summary="List resources")
    def get(self, request: Request) -> Response:
        return self.page(Resource.objects.visible_to(self.actor))


class PortfolioResources(Endpoint):
    out = ResourceOut

    @operation(
        "resource.edit",
        takes=ResourceIn,
        gives=ResourceOut,
        status=201,
        summary="Add a resource of a portfolio",
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.create(actor=self.actor, portfolio=portfolio, **self.given(ResourceIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/resources/{made.pk}/")


class ProgramResources(Endpoint):
    out = ResourceOut

    @operation(
        "resource.edit",
        takes=ResourceIn,
        gives=ResourceOut,
        status=201,
        summary="Add a resource of one program",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        given = self.given(ResourceIn)
        made = services.create(actor=self.actor, portfolio=program.portfolio, program=program, **given)
        return self.written(self.represent(made), status=201, at=f"/api/v1/resources/{made.pk}/")


class ResourceItem(Endpoint):
    out = ResourceOut

    @operation("plan.read", gives=ResourceOut, summary="Read a resource")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(resources.get_for(self.actor, pk)))

    @operation(
        "resource.edit",
        takes=ResourceIn(partial=True),
        gives=ResourceOut,
        versioned=True,
        summary="Change a resource",
    )
    def patch(self, request: Request, pk: int) -> Response:
        resource = resources.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, resource)
        self.match(resource)
        given = self.given(ResourceIn, partial=True)
        return self.written(self.represent(services.update(actor=self.actor, resource=resource, **given)))

    @operation(
        "resource.edit",
        gives=DeletedOut,
        versioned=True,
        summary="Delete a resource that is assigned to nothing",
    )
    def delete(self, request: Request, pk: int) -> Response:
        resource = resources.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, resource)
        self.match(resource)
        services.delete(actor=self.actor, resource=resource)
        return self.written({"deleted": True})
