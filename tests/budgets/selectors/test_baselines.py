"""Two plans compared: a hand-made case, and sums that are those of the rows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.models import CostLine
from budgets.selectors import baselines
from budgets.selectors.baselines import KINDS, Comparison, Row
from budgets.services import baselines as taking
from budgets.services import cost_lines
from programs.models import Program
from projects.models import Task
from projects.services import plan_edits, projects
from projects.services.commands import Command, CreateTask, DeleteTask, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
D = 480


def edit(program: Program, *commands: Command) -> None:
    plan_edits.apply(actor=SYSTEM, program=program, commands=list(commands))


def update(task: Task, **values: Any) -> UpdateTask:
    return UpdateTask(task.pk, Task.objects.get(pk=task.pk).version, values)


def cost(task: Task, amount: int) -> CostLine:
    values = {"name": "Work", "amount": Decimal(amount)}
    return cost_lines.create(actor=SYSTEM, program=task.program, task=task, **values)


@pytest.fixture
def program() -> Program:
    """From Monday 5 January 2026: A (2 d, 1,000) before B (3 d, 500); C (1 d). Then A takes 4 d, B costs 700, C goes, D comes."""
    made = plans.program(starts_on=date(2026, 1, 5))
    project = plans.project(made, name="Network")
    a, b, c = plans.tasks(project, 2, 3, 1)
    plans.chain([a, b])
    cost(a, 1000)
    cost(b, 500)
    recompute.drain(made.pk)
    taking.take(actor=SYSTEM, program=made, name="Agreed")
    edit(
        made,
        update(a, duration=4 * D),
        DeleteTask(c.pk, c.version),
        CreateTask(project.pk, "D", set={"duration": D}),
    )
    cost(b, 200)
    recompute.drain(made.pk)
    return made


def compared(program: Program, actor: Any = SYSTEM) -> tuple[Comparison, dict[str, Row]]:
    found = baselines.compare(actor, program, program.baselines.get(), None)
    return found, {row.name: row for row in found.rows(most=None)[0]}


def test_the_hand_made_case_says_what_was_added_removed_moved_re_estimated_and_re_costed(
    program: Program,
) -> None:
    found, rows = compared(program)
    assert {name: row.kinds for name, row in rows.items()} == {
        "A": ("moved", "re_estimated"),
        "B": ("moved", "re_costed"),
        "C": ("removed",),
        "D": ("added",),
    }
    a, b = rows["A"], rows["B"]
    # A: Tue 6 → Thu 8 January. B: Fri 9 → Tue 13 January, over a weekend.
    assert (a.start_minutes, a.finish_minutes, a.finish_days, a.duration_delta) == (0, 2 * D, 2, 2 * D)
    assert (b.start_minutes, b.finish_minutes, b.finish_days, b.duration_delta) == (2 * D, 2 * D, 4, 0)
    assert b.before and b.after and b.after.finish == datetime(2026, 1, 13, 17)
    assert (b.before.cost, b.after.cost, b.cost_delta) == (Decimal(500), Decimal(700), Decimal(200))
    total = found.total
    assert total.counts == {"added": 1, "removed": 1, "moved": 2, "re_estimated": 1, "re_costed": 1}
    assert (total.changed, total.finish_minutes, total.cost_delta) == (4, 2 * D, Decimal(200))


def test_a_deleted_task_is_removed_under_its_name_and_is_no_longer_there(program: Program) -> None:
    gone = compared(program)[1]["C"]
    assert (gone.exists, gone.after, gone.project.name) == (False, None, "Network")
    assert gone.before and gone.before.start == datetime(2026, 1, 5, 8)


def test_the_other_way_round_added_and_removed_change_places(program: Program) -> None:
    turned = baselines.compare(SYSTEM, program, None, program.baselines.get())
    rows = {row.name: row for row in turned.rows()[0]}
    assert (rows["C"].kinds, rows["D"].kinds, rows["B"].finish_minutes) == (("added",), ("removed",), -2 * D)
    assert turned.total.cost_delta == Decimal(-200)


def test_a_baseline_equals_the_plan_it_was_taken_of(program: Program) -> None:
    again = taking.take(actor=SYSTEM, program=program, name="Again", refer=False)
    assert baselines.compare(SYSTEM, program, again, None).rows() == ([], "")
    assert baselines.compare(SYSTEM, program, again, again).total.changed == 0


def test_a_deleted_project_keeps_its_name(program: Program) -> None:
    other = plans.project(program, name="Cabling")
    plans.tasks(other, 1)
    recompute.drain(program.pk)
    second = taking.take(actor=SYSTEM, program=program, name="With cabling")
    projects.delete(actor=SYSTEM, project=other)
    recompute.drain(program.pk)
    found = baselines.compare(SYSTEM, program, second, None)
    [line] = found.projects
    assert line.project and (line.project.name, line.project.exists) == ("Cabling", False)
    assert (line.counts["removed"], line.finish_after) == (1, None)


def test_who_reads_no_money_gets_no_amounts_and_who_reads_one_project_gets_no_other(program: Program) -> None:
    hidden = plans.project(program, name="Hidden")
    plans.tasks(hidden, 7)
    recompute.drain(program.pk)
    found, rows = compared(program, plans.member("CO", program))
    assert (found.reads_cost, found.total.cost_after, rows["B"].kinds) == (False, None, ("moved",))
    narrow, seen = compared(program, plans.member("PM", Task.objects.get(name="B").project))
    assert {row.project.name for row in seen.values()} == {"Network"}
    assert narrow.total.counts["added"] == 1
    assert rows["B"].after and rows["B"].after.cost is None


acts = st.sampled_from(["keep", "delete", "longer", "dearer", "both"])


@settings(max_examples=4)
@given(st.lists(st.tuples(st.integers(0, 1), acts), min_size=3, max_size=9), st.integers(0, 2))
def test_totals_are_the_sums_of_the_rows_page_by_page(plan: list[tuple[int, str]], new: int) -> None:
    made = plans.program()
    parts = [plans.project(made), plans.project(made)]
    tasks = [(plans.tasks(parts[which], 2)[0], act) for which, act in plan]
    for number, (task, _act) in enumerate(tasks):
        cost(task, 100 + number)
    recompute.drain(made.pk)
    before = taking.take(actor=SYSTEM, program=made, name="Before")
    for task, act in tasks:
        if act in ("longer", "both"):
            edit(made, update(task, duration=5 * D))
        if act in ("dearer", "both"):
            cost(task, 7)
        if act == "delete":
            edit(made, DeleteTask(task.pk, task.version))
    plans.tasks(parts[0], *[1] * new)
    recompute.drain(made.pk)
    found = baselines.compare(SYSTEM, made, before, None)
    rows, key = found.rows(most=2)
    while key:
        more, key = found.rows(most=2, after=key)
        rows += more
    assert [row.task_id for row in rows] == [row.task_id for row in found.rows(most=None)[0]]
    assert len(rows) == found.total.changed == sum(part.changed for part in found.projects)
    for kind in KINDS:
        counted = sum(kind in row.kinds for row in rows)
        assert counted == found.total.counts[kind] == sum(part.counts[kind] for part in found.projects)
        assert counted == len(found.rows(kind=kind, most=None)[0])
    assert found.total.cost_delta == sum((row.cost_delta or Decimal(0) for row in rows), Decimal(0))
