"""Edits of a plan: all or nothing, in one revision, with the errors that say what to do."""

from datetime import datetime

import pytest

from programs import policies
from programs.models import RecomputeState
from programs.policies import Role
from projects.models import Dependency, Task, TaskSchedule
from projects.services import plan_edits, projects
from projects.services.commands import (
    Applied,
    Command,
    CreateTask,
    DeleteTask,
    EditRefused,
    LinkTasks,
    MoveTask,
    Relink,
    Unlink,
    UpdateTask,
)
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db


def _apply(task_or_project: object, *commands: Command, actor: Actor | None = None) -> Applied:
    program = task_or_project.program  # type: ignore[attr-defined]
    return plan_edits.apply(actor=actor or actors.system(), program=program, commands=list(commands))


def _codes(*args: object) -> list[str]:
    with pytest.raises(EditRefused) as caught:
        _apply(*args)  # type: ignore[arg-type]
    return [error.code for error in caught.value.errors]


def test_many_edits_make_one_revision() -> None:
    project = plans.project(plans.program())
    a, b = plans.tasks(project, 1, 2)
    before = RecomputeState.objects.get(pk=project.program_id).input_revision
    done = _apply(
        project,
        UpdateTask(a.pk, 1, {"duration": 960}),
        UpdateTask(b.pk, 1, {"name": "B2"}),
        LinkTasks(a.pk, b.pk),
    )
    assert done.revision == before + 1
    assert done.versions == {a.pk: 2, b.pk: 2}
    assert RecomputeState.objects.get(pk=project.program_id).input_revision == before + 1


def test_one_bad_edit_refuses_all() -> None:
    project = plans.project(plans.program())
    a, b = plans.tasks(project, 1, 2)
    assert _codes(
        project, UpdateTask(a.pk, 1, {"duration": 960}), UpdateTask(b.pk, 7, {"duration": 1440})
    ) == ["conflict"]
    assert Task.objects.get(pk=a.pk).duration == 480


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"duration": -1}, None),
        ({"percent_complete": 101}, "percent_complete"),
        ({"constraint": 9}, "constraint"),
    ],
)
def test_values_out_of_range_are_refused(new: dict[str, object], field: str | None) -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    with pytest.raises(EditRefused) as caught:
        _apply(project, UpdateTask(a.pk, 1, new))
    assert [error.code for error in caught.value.errors] == ["invalid"]
    if field:
        assert caught.value.errors[0].field == field


def test_a_field_that_belongs_to_the_engine_can_not_be_set() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    assert (
        _codes(project, UpdateTask(a.pk, 1, {"program_id": 5, "early_start": None})) == ["unknown_field"] * 2
    )


def test_a_circle_is_refused_and_shown() -> None:
    project = plans.project(plans.program())
    a, b, c = plans.tasks(project, 1, 1, 1)
    plans.chain([a, b, c])
    with pytest.raises(EditRefused) as caught:
        _apply(project, LinkTasks(c.pk, a.pk))
    (error,) = caught.value.errors
    assert error.code == "circle"
    assert "“A” → “B” → “C” → “A”" in error.message
    assert Dependency.objects.count() == 2


def test_a_circle_through_summaries_is_refused() -> None:
    project = plans.project(plans.program())
    summary, child, other = plans.tasks(project, 1, 1, 1)
    _apply(project, MoveTask(child.pk, 1, parent=summary.pk), LinkTasks(child.pk, other.pk))
    assert _codes(project, LinkTasks(other.pk, summary.pk)) == ["circle"]
    assert _codes(project, LinkTasks(summary.pk, child.pk)) == ["circle"]


def test_moving_a_task_below_its_successor_closes_a_circle() -> None:
    project = plans.project(plans.program())
    a, b = plans.tasks(project, 1, 1)
    plans.chain([a, b])
    assert _codes(project, MoveTask(a.pk, 1, parent=b.pk)) == ["circle"]
    assert Task.objects.get(pk=a.pk).parent_id is None


def test_a_circle_across_programs_is_refused_and_hides_what_the_actor_can_not_see() -> None:
    portfolio = plans.portfolio()
    here, there = plans.project(plans.program(portfolio)), plans.project(plans.program(portfolio))
    (a,), (secret,), (b,) = plans.tasks(here, 1), plans.tasks(there, 1), plans.tasks(here, 1)
    system = actors.system()
    plan_edits.apply(actor=system, program=here.program, commands=[LinkTasks(a.pk, secret.pk)])
    plan_edits.apply(actor=system, program=there.program, commands=[LinkTasks(secret.pk, b.pk)])
    with pytest.raises(EditRefused) as caught:
        _apply(here, LinkTasks(b.pk, a.pk), actor=plans.member(Role.TPM, here.program))
    assert "a task you can not see" in caught.value.errors[0].message
    assert secret.name not in caught.value.errors[0].message.replace("“A”", "")


def test_a_link_to_another_program_gives_both_a_revision() -> None:
    portfolio = plans.portfolio()
    here, there = plans.project(plans.program(portfolio)), plans.project(plans.program(portfolio))
    (a,), (b,) = plans.tasks(here, 1), plans.tasks(there, 1)
    before = {s.pk: s.input_revision for s in RecomputeState.objects.all()}
    plan_edits.apply(actor=actors.system(), program=here.program, commands=[LinkTasks(a.pk, b.pk)])
    after = {s.pk: s.input_revision for s in RecomputeState.objects.all()}
    assert after == {pk: revision + 1 for pk, revision in before.items()}


def test_a_task_that_the_actor_can_not_see_does_not_exist() -> None:
    portfolio = plans.portfolio()
    here, there = plans.project(plans.program(portfolio)), plans.project(plans.program(portfolio))
    (a,), (b,) = plans.tasks(here, 1), plans.tasks(there, 1)
    actor = plans.member(Role.TPM, here.program)
    for command in (LinkTasks(b.pk, a.pk), UpdateTask(b.pk, 1, {"name": "x"}), DeleteTask(b.pk, 1)):
        with pytest.raises(EditRefused) as caught:
            _apply(here, command, actor=actor)
        assert [error.code for error in caught.value.errors] == ["not_found"]


def test_contributors_report_progress_but_do_not_plan() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    actor = plans.member(Role.CO, project)
    _apply(project, UpdateTask(a.pk, 1, {"percent_complete": 50.0}), actor=actor)
    with pytest.raises(policies.NotAllowed):
        _apply(project, UpdateTask(a.pk, 2, {"duration": 960}), actor=actor)


def test_a_project_manager_edits_the_own_project_only() -> None:
    program = plans.program()
    mine, other = plans.project(program), plans.project(program)
    (a,), (b,) = plans.tasks(mine, 1), plans.tasks(other, 1)
    actor = plans.member(Role.PM, mine)
    _apply(mine, UpdateTask(a.pk, 1, {"duration": 960}), actor=actor)
    with pytest.raises(EditRefused):
        _apply(mine, UpdateTask(b.pk, 1, {"duration": 960}), actor=actor)


def test_progress_implies_the_dates_that_the_schedule_says() -> None:
    project = plans.project(plans.program())
    a, b = plans.tasks(project, 2, 3)
    plans.chain([a, b])
    recompute.drain(project.program_id)
    _apply(project, UpdateTask(b.pk, 1, {"percent_complete": 100.0}))
    b.refresh_from_db()
    # Two days from Monday 5 January, then three: Wednesday 08:00 to Friday 17:00.
    assert (b.actual_start, b.actual_finish) == (datetime(2026, 1, 7, 8), datetime(2026, 1, 9, 17))
    _apply(project, UpdateTask(b.pk, 2, {"percent_complete": 40.0}))
    b.refresh_from_db()
    assert (b.actual_start, b.actual_finish) == (datetime(2026, 1, 7, 8), None)
    _apply(project, UpdateTask(b.pk, 3, {"percent_complete": 0.0}))
    b.refresh_from_db()
    assert b.actual_start is None


def test_actual_dates_that_contradict_each_other_are_refused() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 2)
    dates = {"actual_start": datetime(2026, 1, 9, 8), "actual_finish": datetime(2026, 1, 7, 17)}
    with pytest.raises(EditRefused) as caught:
        _apply(project, UpdateTask(a.pk, 1, dates))
    assert caught.value.errors[0].field == "actual_finish"


def test_rows_are_placed_between_their_neighbours_however_often() -> None:
    project = plans.project(plans.program())
    a, _b = plans.tasks(project, 1, 1)
    made = [
        _apply(project, CreateTask(project=project.pk, name=f"N{i}", after=a.pk)).created[0]
        for i in range(15)
    ]
    names = list(Task.objects.filter(project=project).order_by("position").values_list("name", flat=True))
    assert names == ["A", *(f"N{i}" for i in reversed(range(15))), "B"]
    assert len(made) == len(set(made))


def test_a_link_is_changed_and_removed_at_its_version() -> None:
    project = plans.project(plans.program())
    a, b = plans.tasks(project, 1, 1)
    done = _apply(project, LinkTasks(a.pk, b.pk))
    (link,) = done.created_links.values()
    _apply(project, Relink(link, 1, {"lag": 960, "kind": 1}))
    assert _codes(project, Unlink(link, 1)) == ["conflict"]
    _apply(project, Unlink(link, 2))
    assert not Dependency.objects.exists()


def test_the_same_two_tasks_are_linked_once() -> None:
    project = plans.project(plans.program())
    a, b = plans.tasks(project, 1, 1)
    plans.chain([a, b])
    assert _codes(project, LinkTasks(a.pk, b.pk)) == ["invalid"]
    assert _codes(project, LinkTasks(a.pk, a.pk)) == ["invalid"]


def test_later_edits_name_what_earlier_ones_of_the_list_make_by_minus_its_number() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    done = _apply(
        project,
        CreateTask(project=project.pk, name="Phase"),
        CreateTask(project=project.pk, name="Step", parent=-1),
        LinkTasks(pred=a.pk, succ=-2),
        Relink(link=-3, version=1, set={"lag": 60}),
        UpdateTask(task=-2, version=1, set={"duration": 960}),
        LinkTasks(pred=-2, succ=a.pk),
        Unlink(link=-6, version=1),
    )
    step = Task.objects.get(pk=done.created[1])
    assert (step.parent_id, step.duration) == (done.created[0], 960)
    assert [(link.successor_id, link.lag) for link in Dependency.objects.all()] == [(step.pk, 60)]


def test_an_edit_that_made_no_task_can_not_be_named_as_one() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    assert _codes(
        project, UpdateTask(a.pk, 1, {"duration": 960}), UpdateTask(task=-1, version=1, set={"duration": 960})
    ) == ["not_found"]


def test_what_was_made_and_deleted_in_one_list_leaves_nothing() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    _apply(
        project,
        CreateTask(project=project.pk, name="Step"),
        LinkTasks(pred=a.pk, succ=-1),
        DeleteTask(task=-1, version=1),
    )
    assert (Task.objects.count(), Dependency.objects.count()) == (1, 0)


def test_what_waited_for_a_deleted_task_of_another_program_is_computed_again() -> None:
    """The link goes with its predecessor; dates that stood because of it may not look current."""
    portfolio = plans.portfolio()
    first, second = plans.program(portfolio), plans.program(portfolio)
    giver, taker = plans.project(first), plans.project(second)
    deep, other = plans.tasks(giver, 10, 10)
    above = _apply(giver, CreateTask(giver.pk, "Summary")).created[0]
    (waits,) = plans.tasks(taker, 2)
    for gone in (deep, other):
        _apply(taker, LinkTasks(gone.pk, waits.pk))
    _apply(giver, MoveTask(deep.pk, Task.objects.get(pk=deep.pk).version, above, None))
    for program in (first, second):
        recompute.drain(program.pk)

    def revision() -> int:
        return RecomputeState.objects.get(pk=second.pk).input_revision

    before = revision()
    _apply(giver, DeleteTask(above, Task.objects.get(pk=above).version))
    assert revision() == before + 1
    assert [link.predecessor_id for link in Dependency.objects.filter(successor=waits)] == [other.pk]
    projects.delete(actor=actors.system(), project=giver)
    assert revision() == before + 2
    recompute.drain(second.pk)
    assert TaskSchedule.objects.get(pk=waits.pk).start == datetime(2026, 1, 5, 8)
