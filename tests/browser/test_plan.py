"""The plan page, as a technical program manager works on it: edits show at once, what follows from them comes by itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from budgets.services import baselines
from programs.models import Program
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.browser.visitors import Gantt, Visitor, computed
from tests.factories import plans
from tests.stack import busy
from tpm.accounts import actors
from tpm.accounts.models import User

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


@dataclass
class Plan:
    """Tasks A (5 d), B (3 d) and C (2 d) in a chain from Monday 5 January 2026, agreed as baseline."""

    manager: User
    program: Program
    a: int
    b: int
    c: int
    free: int

    @property
    def path(self) -> str:
        return f"/programs/{self.program.pk}/plan/"


@pytest.fixture
def plan(stack: object) -> Plan:
    program = plans.program()
    project = plans.project(program)
    a, b, c, free = plans.tasks(project, 5, 3, 2, 4)
    plans.chain([a, b, c])
    computed(program)
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    computed(program)
    manager = plans.user("Mia Manager")
    plans.grant(manager, "TPM", program)
    return Plan(manager, program, a.pk, b.pk, c.pk, free.pk)


def _gantt(visitor: Visitor, plan: Plan) -> Gantt:
    visitor.open(plan.path)
    visitor.live()
    return Gantt(visitor).ready()


def test_a_manager_signs_in_drags_a_bar_and_sees_what_follows_without_a_reload(
    visit: Visit, plan: Plan
) -> None:
    mia = visit()
    mia.sign_in(plan.manager)
    page = mia.page
    page.get_by_role("link", name="Portfolios").first.click()
    page.get_by_role("main").get_by_role("link", name=plan.program.portfolio.name).click()
    page.get_by_role("main").get_by_role("link", name=plan.program.name).click()
    page.get_by_role("navigation", name=plan.program.name).get_by_role("link", name="Plan").click()
    gantt = Gantt(mia).ready()
    mia.live()
    page.evaluate("() => { window.sameDocument = true; }")
    # By the calendar: A fills the week of 5 January, B ends Wednesday 14th, C Friday 16th.
    assert gantt.text(plan.c, "finish").startswith("16 Jan")
    before = gantt.computed()

    begun = time.perf_counter()
    with mia.unanswered("**/plan/edits/"):
        gantt.drag_bar(plan.a, 7)
        gantt.wait_for(plan.a, "start", "12 Jan")  # at once, before any answer
    gantt.wait_computed(before)
    gantt.wait_for(plan.c, "finish", "23 Jan")
    took = time.perf_counter() - begun
    print(f"\nfrom the release of the mouse to the successors' new dates: {took * 1000:.0f} ms")
    assert took < 5 * busy()
    assert "5" in gantt.text(plan.c, "slippage")
    assert page.locator("revision-badge .revision-text").inner_text().endswith(f"revision {gantt.computed()}")
    assert page.evaluate("() => window.sameDocument")


def test_the_right_edge_of_a_bar_drags_its_duration(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    gantt = _gantt(mia, plan)
    before = gantt.computed()
    # From Friday 9 to Tuesday 13 January: two working days more.
    with mia.unanswered("**/plan/edits/"):
        gantt.drag_bar(plan.a, 4, edge="finish")
        gantt.wait_for(plan.a, "duration", "7 d")
    gantt.wait_computed(before)
    gantt.wait_for(plan.c, "finish", "20 Jan")


def test_the_same_by_keyboard_and_ctrl_z_brings_it_back(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    gantt = _gantt(mia, plan)
    before = gantt.computed()
    gantt.choose(plan.a)
    for _ in range(5):
        mia.page.keyboard.press("Alt+ArrowRight")
    with mia.unanswered("**/plan/edits/"):
        mia.page.keyboard.press("Enter")
        gantt.wait_for(plan.a, "start", "12 Jan")
    after = gantt.wait_computed(before)
    gantt.wait_for(plan.c, "finish", "23 Jan")
    mia.page.keyboard.press("Control+z")
    gantt.wait_computed(after)
    gantt.wait_for(plan.a, "start", "5 Jan")
    gantt.wait_for(plan.c, "finish", "16 Jan")


def test_a_second_window_sees_the_edit_of_the_first_without_touching_anything(
    visit: Visit, plan: Plan
) -> None:
    viewer = plans.user("Wim Watcher")
    plans.grant(viewer, "PM", plan.program)
    hers = _gantt(visit(plan.manager), plan)
    his = _gantt(visit(viewer), plan)
    before = his.computed()
    hers.drag_bar(plan.a, 7)
    begun = time.perf_counter()
    his.wait_computed(before)
    his.wait_for(plan.c, "finish", "23 Jan")
    took = time.perf_counter() - begun
    print(f"\nfrom one person's edit to the other's screen: {took * 1000:.0f} ms")
    assert took < 5 * busy()
    hers.wait_computed(before)
    assert his.computed() == hers.computed()


def test_the_slower_of_two_edits_of_a_cell_is_asked_and_nothing_is_lost(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    mia.forgive(r"status 409: POST .*/plan/edits/")
    gantt = _gantt(mia, plan)
    gantt.choose(plan.free, "duration")
    mia.page.keyboard.press("F2")
    field = mia.page.locator(".gantt-editor")
    field.fill("9 d")
    task = Task.objects.get(pk=plan.free)
    plan_edits.apply(
        actor=actors.system(),
        program=plan.program,
        commands=[UpdateTask(task.pk, task.version, {"duration": 6 * 480})],
    )
    field.press("Enter")
    dialog = mia.page.get_by_role("dialog")
    dialog.wait_for()
    assert "9 d" in dialog.inner_text()
    assert "6 d" in dialog.inner_text()
    dialog.locator("button[value=mine]").click()
    gantt.wait_for(plan.free, "duration", "9 d")
    gantt.ready()
    assert Task.objects.get(pk=plan.free).duration == 9 * 480


def test_name_and_duration_are_edited_in_their_cells(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    gantt = _gantt(mia, plan)
    before = gantt.computed()
    gantt.choose(plan.a)
    mia.page.keyboard.press("F2")
    field = mia.page.locator(".gantt-editor")
    field.fill("Agree the interfaces")
    field.press("Tab")
    mia.page.locator(".gantt-editor").fill("10 d")
    mia.page.keyboard.press("Enter")
    gantt.wait_for(plan.a, "name", "Agree the interfaces")
    gantt.wait_computed(before)
    gantt.wait_for(plan.c, "finish", "23 Jan")
    task = Task.objects.get(pk=plan.a)
    assert (task.name, task.duration) == ("Agree the interfaces", 4800)


def test_a_link_is_made_by_keyboard_and_a_circle_is_refused_in_words(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager)
    page = mia.page
    gantt = _gantt(mia, plan)
    before = gantt.computed()
    gantt.choose(plan.c)
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    gantt.wait_computed(before)
    gantt.wait_for(plan.free, "start", "19 Jan")  # after C, which ends Friday 16 January

    # Back from the last task to the first: typed, so that the server is the one who refuses.
    mia.forgive(r"status 4\d\d: POST .*/plan/edits/")
    gantt.choose(plan.a, "predecessors")
    page.keyboard.press("F2")
    page.locator(".gantt-editor").fill(gantt.text(plan.free, "wbs"))
    page.keyboard.press("Enter")
    message = page.locator("toast-region")
    message.get_by_text("circle").wait_for()
    said = message.inner_text()
    assert all(name in said for name in ("A", "B", "C", "D"))
    gantt.ready()
    assert gantt.text(plan.a, "predecessors") == ""
