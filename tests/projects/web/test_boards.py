"""The board: where a task stands follows from the record; moving it writes progress; limits belong to a project."""

from datetime import date, datetime

import pytest

from projects.models import BoardLimits, Task
from projects.selectors import boards
from projects.services import plan_edits
from projects.services.commands import CreateTask, LinkTasks, UpdateTask
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
KNOWN = date(2026, 1, 9)


@pytest.fixture
def world():
    """A (running since Monday 5 January) → B (FS) and C (SS); D is free; E is free but begins in three months; F is a milestone."""
    program = plans.program(data_date=KNOWN)
    project = plans.project(program, name="Network")
    a, b, c, _d, e = plans.tasks(project, 10, 5, 5, 5, 5)
    far = {"constraint": 4, "constraint_at": datetime(2026, 4, 6, 8)}
    begun = {"actual_start": datetime(2026, 1, 5, 8), "percent_complete": 50.0}
    commands = [
        LinkTasks(a.pk, b.pk), LinkTasks(a.pk, c.pk, 1), UpdateTask(e.pk, 1, far), UpdateTask(a.pk, 1, begun),
        CreateTask(project.pk, "F", set={"is_milestone": True}),
    ]  # fmt: skip
    plan_edits.apply(actor=SYSTEM, program=program, commands=commands)
    recompute.drain(program.pk)
    return program, project, {task.name: task for task in Task.objects.filter(program=program)}


def columns(program, **choice) -> dict[str, list[str]]:
    found = boards.board(SYSTEM, program, known=KNOWN, **choice)
    return {one.key: [card.task.name for card in one.cards] for one in found.columns}


def test_the_column_follows_from_dates_and_predecessors(world):
    program, _project, found = world
    assert columns(program) == {"waiting": ["B"], "ready": ["C", "D", "F"], "progress": ["A"], "done": []}
    assert boards.board(SYSTEM, program, known=KNOWN).later == 1
    assert boards.card_of(SYSTEM, Task.objects.select_related("schedule").get(pk=found["B"].pk)).holders == [
        "A"
    ]


def test_moving_writes_progress_not_after_the_data_date_and_can_be_undone(world):
    program, _project, found = world
    contributor = browser(plans.member("CO", program))
    move = f"/tasks/{found['D'].pk}/move/"
    answer = contributor.post(move, {"to": "progress", "version": found["D"].version}, headers=HTMX)
    assert answer.status_code == 200 and "undo" in answer.headers["HX-Trigger"]
    d = Task.objects.get(pk=found["D"].pk)
    assert d.actual_start == datetime(
        2026, 1, 9, 8
    )  # it was planned for Monday 12, which is after the data date
    stale = contributor.post(move, {"to": "done", "version": 1}, headers=HTMX)
    assert stale.status_code == 409
    done = contributor.post(move, {"to": "done", "version": d.version}, headers=HTMX)
    d.refresh_from_db()
    assert (
        done.status_code == 200 and d.actual_finish == datetime(2026, 1, 9, 17) and d.percent_complete == 100
    )
    contributor.post(move, {"to": "progress", "version": d.version}, headers=HTMX)
    d.refresh_from_db()
    assert d.actual_finish is None and d.actual_start == datetime(2026, 1, 9, 8)
    contributor.post(move, {"to": "ready", "version": d.version}, headers=HTMX)
    d.refresh_from_db()
    assert (d.actual_start, d.percent_complete) == (None, 0)
    f = found["F"]
    refused = contributor.post(f"/tasks/{f.pk}/move/", {"to": "progress", "version": f.version}, headers=HTMX)
    assert refused.status_code == 409 and "milestone" in refused.content.decode()
    contributor.post(f"/tasks/{f.pk}/move/", {"to": "done", "version": f.version}, headers=HTMX)
    f.refresh_from_db()
    assert f.actual_finish == f.actual_start is not None
    waits = contributor.post(f"/tasks/{found['B'].pk}/move/", {"to": "waiting"}, headers=HTMX)
    assert waits.status_code == 409 and "follows from what comes first" in waits.content.decode()
    reader = browser(plans.member("AU", program))
    assert reader.post(move, {"to": "done"}).status_code == 403
    assert "data-move" not in reader.get(f"/programs/{program.pk}/board/").content.decode()


def test_a_project_keeps_limits_and_the_board_says_when_they_are_passed(world):
    program, project, _found = world
    manager = browser(plans.member("PM", project))
    limits = f"/projects/{project.pk}/limits/"
    assert manager.post(limits, {"waiting": "0", "in_progress": ""}).status_code == 422
    assert manager.post(limits, {"waiting": "", "in_progress": "1"}).status_code == 302
    found = BoardLimits.objects.get()
    assert (found.waiting, found.in_progress) == (None, 1)
    page = f"/programs/{program.pk}/board/?project={project.pk}"
    assert "Over the limit" not in manager.get(page).content.decode()
    d = Task.objects.get(name="D")
    moved = manager.post(f"/tasks/{d.pk}/move/?project={project.pk}", {"to": "progress"}, headers=HTMX)
    assert "In progress: 2 tasks, the limit is 1." in moved.content.decode()
    assert manager.post(limits, {"waiting": "", "in_progress": "2", "version": "7"}).status_code == 409
    rows = (
        manager.get(f"/programs/{program.pk}/board/export.csv")
        .content.decode("utf-8-sig")
        .strip()
        .splitlines()
    )
    assert len(rows) == 1 + 5
