"""Another baseline behind the bars of the Gantt than the one that slippage is measured against."""

from typing import Any

import numpy as np
from django.db import connection

from programs.models import Program
from projects.engine import compare
from projects.models import Baseline, BaselineTask, Task
from projects.selectors import task_calendars
from projects.selectors.networks import index_of
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_minutes

WORKDAY = 480
Columns = dict[str, list[Any]]
_GONE = ("id", "project", "parent", "after", "wbs", "name", "is_summary", "is_milestone", "start", "finish")


def lay(program: Program, baseline: Baseline, tasks: dict[str, list[Any]]) -> None:
    """Put a baseline's dates, and the slippage against them, into the columns of tasks (``id``, ``start``, ``finish``,
    ``is_elapsed``) that the Gantt is sent. Five statements.

    A part without rows is left as it is. Moments are wall minutes, None if missing; ``slip_wd`` working days on the task's calendar, ``slip_cd`` calendar days.
    """
    if not tasks["id"]:
        return
    rows = bulk.read(
        f'SELECT task_id, start, finish FROM "{BaselineTask._meta.db_table}" WHERE baseline_id = %s',
        [baseline.pk],
        {"task_id": bulk.BIGINT, "start": bulk.WALL, "finish": bulk.WALL},
    )
    task_ids = np.array(tasks["id"], np.int64)
    clocks = task_calendars.of_tasks(program, tasks["id"])
    place = index_of(task_ids, rows["task_id"])
    then = {
        name: np.where(place >= 0, rows[name][place] if len(rows["task_id"]) else NONE, NONE).astype(np.int64)
        for name in ("start", "finish")
    }
    slip = compare.slippage(
        start=_minutes(tasks["start"]),
        finish=_minutes(tasks["finish"]),
        baseline_start=then["start"],
        baseline_finish=then["finish"],
        calendars=clocks.compiled,
        calendar=np.array([clocks.by_task.get(pk, clocks.program) for pk in tasks["id"]], np.int32),
        is_elapsed=np.array(tasks["is_elapsed"], np.bool_),
    )
    tasks["baseline_start"], tasks["baseline_finish"] = _values(then["start"]), _values(then["finish"])
    tasks["slip_wd"] = [
        None if minutes is None else minutes / WORKDAY for minutes in _values(slip.finish_minutes)
    ]
    tasks["slip_cd"] = _values(slip.finish_days)


def gone(baseline_id: int, project_ids: list[int]) -> Columns:
    """Return the tasks of a baseline that are not in the plan any more, as columns in their order of then: one statement.

    ``after`` is the sibling that stood before (None: the first), a task that lives or that is gone too. Dates are wall minutes.
    """
    table, living = BaselineTask._meta.db_table, Task._meta.db_table
    order = "sequence, task_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT task_id, project_id, parent_id, after, wbs, name, is_summary, is_milestone, start, finish
                  FROM (SELECT *, lag(task_id) OVER (PARTITION BY project_id, parent_id ORDER BY {order}) AS after
                          FROM "{table}" WHERE baseline_id = %s AND project_id = ANY(%s)) AS b
                 WHERE NOT EXISTS (SELECT 1 FROM "{living}" AS t WHERE t.id = b.task_id) ORDER BY {order}""",
            [baseline_id, list(project_ids)],
        )
        rows = cursor.fetchall()
    columns: Columns = {name: [row[at] for row in rows] for at, name in enumerate(_GONE)}
    return columns | {name: [to_minutes(value) for value in columns[name]] for name in ("start", "finish")}


def _minutes(values: list[int | None]) -> Any:
    return np.array([NONE if value is None else value for value in values], np.int64)


def _values(minutes: Any) -> list[int | None]:
    return [None if value == NONE else value for value in minutes.tolist()]
