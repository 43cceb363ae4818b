"""KPIs that programs promised: what was promised, and what was measured."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Kpi, KpiValue
from programs.selectors import kpis, programs
from programs.services import kpis as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.lib.api.filters import IdFilter, TextFilter


class KpiOut(serializers.Serializer[Any]):
    """``target``, ``watch_at`` and ``bad_at`` are in ``unit``; a value beyond ``bad_at`` is bad, beyond ``watch_at`` to be
    watched."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    category = serializers.CharField()
    description = serializers.CharField()
    result = serializers.ChoiceField(Kpi.Result.choices)
    unit = serializers.CharField()
    higher_is_better = serializers.BooleanField()
    target = serializers.DecimalField(max_digits=24, decimal_places=6, allow_null=True)
    watch_at = serializers.DecimalField(max_digits=24, decimal_places=6, allow_null=True)
    bad_at = serializers.DecimalField(max_digits=24, decimal_places=6, allow_null=True)


class KpiIn(Strict):
    category = serializers.CharField(max_length=200, allow_blank=True, required=False)
    description = serializers.CharField(max_length=10_000)
    result = serializers.ChoiceField(Kpi.Result.choices, required=False)
    unit = serializers.CharField(max_length=40, allow_blank=True, required=False)
    higher_is_better = serializers.BooleanField(required=False)
    target = serializers.DecimalField(24, 6, allow_null=True, required=False)
    watch_at = serializers.DecimalField(24, 6, allow_null=True, required=False)
    bad_at = serializers.DecimalField(24, 6, allow_null=True, required=False)


class KpiValueOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    kpi = serializers.IntegerField(source="kpi_id")
    measured_on = serializers.DateField()
    value = serializers.DecimalField(max_digits=24, decimal_places=6)
    note = serializers.CharField()


class KpiValueIn(Strict):
    measured_on = serializers.DateField()
    value = serializers.DecimalField(24, 6)
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class KpiFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    result = django_filters.ChoiceFilter(choices=Kpi.Result.choices)
    text = TextFilter("description", "category")


class KpiValueFilters(django_filters.FilterSet):
    program = IdFilter("kpi__program_id")
    kpi = IdFilter("kpi_id")


class KpiList(Endpoint):
    out = KpiOut
    serializer_class = KpiOut
    filterset_class = KpiFilters

    @operation("plan.read", gives=KpiOut(many=True), summary="List KPIs")
    def get(self, request: Request) -> Response:
        return self.page(Kpi.objects.visible_to(self.actor))


class ProgramKpis(Endpoint):
    out = KpiOut

    @operation("indicator.edit", takes=KpiIn, gives=KpiOut, status=201, summary="Add a KPI of a program")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        made = services.create(actor=self.actor, program=program, **self.given(KpiIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/kpis/{made.pk}/")


class KpiItem(Endpoint):
    out = KpiOut

    @operation("plan.read", gives=KpiOut, summary="Read a KPI")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(kpis.get_for(self.actor, pk)))

    @operation(
        "indicator.edit", takes=KpiIn(partial=True), gives=KpiOut, versioned=True, summary="Change a KPI"
    )
    def patch(self, request: Request, pk: int) -> Response:
        kpi = kpis.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, kpi)
        self.match(kpi)
        given = self.given(KpiIn, partial=True)
        return self.written(self.represent(services.update(actor=self.actor, kpi=kpi, **given)))

    @operation("indicator.edit", gives=DeletedOut, versioned=True, summary="Delete a KPI and its values")
    def delete(self, request: Request, pk: int) -> Response:
        kpi = kpis.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, kpi)
        self.match(kpi)
        services.delete(actor=self.actor, kpi=kpi)
        return self.written({"deleted": True})


class KpiValueList(Endpoint):
    out = KpiValueOut
    serializer_class = KpiValueOut
    filterset_class = KpiValueFilters
    orderings: ClassVar = {"id": ("pk",), "measured_on": ("measured_on", "pk")}

    @operation("plan.read", gives=KpiValueOut(many=True), summary="List measured values of KPIs")
    def get(self, request: Request) -> Response:
        return self.page(KpiValue.objects.visible_to(self.actor))


class KpiValues(Endpoint):
    out = KpiValueOut

    @operation(
        "indicator.edit", takes=KpiValueIn, gives=KpiValueOut, status=201, summary="Add a value of a KPI"
    )
    def post(self, request: Request, pk: int) -> Response:
        kpi = kpis.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, kpi)
        made = services.measure(actor=self.actor, kpi=kpi, **self.given(KpiValueIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/kpi-values/{made.pk}/")


class KpiValueItem(Endpoint):
    out = KpiValueOut

    @operation("plan.read", gives=KpiValueOut, summary="Read a value of a KPI")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(kpis.value_for(self.actor, pk)))

    @operation(
        "indicator.edit", takes=KpiValueIn(partial=True), gives=KpiValueOut, versioned=True,
        summary="Correct a value of a KPI",
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        value = kpis.value_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, value)
        self.match(value)
        given = self.given(KpiValueIn, partial=True)
        return self.written(self.represent(services.correct(actor=self.actor, row=value, **given)))

    @operation("indicator.edit", gives=DeletedOut, versioned=True, summary="Take a value of a KPI off")
    def delete(self, request: Request, pk: int) -> Response:
        value = kpis.value_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, value)
        self.match(value)
        services.discard(actor=self.actor, row=value)
        return self.written({"deleted": True})
