"""Saved views: kept from a page's address, shared, in the side bar, opened by default; never anybody else's to change."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Portfolio, Program
from tests.factories import plans
from tpm.accounts import saved_views
from tpm.accounts.actors import Actor
from tpm.accounts.models import SavedView

pytestmark = pytest.mark.django_db
PAGE = "risks:program-risks"


def signed_in(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(actor.user)  # type: ignore[arg-type]
    return browser


def keep(browser: Client, program: Program, **form: Any) -> Any:
    address = f"{reverse('saved-view-create')}?page={PAGE}&place={program.pk}"
    return browser.post(address, {"name": "High", "query": "?state=live&p=5&risk=3&q=", **form})


def menu(browser: Client, program: Program) -> list[str]:
    answer = browser.get(reverse("saved-view-menu"), {"page": PAGE, "place": program.pk})
    return [one.view.name for one in answer.context["views"]]


def register(program: Program) -> str:
    return reverse("risks:program-risks", args=[program.pk])


def test_a_view_keeps_the_list_not_the_moment_and_opens_from_the_menu_and_the_side_bar() -> None:
    program = plans.program()
    browser = signed_in(plans.member("TPM", program))
    assert keep(browser, program, favourite="on").status_code == 204
    view = SavedView.objects.get()
    assert (view.query, view.place, view.portfolio_id) == ("state=live&p=5", program.pk, None)
    assert menu(browser, program) == ["High"]
    page = browser.get(register(program)).content.decode()
    assert f'href="{register(program)}?state=live&amp;p=5"' in page, "in the side bar"
    again = keep(browser, program, name="high")
    assert again.status_code == 422 and "You have a view of this name here already" in again.content.decode()


def test_a_page_opens_by_its_default_view_unless_the_address_says_otherwise() -> None:
    program, other = plans.program(), plans.program()
    actor = plans.member("TPM", program)
    plans.grant(actor.user, "TPM", other)  # type: ignore[arg-type]
    browser = signed_in(actor)
    keep(browser, program, default="on", everywhere="on")
    for one in (program, other):
        answer = browser.get(register(one))
        assert (answer.status_code, answer.get("Location")) == (302, f"{register(one)}?state=live&p=5")
        assert browser.get(register(one), {"plain": 1}).status_code == 200
        assert browser.get(register(one), headers={"HX-Request": "true"}).status_code == 200
    keep(browser, other, name="Here", query="?state=all", default="on")
    assert browser.get(register(other))["Location"] == f"{register(other)}?state=all", (
        "of this place before everywhere"
    )
    view = SavedView.objects.get(name="Here")
    browser.post(reverse("saved-view-mark", args=[view.pk]), {"default": "0"})
    browser.post(reverse("saved-view-delete", args=[SavedView.objects.get(name="High").pk]))
    assert browser.get(register(other)).status_code == 200


def test_a_shared_view_is_seen_in_its_portfolio_and_changed_by_its_owner_and_the_portfolios() -> None:
    portfolio = plans.portfolio()
    program = plans.program(portfolio)
    owner, member, boss, stranger = (
        plans.member("TPM", program), plans.member("PM", program), plans.member("PO", portfolio), plans.member("PO", plans.portfolio()),
    )  # fmt: skip
    keep(signed_in(owner), program, shared="on")
    view = SavedView.objects.get()
    assert view.portfolio_id == portfolio.pk
    assert menu(signed_in(member), program) == ["High"]
    update, edit = reverse("saved-view-update", args=[view.pk]), reverse("saved-view-edit", args=[view.pk])
    assert signed_in(member).post(update, {"query": "?state=all"}).status_code == 403
    assert signed_in(stranger).post(update, {"query": "?state=all"}).status_code == 404
    assert signed_in(owner).post(update, {"query": "?state=all"}).status_code == 204
    assert signed_in(boss).post(edit, {"name": "Everything", "shared": "on"}).status_code == 204
    view.refresh_from_db()
    assert (view.query, view.name, view.owner) == ("state=all", "Everything", owner.user)
    signed_in(member).post(reverse("saved-view-mark", args=[view.pk]), {"favourite": "1"})
    signed_in(owner).post(edit, {"name": "Mine again"})
    assert menu(signed_in(member), program) == []
    assert signed_in(member).get(register(program)).status_code == 200, "a favourite that is gone is no error"


def test_the_api_keeps_lists_changes_and_deletes_views() -> None:
    portfolio: Portfolio = plans.portfolio()
    program = plans.program(portfolio)
    browser = signed_in(plans.member("TPM", program))
    url, json = reverse("api:saved-view-list"), {"content_type": "application/json"}
    given = {
        "page": PAGE,
        "place": program.pk,
        "name": "Mine",
        "query": "state=all",
        "portfolio": portfolio.pk,
    }
    made = browser.post(url, given, **json)
    assert made.status_code == 201 and made.json()["portfolio"] == portfolio.pk
    foreign = browser.post(url, given | {"name": "Theirs", "portfolio": plans.portfolio().pk}, **json)
    assert foreign.status_code == 400, "only with a portfolio of one's own"
    assert browser.post(url, given | {"page": "home"}, **json).status_code == 400
    item = reverse("api:saved-view-item", args=[made.json()["id"]])
    assert (
        browser.patch(item, {"name": "Ours"}, **json, headers={"If-Match": made["ETag"]}).json()["name"]
        == "Ours"
    )
    assert (
        browser.patch(item, {"name": "Late"}, **json, headers={"If-Match": made["ETag"]}).status_code == 412
    )
    assert [one["name"] for one in browser.get(url, {"page": PAGE}).json()["results"]] == ["Ours"]
    assert browser.delete(item, headers={"If-Match": browser.get(item)["ETag"]}).status_code == 200
    assert not SavedView.objects.exists()


def test_every_page_that_keeps_views_is_served_and_has_their_menu() -> None:
    program = plans.program()
    actor = plans.member("TPM", program.portfolio)
    plans.grant(actor.user, "PO", program.portfolio)  # type: ignore[arg-type]
    browser = signed_in(actor)
    for name, page in saved_views.pages.items():
        pk = program.pk if page.noun == "program" else program.portfolio_id
        answer = browser.get(reverse(name, args=[pk]))
        assert f'<saved-views page="{name}" place="{pk}"' in answer.content.decode(), name
