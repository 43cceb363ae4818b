"""The two JSON doors of the Gantt, the options, and the words it speaks."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from programs.models import Program
from projects.models import Dependency, Plan, Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from projects.web.gantt_words import words
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.lib import walltime

pytestmark = pytest.mark.django_db
MODEL_JS = Path(__file__).parents[3] / "static" / "js" / "gantt" / "model.js"
STRINGS_JS = MODEL_JS.with_name("strings.js")


@pytest.fixture
def program() -> Program:
    """Monday 5 January 2026: A (2 d) before B (3 d)."""
    made = plans.program(data_date=date(2026, 1, 1))
    plans.chain(plans.tasks(plans.project(made), 2, 3))
    recompute.drain(made.pk)
    return made


def client(role: str, at: Any) -> Client:
    browser = Client()
    browser.force_login(plans.member(role, at).user)  # type: ignore[arg-type]
    return browser


def data(browser: Client, program: Program, query: str = "") -> dict[str, Any]:
    answer = browser.get(reverse("projects:gantt-data", args=[program.pk]) + query)
    assert answer.status_code == 200
    return dict(json.loads(answer.content))


def edit(browser: Client, program: Program, *commands: dict[str, Any]) -> Any:
    url = reverse("projects:plan-edit", args=[program.pk])
    return browser.post(url, json.dumps({"commands": commands}), content_type="application/json")


def test_the_columns_are_those_that_the_browser_reads(program: Program) -> None:
    defaults = re.search(r"const DEFAULTS = \{(.*?)\};", MODEL_JS.read_text(), re.S)
    assert defaults
    wanted = set(re.findall(r"(\w+):", defaults[1]))
    tasks = data(client("TPM", program), program)["tasks"]
    assert wanted <= tasks.keys()
    assert {len(column) for column in tasks.values()} == {2}


def test_dates_are_wall_minutes_and_durations_working_minutes(program: Program) -> None:
    tasks = data(client("TPM", program), program)["tasks"]
    at = [
        [walltime.to_datetime(tasks[name][i]).isoformat(" ", "minutes") for name in ("start", "finish")]
        for i in (0, 1)
    ]  # type: ignore[union-attr]
    assert at == [["2026-01-05 08:00", "2026-01-06 17:00"], ["2026-01-07 08:00", "2026-01-09 17:00"]]
    assert tasks["duration"] == [960, 1440]
    assert tasks["critical"] == [True, True] and tasks["driver"] == [None, tasks["id"][0]]


def test_links_are_named_by_their_kind(program: Program) -> None:
    link = Dependency.objects.get(program=program)
    found = data(client("TPM", program), program)["links"]
    assert found == {
        "id": [link.pk],
        "pred": [link.predecessor_id],
        "succ": [link.successor_id],
        "kind": ["FS"],
        "lag": [0],
        "version": [1],
    }


def test_a_page_that_knows_all_results_gets_no_rows(program: Program) -> None:
    browser = client("TPM", program)
    whole = data(browser, program)
    computed, head = whole["program"]["computed_revision"], whole["head"]
    assert data(browser, program, f"?since={computed}&head={head}")["tasks"] == {"id": []}
    assert len(data(browser, program, f"?since={computed - 1}&head={head}")["tasks"]["id"]) == 2
    assert "program" in data(browser, program, f"?since={computed}"), (
        "who does not say what it knows gets the whole"
    )


def test_who_reads_one_project_gets_its_tasks_only(program: Program) -> None:
    other = plans.project(program)
    [alone] = plans.tasks(other, 1)
    recompute.drain(program.pk)
    found = data(client("PM", other), program)
    assert found["tasks"]["id"] == [alone.pk] and [one["id"] for one in found["projects"]] == [other.pk]
    assert found["links"]["id"] == []


def test_links_to_other_programs_tell_who_reads_them_the_far_task(program: Program) -> None:
    other = plans.program(program.portfolio)
    before, after = plans.tasks(plans.project(other), 1, 2)
    first, last = Task.objects.filter(program=program).order_by("pk")
    plans.chain([before, first])
    plans.chain([last, after])
    into, out = Dependency.objects.exclude(predecessor_program=F("program")).order_by("pk")
    for one in (other, program, other):
        recompute.drain(one.pk)
    far = data(client("TPM", program.portfolio), program)["far"]
    assert far["id"] == [into.pk, out.pk] and far["task"] == [first.pk, last.pk]
    assert far["out"] == [False, True] and far["ends"] == [True, False]
    assert far["name"] == [before.name, after.name] and far["program"] == [other.code] * 2
    before.schedule.refresh_from_db()
    after.schedule.refresh_from_db()
    assert far["at"] == [
        walltime.to_minutes(before.schedule.finish),
        walltime.to_minutes(after.schedule.start),
    ]

    browser = client("TPM", program)
    whole = data(browser, program)
    hidden = whole["far"]
    assert hidden["id"] == [into.pk], "of who waits for us nobody is told who may not see them"
    assert (hidden["far"], hidden["name"], hidden["program"], hidden["at"]) == ([None], [""], [""], [None])
    known = f"?since={whole['program']['computed_revision']}&head={whole['head']}"
    assert data(browser, program, known)["far"] == hidden
    with_all = client("TPM", program.portfolio)
    whole = data(with_all, program)
    known = f"?since={whole['program']['computed_revision']}&head={whole['head']}"
    renamed = UpdateTask(after.pk, after.version, {"name": "Elsewhere"})
    plan_edits.apply(actor=actors.system(), program=other, commands=[renamed])
    assert data(with_all, program, known)["far"]["name"] == [before.name, "Elsewhere"]


def test_an_edit_answers_with_versions_and_the_way_back(program: Program) -> None:
    browser, first = client("TPM", program), Task.objects.get(program=program, name="A")
    answer = edit(
        browser, program, {"op": "update", "task": first.pk, "version": 1, "set": {"duration": 480}}
    )
    assert answer.status_code == 200 and answer.json()["versions"] == {str(first.pk): 2}
    undone = edit(browser, program, *answer.json()["undo"])
    assert undone.status_code == 200
    assert Task.objects.get(pk=first.pk).duration == 960


def test_who_was_overtaken_sees_the_other_s_values(program: Program) -> None:
    browser, first = client("TPM", program), Task.objects.get(program=program, name="A")
    edit(browser, program, {"op": "update", "task": first.pk, "version": 1, "set": {"name": "Theirs"}})
    answer = edit(browser, program, {"op": "update", "task": first.pk, "version": 1, "set": {"name": "Mine"}})
    assert answer.status_code == 409
    [error] = answer.json()["errors"]
    assert error["code"] == "conflict" and error["theirs"]["name"] == "Theirs"


def test_a_circle_is_refused_and_named(program: Program) -> None:
    first, second = Task.objects.filter(program=program).order_by("pk")
    answer = edit(
        client("TPM", program),
        program,
        {"op": "link", "pred": second.pk, "succ": first.pk, "kind": "FS", "lag": 0},
    )
    assert answer.status_code == 422
    assert "“A” → “B” → “A”" in answer.json()["errors"][0]["message"]


def test_nonsense_is_refused_in_words(program: Program) -> None:
    browser = client("TPM", program)
    answer = browser.post(
        reverse("projects:plan-edit", args=[program.pk]), "{", content_type="application/json"
    )
    assert answer.status_code == 422 and answer.json()["errors"][0]["message"]


def test_a_contributor_reports_progress_but_does_not_plan(program: Program) -> None:
    browser, first = client("CO", program), Task.objects.get(program=program, name="A")
    planned = edit(
        browser, program, {"op": "update", "task": first.pk, "version": 1, "set": {"duration": 480}}
    )
    reported = edit(
        browser, program, {"op": "update", "task": first.pk, "version": 1, "set": {"percent_complete": 50}}
    )
    assert (planned.status_code, reported.status_code) == (403, 200)


def test_plan_options_are_saved_in_working_minutes(program: Program) -> None:
    url = reverse("projects:plan-options", args=[program.pk])
    form = {"progress": "progress_override", "honour_constraints": "on", "days": "1.5", "passing_score": "90"}
    assert client("TPM", program).post(url, form).status_code == 200
    plan = Plan.objects.get(pk=program.pk)
    assert (plan.progress, plan.critical_threshold) == ("progress_override", 720)


def test_every_word_of_the_browser_is_translated_on_the_server() -> None:
    body = STRINGS_JS.read_text().split("STRINGS = {", 1)[1].split("\n};", 1)[0]
    theirs = dict(re.findall(r'(\w+):\s*"((?:[^"\\]|\\.)*)"', body))
    assert words() == theirs
