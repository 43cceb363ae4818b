"""Contracts that programs let."""

from typing import Any

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import Contract
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.filters import IdFilter, TextFilter


class ContractOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    supplier = serializers.CharField()
    supplier_key = serializers.CharField()
    description = serializers.CharField()
    value = serializers.DecimalField(18, 2, allow_null=True)


class ContractFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    text = TextFilter("supplier", "description")


class ContractList(Endpoint):
    out = ContractOut
    serializer_class = ContractOut
    filterset_class = ContractFilters

    @operation("budget.read", gives=ContractOut(many=True), summary="List contracts")
    def get(self, request: Request) -> Response:
        return self.page(Contract.objects.visible_to(self.actor))
