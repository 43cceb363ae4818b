"""The budget grid: what its cells hold and sum to, edits of many cells at once, and what takes them back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import CostLine
from budgets.selectors import budget_grid, cash_flow
from budgets.services import cost_lines
from programs.services import programs
from tests.api_client import Api
from tests.factories import money, plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def _line(world: money.World, **fields: Any) -> CostLine:
    values = {
        "name": "Travel",
        "amount": Decimal(300),
        "starts_on": date(2026, 2, 2),
        "ends_on": date(2026, 2, 27),
    }
    return cost_lines.create(actor=actors.system(), program=world.program, **(values | fields))


def _cells(row: Any) -> dict[int, Decimal]:
    """Amounts by month of the year shown; 0 is before it."""
    return {at: Decimal(cell) for at, cell in enumerate(row["cells"]) if Decimal(cell)}


def _world() -> tuple[money.World, Api, str]:
    world = money.world(computed=False)
    return (
        world,
        Api(plans.member("FC", world.program.portfolio)),
        f"programs/{world.program.pk}/budget-grid/",
    )


def test_a_typed_cell_changes_the_line_by_its_difference_and_undo_spreads_it_again() -> None:
    world, api, at = _world()
    line = _line(world)
    edit = {"line": line.pk, "version": line.version, "on": "2026-03-15", "amount": "50.00"}
    done = api.post(at, {"cells": [edit]})
    assert done.status_code == 200, done.json()
    [row] = [one for one in api.get(at).json()["rows"] if one["line"] == line.pk]
    assert (_cells(row), row["total"]) == ({2: 300, 3: 50}, "350.00")
    undone = api.post(at, done.json()["undo"])
    assert undone.status_code == 200, undone.json()
    line.refresh_from_db()
    assert (line.amount, line.by_hand, line.ends_on) == (300, False, date(2026, 2, 27))


def test_a_block_is_written_whole_or_not_at_all_and_each_cell_says_what_is_wrong() -> None:
    world, api, at = _world()
    line, other = _line(world), _line(world, name="Licences")
    follows = CostLine.objects.get(task=world.first)

    def cell(one: CostLine, amount: str = "10.00", **fields: Any) -> dict[str, Any]:
        return {"line": one.pk, "version": one.version, "on": "2026-04-01", "amount": amount} | fields

    wrong = [cell(line), cell(follows), cell(other, version=other.version + 7), cell(line, line=999_999)]
    refused = api.post(at, {"cells": wrong})
    assert refused.status_code == 409
    assert {(one["pointer"], one["code"]) for one in refused.json()["errors"]} == {
        ("/cells/1", "follows_task"), ("/cells/2", "conflict"), ("/cells/3", "unknown"),
    }  # fmt: skip
    mixed = api.post(at, {"cells": [cell(other), cell(line, "-1.00")]})
    assert (mixed.status_code, mixed.json()["errors"][0]["pointer"]) == (400, "/cells/1/amount")
    assert set(CostLine.objects.filter(task=None).values_list("amount", "version")) == {(300, line.version)}
    assert api.post(at, {"cells": [cell(line), cell(other)]}).status_code == 200
    assert set(CostLine.objects.filter(task=None).values_list("amount", flat=True)) == {310}


def test_only_who_may_change_a_budget_types_into_it() -> None:
    world, _api, at = _world()
    line = _line(world)
    body = {"cells": [{"line": line.pk, "version": line.version, "on": "2026-02-01", "amount": "1.00"}]}
    reader = Api(plans.member("AU", world.program.portfolio))
    assert reader.get(at).status_code == 200
    assert reader.post(at, body).status_code == 403


def test_every_mode_sums_to_the_cash_flow_of_the_year() -> None:
    world = money.world(computed=False)
    _line(world, amount=Decimal("300.01"), starts_on=date(2025, 12, 1), ends_on=date(2027, 1, 29))
    world.program = programs.update(actor=actors.system(), program=world.program, data_date=date(2026, 1, 31))
    recompute.drain(world.program.pk)
    flow = cash_flow.of_program(actors.system(), world.program)
    for mode in ("plan", "actual", "forecast"):
        grid = budget_grid.grid(actors.system(), world.program, mode=mode, year=2026)
        months = [getattr(one, mode) for one in flow.flows if one is not None]
        assert grid.totals == [months[0], *months[1:13], months[13]], mode
        assert grid.total == getattr(flow.total, mode), mode


def test_a_window_shows_some_rows_and_sums_all_in_as_many_queries() -> None:
    world, api, at = _world()
    _line(world)
    api.get(at)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            api.get(at)
        return len(captured)

    few = count()
    for number in range(6):
        _line(world, name=f"Line {number}", amount=Decimal(10))
    assert count() == few
    page = api.get(f"{at}?limit=2&offset=3").json()
    assert (len(page["rows"]), page["count"], page["total"]) == (2, 9, "2360.00")
