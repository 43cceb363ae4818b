"""The plan's heavier hands: many tasks at once, every edit taken back, files, what the baseline lost, fingers, two people in one form."""

import re
from collections.abc import Callable

import pytest

from programs.models import Program
from programs.services import resources
from projects.models import Assignment, Dependency, Task
from tests.browser.test_plan import Plan, _gantt, plan
from tests.browser.visitors import Visitor
from tests.stack import wait_for
from tpm.accounts import actors
from tpm.activity.models import ChangeSet

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
__all__ = ["plan"]


def _state(plan: Plan) -> list[tuple[object, ...]]:
    names = ("pk", "parent_id", "duration", "responsible", "percent_complete", "constraint")
    return [
        *Task.objects.filter(program=plan.program).order_by("pk").values_list(*names),
        *Dependency.objects.filter(program=plan.program).order_by("pk").values_list("predecessor_id", "kind"),
        *Assignment.objects.filter(program=plan.program).values_list("resource__name", "units"),
    ]


def test_all_kinds_of_edits_by_keyboard_are_one_change_each_and_undone_one_by_one(
    visit: Visit, plan: Plan
) -> None:
    for name in ("Ann", "Ben"):
        resources.create(
            actor=actors.system(), program=plan.program, portfolio=plan.program.portfolio, name=name
        )
    mia = visit(plan.manager)
    keys = mia.page.keyboard
    gantt = _gantt(mia, plan)
    first = _state(plan)
    changes = ChangeSet.objects.filter(revisions__program_id=plan.program.pk)
    known = changes.count()
    before = gantt.computed()

    # Three tasks, two fields, one dialog.
    gantt.choose(plan.a)
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    keys.press("e")
    dialog = mia.page.get_by_role("dialog")
    dialog.get_by_label("Duration").last.fill("4 d")
    dialog.get_by_label("Owner").last.fill("Ada")
    dialog.get_by_role("button", name="Apply").click()
    mia.toast("Changed 3 tasks.").wait_for()
    before = gantt.wait_computed(before)
    assert set(
        Task.objects.filter(pk__in=[plan.a, plan.b, plan.c]).values_list("duration", "responsible")
    ) == {(1920, "Ada")}
    assert changes.count() == known + 1

    # The cells that are not one plain value: people, and a constraint with its day.
    gantt.choose(plan.b, "who")
    keys.press("F2")
    mia.page.locator(".gantt-editor").fill("ann, Ben 50 %")
    keys.press("Enter")
    wait_for(lambda: Assignment.objects.filter(task=plan.b).count() == 2, "both people")
    gantt.ready()
    gantt.element.evaluate(
        "(g) => { g.prefs.set('columns', ['name', 'constraint', 'finish']); g.showColumns(); }"
    )
    gantt.choose(plan.b, "constraint")
    keys.press("F2")
    mia.page.locator("select.gantt-editor").select_option("4")
    mia.page.locator("input.gantt-editor").fill("2026-02-02")
    keys.press("Enter")
    wait_for(lambda: Task.objects.get(pk=plan.b).constraint == 4, "the constraint")
    gantt.ready()
    # Outline, progress, link.
    gantt.choose(plan.free)
    keys.press("Alt+Shift+ArrowRight")
    wait_for(lambda: Task.objects.get(pk=plan.free).parent_id == plan.c, "the indent")
    gantt.ready()
    gantt.choose(plan.a)
    keys.press("]")
    keys.press("Enter")
    wait_for(lambda: Task.objects.get(pk=plan.a).percent_complete == 5, "the progress")
    gantt.ready()
    keys.press("Escape")
    keys.press("l")
    for _ in range(3):
        keys.press("ArrowDown")
    keys.press("Enter")
    wait_for(lambda: Dependency.objects.filter(predecessor=plan.a, successor=plan.free).exists(), "the link")
    gantt.ready()
    last = _state(plan)
    assert changes.count() == known + 6

    gantt.choose(plan.a)
    for _ in range(6):
        keys.press("Control+z")
    wait_for(lambda: _state(plan) == first, "everything as it was")
    gantt.ready()
    for _ in range(6):
        keys.press("Control+y")
    wait_for(lambda: _state(plan)[0] == last[0] and len(_state(plan)) == len(last), "everything done again")
    gantt.ready()


def test_what_the_baseline_lost_stays_in_sight_and_goes_into_the_file(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager, accept_downloads=True)
    gantt = _gantt(mia, plan)
    gantt.choose(plan.b)
    mia.page.keyboard.press("Delete")
    gone = gantt.grid.locator(".gantt-row.is-gone")
    gone.get_by_text("no longer in the plan").wait_for()
    gantt.ready()
    assert mia.axe() == []
    mia.screenshot("plan-lost-row")
    mia.page.keyboard.press("x")
    dialog = mia.page.get_by_role("dialog")
    assert mia.axe() == []
    with mia.page.expect_download() as made:
        dialog.get_by_role("button", name="Export").click()
    assert made.value.suggested_filename.endswith(f"-plan-rev-{gantt.computed()}.pdf")
    assert made.value.path().read_bytes().startswith(b"%PDF")
    mia.toast("Deleted B.").locator("..").get_by_role("button", name="Undo").click()
    gone.wait_for(state="detached")


def test_a_finger_chooses_a_bar_then_drags_it(visit: Visit, plan: Plan) -> None:
    mia = visit(plan.manager, has_touch=True, viewport={"width": 820, "height": 1180})
    gantt = _gantt(mia, plan)
    before = gantt.computed()
    box = gantt.bar(plan.a)
    x, y = box["left"] + box["width"] / 2, box["top"] + box["height"] / 2
    mia.page.touchscreen.tap(x, y)
    gantt.element.get_by_text("Drag the bar").wait_for()
    fingers = mia.context.new_cdp_session(mia.page)
    for step in range(6):
        kind = "touchMove" if step else "touchStart"
        point = {"x": x + step * 7 * gantt.px_per_day() / 5, "y": y}
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    gantt.wait_computed(before)
    gantt.wait_for(plan.a, "finish", "16 Jan")


def test_of_two_people_in_one_form_the_slower_loses_nothing(visit: Visit, plan: Plan) -> None:
    page = f"/programs/{plan.program.pk}/settings/"
    mia, olga = visit(plan.manager), visit(plan.manager)
    olga.forgive(rf"status 409: POST .*{page}")
    for visitor in (mia, olga):
        visitor.open(page)
    name, text = "main [name=name]", "main [name=description]"
    olga.page.locator(name).fill("Olga's name")
    olga.page.locator(text).fill("Olga's words")
    mia.page.locator(name).fill("Mia's name")
    save = re.compile("^Save")
    mia.page.get_by_role("button", name=save).first.click()
    mia.toast("Saved").wait_for()
    olga.page.get_by_role("button", name=save).first.click()
    dialog = olga.page.get_by_role("dialog")
    dialog.get_by_text("Mia's name").wait_for()
    assert "Olga's words" not in dialog.inner_text()  # nobody else touched it
    assert olga.axe() == []
    dialog.get_by_label("Mia's name").check()
    dialog.get_by_role("button", name="Save as chosen").click()
    olga.toast("Saved").wait_for()
    program = Program.objects.get(pk=plan.program.pk)
    assert (program.name, program.description) == ("Mia's name", "Olga's words")
