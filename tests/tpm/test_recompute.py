"""What a worker remembers between computations changes nothing but the time: inputs and results are those of a fresh one."""

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from budgets.services import actuals, baselines, cost_lines, earned_value
from programs.engine.calendars import WorkCalendar
from programs.models import Program, RecomputeState
from projects.engine.network import NetworkError
from projects.models import Project, Task, TaskSchedule
from projects.services import plan_edits, schedule
from projects.services import projects as project_services
from projects.services.commands import Command, CreateTask, DeleteTask, LinkTasks, MoveTask, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.lib import bulk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_one_transaction(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """A test is one transaction: isolation can not be chosen within it, and bursts need not be waited for."""
    settings.RECOMPUTE_QUIET_SECONDS = settings.RECOMPUTE_PATIENCE_SECONDS = 0
    yield
    recompute.READ._kept.clear()
    recompute.WRITTEN._kept.clear()


@pytest.fixture
def project() -> Project:
    program = plans.program(data_date=date(2026, 1, 14))
    project = plans.project(program)
    tasks = plans.tasks(project, *[2] * 6)
    plans.chain(tasks)
    for number, task in enumerate(tasks, 1):
        cost_lines.create(
            actor=actors.system(), program=program, task=task, name="Crew", amount=Decimal(number) * 1000
        )
    return project


def _differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Return where two inputs differ, array by array."""
    if is_dataclass(one) and type(one) is type(other):
        return [
            found
            for item in fields(one)
            for found in _differences(
                getattr(one, item.name), getattr(other, item.name), f"{path}.{item.name}"
            )
        ]
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = list(zip(one, other, strict=False))
        found = [
            name for number, pair in enumerate(pairs) for name in _differences(*pair, f"{path}[{number}]")
        ]
        return found if len(one) == len(other) else [path, *found]
    if isinstance(one, WorkCalendar):
        one, other = (one.week, one.exceptions), (other.week, other.exceptions)
    if isinstance(one, np.ndarray):
        equal = np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    else:
        equal = one == other
    return [] if equal else [path]


def _edits(project: Project, rng: random.Random) -> Iterator[str]:
    """Edit a plan in every way that reaches other tables or other rows."""
    program, actor = project.program, actors.system()

    def apply(*commands: Command) -> None:
        plan_edits.apply(actor=actor, program=program, commands=commands)

    def tasks() -> list[Task]:
        return list(Task.objects.filter(project=project).order_by("pk"))

    for _ in range(3):
        task = rng.choice(tasks())
        apply(
            UpdateTask(task.pk, task.version, {"duration": 480 * rng.randint(1, 9), "percent_complete": 20.0})
        )
        yield "durations"
    apply(
        CreateTask(project=project.pk, name="More", parent=None, after=tasks()[1].pk, set={"duration": 960})
    )
    yield "a task more"
    added = tasks()[-1]
    apply(LinkTasks(tasks()[0].pk, added.pk), LinkTasks(added.pk, tasks()[4].pk, lag=480))
    yield "links more"
    apply(MoveTask(added.pk, added.version, parent=None, after=None))
    yield "another place"
    baselines.take(actor=actor, program=program, name="Agreed")
    yield "a baseline"
    cost_lines.create(actor=actor, program=program, task=added, name="Parts", amount=Decimal("12.34"))
    yield "a cost more"
    row = {"project": project, "task": added, "posted_on": date(2026, 1, 9), "amount": Decimal(7)}
    actuals.post(actor=actor, program=program, rows=[row])
    yield "an actual more"
    other = plans.program(program.portfolio)
    outside = plans.tasks(plans.project(other), 30)[0]
    recompute.drain(other.pk)
    apply(LinkTasks(outside.pk, tasks()[2].pk))
    yield "a link from outside"
    project_services.delete(actor=actor, project=outside.project)
    task = tasks()[3]
    apply(UpdateTask(task.pk, task.version, {"duration": task.duration + 480}))
    yield "the link went with the project over there"
    task = tasks()[1]
    apply(DeleteTask(task.pk, task.version))
    yield "a task less, with its links and costs"


def _left_to_write(program: Program) -> list[bulk.Difference]:
    """Return what a fresh worker would still write: computed from scratch, compared with the tables."""
    inputs = recompute.snapshot(program.pk)
    plan = schedule.compute(inputs.plan)
    cost = earned_value.compute(plan, inputs.cost)
    return [schedule.publish(program, plan, inputs.revision), *earned_value.publish(program, cost)]


def test_remembered_inputs_and_results_are_those_of_a_fresh_worker(project: Project) -> None:
    program = project.program
    recompute.drain(program.pk)
    for what in _edits(project, random.Random(7)):
        remembered = recompute.snapshot(program.pk, recompute.READ)
        assert _differences(remembered, recompute.snapshot(program.pk)) == [], what
        assert recompute.drain(program.pk) == 1, what
        assert recompute.WRITTEN.take(program.pk), what
        assert set(_left_to_write(program)) == {bulk.Difference(0, 0, 0)}, what


def test_what_another_wrote_since_is_read_again(project: Project) -> None:
    """Another worker published, or a database was restored: neither is taken for what this process left or read."""
    program = project.program
    recompute.drain(program.pk)
    at = RecomputeState.objects.get(pk=program.pk)
    rows = recompute.READ.at(program.pk, at.input_revision)
    assert rows.last is not None

    TaskSchedule.objects.filter(program=program).update(wbs="x")
    RecomputeState.objects.filter(pk=program.pk).update(computations=at.computations + 1)
    assert recompute.WRITTEN.take(program.pk) == {}

    recompute.READ.keep(rows)
    kept = recompute.READ._kept[program.pk]
    recompute.READ._kept[program.pk] = replace(kept, mark=uuid4())  # that revision was another one
    assert recompute.READ.at(program.pk, at.input_revision).last is None
    assert recompute.READ.at(program.pk, at.input_revision - 1).last is None


def test_results_that_are_not_what_was_left_are_found_out_and_mended(project: Project) -> None:
    program = project.program
    recompute.drain(program.pk)
    task = Task.objects.filter(project=project).earliest("pk")
    TaskSchedule.objects.filter(program=program).exclude(pk=task.pk).delete()
    longer = UpdateTask(task.pk, task.version, {"duration": 4800})
    plan_edits.apply(actor=actors.system(), program=program, commands=[longer])
    lease = recompute.claim(program.pk)
    assert lease
    inputs = recompute.snapshot(program.pk, recompute.READ)
    with pytest.raises(bulk.OutOfStep), transaction.atomic():
        recompute.publish(lease, inputs, recompute.compute(inputs))
    assert recompute.publish(lease, inputs, recompute.compute(inputs))
    assert set(_left_to_write(program)) == {bulk.Difference(0, 0, 0)}


def test_the_number_of_statements_does_not_grow_with_the_tasks() -> None:
    counts = []
    for length in (5, 60):
        program = plans.program(data_date=date(2026, 1, 14))
        tasks = plans.tasks(plans.project(program), *[1] * length)
        plans.chain(tasks)
        recompute.drain(program.pk)
        first = Task.objects.get(pk=tasks[0].pk)
        slip = UpdateTask(first.pk, first.version, {"duration": first.duration + 2400})
        plan_edits.apply(actor=actors.system(), program=program, commands=[slip])
        with CaptureQueriesContext(connection) as queries:
            assert recompute.drain(program.pk) == 1
        counts.append(len(queries))
        moved = TaskSchedule.objects.filter(
            program=program, changed_at_revision=RecomputeState.objects.get(pk=program.pk).computed_revision
        )
        assert moved.count() == length
    assert counts[0] == counts[1] <= 70


def _slip(task: Task, days: int = 1) -> None:
    task.refresh_from_db()
    longer = UpdateTask(task.pk, task.version, {"duration": task.duration + 480 * days})
    plan_edits.apply(actor=actors.system(), program=task.program, commands=[longer])


def test_the_pause_after_an_edit_is_used_to_compute_and_an_edit_within_it_is_not_lost(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = project.program
    recompute.drain(program.pk)
    computed: list[int] = []
    edits_in_the_pause = [0]
    compute, wait = recompute.compute, recompute._wait_until_quiet

    def counting(inputs: recompute.Inputs) -> recompute.Results:
        computed.append(inputs.revision)
        return compute(inputs)

    def busy_pause(lease: recompute.Lease) -> None:
        for _ in range(edits_in_the_pause.pop()):
            _slip(Task.objects.filter(project=project).earliest("pk"))
        wait(lease)

    monkeypatch.setattr(recompute, "compute", counting)
    monkeypatch.setattr(recompute, "_wait_until_quiet", busy_pause)
    first = Task.objects.filter(project=project).earliest("pk")
    _slip(first)
    started = RecomputeState.objects.get(pk=program.pk).input_revision
    assert recompute.drain(program.pk) == 1
    assert computed == [started]  # during the pause, and not again

    edits_in_the_pause.append(3)
    _slip(first)
    assert recompute.drain(program.pk) == 1
    assert computed == [started, started + 1, started + 4]  # a burst of four: one more than is published
    state = RecomputeState.objects.get(pk=program.pk)
    assert state.computed_revision == state.input_revision == started + 4
    assert set(_left_to_write(program)) == {bulk.Difference(0, 0, 0)}


def test_a_plan_that_is_mended_within_the_pause_is_never_stuck(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = project.program
    recompute.drain(program.pk)
    _slip(Task.objects.filter(project=project).earliest("pk"))
    compute, broken = recompute.compute, [True]

    def compute_when_mended(inputs: recompute.Inputs) -> recompute.Results:
        if broken:
            broken.clear()
            raise NetworkError("circle", "a circle that the next edit takes away")
        return compute(inputs)

    monkeypatch.setattr(recompute, "compute", compute_when_mended)
    assert recompute.drain(program.pk) == 1
    state = RecomputeState.objects.get(pk=program.pk)
    assert (state.error_code, state.behind) == ("", 0)
