"""Risks, money and hours: what is entered shows where it counts."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from budgets.models import Actual, Timesheet
from budgets.services import actuals, labour_rates
from programs.models import Program
from programs.services import resources
from projects.models import Assignment
from projects.services import plan_edits
from projects.services.commands import Assign
from risks.models import Risk
from tests.browser.visitors import Visitor, computed
from tests.factories import money, plans
from tpm.accounts import actors

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

    # Figures are on their way to the page when somebody posts 500.00 more: those of before are not the last it asks for.
    page.evaluate(
        "known => { window.told = new Promise((done) => document.addEventListener('tpm:program', ({ detail }) =>"
        " detail.computed_revision > known && detail.computed_revision === detail.input_revision && done())) }",
        computed(world.program),
    )
    with carl.late("**/money/computed/") as first:
        page.evaluate("() => { htmx.trigger(document.body, 'money-changed') }")
        first()
        row = {
            "posted_on": date(2026, 1, 9),
            "amount": Decimal(500),
            "project": world.project,
            "task": world.first,
        }
        actuals.post(actor=actors.system(), program=world.program, rows=[row])
        page.evaluate("() => window.told")
        page.wait_for_timeout(500)  # what is told together is asked for together, a moment later
    main.get_by_text("0.40").first.wait_for()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until what a selector names has the focus."""
    for _n in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_a_week_is_entered_submitted_agreed_to_and_in_the_books_by_keyboard(
    visit: Visit, world: money.World
) -> None:
    """Hours × rate by hand: 7.5 h + 1.5 h at 100.00 = 900.00."""
    system, program = actors.system(), world.program
    ann, paul = plans.user("Ann Engineer"), plans.user("Paul Manager")
    plans.grant(ann, "CO", world.project)
    plans.grant(paul, "PM", world.project)
    resource = resources.create(actor=system, portfolio=program.portfolio, name="Ann Engineer", person=ann)
    labour_rates.create(
        actor=system,
        portfolio=program.portfolio,
        resource=resource,
        starts_on=date(2026, 1, 1),
        rate=Decimal(100),
    )
    plan_edits.apply(actor=system, program=program, commands=[Assign(world.first.pk, resource.pk)])
    computed(program)

    worker = visit(ann)
    page = worker.open("/timesheet/?week=2026-01-07")
    name = f"h-{world.first.pk}"
    _tab_to(page, f"[name='{name}-0']")
    page.keyboard.type("7.5")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("2")
    page.keyboard.press("ArrowLeft")  # within the text
    page.keyboard.press("ArrowLeft")  # to Monday
    page.keyboard.press("Tab")  # it selects what stands there, so that typing takes its place
    page.keyboard.type("1:30")
    assert page.locator("[data-all]").inner_text() == "9"
    _tab_to(page, "button[value=submit]")
    page.keyboard.press("Enter")
    page.get_by_text("1 timesheet was submitted.").wait_for()
    sheet = Timesheet.objects.get(person=ann)
    assert (sheet.state, [one.minutes for one in sheet.entries.order_by("day")]) == ("submitted", [450, 90])

    manager = visit(paul)
    page = manager.open("/timesheets/")
    _tab_to(page, f"a[href='/timesheets/{sheet.pk}/']")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ann Engineer").wait_for()
    _tab_to(page, f"form[action$='/{sheet.pk}/approve/'] button")
    page.keyboard.press("Enter")
    page.get_by_text("The hours were agreed and posted.").wait_for()
    assert sum(one.amount for one in Actual.objects.filter(time_entry__sheet=sheet)) == 900
    page = manager.open(f"/programs/{program.pk}/money/")
    page.locator("#actuals").get_by_text("750.00").first.wait_for()
    # the work of her assignment, in the drawer of the task: 9 of 40 hours
    assert Assignment.objects.get(task=world.first).actual_work == 540
    page = manager.open(f"/programs/{program.pk}/plan/?task={world.first.pk}")
    page.locator("#task-assignments").get_by_text(re.compile("9 h done, 31 h left")).wait_for()
