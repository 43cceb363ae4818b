"""The milestone trend: what was expected at each data date, as the ledger held it; the line ends where it is reached."""

from datetime import date, datetime

import pytest

from programs.models import Program
from programs.services import programs
from projects.models import Task
from projects.selectors import trends
from projects.services import ledger, plan_edits
from projects.services.commands import CreateTask, LinkTasks, UpdateTask
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def program() -> Program:
    """A task of 10 days before a milestone, reported on three Fridays; on the second the task is 15 days long, on the third
    the milestone is reached."""
    made = plans.program(data_date=date(2026, 1, 2))
    project = plans.project(made, name="Network")
    (task,) = plans.tasks(project, 10)
    mark = CreateTask(project.pk, "Ring in service", set={"is_milestone": True})
    plan_edits.apply(actor=SYSTEM, program=made, commands=[mark, LinkTasks(task.pk, -1)])
    _compute(made)
    started = {"actual_start": datetime(2026, 1, 5, 8), "percent_complete": 33.0, "remaining": 10 * 480}
    _report(made, date(2026, 1, 9), UpdateTask(task.pk, 1, {"duration": 15 * 480} | started))
    milestone = Task.objects.get(is_milestone=True)
    _report(
        made, date(2026, 1, 30),
        UpdateTask(task.pk, 2, {"percent_complete": 100.0, "actual_finish": datetime(2026, 1, 23, 17)}),
        UpdateTask(milestone.pk, milestone.version, {"actual_finish": datetime(2026, 1, 26, 8), "actual_start": datetime(2026, 1, 26, 8)}),
    )  # fmt: skip
    _report(made, date(2026, 2, 6))
    return made


def _report(program: Program, on: date, *commands: UpdateTask) -> None:
    programs.update(actor=SYSTEM, program=Program.objects.get(pk=program.pk), data_date=on)
    if commands:
        plan_edits.apply(actor=SYSTEM, program=Program.objects.get(pk=program.pk), commands=list(commands))
    _compute(program)


def _compute(program: Program) -> None:
    recompute.drain(program.pk)
    ledger.post(program.pk)


def test_each_data_date_shows_what_was_expected_then(program):
    found = trends.of_program(SYSTEM, Program.objects.get(pk=program.pk))
    assert found.reported == [date(2026, 1, 2), date(2026, 1, 9), date(2026, 1, 30), date(2026, 2, 6)]
    (track,) = found.tracks
    told = [at.date() if at else None for at in track.dates]
    # 10 days from Monday 5 January end on Friday 16; 15 days end on Friday 23; reached on Monday 26; then the line ends.
    assert told == [date(2026, 1, 16), date(2026, 1, 23), date(2026, 1, 26), None]
    assert track.moved == 10


def test_the_page_draws_it_and_the_download_has_a_row_for_each_date(program):
    person = browser(plans.member("TPM", program))
    address = f"/programs/{program.pk}/milestones/trend/"
    text = person.get(f"{address}?show=all").content.decode()
    assert "Ring in service" in text and "c-diagonal" in text and "+10" in text
    assert "No milestone fits this choice" in person.get(address).content.decode()  # it is reached
    rows = person.get(f"{address}export.csv?show=all").content.decode("utf-8-sig").strip().splitlines()
    assert rows[1:] == [
        "Network,Ring in service,2026-01-02,2026-01-16,",
        "Network,Ring in service,2026-01-09,2026-01-23,",
        "Network,Ring in service,2026-01-30,2026-01-26,",
    ]
    empty = plans.program()
    assert (
        "No trend yet"
        in browser(plans.member("TPM", empty)).get(f"/programs/{empty.pk}/milestones/trend/").content.decode()
    )
