"""Cash flow of a program, a project, a portfolio; the rows behind a period; the S-curve."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.actuals import ActualOut
from budgets.api.budget_grid import GridPeriodOut
from budgets.selectors import cash_flow, money
from budgets.selectors.periods import portfolio_for
from programs import policies
from programs.models import Program
from programs.selectors import computation, programs
from projects.models import Project
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import LARGEST
from tpm.lib.api.problems import FieldError, invalid

PROJECT = [OpenApiParameter("project", int, description="One of the program's projects alone.")]


class ScopeQuery(Strict):
    project = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)


class RowsQuery(ScopeQuery):
    on = serializers.DateField()

    def validate_on(self, day: date) -> date:
        if not 1901 <= day.year <= 2999:
            raise serializers.ValidationError(_("Name a day of the period, as 2026-03-01."))
        return day


class FlowOut(serializers.Serializer[Any]):
    plan = serializers.DecimalField(20, 2)
    committed = serializers.DecimalField(20, 2)
    actual = serializers.DecimalField(20, 2)
    forecast = serializers.DecimalField(20, 2)


class FlowPeriodOut(GridPeriodOut):
    """A fiscal period: its amounts, and ``cumulative`` those up to its end."""

    flow = FlowOut()
    cumulative = FlowOut()


class FlowPartOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="Of the project (0: the program's own cost), or of the program.")
    name = serializers.CharField()
    flow = FlowOut()


class BurnOut(serializers.Serializer[Any]):
    """``rate``: mean actual cost of the last ``over`` full periods; ``lasts``: periods that what is left covers at this rate."""

    budget = serializers.DecimalField(20, 2, allow_null=True)
    spent = serializers.DecimalField(20, 2)
    left = serializers.DecimalField(20, 2, allow_null=True)
    rate = serializers.DecimalField(20, 2, allow_null=True)
    over = serializers.IntegerField()
    lasts = serializers.DecimalField(12, 1, allow_null=True)


class CashFlowOut(serializers.Serializer[Any]):
    """``undated``: committed without any date. ``parts`` sum to ``total`` as the periods with ``undated`` do."""

    currency = serializers.CharField()
    periods = FlowPeriodOut(many=True)
    total = FlowOut()
    undated = serializers.DecimalField(20, 2)
    burn = BurnOut()
    parts = FlowPartOut(many=True)


class ProgramCashFlowOut(CashFlowOut, Revisions):
    pass


class ProgramCashFlow(Endpoint):
    @operation(
        "budget.read",
        gives=ProgramCashFlowOut,
        summary="Read the cash flow of a program or project by fiscal period",
        parameters=PROJECT,
    )
    def get(self, request: Request, pk: int) -> Response:
        program, project, _given = _scope(self, pk)
        found = cash_flow.of_program(self.actor, program, project)
        shown = _shown(found, program.portfolio.currency)
        return Response(ProgramCashFlowOut(shown | computation.revisions(program.pk)).data)


class PortfolioCashFlow(Endpoint):
    """The programs whose money you read, side by side."""

    @operation("budget.read", gives=CashFlowOut, summary="Read the cash flow of a portfolio by fiscal period")
    def get(self, request: Request, pk: int) -> Response:
        portfolio = portfolio_for(self.actor, pk)
        _only(self, ())
        found = cash_flow.of_portfolio(self.actor, portfolio)
        return Response(CashFlowOut(_shown(found, portfolio.currency)).data)


class PlannedPartOut(serializers.Serializer[Any]):
    """The part of a cost line that the plan as it stands puts into the period."""

    cost_line = serializers.IntegerField(source="line.pk")
    name = serializers.CharField(source="line.name")
    project = serializers.IntegerField(source="line.project_id", allow_null=True)
    task = serializers.IntegerField(source="line.task_id", allow_null=True)
    starts_on = serializers.DateField(source="starts", allow_null=True)
    ends_on = serializers.DateField(source="ends", allow_null=True)
    amount = serializers.DecimalField(18, 2, source="part")


class CommitmentOut(serializers.Serializer[Any]):
    project = serializers.IntegerField(source="project_id")
    category = serializers.CharField()
    name = serializers.CharField()
    detail = serializers.CharField()
    amount = serializers.DecimalField(18, 2)


class FlowRowsOut(serializers.Serializer[Any]):
    """The rows that make the figures of a period: their sums are ``plan``, ``committed`` and ``actual``."""

    lines = PlannedPartOut(many=True)
    plan = serializers.DecimalField(20, 2)
    commitments = CommitmentOut(many=True)
    committed = serializers.DecimalField(20, 2)
    actuals = ActualOut(many=True)
    actual = serializers.DecimalField(20, 2)


class CashFlowRows(Endpoint):
    @operation(
        "budget.read",
        gives=FlowRowsOut,
        summary="Read the rows behind a period of the cash flow",
        parameters=[
            *PROJECT,
            OpenApiParameter("on", date, required=True, description="Any day of the period."),
        ],
    )
    def get(self, request: Request, pk: int) -> Response:
        program, project, given = _scope(self, pk, RowsQuery)
        found = cash_flow.behind(self.actor, program, project, given["on"])
        return Response(FlowRowsOut(found).data)


class CurvePointOut(GridPeriodOut):
    """Cumulative cost at the end of the period; null where a curve does not reach."""

    planned = serializers.DecimalField(20, 2, allow_null=True)
    scheduled = serializers.DecimalField(20, 2, allow_null=True)
    actual = serializers.DecimalField(20, 2, allow_null=True)
    earned = serializers.DecimalField(20, 2, allow_null=True)


class CurveOut(Revisions):
    """``planned`` as agreed (PV), ``scheduled`` as the plan stands, ``earned`` (EV) and ``actual`` (AC) up to the data date."""

    currency = serializers.CharField()
    data_date = serializers.DateField(allow_null=True)
    points = CurvePointOut(many=True)


class ProgramCurve(Endpoint):
    """For those who read the money of the whole program, or of the project that they name."""

    @operation(
        "budget.read",
        gives=CurveOut,
        summary="Read the S-curve of a program or project: PV, EV, AC and forecast by fiscal period",
        parameters=PROJECT,
    )
    def get(self, request: Request, pk: int) -> Response:
        program, project, _given = _scope(self, pk)
        if project is None:
            policies.authorize(self.actor, self.capability, program)
        grid = money.months(self.actor, program)
        curve = money.curve(self.actor, program, grid, project.pk if project else 0)
        names = ("planned", "scheduled", "actual", "earned")
        points = [
            _period(one) | {name: getattr(curve, name)[at] for name in names}
            for at, one in enumerate(curve.periods)
        ]
        shown: dict[str, Any] = {"currency": program.portfolio.currency, "data_date": program.data_date}
        shown |= {"points": points, **computation.revisions(program.pk)}
        return Response(CurveOut(shown).data)


class CellOut(serializers.Serializer[Any]):
    planned = serializers.DecimalField(20, 2)
    scheduled = serializers.DecimalField(20, 2)
    actual = serializers.DecimalField(20, 2)


class FiscalRowOut(serializers.Serializer[Any]):
    """A project (0: the program's own cost): one cell for each period, and their sum."""

    project = serializers.IntegerField(source="project_id")
    name = serializers.CharField()
    cells = CellOut(many=True)
    total = CellOut()


class FiscalTableOut(Revisions):
    currency = serializers.CharField()
    periods = GridPeriodOut(many=True)
    rows = FiscalRowOut(many=True)
    totals = CellOut(many=True)
    total = CellOut()


class ProgramFiscalTable(Endpoint):
    @operation(
        "budget.read",
        gives=FiscalTableOut,
        summary="Read planned, scheduled and actual cost by project and fiscal period",
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, self.capability)
        _only(self, ())
        grid = money.months(self.actor, program)
        shown = {
            "currency": program.portfolio.currency,
            "periods": [_period(one) for one in grid.periods],
            "rows": grid.rows,
            "totals": grid.totals,
            "total": grid.total,
            **computation.revisions(program.pk),
        }
        return Response(FiscalTableOut(shown).data)


def _scope(
    view: Endpoint, pk: int, shape: type[ScopeQuery] = ScopeQuery
) -> tuple[Program, Project | None, dict[str, Any]]:
    program = programs.get_for(view.actor, pk, "budget.read")
    query = shape(data=view.request.query_params.dict())
    query.is_valid(raise_exception=True)
    given: dict[str, Any] = query.validated_data
    if "project" not in given:
        return program, None, given
    visible = Project.objects.visible_to(view.actor, "budget.read")
    return program, visible.get(pk=given["project"], program=program), given


def _only(view: Endpoint, names: tuple[str, ...]) -> None:
    wrong = [name for name in view.request.query_params if name not in names]
    if wrong:
        raise invalid([FieldError(f"?{name}", _("There is no such parameter.")) for name in wrong])


def _period(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("starts_on", "ends_on", "year", "number")}


def _shown(found: cash_flow.CashFlow, currency: str) -> dict[str, Any]:
    return {
        "currency": currency,
        "periods": [
            _period(one) | {"flow": flow, "cumulative": running}
            for one, flow, running in zip(found.periods, found.flows, found.running, strict=True)
        ],
        "total": found.total,
        "undated": found.undated,
        "burn": found.burn,
        "parts": [{"id": pk, "name": name, "flow": flow} for pk, name, flow in found.parts],
    }
