"""Cells of tables: what each saves, what it refuses and why, and the way back."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from budgets.models import CostLine
from budgets.services import cost_lines
from programs.services import calendars, resources
from projects.models import Task, TaskSchedule
from projects.services import plan_edits
from projects.services.commands import Assign, UpdateTask
from risks.models import Risk
from risks.services import risks
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def undo_of(answer: Any) -> str:
    return str(json.loads(answer["HX-Trigger"])["tpm:toast"]["undo"]["url"])


def test_a_tasks_cells_are_saved_refused_and_taken_back() -> None:
    program = plans.program(data_date=date(2026, 2, 2))
    (task,) = plans.tasks(plans.project(program), 2)
    mia = browser(plans.member("TPM", program))

    def at(field: str) -> str:
        return reverse("projects:task-cell", args=[task.pk, field])

    editor = mia.get(at("responsible"), headers=HTMX).content.decode()
    assert (
        f'aria-label="Responsible: {task.name}"' in editor
        and f'name="version" value="{task.version}"' in editor
    )
    done = mia.post(at("responsible"), {"version": task.version, "responsible": "Jonas"}, headers=HTMX)
    assert done.status_code == 204 and "tpm:cell-saved" in done["HX-Trigger"]
    task.refresh_from_db()
    assert task.responsible == "Jonas"
    late = mia.post(at("deadline"), {"version": task.version - 1, "deadline": "2026-03-02"}, headers=HTMX)
    assert late.status_code == 409, "it was typed on a version that is gone"
    assert mia.post(undo_of(done)).status_code == 204
    task.refresh_from_db()
    assert task.responsible == ""
    mia.post(at("deadline"), {"version": task.version, "deadline": "2026-03-02"}, headers=HTMX)
    assert Task.objects.get(pk=task.pk).deadline == datetime(2026, 3, 2, 23, 59)
    task.refresh_from_db()
    wrong = mia.post(
        at("percent_complete"), {"version": task.version, "percent_complete": "140"}, headers=HTMX
    )
    assert wrong.status_code == 422 and "less than or equal to 100" in wrong.content.decode()
    same = mia.post(at("name"), {"version": task.version, "name": task.name}, headers=HTMX)
    assert same.status_code == 204 and "undo" not in same["HX-Trigger"]
    assert mia.get(at("duration")).status_code == 404
    # A contributor reports progress and changes nothing else.
    cora = browser(plans.member("CO", program))
    assert cora.get(at("name")).status_code == 403
    assert (
        cora.post(at("percent_complete"), {"version": task.version, "percent_complete": "40"}).status_code
        == 204
    )
    lists = cora.get(reverse("projects:task-list", args=[program.pk])).content.decode()
    assert at("percent_complete") in lists and at("name") not in lists


def test_a_day_typed_as_start_or_finish_is_a_constraint_or_a_duration() -> None:
    """By hand: 2 Feb 2026 is a Monday, a day has 480 minutes, the week Monday to Friday."""
    program = plans.program(data_date=date(2026, 2, 2))
    project = plans.project(program)
    task, mark = plans.tasks(project, 2, 0)
    reached = UpdateTask(mark.pk, mark.version, {"is_milestone": True})
    plan_edits.apply(actor=actors.system(), program=program, commands=[reached])
    recompute.drain(program.pk)
    mia = browser(plans.member("TPM", program))

    def type_in(row: Task, field: str, day: str) -> Any:
        version = Task.objects.get(pk=row.pk).version
        address = reverse("projects:task-cell", args=[row.pk, field])
        answer = mia.post(address, {"version": version, field: day}, headers=HTMX)
        recompute.drain(program.pk)
        row.refresh_from_db()
        return answer

    done = type_in(task, "start", "2026-02-07")  # a Saturday: work goes on on Monday the 9th
    assert (task.constraint, task.constraint_at) == (Task.Constraint.SNET, datetime(2026, 2, 9, 8))
    assert TaskSchedule.objects.get(pk=task.pk).start == datetime(2026, 2, 9, 8)
    longer = type_in(task, "finish", "2026-02-15")  # a Sunday: it ends on Friday, after five days
    assert task.duration == 5 * 480
    assert TaskSchedule.objects.get(pk=task.pk).finish == datetime(2026, 2, 13, 17)
    wrong = type_in(task, "finish", "2026-02-06")
    assert wrong.status_code == 422 and "2026-02-09: it can not end before" in wrong.content.decode()
    assert mia.post(undo_of(longer)).status_code == 204
    task.refresh_from_db()
    assert task.duration == 2 * 480
    assert mia.post(undo_of(done)).status_code == 204
    task.refresh_from_db()
    assert (task.constraint, task.constraint_at) == (Task.Constraint.ASAP, None)
    type_in(mark, "finish", "2026-02-11")
    assert TaskSchedule.objects.get(pk=mark.pk).finish.date() == date(2026, 2, 11)
    version = Task.objects.get(pk=task.pk).version
    begun = UpdateTask(task.pk, version, {"actual_start": datetime(2026, 2, 3, 8), "percent_complete": 20.0})
    plan_edits.apply(actor=actors.system(), program=program, commands=[begun])
    type_in(task, "start", "2026-02-04")
    assert task.actual_start == datetime(2026, 2, 4, 8), "it has begun: the day it did is what is mended"


def test_a_finish_is_typed_on_the_calendar_of_who_does_the_work() -> None:
    """By hand: Ann works from Monday to Wednesday; from Monday 5 January 2026 to Friday the 9th that is three days."""
    program = plans.program()
    (task,) = plans.tasks(plans.project(program), 1)
    day = [[480, 720], [780, 1020]]
    short = calendars.create(
        actor=actors.system(), portfolio=program.portfolio, name="Short", week=[day] * 3 + [[]] * 4
    )
    ann = resources.create(
        actor=actors.system(), portfolio=program.portfolio, program=program, name="Ann", calendar=short
    )
    plan_edits.apply(actor=actors.system(), program=program, commands=[Assign(task.pk, ann.pk)])
    recompute.drain(program.pk)
    mia, version = browser(plans.member("TPM", program)), Task.objects.get(pk=task.pk).version
    address = reverse("projects:task-cell", args=[task.pk, "finish"])
    assert mia.post(address, {"version": version, "finish": "2026-01-09"}, headers=HTMX).status_code == 204
    recompute.drain(program.pk)
    assert Task.objects.get(pk=task.pk).duration == 3 * 480
    assert TaskSchedule.objects.get(pk=task.pk).finish == datetime(2026, 1, 7, 17)


def test_a_risks_cells_are_saved_in_percent_and_taken_back() -> None:
    program = plans.program()
    mia = browser(plans.member("TPM", program))
    risk = risks.create(
        actor=actors.system(), program=program, title="Late vendor", probability=0.2, impact_days=5
    )

    def at(field: str) -> str:
        return reverse("risks:risk-cell", args=[risk.pk, field])

    done = mia.post(at("probability"), {"version": risk.version, "probability": "35"}, headers=HTMX)
    assert Risk.objects.get(pk=risk.pk).probability == 0.35
    assert mia.post(undo_of(done)).status_code == 204
    assert Risk.objects.get(pk=risk.pk).probability == 0.2
    version = Risk.objects.get(pk=risk.pk).version
    stranger = plans.user("stranger")
    wrong = mia.post(at("owner"), {"version": version, "owner": stranger.pk}, headers=HTMX)
    assert wrong.status_code == 422 and "Select a valid choice" in wrong.content.decode()


def test_a_cost_lines_cells_are_saved_and_taken_back_by_who_made_the_change() -> None:
    world = money.world()
    fred, frida = (browser(plans.member("FC", world.program)) for _ in range(2))
    line = cost_lines.create(
        actor=actors.system(), program=world.program, name="Racks", amount=Decimal(900),
        starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 30),
    )  # fmt: skip
    made = reverse("budgets:cost-line-cell", args=[line.pk, "amount"])
    done = fred.post(made, {"version": line.version, "amount": "950.50"}, headers=HTMX)
    assert CostLine.objects.get(pk=line.pk).amount == Decimal("950.50")
    refused = frida.post(undo_of(done))
    assert refused.status_code == 409 and "Only who made this change" in refused.content.decode()
    other = cost_lines.create(
        actor=actors.system(), program=world.program, name="Cables", amount=Decimal(10),
        starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 30),
    )  # fmt: skip
    elsewhere = undo_of(done).replace(f"/{line.pk}/", f"/{other.pk}/", 1)
    assert fred.post(elsewhere).status_code == 404, "the change is none of that line"
    assert fred.post(undo_of(done)).status_code == 204
    assert CostLine.objects.get(pk=line.pk).amount == Decimal(900)
    version = CostLine.objects.get(pk=line.pk).version
    assert fred.post(made, {"version": version, "amount": ""}, headers=HTMX).status_code == 422
