"""The chain in the drawer, the page of float paths with its files, and both in the API."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Program
from projects.models import Task
from projects.selectors.paths import READ
from projects.services import plan_edits
from projects.services.commands import LinkTasks
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    """A (1 d), B (2 d) and C (4 d): A → B → D (1 d) ← C, so that C drives and A, B have a day of float."""
    made = plans.program(starts_on=date(2026, 1, 5))
    a, b, c, d = plans.tasks(plans.project(made), 1, 2, 4, 1)
    links = [LinkTasks(x.pk, y.pk) for x, y in ((a, b), (b, d), (c, d))]
    plan_edits.apply(actor=actors.system(), program=made, commands=list(links))
    recompute.drain(made.pk)
    return made


@pytest.fixture
def browser(program: Program) -> Client:
    made = Client()
    made.force_login(plans.member("TPM", program).user)  # type: ignore[arg-type]
    return made


def last(program: Program) -> Task:
    return Task.objects.get(program=program, name="D")


def test_the_drawer_tells_the_chain_and_leads_to_the_paths(browser: Client, program: Program) -> None:
    end = last(program)
    page = browser.get(reverse("projects:task-drawer", args=[end.pk])).content.decode()
    assert "It starts when “C” has finished." in page
    assert "it starts with its project" in page
    assert f"?path={end.pk}" in page and reverse("projects:task-paths", args=[end.pk]) in page


def test_the_page_ranks_the_paths_and_shows_as_many_as_asked(browser: Client, program: Program) -> None:
    url = reverse("projects:task-paths", args=[last(program).pk])
    page = browser.get(url).content.decode()
    assert "Path 1: drives the date" in page and "Path 2: 1\xa0d of float" in page
    assert "Path 2" not in browser.get(url, {"count": 1}).content.decode()


def test_the_paths_come_as_a_table_for_spreadsheets(browser: Client, program: Program) -> None:
    url = reverse("projects:path-export", args=[last(program).pk, "csv"])
    lines = browser.get(url).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] + line.split(",")[3:4] for line in lines[1:]] == [
        ["1", "0", "C"],
        ["1", "0", "D"],
        ["2", "480", "A"],
        ["2", "480", "B"],
    ]


def test_the_api_says_why_and_lists_the_paths(browser: Client, program: Program) -> None:
    tasks = {task.name: task.pk for task in Task.objects.filter(program=program)}
    why = json.loads(browser.get(f"/api/v1/tasks/{tasks['D']}/why/").content)
    assert [(step["kind"], step["task"]["id"]) for step in why["steps"]] == [
        ("predecessor", tasks["D"]),
        ("project_start", tasks["C"]),
    ]
    assert why["steps"][0]["link"]["predecessor"] == tasks["C"] and why["steps"][1]["link"] is None
    answer = json.loads(browser.get(f"/api/v1/tasks/{tasks['D']}/paths/?count=2").content)
    assert [(path["relative_float"], [one["id"] for one in path["tasks"]]) for path in answer["paths"]] == [
        (0, [tasks["C"], tasks["D"]]),
        (480, [tasks["A"], tasks["B"]]),
    ]
    assert sorted(answer["driving"]) == [tasks["C"], tasks["D"]]
    assert browser.get(f"/api/v1/tasks/{tasks['D']}/paths/?count=many").status_code == 400


def test_neither_asks_more_queries_for_a_longer_chain(
    browser: Client, program: Program, django_assert_max_num_queries: object
) -> None:
    end = last(program)
    counts = []
    for _ in range(2):
        for name in ("task-why", "task-paths"):
            READ.forget(program.pk)
            with django_assert_max_num_queries(40) as seen:  # type: ignore[operator]
                assert browser.get(reverse(f"api:{name}", args=[end.pk])).status_code == 200
            counts.append(len(seen))
        before = plans.tasks(end.project, *[1] * 12)
        plans.chain([*before, end])
        recompute.drain(program.pk)
    assert counts[:2] == counts[2:]
