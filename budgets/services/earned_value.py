"""Compute a program's earned value and phased cost, and publish them. Called by the one pipeline, ``tpm/recompute.py``."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budgets.engine import earned_value, periods, phasing, rollup
from budgets.engine.earned_value import EarnedValue
from budgets.selectors.inputs import CostInputs
from programs.models import Program
from programs.services.indicators import Readings
from projects.selectors.networks import PlanInputs, index_of
from projects.services.schedule import PlanResult
from tpm.lib import bulk
from tpm.lib.bulk import BIGINT, DATE, FLOAT, Column
from tpm.lib.walltime import NONE

Ints = NDArray[np.int64]
CENTS = ("({}::numeric / 100)", "({} * 100)")

COLUMNS = (
    Column("task_id"),
    Column("project_id"),
    *(Column(name, BIGINT, *CENTS) for name in ("bac", "pv", "ev", "ac", "sv", "cv")),
    Column("spi", FLOAT),
    Column("cpi", FLOAT),
    Column("eac", BIGINT, *CENTS),
)
PERIOD_COLUMNS = (
    Column("project_id"),
    Column("month", DATE),
    *(Column(name, BIGINT, *CENTS) for name in ("planned", "scheduled", "actual")),
)


@dataclass(frozen=True, eq=False)
class CostResult:
    """Earned value by task (summaries included, shape ``(n,)``) and by scope (0: the program, then each project)."""

    inputs: CostInputs
    plan: PlanInputs
    tasks: EarnedValue
    scopes: EarnedValue
    scope_ids: list[int]
    periods: dict[str, NDArray[np.generic]]


def compute(plan: PlanResult, inputs: CostInputs) -> CostResult:
    """Measure the program at its data date.

    A task's planned value follows the reference baseline (its dates and cost); work that is not in it follows the current
    plan. Cost lines with dates of their own are level of effort: they earn what they plan.
    """
    given, schedule, network = plan.inputs, plan.schedule, plan.inputs.network
    cost = np.zeros(network.n, np.int64)
    place = index_of(inputs.task, given.task_ids)
    cost[place[place >= 0]] = inputs.task_cost[place >= 0]
    agreed = given.baseline_start != NONE
    bac = np.where(agreed, 0, cost)
    place = index_of(inputs.agreed_task, given.task_ids)
    bac[place[place >= 0]] = inputs.agreed_cost[place >= 0]
    start = np.where(agreed, given.baseline_start, schedule.start)
    finish = np.where(agreed, given.baseline_finish, schedule.finish)
    pv = _planned(bac, network.calendar, start, finish, plan)
    ev = earned_value.earn(
        bac,
        pv,
        schedule.percent,
        started=schedule.percent > 0,
        finished=schedule.percent >= 100,
    )
    in_time = (
        np.ones(len(inputs.actual_on), bool)
        if given.data_date == NONE
        else inputs.actual_on < given.data_date
    )
    owner = index_of(inputs.actual_task, given.task_ids)
    ac = rollup.sum_by(np.where(in_time, inputs.actual_amount, 0), owner, network.n)
    own = np.stack([bac, pv, ev, ac], axis=1)
    rolled = rollup.sum_up(own, network.parent)

    program_calendar = np.full(len(inputs.line_cost), given.program_calendar, np.int64)
    line_pv = _planned(inputs.line_cost, program_calendar, inputs.line_start, inputs.line_finish, plan)
    lines = np.stack([inputs.line_cost, line_pv, line_pv, np.zeros_like(line_pv)], axis=1)
    # Actuals on a project without a task; those on a task are in ``own`` already.
    loose = np.zeros((len(inputs.actual_on), 4), np.int64)
    loose[:, 3] = np.where(in_time & (owner < 0), inputs.actual_amount, 0)

    scope_ids = [0, *given.project_ids.tolist()]
    ids = np.array(scope_ids, np.int64)
    by_project = (
        rollup.sum_by(own, network.project + 1, len(ids))
        + rollup.sum_by(lines, np.maximum(index_of(inputs.line_project, ids), 0), len(ids))
        + rollup.sum_by(loose, np.maximum(index_of(inputs.actual_project, ids), 0), len(ids))
    )
    by_project[0] = by_project.sum(axis=0)
    return CostResult(
        inputs=inputs,
        plan=given,
        tasks=earned_value.measure(*rolled.T),
        scopes=earned_value.measure(*by_project.T),
        scope_ids=scope_ids,
        periods=_periods(plan, inputs, (bac, start, finish), cost, ids),
    )


def _planned(cost: Ints, calendar: NDArray[np.integer], start: Ints, finish: Ints, plan: PlanResult) -> Ints:
    if plan.inputs.data_date == NONE:
        return np.zeros(len(cost), np.int64)
    return phasing.planned_value(
        cost, calendar, start, finish, plan.inputs.data_date, plan.inputs.network.calendars
    )


def _periods(
    plan: PlanResult, inputs: CostInputs, agreed: tuple[Ints, Ints, Ints], cost: Ints, scope_ids: Ints
) -> dict[str, NDArray[np.generic]]:
    """Return planned, scheduled and actual cost by project and fiscal period (by its first day), only where one of them is not zero."""
    network, schedule = plan.inputs.network, plan.schedule
    bac, start, finish = agreed
    ends = np.concatenate(
        [start, finish, schedule.start, schedule.finish, inputs.line_start, inputs.line_finish]
    )
    known = np.concatenate([ends[ends != NONE], inputs.actual_on])
    empty = {"project_id": np.zeros(0, np.int64), "month": np.zeros(0, "datetime64[D]")}
    if not known.size:
        return empty | {name: np.zeros(0, np.int64) for name in ("planned", "scheduled", "actual")}
    edges = periods.edges(inputs.rule, int(known.min()), int(known.max()))
    months, calendars = len(edges) - 1, network.calendars
    line_scope = np.maximum(index_of(inputs.line_project, scope_ids), 0)
    line_calendar = np.full(len(inputs.line_cost), plan.inputs.program_calendar, np.int64)
    own_lines = phasing.sum_by_period(
        inputs.line_cost,
        line_calendar,
        inputs.line_start,
        inputs.line_finish,
        edges,
        calendars,
        line_scope,
        len(scope_ids),
    )

    def phased(amount: Ints, begin: Ints, end: Ints) -> Ints:
        spread = phasing.sum_by_period(
            amount, network.calendar, begin, end, edges, calendars, network.project + 1, len(scope_ids)
        )
        return spread + own_lines

    actual = np.zeros((len(scope_ids), months), np.int64)
    month = np.clip(np.searchsorted(edges, inputs.actual_on, side="right") - 1, 0, months - 1)
    np.add.at(
        actual, (np.maximum(index_of(inputs.actual_project, scope_ids), 0), month), inputs.actual_amount
    )
    planned, scheduled = phased(bac, start, finish), phased(cost, schedule.start, schedule.finish)
    row, column = np.nonzero((planned != 0) | (scheduled != 0) | (actual != 0))
    return {
        "project_id": scope_ids[row],
        "month": edges[:-1].astype("datetime64[m]").astype("datetime64[D]")[column],
        "planned": planned[row, column],
        "scheduled": scheduled[row, column],
        "actual": actual[row, column],
    }


def publish(program: Program, result: CostResult) -> None:
    """Write the rows that differ."""
    measured = result.tasks
    network = result.plan.network
    money = {name: getattr(measured, name) for name in ("bac", "pv", "ev", "ac", "sv", "cv", "eac")}
    bulk.sync(
        "budgets_taskvalue",
        key=("task_id",),
        columns=COLUMNS,
        values={
            "task_id": result.plan.task_ids,
            "project_id": result.plan.project_ids[network.project] if network.n else np.zeros(0, np.int64),
            **money,
            "spi": measured.spi,
            "cpi": measured.cpi,
        },
        scope={"program_id": program.pk},
    )
    bulk.sync(
        "budgets_periodvalue",
        key=("project_id", "month"),
        columns=PERIOD_COLUMNS,
        values=result.periods,
        scope={"program_id": program.pk},
    )


def read_off(result: CostResult, readings: Readings) -> None:
    """Add the figures of the program and of each project."""
    measured, approved = result.scopes, result.inputs.approved
    for index, scope in enumerate(result.scope_ids):
        for name in ("bac", "pv", "ev", "ac", "sv", "cv", "eac", "vac"):
            readings.money(scope, f"cost.{name}", int(getattr(measured, name)[index]))
        readings.money(scope, "cost.etc", int(measured.etc_[index]))
        readings.number(scope, "cost.spi", float(measured.spi[index]))
        readings.number(scope, "cost.cpi", float(measured.cpi[index]))
        readings.number(scope, "cost.tcpi", float(measured.tcpi_bac[index]))
        amount = sum(approved.values()) if scope == 0 else approved.get(scope)
        known = bool(approved) if scope == 0 else scope in approved
        readings.money(scope, "cost.approved", amount if known else None)
