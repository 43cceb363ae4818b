"""The budget grid: lines by fiscal period, and edits of its cells, all or none."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.selectors import budget_grid
from budgets.services import budget_grid as services
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.lib.api.problems import FieldError, Problem


class GridQuery(Strict):
    mode = serializers.ChoiceField(budget_grid.MODES, default="plan")
    project = serializers.IntegerField(required=False, min_value=1)
    year = serializers.IntegerField(required=False, min_value=1901, max_value=2999)
    offset = serializers.IntegerField(default=0, min_value=0, max_value=1_000_000)
    limit = serializers.IntegerField(default=budget_grid.WINDOW, min_value=1, max_value=500)


class GridPeriodOut(serializers.Serializer[Any]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    year = serializers.IntegerField()
    number = serializers.IntegerField()


class GridRowOut(serializers.Serializer[Any]):
    """``cells``: before the year, each of its periods, after it. ``line`` is 0 where the row is a category of a project."""

    key = serializers.CharField()
    line = serializers.IntegerField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    project = serializers.CharField()
    category = serializers.CharField()
    locked = serializers.CharField()
    cells = serializers.ListField(child=serializers.DecimalField(18, 2))
    total = serializers.DecimalField(18, 2)


class BudgetGridOut(serializers.Serializer[Any]):
    mode = serializers.CharField()
    year = serializers.IntegerField()
    years = serializers.ListField(child=serializers.IntegerField())
    periods = GridPeriodOut(many=True)
    rows = GridRowOut(many=True)
    offset = serializers.IntegerField()
    count = serializers.IntegerField()
    totals = serializers.ListField(child=serializers.DecimalField(18, 2))
    total = serializers.DecimalField(18, 2)


class CellIn(Strict):
    """``on``: any day of the period; ``version``: the line's, as it was read."""

    line = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(min_value=0)
    on = serializers.DateField()
    amount = serializers.DecimalField(18, 2)


class SpreadIn(Strict):
    line = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(min_value=0)
    amount = serializers.DecimalField(18, 2)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class BudgetGridEdit(Strict):
    """All is written in one change, or nothing: then ``errors`` name each cell, and a stale version has the code ``conflict``."""

    cells = CellIn(many=True, default=list)
    spreads = SpreadIn(many=True, default=list)


class UndoOut(serializers.Serializer[Any]):
    """A body that takes the edit back."""

    cells = CellIn(many=True)
    spreads = SpreadIn(many=True)


class BudgetGridWritten(Revisions):
    versions = serializers.DictField(child=serializers.IntegerField())
    undo = UndoOut()


class ProgramBudgetGrid(Endpoint):
    out = BudgetGridOut

    @operation("budget.read", gives=BudgetGridOut, summary="Read the budget by line and period")
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, self.capability)
        query = GridQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        project = None
        if "project" in asked:
            project = Project.objects.visible_to(self.actor, self.capability).get(
                pk=asked["project"], program=program
            )
        found = budget_grid.grid(
            self.actor,
            program,
            mode=asked["mode"],
            project=project,
            year=asked.get("year"),
            offset=asked["offset"],
            size=asked["limit"],
        )
        return Response(self.represent(found))

    @operation(
        "budget.edit", takes=BudgetGridEdit, gives=BudgetGridWritten, summary="Edit cells of the budget"
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(BudgetGridEdit)
        cells = [services.Cell(**one) for one in given["cells"]]
        try:
            done = services.edit(
                actor=self.actor,
                program=program,
                cells=cells,
                spreads=[services.Spread(**one) for one in given["spreads"]],
            )
        except services.CellsRefused as refused:
            raise _problem(refused, len(cells)) from refused
        undo = {"cells": done.undo_cells, "spreads": done.undo_spreads}
        answer = BudgetGridWritten(
            {"versions": done.versions, "undo": undo, **computation.revisions(program.pk)}
        )
        return Response(answer.data)


def _problem(refused: services.CellsRefused, cells: int) -> Problem:
    stale = any(one.code == "conflict" for one in refused.errors)
    errors = [
        FieldError(
            (f"/cells/{one.index}" if one.index < cells else f"/spreads/{one.index - cells}")
            + (f"/{one.field}" if one.field else ""),
            one.message,
            one.code,
        )
        for one in refused.errors
    ]
    return Problem(409 if stale else 400, refused.errors[0].message, errors=errors)
