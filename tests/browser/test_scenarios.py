"""What-if in the Gantt: start one, drag a bar, see the difference, apply it, take it back."""

from collections.abc import Callable

import pytest

from programs.services import resources
from projects.models import Assignment, Task
from tests.browser.visitors import Gantt, Visitor, computed
from tests.factories import plans
from tests.stack import wait_for
from tpm.accounts import actors

pytestmark = pytest.mark.browser


def test_a_manager_tries_a_what_if_applies_it_and_takes_it_back(
    visit: Callable[..., Visitor], stack: object
) -> None:
    program = plans.program()
    a, b, c = plans.tasks(plans.project(program), 5, 3, 2)
    plans.chain([a, b, c])
    computed(program)
    resources.create(actor=actors.system(), portfolio=program.portfolio, program=program, name="Ann")
    manager = plans.user("Mia Manager")
    plans.grant(manager, "TPM", program)
    mia = visit(manager)
    page = mia.open(f"/programs/{program.pk}/plan/")
    page.get_by_role("link", name="What-if").click()
    mia.settle()
    page.get_by_label("Name").fill("Two crews")
    page.get_by_role("button", name="Start").click()
    gantt = Gantt(mia).ready()
    mia.live()
    banner = page.get_by_role("region", name="What-if")
    assert "What-if: Two crews – not the plan" in banner.inner_text()

    gantt.drag_bar(a.pk, 7)
    gantt.wait_for(c.pk, "finish", "23 Jan")
    banner.get_by_text("+5 wd").wait_for()
    gantt.ready()
    mia.screenshot("scenario-gantt")
    assert mia.axe() == []
    assert Task.objects.get(pk=a.pk).constraint == 0
    page.keyboard.press("Control+z")
    gantt.wait_for(c.pk, "finish", "16 Jan")
    gantt.ready()
    page.keyboard.press("Control+y")
    gantt.wait_for(c.pk, "finish", "23 Jan")
    banner.get_by_text("+5 wd").wait_for()

    # Who works on it is tried like everything else.
    gantt.choose(b.pk, "who")
    page.keyboard.press("F2")
    page.locator(".gantt-editor").fill("ann 50 %")
    page.keyboard.press("Enter")
    gantt.wait_for(b.pk, "who", "Ann 50 %")  # as the computed what-if has it, not as it was typed
    gantt.ready()
    assert not Assignment.objects.filter(program=program).exists()

    banner.get_by_role("link", name="Compare").click()
    mia.settle()
    assert "Who: Ann 50 %" in page.get_by_role("main").inner_text()
    mia.screenshot("scenario-comparison")
    assert mia.axe() == []
    page.emulate_media(color_scheme="dark")
    page.get_by_role("link", name="Open in the plan").first.click()
    gantt.ready()
    mia.screenshot("scenario-gantt-dark")
    banner.get_by_role("button", name="Apply").click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    page.wait_for_url(f"**/programs/{program.pk}/plan/")
    gantt.ready()
    wait_for(lambda: Task.objects.get(pk=a.pk).constraint == 4, "the applied edit")
    assert Assignment.objects.get(program=program).task_id == b.pk
    gantt.wait_for(c.pk, "finish", "23 Jan")
    page.get_by_role("navigation", name=program.name).get_by_role("link", name="Changes").click()
    mia.settle()
    assert "What-if “Two crews”" in page.get_by_role("main").inner_text()

    # Applied is one change, and it can be taken back as one.
    page.get_by_role("button", name="Take back").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    wait_for(lambda: Task.objects.get(pk=a.pk).constraint == 0, "the plan without the what-if")
    assert not Assignment.objects.filter(program=program).exists()
    page.get_by_role("navigation", name=program.name).get_by_role("link", name="Plan").click()
    page.locator("program-gantt[data-state=ready]").wait_for()
    gantt.wait_for(c.pk, "finish", "16 Jan", seconds=10)
