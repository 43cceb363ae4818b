"""No edit is lost, nothing wrong is published and nothing stays stuck, whatever process dies, freezes or repeats itself."""

import random
import signal
import time
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from budgets.services import cost_lines
from programs.models import Program, RecomputeState
from projects.models import Project, Task
from projects.services import plan_edits
from projects.services.commands import Command, LinkTasks, UpdateTask
from tests import oracle
from tests.factories import plans
from tests.stack import Stack, busy, children, kill_tree, patient_broker, wait_for
from tpm import recompute, subscriptions
from tpm.accounts import actors
from tpm.lib import broker
from tpm.processes import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LEASE = {"RECOMPUTE_LEASE_SECONDS": "2"}


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    with patient_broker() as own:
        own.flushdb()
    broker._state["closed_until"] = 0.0
    made = Stack(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def project() -> Project:
    """A chain of tasks that cost something, of which the first is half done at the data date."""
    program = plans.program(data_date=date(2026, 1, 14))
    project = plans.project(program)
    tasks = plans.tasks(project, *[1] * 8)
    plans.chain(tasks)
    tasks[0].refresh_from_db()
    begun = {"actual_start": datetime(2026, 1, 5, 8), "percent_complete": 50.0}
    begin = UpdateTask(tasks[0].pk, tasks[0].version, begun)
    plan_edits.apply(actor=actors.system(), program=program, commands=[begin])
    for number, task in enumerate(tasks, 1):
        cost_lines.create(
            actor=actors.system(), program=program, task=task, name="Crew", amount=Decimal(number) * 1000
        )
    return project


def _state(program: Program) -> RecomputeState:
    return RecomputeState.objects.get(pk=program.pk)


def _settled(program: Program) -> bool:
    return _state(program).behind == 0


def _edit(program: Program, rng: random.Random) -> None:
    """Change a duration, and now and then the logic."""
    tasks = list(Task.objects.filter(program=program).order_by("pk"))
    task = rng.choice(tasks)
    commands: list[Command] = [UpdateTask(task.pk, task.version, {"duration": 480 * rng.randint(1, 20)})]
    if rng.random() < 0.2:
        before, after = sorted(rng.sample(tasks, 2), key=lambda t: t.pk)
        commands = [LinkTasks(before.pk, after.pk)]
    try:
        plan_edits.apply(actor=actors.system(), program=program, commands=commands)
    except plan_edits.EditRefused as refused:
        assert {error.code for error in refused.errors} <= {"invalid"}  # linked already


def test_a_burst_of_200_edits_makes_at_most_20_computations_and_each_is_right(
    stack: Stack, project: Project, settings: LazySettings
) -> None:
    program, rng = project.program, random.Random(1)
    stack.worker(concurrency=2, beat=True)
    recompute.drain(program.pk)
    before = _state(program)
    with oracle.Watcher(program.pk) as watcher:
        marks = [time.monotonic()]
        for _ in range(200):
            _edit(program, rng)
            marks.append(time.monotonic())
        # A worker counts the pause from where an edit begins until it sees the next one. On a quiet machine there is none; on a
        # busy one each may be taken for the end of the burst.
        quiet = settings.RECOMPUTE_QUIET_SECONDS
        pauses = sum(then - start > quiet for start, then in zip(marks, marks[2:], strict=False))
        patience = (marks[-1] - marks[0]) / settings.RECOMPUTE_PATIENCE_SECONDS
        wait_for(lambda: _settled(program), "the last edit to be computed")
        wait_for(lambda: _state(program).computed_revision in watcher.seen, "the last result to be seen")
    after = _state(program)
    assert after.input_revision - before.input_revision > 150
    assert 1 <= after.computations - before.computations <= max(20, pauses + patience + 5)
    oracle.check(program, watcher)
    assert max(watcher.seen) == after.input_revision
    planned = {sum(row[3] for row in rows.values()) for rows in watcher.seen.values()}
    assert len(planned) > 1  # money moved with the plan, too


def test_a_worker_killed_anywhere_in_a_computation_loses_nothing(
    stack: Stack, project: Project, tmp_path: Path
) -> None:
    """One computation is killed at one point after the other: each attempt comes further than the last."""
    program = project.program
    points = ["claimed", "snapshot", "computed", "publishing", "published"]
    armed = {
        "TPM_FAILPOINT": ",".join(f"{point}:kill" for point in points),
        "TPM_FAILPOINT_ONCE": str(tmp_path / "fired"),
    }
    stack.worker(concurrency=1, beat=True, **armed, **LEASE)
    for point in points:
        wait_for((tmp_path / f"fired.{point}").exists, f"the worker to be killed at {point}")
    wait_for(lambda: _settled(program), "the last attempt to publish")
    assert _published(program) == oracle.expected(program, _state(program).input_revision)


def test_a_whole_worker_killed_in_mid_computation_is_replaced_by_another(
    stack: Stack, project: Project, tmp_path: Path
) -> None:
    program = project.program
    first = stack.worker("first", beat=True, TPM_FAILPOINT="computed:sleep=30", **LEASE)
    wait_for(lambda: _state(program).lease_token > 0, "the first worker to start")
    kill_tree(first)
    _edit(program, random.Random(2))
    stack.worker("second", beat=True, **LEASE)
    wait_for(lambda: _settled(program), "the second worker to publish")
    assert _published(program) == oracle.expected(program, _state(program).input_revision)


def test_a_worker_that_wakes_up_after_its_lease_can_not_overwrite_newer_results(
    stack: Stack, project: Project, tmp_path: Path
) -> None:
    program = project.program
    slow = stack.worker(
        "slow", TPM_FAILPOINT="computed:stop", TPM_FAILPOINT_ONCE=str(tmp_path / "fired"), **LEASE
    )
    subscriptions.kick(program.pk)
    wait_for((tmp_path / "fired.computed").exists, "the slow worker to freeze with its results in hand")
    (sleeper,) = children(slow.pid)
    stack.worker("fast", beat=True, **LEASE)
    with oracle.Watcher(program.pk) as watcher:
        _edit(program, random.Random(3))
        wait_for(lambda: _settled(program), "the fast worker to publish")
        newest = _state(program).computed_revision
        signal_continue(sleeper)
        time.sleep(2)
    assert _state(program).computed_revision == newest
    oracle.check(program, watcher)
    assert _published(program) == oracle.expected(program, newest)


def test_messages_delivered_twice_to_two_workers_compute_once(stack: Stack, project: Project) -> None:
    program = project.program
    stack.worker("one")
    stack.worker("two")
    wait_for(lambda: _settled(program) or not subscriptions.kick(program.pk), "the first computation")
    wait_for(lambda: _settled(program), "the first computation")
    before = _state(program).computations
    _edit(program, random.Random(4))
    for _ in range(20):
        subscriptions.kick(program.pk)
    wait_for(lambda: _settled(program), "the edit to be computed")
    time.sleep(1)
    assert _state(program).computations == before + 1


def test_a_frozen_broker_neither_holds_up_an_edit_nor_loses_it(stack: Stack, project: Project) -> None:
    program = project.program
    with patient_broker() as own:
        pid = int(own.info("server")["process_id"])
    try:
        _signal(pid, signal.SIGSTOP)
        took = []
        for seed in range(5):
            started = time.perf_counter()
            _edit(program, random.Random(seed))
            took.append(time.perf_counter() - started)
        # At most two calls of 0.3 s each run into the frozen broker; then it is left alone for a while.
        assert max(took) < 2.0 * busy()
        assert sorted(took)[2] < 0.5 * busy()
        assert not _settled(program)
        call_command("drain_pending")
    finally:
        _signal(pid, signal.SIGCONT)
    assert _settled(program)
    assert _published(program) == oracle.expected(program, _state(program).input_revision)


def test_a_stopped_broker_neither_holds_up_an_edit_nor_loses_it(
    project: Project, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = project.program
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"  # nobody listens there: every call is refused
    monkeypatch.setattr(broker, "_clients", {})
    monkeypatch.setattr(broker, "_state", {"closed_until": 0.0})
    started = time.perf_counter()
    for seed in range(5):
        _edit(program, random.Random(seed))
    assert time.perf_counter() - started < 3.0 * busy()
    assert broker.is_resting()
    assert not _settled(program)
    call_command("drain_pending")
    assert _settled(program)
    assert _published(program) == oracle.expected(program, _state(program).input_revision)


def test_wake_up_calls_that_got_lost_are_found_by_the_sweeper(stack: Stack, project: Project) -> None:
    program = project.program
    with patient_broker() as own:
        own.flushdb()
    stack.worker(beat=True)
    wait_for(lambda: _settled(program), "the sweeper to find the waiting program")


def test_an_engine_error_keeps_the_last_good_result_and_says_why(
    project: Project, settings: LazySettings
) -> None:
    program = project.program
    recompute.drain(program.pk)
    good, revision = _published(program), _state(program).computed_revision
    # A calendar without working time can not be made by a service; it comes with a damaged database.
    from programs.models import WorkCalendar
    from tpm import activity

    with activity.change(
        actor=actors.system(), event="programs.calendar.changed", programs=[program]
    ) as change:
        change.bulk_update(WorkCalendar.objects.filter(pk=program.calendar_id), week=[[]] * 7)
    assert recompute.drain(program.pk) == 0
    state = _state(program)
    assert (state.computed_revision, state.error_code) == (revision, "calendar_without_work")
    assert "no working time" in state.error_message
    assert _published(program) == good
    assert recompute.due() == []  # stuck: it waits for people
    with activity.change(
        actor=actors.system(), event="programs.calendar.changed", programs=[program]
    ) as change:
        change.bulk_update(
            WorkCalendar.objects.filter(pk=program.calendar_id),
            week=[[[480, 720], [780, 1020]]] * 5 + [[], []],
        )
    assert recompute.drain(program.pk) == 1
    assert _state(program).error_code == ""


def _published(program: Program) -> oracle.Published:
    with oracle.Watcher(program.pk) as watcher:
        wait_for(lambda: watcher.seen, "a published result")
    return watcher.seen[max(watcher.seen)]


def signal_continue(pid: int) -> None:
    _signal(pid, signal.SIGCONT)


def _signal(pid: int, number: signal.Signals) -> None:
    import os

    os.kill(pid, number)
