"""The slippage ledger: known causes, exact sums, one chain to the published date, whatever happens to the worker."""

import itertools
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from programs.models import CalendarException, Program
from programs.services import calendars
from programs.services import programs as program_services
from projects.engine.causes import Cause
from projects.models import Dependency, LedgerEntry, LedgerState, Task, TaskSchedule
from projects.selectors import ledger_sources
from projects.services import ledger, plan_edits
from projects.services.commands import (
    Command,
    CreateTask,
    DeleteTask,
    EditRefused,
    LinkTasks,
    MoveTask,
    Unlink,
    UpdateTask,
)
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

SYSTEM = actors.system()
WD = 480


def _apply(program: Program, *commands: Command, reason: str = "") -> Any:
    return plan_edits.apply(actor=SYSTEM, program=program, commands=list(commands), reason=reason)


def _update(task: Task, **new: Any) -> None:
    now = Task.objects.get(pk=task.pk)
    _apply(task.program, UpdateTask(now.pk, now.version, new))


def _entries(program: Program, task: Task | None = None) -> list[tuple[int, Any, Any]]:
    rows = LedgerEntry.objects.filter(program=program, task_id=task and task.pk).order_by("pk")
    if task is None:
        rows = rows.filter(project_id=None)
    return [(row.cause, row.from_at, row.to_at) for row in rows]


def _post(program: Program) -> int:
    recompute.drain(program.pk)
    return ledger.post(program.pk)


def _delivery() -> tuple[Program, Task, Task, Task]:
    """Vendor delivery 5 d from Monday 5 January 2026, then Interfaces 5 d, then Go-live: Friday 16. Posted as its beginning."""
    project = plans.project(plans.program())
    vendor, interfaces = plans.tasks(project, 5, 5)
    (live,) = plans.tasks(project, 0, is_milestone=True)
    plans.chain([vendor, interfaces, live])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ledger, "MOST", 1)  # how the plan was made is one step
        _post(project.program)
    return project.program, vendor, interfaces, live


@pytest.mark.django_db
def test_a_late_vendor_and_a_re_estimate_are_three_and_one_of_four_days() -> None:
    program, vendor, interfaces, live = _delivery()
    # Delivered on Wednesday 14 January instead of Friday 9: three working days. Then Interfaces takes six days instead of five.
    _update(vendor, actual_start=datetime(2026, 1, 5, 8), actual_finish=datetime(2026, 1, 14, 17))
    _update(interfaces, duration=6 * WD)
    _post(program)
    friday, wednesday, thursday = (datetime(2026, 1, day, 17) for day in (16, 21, 22))
    chain = [
        (Cause.RECORD, None, friday),
        (Cause.ACTUALS, friday, wednesday),
        (Cause.ESTIMATES, wednesday, thursday),
    ]
    assert _entries(program, live) == chain
    assert _entries(program) == chain
    reasons = (
        LedgerEntry.objects.filter(task_id=live.pk).order_by("pk").values_list("change_set__event", flat=True)
    )
    assert list(reasons)[1:] == ["projects.progress.updated", "projects.plan.changed"]


@pytest.mark.django_db
def test_each_kind_of_edit_is_its_own_cause() -> None:
    program, vendor, _interfaces, live = _delivery()
    calendars.update(
        actor=SYSTEM,
        calendar=program.calendar,
        exceptions=[{"name": "", "first_on": date(2026, 1, 6), "last_on": date(2026, 1, 6), "intervals": []}],
    )
    program_services.update(
        actor=SYSTEM, program=Program.objects.get(pk=program.pk), data_date=date(2026, 1, 7)
    )
    _update(vendor, constraint=4, constraint_at=datetime(2026, 1, 12, 8))
    extra = _apply(
        program, CreateTask(project=vendor.project_id, name="X", set={"duration": 15 * WD})
    ).created[0]
    _apply(program, LinkTasks(extra, live.pk))
    _post(program)
    assert CalendarException.objects.count() == 1
    # 6 January is off: Fri 16 → Mon 19. No work before the end of 7 January: starts Thu 8 → Wed 21. Not before Mon 12 → Fri 23.
    # X begins at the data date, Thu 8 January, and takes 15 days: to Wed 28.
    january = {day: datetime(2026, 1, day, 17) for day in (16, 19, 21, 23, 28)}
    assert _entries(program, live)[1:] == [
        (Cause.CALENDARS, january[16], january[19]),
        (Cause.DATA_DATE, january[19], january[21]),
        (Cause.CONSTRAINTS, january[21], january[23]),
        (Cause.DEPENDENCIES, january[23], january[28]),
    ]
    assert _entries(program)[-1] == (
        Cause.SCOPE,
        january[23],
        january[28],
    )  # the program's own finish moved with X


@pytest.mark.django_db
def test_another_program_is_a_cause_of_its_own() -> None:
    portfolio = plans.portfolio()
    first, second = (plans.project(plans.program(portfolio)) for _ in range(2))
    (there,) = plans.tasks(first, 3)
    (here,) = plans.tasks(second, 2)
    _apply(second.program, LinkTasks(there.pk, here.pk))
    for program in (first.program, second.program, second.program):
        _post(program)
    before = _entries(second.program)[-1][2]
    _update(there, duration=4 * WD)
    _update(here, duration=3 * WD)
    recompute.drain(first.program_id)
    _post(second.program)
    entries = LedgerEntry.objects.filter(program=second.program, project_id=None).order_by("pk")
    told = entries.get(cause=Cause.OTHER_PROGRAM)
    assert told.change_set is not None and first.program.code in told.change_set.reason
    chain = [
        (row.cause, row.from_at, row.to_at) for row in entries if row.from_at == before or row.to_at != before
    ]
    # Wed 7 + 2 d = Fri 9; three days make it Mon 12; one day later there, Tue 13.
    nine, twelve, thirteen = (datetime(2026, 1, day, 17) for day in (9, 12, 13))
    assert chain[-2:] == [(Cause.ESTIMATES, nine, twelve), (Cause.OTHER_PROGRAM, twelve, thirteen)]


@pytest.mark.django_db
def test_posting_again_and_what_moves_nothing_post_nothing() -> None:
    program, vendor, _interfaces, _live = _delivery()
    assert ledger.post(program.pk) == 0
    _update(vendor, name="Another name")
    assert _post(program) == 0
    assert LedgerState.objects.get(pk=program.pk).posted_revision == program_revision(program)
    assert ledger.due() == []


def program_revision(program: Program) -> int:
    return Program.objects.select_related("computation").get(pk=program.pk).computation.computed_revision


@pytest.mark.django_db
def test_a_killed_posting_goes_on_and_a_second_one_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    program, vendor, _interfaces, live = _delivery()
    for days in (6, 7, 8, 9):
        _update(vendor, duration=days * WD)
    recompute.drain(program.pk)
    monkeypatch.setattr(ledger, "PER_TRANSACTION", 2)
    drafts: list[ledger.Draft] = []

    def killed(name: str) -> None:
        if drafts:
            raise SystemExit
        drafts.append(stale)

    stale = ledger._draft(program.pk)
    assert stale is not None and stale.ends < program_revision(program)
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "failpoint", killed)
        with pytest.raises(SystemExit):
            ledger.post(program.pk)
    assert LedgerState.objects.get(pk=program.pk).posted_revision == stale.ends
    assert not ledger._write(stale)  # a worker that slept over it comes too late
    ledger.post(program.pk)
    moves = _entries(program, live)
    assert [cause for cause, _from, _to in moves] == [Cause.RECORD, *[Cause.ESTIMATES] * 4]
    assert all(a[2] == b[1] for a, b in itertools.pairwise(moves))


@pytest.mark.django_db
def test_a_long_backlog_is_posted_in_steps_that_name_their_revisions(monkeypatch: pytest.MonkeyPatch) -> None:
    program, vendor, _interfaces, live = _delivery()
    for days in (6, 7, 8, 9):
        _update(vendor, duration=days * WD)
    recompute.drain(program.pk)
    monkeypatch.setattr(ledger, "MOST", 2)
    ledger.post(program.pk)
    rows = list(LedgerEntry.objects.filter(task_id=live.pk).order_by("pk"))[1:]
    assert [(row.change_set, row.revision - row.first_revision) for row in rows] == [(None, 1), (None, 1)]


class RandomHistories(TestCase):
    """Whatever people do, each item's entries are one chain that ends at the published date, with nothing unexplained."""

    @settings(
        max_examples=4, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow], deadline=None
    )
    @given(st.data())
    def test_the_chain_ends_at_the_published_date(self, data: st.DataObject) -> None:
        project = plans.project(plans.program(), starts_on=date(2026, 1, 5))
        program = project.program
        first = plans.tasks(project, 3, 5, 2)
        plans.chain(first)
        plans.tasks(project, 0, is_milestone=True)
        for _ in range(data.draw(st.integers(1, 3))):
            for _ in range(data.draw(st.integers(1, 4))):
                try:
                    self._edit(data, program)
                except EditRefused:
                    pass
            recompute.drain(program.pk)
            ledger.post(program.pk)
            self._check(program)

    def _edit(self, data: st.DataObject, program: Program) -> None:
        rows = list(Task.objects.filter(program=program).order_by("pk"))
        kind = data.draw(st.integers(0, 9))
        if not rows or kind == 0:
            project = program.projects.get().pk
            parent = data.draw(st.sampled_from([None, *[row.pk for row in rows]]))
            milestone = data.draw(st.booleans())
            fields = {"is_milestone": True, "duration": 0} if milestone else {"duration": 2 * WD}
            _apply(program, CreateTask(project=project, name="New", parent=parent, set=fields))
            return
        task, other = (data.draw(st.sampled_from(rows)) for _ in range(2))
        day = datetime(2026, 1, data.draw(st.integers(5, 28)), 8)
        days = data.draw(st.integers(1, 9))
        commands: dict[int, Command] = {
            1: UpdateTask(task.pk, task.version, {"duration": 0 if task.is_milestone else days * WD}),
            2: LinkTasks(task.pk, other.pk, kind=days % 4, lag=(days - 4) * WD),
            3: DeleteTask(task.pk, task.version),
            4: MoveTask(task.pk, task.version, parent=other.pk),
            5: UpdateTask(task.pk, task.version, {"actual_start": day, "percent_complete": days * 10.0}),
            6: UpdateTask(task.pk, task.version, {"constraint": 1 + days % 7, "constraint_at": day}),
            7: UpdateTask(task.pk, task.version, {"is_active": not task.is_active}),
        }
        if kind in commands:
            _apply(program, commands[kind])
        elif kind == 8:
            off = [{"name": "", "first_on": day.date(), "last_on": day.date(), "intervals": []}]
            calendar = type(program.calendar).objects.get(pk=program.calendar_id)
            calendars.update(actor=SYSTEM, calendar=calendar, exceptions=off)
        else:
            fresh = Program.objects.get(pk=program.pk)
            program_services.update(actor=SYSTEM, program=fresh, data_date=day.date())
            for link in Dependency.objects.filter(program=program)[:1]:
                _apply(program, Unlink(link.pk, link.version))

    def _check(self, program: Program) -> None:
        assert LedgerState.objects.get(pk=program.pk).error_message == ""
        assert LedgerState.objects.get(pk=program.pk).posted_revision == program_revision(program)
        entries = LedgerEntry.objects.filter(program=program).order_by("pk")
        at: dict[int, datetime | None] = {}
        for row in entries:
            item = ledger_sources.item_of(row.project_id, row.task_id)
            assert row.from_at == at.get(item) and row.from_at != row.to_at
            assert row.cause != Cause.UNEXPLAINED
            at[item] = row.to_at
        shown = TaskSchedule.objects.filter(program=program, finish__isnull=False)
        leaves = [row.finish for row in shown if not row.is_summary]
        assert at.get(0) == max(leaves, default=None)
        for row in shown.filter(task__is_milestone=True):
            assert at[row.task_id] == row.finish
