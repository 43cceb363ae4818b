"""A user's own tables: templates read back, and every doubtful row has its place and reason."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.importers.plan import NONE, Constraint, LagUnit, LinkKind
from projects.importers.portfolio import ImportedPortfolio, ProjectKind, day_end, day_start
from projects.importers.reports import Severity
from projects.importers.sources import PortfolioImport, read_portfolio
from projects.importers.table_specs import SPECS
from projects.importers.templates import csv_templates, xlsx_template

BASE = {
    "programs": "program_id,name\nP,Program\n",
    "projects": "project_id,program_id,name\nJ,P,Project\nK,P,Other\n",
}


def read(**more: str) -> PortfolioImport:
    bodies = BASE | more
    return read_portfolio({f"{name}.csv": io.BytesIO(body.encode()) for name, body in bodies.items()})


def findings(result: PortfolioImport) -> list[tuple[int, str, str]]:
    return [(e.row, e.column, e.code) for e in result.report.entries if e.severity is not Severity.INFO]


def without_rows(portfolio: ImportedPortfolio) -> ImportedPortfolio:
    names = ("programs", "projects", "tasks", "links", "budget_lines", "risks")
    return replace(
        portfolio, **{n: tuple(replace(item, row=0) for item in getattr(portfolio, n)) for n in names}
    )


def test_the_templates_import_without_a_word_and_alike_from_both_formats():
    from_csv = read_portfolio({name: io.BytesIO(data) for name, data in csv_templates().items()})
    from_book = read_portfolio({"plan.xlsx": io.BytesIO(xlsx_template())})
    assert from_csv.report.entries == from_book.report.entries == ()
    assert without_rows(from_csv.portfolio) == without_rows(from_book.portfolio)
    plan = from_csv.portfolio
    assert (plan.name, plan.currency) == ("Customer platform portfolio", "EUR")
    assert plan.data_date == day_end(date(2026, 3, 31))
    assert plan.projects[0].kind is ProjectKind.SOFTWARE and plan.projects[0].planned_cost == 25_000_000
    assert [(t.key, t.duration, t.is_milestone) for t in plan.tasks] == [
        ("T-1", 4800, False),
        ("T-2", 0, True),
    ]
    assert (plan.links[0].kind, plan.links[0].lag) == (LinkKind.FS, 960)
    assert plan.risks[0].probability == 0.35 and plan.risks[0].impact_amount == 3_000_000
    assert (plan.budget_lines[0].amount, plan.budget_lines[0].actual_on) == (1_200_000, date(2026, 1, 15))


def test_every_template_shows_all_columns_with_a_meaning():
    files = csv_templates()
    assert set(files) == {f"{spec.name}.csv" for spec in SPECS}
    for spec in SPECS:
        text = files[f"{spec.name}.csv"].decode("utf-8-sig")
        for column in spec.columns:
            assert column.meaning and f"# {column.name}" in text


TASKS = "task_id,project_id,parent_id,name,milestone,duration,planned_start,planned_finish,constraint,constraint_date,percent_complete,actual_start,actual_finish"


def tasks(body: str) -> PortfolioImport:
    return read(tasks=f"{TASKS}\n{body}")


def test_two_planned_dates_without_a_duration_are_kept_as_dates():
    task = tasks("A,J,,Build,,,2026-01-05,2026-01-09,,,,,\n").portfolio.tasks[0]
    assert task.keep_dates and task.duration == NONE
    assert (task.planned_start, task.planned_finish) == (
        day_start(date(2026, 1, 5)),
        day_end(date(2026, 1, 9)),
    )
    assert (task.constraint, task.constraint_at) == (Constraint.SNET, task.planned_start)


def test_a_duration_leaves_the_dates_to_the_logic():
    task = tasks("A,J,,Build,,3d,,,FNLT,2026-01-09,,,\n").portfolio.tasks[0]
    assert not task.keep_dates and task.duration == 1440
    assert (task.constraint, task.constraint_at) == (Constraint.FNLT, day_end(date(2026, 1, 9)))


def test_a_milestone_with_a_finish_day_is_not_reached_before_it():
    task = tasks("A,J,,Approved,yes,,,2026-01-09,,,,,\n").portfolio.tasks[0]
    assert (task.is_milestone, task.duration, task.keep_dates) == (True, 0, False)
    assert (task.constraint, task.constraint_at) == (Constraint.FNET, day_end(date(2026, 1, 9)))


def test_progress_needs_a_start_and_can_not_lie_after_the_data_date():
    result = read(
        portfolio="name,data_date\nBook,2026-01-05\n",
        tasks=f"{TASKS}\nA,J,,x,,2d,2026-01-02,,,,30,,\nB,J,,x,,1d,,,,,,2026-01-05,2026-01-06\nC,J,,x,,1d,,,,,,2026-01-06,\n",
    )
    assert result.portfolio.tasks[0].actual_start == day_start(date(2026, 1, 2))
    assert findings(result) == [
        (2, "actual_start", "no_actual_start"),
        (3, "actual_finish", "after_data_date"),
        (4, "actual_start", "after_data_date"),
    ]


def test_parents_come_before_children_and_lose_what_is_rolled_up():
    result = tasks("B,J,A,Child,,1d,,,,,50,2026-01-05,\nA,J,,Summary,,9d,,,,,10,,\nC,J,,Last,,1d,,,,,,,\n")
    assert [t.key for t in result.portfolio.tasks] == ["A", "B", "C"]
    assert result.portfolio.tasks[0].duration == NONE and result.portfolio.tasks[0].percent_complete is None
    assert (3, "duration", "summary_value") in findings(result)


def test_circles_of_parents_are_opened_and_reported():
    result = tasks("A,J,B,A,,1d,,,,,,,\nB,J,C,B,,1d,,,,,,,\nC,J,A,C,,1d,,,,,,,\nD,J,D,D,,1d,,,,,,,\n")
    assert sorted(t.key for t in result.portfolio.tasks) == ["A", "B", "C", "D"]
    assert [f[2] for f in findings(result) if f[2] == "parent_circle"] == ["parent_circle"] * 2


def test_doubtful_tasks_are_reported_and_placed():
    result = tasks(
        "A,J,,,,1d,,,,,,,\n"
        "B,NOPE,,x,,1d,,,,,,,\n"
        "C,K,A,x,,1d,,,,,,,\n"
        "D,J,,x,yes,2d,,,,,,,\n"
        "E,J,,x,,1d,2026-02-01,2026-01-01,SNLT,,,,\n"
        "F,J,,x,,1d,,,BAD,,,,\n"
        "G,J,,x,,1d,,,,,40,,2026-01-05\n"
        "H,J,,x,,1d,,,MSO,,100,2026-01-05,\n"
    )
    assert findings(result) == [
        (3, "project_id", "unknown_project"),
        (2, "name", "no_name"),
        (5, "duration", "milestone_duration"),
        (6, "planned_finish", "finish_before_start"),
        (7, "constraint", "bad_choice"),
        (8, "actual_start", "no_actual_start"),
        (8, "percent_complete", "status_contradicts"),
        (9, "constraint_date", "constraint_without_date"),
        (9, "actual_finish", "no_actual_finish"),
        (4, "parent_id", "foreign_parent"),
    ]
    assert len(result.portfolio.tasks) == 7


def test_dependencies_need_two_tasks_that_are_there_and_apart():
    body = "A,J,,x,,,,,,,,,\nB,J,A,x,,1d,,,,,,,\nC,K,,x,,1d,,,,,,,\n"
    links = "A,C,ss,-50%\nA,NOPE,,\nA,A,,\nA,B,,\nB,C,XX,2x\nB,C,,\n,C,,\nA,C,FF,\n"
    result = read(tasks=f"{TASKS}\n{body}", dependencies=f"predecessor_id,successor_id,kind,lag\n{links}")
    assert [
        (k.predecessor_key, k.successor_key, k.kind, k.lag, k.lag_unit) for k in result.portfolio.links
    ] == [
        ("A", "C", LinkKind.SS, -5000, LagUnit.PERCENT),
        ("B", "C", LinkKind.FS, 0, LagUnit.WORKING),
        ("A", "C", LinkKind.FF, 0, LagUnit.WORKING),
    ]
    assert findings(result) == [
        (3, "successor_id", "unknown_task"),
        (4, "successor_id", "self_link"),
        (5, "successor_id", "link_to_own_summary"),
        (7, "successor_id", "duplicate_link"),
        (8, "predecessor_id", "missing_value"),
        (6, "lag", "bad_duration"),
        (6, "kind", "bad_choice"),
    ]


def test_money_and_risks_that_can_not_be_placed_are_errors():
    result = read(
        budget="line_id,project_id,task_id,amount\nB1,J,T,5\nB2,J,,\nB3,X,,5\nB4,J,,abc\n",
        risks="risk_id,program_id,project_id,title,probability\nR1,,J,Late,0.5\nR2,,,Late,\nR3,P,,,\nR4,P,,Late,7\n",
    )
    assert [(b.key, b.amount) for b in result.portfolio.budget_lines] == [("B1", 500)]
    assert [(r.key, r.program_key, r.probability) for r in result.portfolio.risks] == [
        ("R1", "P", 0.5),
        ("R4", "P", None),
    ]
    assert {f[2] for f in findings(result)} == {
        "unknown_task",
        "missing_value",
        "unknown_project",
        "bad_number",
        "unknown_program",
        "out_of_range",
    }


def test_columns_of_the_users_own_are_kept_and_mentioned():
    result = read(projects="project_id,program_id,name,Steering Group\nJ,P,Project,Board A\n")
    assert result.portfolio.projects[0].attributes == {"steering_group": "Board A"}
    assert findings(result) == [(1, "steering_group", "unknown_column")]


@given(st.lists(st.one_of(st.none(), st.integers(0, 11)), min_size=1, max_size=12), st.randoms())
def test_any_parent_column_gives_a_forest_in_outline_order(parents, random):
    lines = [
        f"{n},J,{'' if p is None or p >= len(parents) else p},t,,1d,,,,,,," for n, p in enumerate(parents)
    ]
    random.shuffle(lines)
    placed = tasks("\n".join(lines)).portfolio.tasks
    assert sorted(int(t.key) for t in placed) == list(range(len(parents)))
    seen: set[str] = set()
    for task in placed:
        assert task.parent_key is None or task.parent_key in seen
        seen.add(task.key)


@pytest.mark.parametrize("name", ["tasks", "dependencies", "budget", "risks", "portfolio"])
def test_only_programs_and_projects_are_mandatory(name):
    files = {file: io.BytesIO(data) for file, data in csv_templates().items() if file != f"{name}.csv"}
    result = read_portfolio(files)
    assert result.portfolio.programs and all(a.row < b.row for a, b in pairwise(result.portfolio.tasks))
