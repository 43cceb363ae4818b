"""Cost of a program as the arrays that the money engines take. Minor units (cents) throughout."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.models import Program
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_minutes

Ints = NDArray[np.int64]
DAY = 1440


@dataclass(frozen=True, eq=False)
class CostInputs:
    """``task_*``: sums per task id. ``agreed_*``: the same of the reference baseline. ``line_*``: cost lines with dates of their own (whole days, wall minutes from midnight to
    midnight), ``actual_*``: postings. A ``project`` of 0 is the program itself, a ``task`` of 0 none."""

    task: Ints
    task_cost: Ints
    agreed_task: Ints
    agreed_cost: Ints
    line_project: Ints
    line_cost: Ints
    line_start: Ints
    line_finish: Ints
    actual_project: Ints
    actual_task: Ints
    actual_on: Ints
    actual_amount: Ints
    approved: dict[int, int]


def load(program: Program, baseline_id: int | None) -> CostInputs:
    """Read cost lines, actuals, budgets and the cost of the reference baseline: five statements."""
    minor = "round(amount * 100)::bigint"
    tasks = _read(
        f"SELECT task_id, sum({minor})::bigint AS cost FROM budgets_costline"
        " WHERE program_id = %s AND task_id IS NOT NULL GROUP BY task_id",
        program,
        {"task_id": bulk.BIGINT, "cost": bulk.BIGINT},
    )
    lines = _read(
        f"SELECT coalesce(project_id, 0) AS project, {minor} AS cost, starts_on::timestamp AS start,"
        " (ends_on + 1)::timestamp AS finish FROM budgets_costline WHERE program_id = %s AND task_id IS NULL ORDER BY id",
        program,
        {"project": bulk.BIGINT, "cost": bulk.BIGINT, "start": bulk.WALL, "finish": bulk.WALL},
    )
    actuals = _read(
        f"SELECT coalesce(project_id, 0) AS project, coalesce(task_id, 0) AS task, posted_on::timestamp AS posted,"
        f" {minor} AS amount FROM budgets_actual WHERE program_id = %s ORDER BY id",
        program,
        {"project": bulk.BIGINT, "task": bulk.BIGINT, "posted": bulk.WALL, "amount": bulk.BIGINT},
    )
    budgets = _read(
        "SELECT coalesce(project_id, 0) AS project, round(approved * 100)::bigint AS approved FROM budgets_budget"
        " WHERE program_id = %s",
        program,
        {"project": bulk.BIGINT, "approved": bulk.BIGINT},
    )
    agreed = bulk.read(
        "SELECT task_id, round(cost * 100)::bigint AS cost FROM budgets_baselinecost WHERE baseline_id = %s",
        [baseline_id or 0],
        {"task_id": bulk.BIGINT, "cost": bulk.BIGINT},
    )
    return CostInputs(
        task=tasks["task_id"],
        task_cost=tasks["cost"],
        agreed_task=agreed["task_id"],
        agreed_cost=agreed["cost"],
        line_project=lines["project"],
        line_cost=lines["cost"],
        line_start=lines["start"],
        line_finish=lines["finish"],
        actual_project=actuals["project"],
        actual_task=actuals["task"],
        actual_on=actuals["posted"],
        actual_amount=actuals["amount"],
        approved=dict(zip(budgets["project"].tolist(), budgets["approved"].tolist(), strict=True)),
    )


def _read(query: str, program: Program, columns: dict[str, bulk.Kind]) -> dict[str, NDArray[Any]]:
    return bulk.read(query, [program.pk], columns)


def cutoff(program: Program) -> int:
    """Return the end of the data date in wall minutes, NONE without one."""
    return NONE if program.data_date is None else to_minutes(program.data_date) + DAY
