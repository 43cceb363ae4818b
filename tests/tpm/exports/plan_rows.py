"""A program's plan as rows that can be compared with another program's: ids become names and keys."""

from typing import Any

from django.db import models

from budgets.models import Actual, BaselineCost, CostLine
from programs.models import CalendarException, Program, Resource, WorkCalendar
from projects.models import Assignment, Baseline, BaselineTask, Dependency, Project, Task, TaskSchedule

Rows = dict[str, list[dict[str, Any]]]
OWN = {"id", "version", "program_id", "portfolio_id", "predecessor_program_id", "baseline_id", "taken_at", "taken_by_id",
       "revision", "changed_at_revision", "driver_link_id"}  # fmt: skip


def rows_of(program: Program) -> Rows:
    """Return all rows of the plan without what is each program's own."""
    names: dict[str, dict[int, str]] = {
        "project_id": dict(Project.objects.filter(program=program).values_list("pk", "external_key")),
        "calendar_id": dict(
            WorkCalendar.objects.filter(portfolio=program.portfolio).values_list("pk", "name")
        ),
        "resource_id": dict(Resource.objects.filter(program=program).values_list("pk", "name")),
    }
    tasks = Task.objects.filter(program=program).values_list("pk", "project__external_key", "external_key")
    by_id = {pk: f"{project} {key}" for pk, project, key in tasks}
    for column in ("task_id", "parent_id", "predecessor_id", "successor_id", "driver_task_id"):
        names[column] = by_id
    own: dict[str, models.QuerySet[Any]] = {
        "projects": Project.objects.filter(program=program),
        "tasks": Task.objects.filter(program=program),
        "links": Dependency.objects.filter(program=program),
        "calendars": WorkCalendar.objects.filter(program=program),
        "exceptions": CalendarException.objects.filter(calendar__program=program),
        "resources": Resource.objects.filter(program=program),
        "assignments": Assignment.objects.filter(program=program),
        "cost_lines": CostLine.objects.filter(program=program),
        "actuals": Actual.objects.filter(program=program),
        "baselines": Baseline.objects.filter(program=program),
        "baseline_tasks": BaselineTask.objects.filter(baseline__program=program),
        "baseline_costs": BaselineCost.objects.filter(baseline__program=program),
        "schedule": TaskSchedule.objects.filter(program=program),
    }
    return {
        table: sorted((_named(row, names) for row in found.values()), key=repr)
        for table, found in own.items()
    }


def _named(row: dict[str, Any], names: dict[str, dict[int, str]]) -> dict[str, Any]:
    return {
        column: names[column].get(value, f"gone {value}") if column in names and value is not None else value
        for column, value in row.items()
        if column not in OWN
    }


def differences(one: Rows, other: Rows) -> list[str]:
    """Return what differs, row by row, for people."""
    found = []
    for table, rows in one.items():
        if len(rows) != len(other[table]):
            found.append(f"{table}: {len(rows)} rows, {len(other[table])} after the way back")
        for before, after in zip(rows, other[table], strict=False):
            found += [
                f"{table} {before.get('name') or before.get('task_id')}: {column} {value!r} -> {after[column]!r}"
                for column, value in before.items()
                if value != after[column]
            ]
    return found
