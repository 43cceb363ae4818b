"""The investment portfolio of the samples, counted and summed up here straight from its CSV files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from projects.importers.plan import NONE, Constraint
from projects.importers.portfolio import UNASSIGNED_KEY, MetricResult, day_end, day_start, last_day
from projects.importers.reports import ImportRefused, Severity
from projects.importers.sources import PortfolioImport, read_portfolio

TABLES = ("programs", "projects", "activities", "contracts", "metrics")
HEADERS = {
    "programs": "program_id,name,bureau,service,cio_rating_1_to_5",
    "projects": "project_id,program_id,name,planned_start,planned_finish,planned_duration_calendar_days,planned_cost_musd",
    "activities": "activity_id,project_id,name,status,planned_start,planned_duration_calendar_days,"
    "actual_start,actual_duration_calendar_days,planned_cost_musd",
}


@pytest.fixture(scope="module")
def folder(samples: Path) -> Path:
    return samples / "hhs-it-portfolio"


@pytest.fixture(scope="module")
def raw(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for name in TABLES:
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            found[name] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def imported(folder: Path) -> PortfolioImport:
    return read_portfolio(
        {f"{n}.csv": io.BytesIO((folder / f"{n}.csv").read_bytes()) for n in TABLES}, name="HHS"
    )


def small(**bodies: str) -> PortfolioImport:
    rows = {"programs": "P1,Alpha,,,", "projects": "J1,P1,One,,,,", "activities": ""} | bodies
    return read_portfolio({f"{n}.csv": io.BytesIO(f"{HEADERS[n]}\n{rows[n]}\n".encode()) for n in HEADERS})


def findings(result: PortfolioImport) -> list[tuple[str, int, str, str]]:
    return [
        (e.file, e.row, e.column, e.code) for e in result.report.entries if e.severity is not Severity.INFO
    ]


def test_every_row_of_the_portfolio_is_placed(imported, raw):
    plan = imported.portfolio
    assert {p.key for p in plan.programs} == {r["program_id"] for r in raw["programs"]} | {UNASSIGNED_KEY}
    assert [p.key for p in plan.projects] == [r["project_id"] for r in raw["projects"]]
    assert [t.key for t in plan.tasks] == [r["activity_id"] for r in raw["activities"]]
    assert [c.key for c in plan.contracts] == [r["contract_id"] for r in raw["contracts"]]
    assert [m.key for m in plan.metrics] == [r["metric_id"] for r in raw["metrics"]]
    assert (len(plan.programs), len(plan.projects), len(plan.tasks)) == (82, 202, 1102)
    assert imported.report.counts[Severity.ERROR] == 0


def test_nameless_programs_and_projects_get_a_unique_stated_name(imported):
    plan = imported.portfolio
    nameless = [p for p in plan.programs if p.name_is_fallback and p.key != UNASSIGNED_KEY]
    assert len(nameless) == 59 and sum(p.name_is_fallback for p in plan.projects) == 94
    for named in (plan.programs, plan.projects):
        assert len({item.name for item in named}) == len(named)
        assert all(item.name.strip() for item in named)
    assert nameless[0].name == (
        "Knowledge Discovery, Centers for Medicare and Medicaid Services (009-000000704)"
    )
    assert imported.report.codes["no_name"] == 59 + 94


def test_projects_without_a_program_go_to_a_reported_program(imported, raw):
    homeless = [r["project_id"] for r in raw["projects"] if not r["program_id"]]
    placed = [p.key for p in imported.portfolio.projects if p.program_key == UNASSIGNED_KEY]
    assert placed == homeless and len(placed) == 94
    rows = [e.row for e in imported.report.entries if e.code == "no_program"]
    assert rows == [n for n, r in enumerate(raw["projects"], start=2) if not r["program_id"]]
    assert imported.report.codes["unassigned_program"] == 1


def test_planned_and_actual_dates_are_those_of_the_table(imported, raw):
    for task, row in zip(imported.portfolio.tasks, raw["activities"], strict=True):
        start = date.fromisoformat(row["planned_start"])
        finish = start + timedelta(days=int(row["planned_duration_calendar_days"]))
        assert task.planned_start == day_start(start) and last_day(task.planned_finish) == finish
        assert task.planned_finish == day_end(finish)
        begun = date.fromisoformat(row["actual_start"])
        assert task.actual_start == day_start(begun)
        days = row["actual_duration_calendar_days"]
        if days:
            assert last_day(task.actual_finish) == begun + timedelta(days=int(days))
            assert task.percent_complete == 100
        else:
            assert task.actual_finish == NONE and task.percent_complete is None
        assert task.keep_dates and (task.constraint, task.constraint_at) == (
            Constraint.SNET,
            task.planned_start,
        )


def test_costs_add_up_to_the_cent(imported, raw):
    def total(name: str, column: str) -> Decimal:
        return sum((Decimal(r[column]) for r in raw[name] if r[column]), Decimal(0)) * 100_000_000

    plan = imported.portfolio
    assert (
        sum(t.planned_cost for t in plan.tasks) == total("activities", "planned_cost_musd") == 56_850_300_000
    )
    assert abs(sum(c.value for c in plan.contracts) - total("contracts", "value_musd")) < len(plan.contracts)
    stated = [p for p in plan.projects if not p.cost_is_derived]
    assert sum(p.planned_cost for p in stated) == total("projects", "planned_cost_musd")
    assert len(plan.projects) - len(stated) == 94 == sum(p.dates_are_derived for p in plan.projects)


def test_derived_project_figures_are_those_of_its_activities(imported, raw):
    activities = [r for r in raw["activities"] if r["project_id"] == "1997"]
    project = next(p for p in imported.portfolio.projects if p.key == "1997")
    assert project.planned_start == day_start(date(2011, 2, 28))
    assert last_day(project.planned_finish) == max(
        date.fromisoformat(r["planned_start"]) + timedelta(days=int(r["planned_duration_calendar_days"]))
        for r in activities
    )
    assert project.planned_cost == sum(Decimal(r["planned_cost_musd"]) for r in activities) * 100_000_000


def test_the_data_date_is_the_latest_day_on_which_something_happened(imported):
    assert last_day(imported.portfolio.data_date) == date(2012, 7, 3)
    assert imported.portfolio.data_date_is_derived
    assert imported.report.codes["derived_data_date"] == 1


def test_metrics_contracts_and_ratings_keep_their_meaning(imported, raw):
    plan = imported.portfolio
    assert Counter(m.result for m in plan.metrics) == {
        MetricResult.MET: 165,
        MetricResult.NOT_MET: 42,
        MetricResult.UNKNOWN: 248,
    }
    assert Counter(p.rating for p in plan.programs if p.key != UNASSIGNED_KEY) == {4: 49, 3: 19, 5: 10, 2: 3}
    first = plan.contracts[0]
    assert (first.supplier, first.supplier_key, first.value) == (
        "ACTIONET INCORPORATED",
        "HHSM500200700009I",
        798_269_000,
    )


def test_columns_that_are_not_understood_are_kept_as_attributes(imported):
    program = imported.portfolio.programs[0]
    assert program.attributes["last_baseline"] == "2011-02-11"
    assert program.attributes["business_function"] == "110-Health"
    assert imported.portfolio.tasks[0].attributes == {"no_child_activity": "1"}


def test_reading_the_same_files_twice_gives_the_same_portfolio(imported, folder):
    again = read_portfolio(
        {f"{n}.csv": io.BytesIO((folder / f"{n}.csv").read_bytes()) for n in TABLES}, name="HHS"
    )
    assert again.portfolio == imported.portfolio and again.report.entries == imported.report.entries


def test_a_bad_row_is_reported_with_its_place_and_the_others_are_kept():
    result = small(
        activities="A1,J1,First,,2012-01-02,5,,,0.1\n"
        "A2,NOPE,Second,,2012-01-02,5,,,0.1\n"
        "A3,J1,Third,,31/01/2012,5,,,0.1\n"
        ",J1,Fourth,,2012-01-02,5,,,\n"
        "A1,J1,Fifth,,2012-01-02,5,,,\n"
        "A6,J1,Sixth,,2012-01-02,x,,,1e99\n"
    )
    assert [t.key for t in result.portfolio.tasks] == ["A1", "A6"]
    assert findings(result) == [
        ("activities.csv", 3, "project_id", "unknown_project"),
        ("activities.csv", 4, "planned_start", "no_dates"),
        ("activities.csv", 5, "activity_id", "missing_value"),
        ("activities.csv", 6, "activity_id", "duplicate_key"),
        ("activities.csv", 4, "planned_start", "bad_date"),
        ("activities.csv", 7, "planned_duration_calendar_days", "bad_number"),
        ("activities.csv", 7, "planned_duration_calendar_days", "no_duration"),
        ("activities.csv", 7, "planned_cost_musd", "out_of_range"),
    ]


def test_contradictions_between_figures_are_warnings():
    result = small(
        projects="J1,P9,One,2012-01-10,2012-01-20,99,7",
        activities="A1,J1,First,Completed - Closed,2012-01-02,40,2012-01-03,,0.1",
    )
    assert result.portfolio.projects[0].program_key == UNASSIGNED_KEY
    assert {f[3] for f in findings(result)} == {
        "unknown_program",
        "contradiction",
        "outside_project",
        "no_actual_finish",
    }
    assert result.report.codes["outside_project"] == 2 and result.report.codes["contradiction"] == 2


def test_an_actual_duration_of_zero_days_ends_on_the_day_it_began():
    task = small(activities="A1,J1,First,Completed,2012-01-02,5,2012-01-03,0,").portfolio.tasks[0]
    assert last_day(task.actual_finish) == date(2012, 1, 3)
    assert task.actual_finish - task.actual_start == 1440


def test_a_missing_table_or_column_refuses_the_whole_import():
    with pytest.raises(ImportRefused) as refused:
        read_portfolio({"activities.csv": io.BytesIO(HEADERS["activities"].encode())})
    assert refused.value.code == "missing_table"
    assert {e.file for e in refused.value.entries} == {"programs", "projects"}
    bodies = {f"{n}.csv": io.BytesIO(h.encode()) for n, h in HEADERS.items()}
    bodies["projects.csv"] = io.BytesIO(b"project_id,name\n")
    with pytest.raises(ImportRefused) as refused:
        read_portfolio(bodies)
    assert [(e.code, e.column) for e in refused.value.entries] == [("missing_column", "program_id")]
