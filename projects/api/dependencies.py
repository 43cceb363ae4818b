"""Links between tasks."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Program
from programs.selectors import computation, programs
from projects.api.problems import answer, carried_out
from projects.models import Dependency
from projects.services import command_values, plan_edits
from projects.services.commands import Command, EditRefused, LinkTasks, Relink, Unlink
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.lib.api.filters import IdFilter

_KINDS: list[str] = list(command_values.KINDS)
_UNITS: list[str] = list(command_values.LAG_UNITS)


class DependencyOut(serializers.Serializer[Any]):
    """``lag`` is in minutes, of ``percent`` in hundredths of a percent."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    predecessor_program = serializers.IntegerField(source="predecessor_program_id")
    predecessor = serializers.IntegerField(source="predecessor_id")
    successor = serializers.IntegerField(source="successor_id")
    kind = serializers.SerializerMethodField()
    lag = serializers.IntegerField()
    lag_unit = serializers.SerializerMethodField()

    def get_kind(self, row: Any) -> str:
        return _KINDS[int(row.kind)]

    def get_lag_unit(self, row: Any) -> str:
        return _UNITS[int(row.lag_unit)]


class DependencyWritten(DependencyOut, Revisions):
    pass


class DependencyPatch(Strict):
    kind = serializers.ChoiceField(_KINDS, required=False)
    lag = serializers.IntegerField(
        required=False, min_value=-command_values.LONGEST, max_value=command_values.LONGEST
    )
    lag_unit = serializers.ChoiceField(_UNITS, required=False)


class DependencyIn(DependencyPatch):
    predecessor = serializers.IntegerField(min_value=1, max_value=command_values.LARGEST)
    successor = serializers.IntegerField(min_value=1, max_value=command_values.LARGEST)


class DependencyFilters(django_filters.FilterSet):
    program = IdFilter(method="touching", label="Links with an end in this program")
    predecessor = IdFilter("predecessor_id")
    successor = IdFilter("successor_id")

    def touching(self, rows: QuerySet[Dependency], name: str, value: Any) -> QuerySet[Dependency]:
        return rows.filter(Q(program_id=int(value)) | Q(predecessor_program_id=int(value)))


class _Links(Endpoint):
    out = DependencyOut

    def link(self, pk: int) -> Dependency:
        rows = Dependency.objects.visible_to(self.actor)
        return rows.select_related("program", "successor__project", "successor__program").get(pk=pk)

    def apply(self, program: Program, command: Command) -> Any:
        try:
            return plan_edits.apply(actor=self.actor, program=program, commands=[command])
        except EditRefused as refused:
            raise answer(refused, [command], self.represent, single=True) from None


class DependencyList(_Links):
    serializer_class = DependencyOut
    filterset_class = DependencyFilters

    @operation(
        "plan.read", gives=DependencyOut(many=True), summary="List links of which both ends are visible"
    )
    def get(self, request: Request) -> Response:
        return self.page(Dependency.objects.visible_to(self.actor))


class ProgramDependencies(_Links):
    @operation("plan.edit", takes=DependencyIn, gives=DependencyWritten, status=201, summary="Link two tasks")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(DependencyIn)
        command = LinkTasks(pred=given.pop("predecessor"), succ=given.pop("successor"), **_codes(given))
        made = self.link(self.apply(program, command).created_links[0])
        at = f"/api/v1/dependencies/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class DependencyItem(_Links):
    @operation("plan.read", gives=DependencyOut, summary="Read a link")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.link(pk)))

    @operation(
        "plan.edit",
        takes=DependencyPatch,
        gives=DependencyWritten,
        versioned=True,
        summary="Change kind or lag of a link",
    )
    def patch(self, request: Request, pk: int) -> Response:
        link = self.link(pk)
        policies.authorize(self.actor, self.capability, link.successor)
        self.match(link)
        self.apply(
            link.program, Relink(link.pk, link.version, _codes(self.given(DependencyPatch, partial=True)))
        )
        return self.written(self.represent(self.link(pk)), computation.revisions(link.program_id))

    @operation("plan.edit", gives=carried_out("Deleted"), versioned=True, summary="Remove a link")
    def delete(self, request: Request, pk: int) -> Response:
        link = self.link(pk)
        policies.authorize(self.actor, self.capability, link.successor)
        self.match(link)
        self.apply(link.program, Unlink(link.pk, link.version))
        return self.written({"deleted": True}, computation.revisions(link.program_id))


def _codes(given: dict[str, Any]) -> dict[str, Any]:
    codes = {"kind": command_values.KINDS, "lag_unit": command_values.LAG_UNITS}
    return {name: codes[name][value] if name in codes else value for name, value in given.items()}
