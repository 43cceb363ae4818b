"""Capital requests and approvals in the browser: what is shown, explained and refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.models import CapitalRequest, Vote
from budgets.services import actuals, capex
from tests.factories import capex as stages
from tests.factories import plans
from tests.factories.browsers import browser

pytestmark = pytest.mark.django_db
FORM = {
    "title": "=Core switch", "asset_class": "network", "currency": "EUR", "business_case": "Out of support",
    "year": ["2026", "2027", ""], "amount": ["5000", "", ""], "benefit": ["", "9 000.50", ""],
}  # fmt: skip


def test_a_request_goes_from_the_form_to_the_vote() -> None:
    at = stages.stage()
    person = browser(at.tpm)
    answer = person.post(reverse("budgets:capex-create", args=[at.program.pk]), FORM)
    made = CapitalRequest.objects.get()
    assert answer.status_code == 302
    assert [(one.year, one.amount, one.benefit) for one in made.amounts.order_by("year")] == [
        (2026, Decimal(5000), 0), (2027, 0, Decimal("9000.50")),
    ]  # fmt: skip
    person.post(reverse("budgets:capex-submit", args=[made.pk]), {"version": made.version})
    page = reverse("budgets:capex-detail", args=[made.pk])
    text = browser(at.es).get(page).content.decode()
    assert "5,000.00 EUR counts for the tier, which is above 0.00 and up to 10,000.00" in " ".join(
        text.split()
    )
    assert made.title in browser(at.es).get(reverse("budgets:approval-inbox")).content.decode()
    made.refresh_from_db()
    vote = {"content_sha256": made.content_sha256, "decision": "approve", "reason": "Yes"}
    assert browser(at.es).post(reverse("budgets:capex-vote", args=[made.pk]), vote).status_code == 302
    assert CapitalRequest.objects.get().authorised == 5000
    board = person.get(reverse("budgets:program-capex", args=[at.program.pk])).content.decode()
    assert "authorised" in board and "5,000.00 EUR" in board
    table = person.get(
        reverse("budgets:capex-export", args=[at.program.pk, "requests", "csv"])
    ).content.decode()
    assert "'=Core switch" in table  # harmless in a spreadsheet


def test_what_is_typed_wrong_stays_on_the_form_with_its_reason() -> None:
    at = stages.stage()
    wrong = {**FORM, "year": ["26", "2027"], "amount": ["5000", "x"], "benefit": ["", ""]}
    answer = browser(at.tpm).post(reverse("budgets:capex-create", args=[at.program.pk]), wrong)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Row 1, year: “26” is no year such as 2027." in said and "Row 2, amount: “x” is no sum" in said
    assert not CapitalRequest.objects.exists()


def test_an_edit_between_reading_and_voting_is_shown_instead_of_a_vote() -> None:
    at = stages.stage()
    made, _round = stages.submitted(at)
    capex.update(actor=at.tpm, request=made, amounts=[{"year": 2026, "amount": 9000}])
    made.refresh_from_db()
    capex.submit(actor=at.tpm, request=made, at=timezone.now())
    answer = browser(at.es).post(
        reverse("budgets:capex-vote", args=[made.pk]),
        {"content_sha256": _round.content_sha256, "decision": "approve"},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "amount of 2026" in text and "5000.00" in text and "9000.00" in text
    assert not Vote.objects.exists()


def test_postings_and_contracts_are_booked_on_the_page() -> None:
    at = stages.stage()
    made = stages.approved(at)
    [row] = actuals.post(
        actor=at.fc, program=at.program, rows=[{"posted_on": date(2026, 2, 2), "amount": 700}]
    )
    page = reverse("budgets:capex-detail", args=[made.pk])
    assert "Book a posting" in browser(at.fc).get(page).content.decode()
    assert "Book a posting" not in browser(at.es).get(page).content.decode()
    address = reverse("budgets:capex-book-actual", args=[made.pk])
    assert browser(at.fc).post(address, {"row": "", "nature": "opex"}).status_code == 422
    assert browser(at.fc).post(address, {"row": row.pk, "nature": "opex"}).status_code == 302
    row.refresh_from_db()
    assert (row.capital_request_id, row.nature) == (made.pk, "opex")
    assert "700.00" in browser(at.es).get(page).content.decode()


def test_the_policy_is_written_by_one_and_confirmed_by_another() -> None:
    at = stages.stage()
    form = {
        "effective_from": "2026-06-01", "discount_rate": "6.5", "overrun_threshold": "95", "split_days": "60",
        "up_to_0": "500", "roles_0_0": ["ES", "PO"], "quorum_0_0": "1", "roles_3_0": ["SC"], "quorum_3_0": "2",
    }  # fmt: skip
    path = reverse("budgets:approval-policy-create", args=[at.program.portfolio_id])
    assert browser(at.po).get(path).status_code == 200
    assert browser(at.po).post(path, {**form, "roles_3_0": []}).status_code == 422
    assert browser(at.po).post(path, form).status_code == 302
    made = at.program.portfolio.approval_policies.get(number=2)
    assert made.tiers == [
        {"up_to": "500", "steps": [{"roles": ["ES", "PO"], "quorum": 1}]},
        {"up_to": None, "steps": [{"roles": ["SC"], "quorum": 2}]},
    ]
    browser(at.po).post(reverse("budgets:approval-policy-confirm", args=[made.pk]))
    made.refresh_from_db()
    assert made.confirmed_by is None
    browser(at.fc).post(reverse("budgets:approval-policy-confirm", args=[made.pk]))
    made.refresh_from_db()
    assert made.confirmed_by == at.fc.user


def test_queries_do_not_grow_with_requests() -> None:
    at = stages.stage()
    auditor = plans.member("AU", at.program.portfolio)
    addresses = {
        "budgets:program-capex": [at.program.pk],
        "budgets:portfolio-capex": [at.program.portfolio_id],
        "budgets:capex-report": [at.program.pk],
        "budgets:approval-policy-list": [at.program.portfolio_id],
    }
    counts = []
    for _ in range(2):
        stages.approved(at, vendor="")
        stages.submitted(at, vendor="")
        for name, arguments in addresses.items():
            client = browser(auditor)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name, args=arguments)).status_code == 200
            counts.append((name, len(queries)))
    half = len(addresses)
    assert counts[:half] == counts[half:]
