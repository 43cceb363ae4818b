"""A plan too large for one answer: its rows come by windows while a person already scrolls, filters and edits."""

from collections.abc import Callable

import pytest

from projects.models import Task
from projects.selectors import gantt_windows
from tests.browser.visitors import Gantt, Visitor, computed
from tests.factories import large, plans

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def test_one_scrolls_filters_and_edits_while_rows_are_still_on_their_way(stack: object, visit: Visit) -> None:
    manager = plans.user("Mia Manager")
    portfolio = plans.portfolio()
    program, ids = large.program(portfolio, gantt_windows.MOST_WHOLE + 400, projects=2)
    computed(program)
    plans.grant(manager, "TPM", program)
    mia = visit(manager)
    page = mia.page
    first, last = ids[0], ids[-1]  # the first row of the first project, the last one of the last
    with mia.unanswered("**/plan/data/?*window=1*"):
        mia.open(f"/programs/{program.pk}/plan/")
        page.locator("program-gantt[data-state=ready]").wait_for()
        gantt = Gantt(mia)
        assert gantt.text(first, "name") == "Task 1"
        # The page has its whole length, and where rows are on their way skeletons stand.
        page.evaluate(
            "() => { const g = document.querySelector('program-gantt'); g.scroller.scrollTop = 1e7; }"
        )
        row = gantt.grid.locator(f"[data-task='{last}']")
        row.and_(page.locator("[aria-busy=true]")).wait_for()
        assert gantt.grid.get_attribute("aria-rowcount") == str(len(ids) + 2 + 1)
        # A filter over a part would leave out what matches: it waits, and says so.
        page.locator(".gantt-filter").fill(f"Task {len(ids)}")
        page.get_by_text("The filter waits until the whole plan is here.").locator(
            "visible=true"
        ).first.wait_for()
        assert gantt.grid.get_attribute("aria-rowcount") == str(len(ids) + 2 + 1)
        # What is here can be edited.
        gantt.choose(first, "name")
        page.keyboard.press("F2")
        page.locator(".gantt-editor").fill("Survey")
        page.keyboard.press("Enter")
        page.wait_for_function("() => !document.querySelector('program-gantt').edits.busy")
        assert Task.objects.get(pk=first).name == "Survey"
    page.wait_for_function("() => document.querySelector('program-gantt').loader.isDone")
    gantt.ready()
    gantt.wait_for(last, "name", f"Task {len(ids)}")  # the filter is done now: its project and itself
    assert gantt.grid.get_attribute("aria-rowcount") == "3"
    page.locator(".gantt-filter").fill("")
    gantt.element.evaluate("(gantt, id) => gantt.reveal(id)", first)
    gantt.wait_for(first, "name", "Survey")
