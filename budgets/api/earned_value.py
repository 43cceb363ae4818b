"""Earned value by scope, how tasks earn, and the estimate that a program goes by."""

from datetime import date
from typing import Any

import django_filters
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import EacMethod, Rule, TaskEarning
from budgets.selectors import cost_quality, earned_value
from budgets.services import earnings
from programs import policies
from programs.selectors import computation, portfolios, programs
from projects.models import Task
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import IdFilter
from tpm.lib.api.problems import FieldError, invalid

PARAMETERS = ("scope", "at", "history")
MOST_HISTORY = 400


class FiguresOut(serializers.Serializer[Any]):
    """Amounts in the portfolio's currency; ratios; times (``es`` ES, ``elapsed`` AT, ``planned_duration`` PD, ``sv_t``, ``ieac_t``)
    in fiscal periods. Null is *not available*. ``eac`` is by the program's method; ``etc_open`` is the bottom-up ETC."""


for _name in earned_value.MONEY:
    FiguresOut._declared_fields[_name] = serializers.DecimalField(20, 2, allow_null=True, default=None)
for _name in (*earned_value.RATIOS, *earned_value.PERIODS):
    FiguresOut._declared_fields[_name] = serializers.DecimalField(20, 6, allow_null=True, default=None)


class EarnedValueLineOut(serializers.Serializer[Any]):
    """``scope`` is what to ask for next; ``is_account`` marks a control account."""

    scope = serializers.CharField(source="key")
    name = serializers.CharField()
    code = serializers.CharField()
    has_parts = serializers.BooleanField()
    is_account = serializers.BooleanField()
    figures = FiguresOut()


class FlaggedOut(serializers.Serializer[Any]):
    task = serializers.IntegerField(source="task_id")
    name = serializers.CharField()
    amount = serializers.DecimalField(18, 2)


class FlagOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    count = serializers.IntegerField()
    share = serializers.DecimalField(20, 6, allow_null=True)
    rows = FlaggedOut(many=True)


class PastValuesOut(serializers.Serializer[Any]):
    data_date = serializers.DateField()
    revision = serializers.IntegerField()
    figures = FiguresOut()


class EarnedValueOut(Revisions):
    scope = serializers.CharField(source="scope.key")
    name = serializers.CharField(source="scope.name")
    at = serializers.DateField(allow_null=True)
    method = serializers.ChoiceField(EacMethod.choices)
    figures = FiguresOut()
    lines = EarnedValueLineOut(many=True)
    accounts = EarnedValueLineOut(many=True)
    history = PastValuesOut(many=True)
    flags = FlagOut(many=True)
    left_off = serializers.IntegerField(help_text="Parts beyond the first 500.")


class MethodIn(Strict):
    method = serializers.ChoiceField(EacMethod.choices)


class MethodOut(Revisions):
    method = serializers.ChoiceField(EacMethod.choices)


class ProgramEarnedValue(Endpoint):
    """``scope``: ``program``, ``project-<id>`` or ``task-<id>``; ``at``: the latest data date up to this day, for the program and its
    projects; ``history``: how many data dates to tell, 0 as a rule."""

    @operation(
        "budget.read",
        gives=EarnedValueOut,
        summary="Read earned value",
        parameters=[OpenApiParameter(name, str) for name in PARAMETERS],
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "budget.read")
        given = request.query_params
        wrong = [
            FieldError(f"?{name}", _("There is no such parameter."))
            for name in given
            if name not in PARAMETERS
        ]
        at, last = self._day(given.get("at", ""), wrong), given.get("history") or "0"
        if not (last.isascii() and last.isdigit() and int(last) <= MOST_HISTORY):
            wrong.append(FieldError("?history", _("Give a number of data dates up to 400.")))
        try:
            scope = earned_value.scope_of(self.actor, program, given.get("scope", ""))
        except ValueError:
            wrong.append(FieldError("?scope", _("Give program, project-<id> or task-<id>.")))
        if wrong:
            raise invalid(wrong)
        found = earned_value.page(self.actor, program, scope, at, max(int(last), 1))
        flags = []
        if scope.kind != earned_value.TASK and at is None:
            flags = cost_quality.flags(self.actor, program, found.figures, scope.project_id)
        shown = EarnedValueOut(_Shown(found, flags, int(last), program.pk)).data
        return Response(shown)

    @operation("budget.edit", takes=MethodIn, gives=MethodOut, summary="Choose the estimate at completion")
    def put(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        made = earnings.choose(actor=self.actor, program=program, **self.given(MethodIn))
        return self.written({"method": made.method}, computation.revisions(program.pk))

    def _day(self, text: str, wrong: list[FieldError]) -> date | None:
        if not text:
            return None
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            wrong.append(FieldError("?at", _("Give a day as YYYY-MM-DD.")))
        return day


class _Shown:
    """A page with its flags and revisions, as the serializer reads them."""

    def __init__(
        self, page: earned_value.Page, flags: list[cost_quality.Flag], last: int, program_id: int
    ) -> None:
        for name in ("scope", "at", "method", "figures", "lines", "accounts", "left_off"):
            setattr(self, name, getattr(page, name))
        self.flags = flags
        self.history = [
            {"data_date": past.data_date, "revision": past.figures.revision, "figures": past.figures.cost}
            for past in page.history[-last:]
            if last
        ]
        for name, value in computation.revisions(program_id).items():
            setattr(self, name, value)


class ProgramValuesOut(serializers.Serializer[Any]):
    program = serializers.IntegerField()
    name = serializers.CharField()
    data_date = serializers.DateField(allow_null=True)
    figures = FiguresOut()


class PortfolioEarnedValueOut(serializers.Serializer[Any]):
    """Sums of the programs whose whole money you read. ``eac`` is the sum of the programs' own; times need one data date of all."""

    figures = FiguresOut()
    data_date = serializers.DateField(allow_null=True)
    programs = ProgramValuesOut(many=True)


class PortfolioEarnedValue(Endpoint):
    @operation("program.read", gives=PortfolioEarnedValueOut, summary="Read a portfolio's earned value")
    def get(self, request: Request, pk: int) -> Response:
        found = earned_value.of_portfolio(self.actor, portfolios.get_for(self.actor, pk))
        lines = [
            {"program": one.pk, "name": one.name, "data_date": one.data_date, "figures": figures}
            for one, figures in found.lines
        ]
        shown = {"figures": found.figures, "data_date": found.data_date, "programs": lines}
        return Response(PortfolioEarnedValueOut(shown).data)


class EarningOut(serializers.Serializer[Any]):
    """``version`` is 0 where nobody said how the task earns: by percent complete."""

    task = serializers.IntegerField(source="task_id")
    version = serializers.IntegerField()
    rule = serializers.ChoiceField(Rule.choices)
    base = serializers.IntegerField(source="base_id", allow_null=True)
    weight = serializers.IntegerField()
    is_control_account = serializers.BooleanField()


class EarningWritten(EarningOut, Revisions):
    pass


class EarningIn(Strict):
    """``version`` guards against a change in between; without it the last one counts."""

    rule = serializers.ChoiceField(Rule.choices, required=False)
    base = Reference(Task.objects.visible_to, required=False, allow_null=True)
    weight = serializers.IntegerField(required=False, min_value=0, max_value=earnings.MOST_WEIGHT)
    is_control_account = serializers.BooleanField(required=False)
    version = serializers.IntegerField(required=False, min_value=0)


class EarningFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    rule = django_filters.ChoiceFilter(choices=Rule.choices)
    is_control_account = django_filters.BooleanFilter()


class EarningList(Endpoint):
    out = EarningOut
    serializer_class = EarningOut
    filterset_class = EarningFilters

    @operation(
        "budget.read", gives=EarningOut(many=True), summary="List how tasks earn, where somebody said so"
    )
    def get(self, request: Request) -> Response:
        return self.page(TaskEarning.objects.visible_to(self.actor))


class TaskEarningItem(Endpoint):
    out = EarningOut

    @operation("budget.read", gives=EarningOut, summary="Read how a task earns")
    def get(self, request: Request, pk: int) -> Response:
        row = earnings.of(Task.objects.visible_to(self.actor).select_related("program").get(pk=pk))
        policies.authorize(self.actor, self.capability, row)
        return Response(self.represent(row))

    @operation("budget.edit", takes=EarningIn, gives=EarningWritten, summary="Set how a task earns")
    def put(self, request: Request, pk: int) -> Response:
        task = Task.objects.visible_to(self.actor).select_related("program").get(pk=pk)
        policies.authorize(self.actor, self.capability, task)
        made = earnings.put(actor=self.actor, task=task, **self.given(EarningIn))
        return self.written(self.represent(made), computation.revisions(task.program_id))
