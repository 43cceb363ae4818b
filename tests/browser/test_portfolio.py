"""A portfolio's table as its owner uses it: a rating opens its rule, a view is kept and comes back, the palette goes anywhere."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from programs.models import Reading
from risks.models import Risk
from risks.services import risks
from tests.browser.visitors import Visitor
from tests.factories import plans
from tpm.accounts import actors

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def test_a_view_of_the_portfolio_is_kept_and_a_rating_opens_its_rule(visit: Visit, stack: object) -> None:
    portfolio, owner = plans.portfolio(), plans.user("Petra Owner")
    plans.grant(owner, "PO", portfolio)
    for name, slip in (("Harbour", 12), ("Bridge", 0)):
        program = plans.program(portfolio, name=name)
        Reading.objects.create(program=program, key="plan.slip_wd", value=slip, revision=1)
    petra = visit(owner)
    page = petra.open(f"/portfolios/{portfolio.pk}/")
    page.locator("select[name=health]").select_option("bad")
    page.wait_for_url("**health=bad**")
    page.locator("#portfolio-table tbody tr").nth(1).wait_for(state="detached")
    page.locator("saved-views summary").click()
    page.get_by_role("button", name="Keep this view").click()
    dialog = page.locator("#saved-view-dialog")
    dialog.get_by_label("Name").fill("In trouble")
    dialog.get_by_label("Keep it in the side bar").check()
    dialog.get_by_role("button", name="Save").click()
    petra.toast("“In trouble” is kept").wait_for()
    page = petra.open("/")
    page.locator(".rail").get_by_role("link", name="In trouble").click()
    page.locator("#portfolio-table").get_by_role("link", name="Harbour").wait_for()
    assert page.locator("#portfolio-table").get_by_role("link", name="Bridge").count() == 0
    page.locator("#portfolio-table").get_by_role("link", name="off track").first.click()
    page.locator(".drawer").get_by_text(
        "because finish slippage 12 wd > 10 wd (policy “Standard” v1)"
    ).wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search").fill("bridge")
    page.get_by_role("option", name="Bridge").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Bridge", level=1).wait_for()


def test_many_risks_are_changed_and_taken_back_by_keyboard(visit: Visit, stack: object) -> None:
    program, manager = plans.program(), plans.user("Mia Manager")
    plans.grant(manager, "TPM", program)
    for n in range(3):
        risks.create(actor=actors.system(), program=program, title=f"Risk {n}", probability=0.5)
    mia = visit(manager)
    page = mia.open(f"/programs/{program.pk}/risks/")
    page.get_by_label("Choose all rows").focus()
    # A list that is fetched while a key is down waits until it is up: else the key would do nothing.
    page.keyboard.down("Space")
    with page.expect_response(f"**{reverse('risks:risk-list', args=[program.pk])}*"):
        page.evaluate("document.getElementById('register').dispatchEvent(new CustomEvent('tpm:refresh'))")
    page.wait_for_timeout(300)
    page.keyboard.up("Space")
    bar = page.get_by_role("form", name="Change the chosen rows")
    bar.get_by_text("3 chosen").wait_for()
    bar.locator("select[name=field]").select_option(label="Status")
    bar.get_by_label("Status", exact=True).select_option(label="Closed")
    bar.get_by_role("button", name="Change them").press("Enter")
    mia.toast("3 risks were changed").wait_for()
    assert Risk.objects.filter(program=program, status="closed").count() == 3
    page.get_by_role("button", name="Undo").press("Enter")
    mia.toast("Taken back").wait_for()
    page.locator("#register").get_by_role("link", name="Risk 2").wait_for()
    assert not Risk.objects.filter(program=program, status="closed").exists()
