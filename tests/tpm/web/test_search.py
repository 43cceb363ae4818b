"""The search behind the palette: one statement over all kinds, each under the reader's own rights; pages and actions of a program."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budgets.services import vendors
from programs.services import kpis, reports
from risks.services import risks
from tests.factories import plans
from tpm.accounts import actors, saved_views
from tpm.accounts.actors import Actor
from tpm.web import search
from tpm.web.search_sources import KINDS, SOURCES

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def ask(actor: Actor, **query: Any) -> dict[str, Any]:
    browser = Client()
    browser.force_login(actor.user)  # type: ignore[arg-type]
    found: dict[str, Any] = browser.get(
        reverse("search"), query, headers={"Accept": "application/json"}
    ).json()
    return found


def found(actor: Actor, query: str) -> list[tuple[str, str]]:
    return [(one["type"], one["label"]) for one in ask(actor, q=query)["results"]]


def test_every_kind_is_found_by_one_statement_with_its_address(django_assert_num_queries: Any) -> None:
    portfolio = plans.portfolio(name="Quokka portfolio")
    program = plans.program(portfolio, name="Quokka program", data_date="2026-02-02")
    owner = plans.member("TPM", portfolio)
    plans.grant(owner.user, "PO", portfolio)  # type: ignore[arg-type]
    project = plans.project(program, name="Quokka project")
    plans.tasks(project, 1)
    [milestone] = plans.tasks(project, 0, is_milestone=True)
    risks.create(actor=SYSTEM, program=program, title="Quokka escapes", probability=0.5)
    kpis.create(actor=SYSTEM, program=program, description="Quokkas counted")
    vendors.create(actor=SYSTEM, portfolio=portfolio, name="Quokka Ltd", key="q")
    reports.compose(actor=owner, program=program, title="Quokka report")
    saved_views.create(
        actor=owner, page="risks:program-risks", place=program.pk, name="Quokka view", query="state=all"
    )
    plans.grant(plans.user("Quentin Quokka"), "CO", program)
    with django_assert_num_queries(1):
        kinds = {one["type"]: one for one in search.results(owner, "quokka")}
    assert set(kinds) == {
        "portfolio",
        "program",
        "project",
        "risk",
        "report",
        "vendor",
        "kpi",
        "person",
        "view",
    }
    assert kinds["risk"]["label"] == "R-1 Quokka escapes"
    assert kinds["person"]["url"] == reverse("programs:member-list", args=[program.pk])
    browser = Client()
    browser.force_login(owner.user)  # type: ignore[arg-type]
    for one in kinds.values():
        assert browser.get(one["url"], follow=True).status_code == 200, one
    names = {(one["type"], one["url"]) for one in search.results(owner, milestone.name)}
    assert (
        "milestone",
        f"{reverse('projects:program-plan', args=[program.pk])}?task={milestone.pk}",
    ) in names
    assert {source.kind for source in SOURCES} | {"milestone"} == set(KINDS)


def test_what_one_s_role_does_not_read_is_not_found() -> None:
    program = plans.program(name="Wombat")
    risks.create(actor=SYSTEM, program=program, title="Wombat digs", probability=0.5, is_confidential=True)
    risks.create(actor=SYSTEM, program=program, title="Wombat sleeps", probability=0.5)
    plans.grant(plans.user("Wombat Manager"), "PM", program)
    vendors.create(actor=SYSTEM, portfolio=program.portfolio, name="Wombat GmbH", key="w")
    assert found(plans.member("SV", program), "wombat") == [("program", "Wombat")]
    contributor = found(plans.member("CO", program), "wombat")
    assert [one for one in contributor if one[0] != "person"] == [
        ("program", "Wombat"),
        ("risk", "R-2 Wombat sleeps"),
    ]
    assert ("person", "Wombat Manager") in contributor
    assert found(plans.member("PO", plans.portfolio()), "wombat") == []
    assert found(plans.member("TPM", program), "r-2") == [("risk", "R-2 Wombat sleeps")]


def test_what_begins_with_the_words_comes_first_and_odd_input_finds_nothing() -> None:
    portfolio = plans.portfolio()
    for name in ("The emu farm", "Emu farm", *(f"Old emu farm {n}" for n in range(9))):
        plans.program(portfolio, name=name)
    owner = plans.member("PO", portfolio)
    labels = [label for kind, label in found(owner, "emu farm") if kind == "program"]
    assert labels[0] == "Emu farm" and len(labels) == 7
    assert found(owner, "%_%") == [] and found(owner, "\x00") == []


def test_pages_and_actions_of_a_program_follow_the_role() -> None:
    program = plans.program()
    labels = {
        role: {one["label"] for one in ask(plans.member(role, program), program=program.pk)["here"]}
        for role in ("TPM", "AU", "SV")
    }
    assert {"Enter a risk", "Take a baseline", "Task list", "Risks"} <= labels["TPM"]
    assert "Risks" in labels["AU"] and not {"Enter a risk", "Take a baseline"} & labels["AU"]
    assert labels["SV"] == {"Overview", "Reports", "Health by rule"}
    assert ask(plans.member("PO", plans.portfolio()), program=program.pk)["here"] == []
    assert ask(plans.member("TPM", program), program="x")["here"] == []
