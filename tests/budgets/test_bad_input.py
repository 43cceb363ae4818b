"""Bad input of the money issue at every door: refused with row, column and reason, and nothing is written."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from budgets.models import Actual, BudgetRevision, CapitalAmount, CostLine, Invoice, PurchaseOrder
from budgets.services import cost_lines, periods
from programs.models import RecomputeState
from tests.api_client import Api
from tests.factories import money, plans, purchases
from tests.factories.browsers import HTMX, browser
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
WATCHED = (Actual, CostLine, BudgetRevision, PurchaseOrder, Invoice, CapitalAmount)


def _state() -> list[Any]:
    revisions = list(RecomputeState.objects.order_by("pk").values_list("input_revision", flat=True))
    return [revisions, *(list(model.objects.order_by("pk").values()) for model in WATCHED)]


def _pointers(answer: HttpResponse) -> dict[str, str]:
    return {one["pointer"]: one["detail"] for one in answer.json()["errors"]}  # type: ignore[attr-defined]


class Books:
    """January 2026 is closed, February open, 2027 not set up; the portfolio's currency is EUR, and no other has a rate."""

    def __init__(self) -> None:
        self.world = money.world(computed=False)
        self.portfolio = self.world.program.portfolio
        periods.set_calendar(actor=SYSTEM, portfolio=self.portfolio, pattern="months", starts_in=1)
        [january, *_rest] = periods.open_year(actor=SYSTEM, portfolio=self.portfolio, year=2026)
        periods.close(actor=SYSTEM, period=january, at=datetime(2026, 2, 3, 9, tzinfo=UTC))
        self.controller = plans.member("FC", self.portfolio)
        self.api = Api(self.controller)
        self.client = browser(self.controller)

    def refused(self, act: Callable[[], HttpResponse]) -> HttpResponse:
        before = _state()
        answer = act()
        assert 400 <= answer.status_code < 500, answer.status_code
        assert _state() == before
        return answer


@pytest.fixture
def books() -> Books:
    return Books()


BAD_POSTINGS = [
    ({"posted_on": "2026-01-15"}, "posted_on", "FY2026 P1 is closed"),
    ({"posted_on": "2027-01-01"}, "posted_on", "Open fiscal year 2027 first"),
    ({"currency": "XXZ"}, "currency", "XXZ"),
    ({"currency": "CHF"}, "currency", "CHF"),
    ({"category": "gold"}, "category", "gold"),
]


@pytest.mark.parametrize(("new", "column", "why"), BAD_POSTINGS)
def test_a_bad_posting_is_named_at_each_door(
    books: Books, new: dict[str, str], column: str, why: str
) -> None:
    pk = books.world.program.pk
    fine = {"posted_on": "2026-02-10", "amount": "10.00"}
    row = {**fine, **new}
    if "currency" in new:
        row["original_amount"] = row.pop("amount")
    # API, alone and among others
    alone = books.refused(lambda: books.api.post(f"programs/{pk}/actuals/", row))
    found = _pointers(alone)
    assert f"/{column}" in found and why in found[f"/{column}"]
    batch = books.refused(
        lambda: books.api.post(f"programs/{pk}/actuals/batch/", {"rows": [fine, row, fine]})
    )
    found = _pointers(batch)
    assert list(found) == [f"/rows/1/{column}"] and why in found[f"/rows/1/{column}"]
    # browser: a pasted table
    cells = {"posted_on": "2026-02-10", "amount": "10.00", "currency": "", "category": "", **new}
    table = "\n".join(["\t".join(cells), "2026-02-10\t1\t\t", "\t".join(cells.values())])
    paste = reverse("budgets:actual-paste", args=[pk])
    text = books.refused(lambda: books.client.post(paste, {"table": table}, headers=HTMX)).content.decode()
    assert "Line 3" in text and why in text
    # browser: the form of one posting
    form = {"posted_on": "2026-02-10", "amount": "10", "currency": "EUR", "category": "other", **new}
    create = reverse("budgets:actual-create", args=[pk])
    text = books.refused(lambda: books.client.post(create, form, headers=HTMX)).content.decode()
    assert why in text or "valid choice" in text


def test_a_sum_that_does_not_add_up_is_refused_at_its_place(books: Books) -> None:
    pk, project = books.world.program.pk, books.world.project.pk
    parts = {"name": "Licences", "amount": "100.00", "portions": [{"on": "2026-03-01", "amount": "99.99"}]}
    answer = books.refused(lambda: books.api.post(f"programs/{pk}/cost-lines/", parts))
    assert "99.99" in _pointers(answer)["/portions"]
    moves = [
        {"project": project, "category": "", "amount": "-5.00"},
        {"project": project, "category": "@reserve", "amount": "4.99"},
    ]
    answer = books.refused(
        lambda: books.api.post(f"programs/{pk}/budget-transfers/", {"moves": moves, "reason": "x"})
    )
    assert "/moves" in _pointers(answer)
    line = cost_lines.create(
        actor=SYSTEM, program=books.world.program, name="Travel", amount=Decimal(300), starts_on=date(2026, 3, 1),
        ends_on=date(2026, 4, 30),
    )  # fmt: skip
    dialog = reverse("budgets:cost-line-phasing", args=[line.pk])
    form = {"2026-03-01": "100", "2026-04-01": "199.99", "version": "1"}
    text = books.refused(lambda: books.client.post(dialog, form, headers=HTMX)).content.decode()
    assert "299.99" in text
    cells = [{"line": line.pk, "version": 1, "on": "2031-03-01", "amount": "1.005"}]
    answer = books.refused(lambda: books.api.post(f"programs/{pk}/budget-grid/", {"cells": cells}))
    assert any("/cells/0" in pointer for pointer in _pointers(answer))


def test_a_negative_quantity_is_refused_with_its_line() -> None:
    at = purchases.placed()
    before = _state()
    orderer, controller = browser(at.orderer), browser(at.controller)
    line = {"description": "Cable", "quantity": "-1", "unit_price": "2.50"}
    order = {
        "title": "Cables",
        "vendor": at.vendor.pk,
        "project": at.project.pk,
        "lines": [{**line, "quantity": "1"}, line],
    }
    answer = Api(at.orderer).post(f"programs/{at.program.pk}/purchase-orders/", order)
    assert (answer.status_code, list(_pointers(answer))) == (400, ["/lines/1/quantity"])
    typed = {
        "title": "Cables", "vendor": at.vendor.pk, "project": at.project.pk, "currency": "EUR",
        "line_description": ["Cable", "Cable"], "line_category": ["hardware"] * 2, "line_nature": ["opex"] * 2,
        "line_quantity": ["1", "-1"], "line_unit_price": ["2.50"] * 2, "line_task": [""] * 2, "line_expected_on": [""] * 2,
        "line_acceptance": ["no"] * 2,
    }  # fmt: skip
    form = orderer.post(reverse("budgets:order-create", args=[at.program.pk]), typed)
    assert form.status_code == 422 and "Line 2, quantity" in form.content.decode()
    today = timezone.localdate().isoformat()
    charged = {
        "number": "R 1",
        "invoiced_on": today,
        "total": "-100",
        f"quantity_{at.line(1)}": "-1",
        f"price_{at.line(1)}": "100",
    }
    page = controller.post(reverse("budgets:order-invoice", args=[at.order.pk]), charged)
    assert page.status_code == 422
    rows = [
        {"order_line": at.line(1), "quantity": "1", "unit_price": "100"},
        {"order_line": at.line(2), "quantity": "-1", "unit_price": "1"},
    ]
    invoice = {"number": "R 1", "invoiced_on": today, "total": "99.00", "rows": rows}
    answer = Api(at.controller).post(f"purchase-orders/{at.order.pk}/invoices/", invoice)
    assert (answer.status_code, list(_pointers(answer))) == (400, ["/rows/1/quantity"])
    wrong_sum = {**invoice, "rows": rows[:1]}
    answer = Api(at.controller).post(f"purchase-orders/{at.order.pk}/invoices/", wrong_sum)
    assert answer.status_code == 400 and "sum to 100.00" in _pointers(answer)["/total"]
    charged |= {"total": "99", f"quantity_{at.line(1)}": "1"}
    page = controller.post(reverse("budgets:order-invoice", args=[at.order.pk]), charged)
    assert page.status_code == 422 and "sum to 100.00" in page.content.decode()
    assert _state() == before
