"""Bad input of the money issue at every door: refused with row, column and reason, and nothing is written."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from budgets.importers import postings
from budgets.models import (
    Actual,
    BudgetRevision,
    CapitalAmount,
    CostLine,
    CostPortion,
    EstimateLine,
    Invoice,
    PurchaseOrder,
    TimeEntry,
)
from budgets.services import cost_lines, estimate_imports, estimates, periods, time_imports, vendors
from budgets.services.row_errors import RowsRefused
from programs.models import RecomputeState
from projects.importers.reports import ImportRefused
from tests.api_client import Api
from tests.factories import money, plans, purchases
from tests.factories.browsers import HTMX, browser
from tpm.accounts import actors
from tpm.imports import actual_rows

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
WATCHED = (
    Actual, CostLine, CostPortion, BudgetRevision, PurchaseOrder, Invoice, CapitalAmount, EstimateLine, TimeEntry,
)  # fmt: skip


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


class Doors:
    """Every way in which money comes as rows. Each takes one row that is fine and one that is not, in this order (the third line of a
    table, the second row of a request), and returns what was said: texts that hold row, column and reason."""

    def __init__(self, books: Books) -> None:
        self.books, self.program = books, books.world.program
        self.pk = self.program.pk
        self.manager = plans.member("TPM", self.program)
        self.api, self.client = Api(self.manager), browser(self.manager)
        self.line = cost_lines.create(
            actor=SYSTEM, program=self.program, name="Travel", amount=Decimal(1200), starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )  # fmt: skip
        self.estimate = estimates.begin(
            actor=SYSTEM, program=self.program, project=None, prepared_on=date(2026, 2, 2), title="Sites"
        )
        [self.task] = plans.tasks(books.world.project, 5)

    def _answered(self, answer: HttpResponse) -> list[str]:
        assert 400 <= answer.status_code < 500, (answer.status_code, answer.content)
        return [f"{one['pointer']}: {one['detail']}" for one in answer.json()["errors"]]  # type: ignore[attr-defined]

    def _shown(self, answer: HttpResponse) -> list[str]:
        assert answer.status_code == 422
        return [answer.content.decode()]

    def grid(self, on: str = "2026-03-10", amount: str = "5.00") -> list[str]:
        cells = [
            {"line": self.line.pk, "version": 1, "on": "2026-02-10", "amount": "7.00"},
            {"line": self.line.pk, "version": 1, "on": on, "amount": amount},
        ]
        return self._answered(self.api.post(f"programs/{self.pk}/budget-grid/", {"cells": cells}))

    def _table(self, new: dict[str, str]) -> list[dict[str, str]]:
        fine = {"posted_on": "2026-02-10", "amount": "10.00", "currency": "", "category": ""}
        return [fine, {**fine, **new}]

    def paste(self, **new: str) -> list[str]:
        rows = self._table(new)
        table = "\n".join(["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)])
        url = reverse("budgets:actual-paste", args=[self.pk])
        return self._shown(self.books.client.post(url, {"table": table}, headers=HTMX))

    def postings_file(self, **new: str) -> list[str]:
        rows = self._table(new)
        table = "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)])
        read = postings.read({"ledger.csv": io.BytesIO(table.encode())})
        with pytest.raises(ImportRefused) as refused:
            actual_rows.sheets_of(read, self.program)
        return [f"row {one.row}, {one.column}: {one.reason}" for one in refused.value.entries]

    def postings_api(self, **new: str) -> list[str]:
        rows: list[dict[str, str]] = [{k: v for k, v in row.items() if v} for row in self._table(new)]
        if "currency" in rows[1]:
            rows[1]["original_amount"] = rows[1].pop("amount")
        return self._answered(self.books.api.post(f"programs/{self.pk}/actuals/batch/", {"rows": rows}))

    def estimate_file(self, **new: str) -> list[str]:
        row = {
            "name": "Cable",
            "likely": "90",
            "optimistic": "60",
            "pessimistic": "180",
            "quantity": "1",
            "currency": "",
        }
        table = "\n".join([",".join(row), ",".join(row.values()), ",".join((row | new).values())])
        files = {"lines.csv": io.BytesIO(table.encode())}
        with pytest.raises(RowsRefused) as refused:
            estimate_imports.load(actor=self.manager, estimate=self.estimate, files=files, dry_run=False)
        return [f"row {one.row}, {one.column}: {one.reason}" for one in refused.value.errors]

    def estimate_api(self, **new: str) -> list[str]:
        row = {"name": "Cable", "likely": "90.00", "optimistic": "60.00", "pessimistic": "180.00"}
        bad = row | new
        if "currency" in new:
            bad = {"name": "Cable", "currency": new["currency"], "original_likely": "90.00"}
        url = f"estimates/{self.estimate.pk}/lines/"
        answer = self.api.call("PUT", url, {"lines": [row, bad]}, **{"If-Match": '"v1"'})
        assert answer.status_code == 400, answer.content
        return [" ".join(f"{one['pointer']}: {one['detail']}" for one in answer.json()["errors"])]

    def hours_file(self, day: str = "2026-02-10", hours: str = "8") -> list[str]:
        task = f"#{self.task.pk}"
        table = f"day,task,hours\n2026-02-09,{task},8\n{day},{task},{hours}\n"
        with pytest.raises(RowsRefused) as refused:
            files = {"hours.csv": io.BytesIO(table.encode())}
            time_imports.load(actor=self.manager, program=self.program, files=files, dry_run=False)
        return [f"row {one.row}, {one.column}: {one.reason}" for one in refused.value.errors]

    def hours_api(self, day: str = "2026-02-10", minutes: int = 480) -> list[str]:
        rows = [
            {"task": self.task.pk, "day": "2026-02-09", "minutes": 60},
            {"task": self.task.pk, "day": day, "minutes": minutes},
        ]
        answer = self.api.post("time-entries/", {"rows": rows})
        assert answer.status_code == 400, answer.content
        return [" ".join(f"{one['pointer']}: {one['detail']}" for one in answer.json()["errors"])]

    def hours_page(self, day: str = "2026-02-10", hours: str = "8") -> list[str]:
        at = date.fromisoformat(day)
        cells = {"task": self.task.pk, f"h-{self.task.pk}-{at.weekday()}": hours}
        return self._shown(self.client.post(f"/timesheet/?week={day}", cells))

    def order(self, currency: str = "EUR", quantity: str = "1") -> list[str]:
        line = {"description": "Cable", "quantity": "1", "unit_price": "2.50"}
        vendor = vendors.create(
            actor=SYSTEM, portfolio=self.program.portfolio, name="Halden", key="", category=""
        )
        body = {
            "title": "Cables",
            "vendor": vendor.pk,
            "currency": currency,
            "lines": [line, line | {"quantity": quantity}],
        }
        return self._answered(self.api.post(f"programs/{self.pk}/purchase-orders/", body))

    def capital(self, amount: str = "5.00", currency: str = "EUR", year: int = 2027) -> list[str]:
        years = [{"year": 2026, "amount": "5.00"}, {"year": year, "amount": amount}]
        body = {"title": "Switch", "currency": currency, "amounts": years}
        return self._answered(self.api.post(f"programs/{self.pk}/capital-requests/", body))

    def capital_page(self, amount: str = "5") -> list[str]:
        form = {
            "title": "Switch", "currency": "EUR", "asset_class": "network", "business_case": "Old", "year": ["2026", "2027"],
            "amount": ["5", amount], "benefit": ["", ""],
        }  # fmt: skip
        return self._shown(self.client.post(reverse("budgets:capex-create", args=[self.pk]), form))

    def transfer(self, amount: str = "5.00", category: str = "@reserve") -> list[str]:
        project = self.books.world.project.pk
        moves = [
            {"project": project, "category": "", "amount": "-5.00"},
            {"project": project, "category": category, "amount": amount},
        ]
        return self._answered(
            self.api.post(f"programs/{self.pk}/budget-transfers/", {"moves": moves, "reason": "x"})
        )

    def portions(self, amount: str) -> list[str]:
        parts = [{"on": "2026-02-01", "amount": "50.00"}, {"on": "2026-03-01", "amount": amount}]
        body = {"name": "Licences", "amount": "100.00", "portions": parts}
        return self._answered(self.api.post(f"programs/{self.pk}/cost-lines/", body))


Bad = tuple[Callable[[Doors], list[str]], tuple[str, ...]]
CLOSED, OUTSIDE = "FY2026 P1 is closed", "Open fiscal year 2027 first"
BAD: dict[str, list[Bad]] = {
    "an unknown currency": [
        (lambda at: at.paste(currency="XXZ"), ("Line 3, currency", "XXZ")),
        (lambda at: at.postings_file(currency="XXZ"), ("row 3, currency", "XXZ")),
        (lambda at: at.postings_api(currency="XXZ"), ("/rows/1/currency", "XXZ")),
        (lambda at: at.estimate_file(currency="XXZ"), ("row 3, currency", "XXZ")),
        (lambda at: at.estimate_api(currency="XXZ"), ("2", "currency", "XXZ")),
        (lambda at: at.capital(currency="XXZ"), ("/currency", "XXZ")),
    ],
    "a closed period": [
        (lambda at: at.grid(on="2026-01-10"), ("/cells/1/on", CLOSED)),
        (lambda at: at.paste(posted_on="2026-01-10"), ("Line 3, posted_on", CLOSED)),
        (lambda at: at.postings_file(posted_on="2026-01-10"), ("row 3, posted_on", CLOSED)),
        (lambda at: at.postings_api(posted_on="2026-01-10"), ("/rows/1/posted_on", CLOSED)),
        (lambda at: at.hours_file(day="2026-01-14"), ("row 3, day", CLOSED)),
        (lambda at: at.hours_api(day="2026-01-14"), ("2", "day", CLOSED)),
        (lambda at: at.hours_page(day="2026-01-14"), ("Wed 14 Jan", CLOSED)),
    ],
    "a negative quantity": [
        (lambda at: at.grid(amount="-5.00"), ("/cells/1/amount", "same sign")),
        (lambda at: at.estimate_file(quantity="-1"), ("row 3, quantity", "negative")),
        (lambda at: at.estimate_api(quantity="-1"), ("2", "quantity", "negative")),
        (lambda at: at.hours_file(hours="-1"), ("row 3, hours", "from 0 to 24")),
        (lambda at: at.hours_api(minutes=-1), ("/rows/1/minutes", "greater than or equal to 0")),
        (lambda at: at.hours_page(hours="-1"), ("Tue 10 Feb", "from 0 to 24")),
        (lambda at: at.order(quantity="-1"), ("/lines/1/quantity", "0.001")),
        (lambda at: at.capital(amount="-5.00"), ("amount", "greater than or equal to 0")),
        (lambda at: at.capital_page(amount="-5"), ("Row 2, amount", "not negative")),
    ],
    "a date outside the fiscal calendar": [
        (lambda at: at.grid(on="2027-01-10"), ("/cells/1/on", OUTSIDE)),
        (lambda at: at.paste(posted_on="2027-01-10"), ("Line 3, posted_on", OUTSIDE)),
        (lambda at: at.postings_file(posted_on="2027-01-10"), ("row 3, posted_on", OUTSIDE)),
        (lambda at: at.postings_api(posted_on="2027-01-10"), ("/rows/1/posted_on", OUTSIDE)),
        (lambda at: at.hours_file(day="2027-01-12"), ("row 3, day", OUTSIDE)),
        (lambda at: at.hours_api(day="2027-01-12"), ("2", "day", OUTSIDE)),
        (lambda at: at.hours_page(day="2027-01-12"), ("Tue 12 Jan", OUTSIDE)),
    ],
    "a sum that does not add up": [
        (lambda at: at.estimate_file(optimistic="91"), ("row 3, optimistic", "at most the most likely")),
        (lambda at: at.estimate_api(optimistic="91.00"), ("2", "optimistic", "at most the most likely")),
        (lambda at: at.hours_file(day="2026-02-09", hours="17"), ("row 3, day", "same person, task and day")),
        (lambda at: at.hours_page(hours="25"), ("Tue 10 Feb", "from 0 to 24")),
        (lambda at: at.transfer(amount="4.99"), ("/moves", "-0.01")),
        (lambda at: at.transfer(category="gold"), ("/moves", "Row 2, category", "gold")),
        (lambda at: at.portions("49.99"), ("/portions", "99.99", "100.00")),
        (lambda at: at.capital(year=2026), ("/amounts", "Row 2, year", "stands twice")),
    ],
}  # fmt: skip


@pytest.mark.parametrize("error", list(BAD))
def test_every_door_says_row_column_and_reason_and_writes_nothing(books: Books, error: str) -> None:
    at = Doors(books)
    before = _state()
    missing = []
    for number, (door, words) in enumerate(BAD[error]):
        said = door(at)
        if not any(all(word in text for word in words) for text in said):
            missing.append((number, words, [text[-600:] for text in said]))
    assert not missing
    assert _state() == before
