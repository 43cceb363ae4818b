"""What-if scenarios: edits that are not the plan, what they would make of it, and their way into it."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.selectors import computation, programs
from projects.api.problems import answer, carried_out
from projects.api.tasks import EditsIn
from projects.models import Scenario
from projects.selectors import scenario_staffing, scenario_words
from projects.selectors import scenarios as selectors
from projects.services import command_json
from projects.services import scenarios as services
from projects.services.commands import EditRefused
from projects.services.scenarios import Outdated, ScenarioClosed
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import WallTime
from tpm.lib.api.filters import IdFilter
from tpm.lib.api.problems import Problem


class ScenarioOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    owner = serializers.IntegerField(source="owner_id")
    name = serializers.CharField()
    note = serializers.CharField()
    is_shared = serializers.BooleanField()
    state = serializers.ChoiceField(choices=Scenario.State.choices)
    based_on = serializers.IntegerField(help_text="The plan's revision when the scenario was started.")
    edits = serializers.IntegerField(source="steps_count", help_text="How many edits it holds.")
    computed_on = serializers.IntegerField(
        source="result.revision",
        help_text="The plan's revision that the result was computed on; −1 before the first.",
    )
    is_current = serializers.SerializerMethodField(
        help_text="Whether the result is that of edits and plan as they are."
    )
    problems = serializers.SerializerMethodField(help_text="How many edits do not fit the plan.")
    change_set = serializers.IntegerField(source="change_set_id", allow_null=True)
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_is_current(self, scenario: Scenario) -> bool:
        return not selectors.is_stale(scenario)

    def get_problems(self, scenario: Scenario) -> int:
        return len(scenario.result.problems)


class ScenarioIn(Strict):
    name = serializers.CharField(max_length=100)
    note = serializers.CharField(required=False, allow_blank=True)
    is_shared = serializers.BooleanField(required=False)


class StepOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="A task that edit N creates is −N.")
    words = serializers.CharField()
    command = serializers.DictField(
        allow_null=True, help_text="Null where it names a task that you may not see."
    )
    problem = serializers.DictField(allow_null=True, help_text="Why it does not fit the plan.")


class StepsOut(serializers.Serializer[Any]):
    edits = StepOut(many=True)


class ScenarioTaskOut(serializers.Serializer[Any]):
    task = serializers.IntegerField(source="task_id")
    project = serializers.IntegerField(source="project_id")
    name = serializers.CharField()
    change = serializers.ChoiceField(choices=["differs", "added", "deleted"])
    is_edited = serializers.BooleanField()
    is_milestone = serializers.BooleanField()
    start = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    duration = serializers.IntegerField(allow_null=True)
    total_float = serializers.IntegerField(allow_null=True)
    is_critical = serializers.BooleanField()
    plan_start = WallTime(allow_null=True)
    plan_finish = WallTime(allow_null=True)
    plan_duration = serializers.IntegerField(allow_null=True)
    plan_total_float = serializers.IntegerField(allow_null=True)
    plan_is_critical = serializers.BooleanField()
    finish_shift = serializers.IntegerField(allow_null=True, help_text="Working minutes.")
    bac = serializers.DecimalField(18, 2, allow_null=True)
    eac = serializers.DecimalField(18, 2, allow_null=True)
    plan_bac = serializers.DecimalField(18, 2, allow_null=True)
    plan_eac = serializers.DecimalField(18, 2, allow_null=True)
    who = serializers.CharField(help_text="Who works on it; empty, as plan_who, where no edit changes that.")
    plan_who = serializers.CharField()


class AppliedOut(Revisions):
    change_set = serializers.IntegerField(allow_null=True)


class ScenarioFilters(django_filters.FilterSet):
    program = IdFilter("program_id")


class ScenarioTaskFilters(django_filters.FilterSet):
    project = IdFilter("project_id")
    task = django_filters.NumberFilter("task_id")


class _Scenarios(Endpoint):
    out = ScenarioOut

    def represent(self, obj: Any) -> Any:
        fresh = obj if hasattr(obj, "steps_count") else selectors.get_for(self.actor, obj.pk)
        return super().represent(fresh)

    def allowed(self, pk: int) -> Scenario:
        """Return a scenario that the actor may change."""
        scenario = selectors.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, scenario.program)
        return scenario

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, ScenarioClosed | Outdated):
            exc = Problem(409, str(exc), code="closed" if isinstance(exc, ScenarioClosed) else "outdated")
        return super().handle_exception(exc)


class ScenarioList(_Scenarios):
    serializer_class = ScenarioOut
    filterset_class = ScenarioFilters

    @operation(
        "plan.read", gives=ScenarioOut(many=True), summary="List what-if scenarios: one's own and shared ones"
    )
    def get(self, request: Request) -> Response:
        return self.page(selectors.visible(self.actor).order_by("pk"))


class ProgramScenarios(_Scenarios):
    @operation(
        "scenario.edit", takes=ScenarioIn, gives=ScenarioOut, status=201, summary="Start a what-if scenario"
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        made = services.create(actor=self.actor, program=program, **self.given(ScenarioIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/scenarios/{made.pk}/")


class ScenarioItem(_Scenarios):
    @operation("plan.read", gives=ScenarioOut, summary="Read a scenario")
    def get(self, request: Request, pk: int) -> Response:
        scenario = selectors.get_for(self.actor, pk)
        services.want(scenario)
        return Response(self.represent(scenario))

    @operation(
        "scenario.edit",
        takes=ScenarioIn(partial=True),
        gives=ScenarioOut,
        versioned=True,
        summary="Rename or share a scenario",
    )
    def patch(self, request: Request, pk: int) -> Response:
        scenario = self.allowed(pk)
        self.match(scenario)
        services.update(actor=self.actor, scenario=scenario, **self.given(ScenarioIn, partial=True))
        return self.written(self.represent(selectors.get_for(self.actor, pk)))

    @operation(
        "scenario.edit",
        gives=carried_out("ScenarioDropped"),
        versioned=True,
        summary="Drop a scenario: it is closed and kept",
    )
    def delete(self, request: Request, pk: int) -> Response:
        scenario = self.allowed(pk)
        self.match(scenario)
        services.drop(actor=self.actor, scenario=scenario)
        return self.written({"deleted": True}, computation.revisions(scenario.program_id))


class ScenarioEdits(_Scenarios):
    """The edits are those of ``/programs/{id}/plan/edits/``; see the guide."""

    @operation("plan.read", gives=StepsOut, summary="The edits of a scenario, and which do not fit the plan")
    def get(self, request: Request, pk: int) -> Response:
        return self.steps(pk)

    @operation(
        "scenario.edit",
        takes={"application/json": EditsIn},
        gives=StepsOut,
        summary="Add edits to a scenario, all or nothing",
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.take(pk, services.append)

    @operation(
        "scenario.edit",
        takes={"application/json": EditsIn},
        gives=StepsOut,
        summary="Replace all edits of a scenario",
    )
    def put(self, request: Request, pk: int) -> Response:
        return self.take(pk, services.put)

    def take(self, pk: int, service: Any) -> Response:
        scenario = self.allowed(pk)
        body: Any = self.request.data
        parsed = command_json.parse(body)
        try:
            service(actor=self.actor, scenario=scenario, commands=body["commands"])
        except EditRefused as refused:
            raise answer(refused, parsed, self.represent) from None
        return self.steps(pk)

    def steps(self, pk: int) -> Response:
        scenario = selectors.get_for(self.actor, pk)
        return Response(StepsOut({"edits": scenario_words.steps(self.actor, scenario)}).data)


class ScenarioComparison(Endpoint):
    out = ScenarioTaskOut
    serializer_class = ScenarioTaskOut
    filterset_class = ScenarioTaskFilters
    orderings: ClassVar = {"sequence": ("change", "sequence", "pk")}

    @operation(
        "plan.read",
        gives=ScenarioTaskOut(many=True),
        summary="Plan and scenario side by side: the tasks that differ",
    )
    def get(self, request: Request, pk: int) -> Response:
        scenario = selectors.get_for(self.actor, pk)
        services.want(scenario)
        readable = selectors.may_see_cost(self.actor, scenario)
        return self.page(
            selectors.rows(self.actor, scenario),
            lambda rows: [self._row(row, readable) for row in scenario_staffing.tell(scenario, rows)],
        )

    def _row(self, row: Any, readable: set[int]) -> dict[str, Any]:
        change = ("differs", "added", "deleted")[row.change]
        row.change = change
        shown = dict(ScenarioTaskOut(row).data)
        if row.project_id not in readable:
            shown |= dict.fromkeys(("bac", "eac", "plan_bac", "plan_eac"))
        return shown


class ScenarioApply(_Scenarios):
    @operation(
        "scenario.edit",
        gives=AppliedOut,
        summary="Make a scenario's edits edits of the plan, in one change set",
    )
    def post(self, request: Request, pk: int) -> Response:
        scenario = self.allowed(pk)
        try:
            done = services.apply(actor=self.actor, scenario=scenario)
        except EditRefused as refused:
            raise Problem(409, _("Nothing was applied: %(why)s") % {"why": refused}) from None
        return self.written({"change_set": done.change_set}, computation.revisions(scenario.program_id))
