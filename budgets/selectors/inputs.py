"""Cost of a program as the arrays that the money engines take. Minor units (cents) throughout."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budgets.engine.periods import CALENDAR_MONTHS, Rule
from budgets.models import Actual, CostLine, EacMethod, EstimateChoice, TaskEarning
from budgets.selectors import labour, periods, procurement
from budgets.selectors.labour import LabourInputs
from programs.models import Program
from projects.selectors.networks import Tables
from tpm.activity.recent import Reading
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_minutes

Ints = NDArray[np.int64]
DAY = 1440


def _nothing() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class CostInputs:
    """``task_*``: sums per task id. ``agreed_*``: the same of the reference baseline. ``line_*``: cost lines with dates of
    their own, and portions of those phased by hand (whole days, wall minutes from midnight to midnight). ``actual_*``:
    postings. All in the portfolio's currency. A ``project`` of 0 is the program itself, a ``task`` of 0 none. ``rule``: how
    the fiscal periods run. ``rule_*``: how tasks earn, where somebody said so (``budgets.engine.earned_value.EarningRule``; a
    ``rule_base`` of 0 is none). ``method``: the estimate at completion that the program goes by.
    ``committed``: ordered and not invoiced, by project (0: what is ordered for the program itself). ``labour``: assigned work that
    the rate cards cost; it is in no ``task_cost``."""

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
    rule: Rule = CALENDAR_MONTHS
    rule_task: Ints = field(default_factory=_nothing)
    rule_kind: Ints = field(default_factory=_nothing)
    rule_base: Ints = field(default_factory=_nothing)
    rule_weight: Ints = field(default_factory=_nothing)
    method: str = EacMethod.CPI
    committed: dict[int, int] = field(default_factory=dict)
    labour: LabourInputs = field(default_factory=LabourInputs)


def load(program: Program, baseline_id: int | None, rows: Reading | None = None) -> CostInputs:
    """Read cost lines, actuals, budgets, the cost of the reference baseline, earning rules, what is ordered, the fiscal rule,
    assigned work and its rates: ten statements, thirteen if work is costed by rate cards; what ``rows`` remembers from the last time is not read again."""
    minor = "round(amount * 100)::bigint"
    rows = rows or Tables(program.pk)
    tasks = rows.once(
        "costs of tasks",
        lambda: _read(
            f"SELECT task_id, sum({minor})::bigint AS cost FROM budgets_costline"
            " WHERE program_id = %s AND task_id IS NOT NULL AND NOT from_assignments GROUP BY task_id",
            program,
            {"task_id": bulk.BIGINT, "cost": bulk.BIGINT},
        ),
        of=[CostLine],
    )
    lines = bulk.read(
        f"""
        SELECT coalesce(project_id, 0) AS project, {minor} AS cost, starts_on::timestamp AS start,
               (ends_on + 1)::timestamp AS finish
          FROM (SELECT id, 0 AS portion, project_id, amount, starts_on, ends_on FROM budgets_costline
                 WHERE program_id = %s AND task_id IS NULL AND NOT by_hand
                UNION ALL
                SELECT l.id, p.id, l.project_id, p.amount, p.starts_on, p.ends_on FROM budgets_costportion AS p
                  JOIN budgets_costline AS l ON l.id = p.line_id WHERE l.program_id = %s AND l.by_hand) AS part
         ORDER BY id, portion
        """,
        [program.pk, program.pk],
        {"project": bulk.BIGINT, "cost": bulk.BIGINT, "start": bulk.WALL, "finish": bulk.WALL},
    )
    actuals = rows.once(
        "actuals",
        lambda: _read(
            f"SELECT coalesce(project_id, 0) AS project, coalesce(task_id, 0) AS task, posted_on::timestamp AS posted,"
            f" {minor} AS amount FROM budgets_actual WHERE program_id = %s ORDER BY id",
            program,
            {"project": bulk.BIGINT, "task": bulk.BIGINT, "posted": bulk.WALL, "amount": bulk.BIGINT},
        ),
        of=[Actual],
    )
    budgets = _read(
        "SELECT coalesce(project_id, 0) AS project, round(approved * 100)::bigint AS approved FROM budgets_budget"
        " WHERE program_id = %s",
        program,
        {"project": bulk.BIGINT, "approved": bulk.BIGINT},
    )
    agreed = rows.once(
        "agreed costs",
        lambda: bulk.read(
            "SELECT task_id, round(cost * 100)::bigint AS cost FROM budgets_baselinecost WHERE baseline_id = %s",
            [baseline_id or 0],
            {"task_id": bulk.BIGINT, "cost": bulk.BIGINT},
        ),
        key=baseline_id,  # its rows never change
    )
    earning = rows.once(
        "earning rules",
        lambda: _read(
            "SELECT task_id AS task, (array_position(ARRAY['percent', 'zero_hundred', 'fifty_fifty', 'level_of_effort',"
            " 'milestones', 'apportioned']::varchar[], rule) - 1)::bigint AS rule, coalesce(base_id, 0) AS base,"
            " weight::bigint AS weight FROM budgets_taskearning WHERE program_id = %s",
            program,
            {"task": bulk.BIGINT, "rule": bulk.BIGINT, "base": bulk.BIGINT, "weight": bulk.BIGINT},
        ),
        of=[TaskEarning],
    )
    method = EstimateChoice.objects.filter(program=program).values_list("method", flat=True).first()
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
        rule=periods.rule_of(program.portfolio_id),
        committed={scope: int(amount * 100) for scope, amount in procurement.committed(program.pk).items()},
        rule_task=earning["task"],
        rule_kind=earning["rule"],
        rule_base=earning["base"],
        rule_weight=earning["weight"],
        method=method or EacMethod.CPI,
        labour=labour.load(program),
    )


def _read(query: str, program: Program, columns: dict[str, bulk.Kind]) -> dict[str, NDArray[Any]]:
    return bulk.read(query, [program.pk], columns)


def cutoff(program: Program) -> int:
    """Return the end of the data date in wall minutes, NONE without one."""
    return NONE if program.data_date is None else to_minutes(program.data_date) + DAY
