"""My day and the search: what waits is shown, what is hidden is not found, and rows cost no queries."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import RecomputeState
from tests.factories import plans
from tpm import recompute

pytestmark = pytest.mark.django_db


def browser_of(actor: Any) -> Client:
    browser = Client()
    browser.force_login(actor.user)
    return browser


def test_my_day_names_what_waits_and_links_there() -> None:
    program = plans.program(data_date=date(2026, 3, 2))
    plans.tasks(plans.project(program), 2)
    recompute.drain(program.pk)
    RecomputeState.objects.filter(pk=program.pk).update(
        input_revision=99, attempts=8, error_message="No calendar"
    )
    page = browser_of(plans.member("TPM", program)).get(reverse("home")).content.decode()
    assert "No calendar" in page and reverse("programs:program-detail", args=[program.pk]) in page


def test_the_search_finds_by_all_words_what_the_person_may_see() -> None:
    program, foreign = plans.program(name="Harbour renewal"), plans.program(name="Harbour secret")
    browser = browser_of(plans.member("TPM", program))
    found = browser.get(
        reverse("search"), {"q": "renewal harb"}, headers={"Accept": "application/json"}
    ).json()["results"]
    assert [one["label"] for one in found] == ["Harbour renewal"]
    assert "secret" not in browser.get(reverse("search"), {"q": "harbour"}).content.decode()
    assert foreign.name == "Harbour secret"


def test_pages_ask_the_database_as_often_for_many_rows_as_for_one(django_assert_max_num_queries: Any) -> None:
    portfolio = plans.portfolio()
    actor = plans.member("TPM", portfolio)

    def grow(number: int) -> int:
        for _ in range(number):
            program = plans.program(portfolio)
            plans.chain(plans.tasks(plans.project(program), *([1] * 3), is_milestone=False))
            recompute.drain(program.pk)
        return int(program.pk)

    def counted(program: int) -> dict[str, int]:
        counts = {}
        for name, arguments in PAGES:
            url = reverse(
                name, args=[{"portfolio": portfolio.pk, "program": program}[one] for one in arguments]
            )
            browser = browser_of(actor)
            with django_assert_max_num_queries(40) as queries:
                assert browser.get(url).status_code == 200, url
            counts[name] = len(queries)
        return counts

    few = counted(grow(1))
    assert counted(grow(3)) == few


PAGES = [
    ("home", []),
    ("programs:portfolio-list", []),
    ("programs:portfolio-detail", ["portfolio"]),
    ("programs:program-detail", ["program"]),
    ("projects:gantt-data", ["program"]),
    ("projects:project-panel", ["program"]),
    ("projects:milestone-list", ["program"]),
    ("projects:change-list", ["program"]),
]
