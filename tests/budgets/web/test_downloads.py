"""Every table of money as a file: the figures of the screen, and no text that a spreadsheet takes for a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from budgets.models import Vendor
from budgets.services import cost_lines, periods, rates, tolerances
from budgets.web.downloads import PORTFOLIO
from tests.factories import capex as stages
from tests.factories import money, plans
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
