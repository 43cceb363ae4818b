"""Programs, how current their results are, and their ratings."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Program, WorkCalendar
from programs.models.programs import known_time_zone
from programs.selectors import computation, portfolios, programs, ratings
from programs.services import programs as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import FlagFilter, IdFilter, TextFilter


class ProgramOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    code = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    time_zone = serializers.CharField()
    starts_on = serializers.DateField()
    data_date = serializers.DateField(allow_null=True)
    calendar = serializers.IntegerField(source="calendar_id")
    sponsor_note = serializers.CharField()
    archived_at = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField(source="computation.input_revision")
    computed_revision = serializers.IntegerField(source="computation.computed_revision")


class ProgramIn(Strict):
    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=300)
    description = serializers.CharField(allow_blank=True, required=False)
    time_zone = serializers.CharField(max_length=64, required=False, validators=[known_time_zone])
    starts_on = serializers.DateField()
    data_date = serializers.DateField(allow_null=True, required=False)
    calendar = Reference(WorkCalendar.objects.visible_to, required=False)
    sponsor_note = serializers.CharField(max_length=200, allow_blank=True, required=False)


class StatusOut(serializers.Serializer[Any]):
    """``state`` is current, queued, computing, late or stuck."""

    program = serializers.IntegerField(source="program_id")
    revision = serializers.IntegerField(source="input_revision")
    computed_revision = serializers.IntegerField()
    behind = serializers.IntegerField()
    state = serializers.ChoiceField(["current", "queued", "computing", "late", "stuck"])
    pending_since = serializers.DateTimeField(allow_null=True)
    computed_at = serializers.DateTimeField(allow_null=True)
    error_code = serializers.CharField()
    error_message = serializers.CharField()


class RatingOut(serializers.Serializer[Any]):
    dimension = serializers.CharField()
    level = serializers.ChoiceField(["ok", "watch", "bad", "none"])
    code = serializers.CharField()
    reason = serializers.CharField(source="sentence")


class HealthOut(serializers.Serializer[Any]):
    """Ratings by rule, each with its reason, from figures at ``computed_revision``."""

    program = serializers.IntegerField(source="program_id")
    policy = serializers.CharField()
    policy_number = serializers.IntegerField()
    computed_revision = serializers.IntegerField(source="revision")
    overall = RatingOut()
    dimensions = RatingOut(many=True)


class ProgramFilters(django_filters.FilterSet):
    portfolio = IdFilter()
    archived = FlagFilter("archived_at", "isnull", exclude=True)
    text = TextFilter("name", "code")


class ProgramList(Endpoint):
    out = ProgramOut
    serializer_class = ProgramOut
    filterset_class = ProgramFilters
    orderings: ClassVar = {"id": ("pk",), "name": ("name", "pk"), "code": ("code", "pk")}

    @operation("program.read", gives=ProgramOut(many=True), summary="List programs")
    def get(self, request: Request) -> Response:
        return self.page(Program.objects.visible_to(self.actor).select_related("computation"))


class PortfolioPrograms(Endpoint):
    out = ProgramOut

    @operation("program.create", takes=ProgramIn, gives=ProgramOut, status=201, summary="Create a program")
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.create(actor=self.actor, portfolio=portfolio, **self.given(ProgramIn))
        return self.written(
            self.represent(made),
            computation.revisions(made.pk),
            status=201,
            at=f"/api/v1/programs/{made.pk}/",
        )


class ProgramItem(Endpoint):
    out = ProgramOut

    @operation("program.read", gives=ProgramOut, summary="Read a program")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(programs.get_for(self.actor, pk)))

    @operation(
        "program.edit",
        takes=ProgramIn(partial=True),
        gives=ProgramOut,
        versioned=True,
        summary="Change a program",
    )
    def patch(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        self.match(program)
        services.update(actor=self.actor, program=program, **self.given(ProgramIn, partial=True))
        return self.written(self.represent(programs.get_for(self.actor, pk)))


class ProgramStatus(Endpoint):
    out = StatusOut

    @operation("program.read", gives=StatusOut, summary="How current the results are")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(computation.status(programs.get_for(self.actor, pk).pk)))


class ProgramRecompute(Endpoint):
    out = StatusOut

    @operation(
        "recompute.force", gives=StatusOut, status=202, summary="Compute again although nothing changed"
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        services.recompute(actor=self.actor, program=program)
        return self.written(self.represent(computation.status(program.pk)), status=202)


class ProgramHealth(Endpoint):
    out = HealthOut

    @operation("program.read", gives=HealthOut, summary="Red, amber, green by rule, with reasons")
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        return Response(self.represent(ratings.for_programs(self.actor, [program.pk])[program.pk]))
