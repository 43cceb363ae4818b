"""What a person sees while the worker or the web server is away, and when they are back."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.browser.test_plan import Plan, plan
from tests.browser.visitors import Gantt, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
Pause = Callable[[], AbstractContextManager[None]]
__all__ = ["plan"]


def test_while_no_worker_runs_the_page_says_so_and_keeps_the_old_figure(
    visit: Visit, plan: Plan, pause: Pause
) -> None:
    mia = visit(plan.manager)
    page = mia.open(plan.path)
    mia.live()
    gantt = Gantt(mia).ready()
    before = gantt.computed()
    with pause():
        gantt.drag_bar(plan.a, 7)
        gantt.wait_for(plan.a, "start", "12 Jan")
        gantt.element.get_by_text("recomputing").first.wait_for()
        page.locator("revision-badge").get_by_text("behind").wait_for()
        assert gantt.text(plan.c, "finish").startswith("16 Jan")  # the old figure, not a blank
        assert gantt.grid.locator(f"[data-task='{plan.c}'] [data-key='finish'].is-waiting").count() == 1
    gantt.wait_computed(before)
    gantt.wait_for(plan.c, "finish", "23 Jan")
    assert gantt.grid.locator(".is-waiting").count() == 0
    page.locator("revision-badge").get_by_text("computed at revision").wait_for()


def test_a_page_cut_off_says_so_and_catches_up_when_the_line_is_back(visit: Visit, plan: Plan) -> None:
    mia, away = visit(plan.manager), visit(plan.manager)
    mia.open(plan.path)
    mia.live()
    gantt = Gantt(mia).ready()
    away.open(plan.path)
    far = Gantt(away).ready()
    away.live()
    before = far.computed()

    away.forgive(r"request failed: .* net::ERR_INTERNET_DISCONNECTED")
    away.forgive(r"htmx:error: Failed to fetch")
    away.context.set_offline(True)
    # An open stream survives the emulation of Chromium: what a person meets is the event of the system.
    away.page.locator("live-indicator:not([state=live])").wait_for()
    gantt.drag_bar(plan.a, 7)
    gantt.wait_computed(before)
    away.context.set_offline(False)
    away.live()
    far.wait_computed(before)
    far.wait_for(plan.c, "finish", "23 Jan")
