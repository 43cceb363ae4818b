"""The neutral portfolio that the table readers return: programs, projects, tasks, money, risks, KPIs.

Units: instants are wall minutes (``plan.NONE`` when absent), durations working minutes (wall-clock minutes where
``is_elapsed``), money minor units (cents), percentages 0..100, probabilities 0..1.

**Days.** A table gives most dates as days, not instants. A start day becomes 00:00 of that day, a finish day 24:00 of
that day (00:00 of the next): the span is half-open and holds every working minute of its days, so the working duration
of a task is exactly the working time between ``planned_start`` and ``planned_finish`` on its calendar. Snap a start to
the next, a finish to the previous working instant before showing it. ``last_day`` turns a finish back into its day.

``row`` is the spreadsheet row (header = 1) the object was read from; ``key`` the table's own identifier, kept so that
the same file can be imported again without doubling anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from projects.importers.plan import NONE, Constraint, LagUnit, LinkKind

EPOCH = date(1970, 1, 1)
UNASSIGNED_KEY = "unassigned"


def day_start(day: date) -> int:
    """Wall minutes of 00:00 of ``day``."""
    return (day - EPOCH).days * 1440


def day_end(day: date) -> int:
    """Wall minutes of 24:00 of ``day``."""
    return ((day - EPOCH).days + 1) * 1440


def last_day(instant: int) -> date:
    """The day a finish belongs to: 24:00 of a day counts as that day."""
    return EPOCH + timedelta(days=(instant - 1) // 1440)


def day_of(instant: int) -> date:
    """The day that holds ``instant``."""
    return EPOCH + timedelta(days=instant // 1440)


class ProjectKind(StrEnum):
    SOFTWARE = "software"
    INFRASTRUCTURE = "infrastructure"
    PROCESS = "process"
    CAPABILITY = "capability"


class MetricResult(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PortfolioProgram:
    """``name_is_fallback``: the table had no name and the reader made one. ``rating`` 1 (high risk) .. 5 (low risk)."""

    key: str
    name: str
    row: int = 0
    name_is_fallback: bool = False
    description: str = ""
    organisation: str = ""
    manager: str = ""
    sponsor: str = ""
    start: int = NONE
    rating: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PortfolioProject:
    """``dates_are_derived``: the span was taken from the tasks. ``planned_cost`` likewise with ``cost_is_derived``.

    ``reported_delay_days`` (calendar days, positive = late) and ``reported_cost_variance`` (cents, positive = under
    cost) are what the source says, kept for comparison with what is computed.
    """

    key: str
    program_key: str
    name: str
    row: int = 0
    name_is_fallback: bool = False
    kind: ProjectKind | None = None
    description: str = ""
    manager: str = ""
    planned_start: int = NONE
    planned_finish: int = NONE
    dates_are_derived: bool = False
    planned_cost: int = NONE
    cost_is_derived: bool = False
    reported_delay_days: int | None = None
    reported_cost_variance: int = NONE
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PortfolioTask:
    """``keep_dates``: the planned dates are facts to be kept (start no earlier than ``planned_start``) and to be
    baselined; the working duration follows from them. Otherwise ``duration`` and links drive the dates.

    Progress: ``percent_complete`` None means not stated (begun when there is an actual start)."""

    key: str
    project_key: str
    name: str
    row: int = 0
    parent_key: str | None = None
    description: str = ""
    output_type: str = ""
    status: str = ""
    owner: str = ""
    is_milestone: bool = False
    keep_dates: bool = False
    planned_start: int = NONE
    planned_finish: int = NONE
    duration: int = NONE
    is_elapsed: bool = False
    constraint: int = Constraint.ASAP
    constraint_at: int = NONE
    deadline: int = NONE
    percent_complete: float | None = None
    actual_start: int = NONE
    actual_finish: int = NONE
    remaining_duration: int = NONE
    planned_cost: int = NONE
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PortfolioLink:
    """``lag`` in minutes, or hundredths of a percent for ``LagUnit.PERCENT``."""

    predecessor_key: str
    successor_key: str
    row: int = 0
    kind: int = LinkKind.FS
    lag: int = 0
    lag_unit: int = LagUnit.WORKING


@dataclass(frozen=True, slots=True)
class PortfolioBudgetLine:
    key: str
    project_key: str
    name: str
    amount: int
    row: int = 0
    task_key: str | None = None
    category: str = ""
    is_capex: bool = False
    start: int = NONE
    finish: int = NONE
    actual_amount: int = NONE
    actual_on: date | None = None


@dataclass(frozen=True, slots=True)
class PortfolioRisk:
    """``probability`` 0..1; impacts in working days and cents."""

    key: str
    program_key: str
    title: str
    row: int = 0
    project_key: str | None = None
    description: str = ""
    probability: float | None = None
    impact_days: float | None = None
    impact_amount: int = NONE
    response: str = ""
    response_plan: str = ""
    owner: str = ""
    status: str = "open"
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class PortfolioContract:
    key: str
    program_key: str
    description: str
    supplier: str
    row: int = 0
    supplier_key: str = ""
    value: int = NONE


@dataclass(frozen=True, slots=True)
class PortfolioMetric:
    """A KPI by which a program is judged."""

    key: str
    program_key: str
    description: str
    row: int = 0
    category: str = ""
    result: MetricResult = MetricResult.UNKNOWN


@dataclass(frozen=True, slots=True)
class ImportedPortfolio:
    """Everything the tables held, in table order; parents before children among the tasks.

    ``data_date`` is the status date: stated, or derived from the latest actual date (``data_date_is_derived``).
    """

    name: str
    source: str
    currency: str = "USD"
    description: str = ""
    data_date: int = NONE
    data_date_is_derived: bool = False
    programs: tuple[PortfolioProgram, ...] = ()
    projects: tuple[PortfolioProject, ...] = ()
    tasks: tuple[PortfolioTask, ...] = ()
    links: tuple[PortfolioLink, ...] = ()
    budget_lines: tuple[PortfolioBudgetLine, ...] = ()
    risks: tuple[PortfolioRisk, ...] = ()
    contracts: tuple[PortfolioContract, ...] = ()
    metrics: tuple[PortfolioMetric, ...] = ()
