"""Reader of investment-portfolio tables: programs, projects, activities, contracts, metrics.

The columns are those of the public US federal IT Dashboard extract (see docs/imports.md). Money comes in millions of
USD, durations in calendar days: a plan of ``d`` days that starts on day ``s`` finishes on day ``s + d``. Nothing that
can be placed is dropped: a nameless row gets a fallback name, a project of no program goes to an "Unassigned"
program, missing project dates and costs are summed up from its activities, and every such step is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from projects.importers import activity_tables, cells, tables
from projects.importers.activity_tables import MAX_DAYS, MILLION, later, money
from projects.importers.plan import NONE
from projects.importers.portfolio import (
    UNASSIGNED_KEY,
    ImportedPortfolio,
    MetricResult,
    PortfolioContract,
    PortfolioMetric,
    PortfolioProgram,
    PortfolioProject,
    PortfolioTask,
    day_end,
    day_start,
    last_day,
)
from projects.importers.reports import ImportEntry, Report, Severity
from projects.importers.tables import Row, Table

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "programs": ("program_id", "name"),
    "projects": ("project_id", "program_id", "name"),
    "activities": ("activity_id", "project_id", "name", "planned_start", "planned_duration_calendar_days"),
    "contracts": ("contract_id", "program_id", "description", "supplier"),
    "metrics": ("metric_id", "program_id", "description"),
}
MANDATORY_TABLES = ("programs", "projects", "activities")
RESULTS = {"met": MetricResult.MET, "not met": MetricResult.NOT_MET}
NAME_LENGTH = 120
HALF_DIGIT = 50_000
"""Half of the last digit (0.001 million) of a planned cost, in cents: the rounding each figure may carry."""


class Span(NamedTuple):
    start: int
    finish: int


def recognises(names: Mapping[str, Table]) -> bool:
    """Whether these tables (by lower-case name without extension) are an investment portfolio."""
    table = names.get("activities")
    return table is not None and "activity_id" in table.columns


def read(
    found: Mapping[str, Table], report: Report, *, name: str = "Imported portfolio"
) -> ImportedPortfolio:
    """The portfolio in ``found``; problems go to ``report`` row by row.

    Raises ``ImportRefused`` when a mandatory table or column is missing.
    """
    tables.require_tables(found, MANDATORY_TABLES)
    for table_name, columns in REQUIRED.items():
        if table_name in found:
            tables.require(found[table_name], columns)
    programs = _programs(found["programs"], report)
    projects = _projects(found["projects"], programs, report)
    placed = {key: project for key, (project, _) in projects.items()}
    tasks = activity_tables.read(found["activities"], placed, report)
    completed = _completed(projects, tasks, found["projects"].file, report)
    if UNASSIGNED_KEY not in programs and any(p.program_key == UNASSIGNED_KEY for p in completed):
        programs[UNASSIGNED_KEY] = _unassigned(completed, found["projects"].file, report)
    data_date = _data_date(tasks, found["activities"].file, report)
    return ImportedPortfolio(
        name=name,
        source="investment-tables",
        currency="USD",
        data_date=data_date,
        data_date_is_derived=data_date != NONE,
        programs=tuple(programs.values()),
        projects=tuple(completed),
        tasks=tuple(tasks),
        contracts=tuple(_contracts(found.get("contracts"), programs, report)),
        metrics=tuple(_metrics(found.get("metrics"), programs, report)),
    )


def _programs(table: Table, report: Report) -> dict[str, PortfolioProgram]:
    programs: dict[str, PortfolioProgram] = {}
    for key, row in tables.rows_of(table, "program_id", report):
        name = row.text("name")
        fallback = not name
        if fallback:
            name = _program_name(key, row)
            row.warn("no_name", "name", f"the program has no name; called {name!r} instead")
        rating = row.read("cio_rating_1_to_5", lambda text: cells.integer(text, 1, 5))
        row.read("last_baseline", cells.day, lost="kept as text")
        row.read("changes_to_baseline", lambda text: cells.integer(text, 0, 10_000), lost="kept as text")
        known = ("program_id", "name", "bureau", "cio_rating_1_to_5", "performance_gap")
        programs[key] = PortfolioProgram(
            key=key,
            name=name,
            row=row.number,
            name_is_fallback=fallback,
            description=row.text("performance_gap"),
            organisation=row.text("bureau"),
            rating=rating,
            attributes=row.others(known),
        )
    return programs


def _program_name(key: str, row: Row) -> str:
    """``Knowledge Discovery, Centers for Medicare and Medicaid Services (009-000000704)``: findable and unique."""
    service = row.text("service").partition("-")[2] or row.text("service")
    parts = [part for part in (service, row.text("bureau")) if part]
    return f"{', '.join(parts)} ({key})" if parts else f"Program {key}"


def _projects(
    table: Table, programs: Mapping[str, PortfolioProgram], report: Report
) -> dict[str, tuple[PortfolioProject, Row]]:
    projects: dict[str, tuple[PortfolioProject, Row]] = {}
    for key, row in tables.rows_of(table, "project_id", report):
        program_key = row.text("program_id")
        if not program_key:
            row.warn(
                "no_program", "program_id", "the project has no program; placed in 'Unassigned projects'"
            )
            program_key = UNASSIGNED_KEY
        elif program_key not in programs:
            reason = "no such program in the programs table; the project was placed in 'Unassigned projects'"
            row.warn("unknown_program", "program_id", reason, program_key)
            program_key = UNASSIGNED_KEY
        span = _project_span(row)
        project = PortfolioProject(
            key=key,
            program_key=program_key,
            name=row.text("name"),
            row=row.number,
            planned_start=span.start,
            planned_finish=span.finish,
            planned_cost=money(row, "planned_cost_musd"),
            reported_delay_days=row.read(
                "reported_delay_days", lambda text: cells.integer(text, -MAX_DAYS, MAX_DAYS)
            ),
            reported_cost_variance=money(row, "reported_cost_variance_musd"),
            attributes=row.others((*_PROJECT_COLUMNS, "project_id", "program_id", "name")),
        )
        projects[key] = (project, row)
    return projects


_PROJECT_COLUMNS = (
    "planned_start",
    "planned_finish",
    "planned_duration_calendar_days",
    "planned_cost_musd",
    "reported_delay_days",
    "reported_cost_variance_musd",
)


def _project_span(row: Row) -> Span:
    start, finish = row.read("planned_start", cells.day), row.read("planned_finish", cells.day)
    days = row.read("planned_duration_calendar_days", lambda text: cells.integer(text, 0, MAX_DAYS))
    if start is not None and finish is None and days is not None:
        finish = later(start, days)
        row.info("derived_finish", "planned_finish", "computed from the planned start and duration")
    elif start is not None and finish is not None and days is not None and (finish - start).days != days:
        reason = f"the planned finish is {(finish - start).days} days after the start, not {days}; the dates were taken"
        row.warn("contradiction", "planned_duration_calendar_days", reason, str(days))
    if start is not None and finish is not None and finish < start:
        row.warn(
            "finish_before_start",
            "planned_finish",
            "before the planned start; left empty",
            finish.isoformat(),
        )
        finish = None
    return Span(NONE if start is None else day_start(start), NONE if finish is None else day_end(finish))


def _completed(
    projects: Mapping[str, tuple[PortfolioProject, Row]],
    tasks: list[PortfolioTask],
    file: str,
    report: Report,
) -> list[PortfolioProject]:
    """The projects with names, dates and costs that were missing filled in from their activities."""
    by_project: dict[str, list[PortfolioTask]] = defaultdict(list)
    for task in tasks:
        by_project[task.project_key].append(task)
    completed = []
    for project, row in projects.values():
        own = by_project[project.key]
        if not own:
            row.warn("no_activities", "project_id", "no activity belongs to this project", project.key)
        completed.append(_with_cost(_with_dates(_with_name(project, own, row), own, row), own, row))
    return completed


def _with_name(project: PortfolioProject, own: list[PortfolioTask], row: Row) -> PortfolioProject:
    if project.name:
        return project
    hint = f" ({own[0].name}{', …' if len(own) > 1 else ''})" if own else ""
    name = f"Project {project.key}{hint}"
    if len(name) > NAME_LENGTH:
        name = name[: NAME_LENGTH - 2].rstrip() + "…)"
    row.warn("no_name", "name", f"the project has no name; called {name!r} instead")
    return replace(project, name=name, name_is_fallback=True)


def _with_dates(project: PortfolioProject, own: list[PortfolioTask], row: Row) -> PortfolioProject:
    if not own or (project.planned_start != NONE and project.planned_finish != NONE):
        return project
    start = (
        min(task.planned_start for task in own) if project.planned_start == NONE else project.planned_start
    )
    finish = (
        max(task.planned_finish for task in own) if project.planned_finish == NONE else project.planned_finish
    )
    column = "planned_start" if project.planned_start == NONE else "planned_finish"
    row.info("derived_dates", column, "no planned dates; the span of its activities was taken")
    return replace(project, planned_start=start, planned_finish=finish, dates_are_derived=True)


def _with_cost(project: PortfolioProject, own: list[PortfolioTask], row: Row) -> PortfolioProject:
    costs = [task.planned_cost for task in own if task.planned_cost != NONE]
    if not costs:
        return project
    total = sum(costs)
    if project.planned_cost == NONE:
        row.info("derived_cost", "planned_cost_musd", "no planned cost; the sum of its activities was taken")
        return replace(project, planned_cost=total, cost_is_derived=True)
    if abs(total - project.planned_cost) > HALF_DIGIT * (len(costs) + 1):
        reason = f"its activities sum up to {total / (MILLION * 100):.3f}; the project's own figure was kept"
        row.warn("contradiction", "planned_cost_musd", reason, row.text("planned_cost_musd"))
    return project


def _unassigned(projects: list[PortfolioProject], file: str, report: Report) -> PortfolioProgram:
    count = sum(project.program_key == UNASSIGNED_KEY for project in projects)
    reason = f"{count} project(s) without a program were gathered in the program 'Unassigned projects'"
    report.add(ImportEntry(Severity.INFO, "unassigned_program", reason, file, column="program_id"))
    return PortfolioProgram(
        key=UNASSIGNED_KEY,
        name="Unassigned projects",
        name_is_fallback=True,
        description="Projects that the imported tables place in no program. Move them to the program they belong to.",
    )


def _data_date(tasks: list[PortfolioTask], file: str, report: Report) -> int:
    """The end of the latest day on which anything actually happened."""
    happened = [task.actual_finish for task in tasks if task.actual_finish != NONE]
    happened += [task.actual_start + 1440 for task in tasks if task.actual_start != NONE]
    if not happened:
        return NONE
    day = last_day(max(happened)).isoformat()
    reason = f"the tables state no status date; {day}, the latest actual date, was taken"
    report.add(
        ImportEntry(Severity.INFO, "derived_data_date", reason, file, column="actual_start", value=day)
    )
    return max(happened)


def _contracts(
    table: Table | None, programs: Mapping[str, PortfolioProgram], report: Report
) -> list[PortfolioContract]:
    contracts = []
    for key, row in tables.rows_of(table, "contract_id", report):
        program_key = _program_of(row, programs)
        if program_key is None:
            continue
        value = money(row, "value_musd")
        if value != NONE and value < 0:
            row.warn(
                "negative_value",
                "value_musd",
                "a negative contract value; taken as it is",
                row.text("value_musd"),
            )
        contracts.append(
            PortfolioContract(
                key=key,
                program_key=program_key,
                description=row.text("description") or f"Contract {key}",
                supplier=row.text("supplier"),
                row=row.number,
                supplier_key=row.text("supplier_id"),
                value=value,
            )
        )
    return contracts


def _metrics(
    table: Table | None, programs: Mapping[str, PortfolioProgram], report: Report
) -> list[PortfolioMetric]:
    metrics = []
    for key, row in tables.rows_of(table, "metric_id", report):
        program_key = _program_of(row, programs)
        if program_key is None:
            continue
        result = row.text("result").lower()
        if result and result not in RESULTS:
            row.warn(
                "bad_choice", "result", "write Met, Not Met or nothing; taken as unknown", row.text("result")
            )
        metrics.append(
            PortfolioMetric(
                key=key,
                program_key=program_key,
                description=row.text("description") or f"Metric {key}",
                row=row.number,
                category=row.text("category"),
                result=RESULTS.get(result, MetricResult.UNKNOWN),
            )
        )
    return metrics


def _program_of(row: Row, programs: Mapping[str, PortfolioProgram]) -> str | None:
    key = row.key("program_id")
    if key is not None and key not in programs:
        row.error("unknown_program", "program_id", "no such program in the programs table", key)
        return None
    return key
