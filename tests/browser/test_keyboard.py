"""Whole flows without a mouse: from the sign-in to a changed plan, a mention, an approval and a sealed report."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page

from budgets.models import CapitalRequest
from programs.models import StatusReport
from programs.services import programs, reports
from projects.models import Task
from tests.browser.visitors import Gantt, Visitor, computed
from tests.factories import capex, plans
from tests.factories.plans import PASSWORD
from tests.stack import wait_for

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
MOST = 120  # presses of Tab; who needs more gives up


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the element has the focus; it must be seen there."""
    target.wait_for()
    for _ in range(MOST):
        page.keyboard.press(key)
        if target.evaluate("(one) => document.activeElement === one"):
            shown = target.evaluate(
                "(one) => one.matches(':focus-visible') && one.checkVisibility({ visibilityProperty: true })"
            )
            assert shown, "the focus is not to be seen"
            return
    raise AssertionError(f"{target} is not reached by {key}")


def press_until(gantt: Gantt, key: str, task: int, column: str | None) -> None:
    """Press a key until this task, and this cell of it, is the active one."""
    for _ in range(30):
        if gantt.element.evaluate("(g) => [g.selection.active, g.selection.column]") == [task, column]:
            return
        gantt.page.keyboard.press(key)
    raise AssertionError(f"{column or 'the row'} of task {task} is not reached by {key}")


def sign_in(page: Page, email: str) -> None:
    page.goto("/signin/")
    reach(page, page.get_by_label("E-mail"))
    page.keyboard.type(email)
    reach(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/signin/" not in url)


def test_a_program_is_found_changed_talked_about_funded_and_reported_by_keyboard_alone(
    visit: Visit, stack: object
) -> None:
    at = capex.stage(effective_from=date(2026, 1, 1))
    program = at.program
    first, second = plans.tasks(plans.project(program), 5, 3)
    plans.chain([first, second])
    computed(program)
    asked, _round = capex.submitted(at)
    program.refresh_from_db()
    programs.update(actor=at.tpm, program=program, data_date=date(2026, 1, 5))
    manager, sponsor = at.tpm.user, at.es.user
    assert manager and sponsor
    sponsor.name = "Sven Sponsor"
    sponsor.save()
    report = reports.compose(actor=at.tpm, program=program, title="January")

    # Sign in, jump to the program, open its plan.
    mia = visit()
    page, keys = mia.page, mia.page.keyboard
    sign_in(page, manager.email)
    keys.press("Control+k")
    keys.type(program.name)
    page.get_by_role("option", name=program.name).first.wait_for()
    keys.press("Enter")
    page.get_by_role("heading", name=program.name, level=1).wait_for()
    reach(page, page.get_by_role("navigation", name=program.name).get_by_role("link", name="Plan"))
    keys.press("Enter")
    gantt = Gantt(mia).ready()
    mia.live()

    # Change a task; the one behind it follows.
    reach(page, gantt.grid)
    before = gantt.computed()
    press_until(gantt, "ArrowDown", first.pk, None)
    press_until(gantt, "ArrowRight", first.pk, "duration")
    keys.press("F2")
    page.locator(".gantt-editor").wait_for()
    keys.press("Control+a")
    keys.type("10 d")
    keys.press("Enter")
    gantt.wait_computed(before)
    gantt.wait_for(second.pk, "finish", "22 Jan")  # 5 January is done with: 10 and 3 days from the 6th
    assert Task.objects.get(pk=first.pk).duration == 10 * 480

    # Say so to the sponsor, in the drawer.
    press_until(gantt, "ArrowUp", first.pk, "duration")
    press_until(gantt, "ArrowLeft", first.pk, None)
    keys.press("Enter")
    reach(page, page.locator("comment-composer textarea"))
    keys.type("@sven")
    page.get_by_role("option", name=sponsor.name).wait_for()
    keys.press("Enter")
    keys.type("a week more.")
    keys.press("Control+Enter")
    page.locator(".comment-text", has_text="a week more.").wait_for()

    # The sponsor's bell, and the way to what was said.
    sven = visit()
    his, keys = sven.page, sven.page.keyboard
    sign_in(his, sponsor.email)
    his.locator("notification-bell:not([data-unread='0'])").wait_for()
    reach(his, his.locator("notification-bell a"))
    keys.press("Enter")
    reach(his, his.locator(".notice-main", has_text="mentioned you").locator("> a").first)
    keys.press("Enter")
    his.locator(".comment.is-meant", has_text="a week more.").wait_for()

    # The request that waits, by the inbox; who approves gives a reason.
    keys.press("Escape")
    keys.press("Escape")
    his.goto("/approvals/")
    reach(his, his.get_by_role("main").get_by_role("link", name="Core switch").first)
    keys.press("Enter")
    reach(his, his.locator("#vote-reason"))
    keys.type("Agreed.")
    reach(his, his.get_by_role("button", name="Approve"))
    keys.press("Enter")
    wait_for(lambda: CapitalRequest.objects.get(pk=asked.pk).authorised == Decimal(5000), "the vote")

    # The report, sealed.
    computed(program)
    his.goto(f"/reports/{report.pk}/")
    reach(his, his.get_by_role("button", name="Publish"))
    keys.press("Enter")
    reach(his, his.get_by_role("dialog").get_by_role("button").last)
    keys.press("Enter")
    his.locator(".report-seal").get_by_text("matches its seal").wait_for()
    assert StatusReport.objects.get(pk=report.pk).is_published
