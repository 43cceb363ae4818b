"""Gates, their criteria, and the decisions on them."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.selectors import programs
from projects.models import Gate, GateCriterion, Project, Task
from projects.selectors import gates as read
from projects.services import gates as services
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import FlagFilter, IdFilter, TextFilter


class GateOut(serializers.Serializer[Any]):
    """``forecast`` is the finish of the milestone in the plan, or ``planned_on``; ``baseline`` what it is held against, ``slippage``
    the working days between them, late is positive. ``is_next``: the first of its program or project that is to be decided."""

    id = serializers.IntegerField(source="gate.pk")
    version = serializers.IntegerField(source="gate.version")
    program = serializers.IntegerField(source="gate.program_id")
    project = serializers.IntegerField(source="gate.project_id", allow_null=True)
    name = serializers.CharField(source="gate.name")
    description = serializers.CharField(source="gate.description")
    position = serializers.IntegerField(source="gate.position")
    task = serializers.IntegerField(source="gate.task_id", allow_null=True)
    planned_on = serializers.DateField(source="gate.planned_on", allow_null=True)
    agreed_on = serializers.DateField(source="gate.agreed_on", allow_null=True)
    forecast = serializers.DateField(allow_null=True)
    baseline = serializers.DateField(allow_null=True)
    slippage = serializers.DecimalField(12, 2, source="slip_wd", allow_null=True)
    criteria = serializers.IntegerField()
    criteria_not_met = serializers.IntegerField(source="open")
    is_next = serializers.BooleanField()
    state = serializers.ChoiceField(Gate.State.choices, source="gate.state")
    decided_on = serializers.DateField(source="gate.decided_on", allow_null=True)
    decided_by = serializers.IntegerField(source="gate.decided_by_id", allow_null=True)
    note = serializers.CharField(source="gate.note")


class GateChanges(Strict):
    name = serializers.CharField(max_length=200)
    description = serializers.CharField(allow_blank=True, required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=32_000)
    task = Reference(Task.objects.visible_to, required=False, allow_null=True)
    planned_on = serializers.DateField(required=False, allow_null=True)
    agreed_on = serializers.DateField(required=False, allow_null=True)


class GateIn(GateChanges):
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)


class TemplateIn(Strict):
    """Without ``project`` the program itself gets them; ``kind`` takes the gates of another kind of project than its own."""

    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    kind = serializers.ChoiceField(Project.Kind.choices, required=False)


class DecisionIn(Strict):
    state = serializers.ChoiceField([one for one in Gate.State.choices if one[0] != Gate.State.PENDING])
    decided_on = serializers.DateField()
    note = serializers.CharField(allow_blank=True, required=False)


class ReopenIn(Strict):
    reason = serializers.CharField(max_length=500)


class SaidOut(serializers.Serializer[Any]):
    """One decision as it was made; ``pending`` is a gate that was opened again."""

    at = serializers.DateTimeField()
    change_set = serializers.IntegerField(source="change_set.pk")
    state = serializers.ChoiceField(Gate.State.choices)
    decided_on = serializers.DateField(allow_null=True)
    decided_by = serializers.IntegerField(source="person", allow_null=True)
    note = serializers.CharField()


class CriterionOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    gate = serializers.IntegerField(source="gate_id")
    position = serializers.IntegerField()
    text = serializers.CharField()
    state = serializers.ChoiceField(GateCriterion.State.choices)
    reason = serializers.CharField()
    settled_on = serializers.DateField(allow_null=True)
    settled_by = serializers.IntegerField(source="settled_by_id", allow_null=True)


class CriterionIn(Strict):
    text = serializers.CharField(max_length=500)


class CriterionChanges(Strict):
    text = serializers.CharField(max_length=500)
    position = serializers.IntegerField(required=False, min_value=0, max_value=32_000)
    state = serializers.ChoiceField(GateCriterion.State.choices, required=False)
    reason = serializers.CharField(allow_blank=True, required=False)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class GateFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    task = IdFilter("task_id")
    state = django_filters.ChoiceFilter(choices=Gate.State.choices)
    open = FlagFilter(method="is_open", label="Still to be decided")
    text = TextFilter("name", "description")

    def is_open(self, rows: QuerySet[Gate], name: str, value: bool) -> QuerySet[Gate]:  # noqa: FBT001
        return rows.filter(state__in=read.OPEN) if value else rows.exclude(state__in=read.OPEN)


class CriterionFilters(django_filters.FilterSet):
    gate = IdFilter("gate_id")
    program = IdFilter("program_id")
    state = django_filters.ChoiceFilter(choices=GateCriterion.State.choices)


class _Gates(Endpoint):
    out = GateOut

    def represent(self, obj: Gate) -> Any:
        """Return a gate with its figures, as they are now."""
        return self.shown([read.get_for(self.actor, obj.pk)])[0]

    def shown(self, rows: list[Gate]) -> list[Any]:
        """Return a page of gates. Which one is next is asked of all gates of their programs, not of the page alone."""
        nexts = {
            row.gate.pk
            for row in read.measured(read.visible(self.actor).filter(program__in={one.program_id for one in rows}))
            if row.is_next
        }  # fmt: skip
        return [{**GateOut(row).data, "is_next": row.gate.pk in nexts} for row in read.measured(rows)]


class GateList(_Gates):
    serializer_class = GateOut
    filterset_class = GateFilters
    orderings: ClassVar = {"id": ("pk",)}

    @operation("plan.read", gives=GateOut(many=True), summary="List gates")
    def get(self, request: Request) -> Response:
        return self.page(read.visible(self.actor), self.shown)


class ProgramGates(_Gates):
    @operation("gate.edit", takes=GateIn, gives=GateOut, status=201, summary="Add a gate")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        policies.authorize_within(self.actor, self.capability, program)
        made = services.create(actor=self.actor, program=program, **self.given(GateIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/gates/{made.pk}/")


class ProgramGateTemplate(_Gates):
    @operation(
        "gate.edit", takes=TemplateIn, gives=GateOut(many=True), status=201,
        summary="Give a program or a project the usual gates",
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        policies.authorize_within(self.actor, self.capability, program)
        made = services.copy_template(actor=self.actor, program=program, **self.given(TemplateIn))
        rows = list(read.visible(self.actor).filter(pk__in=[one.pk for one in made]).order_by("position"))
        return Response(self.shown(rows), status=201)


class GateItem(_Gates):
    @operation("plan.read", gives=GateOut, summary="Read a gate")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(read.get_for(self.actor, pk)))

    @operation(
        "gate.edit", takes=GateChanges(partial=True), gives=GateOut, versioned=True, summary="Change a gate"
    )
    def patch(self, request: Request, pk: int) -> Response:
        gate = read.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, gate)
        self.match(gate)
        given = self.given(GateChanges, partial=True)
        return self.written(self.represent(services.update(actor=self.actor, gate=gate, **given)))

    @operation(
        "gate.edit", gives=DeletedOut, versioned=True, summary="Delete a gate on which nothing was decided"
    )
    def delete(self, request: Request, pk: int) -> Response:
        gate = read.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, gate)
        self.match(gate)
        services.delete(actor=self.actor, gate=gate)
        return self.written({"deleted": True})


class GateDecision(_Gates):
    @operation("gate.decide", takes=DecisionIn, gives=GateOut, versioned=True, summary="Decide a gate")
    def post(self, request: Request, pk: int) -> Response:
        gate = read.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, gate)
        self.match(gate)
        given = self.given(DecisionIn)
        decided = services.decide(actor=self.actor, gate=gate, today=timezone.localdate(), **given)
        return self.written(self.represent(decided))


class GateReopening(_Gates):
    @operation(
        "gate.reopen", takes=ReopenIn, gives=GateOut, versioned=True, summary="Take a decision on a gate back"
    )
    def post(self, request: Request, pk: int) -> Response:
        gate = read.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, gate)
        self.match(gate)
        opened = services.reopen(actor=self.actor, gate=gate, **self.given(ReopenIn))
        return self.written(self.represent(opened))


class GateHistory(Endpoint):
    @operation("plan.read", gives=SaidOut(many=True), summary="Read every decision on a gate, newest first")
    def get(self, request: Request, pk: int) -> Response:
        return Response(SaidOut(read.history(read.get_for(self.actor, pk)), many=True).data)


class CriterionList(Endpoint):
    out = CriterionOut
    serializer_class = CriterionOut
    filterset_class = CriterionFilters

    @operation("plan.read", gives=CriterionOut(many=True), summary="List criteria of gates")
    def get(self, request: Request) -> Response:
        return self.page(GateCriterion.objects.visible_to(self.actor))


class GateCriteria(Endpoint):
    out = CriterionOut

    @operation(
        "gate.edit", takes=CriterionIn, gives=CriterionOut, status=201, summary="Add what a gate needs"
    )
    def post(self, request: Request, pk: int) -> Response:
        gate = read.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, gate)
        made = services.add_criterion(actor=self.actor, gate=gate, **self.given(CriterionIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/gate-criteria/{made.pk}/")


class CriterionItem(Endpoint):
    out = CriterionOut

    @operation("plan.read", gives=CriterionOut, summary="Read a criterion of a gate")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(read.criterion_for(self.actor, pk)))

    @operation(
        "gate.edit", takes=CriterionChanges(partial=True), gives=CriterionOut, versioned=True,
        summary="Say a criterion better, or settle it: met, waived with the reason, or not met",
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        criterion = read.criterion_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, criterion)
        self.match(criterion)
        changed = services.update_criterion(
            actor=self.actor,
            criterion=criterion,
            today=timezone.localdate(),
            **self.given(CriterionChanges, partial=True),
        )
        return self.written(self.represent(changed))

    @operation("gate.edit", gives=DeletedOut, versioned=True, summary="Take a criterion off")
    def delete(self, request: Request, pk: int) -> Response:
        criterion = read.criterion_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, criterion)
        self.match(criterion)
        services.drop_criterion(actor=self.actor, criterion=criterion)
        return self.written({"deleted": True})
