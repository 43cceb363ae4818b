"""Every table of money as a file: the figures of the screen, and no text that a spreadsheet takes for a formula."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.models import Vendor
from budgets.services import (
    approvals,
    budgets,
    cost_lines,
    deliveries,
    estimates,
    invoices,
    periods,
    rates,
    timesheets,
    tolerances,
    vendors,
)
from budgets.web.capex_files import OF_REQUEST
from budgets.web.downloads import PORTFOLIO
from budgets.web.order_files import OF_ORDER
from tests.budgets.services.test_timesheets import Office
from tests.factories import capex as stages
from tests.factories import money, plans, purchases
from tests.factories.browsers import browser
from tpm import activity
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
EVIL = "=HYPERLINK(1)"


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_tables_of_a_portfolio() -> None:
    at = stages.stage()
    portfolio = at.program.portfolio
    rates.create(
        actor=at.fc,
        portfolio=portfolio,
        currency="USD",
        on=date(2026, 1, 1),
        rate=Decimal("0.9"),
        source=EVIL,
    )
    periods.set_calendar(actor=SYSTEM, portfolio=portfolio, pattern="months", starts_in=1)
    periods.open_year(actor=SYSTEM, portfolio=portfolio, year=2026)
    tolerances.draft(
        actor=at.fc, portfolio=portfolio, effective_from=date(2026, 1, 1), price_percent=Decimal(2),
        quantity_percent=Decimal(0), amount=Decimal(500),
    )  # fmt: skip
    with activity.change(actor=SYSTEM, event="tests") as change:
        change.create(Vendor(portfolio=portfolio, name=EVIL, key="evil"))
    stages.submitted(at, "5000.00", title=EVIL)
    client = browser(at.es)
    lengths = {
        "rates": 1,
        "periods": 12,
        "categories": 7,
        "policies": 3,
        "tolerances": 1,
        "vendors": 1,
        "requests": 1,
    }
    for table in PORTFOLIO:
        url = reverse("budgets:portfolio-money-export", args=[portfolio.pk, table, "csv"])
        head, *body = _rows(client.get(url).content)
        assert all(len(row) == len(head) for row in body), table
        assert len(body) == lengths.get(table, len(body)), table
        assert not [cell for row in body for cell in row if cell.startswith("=")], table
        book = client.get(
            reverse("budgets:portfolio-money-export", args=[portfolio.pk, table, "xlsx"])
        ).content
        sheet = openpyxl.load_workbook(io.BytesIO(book)).active
        assert sheet is not None and not [c for row in sheet for c in row if c.data_type == "f"], table
    assert (
        client.get(reverse("budgets:portfolio-money-export", args=[portfolio.pk, "x", "csv"])).status_code
        == 404
    )
    [_head, waiting] = _rows(client.get(reverse("budgets:approval-export-csv")).content)
    assert waiting[:3] == ["Waits for you", "CX-1", f"'{EVIL}"] and waiting[5] == "5000.00"


def test_the_grid_and_what_moved_the_cost() -> None:
    world = money.world(computed=False)
    cost_lines.create(
        actor=SYSTEM, program=world.program, name=EVIL, amount=Decimal("300.10"), starts_on=date(2026, 2, 2),
        ends_on=date(2026, 2, 27),
    )  # fmt: skip
    client = browser(plans.member("FC", world.program.portfolio))
    at = reverse("budgets:budget-grid-export", args=[world.program.pk, "csv"])
    head, *body = _rows(client.get(f"{at}?year=2026").content)
    assert [row[-1] for row in body if row[0] == f"'{EVIL}"] == ["300.10"]
    amounts = [[Decimal(cell) for cell in row[3:]] for row in body]
    assert [sum(column) for column in zip(*amounts[:-1], strict=True)] == amounts[-1]
    assert len(head) == 3 + 12 + 3
    [_head, only, total] = _rows(client.get(f"{at}?year=2026&project={world.project.pk}&mode=actual").content)
    assert (only[-1], total[-1]) == ("1250.00", "1250.00")
    moves = _rows(client.get(reverse("budgets:cost-moves-export", args=[world.program.pk, "csv"])).content)
    assert moves[-1][0] == "Total" and len({len(row) for row in moves}) == 1


def _both(client: Client, url: str) -> list[list[str]]:
    """Return the rows of a table from its CSV; the workbook has as many, and neither has a formula."""
    answer = client.get(f"{url}csv")
    assert answer.status_code == 200, url
    head, *body = _rows(answer.content)
    assert all(len(row) == len(head) for row in body), url
    assert not [cell for row in body for cell in row if cell.startswith("=")], url
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}xlsx").content)).active
    assert sheet is not None and sheet.max_row == len(body) + 1, url
    assert not [c for row in sheet for c in row if c.data_type == "f"], url
    return body


def test_the_tables_of_one_order_of_its_vendor_and_of_a_request() -> None:
    at = purchases.placed(title=EVIL)
    client = browser(at.manager)
    day = date(2026, 3, 25)  # the switches were due on the 20th
    rows = [
        {"order_line": at.line(1), "quantity": Decimal(6), "rejected": Decimal(1)},
        {"order_line": at.line(2), "quantity": Decimal(1)},
    ]
    deliveries.receive(actor=at.manager, order=at.order, delivered_on=day, rows=rows, note=EVIL)
    charged = [{"order_line": at.line(1), "quantity": Decimal(6), "unit_price": Decimal(100)}]
    invoices.enter(
        actor=at.controller, order=at.order, number=EVIL, invoiced_on=day, total=Decimal(600), rows=charged
    )
    vendors.update(
        actor=SYSTEM, vendor=at.vendor, contacts=[{"name": EVIL, "role": "", "email": "", "phone": "+47 1"}]
    )
    page = client.get(reverse("budgets:order-detail", args=[at.order.pk])).content.decode()
    found = {}
    for table in OF_ORDER:
        url = reverse("budgets:order-table-export", args=[at.order.pk, table, "csv"])
        assert url in page, table
        found[table] = _both(client, url.removesuffix("csv"))
    assert [row[12:] for row in found["lines"]] == [
        ["1000.00", "5.000", "5.000", "0"],
        ["5000.00", "1.000", "0", "0"],
    ]
    assert [row[5:] for row in found["deliveries"]] == [
        ["6.000", "1.000", f"'{EVIL}"],
        ["1.000", "0.000", f"'{EVIL}"],
    ]
    assert len(found["acceptance"]) == 3 and found["invoices"][0][4] == "600.00"
    assert found["matches"][0][9:] == [
        "does not match",
        "Line 1: 6 are charged in all, 5 were received and accepted",
    ]
    page = client.get(reverse("budgets:vendor-detail", args=[at.vendor.pk])).content.decode()
    assert "late" in page and page.count("R 1") == 0
    for table, count in {"contacts": 1, "contracts": 0, "orders": 2, "deliveries": 2, "invoices": 1}.items():
        url = reverse("budgets:vendor-export", args=[at.vendor.pk, table, "csv"])
        assert (url in page) == bool(count), table
        assert len(_both(client, url.removesuffix("csv"))) == count, table

    stage = stages.stage()
    asked, _round = stages.submitted(stage, "5000.00", title=EVIL)
    client = browser(stage.fc)
    page = client.get(reverse("budgets:capex-detail", args=[asked.pk])).content.decode()
    found = {}
    for table in OF_REQUEST:
        url = reverse("budgets:capex-table-export", args=[asked.pk, table, "csv"])
        assert (url in page) == (table in ("years", "steps")), table  # the others have nothing to show yet
        found[table] = _both(client, url.removesuffix("csv"))
    assert [row[:3] for row in found["years"]] == [["2026", "5000.00", "0.00"], ["2027", "0.00", "10000.00"]]
    assert found["steps"][0][1:8] == ["open", "1", "1", "Executive sponsor, Portfolio owner", "", "", "open"]
    approvals.delegate(
        actor=stage.fc, to=stage.es.user, role="", note=EVIL,
        starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    assert (
        reverse("budgets:delegation-export-csv")
        in client.get(reverse("budgets:delegation-list")).content.decode()
    )
    [lent] = _both(client, reverse("budgets:delegation-export-csv").removesuffix("csv"))
    assert lent[5:] == ["in force", f"'{EVIL}"]


def test_the_tables_of_hours_labour_budget_and_compared_estimates() -> None:
    office = Office()
    sheet = office.submitted()
    timesheets.approve(actor=office.paul, sheet=sheet, at=timezone.now())
    person, manager = browser(office.anna), browser(office.tina)
    week = reverse("budgets:my-timesheet-export-csv")
    assert f"{week}?week=2026-01-05" in person.get("/timesheet/?week=2026-01-07").content.decode()
    task, total = _rows(person.get(f"{week}?week=2026-01-07").content)[1:]
    assert (task[6], task[7], task[-1], total[-1]) == ("7.50", "1.58", "9.08", "9.08")
    of_sheet = reverse("budgets:timesheet-sheet-export", args=[sheet.pk, "csv"])
    assert of_sheet in manager.get(reverse("budgets:timesheet-detail", args=[sheet.pk])).content.decode()
    assert [row[4] for row in _both(manager, of_sheet.removesuffix("csv"))] == ["750.00", "190.00"]
    assert {len(row) for row in _rows(person.get(of_sheet).content)} == {4}  # she reads no money
    people = reverse("budgets:labour-people-export", args=[office.program.pk, "csv"])
    assert _both(manager, people.removesuffix("csv")) == [["Ann", "40.00", "4320.00"]]
    budgets.approve(actor=SYSTEM, program=office.program, project=office.project, approved=Decimal(500))
    kept = reverse("budgets:money-export", args=[office.program.pk, "budget-categories", "csv"])
    assert kept in manager.get(reverse("budgets:program-budget", args=[office.program.pk])).content.decode()
    assert [row[-1] for row in _both(manager, kept.removesuffix("csv"))][-1] == "500.00"

    first = estimates.begin(
        actor=SYSTEM, program=office.program, project=None, prepared_on=date(2026, 2, 2), title="Sites", basis="Offers"
    )  # fmt: skip
    line = estimates.put_line(actor=SYSTEM, estimate=first, name=EVIL, key="S", likely=Decimal(10))
    estimates.issue(actor=SYSTEM, estimate=first, at=timezone.now())
    second = estimates.begin(actor=SYSTEM, program=office.program, project=None, prepared_on=date(2026, 2, 2))
    estimates.put_line(
        actor=SYSTEM,
        estimate=second,
        line=second.lines.get(key=line.key),
        likely=Decimal(12),
        optimistic=Decimal(12),
        pessimistic=Decimal(12),
    )
    compared = reverse("budgets:estimate-compare-export", args=[first.pk, second.pk, "csv"])
    page = manager.get(reverse("budgets:estimate-compare", args=[first.pk, second.pk])).content.decode()
    assert compared in page
    assert [row[4:] for row in _both(manager, compared.removesuffix("csv"))] == [
        ["10.00", "12.00", "2.00"]
    ] * 2
