"""The drawer of a task: two people at once, why this date, progress, history."""

import re
from collections.abc import Callable

import pytest

from projects.models import Task
from tests.browser.test_plan import Plan, plan
from tests.browser.visitors import Gantt, Visitor
from tests.factories import plans

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
__all__ = ["plan"]


def _open(visitor: Visitor, plan: Plan, task: int) -> None:
    visitor.open(f"{plan.path}?task={task}")
    visitor.live()
    visitor.page.locator("#task-drawer").wait_for()


def test_of_two_people_in_one_drawer_the_second_chooses_and_nothing_is_lost(visit: Visit, plan: Plan) -> None:
    other = plans.user("Olga Other")
    plans.grant(other, "TPM", plan.program)
    mia, olga = visit(plan.manager), visit(other)
    olga.forgive(r"status 422: POST .*/edit/")
    _open(mia, plan, plan.free)
    _open(olga, plan, plan.free)
    # Olga has typed and not left the field when Mia saves.
    olga.page.locator("#task-drawer [name=task-name]").fill("Olga's name")
    name = mia.page.locator("#task-drawer [name=task-name]")
    name.fill("Mia's name")
    name.press("Enter")
    mia.toast("Saved").wait_for()
    olga.page.locator("#task-drawer [name=task-name]").press("Enter")
    drawer = olga.page.locator("#task-drawer")
    drawer.get_by_text("it is now: Mia's name").wait_for()
    assert drawer.locator("[name=task-name]").input_value() == "Olga's name"
    assert Task.objects.get(pk=plan.free).name == "Mia's name"
    drawer.get_by_role("button", name="Keep mine").click()
    olga.toast("Saved").wait_for()
    assert Task.objects.get(pk=plan.free).name == "Olga's name"
    # Mia's cursor stands in the field still: her drawer follows when she leaves it.
    mia.page.evaluate("() => document.activeElement.blur()")
    mia.page.locator("side-drawer h2", has_text="Olga's name").wait_for()


def test_the_drawer_says_why_takes_progress_and_shows_the_history(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    page = mia.open(plan.path)
    mia.live()
    gantt = Gantt(mia).ready()
    gantt.choose(plan.b)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    drawer = page.locator("#task-drawer")
    drawer.wait_for()
    assert f"task={plan.b}" in page.url
    assert "It starts when “A” has finished." in drawer.inner_text()
    assert drawer.locator(".chain").get_by_role("link", name="A", exact=True).is_visible()

    before = gantt.computed()
    percent = drawer.locator("[name=progress-percent_complete]")
    percent.fill("50")
    percent.press("Enter")
    mia.toast("Saved").wait_for()
    gantt.wait_computed(before)
    gantt.wait_for(plan.b, "percent", "50")

    duration = drawer.locator("[name=task-duration]")
    duration.fill("6 d")
    duration.press("Enter")
    line = page.locator(".timeline .act").first
    line.get_by_text(re.compile(r"duration:.*3\sd.*6\sd", re.S | re.I)).wait_for()
    assert "Mia Manager" in line.inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    assert "task=" not in page.url
