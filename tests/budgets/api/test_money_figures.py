"""What the money screens show, read through the API: the same figures, the rows behind them, and only what one may read."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from budgets.models import Contract
from budgets.services import budgets, cost_lines
from programs.services import programs
from tests.api_client import Api
from tests.factories import money, plans
from tpm import activity, recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def world() -> money.World:
    """January has ended: A (1,000.00) cost 1,250.00; B (1,000.00) is not begun and moves into February, where a line of the
    program's own (300.00) lies as well. A contract of 10.01 has a day in each month, and ends soon from now."""
    made = money.world(computed=False)
    cost_lines.create(
        actor=SYSTEM, program=made.program, name="Travel", amount=Decimal(300),
        starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 27),
    )  # fmt: skip
    budgets.approve(actor=SYSTEM, program=made.program, project=None, approved=Decimal("300.10"))
    with activity.change(actor=SYSTEM, event="contract_made", programs=[made.program]) as change:
        change.create(
            Contract(
                program=made.program, supplier="Vendor", value=Decimal("10.01"), starts_on=date(2026, 1, 31),
                ends_on=date(2026, 2, 1),
            )
        )  # fmt: skip
        change.create(
            Contract(
                program=made.program, project=made.project, supplier="Hosting", ends_on=timezone.localdate() + timedelta(days=5)
            )
        )  # fmt: skip
    made.program = programs.update(actor=SYSTEM, program=made.program, data_date=date(2026, 1, 31))
    recompute.drain(made.program.pk)
    return made


def _flow(values: dict[str, str]) -> list[Decimal]:
    return [Decimal(values[name]) for name in ("plan", "committed", "actual", "forecast")]


def test_cash_flow_by_period_cumulative_and_its_rows(world: money.World) -> None:
    api = Api(plans.member("FC", world.program.portfolio))
    at = f"programs/{world.program.pk}/cash-flow/"
    found = api.get(at).json()
    january, february = found["periods"]
    assert _flow(january["flow"]) == [1000, Decimal("5.01"), 1250, 1250]
    assert _flow(february["flow"]) == [1300, 5, 0, 1300]
    assert february["cumulative"] == found["total"]
    assert {part["id"]: Decimal(part["flow"]["plan"]) for part in found["parts"]} == {
        0: 300,
        world.project.pk: 2000,
    }
    assert (Decimal(found["burn"]["left"]), found["revision"] > 0) == (Decimal("1550.10"), True)
    behind = api.get(f"{at}rows/?on=2026-02-14").json()
    assert sum(Decimal(one["amount"]) for one in behind["lines"]) == Decimal(behind["plan"]) == 1300
    assert sum(Decimal(one["amount"]) for one in behind["commitments"]) == Decimal(behind["committed"]) == 5
    one = api.get(f"{at}rows/?on=2026-01-01&project={world.project.pk}").json()
    assert [Decimal(row["amount"]) for row in one["actuals"]] == [1250]
    assert _flow(api.get(f"{at}?project={world.project.pk}").json()["total"])[0] == 2000
    whole = api.get(f"portfolios/{world.program.portfolio_id}/cash-flow/").json()
    assert whole["total"] == found["total"] and whole["parts"][0]["id"] == world.program.pk
    for bad in ("?on=2026-02-30", "?on=soon", "?on=0001-01-01", "", "?on=2026-02-01&day=1"):
        assert api.get(f"{at}rows/{bad}").status_code == 400, bad
    assert api.get(f"{at}?projekt=1").status_code == 400
    assert api.get(f"{at}?project={10**17}").status_code == 404


def test_curve_table_board_and_sums(world: money.World) -> None:
    api = Api(plans.member("FC", world.program.portfolio))
    at = f"programs/{world.program.pk}"
    points = api.get(f"{at}/cost-curve/").json()["points"]
    assert [(point["scheduled"], point["actual"]) for point in points] == [
        ("1000.00", "1250.00"),
        ("2300.00", None),
    ]
    assert points[0]["earned"] == "1000.00"
    assert (
        api.get(f"{at}/cost-curve/?project={world.project.pk}").json()["points"][1]["scheduled"] == "2000.00"
    )
    table = api.get(f"{at}/cost-by-period/").json()
    assert [row["project"] for row in table["rows"]] == [world.project.pk, 0]
    assert (
        sum(Decimal(row["total"]["scheduled"]) for row in table["rows"])
        == Decimal(table["total"]["scheduled"])
        == 2300
    )
    sums = api.get(f"{at}/budget-sums/").json()
    assert {one["project"]: one["sums"]["current"] for one in sums["scopes"]} == {
        0: "300.10",
        world.project.pk: "2500.00",
    }
    assert (sums["total"]["current"], sums["total"]["committed"], sums["total"]["spent"]) == (
        "2800.10",
        "10.01",
        "1250.00",
    )
    above = api.get(f"portfolios/{world.program.portfolio_id}/budget-sums/").json()
    assert above["total"] == sums["total"] and above["programs"][0]["total"] == sums["total"]
    for scope in (at, f"portfolios/{world.program.portfolio_id}"):
        states = [column["state"] for column in api.get(f"{scope}/capital-board/").json()["columns"]]
        assert states == ["draft", "submitted", "approved", "closed", "rejected"]
    [soon] = [one for one in api.get("contracts/expiring/").json()["results"] if one["supplier"] == "Hosting"]
    assert (soon["days"], soon["has_ended"], soon["program"]) == (5, False, world.program.pk)


def test_who_reads_one_project_gets_that_alone(world: money.World) -> None:
    manager: Any = Api(plans.member("PM", world.project))
    at = f"programs/{world.program.pk}"
    assert manager.get(f"{at}/cost-curve/").status_code == 403
    assert manager.get(f"{at}/cost-curve/?project={world.project.pk}").status_code == 200
    assert _flow(manager.get(f"{at}/cash-flow/").json()["total"])[0] == 2000
    assert [one["project"] for one in manager.get(f"{at}/budget-sums/").json()["scopes"]] == [
        world.project.pk
    ]
    assert [one["supplier"] for one in manager.get("contracts/expiring/").json()["results"]] == ["Hosting"]
