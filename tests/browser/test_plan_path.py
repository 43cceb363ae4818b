"""The driving path to a task: lit from the keyboard, in the address, and left with Escape; the chain and the float paths."""

import pytest

from tests.browser.test_plan import Plan, Visit, _gantt, plan
from tests.browser.visitors import Gantt

__all__ = ["plan"]
pytestmark = pytest.mark.browser
DIM = ".gantt-row.is-dim"


def test_a_path_is_lit_by_a_key_kept_in_the_address_and_left_with_escape(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    gantt, page = _gantt(mia, plan), mia.page
    gantt.choose(plan.c)
    page.keyboard.press("w")
    legend = page.get_by_role("group", name="Driving path", exact=True)
    assert "Driving path to “C”: 3 tasks" in legend.inner_text()
    assert page.locator(DIM).count() == 1 and f"path={plan.c}" in page.url
    mia.screenshot("plan-driving-path")
    assert not mia.axe()

    page.get_by_role("button", name="Only these rows").click()
    page.locator(f'[data-task="{plan.free}"]:visible').wait_for(state="detached")  # drawn with the next frame
    page.keyboard.press("Escape")
    legend.wait_for(state="hidden")
    page.locator(DIM).first.wait_for(state="detached")
    assert "path=" not in page.url

    mia.open(f"{plan.path}?path={plan.b}")
    Gantt(mia).ready()
    assert "Driving path to “B”: 2 tasks" in legend.inner_text()


def test_the_drawer_tells_the_chain_lights_it_and_leads_to_the_float_paths(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    page = mia.page
    mia.open(f"{plan.path}?task={plan.c}")
    Gantt(mia).ready()
    chain = page.locator("#task-drawer .chain")
    chain.first.wait_for()
    assert "B" in chain.inner_text() and "It starts when “A” has finished." in chain.inner_text()
    mia.screenshot("task-why")
    page.get_by_role("link", name="Light the driving path").click()
    page.locator(DIM).wait_for()
    page.locator("#task-drawer").get_by_role("link", name="Float paths").click()
    page.get_by_role("rowheader", name="Path 1: drives the date").wait_for()
    mia.screenshot("float-paths")
    assert not mia.axe()
