"""Large programs, generated: half the tasks with two predecessors, everything downstream of the first task.

The shape is that of the peers' measurements: components of equal size, one driving predecessor on the level before and, for
every other task, a second one up to five levels back; durations of 1 to 10 working days; cost on each task.
"""

from datetime import date

import numpy as np
from django.db import connection

from programs.models import Portfolio, Program
from programs.services import programs as program_services
from projects import events
from projects.models import GAP
from projects.services import projects as project_services
from tpm import activity
from tpm.accounts import actors
from tpm.lib import bulk


def program(
    portfolio: Portfolio,
    tasks: int,
    *,
    projects: int = 10,
    chain: bool = False,
    seed: int = 1,
    code: str = "",
) -> tuple[Program, list[int]]:
    """Create a program of ``tasks`` tasks; returns it with the task ids in order (the first drives all others)."""
    rng = np.random.default_rng(seed)
    code = code or f"{'CHAIN' if chain else 'NET'}-{tasks}"
    made = program_services.create(
        actor=actors.system(),
        portfolio=portfolio,
        code=code,
        name=f"Generated program of {tasks} tasks",
        starts_on=date(2026, 1, 5),
        data_date=date(2026, 3, 31),
    )
    with activity.change(actor=actors.system(), event=events.PLAN_IMPORTED, programs=[made]) as change:
        parts = [
            project_services.create_within(change, program=made, code=f"C{i + 1}", name=f"Component {i + 1}")
            for i in range(projects)
        ]
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('projects_task_id_seq') FROM generate_series(1, %s)", [tasks])
            ids = [row[0] for row in cursor.fetchall()]
        days = rng.integers(1, 11, tasks).tolist()
        bulk.copy_rows(
            "projects_task",
            (
                "id",
                "program_id",
                "project_id",
                "position",
                "name",
                "duration",
                "is_milestone",
                "is_elapsed",
                "constraint",
                "is_active",
                "is_manual",
                "percent_complete",
                "priority",
                "responsible",
                "notes",
                "external_key",
                "version",
                "gap",
                "gap_ahead",
                "ignores_resource_calendars",
            ),
            (
                (
                    pk,
                    made.pk,
                    parts[i % projects].pk,
                    (i + 1) * GAP,
                    f"Task {i + 1}",
                    days[i] * 480,
                    False,
                    False,
                    0,
                    True,
                    False,
                    0,
                    500,
                    "",
                    "",
                    "",
                    1,
                    0,
                    0,
                    False,
                )
                for i, pk in enumerate(ids)
            ),
        )
        bulk.copy_rows(
            "projects_dependency",
            (
                "program_id",
                "predecessor_program_id",
                "predecessor_id",
                "successor_id",
                "kind",
                "lag",
                "lag_unit",
                "version",
            ),
            (
                (made.pk, made.pk, ids[a], ids[b], 0, lag * 480, 0, 1)
                for a, b, lag in _links(rng, tasks, chain)
            ),
        )
        bulk.copy_rows(
            "budgets_costline",
            (
                "program_id",
                "project_id",
                "task_id",
                "name",
                "category",
                "nature",
                "amount",
                "external_key",
                "version",
            ),
            (
                (made.pk, parts[i % projects].pk, pk, "Work", "labour", "opex", days[i] * 800, "", 1)
                for i, pk in enumerate(ids)
            ),
        )
        change.wrote()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE projects_task; ANALYZE projects_dependency; ANALYZE budgets_costline")
    return made, ids


def _links(rng: np.random.Generator, tasks: int, chain: bool) -> list[tuple[int, int, int]]:
    if chain:
        return [(i, i + 1, 0) for i in range(tasks - 1)]
    levels = max(2, min(round(tasks**0.5 * 1.2), 320))
    level = np.minimum((np.arange(tasks) * levels) // tasks, levels - 1)
    level[0] = 0
    level[1:] = np.maximum(level[1:], 1)
    starts = np.searchsorted(level, np.arange(levels + 1))
    found: dict[tuple[int, int], int] = {}
    for i in range(1, tasks):
        above = level[i] - 1
        found[(int(rng.integers(starts[above], starts[above + 1])), i)] = 0
        if i % 2 == 0 and level[i] > 1:
            back = max(0, level[i] - int(rng.integers(1, 6)))
            second = (int(rng.integers(starts[back], starts[back + 1])), i)
            found.setdefault(second, int(rng.integers(0, 3)))
    return [(a, b, lag) for (a, b), lag in found.items()]
