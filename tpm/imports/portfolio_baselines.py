"""The planned dates and costs of a portfolio's tables, kept as the baseline of each program that the import made."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from programs.models import Program
from projects.importers.plan import NONE
from projects.importers.portfolio import ImportedPortfolio, PortfolioTask
from projects.models import BaselineTask, Project, Task
from projects.services import baselines
from tpm.activity.writing import Change
from tpm.imports.context import Context
from tpm.imports.merging import Keys
from tpm.lib import bulk

NAME = "Plan as imported"
Span = tuple[datetime, datetime]


def keep(change: Change, source: ImportedPortfolio, context: Context, made: Keys) -> int:
    """Take a baseline of each new program whose tasks have planned dates; returns how many were taken.

    It holds the dates as they were promised, not as they are computed. Later imports leave baselines alone.
    """
    programs = {project.key: project.program_key for project in source.projects}
    tasks: dict[str, list[PortfolioTask]] = defaultdict(list)
    for task in source.tasks:
        if (Program, programs[task.project_key]) in made:
            tasks[programs[task.project_key]].append(task)
    found = Program.objects.in_bulk([made[Program, key] for key in tasks])
    taken = 0
    for key, own in tasks.items():
        program = found[made[Program, key]]
        rows = _rows(own, context, made)
        if rows:
            baseline = baselines.create_within(
                change, program=program, name=NAME, reason="Planned dates of the import"
            )
            bulk.copy_rows(
                BaselineTask._meta.db_table,
                ("baseline_id", *rows[0]),
                ((baseline.pk, *row.values()) for row in rows),
            )
            bulk.copy_rows(
                "budgets_baselinecost",
                ("baseline_id", "task_id", "cost"),
                (
                    (baseline.pk, made[Task, task.key], Decimal(task.planned_cost) / 100)
                    for task in own
                    if task.planned_cost not in (NONE, 0)
                ),
            )
            baselines.refer_to(change, program, baseline)
            taken += 1
    return taken


def _rows(tasks: list[PortfolioTask], context: Context, made: Keys) -> list[dict[str, Any]]:
    spans = _spans(tasks, context)
    numbers = _numbers(tasks)
    parents = {task.parent_key for task in tasks}
    rows: list[dict[str, Any]] = []
    for task in tasks:
        if task.key in spans:
            start, finish = spans[task.key]
            rows.append(
                {
                    "task_id": made[Task, task.key],
                    "project_id": made[Project, task.project_key],
                    "parent_id": made[Task, task.parent_key] if task.parent_key else None,
                    "sequence": len(rows),
                    "wbs": numbers[task.key],
                    "name": task.name[:500],
                    "is_summary": task.key in parents,
                    "is_milestone": task.is_milestone,
                    "start": start,
                    "finish": finish,
                    "duration": context.work(task.planned_start, task.planned_finish)
                    if NONE not in (task.planned_start, task.planned_finish)
                    else 0,
                }
            )
    return rows


def _spans(tasks: list[PortfolioTask], context: Context) -> Mapping[str, Span]:
    """Return the planned dates of tasks that state them, and of the summaries above them."""
    spans: dict[str, Span] = {}
    by_key = {task.key: task for task in tasks}
    parents = {task.parent_key for task in tasks}
    for task in tasks:
        if task.key in parents or NONE in (task.planned_start, task.planned_finish):
            continue
        start, finish = context.start(task.planned_start), context.finish(task.planned_finish)
        if start is None or finish is None:
            continue
        spans[task.key] = own = (start, max(start, finish))
        above = task.parent_key
        while above is not None:
            wider = spans.get(above, own)
            spans[above] = (min(wider[0], own[0]), max(wider[1], own[1]))
            above = by_key[above].parent_key
    return spans


def _numbers(tasks: list[PortfolioTask]) -> Mapping[str, str]:
    """Return outline numbers, counted within each project."""
    count: dict[tuple[str, str | None], int] = defaultdict(int)
    numbers: dict[str, str] = {}
    for task in tasks:
        place = (task.project_key, task.parent_key)
        count[place] += 1
        above = f"{numbers[task.parent_key]}." if task.parent_key in numbers else ""
        numbers[task.key] = f"{above}{count[place]}"[:64]
    return numbers
