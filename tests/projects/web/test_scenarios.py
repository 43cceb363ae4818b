"""What-if on screen: the list, the Gantt's two doors, the comparison, what settles an edit that does not fit."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Resource, WorkCalendar
from programs.services import calendars, resources
from projects.models import Assignment, Scenario, Task
from projects.services import plan_edits
from projects.services.commands import Assign, UpdateTask
from tests.factories import plans
from tpm import recompute, scenarios
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
DAY = 480


class Page:
    def __init__(self) -> None:
        self.program = plans.program()
        self.project = plans.project(self.program)
        self.a, self.b = plans.tasks(self.project, 2, 3)
        plans.chain([self.a, self.b])
        recompute.drain(self.program.pk)
        self.browser = Client()
        self.browser.force_login(plans.member("TPM", self.program).user)  # type: ignore[arg-type]
        started = self.browser.post(self.url("scenario-list", self.program.pk), {"name": "Two crews"})
        self.scenario = Scenario.objects.get()
        assert started.headers["Location"].endswith(f"/plan/?scenario={self.scenario.pk}")

    @staticmethod
    def url(name: str, *args: Any) -> str:
        return reverse(f"projects:{name}", args=args)

    def edit(self, *commands: dict[str, Any]) -> Any:
        url = self.url("scenario-edits", self.scenario.pk)
        return self.browser.post(url, json.dumps({"commands": commands}), content_type="application/json")

    def data(self, since: int | str = "") -> dict[str, Any]:
        return dict(
            json.loads(
                self.browser.get(self.url("scenario-data", self.scenario.pk), {"since": since}).content
            )
        )

    def person(self, name: str, works: WorkCalendar | None = None) -> Resource:
        portfolio = self.program.portfolio
        return resources.create(
            actor=actors.system(), portfolio=portfolio, program=self.program, name=name, calendar=works
        )

    def staffing(self, task: int) -> list[tuple[Any, ...]]:
        answer = self.browser.get(self.url("scenario-staffing", self.scenario.pk, str(task))).json()
        assert [one["name"] for one in answer["resources"]] == ["Ann", "Ben"]
        return [(one["id"], one["version"], one["resource"], one["units"]) for one in answer["assignments"]]

    def row(self, task: int, payload: dict[str, Any]) -> dict[str, Any]:
        at = payload["tasks"]["id"].index(task)
        return {name: column[at] for name, column in payload["tasks"].items()}


@pytest.fixture
def page() -> Page:
    return Page()


def test_edits_of_the_gantt_go_to_the_scenario_and_come_back_computed_with_the_plan_behind(
    page: Page,
) -> None:
    new = {"op": "create", "project": page.project.pk, "name": "Review", "parent": None, "after": page.a.pk}
    answer = page.edit(
        {"op": "update", "task": page.a.pk, "version": 1, "set": {"duration": 4 * DAY, "name": "A2"}}, new
    ).json()
    assert answer["created"] == [{"op_index": 1, "task": -2, "version": 1}]
    assert answer["undo"] == [{"op": "cut", "to": 0, "after": 2}]
    before = page.data()
    assert before["program"]["computed_revision"] < answer["input_revision"]
    scenarios.drain(page.scenario.pk)
    shown = page.data()
    assert (
        shown["program"]["computed_revision"]
        == shown["program"]["input_revision"]
        == answer["input_revision"]
    )
    assert shown["tasks"]["name"] == ["A2", "Review", "B"]
    moved = page.row(page.b.pk, shown)
    assert moved["start"] - shown["ghosts"][str(page.b.pk)][0] == 2 * 1440
    assert [shown["ghosts"][str(pk)][2] for pk in (page.a.pk, -2, page.b.pk)] == ["edited", "added", "moved"]
    assert page.data(since=answer["input_revision"])["tasks"] == {"id": []}
    redo = page.edit(*answer["undo"]).json()["undo"]
    assert [one["op"] for one in redo] == ["update", "create"] and Task.objects.get(pk=page.a.pk).name == "A"
    assert page.edit(*redo).json()["created"][0]["task"] == -2


def test_a_refused_edit_says_why(page: Page) -> None:
    answer = page.edit({"op": "link", "pred": page.b.pk, "succ": page.a.pk})
    assert answer.status_code == 422 and answer.json()["errors"][0]["code"] == "circle"
    assert page.edit("nonsense").status_code == 422  # type: ignore[arg-type]


def test_the_page_compares_explains_conflicts_and_exports(page: Page) -> None:
    page.edit({"op": "update", "task": page.a.pk, "version": 1, "set": {"duration": 4 * DAY}})
    other = UpdateTask(page.a.pk, 1, {"duration": DAY})
    scenarios.drain(page.scenario.pk)
    text = page.browser.get(
        page.url("scenario-detail", page.scenario.pk), {"sort": "-moved"}
    ).content.decode()
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "“A”: duration 4 d" in text and "plan Fri 9 Jan" in text and "+2" in text
    file = page.browser.get(page.url("scenario-export", page.scenario.pk, "csv")).content.decode("utf-8-sig")
    assert file.splitlines()[1].startswith(
        "A,differs,2026-01-05T08:00:00,2026-01-05T08:00:00,2026-01-06T17:00:00,2026-01-08"
    )
    assert page.browser.get(page.url("scenario-export", page.scenario.pk, "exe")).status_code == 404
    plan_edits.apply(actor=actors.system(), program=page.program, commands=[other])
    scenarios.drain(page.scenario.pk)
    banner = page.browser.get(page.url("scenario-banner", page.scenario.pk)).content.decode()
    assert "1 edit does not fit the plan" in banner
    assert "Keep mine" in page.browser.get(page.url("scenario-detail", page.scenario.pk)).content.decode()
    assert page.browser.post(page.url("scenario-apply", page.scenario.pk)).status_code == 409
    step = page.url("scenario-step", page.scenario.pk, 1)
    assert page.browser.post(step, {"keep": "1"}).status_code == 204
    assert page.browser.post(page.url("scenario-apply", page.scenario.pk)).status_code == 204
    assert Task.objects.get(pk=page.a.pk).duration == 4 * DAY
    assert (
        "Applied to the plan" in page.browser.get(page.url("scenario-list", page.program.pk)).content.decode()
    )
    assert page.browser.post(step).status_code == 409


def test_the_plan_page_shows_a_scenario_in_its_place(page: Page) -> None:
    text = page.browser.get(
        page.url("program-plan", page.program.pk), {"scenario": page.scenario.pk}
    ).content.decode()
    assert "What-if: Two crews – not the plan" in text
    assert (
        page.url("scenario-edits", page.scenario.pk) in text
        and page.url("plan-edit", page.program.pk) not in text
    )


def _assigned() -> list[tuple[Any, ...]]:
    rows = Assignment.objects.order_by("task_id", "resource_id")
    return [(*row[:2], float(row[2])) for row in rows.values_list("task__name", "resource__name", "units")]


def test_people_are_tried_in_a_what_if_and_are_the_plans_only_once_it_is_applied(page: Page) -> None:
    day = [[480, 720], [780, 1020]]
    week = [day, [], day, [], day, [], []]  # Monday, Wednesday, Friday
    works = calendars.create(
        actor=actors.system(), portfolio=page.program.portfolio, name="Thrice", week=week
    )
    ann, ben = page.person("Ann"), page.person("Ben", works)
    plan_edits.apply(actor=actors.system(), program=page.program, commands=[Assign(page.a.pk, ann.pk, {})])
    recompute.drain(page.program.pk)
    mine = Assignment.objects.get()
    assert page.staffing(page.a.pk) == [(mine.pk, 1, ann.pk, "1")]
    new = {"op": "create", "project": page.project.pk, "name": "Review", "parent": None, "after": page.b.pk}
    made = page.edit(
        {"op": "reassign", "assignment": mine.pk, "version": 1, "set": {"units": 0.5}},
        {"op": "assign", "task": page.a.pk, "resource": ben.pk, "set": {"units": 1}},
        new,
    ).json()["created"]
    assert made[0] == {"op_index": 1, "assignment": -2, "version": 1}
    assert page.edit({"op": "assign", "task": -3, "resource": ann.pk, "set": {"units": 1}}).status_code == 200
    assert page.staffing(page.a.pk) == [(mine.pk, 1, ann.pk, "0.5"), (-2, 1, ben.pk, "1")]
    assert page.staffing(-3) == [(-4, 1, ann.pk, "1")]
    for nothing in ("-4", "x", "999999999"):
        url = page.url("scenario-staffing", page.scenario.pk, nothing)
        assert page.browser.get(url).status_code == 404

    scenarios.drain(page.scenario.pk)
    shown = page.data()
    assert [page.row(pk, shown)["who"] for pk in (page.a.pk, page.b.pk, -3)] == ["Ann 50 %, Ben", "", "Ann"]
    assert shown["ghosts"][str(page.a.pk)][2] == "edited"
    # Two days of work from Monday 5 January on: Ben's second is Wednesday, and the chart knows his hours.
    assert page.row(page.a.pk, shown)["finish"] - shown["ghosts"][str(page.a.pk)][1] == 1440
    assert page.row(page.a.pk, shown)["calendar"] == works.pk
    assert works.pk in {one["id"] for one in shown["calendars"]}
    plan = page.browser.get(page.url("gantt-data", page.program.pk)).json()
    assert page.row(page.a.pk, plan)["who"] == "Ann" and _assigned() == [("A", "Ann", 1)]
    detail = page.url("scenario-detail", page.scenario.pk)
    text = page.browser.get(detail).content.decode()
    assert "Who: Ann 50 %, Ben · plan Ann<" in text and "Who: Ann · plan –<" in text
    words = [
        "Ann on “A”: units 50 %",
        "Assign Ben to “A”: units 100 %",
        "Assign Ann to “Review”: units 100 %",
    ]
    assert [one for one in words if one not in text] == []
    file = page.browser.get(page.url("scenario-export", page.scenario.pk, "csv")).content.decode("utf-8-sig")
    assert file.splitlines()[1].endswith('Ann,"Ann 50 %, Ben"')

    # One more edit takes Ben, who is there by an edit only, off again; taking that back brings him back.
    undo = page.edit({"op": "unassign", "assignment": -2, "version": 1}).json()["undo"]
    scenarios.drain(page.scenario.pk)
    assert page.row(page.a.pk, page.data())["who"] == "Ann 50 %"
    page.edit(*undo)
    # Dropping another what-if leaves the plan alone.
    page.browser.post(page.url("scenario-list", page.program.pk), {"name": "Nobody"})
    kept, page.scenario = page.scenario, Scenario.objects.get(name="Nobody")
    page.edit({"op": "unassign", "assignment": mine.pk, "version": 1})
    scenarios.drain(page.scenario.pk)
    assert page.row(page.a.pk, page.data())["who"] == "" and page.staffing(page.a.pk) == []
    dropped = page.url("scenario-detail", page.scenario.pk)
    assert "Take Ann off “A”" in page.browser.get(dropped).content.decode()
    assert page.browser.post(page.url("scenario-drop", page.scenario.pk)).status_code == 204
    assert _assigned() == [("A", "Ann", 1)]

    assert page.browser.post(page.url("scenario-apply", kept.pk)).status_code == 204
    assert _assigned() == [("A", "Ann", 0.5), ("A", "Ben", 1), ("Review", "Ann", 1)]
    assert "Ann on “A”: units 50 %" in page.browser.get(detail).content.decode()
