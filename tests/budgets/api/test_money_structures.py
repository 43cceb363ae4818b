"""Rates, periods, revisions, transfers, portions and reversals through the API."""

from decimal import Decimal
from typing import Any

import pytest

from tests.api_client import Api
from tests.factories import money, plans

pytestmark = pytest.mark.django_db


def _world() -> tuple[money.World, Api]:
    world = money.world(computed=False)
    actor = plans.member("FC", world.program.portfolio)
    return world, Api(actor)


def _pointers(answer: Any) -> set[str]:
    return {error["pointer"] for error in answer.json()["errors"]}


def test_a_foreign_amount_names_its_rate_and_the_day() -> None:
    world, api = _world()
    portfolio = f"portfolios/{world.program.portfolio_id}"
    rate = api.post(f"{portfolio}/exchange-rates/", {"currency": "USD", "on": "2026-01-01", "rate": "0.9"})
    assert rate.status_code == 201
    row = {
        "posted_on": "2026-01-09",
        "currency": "usd",
        "original_amount": "10.25",
        "project": world.project.pk,
    }
    made = api.post(f"programs/{world.program.pk}/actuals/", row).json()
    assert (made["amount"], made["currency"], made["original_amount"]) == ("9.22", "USD", "10.2500")
    assert (made["rate"]["on"], Decimal(made["rate"]["rate"])) == ("2026-01-01", Decimal("0.9"))
    refused = api.post(f"programs/{world.program.pk}/actuals/", row | {"currency": "CHF"})
    assert (refused.status_code, _pointers(refused)) == (400, {"/currency"})
    missing = api.post(f"programs/{world.program.pk}/actuals/", {"posted_on": "2026-01-09"})
    assert (missing.status_code, _pointers(missing)) == (400, {"/amount"})


def test_portions_and_transfers_that_do_not_sum_are_refused_at_their_place() -> None:
    world, api = _world()
    line = {
        "name": "Licences", "amount": "100.00",
        "portions": [{"on": "2026-03-01", "amount": "60.00"}, {"on": "2026-04-01", "amount": "40.01"}],
    }  # fmt: skip
    refused = api.post(f"programs/{world.program.pk}/cost-lines/", line)
    assert (refused.status_code, _pointers(refused)) == (400, {"/portions"})
    line["portions"][1]["amount"] = "40.00"  # type: ignore[index]
    made = api.post(f"programs/{world.program.pk}/cost-lines/", line).json()
    assert [part["amount"] for part in made["portions"]] == ["60.00", "40.00"] and made["by_hand"]
    moves = [
        {"project": world.project.pk, "category": "", "amount": "-5.00"},
        {"project": world.project.pk, "category": "@reserve", "amount": "5.00"},
    ]
    done = api.post(f"programs/{world.program.pk}/budget-transfers/", {"moves": moves, "reason": "Set apart"})
    assert done.status_code == 201 and done.json()["results"][0]["amount"] == "2495.00"
    kinds = [
        row["kind"] for row in api.get(f"budget-revisions/?program={world.program.pk}").json()["results"]
    ]
    assert kinds == ["approved", "current"]
    moves[1]["amount"] = "4.00"
    wrong = api.post(f"programs/{world.program.pk}/budget-transfers/", {"moves": moves, "reason": "x"})
    assert (wrong.status_code, _pointers(wrong)) == (400, {"/moves"})


def test_periods_close_with_if_match_and_keep_postings_out() -> None:
    world, api = _world()
    portfolio = f"portfolios/{world.program.portfolio_id}"
    assert api.get(f"{portfolio}/fiscal-calendar/").json()["version"] == 0
    calendar = {"pattern": "months", "starts_in": 1}
    assert api.call("PUT", f"{portfolio}/fiscal-calendar/", calendar).status_code == 200
    january = api.post(f"{portfolio}/fiscal-years/", {"year": 2026}).json()["results"][0]
    assert api.post(f"fiscal-periods/{january['id']}/close/", {}).status_code == 428
    assert (
        api.post(f"fiscal-periods/{january['id']}/close/", {}, **{"If-Match": '"v1"'}).json()["state"]
        == "closed"
    )
    row = {"posted_on": "2026-01-09", "amount": "1.00"}
    refused = api.post(f"programs/{world.program.pk}/actuals/", row)
    assert (refused.status_code, _pointers(refused)) == (400, {"/posted_on"})
    [posted] = api.get(f"actuals/?program={world.program.pk}").json()["results"]
    back = api.post(f"actuals/{posted['id']}/reversal/", {}).json()
    assert (back["posted_on"], back["amount"], back["reverses"]) == ("2026-02-01", "-1250.00", posted["id"])
    accrual = api.post(f"programs/{world.program.pk}/accruals/", row | {"posted_on": "2026-03-31"}).json()
    [its] = api.get(f"actuals/?reverses={accrual['id']}").json()["results"]
    assert (its["posted_on"], its["kind"]) == ("2026-04-01", "reversal")
