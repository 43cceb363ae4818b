"""Why a task's dates are what they are: the hand-checked cases A2, A3 and A6 (start Monday 5 January 2026, 8 h a day), chains
across projects and programs, and what a person who does not see all of it gets."""

from datetime import date, datetime
from typing import Any

import pytest

from programs.models import Program
from projects.engine.network import Driver
from projects.models import Project, Task, TaskSchedule
from projects.selectors import paths, reasons
from projects.services import plan_edits
from projects.services.commands import Command, CreateTask, DeleteTask, LinkTasks, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db
D = 480
FS, SS, FF, SF = range(4)


@pytest.fixture
def program() -> Program:
    return plans.program(code="HERE", starts_on=date(2026, 1, 5))


def apply(program: Program, *commands: Command) -> Any:
    return plan_edits.apply(actor=actors.system(), program=program, commands=list(commands))


def add(project: Project, name: str, days: float, *links: tuple[Task, int, float], **fields: Any) -> Task:
    """Add a task that follows others: ``(predecessor, kind, lag in days)``."""
    made = apply(
        project.program, CreateTask(project.pk, name, set={"duration": round(days * D), **fields})
    ).created[0]
    for before, kind, lag in links:
        apply(project.program, LinkTasks(before.pk, made, kind, round(lag * D)))
    return Task.objects.get(pk=made)


def chain(task: Task, actor: Actor | None = None) -> list[tuple[str, Driver]]:
    viewer = actor or plans.member("TPM", task.program)
    return [(step.task.name if step.task else "", step.kind) for step in reasons.why(viewer, task).steps]


def says(task: Task, actor: Actor | None = None) -> str:
    return reasons.why(actor or plans.member("TPM", task.program), task).steps[0].text


def test_lags_and_leads_of_all_kinds_are_named(program: Program) -> None:
    """Cases A2 and A3."""
    project = plans.project(program)
    one = add(project, "1", 5)
    after = add(project, "after", 3, (one, FS, 2))
    lead = add(project, "lead", 2, (one, FS, -2))
    starts = add(project, "starts", 3, (one, SS, 2))
    ends = add(project, "ends", 4, (one, FF, 1))
    backward = add(project, "backward", 2, (starts, SF, 3))
    recompute.drain(program.pk)
    assert chain(after) == [("after", Driver.PREDECESSOR), ("1", Driver.PROJECT_START)]
    assert chain(backward)[:2] == [("backward", Driver.PREDECESSOR), ("starts", Driver.PREDECESSOR)]
    assert TaskSchedule.objects.get(pk=ends.pk).start == datetime(2026, 1, 7, 8)
    assert [says(task).replace("\xa0", " ") for task in (after, lead, starts, ends, backward)] == [
        "It starts 2 d after “1” has finished.",
        "It starts 2 d before “1” finishes.",
        "It starts 2 d after “1” starts.",
        "It finishes 1 d after “1” has finished.",
        "It finishes 3 d after “starts” starts.",
    ]


def test_a_constraint_ends_the_chain_with_its_date(program: Program) -> None:
    """Case A6: start no earlier than Wednesday 14 January."""
    project = plans.project(program)
    one = add(project, "1", 5)
    held = {"constraint": Task.Constraint.SNET, "constraint_at": datetime(2026, 1, 14, 8)}
    two = add(project, "2", 3, (one, FS, 0), **held)
    last = add(project, "last", 1, (two, FS, 0))
    recompute.drain(program.pk)
    assert chain(last) == [("last", Driver.PREDECESSOR), ("2", Driver.CONSTRAINT)]
    assert says(two).replace("\xa0", " ") == "Its own constraint holds it: start no earlier than Wed 14 Jan."


def test_facts_the_data_date_and_as_late_as_possible_are_reasons(program: Program) -> None:
    project = plans.project(program)
    done = add(project, "done", 2)
    long = add(project, "long", 9)
    late = add(project, "late", 2, constraint=Task.Constraint.ALAP)
    end = add(project, "end", 1, (long, FS, 0), (late, FS, 0))
    actual = {
        "actual_start": datetime(2026, 1, 6, 8),
        "actual_finish": datetime(2026, 1, 7, 17),
        "percent_complete": 100.0,
    }
    apply(program, UpdateTask(done.pk, done.version, actual))
    recompute.drain(program.pk)
    assert (
        says(Task.objects.get(pk=done.pk)).replace("\xa0", " ")
        == "It is finished (Wed 7 Jan): its dates are facts."
    )
    assert chain(late) == [("late", Driver.ALAP)]
    step = reasons.why(plans.member("TPM", program), late).steps[0]
    assert step.link is not None and step.link.successor_id == end.pk
    assert "any later and “end” would be late (its latest date is Fri 16 Jan)" in step.text.replace(
        "\xa0", " "
    )
    assert step.start == datetime(2026, 1, 14, 8)


def test_a_summary_is_explained_by_the_child_that_sets_its_finish_and_a_link_of_it_is_named(
    program: Program,
) -> None:
    project = plans.project(program)
    before = add(project, "before", 2)
    summary = add(project, "summary", 1, (before, FS, 0))
    for name, days in (("short", 1), ("long", 4)):
        apply(program, CreateTask(project.pk, name, parent=summary.pk, set={"duration": days * D}))
    recompute.drain(program.pk)
    long = Task.objects.get(name="long")
    expected = [("summary", Driver.CHILDREN), ("long", Driver.PREDECESSOR), ("before", Driver.PROJECT_START)]
    assert chain(summary) == expected
    assert says(long) == "It starts when “before” has finished. The link is one of the summary above it."


def test_a_chain_goes_on_in_another_program(program: Program) -> None:
    other = plans.program(program.portfolio, code="THERE", starts_on=date(2026, 1, 5))
    source = add(plans.project(other), "source", 3)
    recompute.drain(other.pk)
    target = add(plans.project(program), "target", 1, (source, FS, 1))
    recompute.drain(program.pk)
    both = plans.member("PO", program.portfolio)
    assert chain(target, both) == [("target", Driver.BOUNDARY), ("source", Driver.PROJECT_START)]
    assert says(target, both).replace("\xa0", " ") == "It starts 1 d after “source” has finished."
    alone = plans.member("TPM", program)
    assert chain(target, alone) == [("target", Driver.BOUNDARY), ("", Driver.PROJECT_START)]
    assert says(target, alone) == "It waits for a task in another program."


def test_who_does_not_see_the_other_project_learns_neither_name_nor_dates_nor_lag(program: Program) -> None:
    hidden, shown = plans.project(program), plans.project(program)
    first = add(shown, "first", 1)
    secret = add(hidden, "secret", 3, (first, FS, 0))
    target = add(shown, "target", 1, (secret, FS, 2))
    recompute.drain(program.pk)
    viewer = plans.member("PM", shown)
    reason = reasons.why(viewer, target)
    assert [step.task for step in reason.steps] == [target, None], "nor what stands behind it"
    assert reason.steps[0].link is None and reason.steps[0].text == "It waits for a task in another project."
    assert reason.steps[1].start is None and reason.steps[1].total_float is None and not reason.steps[1].text
    [path] = paths.into(viewer, target, count=3).paths
    assert [one.task for one in path.tasks] == [first, None, target]
    assert path.tasks[1].start is None
    assert paths.into(viewer, target).driving == [first.pk, target.pk]


def test_what_was_removed_since_says_so(program: Program) -> None:
    tasks = plans.tasks(plans.project(program), 1, 1)
    plans.chain(tasks)
    recompute.drain(program.pk)
    apply(program, DeleteTask(tasks[0].pk, tasks[0].version))
    assert "was removed" in says(tasks[1])


def test_float_paths_are_ranked_and_all_driving_chains_are_found(program: Program) -> None:
    """1 (5 d) → 2 (5 d) → 6; 3 (3 d) → 4 (4 d) → 6 with 3 d to spare; 5 (9 d) → 6 with 1 d; 7 (10 d) → 6 drives too."""
    project = plans.project(program)
    one, three, five, seven = (
        add(project, name, days) for name, days in (("1", 5), ("3", 3), ("5", 9), ("7", 10))
    )
    two, four = add(project, "2", 5, (one, FS, 0)), add(project, "4", 4, (three, FS, 0))
    end = add(project, "6", 1, *((task, FS, 0) for task in (two, four, five, seven)))
    recompute.drain(program.pk)
    found = paths.into(plans.member("TPM", program), end, count=10)
    assert sorted(found.driving) == sorted(task.pk for task in (one, two, seven, end))
    assert [path.relative_float / D for path in found.paths] == [0, 0, 1, 3]
    assert [[one.task.name for one in path.tasks if one.task] for path in found.paths[2:]] == [
        ["5"],
        ["3", "4"],
    ]
