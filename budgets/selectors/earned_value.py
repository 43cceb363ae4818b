"""Earned value by scope: the program, its projects, control accounts and tasks; now, and at the data dates that were kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from django.db.models import Max

from budgets.engine import earned_schedule, earned_value, forecasting
from budgets.engine.earned_schedule import SchedulesByRow
from budgets.models import EacMethod, EstimateChoice, PeriodValue, TaskValue
from programs import policies
from programs.models import PastReading, Portfolio, Program
from programs.selectors import readings
from programs.selectors.readings import NO_FIGURES, Figures, Past, Value
from projects.models import Project, Task
from tpm.accounts.actors import Actor
from tpm.lib.walltime import NONE

MOST = 500
PROGRAM, PROJECT, TASK = "program", "project", "task"
MONEY = ("bac", "pv", "ev", "ac", "sv", "cv", "eac", "etc", "vac", "eac_cpi", "eac_budget_rate", "eac_cpi_spi",
         "eac_bottom_up", "etc_open")  # fmt: skip
RATIOS = ("spi", "cpi", "tcpi", "tcpi_eac", "spi_t")
PERIODS = ("es", "elapsed", "planned_duration", "sv_t", "ieac_t")
KEYS = (*MONEY, *RATIOS, *PERIODS)
_NO_FIGURES: Mapping[str, Value] = {}
HISTORY = tuple(f"cost.{name}" for name in KEYS)


@dataclass(frozen=True)
class Scope:
    """What is looked at: the program (id 0), a project or a task."""

    kind: str
    pk: int
    name: str
    above: tuple[tuple[str, str], ...] = ()
    project_id: int = 0

    @property
    def key(self) -> str:
        return PROGRAM if self.kind == PROGRAM else f"{self.kind}-{self.pk}"


@dataclass(frozen=True)
class Line:
    """One scope with its figures by the words of :data:`KEYS`; None is *not available*."""

    key: str
    name: str
    code: str
    figures: Mapping[str, Value]
    has_parts: bool
    is_account: bool = False
    task_id: int = 0


@dataclass(frozen=True)
class Page:
    """``figures``: of the scope itself; empty where the actor does not read its whole. ``left_off``: parts beyond the first."""

    scope: Scope
    figures: Mapping[str, Value]
    method: str
    lines: list[Line]
    accounts: list[Line]
    history: list[Past]
    at: date | None
    revision: int
    left_off: int = 0


def scope_of(actor: Actor, program: Program, key: str) -> Scope:
    """Return the scope that an address names: ``program``, ``project-<id>`` or ``task-<id>``.

    :raises Project.DoesNotExist, Task.DoesNotExist: also if the actor does not read its money.
    :raises ValueError: if the key is none.
    """
    if key in ("", PROGRAM):
        return Scope(PROGRAM, 0, program.name)
    kind, _sign, number = key.partition("-")
    if kind not in (PROJECT, TASK) or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise ValueError(key)
    top = (PROGRAM, program.name)
    if kind == PROJECT:
        project = Project.objects.visible_to(actor, "budget.read").get(pk=int(number), program=program)
        return Scope(PROJECT, project.pk, project.name, (top,), project.pk)
    task = Task.objects.visible_to(actor).select_related("project").get(pk=int(number), program=program)
    if not policies.holds(
        actor, "budget.read", policies.Scope(program.portfolio_id, program.pk, task.project_id)
    ):
        raise Task.DoesNotExist
    above, parent = [], task.parent_id
    names = dict(_ancestors(task)) if parent else {}
    while parent in names:
        name, following = names[parent]
        above.append((f"{TASK}-{parent}", name))
        parent = following
    chain = (top, (f"{PROJECT}-{task.project_id}", task.project.name), *reversed(above))
    return Scope(TASK, task.pk, task.name, chain, task.project_id)


def page(actor: Actor, program: Program, scope: Scope, at: date | None = None, last: int = 36) -> Page:
    """Return a scope's figures, its parts and its history: about ten queries, whatever the size.

    :param at: show program and projects as they were at the latest data date up to this day; tasks keep no history.
    """
    method = EstimateChoice.objects.filter(program=program).values_list("method", flat=True).first() or "cpi"
    whole = policies.holds(actor, "budget.read", program.scope)
    shown_at = _kept_at(actor, program, at) if at else None
    known = _figures(actor, program, shown_at)
    history: list[Past] = []
    if scope.kind != TASK and (whole or scope.kind == PROJECT):
        history = readings.history(actor, program.pk, HISTORY, project_id=scope.project_id, last=last)
    left_off, figures = 0, _NO_FIGURES
    if scope.kind == PROGRAM:
        figures = known.get(0, NO_FIGURES).cost if whole else _NO_FIGURES
        projects = Project.objects.visible_to(actor, "budget.read").filter(program=program)
        lines = [
            Line(f"{PROJECT}-{one.pk}", one.name, one.code, known.get(one.pk, NO_FIGURES).cost, not at)
            for one in projects.order_by("position", "pk")
        ]
        accounts = [] if at else _tasks(actor, program, method, task__earning__is_control_account=True)[0]
    elif at:
        figures = known.get(scope.pk, NO_FIGURES).cost if scope.kind == PROJECT else _NO_FIGURES
        lines, accounts = [], []
    elif scope.kind == PROJECT:
        figures = known.get(scope.pk, NO_FIGURES).cost
        lines, left_off = _tasks(actor, program, method, task__project_id=scope.pk, task__parent=None)
        accounts, _more = _tasks(
            actor, program, method, task__project_id=scope.pk, task__earning__is_control_account=True
        )
    else:
        own, _none = _tasks(actor, program, method, pk=scope.pk)
        figures = own[0].figures if own else {}
        lines, left_off = _tasks(actor, program, method, task__parent_id=scope.pk)
        accounts = []
    revision = max((one.revision for one in known.values()), default=0)
    return Page(scope, figures, method, lines, accounts, history, shown_at, revision, left_off)


@dataclass(frozen=True)
class PortfolioPage:
    """Programs whose whole money the actor reads, and their sum; ``same_date``: they stand at one data date."""

    figures: Mapping[str, Value]
    lines: Sequence[tuple[Program, Mapping[str, Value]]]
    same_date: bool
    data_date: date | None


def of_portfolio(actor: Actor, portfolio: Portfolio) -> PortfolioPage:
    """Return a portfolio's earned value: sums of its programs' amounts, the indexes of the sums. Four queries.

    The estimate at completion is the sum of the programs' own, each by the method that it chose. Earned schedule needs one
    data date of all programs with a plan; it counts whole periods from the first that has planned value.
    """
    programs = [
        one
        for one in Program.objects.visible_to(actor).filter(portfolio=portfolio).order_by("name", "pk")
        if policies.holds(actor, "budget.read", policies.Scope(portfolio.pk, one.pk))
    ]
    found = readings.for_programs(actor, [one.pk for one in programs], [*HISTORY, "cost.eac_method"])
    lines = [(one, found.get(one.pk, NO_FIGURES).cost) for one in programs]
    counted = [(one, mine) for one, mine in lines if mine.get("bac") is not None]
    sums = {
        name: sum((_money(mine.get(name)) for _one, mine in counted), Decimal(0))
        for name in ("bac", "pv", "ev", "ac", "etc_open", "eac")
    }
    dates = {one.data_date for one, _mine in counted}
    same = len(dates) == 1 and None not in dates
    data_date = next(iter(dates)) if same else None
    times = _times_of_sum(actor, [one.pk for one, _mine in counted], sums["ev"], data_date)
    figures: dict[str, Value] = {}
    if counted:
        minor = [[int(sums[name] * 100)] for name in ("bac", "pv", "ev", "ac", "etc_open")]
        figures = _measured(np.array(minor, np.int64), times, EacMethod.CPI)[0]
        known = all(mine.get("eac") is not None for _one, mine in counted)
        figures["eac"] = sums["eac"] if known else None
        figures["etc"] = sums["eac"] - sums["ac"] if known else None
        figures["vac"] = sums["bac"] - sums["eac"] if known else None
        to_come = figures["etc"]
        figures["tcpi_eac"] = (
            (sums["bac"] - sums["ev"]) / to_come if isinstance(to_come, Decimal) and to_come else None
        )
    return PortfolioPage(figures, lines, same, data_date)


def _times_of_sum(actor: Actor, ids: Sequence[int], ev: Decimal, data_date: date | None) -> SchedulesByRow:
    rows = PeriodValue.objects.visible_to(actor).filter(program_id__in=ids).values_list("month", "planned")
    by_month: dict[date, Decimal] = {}
    for month, planned in rows:
        by_month[month] = by_month.get(month, Decimal(0)) + planned
    months = sorted(month for month, planned in by_month.items() if planned)
    none = np.full(1, np.nan)
    if not months or data_date is None:
        return SchedulesByRow(none, none, none)
    curve = np.array([[int(by_month[month] * 100) for month in months]], np.int64)
    edges = [*months, _after(months[-1])]
    minutes = np.array(edges, "datetime64[D]").astype("datetime64[m]").astype(np.int64)
    now = int(np.datetime64(data_date, "m").astype(np.int64)) + 1440
    earned = np.array([int(ev * 100)], np.int64)
    return earned_schedule.by_row(curve, earned, minutes, minutes[:1], minutes[-1:], now, np.array([now]))


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _figures(actor: Actor, program: Program, at: date | None) -> dict[int, Figures]:
    """Return the figures of the program (0) and its projects, of now or of a data date that was kept."""
    if at is None:
        return {
            0: readings.for_programs(actor, [program.pk]).get(program.pk, NO_FIGURES),
            **readings.for_projects(actor, program.pk),
        }
    return readings.at_data_date(actor, program.pk, at)


def _kept_at(actor: Actor, program: Program, at: date) -> date:
    """Return the latest data date up to a day of which figures are kept; the day itself if there is none."""
    kept = PastReading.objects.visible_to(actor).filter(program=program, data_date__lte=at)
    latest: date | None = kept.aggregate(latest=Max("data_date"))["latest"]
    return latest or at


def _tasks(actor: Actor, program: Program, method: str, **which: object) -> tuple[list[Line], int]:
    """Return tasks as lines in the order of the plan, and how many there are beyond the first."""
    found = TaskValue.objects.visible_to(actor).filter(program=program, **which)
    rows = list(
        found.order_by("task__project__position", "task__position", "pk").values_list(
            "pk", "task__name", "task__schedule__wbs", "task__schedule__is_summary", "task__earning__is_control_account",
            "bac", "pv", "ev", "ac", "etc_open", "es", "elapsed", "planned_duration",
        )[: MOST + 1]
    )  # fmt: skip
    left_off = found.count() - MOST if len(rows) > MOST else 0
    rows = rows[:MOST]
    if not rows:
        return [], 0
    minor = np.array([[int((value or 0) * 100) for value in row[5:10]] for row in rows], np.int64).T
    times = SchedulesByRow(*(np.array([row[at] for row in rows], np.float64) for at in (10, 11, 12)))
    measured = _measured(minor, times, method)
    return [
        Line(f"{TASK}-{row[0]}", row[1], row[2] or "", figures, bool(row[3]), bool(row[4]), row[0])
        for row, figures in zip(rows, measured, strict=True)
    ], left_off


def _measured(minor: np.ndarray, times: SchedulesByRow, method: str) -> list[dict[str, Value]]:
    """Return all figures of rows of BAC, PV, EV, AC and open cost, ``(5, k)`` minor units."""
    bac, _pv, ev, ac, still_open = minor
    result = earned_value.measure(*minor[:4])
    bottom_up = earned_value.eac_bottom_up(ac, still_open)
    eac = {
        EacMethod.CPI: result.eac, EacMethod.BUDGET_RATE: result.eac_budget_rate, EacMethod.CPI_SPI: result.eac_cpi_spi,
        EacMethod.BOTTOM_UP: bottom_up,
    }[EacMethod(method)]  # fmt: skip
    known, to_come = eac != NONE, eac - ac
    required = np.full(len(bac), np.nan)
    np.divide(bac - ev, to_come, out=required, where=known & (to_come != 0))
    spi_t = earned_schedule.pace(times)
    money = {
        "bac": bac, "pv": minor[1], "ev": ev, "ac": ac, "sv": result.sv, "cv": result.cv, "eac": eac,
        "etc": np.where(known, to_come, NONE), "vac": np.where(known, bac - eac, NONE), "eac_cpi": result.eac,
        "eac_budget_rate": result.eac_budget_rate, "eac_cpi_spi": result.eac_cpi_spi, "eac_bottom_up": bottom_up,
        "etc_open": still_open,
    }  # fmt: skip
    numbers = {
        "spi": result.spi, "cpi": result.cpi, "tcpi": result.tcpi_bac,
        "tcpi_eac": np.where(eac == result.eac, result.tcpi_eac, required), "spi_t": spi_t, "es": times.es,
        "elapsed": times.elapsed, "planned_duration": times.planned_duration, "sv_t": times.es - times.elapsed,
        "ieac_t": forecasting.independent_estimate(times.elapsed, times.planned_duration, times.es, spi_t),
    }  # fmt: skip
    found: list[dict[str, Value]] = [{} for _row in range(len(bac))]
    for row, mine in enumerate(found):
        mine.update({name: _amount(int(values[row])) for name, values in money.items()})
        mine.update({name: _number(float(values[row])) for name, values in numbers.items()})
    return found


def _amount(minor: int) -> Decimal | None:
    return None if minor == NONE else Decimal(minor).scaleb(-2)


def _number(value: float) -> Decimal | None:
    return None if value != value else Decimal(str(round(value, 6)))


def _money(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _ancestors(task: Task) -> Iterable[tuple[int, tuple[str, int | None]]]:
    """Yield name and parent of all summaries of the task's project by id: one query."""
    rows = Task.objects.filter(project_id=task.project_id, children__isnull=False).distinct()
    for pk, name, parent in rows.values_list("pk", "name", "parent_id"):
        yield pk, (name, parent)
