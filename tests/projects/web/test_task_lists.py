"""The list of tasks: filters and order by address, one field of many tasks changed in one act that is taken back in one."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Portfolio, Program
from projects.models import Project, Task
from tests.factories import plans
from tpm import recompute

pytestmark = pytest.mark.django_db


def signed_in(role: str, at: Portfolio | Program | Project) -> Client:
    browser = Client()
    browser.force_login(plans.member(role, at).user)  # type: ignore[arg-type]
    return browser


@pytest.fixture
def world() -> tuple[Program, Project, list[Task]]:
    program = plans.program(data_date=date(2026, 2, 2))
    project = plans.project(program, name="Network")
    plans.chain(plans.tasks(project, 2, 3, 1))
    recompute.drain(program.pk)
    return program, project, list(Task.objects.filter(program=program).order_by("name"))


def names(answer: Any) -> list[str]:
    return [task.name for task in answer.context["rows"]]


def test_rows_are_found_and_sorted_by_the_address_and_taken_away_as_they_are(
    world: tuple[Program, Project, list[Task]],
) -> None:
    program, project, _tasks = world
    browser, url = signed_in("TPM", program), reverse("projects:task-list", args=[program.pk])
    assert names(browser.get(url)) == ["A", "B", "C"]
    assert names(browser.get(url, {"sort": "-finish"})) == ["C", "B", "A"]
    assert names(browser.get(url, {"q": "b", "project": project.pk})) == ["B"]
    assert names(browser.get(url, {"show": "done"})) == []
    assert names(browser.get(url, {"show": "nobody", "sort": "unknown", "project": "x"})) == ["A", "B", "C"]
    file = browser.get(url, {"q": "b", "export": "csv"})
    [row] = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    assert (row["Task"], row["Project"]) == ("B", "Network")


def test_many_tasks_are_changed_in_one_act_and_taken_back_in_one(
    world: tuple[Program, Project, list[Task]],
) -> None:
    program, _project, tasks = world
    browser, url = signed_in("TPM", program), reverse("projects:task-bulk", args=[program.pk])
    rows = [f"{task.pk}:{task.version}" for task in tasks[:2]]
    answer = browser.post(url, {"row": rows, "field": "responsible", "value": "Jonas"})
    assert answer.status_code == 204 and "2 tasks were changed" in answer["HX-Trigger"]
    assert Task.objects.filter(responsible="Jonas").count() == 2
    stale = browser.post(url, {"row": rows, "field": "priority", "value": "900"})
    assert stale.status_code == 409, "somebody changed them since the page was read"
    undo = reverse("projects:change-undo", args=[program.pk, _change_set(answer)])
    assert browser.post(undo).status_code == 204
    assert not Task.objects.filter(responsible="Jonas").exists()


def test_a_wrong_value_changes_nothing_and_says_what_to_give(
    world: tuple[Program, Project, list[Task]],
) -> None:
    program, _project, tasks = world
    browser, url = signed_in("TPM", program), reverse("projects:task-bulk", args=[program.pk])
    rows = [f"{task.pk}:{task.version}" for task in tasks]
    for field, value, said in (
        ("percent_complete", "120", "from 0 to 100"), ("deadline", "soon", "Give a date"), ("name", "X", "Choose what to change"),
    ):  # fmt: skip
        answer = browser.post(url, {"row": rows, "field": field, "value": value})
        assert answer.status_code == 409 and said in answer.content.decode()
    assert browser.post(url, {"field": "responsible", "value": "X"}).status_code == 409
    answer = browser.post(url, {"row": rows, "field": "deadline", "value": "2026-05-01"})
    assert answer.status_code == 204
    assert set(Task.objects.filter(program=program).values_list("deadline", flat=True)) == {
        datetime(2026, 5, 1, 23, 59)
    }


def test_who_may_only_report_progress_changes_nothing_else(
    world: tuple[Program, Project, list[Task]],
) -> None:
    program, _project, tasks = world
    browser, url = signed_in("CO", program), reverse("projects:task-bulk", args=[program.pk])
    rows = [f"{task.pk}:{task.version}" for task in tasks[:1]]
    assert browser.post(url, {"row": rows, "field": "responsible", "value": "Me"}).status_code == 403
    assert browser.post(url, {"row": rows, "field": "percent_complete", "value": "50"}).status_code == 204
    assert (
        "bulk-edit"
        not in signed_in("AU", program).get(reverse("projects:task-list", args=[program.pk])).content.decode()
    )


def test_milestones_are_sorted_and_taken_away(world: tuple[Program, Project, list[Task]]) -> None:
    program, project, _tasks = world
    plans.tasks(project, 0, 0, is_milestone=True)
    recompute.drain(program.pk)
    browser, url = signed_in("TPM", program), reverse("projects:milestone-list", args=[program.pk])
    assert names(browser.get(url, {"sort": "-name"})) == sorted(names(browser.get(url)), reverse=True)
    file = browser.get(url, {"export": "xlsx"})
    assert "spreadsheetml" in file["Content-Type"] and "milestones.xlsx" in file["Content-Disposition"]


def _change_set(answer: Any) -> int:

    address: str = json.loads(answer["HX-Trigger"])["tpm:toast"]["undo"]["url"]
    return int(address.rstrip("/").split("/")[-2])
