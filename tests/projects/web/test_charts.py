"""The Gantt as a file: what a reader finds in it, who gets which rows, and what is refused."""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from budgets.services import baselines
from programs.models import Program
from projects.models import Project, Scenario, Task
from projects.selectors import chart_rows
from projects.services import plan_edits
from projects.services.commands import Command, DeleteTask, MoveTask, UpdateTask
from projects.web import chart_drawing, chart_files, far_stubs
from projects.web.chart_drawing import Window
from tests.factories import plans
from tpm import recompute, scenarios
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://evil")'


@pytest.fixture
def program() -> Program:
    """Monday 5 January 2026: in "Site" A (5 d) before B (3 d) below "Works"; in "=Other" C (1 d), which follows B."""
    made = plans.program(data_date=date(2026, 1, 1), name="Metro", code="METRO")
    site, other = plans.project(made, name="Site"), plans.project(made, name="=Other")
    works = plans.tasks(site, 1)[0]
    a, b = plans.tasks(site, 5, 3)
    (c,) = plans.tasks(other, 1)
    plans.chain([a, b, c])
    commands: list[Command] = [
        UpdateTask(works.pk, 1, {"name": "Works"}),
        UpdateTask(a.pk, 1, {"name": EVIL, "responsible": "@cmd"}),
        UpdateTask(b.pk, 1, {"name": "B"}),
        UpdateTask(c.pk, 1, {"name": "C"}),
        MoveTask(a.pk, 2, parent=works.pk, after=None),
        MoveTask(b.pk, 2, parent=works.pk, after=a.pk),
    ]
    plan_edits.apply(actor=actors.system(), program=made, commands=commands)
    recompute.drain(made.pk)
    baselines.take(actor=actors.system(), program=made, name="Agreed")
    recompute.drain(made.pk)
    return made


def client(role: str, at: Any) -> Client:
    browser = Client()
    browser.force_login(plans.member(role, at).user)  # type: ignore[arg-type]
    return browser


def ask(browser: Client, program: Program, kind: str, *, query: str = "", **wish: Any) -> Any:
    url = reverse("projects:plan-chart", args=[program.pk, kind]) + query
    return browser.post(url, json.dumps(wish), content_type="application/json") if wish else browser.get(url)


def sheet(answer: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Return the first sheet of a workbook and its rows by heading."""
    assert answer.status_code == 200, answer.content
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].values)
    return book.worksheets[0], [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_workbook_has_an_outline_real_dates_and_no_formula(program: Program) -> None:
    answer = ask(client("TPM", program), program, "xlsx")
    page, rows = sheet(answer)
    assert [row["Name"] for row in rows] == ["Site", "Works", EVIL, "B", "=Other", "C"]
    assert [page.row_dimensions[at].outlineLevel for at in range(2, 8)] == [0, 1, 2, 2, 0, 1]
    # A fills the week of 5 January, B ends Wednesday 14th: by the calendar.
    assert rows[2]["Start"] == datetime(2026, 1, 5, 8) and rows[2]["Finish"] == datetime(2026, 1, 9, 17)
    assert rows[3]["Finish"].date() == date(2026, 1, 14) and rows[3]["Baseline finish"] == rows[3]["Finish"]
    assert rows[2]["Duration, days"] == 5 and rows[0]["% done"] == 0
    assert rows[5]["Predecessors"] == "Site:1.1.2"
    # Text is text to the spreadsheet, however it begins.
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert "=HYPERLINK" not in str(
        [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    )
    about = dict(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[1].values)
    assert about["Program"] == "Metro" and about["Baseline"] == "Agreed"
    assert answer.headers["X-Computed-Revision"] == about["Revision"]


def test_only_the_rows_that_are_asked_for_come_and_none_that_one_may_not_see(program: Program) -> None:
    site, other = Project.objects.filter(program=program).order_by("pk")
    b, c = Task.objects.get(name="B"), Task.objects.get(name="C")
    _, rows = sheet(ask(client("TPM", program), program, "xlsx", rows=[f"project:{site.pk}", str(b.pk)]))
    assert [row["Name"] for row in rows] == ["Site", "B"]
    _, rows = sheet(ask(client("PM", other), program, "xlsx", rows=[str(b.pk), str(c.pk)]))
    assert [(row["Name"], row["Predecessors"]) for row in rows] == [("C", None)]


def test_what_the_baseline_lost_is_in_the_file_where_it_stood(program: Program) -> None:
    a = Task.objects.get(name__startswith="=HYPER")
    plan_edits.apply(actor=actors.system(), program=program, commands=[DeleteTask(a.pk, a.version)])
    recompute.drain(program.pk)
    _, rows = sheet(ask(client("TPM", program), program, "xlsx"))
    assert [row["Name"] for row in rows][1:4] == [
        "Works",
        f"{EVIL} (not in the plan any more)",
        "B",
    ]
    assert rows[2]["Start"] is None and rows[2]["Baseline finish"].date() == date(2026, 1, 9)


def test_a_what_if_goes_out_as_what_it_is_with_what_it_deletes(program: Program) -> None:
    browser = client("TPM", program)
    browser.post(reverse("projects:scenario-list", args=[program.pk]), {"name": "Two crews"})
    made = Scenario.objects.get()
    b = Task.objects.get(name="B")
    command = {"op": "delete", "task": b.pk, "version": b.version}
    url = reverse("projects:scenario-edits", args=[made.pk])
    browser.post(url, json.dumps({"commands": [command]}), content_type="application/json")
    scenarios.drain(made.pk)
    page = json.loads(browser.get(reverse("projects:scenario-data", args=[made.pk])).content)
    assert page["gone"]["id"] == [b.pk] and page["ghosts"][str(b.pk)][2] == "deleted"
    answer = ask(browser, program, "xlsx", query=f"?scenario={made.pk}")
    _, rows = sheet(answer)
    assert "B (not in the plan any more)" in [row["Name"] for row in rows]
    about = dict(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[1].values)
    assert about["What-if"] == "Two crews"
    assert 'filename="metro-plan-two-crews.xlsx"' in answer.headers["Content-Disposition"]
    other = client("PM", Project.objects.filter(program=program)[0])
    assert ask(other, program, "pdf", query=f"?scenario={made.pk}").status_code == 404


def test_paper_and_picture_are_drawn(program: Program) -> None:
    browser = client("TPM", program)
    assert ask(browser, program, "pdf").content.startswith(b"%PDF")
    assert ask(
        browser, program, "pdf", paper="a4", **{"from": 29_450_000, "to": 29_500_000}
    ).content.startswith(b"%PDF")
    assert ask(browser, program, "png", rows=[], shown=[]).content.startswith(b"\x89PNG")


def test_too_many_rows_and_nonsense_are_refused_in_words(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client("TPM", program)
    monkeypatch.setitem(chart_files.MOST, "png", 3)
    answer = ask(browser, program, "png")
    assert answer.status_code == 422 and "fold or filter" in answer.json()["errors"][0]["message"]
    url = reverse("projects:plan-chart", args=[program.pk, "pdf"])
    assert browser.post(url, "{", content_type="application/json").status_code == 422
    assert browser.post(url, json.dumps({"rows": 3}), content_type="application/json").status_code == 422
    assert browser.get(reverse("projects:plan-chart", args=[program.pk, "exe"])).status_code == 404


def _rows(*spans: tuple[int, int]) -> list[chart_rows.Row]:
    return [
        chart_rows.Row("task", 1, str(at), {"project": 1, "start": start, "finish": finish})
        for at, (start, finish) in enumerate(spans, 1)
    ]


def _links(*links: tuple[int, int, str]) -> dict[str, list[Any]]:
    return {
        "pred": [one[0] for one in links],
        "succ": [one[1] for one in links],
        "kind": [one[2] for one in links],
    }


def _pieces(cells: list[dict[str, Any]]) -> Iterator[tuple[int, str, list[Any]]]:
    for at, cell in enumerate(cells):
        for name in ("across", "down"):
            for piece in cell.get(name, []):
                yield at, name, piece


def test_a_link_is_cut_into_one_piece_per_row() -> None:
    """By hand, on a line of 1000 mm for 1000 minutes: out 1.6 mm behind the finish at 100, down through the rows, into the start at 500."""
    time = Window(0, 1000, 1000.0)
    cells = chart_drawing.drawn(_rows((0, 100), (200, 300), (500, 600)), _links((1, 3, "FS")), time)
    assert list(_pieces(cells)) == [
        (0, "across", [0.42, 0.1, 0.1016, 0]),
        (0, "down", [0.1016, 0.42, 1.0, 0]),
        (1, "down", [0.1016, 0.0, 1.0, 0]),
        (2, "across", [0.42, 0.1016, 0.5, 0]),
        (2, "down", [0.1016, 0.0, 0.42, 0]),
    ]
    assert cells[2]["heads"] == [[0.5, 0.42, "right"]]


def test_links_to_other_programs_are_stubs_with_the_far_task_beside_them() -> None:
    """By hand, on a line of 200 mm for 1000 minutes: 4 mm are 0.02."""
    rows, time = _rows((300, 400)), Window(0, 1000, 200.0)
    cells = chart_drawing.drawn(rows, _links(), time)
    far = {
        "task": [1, 1], "out": [True, False], "kind": ["FS", "FS"], "far": [9, None], "name": ["Ship", ""], "program": ["OPS", ""],
        "at": [None, None], "ends": [False, True],
    }  # fmt: skip
    far_stubs.add(rows, cells, far, time)
    [cell] = cells
    assert sorted(cell["across"]) == [[0.42, 0.28, 0.3, 1], [0.42, 0.4, 0.42, 1]]
    assert sorted(cell["heads"]) == [[0.3, 0.42, "right"], [0.42, 0.42, "right"]]
    assert cell["label"] == {"x": 0.42, "text": "→ OPS · Ship"}
    assert cell["before"] == {"x": 0.28, "text": "← A task in another program"}


@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
def test_links_stay_on_the_sheet_and_reach_their_successor(kind: str) -> None:
    time = Window(0, 1000, 200.0)
    for spans in (((300, 400), (100, 200)), ((0, 990), (5, 1000)), ((100, 300), (300, 310))):
        for pred, succ in ((1, 2), (2, 1)):
            cells = chart_drawing.drawn(_rows(*spans), _links((pred, succ, kind)), time)
            assert all(0 <= value <= 1 for _, _, piece in _pieces(cells) for value in piece)
            assert len(cells[succ - 1]["heads"]) == 1


def test_the_header_names_units_that_have_room() -> None:
    year = 365 * 1440
    assert [tick["text"] for tick in chart_drawing.ticks(Window(0, year, 240.0))][:3] == ["Jan", "Feb", "Mar"]
    assert [tick["text"] for tick in chart_drawing.ticks(Window(0, 10 * year, 100.0))][:2] == ["1970", "1971"]
    assert chart_drawing.ticks(Window(0, 3 * year, 150.0))[0] == {
        "x": 0.0,
        "end": pytest.approx(90 / 1095, abs=1e-4),
        "text": "Q1",
        "above": "1970",
    }
