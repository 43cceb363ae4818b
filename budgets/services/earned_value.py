"""Compute a program's earned value and phased cost, and publish them. Called by the one pipeline, ``tpm/recompute.py``."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budgets.engine import earned_schedule, earned_value, earning, forecasting, periods, phasing, rollup
from budgets.engine.earned_schedule import SchedulesByRow
from budgets.engine.earned_value import EarnedValue, EarningRule
from budgets.engine.labour import SCALE
from budgets.models import EacMethod
from budgets.selectors import labour
from budgets.selectors.inputs import CostInputs
from budgets.selectors.labour import Priced
from budgets.services import earned_times
from budgets.services.earned_times import Agreed
from programs.models import Program
from programs.services.indicators import Readings
from projects.selectors.networks import PlanInputs, index_of
from projects.services.schedule import PlanResult
from tpm.lib import bulk
from tpm.lib.bulk import BIGINT, DATE, FLOAT, INTEGER, WALL, Column
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
    Column("etc_open", BIGINT, *CENTS),
    *(Column(name, FLOAT) for name in ("es", "elapsed", "planned_duration")),
)
LABOUR_COLUMNS = (
    *(Column(name) for name in ("line_id", "resource_id", "task_id", "project_id")),
    Column("part", INTEGER),
    Column("starts", WALL),
    Column("ends", WALL),
    Column("minutes"),
    Column("rate", BIGINT, f"({{}}::numeric / {SCALE})", f"({{}} * {SCALE})"),
    Column("card_row"),
    Column("amount", BIGINT, *CENTS),
)
PERIOD_COLUMNS = (
    Column("project_id"),
    Column("month", DATE),
    *(Column(name, BIGINT, *CENTS) for name in ("planned", "scheduled", "actual")),
)


@dataclass(frozen=True, eq=False)
class CostResult:
    """Earned value by task (summaries included, shape ``(n,)``) and by scope (0: the program, then each project).

    ``*_open``: bottom-up estimate to complete. ``*_times``: earned schedule. ``scope_effort``: budget that is level of effort.
    """

    inputs: CostInputs
    plan: PlanInputs
    tasks: EarnedValue
    task_open: Ints
    task_times: SchedulesByRow
    scopes: EarnedValue
    scope_open: Ints
    scope_times: SchedulesByRow
    scope_effort: Ints
    scope_ids: list[int]
    periods: dict[str, NDArray[np.generic]]
    labour: Priced


def compute(plan: PlanResult, inputs: CostInputs) -> CostResult:
    """Measure the program at its data date.

    A task's planned value follows the reference baseline (its dates and cost); work that is not in it follows the current
    plan. Cost lines with dates of their own are level of effort: they earn what they plan. Assigned work is costed by the rates
    that hold on its scheduled days; a baseline keeps what that was when it was taken, as one amount over the task's dates.
    """
    given, schedule, network = plan.inputs, plan.schedule, plan.inputs.network
    fixed = np.zeros(network.n, np.int64)
    place = index_of(inputs.task, given.task_ids)
    fixed[place[place >= 0]] = inputs.task_cost[place >= 0]
    priced = labour.price(inputs.labour, given, schedule)
    cost = fixed + priced.by_task(network.n)
    agreed = given.baseline_start != NONE
    bac = np.where(agreed, 0, cost)
    place = index_of(inputs.agreed_task, given.task_ids)
    bac[place[place >= 0]] = inputs.agreed_cost[place >= 0]
    start = np.where(agreed, given.baseline_start, schedule.start)
    finish = np.where(agreed, given.baseline_finish, schedule.finish)
    work = _Spread.of_work(priced, network.calendar)
    own_work = work.only(~agreed[priced.task])  # of tasks that are in no baseline: as the plan stands
    even = np.where(agreed, bac, fixed)
    pv = _planned(even, network.calendar, start, finish, plan)
    pv += rollup.sum_by(
        _planned(own_work.amount, own_work.calendar, own_work.start, own_work.finish, plan), own_work.task, network.n
    )  # fmt: skip
    rules = _rules(given, inputs)
    ev = earning.earn_plan(
        bac, pv, schedule.percent, network.parent.astype(np.int64), network.is_milestone, rules
    )
    in_time = (
        np.ones(len(inputs.actual_on), bool)
        if given.data_date == NONE
        else inputs.actual_on < given.data_date
    )
    owner = index_of(inputs.actual_task, given.task_ids)
    ac = rollup.sum_by(np.where(in_time, inputs.actual_amount, 0), owner, network.n)
    still_open = earning.open_cost(cost, schedule.percent)
    effort = np.where(rules.rule == EarningRule.LEVEL_OF_EFFORT, bac, 0)
    own = np.stack([bac, pv, ev, ac, still_open, effort], axis=1)
    rolled = rollup.sum_up(own, network.parent)

    program_calendar = np.full(len(inputs.line_cost), given.program_calendar, np.int64)
    line_pv = _planned(inputs.line_cost, program_calendar, inputs.line_start, inputs.line_finish, plan)
    lines = np.stack(
        [
            inputs.line_cost,
            line_pv,
            line_pv,
            np.zeros_like(line_pv),
            inputs.line_cost - line_pv,
            inputs.line_cost,
        ],
        axis=1,
    )
    # Actuals on a project without a task; those on a task are in ``own`` already.
    loose = np.zeros((len(inputs.actual_on), own.shape[1]), np.int64)
    loose[:, 3] = np.where(in_time & (owner < 0), inputs.actual_amount, 0)

    scope_ids = [0, *given.project_ids.tolist()]
    ids = np.array(scope_ids, np.int64)
    by_project = (
        rollup.sum_by(own, network.project + 1, len(ids))
        + rollup.sum_by(lines, np.maximum(index_of(inputs.line_project, ids), 0), len(ids))
        + rollup.sum_by(loose, np.maximum(index_of(inputs.actual_project, ids), 0), len(ids))
    )
    by_project[0] = by_project.sum(axis=0)
    agreed_plan = Agreed(bac, start, finish)
    phased = _phase(plan, inputs, Agreed(even, start, finish), own_work, fixed, work, ids)
    measured = earned_value.measure(*rolled.T[:4])
    return CostResult(
        inputs=inputs,
        plan=given,
        tasks=measured,
        task_open=rolled[:, 4],
        task_times=earned_times.of_tasks(plan, agreed_plan, measured.bac, measured.ev, phased.edges),
        scopes=earned_value.measure(*by_project.T[:4]),
        scope_open=by_project[:, 4],
        scope_times=earned_times.of_scopes(
            plan, inputs, agreed_plan, by_project[:, 2], phased.edges, phased.planned, ids
        ),
        scope_effort=by_project[:, 5],
        scope_ids=scope_ids,
        periods=phased.rows(ids),
        labour=priced,
    )


def estimate(measured: EarnedValue, still_open: Ints, method: str) -> Ints:
    """Return the estimate at completion by the program's method, minor units; NONE where it is not available."""
    by_method = {
        EacMethod.CPI: measured.eac,
        EacMethod.BUDGET_RATE: measured.eac_budget_rate,
        EacMethod.CPI_SPI: measured.eac_cpi_spi,
        EacMethod.BOTTOM_UP: earned_value.eac_bottom_up(measured.ac, still_open),
    }
    return by_method[EacMethod(method)]


def _rules(given: PlanInputs, inputs: CostInputs) -> earning.Rules:
    rules = earning.Rules.by_percent(given.network.n)
    place = index_of(inputs.rule_task, given.task_ids)
    known = place >= 0
    rules.rule[place[known]] = inputs.rule_kind[known]
    rules.base[place[known]] = index_of(inputs.rule_base, given.task_ids)[known]
    rules.weight[place[known]] = inputs.rule_weight[known]
    return rules


def _planned(cost: Ints, calendar: NDArray[np.integer], start: Ints, finish: Ints, plan: PlanResult) -> Ints:
    if plan.inputs.data_date == NONE:
        return np.zeros(len(cost), np.int64)
    return phasing.planned_value(
        cost, calendar, start, finish, plan.inputs.data_date, plan.inputs.network.calendars
    )


@dataclass(frozen=True, eq=False)
class Phased:
    """Cost by scope and fiscal period, ``(s, p)`` each, minor units; the program's own in row 0. No edges: no period."""

    edges: Ints
    planned: Ints
    scheduled: Ints
    actual: Ints

    def rows(self, scope_ids: Ints) -> dict[str, NDArray[np.generic]]:
        """Return the table of scopes and periods (by their first day), only where one of the amounts is not zero."""
        row, column = np.nonzero((self.planned != 0) | (self.scheduled != 0) | (self.actual != 0))
        return {
            "project_id": scope_ids[row],
            "month": self.edges[:-1].astype("datetime64[m]").astype("datetime64[D]")[column],
            "planned": self.planned[row, column],
            "scheduled": self.scheduled[row, column],
            "actual": self.actual[row, column],
        }


@dataclass(frozen=True, eq=False)
class _Spread:
    """Parts of the cost of tasks with dates of their own, ``(p,)``; ``task`` is an index, ``calendar`` that of the task."""

    task: Ints
    amount: Ints
    calendar: NDArray[np.integer]
    start: Ints
    finish: Ints

    @classmethod
    def of_work(cls, priced: Priced, calendar: NDArray[np.integer]) -> "_Spread":
        parts = priced.parts
        return cls(priced.task, parts.amount, calendar[priced.task], parts.start, parts.finish)

    def only(self, rows: NDArray[np.bool_]) -> "_Spread":
        return _Spread(
            self.task[rows], self.amount[rows], self.calendar[rows], self.start[rows], self.finish[rows]
        )


def _phase(
    plan: PlanResult,
    inputs: CostInputs,
    agreed: Agreed,
    agreed_work: _Spread,
    cost: Ints,
    work: _Spread,
    scope_ids: Ints,
) -> Phased:
    """Phase what is planned (evenly over the agreed dates, and work as it is rated) and what is scheduled."""
    network, schedule = plan.inputs.network, plan.schedule
    bac, start, finish = agreed.bac, agreed.start, agreed.finish
    ends = np.concatenate(
        [start, finish, schedule.start, schedule.finish, inputs.line_start, inputs.line_finish]
    )
    known = np.concatenate([ends[ends != NONE], inputs.actual_on])
    if not known.size:
        none = np.zeros((len(scope_ids), 0), np.int64)
        return Phased(np.zeros(0, np.int64), none, none, none)
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

    def phased(amount: Ints, begin: Ints, end: Ints, parts: _Spread) -> Ints:
        home = network.project + 1
        return own_lines + phasing.sum_by_period(
            np.concatenate([amount, parts.amount]),
            np.concatenate([network.calendar, parts.calendar]),
            np.concatenate([begin, parts.start]),
            np.concatenate([end, parts.finish]),
            edges,
            calendars,
            np.concatenate([home, home[parts.task]]),
            len(scope_ids),
        )

    actual = np.zeros((len(scope_ids), months), np.int64)
    month = np.clip(np.searchsorted(edges, inputs.actual_on, side="right") - 1, 0, months - 1)
    np.add.at(
        actual, (np.maximum(index_of(inputs.actual_project, scope_ids), 0), month), inputs.actual_amount
    )
    return Phased(
        edges,
        phased(bac, start, finish, agreed_work),
        phased(cost, schedule.start, schedule.finish, work),
        actual,
    )


def publish(program: Program, result: CostResult, known: bulk.Known | None = None) -> list[bulk.Difference]:
    """Write the rows that differ; ``known``: what the tables hold, if the caller knows."""
    measured = result.tasks
    network = result.plan.network
    money = {name: getattr(measured, name) for name in ("bac", "pv", "ev", "ac", "sv", "cv")}
    money["eac"] = estimate(measured, result.task_open, result.inputs.method)
    tasks = bulk.sync(
        "budgets_taskvalue",
        key=("task_id",),
        columns=COLUMNS,
        values={
            "task_id": result.plan.task_ids,
            "project_id": result.plan.project_ids[network.project] if network.n else np.zeros(0, np.int64),
            **money,
            "spi": measured.spi,
            "cpi": measured.cpi,
            "etc_open": result.task_open,
            **{name: getattr(result.task_times, name) for name in ("es", "elapsed", "planned_duration")},
        },
        scope={"program_id": program.pk},
        known=known,
    )
    months = bulk.sync(
        "budgets_periodvalue",
        key=("project_id", "month"),
        columns=PERIOD_COLUMNS,
        values=result.periods,
        scope={"program_id": program.pk},
        known=known,
    )
    parts, given = result.labour.parts, result.labour.inputs
    work = bulk.sync(
        "budgets_labourcost",
        key=("line_id", "resource_id", "part"),
        columns=LABOUR_COLUMNS,
        values={
            "line_id": given.line[parts.owner],
            "resource_id": given.resource[parts.owner],
            "task_id": given.task[parts.owner],
            "project_id": result.plan.project_ids[network.project[result.labour.task]]
            if network.n
            else np.zeros(0, np.int64),
            "part": parts.number.astype(np.int32),
            "starts": parts.start,
            "ends": parts.finish,
            "minutes": parts.minutes,
            "rate": parts.rate,
            "card_row": parts.row,
            "amount": parts.amount,
        },
        scope={"program_id": program.pk},
        known=known,
    )
    return [tasks, months, work]


def read_off(result: CostResult, readings: Readings) -> None:
    """Add the figures of the program and of each project."""
    measured, approved, times = result.scopes, result.inputs.approved, result.scope_times
    eac = estimate(measured, result.scope_open, result.inputs.method)
    spi_t = earned_schedule.pace(times)
    independent = forecasting.independent_estimate(times.elapsed, times.planned_duration, times.es, spi_t)
    bottom_up = earned_value.eac_bottom_up(measured.ac, result.scope_open)
    for index, scope in enumerate(result.scope_ids):
        for name in ("bac", "pv", "ev", "ac", "sv", "cv"):
            readings.money(scope, f"cost.{name}", int(getattr(measured, name)[index]))
        expected, spent = int(eac[index]), int(measured.ac[index])
        known = expected != NONE
        readings.money(scope, "cost.eac", expected)
        readings.money(scope, "cost.etc", expected - spent if known else None)
        readings.money(scope, "cost.vac", int(measured.bac[index]) - expected if known else None)
        readings.money(scope, "cost.etc_open", int(result.scope_open[index]))
        readings.money(scope, "cost.eac_cpi", int(measured.eac[index]))
        readings.money(scope, "cost.eac_budget_rate", int(measured.eac_budget_rate[index]))
        readings.money(scope, "cost.eac_cpi_spi", int(measured.eac_cpi_spi[index]))
        readings.money(scope, "cost.eac_bottom_up", int(bottom_up[index]))
        readings.money(scope, "cost.effort", int(result.scope_effort[index]))
        readings.number(scope, "cost.spi", float(measured.spi[index]))
        readings.number(scope, "cost.cpi", float(measured.cpi[index]))
        readings.number(scope, "cost.tcpi", float(measured.tcpi_bac[index]))
        readings.number(scope, "cost.tcpi_eac", float(_required(measured, eac, index)))
        for name in ("es", "elapsed", "planned_duration"):
            readings.number(scope, f"cost.{name}", float(getattr(times, name)[index]))
        readings.number(scope, "cost.sv_t", float(times.es[index] - times.elapsed[index]))
        readings.number(scope, "cost.spi_t", float(spi_t[index]))
        readings.number(scope, "cost.ieac_t", float(independent[index]))
        amount = sum(approved.values()) if scope == 0 else approved.get(scope)
        agreed = bool(approved) if scope == 0 else scope in approved
        readings.money(scope, "cost.approved", amount if agreed else None)
        committed = result.inputs.committed
        readings.money(
            scope, "cost.committed", sum(committed.values()) if scope == 0 else committed.get(scope, 0)
        )
        readings.text(scope, "cost.eac_method", str(result.inputs.method))


def _required(measured: EarnedValue, eac: Ints, index: int) -> float:
    """TCPI(EAC) by the chosen estimate; by CPI without its rounding, so that it equals CPI."""
    if eac[index] == measured.eac[index]:
        return float(measured.tcpi_eac[index])
    left, to_come = int(measured.bac[index] - measured.ev[index]), int(eac[index] - measured.ac[index])
    return left / to_come if eac[index] != NONE and to_come else float("nan")
