"""The budget grid by keyboard: type, paste a block, take it back, open the rows behind a cell."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from budgets.models import CostLine
from budgets.services import cost_lines
from tests.browser.visitors import SCREENSHOTS, Visitor
from tests.factories import plans
from tpm.accounts import actors

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def test_cells_are_typed_pasted_undone_and_opened_by_keyboard(visit: Visit) -> None:
    program = plans.program()
    lines = [
        cost_lines.create(
            actor=actors.system(), program=program, name=name, amount=Decimal(300),
            starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 27),
        )
        for name in ("Travel", "Licences")
    ]  # fmt: skip
    controller = plans.user("Carl Controller")
    plans.grant(controller, "FC", program.portfolio)
    carl = visit(controller)
    page = carl.open(f"/programs/{program.pk}/budget-grid/")
    said = page.locator("[data-said]")
    cell = page.locator(f'tr[data-line="{lines[0].pk}"] td[data-on="2026-02-01"]')
    cell.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    said.get_by_text("1 cells saved.").wait_for()
    assert CostLine.objects.get(pk=lines[0].pk).amount == 350
    # Enter went one row down; the block begins in the first row again.
    page.keyboard.press("ArrowUp")
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }""",
        "1.000,50\t7\r\n2,000\t8\r\n",
    )
    said.get_by_text("4 cells saved.").wait_for()
    amounts = [CostLine.objects.get(pk=line.pk).amount for line in lines]
    assert amounts == [Decimal("1307.50"), Decimal(2308)]
    assert page.locator("tfoot .pinned").inner_text() == "3,615.50"
    if SCREENSHOTS.exists():
        page.screenshot(path=SCREENSHOTS / "budget-grid.png")
    page.keyboard.press("Control+z")
    said.get_by_text("Taken back.").wait_for()
    page.keyboard.press("Control+z")
    page.locator("[data-act=undo][disabled]").wait_for()
    kept = [CostLine.objects.get(pk=line.pk) for line in lines]
    assert [(line.amount, line.by_hand) for line in kept] == [(300, False), (300, False)]
    page.keyboard.type("x1")  # a letter begins nothing, a digit does
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('td[data-on]')")
    cell.click()
    page.keyboard.press("Space")
    drawer = page.locator("side-drawer")
    drawer.get_by_text("Travel").first.wait_for()
    drawer.get_by_text("300.00").first.wait_for()
    carl.check()
