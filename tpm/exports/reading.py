"""The rows of a plan, read set-based for export: a fixed number of statements, times as wall minutes, no model instances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connection

from projects.importers.plan import NONE


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with what the engine found; the names are those of the columns. ``s_*`` is the schedule's, None if there is none."""

    id: int
    project_id: int
    parent_id: int | None
    name: str
    is_milestone: bool
    duration: int
    is_elapsed: bool
    calendar_id: int | None
    ignores_resource_calendars: bool
    constraint: int
    constraint_at: int
    deadline: int
    is_active: bool
    is_manual: bool
    manual_start: int
    manual_finish: int
    actual_start: int
    actual_finish: int
    percent_complete: float
    remaining: int | None
    resume: int
    gap: int
    gap_ahead: int
    priority: int
    responsible: str
    notes: str
    external_key: str
    s_start: int
    s_finish: int
    s_duration: int | None
    s_percent_complete: float | None


_WALLS = frozenset(
    {"constraint_at", "deadline", "manual_start", "manual_finish", "actual_start", "actual_finish", "resume", "s_start",
     "s_finish"}
)  # fmt: skip


def tasks(program_id: int, project_ids: Sequence[int]) -> list[TaskRow]:
    """Return the tasks of some projects of a program, siblings in their order."""
    names = [one.name for one in fields(TaskRow)]
    columns = ", ".join(_column(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {columns} FROM projects_task AS t LEFT JOIN projects_taskschedule AS s ON s.task_id = t.id
                 WHERE t.program_id = %s AND t.project_id = ANY(%s) ORDER BY t.position, t.id""",
            [program_id, list(project_ids)],
        )
        return [TaskRow(*row) for row in cursor]


def _column(name: str) -> str:
    source = f's."{name[2:]}"' if name.startswith("s_") else f't."{name}"'
    return f"coalesce(extract(epoch FROM {source}) / 60, {NONE})::bigint" if name in _WALLS else source


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of which at least one end is exported; ``far`` names the program of the other end where that is elsewhere."""

    predecessor_id: int
    successor_id: int
    predecessor_program_id: int
    program_id: int
    kind: int
    lag: int
    lag_unit: int


def links(ids: Iterable[int]) -> list[LinkRow]:
    """Return the links with these ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT predecessor_id, successor_id, predecessor_program_id, program_id, kind, lag, lag_unit
                 FROM projects_dependency WHERE id = ANY(%s) ORDER BY id""",
            [list(ids)],
        )
        return [LinkRow(*row) for row in cursor]


def baseline_entries(baseline_ids: Sequence[int], project_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return (baseline id, task id, start, finish, duration, cost or None) in the order of the baselines' outlines; a task of
    which only the cost was agreed comes last, without dates (the missing value)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT b.baseline_id, b.task_id, (extract(epoch FROM b.start) / 60)::bigint,
                      (extract(epoch FROM b.finish) / 60)::bigint, b.duration, c.cost, b.sequence
                 FROM projects_baselinetask AS b LEFT JOIN budgets_baselinecost AS c
                   ON c.baseline_id = b.baseline_id AND c.task_id = b.task_id
                WHERE b.baseline_id = ANY(%(baselines)s) AND b.project_id = ANY(%(projects)s)
                UNION ALL
               SELECT c.baseline_id, c.task_id, {NONE}, {NONE}, {NONE}, c.cost, NULL
                 FROM budgets_baselinecost AS c JOIN projects_task AS t ON t.id = c.task_id
                WHERE c.baseline_id = ANY(%(baselines)s) AND t.project_id = ANY(%(projects)s)
                  AND NOT EXISTS (SELECT 1 FROM projects_baselinetask AS b
                                   WHERE b.baseline_id = c.baseline_id AND b.task_id = c.task_id)
                ORDER BY 1, 7 NULLS LAST, 2""",
            {"baselines": list(baseline_ids), "projects": list(project_ids)},
        )
        return [row[:6] for row in cursor]


def cents(amount: Decimal | None) -> int:
    """Return an amount in minor units."""
    return round(amount * 100) if amount else 0
