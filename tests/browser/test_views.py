"""Views of a program: a card moved on the board by keyboard and by mouse, a promise between projects answered."""

from collections.abc import Callable

import pytest

from projects.models import Commitment, Task
from projects.services import plan_edits
from projects.services.commands import LinkTasks
from tests.browser.test_plan import Plan, plan
from tests.browser.visitors import Visitor, computed
from tests.factories import plans
from tests.stack import wait_for
from tpm.accounts import actors

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
__all__ = ["plan"]


def test_a_card_is_moved_by_keyboard_taken_back_and_dragged(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    page = mia.open(f"/programs/{plan.program.pk}/board/")
    card = page.locator(f"#card-{plan.free}")
    assert page.locator("[data-column=ready]").locator(card).count() == 1
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.locator(f"[data-column=progress] #card-{plan.free}").wait_for()
    wait_for(lambda: Task.objects.get(pk=plan.free).actual_start, "the start to be written")
    wait_for(
        lambda: page.evaluate("document.activeElement.id") == f"card-{plan.free}",
        "the focus to stay on the card",
    )
    mia.toast("was moved").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator(f"[data-column=ready] #card-{plan.free}").wait_for()
    assert Task.objects.get(pk=plan.free).actual_start is None
    assert mia.axe() == []
    # The same with the mouse: dragged onto a column that it may go to; one that follows from the plan takes no card.
    computed(plan.program)
    for _attempt in range(4):
        page = mia.open(f"/programs/{plan.program.pk}/board/")
        page.evaluate(
            "() => { for (const name of ['drop', 'dragend'])"
            " document.addEventListener(name, () => { window.dropped = true; }, true); }"
        )
        page.locator(f"#card-{plan.free}").drag_to(page.locator("[data-column=progress] .board-head"))
        # The driver of a busy browser may miss that a drag has begun, and lets the button go beside it: no event of the
        # drag's end reaches the page at all. Then the hand tries again; a drop that the page got is not tried twice.
        page.wait_for_timeout(300)
        if page.evaluate("() => window.dropped"):
            break
    page.locator(f"[data-column=progress] #card-{plan.free}").wait_for()
    wait_for(lambda: Task.objects.get(pk=plan.free).actual_start, "the start to be written")
    mia.settle()
    page.locator(f"#card-{plan.free}").drag_to(page.locator("[data-column=waiting] .board-head"))
    page.wait_for_timeout(300)
    assert page.locator(f"[data-column=progress] #card-{plan.free}").count() == 1
    assert Task.objects.get(pk=plan.free).actual_start


def test_a_promise_is_made_and_accepted_in_the_drawer_and_the_board_follows(visit: Visit, plan: Plan) -> None:
    (after,) = plans.tasks(plans.project(plan.program, name="Rollout"), 2)
    plan_edits.apply(actor=actors.system(), program=plan.program, commands=[LinkTasks(plan.a, after.pk)])
    mia = visit(plan.manager)
    page = mia.open(f"/programs/{plan.program.pk}/dependencies/")
    page.locator("card-board .board-card").click()
    drawer = page.locator("#commitment")
    drawer.get_by_label("There by the end of").fill("2026-01-09")
    drawer.get_by_role("button", name="Promise").click()
    drawer.get_by_role("button", name="Accept").click()
    page.locator("card-board").get_by_text("accepted").wait_for()
    assert "link=" in page.url
    assert Commitment.objects.get(dependency__program=plan.program).state == "accepted"
    page.keyboard.press("Escape")
    page.locator("side-drawer").wait_for(state="hidden")
