"""Risks and money: what is entered shows where it counts."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from budgets.models import Actual
from programs.models import Program
from risks.models import Risk
from tests.browser.visitors import Visitor, computed
from tests.factories import money, plans

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


@pytest.fixture
def world(stack: object, monkeypatch: pytest.MonkeyPatch) -> money.World:
    # The worker computes here; a second computation at its side would find the program taken.
    monkeypatch.setattr(money, "recompute", SimpleNamespace(drain=lambda pk: computed(Program(pk=pk))))
    made = money.world(computed=False)
    computed(made.program)
    return made


def test_a_risk_that_is_entered_appears_in_register_and_matrix(visit: Visit, world: money.World) -> None:
    manager = plans.user("Mia Manager")
    plans.grant(manager, "TPM", world.program)
    mia = visit(manager)
    page = mia.open(f"/programs/{world.program.pk}/risks/")
    assert page.locator(".risk-matrix td a").count() == 0
    page.get_by_role("button", name="Enter a risk").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("The supplier is late")
    dialog.get_by_label("Probability").fill("40")
    dialog.locator("[name$=impact_days]").fill("10")
    dialog.locator("[name$=impact_cost]").fill("500")
    dialog.get_by_role("button", name="Enter the risk").click()
    page.locator("#register").get_by_role("link", name="The supplier is late").wait_for()
    assert Risk.objects.get(program=world.program).probability == pytest.approx(0.4)
    cell = page.locator(".risk-matrix td a")
    assert cell.count() == 1
    cell.click()
    page.locator("#register").get_by_role("link", name="All cells").wait_for()
    page.locator("#register").get_by_role("link", name="The supplier is late").wait_for()


def test_an_actual_that_is_posted_moves_cost_variance_and_cpi(visit: Visit, world: money.World) -> None:
    """EV is 1,000.00; AC 1,250.00 and then 2,000.00: CV −250 → −1,000, CPI 0.80 → 0.50 (PMI, EV − AC and EV / AC)."""
    controller = plans.user("Carl Controller")
    plans.grant(controller, "FC", world.program.portfolio)
    carl = visit(controller)
    page = carl.open(f"/programs/{world.program.pk}/money/")
    carl.live()
    main = page.get_by_role("main")
    main.get_by_text("0.80").first.wait_for()
    page.locator("#actuals").get_by_role("button", name="Posting", exact=True).click()
    form = page.locator(".edit-row form")
    form.locator("[name$=posted_on]").fill("2026-01-08")
    form.locator("[name$=amount]").fill("750.00")
    form.get_by_role("button", name="Post").click()
    main.get_by_text("0.50").first.wait_for()
    assert Actual.objects.filter(program=world.program).count() == 2
    figure = page.locator("[data-figure='cost.cv']")
    assert figure.inner_text().replace("\u2212", "-").replace("\u00a0", " ").startswith("-1.0 k")
