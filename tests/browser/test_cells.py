"""Tables edited in their place by keyboard, by two people at once, and with a way back; a long list comes in pieces."""

from collections.abc import Callable

import pytest

from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.browser.test_plan import Plan, plan
from tests.browser.visitors import Visitor, computed
from tests.stack import wait_for
from tpm.accounts import actors

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
__all__ = ["plan"]


def test_cells_of_the_task_list_are_edited_by_keyboard_refused_contested_and_taken_back(
    visit: Visit, plan: Plan
) -> None:
    mia = visit(plan.manager)
    page = mia.open(f"/programs/{plan.program.pk}/task-list/?show=all")
    keys = page.keyboard

    def cell(task: int, field: str) -> str:
        return f"[data-cell='/tasks/{task}/cell/{field}/']"

    def editor(field: str) -> None:
        page.locator(f".cell-form [name={field}]:focus").wait_for()

    # Of all cells one is in the tab order; arrows move, Enter opens, Tab saves and goes on, also across rows.
    assert page.locator("[data-cell][tabindex='0']").count() == 1
    page.locator("[data-cell][tabindex='0']").focus()
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.cell") == f"/tasks/{plan.a}/cell/responsible/"
    keys.press("Enter")
    editor("responsible")
    assert page.evaluate("document.activeElement.ariaLabel") == "Responsible: A"
    assert mia.axe() == []
    keys.type("Jonas")
    for field in ("start", "finish", "percent_complete"):
        keys.press("Tab")
        editor(field)
    wait_for(lambda: Task.objects.get(pk=plan.a).responsible == "Jonas", "the cell to be saved")
    # What is refused is said at the cell, and Escape leaves everything as it was.
    keys.type("140")
    mia.forgive("status 422")
    keys.press("Enter")
    page.get_by_role("alert").get_by_text("less than or equal to 100").wait_for()
    editor("percent_complete")
    keys.press("Escape")
    page.locator(".cell-form").wait_for(state="detached")
    assert Task.objects.get(pk=plan.a).percent_complete == 0
    page.locator(cell(plan.a, "percent_complete") + ":focus").wait_for()
    page.locator(cell(plan.a, "responsible"), has_text="Jonas").wait_for()
    # The way back, in the message.
    mia.toast("Saved.").wait_for()
    with mia.late("**/task-list/**"):
        page.get_by_role("button", name="Undo").click()
        wait_for(lambda: Task.objects.get(pk=plan.a).responsible == "", "the edit to be taken back")
        mia.toast("Taken back.").wait_for()
        # F2 on a name's link. The table of the undone edit comes while somebody types in the one before: it waits.
        page.get_by_role("link", name="B", exact=True).focus()
        keys.press("F2")
        editor("name")
        keys.type("Bui")
    mia.settle()
    keys.type("ld")
    keys.press("Enter")
    page.get_by_role("link", name="Build").wait_for()
    assert Task.objects.get(pk=plan.b).name == "Build"
    mia.settle()
    # A double click; the same field as somebody else's: a choice of values.
    page.locator(cell(plan.c, "responsible")).dblclick()
    editor("responsible")
    theirs = Task.objects.get(pk=plan.c)
    plan_edits.apply(
        actor=actors.system(), program=plan.program,
        commands=[UpdateTask(plan.c, theirs.version, {"responsible": "Aiko"})],
    )  # fmt: skip
    mia.forgive("status 409")
    keys.type("Lena")
    keys.press("Enter")
    choice = page.get_by_role("dialog", name="Somebody else changed this meanwhile")
    choice.get_by_role("row", name="Lena").get_by_text("Aiko").wait_for()
    computed(plan.program)
    page.wait_for_timeout(500)  # the table that their edit moved does not come while one chooses
    choice.get_by_role("button", name="Save as chosen").click()
    wait_for(lambda: Task.objects.get(pk=plan.c).responsible == "Lena", "mine to be kept")
