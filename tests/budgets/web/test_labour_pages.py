"""Rate cards and labour cost through pages, files and the API."""

from decimal import Decimal

import pytest
from django.test import Client

from budgets.models import CostLine, LabourRate
from tests.budgets.services.test_labour import World
from tests.factories import plans

pytestmark = pytest.mark.django_db


def test_a_card_is_kept_and_used_by_page_and_api(client: Client) -> None:
    world = World()
    controller = plans.user("Controller")
    plans.grant(controller, "FC", world.portfolio)
    client.force_login(controller)
    card, labour = f"/portfolios/{world.portfolio.pk}/rate-card/", f"/programs/{world.program.pk}/labour/"
    given = {
        "role": "Tester",
        "rate": "77.125",
        "currency": world.portfolio.currency,
        "starts_on": "2026-01-01",
    }
    assert client.post(card, given).status_code == 302
    assert client.post(card, given).status_code == 422  # from this day there is one
    shown = client.get(card).content.decode()
    assert "Ann" in shown and "77.125" in shown
    row = LabourRate.objects.get(role="Tester")
    corrected = given | {"rate": "80", "version": row.version}
    assert client.post(f"/labour-rates/{row.pk}/", corrected).status_code == 302
    assert b"80.0000" in client.get(f"{card}export.csv").content
    assert client.post(f"/labour-rates/{row.pk}/delete/").status_code == 302

    page = client.get(labour).content.decode()
    assert "4,320.00" in page and "Work without a rate" not in page
    assert b"Ann" in client.get(f"{labour}export.csv").content
    api = f"/api/v1/labour-costs/?program={world.program.pk}"
    assert [row["amount"] for row in client.get(api).json()["results"]] == ["2400.00", "1920.00"]
    line = client.get(f"/api/v1/cost-lines/{world.line.pk}/").json()
    assert (line["amount"], line["from_assignments"], line["is_unrated"]) == ("4320.00", True, False)

    path = f"/api/v1/programs/{world.program.pk}/labour-rates/"
    made = client.post(
        path, {"role": "Developer", "rate": "-1", "starts_on": "2026-01-01"}, "application/json"
    )
    assert made.status_code == 400 and "rate" in str(made.json())
    made = client.post(
        path, {"role": "Developer", "rate": "90", "starts_on": "2026-01-01"}, "application/json"
    )
    assert made.status_code == 201 and made.json()["program"] == world.program.pk
    world.compute()
    assert world.cost == 3600  # the program's own card comes first: 40 h at 90
    item = f"/api/v1/labour-rates/{made.json()['id']}/"
    changed = client.patch(item, {"ends_on": "2026-01-06"}, "application/json", HTTP_IF_MATCH=made["ETag"])
    assert changed.status_code == 200
    world.compute()
    assert world.cost == 16 * 90 + 8 * 100 + 16 * 120
    gone = client.delete(
        f"/api/v1/labour-rates/{world.first.pk}/",
        HTTP_IF_MATCH=client.get(f"/api/v1/labour-rates/{world.first.pk}/")["ETag"],
    )
    assert gone.status_code == 200
    world.compute()
    assert "Work without a rate" in client.get(labour).content.decode()
    flags = client.get(f"/api/v1/programs/{world.program.pk}/earned-value/").json()["flags"]
    assert {flag["code"]: flag["count"] for flag in flags}["labour_without_rate"] == 1

    form = {
        "name": "Team",
        "task": f"#{world.task.pk}",
        "category": "labour",
        "nature": "opex",
        "currency": "EUR",
    }
    edit = f"/cost-lines/{world.line.pk}/edit/"
    assert client.post(edit, form).status_code == 422  # neither an amount nor from assignments
    assert client.post(edit, form | {"amount": "12.50", "version": "1"}).status_code == 200
    assert CostLine.objects.get().amount == Decimal("12.50")
    assert client.post(f"{labour}cost/").status_code == 302
    assert CostLine.objects.filter(from_assignments=True).count() == 1
