"""Undo: a change set is taken back as a whole, or not at all."""

import pytest

from budgets.models import CostLine
from budgets.services import cost_lines
from programs.models import Program
from projects.models import Dependency, Task
from projects.services import plan_edits
from projects.services.commands import (
    Applied,
    Command,
    CreateTask,
    DeleteTask,
    EditRefused,
    LinkTasks,
    MoveTask,
    Revert,
    UpdateTask,
)
from tests.factories import plans
from tpm.accounts import actors
from tpm.activity.models import Versioned

pytestmark = pytest.mark.django_db


def _apply(program: Program, *commands: Command) -> Applied:
    return plan_edits.apply(actor=actors.system(), program=program, commands=list(commands))


def _state(program: Program) -> dict[str, list[dict[str, object]]]:
    def rows(model: type[Versioned]) -> list[dict[str, object]]:
        return [
            {k: v for k, v in row.items() if k != "version"}
            for row in model._base_manager.filter(program_id=program.pk).order_by("pk").values()
        ]

    return {model.__name__: rows(model) for model in (Task, Dependency, CostLine)}


def test_undo_of_every_kind_of_edit_restores_the_rows_and_redo_the_edit() -> None:
    project = plans.project(plans.program())
    program = project.program
    a, b, c = plans.tasks(project, 1, 2, 3)
    plans.chain([a, b])
    cost_lines.create(actor=actors.system(), program=program, task=b, name="Work", amount=100)
    for commands in (
        [UpdateTask(a.pk, 1, {"duration": 960, "name": "Renamed"})],
        [CreateTask(project=project.pk, name="D", after=a.pk)],
        [LinkTasks(pred=b.pk, succ=c.pk, lag=480)],
        [MoveTask(c.pk, 1, parent=a.pk)],
        [DeleteTask(b.pk, 1)],
    ):
        before = _state(program)
        for command in commands:
            if isinstance(command, UpdateTask | MoveTask | DeleteTask):
                object.__setattr__(command, "version", Task.objects.get(pk=command.task).version)
        done = _apply(program, *commands)
        after = _state(program)
        assert after != before
        undone = _apply(program, Revert(done.change_set))
        assert _state(program) == before
        redone = _apply(program, Revert(undone.change_set))
        assert _state(program) == after
        _apply(program, Revert(redone.change_set))
        assert _state(program) == before


def test_undo_of_a_deletion_brings_back_the_tasks_below_their_links_and_their_cost() -> None:
    project = plans.project(plans.program())
    a, b, c = plans.tasks(project, 1, 2, 3)
    _apply(project.program, MoveTask(b.pk, 1, parent=a.pk), LinkTasks(pred=b.pk, succ=c.pk))
    line = cost_lines.create(actor=actors.system(), program=project.program, task=b, name="Work", amount=100)
    a.refresh_from_db()
    done = _apply(project.program, DeleteTask(a.pk, a.version))
    assert list(Task.objects.filter(project=project)) == [c]
    assert not Dependency.objects.exists() and not CostLine.objects.exists()
    _apply(project.program, Revert(done.change_set))
    assert {task.pk: task.parent_id for task in Task.objects.all()} == {a.pk: None, b.pk: a.pk, c.pk: None}
    assert Dependency.objects.get().predecessor_id == b.pk
    assert CostLine.objects.get() == line


def test_undo_is_refused_when_somebody_changed_the_row_since() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    done = _apply(project.program, UpdateTask(a.pk, 1, {"duration": 960}))
    _apply(project.program, UpdateTask(a.pk, 2, {"name": "Mine"}))
    with pytest.raises(EditRefused) as caught:
        _apply(project.program, Revert(done.change_set))
    assert caught.value.errors[0].code == "changed_since"
    a.refresh_from_db()
    assert (a.duration, a.name) == (960, "Mine")


def test_several_edits_of_one_row_are_undone_one_after_the_other_and_done_again() -> None:
    program = plans.program()
    (task,) = plans.tasks(plans.project(program), 1)
    states, edits = [_state(program)], []
    for new in ({"duration": 960}, {"percent_complete": 50.0}, {"duration": 1440, "name": "Renamed"}):
        version = Task.objects.get(pk=task.pk).version
        edits.append(_apply(program, UpdateTask(task.pk, version, new)).change_set)
        states.append(_state(program))
    redos = []
    for at in (2, 1, 0):
        redos.append(_apply(program, Revert(edits[at] or 0)).change_set)
        assert _state(program) == states[at]
    for at, redo in zip((1, 2, 3), reversed(redos), strict=True):
        _apply(program, Revert(redo or 0))
        assert _state(program) == states[at]
    with pytest.raises(EditRefused):  # the rename came later, and stands
        _apply(program, Revert(edits[0] or 0))


def test_undo_of_a_new_task_is_refused_when_later_work_hangs_on_it() -> None:
    project = plans.project(plans.program())
    (a,) = plans.tasks(project, 1)
    made = _apply(project.program, CreateTask(project=project.pk, name="New"))
    _apply(project.program, LinkTasks(pred=a.pk, succ=made.created[0]))
    with pytest.raises(EditRefused) as caught:
        _apply(project.program, Revert(made.change_set))
    assert caught.value.errors[0].code == "needed_since"
    assert Task.objects.filter(pk=made.created[0]).exists()


def test_another_programs_change_can_not_be_taken_back_from_here() -> None:
    mine, other = plans.project(plans.program()), plans.project(plans.program())
    (a,) = plans.tasks(other, 1)
    done = _apply(other.program, UpdateTask(a.pk, 1, {"duration": 960}))
    with pytest.raises(EditRefused) as caught:
        _apply(mine.program, Revert(done.change_set))
    assert caught.value.errors[0].code == "not_found"
