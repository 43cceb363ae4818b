"""Reader of the activities of an investment portfolio: planned days, actual days, cost and status of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from projects.importers import cells, tables
from projects.importers.plan import NONE, Constraint
from projects.importers.portfolio import PortfolioProject, PortfolioTask, day_end, day_start, last_day
from projects.importers.reports import Report
from projects.importers.tables import Row, Table

MILLION = 1_000_000
MAX_DAYS = 36_525
DONE = "completed"


def read(table: Table, projects: Mapping[str, PortfolioProject], report: Report) -> list[PortfolioTask]:
    """The activities that can be placed, in table order."""
    tasks = []
    for key, row in tables.rows_of(table, "activity_id", report):
        project_key = row.key("project_id")
        if project_key is None:
            continue
        if project_key not in projects:
            row.error("unknown_project", "project_id", "no such project in the projects table", project_key)
            continue
        task = _task(key, project_key, row)
        if task is not None:
            _check_within(task, projects[project_key], row)
            tasks.append(task)
    return tasks


def _task(key: str, project_key: str, row: Row) -> PortfolioTask | None:
    start = row.read("planned_start", cells.day)
    days = row.read("planned_duration_calendar_days", lambda text: cells.integer(text, 0, MAX_DAYS))
    actual = row.read("actual_start", cells.day)
    if start is None:
        if actual is None:
            row.error("no_dates", "planned_start", "neither a planned nor an actual start")
            return None
        row.warn(
            "derived_start",
            "planned_start",
            "no planned start; the actual start was taken",
            actual.isoformat(),
        )
        start = actual
    if days is None:
        row.warn("no_duration", "planned_duration_calendar_days", "no planned duration; planned as one day")
        days = 0
    finish = later(start, days)
    if not _has_weekday(start, finish):
        row.info(
            "no_weekday", "planned_start", "the planned days are all on a weekend: there is no working time"
        )
    name = row.text("name")
    if not name:
        name = f"Activity {key}"
        row.warn("no_name", "name", f"the activity has no name; called {name!r} instead")
    status = row.text("status")
    actual_finish = _actual_finish(row, actual, status)
    return PortfolioTask(
        key=key,
        project_key=project_key,
        name=name,
        row=row.number,
        description=row.text("description"),
        output_type=row.text("output_type"),
        status=status,
        keep_dates=True,
        planned_start=day_start(start),
        planned_finish=day_end(finish),
        constraint=Constraint.SNET,
        constraint_at=day_start(start),
        percent_complete=100.0 if actual_finish is not None else None,
        actual_start=NONE if actual is None else day_start(actual),
        actual_finish=NONE if actual_finish is None else day_end(actual_finish),
        planned_cost=money(row, "planned_cost_musd"),
        attributes=row.others(_TASK_COLUMNS),
    )


_TASK_COLUMNS = (
    "activity_id",
    "project_id",
    "name",
    "description",
    "output_type",
    "status",
    "planned_start",
    "planned_duration_calendar_days",
    "actual_start",
    "actual_duration_calendar_days",
    "planned_cost_musd",
)


def _actual_finish(row: Row, actual: date | None, status: str) -> date | None:
    """Actual start plus actual duration. Status and dates that contradict each other are reported; dates win."""
    days = row.read("actual_duration_calendar_days", lambda text: cells.integer(text, 0, MAX_DAYS))
    done = status.lower().startswith(DONE)
    if days is None:
        if done:
            reason = "said to be completed, but without an actual duration: taken as begun, not as finished"
            row.warn("no_actual_finish", "actual_duration_calendar_days", reason, status)
        return None
    if actual is None:
        row.warn(
            "no_actual_start", "actual_start", "an actual duration without an actual start; both were ignored"
        )
        return None
    if not done and status:
        reason = "has an actual duration, so it was taken as finished, whatever its status says"
        row.warn("status_contradicts", "status", reason, status)
    return later(actual, days)


def _check_within(task: PortfolioTask, project: PortfolioProject, row: Row) -> None:
    if project.planned_start != NONE and task.planned_start < project.planned_start:
        row.warn(
            "outside_project",
            "planned_start",
            "before the planned start of its project",
            row.text("planned_start"),
        )
    if project.planned_finish != NONE and task.planned_finish > project.planned_finish:
        finish = last_day(task.planned_finish).isoformat()
        row.warn(
            "outside_project",
            "planned_duration_calendar_days",
            "ends after its project's planned finish",
            finish,
        )


def money(row: Row, column: str) -> int:
    """Cents of an amount in millions, rounded half to even; NONE when empty."""
    value = row.read(column, lambda text: cells.cents(text, MILLION))
    return NONE if value is None else value


def later(day: date, days: int) -> date:
    """``day`` plus ``days`` calendar days."""
    return day + timedelta(days=days)


def _has_weekday(first: date, last: date) -> bool:
    return (last - first).days >= 2 or any(
        (first + timedelta(d)).weekday() < 5 for d in range((last - first).days + 1)
    )
