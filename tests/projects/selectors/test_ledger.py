"""Movements as people read them: the lines sum to the whole in both measures, whoever asks and however it is cut."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from budgets.services import baselines
from programs.models import Program
from programs.policies import Role
from programs.services import programs as program_services
from projects.engine.causes import Cause
from projects.models import Baseline, LedgerEntry, Task
from projects.selectors import ledger as selectors
from projects.selectors import ledger_lines
from projects.services import ledger, plan_edits
from projects.services.commands import CreateTask, LinkTasks, UpdateTask
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
WD = 480


def _update(task: Task, reason: str = "", **new: Any) -> None:
    now = Task.objects.get(pk=task.pk)
    plan_edits.apply(
        actor=SYSTEM, program=task.program, commands=[UpdateTask(now.pk, now.version, new)], reason=reason
    )
    recompute.drain(task.program_id)
    ledger.post(task.program_id)


@pytest.fixture
def delivery() -> tuple[Program, Task, Task, Task]:
    """Vendor 5 d from 5 January 2026, Interfaces 5 d, Go-live on Friday 16; agreed as a baseline."""
    project = plans.project(plans.program())
    program = project.program
    done = plan_edits.apply(
        actor=SYSTEM,
        program=program,
        commands=[
            CreateTask(project=project.pk, name="Vendor delivery", set={"duration": 5 * WD}),
            CreateTask(project=project.pk, name="Interfaces", set={"duration": 5 * WD}),
            CreateTask(project=project.pk, name="Go-live", set={"duration": 0, "is_milestone": True}),
        ],
    )
    vendor, interfaces, live = (done.created[i] for i in range(3))
    links = [LinkTasks(vendor, interfaces), LinkTasks(interfaces, live)]
    plan_edits.apply(actor=SYSTEM, program=program, commands=links)
    recompute.drain(program.pk)
    baselines.take(actor=SYSTEM, program=program, name="Agreed", reason="")
    recompute.drain(program.pk)
    ledger.post(program.pk)
    a, b, c = (
        Task.objects.select_related("program", "project").get(pk=pk) for pk in (vendor, interfaces, live)
    )
    return program, a, b, c


def _late(vendor: Task, interfaces: Task) -> None:
    start = datetime(2026, 1, 5, 8)
    _update(vendor, "delivery note", actual_start=start, actual_finish=datetime(2026, 1, 14, 17))
    _update(interfaces, duration=6 * WD)


def test_against_the_baseline_a_milestone_is_four_days_late_by_two_causes(
    delivery: tuple[Program, Task, Task, Task],
) -> None:
    program, vendor, interfaces, live = delivery
    _late(vendor, interfaces)
    since = selectors.since_baseline(selectors.reference(program))
    assert since is not None
    found = selectors.movement(SYSTEM, selectors.of_task(live), since)
    # Friday 16 January to Thursday 22: four working days, six calendar days (a weekend lies between).
    assert (found.start, found.end) == (datetime(2026, 1, 16, 17), datetime(2026, 1, 22, 17))
    assert (found.minutes, found.days, found.shown) == (4 * WD, 6, Decimal(4))
    assert [(line.cause, line.minutes, line.days) for line in found.lines] == [
        (Cause.ACTUALS, 3 * WD, 5),
        (Cause.ESTIMATES, WD, 1),
    ]
    assert [line.because and line.because.what for line in found.lines] == ["Vendor delivery", "Interfaces"]
    assert not found.is_behind
    whole = selectors.movement(SYSTEM, selectors.of_program(program), since)
    assert whole.minutes == found.minutes and whole.end == found.end


def test_what_no_entry_knows_is_before_the_record(delivery: tuple[Program, Task, Task, Task]) -> None:
    program, vendor, interfaces, live = delivery
    _late(vendor, interfaces)
    old = Baseline.objects.get(program=program)
    LedgerEntry.objects.filter(program=program, revision__lte=old.revision).delete()
    LedgerEntry.objects.filter(program=program, cause=Cause.ACTUALS).delete()
    since = selectors.since_baseline(old)
    assert since is not None
    found = selectors.movement(SYSTEM, selectors.of_task(live), since)
    assert [(line.cause, line.minutes) for line in found.lines] == [
        (Cause.RECORD, 3 * WD),
        (Cause.ESTIMATES, WD),
    ]
    assert found.minutes == 4 * WD


def test_rounded_lines_sum_to_the_rounded_whole(delivery: tuple[Program, Task, Task, Task]) -> None:
    program, vendor, _interfaces, live = delivery
    for minutes in (70, 150, 220, 300):  # 0.146, 0.313, 0.458, 0.625 working days later in all
        _update(vendor, duration=5 * WD + minutes)
    since = selectors.since_baseline(selectors.reference(program))
    assert since is not None
    found = selectors.movement(SYSTEM, selectors.of_task(live), since)
    assert found.minutes == 300 and found.shown == Decimal("0.6")
    assert [line.shown for line in found.lines] == [Decimal(n) / 10 for n in (1, 2, 2, 1)]


def test_a_data_date_and_what_was_reported_for_it_are_told_as_one(
    delivery: tuple[Program, Task, Task, Task],
) -> None:
    program, vendor, _interfaces, live = delivery
    fresh = Program.objects.get(pk=program.pk)
    program_services.update(actor=SYSTEM, program=fresh, data_date=date(2026, 1, 14))
    start = datetime(2026, 1, 5, 8)
    _update(vendor, "delivered", actual_start=start, actual_finish=datetime(2026, 1, 14, 17))
    since = selectors.since_baseline(selectors.reference(program))
    assert since is not None
    found = selectors.movement(SYSTEM, selectors.of_task(live), since)
    # Unreported, the delivery would begin on Thursday 15 and take to Wednesday 21 instead of Friday 9: eight days. It came on
    # Wednesday 14: three days late.
    assert [(line.cause, line.minutes // WD) for line in found.lines] == [
        (Cause.DATA_DATE, 8),
        (Cause.ACTUALS, -5),
    ]
    (told,) = ledger_lines.status_updates(found.lines)
    assert (told.minutes, told.shown, len(told.parts)) == (3 * WD, Decimal(3), 2)
    assert told.change_set is not None and told.change_set.reason == "delivered"
    (cause,) = ledger_lines.headline(found.causes)
    assert cause.minutes == found.minutes == 3 * WD


def test_windows_by_data_date_instant_and_nothing(delivery: tuple[Program, Task, Task, Task]) -> None:
    program, _vendor, interfaces, _live = delivery
    item = selectors.of_program(program)
    assert selectors.since_data_date(program) is None
    _update(interfaces, duration=6 * WD)
    middle = timezone.now()
    fresh = Program.objects.get(pk=program.pk)
    program_services.update(actor=SYSTEM, program=fresh, data_date=date(2026, 1, 6))
    recompute.drain(program.pk)
    ledger.post(program.pk)
    since = selectors.since_data_date(Program.objects.get(pk=program.pk))
    assert since is not None
    moved = selectors.movement(SYSTEM, item, since)
    assert [(one.cause, one.minutes) for one in moved.causes] == [(Cause.DATA_DATE, 2 * WD)]
    assert selectors.movement(SYSTEM, item, selectors.since_instant(middle)).minutes == 2 * WD
    nothing = selectors.movement(SYSTEM, item, selectors.since_instant(timezone.now()))
    assert (nothing.lines, nothing.minutes, nothing.end) == ([], 0, moved.end)
    (one,) = selectors.moved(SYSTEM, [program], middle)
    assert (one.minutes, one.milestones) == (2 * WD, 1)
    assert selectors.moved(SYSTEM, [program], timezone.now()) == []


def test_who_reads_one_project_sees_its_moves_but_not_whose_they_are(
    delivery: tuple[Program, Task, Task, Task],
) -> None:
    program, vendor, interfaces, live = delivery
    before = timezone.now()
    _late(vendor, interfaces)
    other = plans.project(program)
    insider, stranger = plans.member(Role.PM, live.project), plans.member(Role.PM, other)
    found = selectors.movement(insider, selectors.of_task(live), selectors.since_instant(before))
    assert found.minutes == 4 * WD
    assert all(line.change_set is None and line.because is None for line in found.lines)
    (one,) = selectors.moved(insider, [program], before)
    assert one.item.project_id == live.project_id
    assert selectors.moved(stranger, [program], before) == []
    assert selectors.movement(stranger, selectors.of_task(live), selectors.beginning()).lines == []


def test_pages_and_api_tell_it(delivery: tuple[Program, Task, Task, Task]) -> None:
    program, vendor, interfaces, live = delivery
    manager = plans.member(Role.TPM, program)
    client = browser(manager)
    quiet = client.get(f"/programs/{program.pk}/movement/?since=baseline", headers=HTMX).content.decode()
    assert "Nothing moved it against the baseline" in quiet
    _late(vendor, interfaces)
    panel = client.get(f"/programs/{program.pk}/movement/", headers=HTMX).content.decode()
    assert "Actual dates and progress: Vendor delivery" in panel and "delivery note" in panel
    section = client.get(f"/tasks/{live.pk}/movement/", headers=HTMX).content.decode()
    assert "+4" in section and "Re-estimated: Interfaces" in section
    assert "What moved since" in client.get("/").content.decode()
    api = client.get(f"/api/v1/tasks/{live.pk}/movement/").json()
    assert api["working_minutes"] == sum(one["working_minutes"] for one in api["entries"]) == 4 * WD
    assert [one["cause"] for one in api["causes"]] == ["actuals", "estimates"]
    assert [one["change_set"]["reason"] for one in api["change_sets"]] == ["delivery note", ""]
    for query in ("since=yesterday", "baseline=0", "since=record&baseline=1", "until=1", "since=report"):
        assert client.get(f"/api/v1/programs/{program.pk}/movement/?{query}").status_code == 400
    for query in ("since=record", "since=2026-01-01", "since=2026-01-01T08:00:00Z", "since=1"):
        assert client.get(f"/api/v1/programs/{program.pk}/movement/?{query}").status_code == 200
