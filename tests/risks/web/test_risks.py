"""The risk register in the browser: ranking, matrix, confidentiality, edits."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from risks.models import Risk
from risks.selectors import registers
from risks.services import risks
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def test_the_register_is_ranked_by_expected_days_then_money() -> None:
    world = money.world(computed=False)
    money.risk(world.program, title="Likely, small", probability=0.9, impact_days=5)  # 4.5 wd
    money.risk(world.program, title="Rare, large", probability=0.1, impact_days=100)  # 10 wd
    money.risk(
        world.program, title="Same days, dearer", probability=0.45, impact_days=10, impact_cost=Decimal(9000)
    )
    found = registers.register(actors.system(), world.program)
    assert [row.risk.title for row in found.rows] == ["Rare, large", "Same days, dearer", "Likely, small"]
    assert found.days == Decimal("19")
    assert found.money == Decimal("4450.00")  # 0.9 × 400 + 0.1 × 400 + 0.45 × 9,000


def test_a_cell_of_the_matrix_filters_the_list() -> None:
    world = money.world(computed=False)
    money.risk(
        world.program, title="Rare, large", probability=0.05, impact_days=200, impact_cost=0
    )  # P 1, impact 5
    money.risk(
        world.program, title="Likely, small", probability=0.9, impact_days=1, impact_cost=0
    )  # P 5, impact 1
    client = browser(plans.member("TPM", world.program))
    address = reverse("risks:program-risks", args=[world.program.pk])
    assert "Likely, small" in client.get(address).content.decode()
    chosen = client.get(address, {"p": 1, "i": 5}).content.decode()
    assert "Rare, large" in chosen
    assert "Likely, small" not in chosen


def test_confidential_risks_are_seen_by_few_and_counted_for_all() -> None:
    world = money.world(computed=False)
    hidden = money.risk(world.program, title="Merger talks", is_confidential=True)
    recompute.drain(world.program.pk)
    address = reverse("risks:program-risks", args=[world.program.pk])
    assert "Merger talks" in browser(plans.member("TPM", world.program)).get(address).content.decode()
    contributor = browser(plans.member("CO", world.program))
    text = contributor.get(address).content.decode()
    assert "Merger talks" not in text
    assert "One more live risk is not yours to see" in text
    assert contributor.get(reverse("risks:risk-drawer", args=[hidden.pk])).status_code == 404
    export = contributor.get(reverse("risks:risk-export", args=[world.program.pk, "csv"])).content.decode(
        "utf-8-sig"
    )
    assert "Merger" not in export


def test_a_risk_is_entered_changed_closed_and_deleted() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    values = {
        "title": "Vendor is late", "probability": "50", "impact_days": "10", "impact_cost": "400", "response": "mitigate",
        "status": "open",
    }  # fmt: skip
    assert (
        client.post(reverse("risks:risk-create", args=[world.program.pk]), values, headers=HTMX).status_code
        == 204
    )
    risk = Risk.objects.get(title="Vendor is late")
    assert (risk.number, risk.probability) == (1, 0.5)
    edit = reverse("risks:risk-edit", args=[risk.pk])
    assert (
        client.post(edit, values | {"probability": "80", "version": risk.version}, headers=HTMX).status_code
        == 200
    )
    assert (
        client.post(edit, values | {"probability": "10", "version": risk.version}, headers=HTMX).status_code
        == 409
    )
    risk.refresh_from_db()
    assert risk.probability == 0.8
    client.post(reverse("risks:risk-close", args=[risk.pk]), {"version": risk.version}, headers=HTMX)
    risk.refresh_from_db()
    assert risk.status == "closed"
    answer = client.post(
        reverse("risks:risk-delete", args=[risk.pk]), {"version": risk.version}, headers=HTMX
    )
    assert answer.headers["HX-Redirect"] == reverse("risks:program-risks", args=[world.program.pk])
    assert not Risk.objects.filter(pk=risk.pk).exists()


def test_a_probability_above_certainty_comes_back() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    values = {
        "title": "x",
        "probability": "101",
        "impact_days": "1",
        "impact_cost": "0",
        "response": "accept",
        "status": "open",
    }
    assert (
        client.post(reverse("risks:risk-create", args=[world.program.pk]), values, headers=HTMX).status_code
        == 422
    )


def test_who_manages_one_project_enters_no_risk_of_the_whole_program() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("PM", world.project))
    values = {
        "title": "x",
        "probability": "1",
        "impact_days": "1",
        "impact_cost": "0",
        "response": "accept",
        "status": "open",
    }
    address = reverse("risks:risk-create", args=[world.program.pk])
    assert client.post(address, values, headers=HTMX).status_code == 422
    assert client.post(address, values | {"project": world.project.pk}, headers=HTMX).status_code == 204


def test_finance_reads_the_register_and_changes_nothing() -> None:
    world = money.world(computed=False)
    risk = money.risk(world.program)
    client = browser(plans.member("FC", world.program))
    assert client.get(reverse("risks:risk-drawer", args=[risk.pk]), headers=HTMX).status_code == 200
    for name in ("risk-edit", "risk-close", "risk-delete"):
        assert client.post(reverse(f"risks:{name}", args=[risk.pk]), headers=HTMX).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_risks() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    address = reverse("risks:program-risks", args=[world.program.pk])
    money.risk(world.program, owner=plans.user())
    client.get(address)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    few = count()
    for _ in range(5):
        money.risk(world.program, owner=plans.user(), project=world.project)
    assert count() == few


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_can_be_downloaded(kind: str) -> None:
    world = money.world(computed=False)
    money.risk(world.program, title="=HYPERLINK()")
    answer = browser(plans.member("TPM", world.program)).get(
        reverse("risks:risk-export", args=[world.program.pk, kind])
    )
    assert answer.status_code == 200
    if kind == "csv":
        assert "'=HYPERLINK()" in answer.content.decode("utf-8-sig")


def test_the_panel_and_the_list_stand_alone() -> None:
    world = money.world(computed=False)
    money.risk(world.program)
    client = browser(plans.member("TPM", world.program))
    for name in ("risk-panel", "risk-list"):
        text = client.get(reverse(f"risks:{name}", args=[world.program.pk]), headers=HTMX).content.decode()
        assert "Vendor is late" in text
        assert "<html" not in text


def test_the_register_is_sorted_and_searched_by_its_address() -> None:
    program = plans.program()
    actor = plans.member("TPM", program)
    for title, days in (("Late vendor", 4), ("Early frost", 20), ("Key person leaves", 9)):
        risks.create(actor=actor, program=program, title=title, probability=0.5, impact_days=days)
    page, url = Client(), reverse("risks:program-risks", args=[program.pk])
    page.force_login(actor.user)
    titles = lambda **query: [row.risk.title for row in page.get(url, query).context["rows"]]  # noqa: E731
    assert titles() == ["Early frost", "Key person leaves", "Late vendor"]
    assert titles(sort="title") == ["Early frost", "Key person leaves", "Late vendor"]
    assert titles(sort="-number") == ["Key person leaves", "Early frost", "Late vendor"]
    assert titles(q="vendor late") == ["Late vendor"] and titles(q="r-2") == ["Early frost"]


def test_many_risks_are_changed_in_one_act_which_only_its_author_takes_back() -> None:
    program = plans.program()
    actor, other = plans.member("TPM", program), plans.member("TPM", program)
    made = [risks.create(actor=actor, program=program, title=f"Risk {n}", probability=0.5) for n in range(3)]
    page, theirs = Client(), Client()
    page.force_login(actor.user)
    theirs.force_login(other.user)
    url = reverse("risks:risk-bulk", args=[program.pk])
    form = {
        "row": [f"{risk.pk}:{risk.version}" for risk in made[:2]],
        "field": "owner",
        "value": other.user_id,
    }
    answer = page.post(url, form)
    assert answer.status_code == 204 and "2 risks were changed" in answer["HX-Trigger"]
    assert Risk.objects.filter(owner=other.user).count() == 2
    assert page.post(url, form | {"field": "status", "value": "closed"}).status_code == 409, (
        "read before the change"
    )
    undo = json.loads(answer["HX-Trigger"])["tpm:toast"]["undo"]["url"]
    assert theirs.post(undo).status_code == 409
    assert page.post(undo).status_code == 204 and not Risk.objects.filter(owner=other.user).exists()
    for field, value in (
        ("owner", plans.user().pk),
        ("status", "gone"),
        ("review_on", "soon"),
        ("title", "X"),
    ):
        rows = [f"{risk.pk}:{risk.version}" for risk in Risk.objects.filter(program=program)]
        assert page.post(url, {"row": rows, "field": field, "value": value}).status_code == 409
    outsider = plans.member("PM", plans.project(program))
    theirs.force_login(outsider.user)
    rows = [f"{risk.pk}:{risk.version}" for risk in Risk.objects.filter(program=program)]
    answer = theirs.post(url, {"row": rows, "field": "status", "value": "closed"})
    assert answer.status_code in (403, 409) and not Risk.objects.filter(status="closed").exists()
