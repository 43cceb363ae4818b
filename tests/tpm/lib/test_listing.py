"""Lists of the product are sorted by their address and taken away as they stand: one description of the columns does both."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from programs.services import kpis, resources
from projects.services import scenarios
from tests.factories import plans
from tpm.accounts import actors
from tpm.lib.listing import Head, Listing, actions

SYSTEM = actors.system()


def listing(query: str) -> Listing[tuple[str, int | None]]:
    heads: list[Head[tuple[str, int | None]]] = [
        Head("name", "Name", lambda row: row[0]),
        Head("n", "Number", lambda row: row[1], num=True, said=lambda row: f"{row[1]} pieces"),
        actions(),
    ]
    return Listing(RequestFactory().get(f"/?{query}"), [("b", 2), ("A", None), ("c", 1)], heads, default="-n")


@pytest.mark.parametrize(
    ("query", "order", "sort"),
    [
        ("", "bAc", "-n"),
        ("sort=name", "Abc", "name"),
        ("sort=-name", "cbA", "-name"),
        ("sort=n", "cbA", "n"),
        ("sort=-n", "bcA", "-n"),
        ("sort=actions", "bAc", "-n"),
        ("sort=../etc", "bAc", "-n"),
    ],
)
def test_rows_are_in_the_order_of_the_address_and_those_without_the_value_last(
    query: str, order: str, sort: str
) -> None:
    found = listing(query)
    assert "".join(row[0] for row in found.rows) == order and found.sort == sort


def test_the_file_has_words_and_no_buttons() -> None:
    rows = list(csv.reader(io.StringIO(listing("sort=n").respond("csv", "T").content.decode("utf-8-sig"))))
    assert rows == [["Name", "Number"], ["c", "1 pieces"], ["b", "2 pieces"], ["A", "None pieces"]]


@pytest.mark.django_db
def test_every_list_gives_the_file_that_its_page_offers() -> None:
    program = plans.program(data_date=date(2026, 2, 2))
    owner = plans.member("TPM", program.portfolio)
    for role in ("PO", "FC"):
        plans.grant(owner.user, role, program.portfolio)  # type: ignore[arg-type]
    plans.tasks(plans.project(program), 1)
    kpis.create(actor=owner, program=program, description="Calls answered", target=95)
    resources.create(actor=owner, portfolio=program.portfolio, program=program, name="Crew")
    scenarios.create(actor=owner, program=program, name="Two crews")
    browser = Client()
    browser.force_login(owner.user)  # type: ignore[arg-type]
    pages = {
        "programs:kpi-list": "Calls answered", "programs:report-list": "", "programs:member-list": "TPM of",
        "projects:resource-list": "Crew", "projects:scenario-list": "Two crews",
        "projects:task-list": "A", "projects:milestone-list": "",
    }  # fmt: skip
    found: dict[str, Any] = {name: (reverse(name, args=[program.pk]), words) for name, words in pages.items()}
    for name, words in {"programs:calendar-list": program.calendar.name, "programs:portfolio-members": "TPM of",
                        "programs:portfolio-detail": program.name, "programs:rag-policy": "Standard"}.items():  # fmt: skip
        found[name] = (reverse(name, args=[program.portfolio_id]), words)
    for name in ("accounts:token-list", "imports:import-list", "saved-view-list"):
        found[name] = (reverse(name), "")
    for name, (url, words) in found.items():
        file = browser.get(url, {"export": "csv"})
        assert file["Content-Type"].startswith("text/csv") and words in file.content.decode("utf-8-sig"), name
        assert browser.get(url, {"export": "exe", "sort": "-name"}).status_code == 200, name
