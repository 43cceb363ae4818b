"""The neutral plan that every reader returns and every writer takes.

Units, everywhere in this module:

* instants are **wall minutes**: minutes since 1970-01-01T00:00 of the program's own wall clock, ``NONE`` when absent;
* durations and work are **working minutes** of the task's calendar, or wall-clock minutes where ``is_elapsed``;
  ``NONE`` when absent;
* money is in minor units (cents) of the plan's currency, ``NONE`` when absent;
* a lag is in minutes (working or elapsed) or, for the two percent units, in hundredths of a percent of the
  predecessor's duration (``-5000`` is -50 %), taken as working or as wall-clock minutes;
* percentages are 0..100.

Tasks are listed in outline order (parents before children). ``uid`` is the source's own stable number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from projects.importers.reports import ImportEntry

NONE = -(2**63)
"""The missing value of every integer field; equal to ``np.iinfo(np.int64).min``."""

Interval = tuple[int, int]
"""Half-open working interval in minutes of the day, ``0 <= start < end <= 1440``."""

Day = tuple[Interval, ...]
Week = tuple[Day, Day, Day, Day, Day, Day, Day]
"""Working intervals of the seven weekdays, Monday first."""

STANDARD_DAY: Day = ((480, 720), (780, 1020))
STANDARD_WEEK: Week = (STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, (), ())


class LinkKind(IntEnum):
    """Dependency types, numbered like the engine's ``Link``."""

    FS = 0
    SS = 1
    FF = 2
    SF = 3


class LagUnit(IntEnum):
    """Units of a lag, numbered like the engine's ``LagUnit``."""

    WORKING = 0
    ELAPSED = 1
    PERCENT = 2
    ELAPSED_PERCENT = 3


class Constraint(IntEnum):
    """Constraint types with MS Project's codes."""

    ASAP = 0
    ALAP = 1
    MSO = 2
    MFO = 3
    SNET = 4
    SNLT = 5
    FNET = 6
    FNLT = 7


class ResourceKind(IntEnum):
    MATERIAL = 0
    WORK = 1
    COST = 2


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days that differ from the week. ``first`` and ``last`` are ISO dates, inclusive; no intervals: non-working."""

    first: str
    last: str
    intervals: Day = ()
    name: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "first": self.first,
            "last": self.last,
            "intervals": [list(interval) for interval in self.intervals],
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class ImportedCalendar:
    """A calendar with everything resolved: what it inherits from its base, recurring exceptions and work weeks are
    already part of ``week`` and ``exceptions`` (disjoint, ascending). ``base_uid`` only remembers the origin."""

    uid: int
    name: str
    week: Week = STANDARD_WEEK
    exceptions: tuple[CalendarException, ...] = ()
    base_uid: int | None = None
    is_base: bool = True

    def week_json(self) -> list[list[list[int]]]:
        return [[list(interval) for interval in day] for day in self.week]

    def exceptions_json(self) -> list[dict[str, object]]:
        return [exception.as_json() for exception in self.exceptions]


@dataclass(frozen=True, slots=True)
class ImportedProject:
    """A component project of the file. ``root_task_uid`` is the summary task that stands for it, if there is one;
    ``path`` the file it was inserted from, as the source names it (never opened)."""

    key: str
    name: str
    root_task_uid: int | None = None
    start: int = NONE
    calendar_uid: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Status of a task that has begun, or was given a percentage."""

    percent_complete: float = 0.0
    physical_percent_complete: float = 0.0
    actual_start: int = NONE
    actual_finish: int = NONE
    actual_duration: int = NONE
    remaining_duration: int = NONE
    stop: int = NONE
    resume: int = NONE


@dataclass(frozen=True, slots=True)
class Costs:
    """Money of a task in minor units; ``cost`` includes ``fixed_cost``."""

    cost: int = 0
    fixed_cost: int = 0
    actual_cost: int = 0
    remaining_cost: int = 0


@dataclass(frozen=True, slots=True)
class Manual:
    """Dates of a manually scheduled task as typed by a person; any may be ``NONE``."""

    start: int = NONE
    finish: int = NONE
    duration: int = NONE


NO_PROGRESS = Progress()
NO_COSTS = Costs()
NO_MANUAL = Manual()


@dataclass(frozen=True, slots=True)
class ImportedTask:
    """One row of the outline. ``start`` and ``finish`` are the dates the source stored (its answer, not an input)."""

    uid: int
    name: str
    project_key: str = ""
    parent_uid: int | None = None
    outline_level: int = 1
    row: int = 0
    wbs: str = ""
    is_summary: bool = False
    is_milestone: bool = False
    is_active: bool = True
    is_manual: bool = False
    is_estimated: bool = False
    is_recurring: bool = False
    is_external: bool = False
    is_level_of_effort: bool = False
    """Supports other work and drives nothing; the source computes its dates from them."""
    duration: int = 0
    is_elapsed: bool = False
    duration_format: int = 7
    calendar_uid: int | None = None
    ignore_resource_calendar: bool = False
    constraint: int = Constraint.ASAP
    constraint_at: int = NONE
    deadline: int = NONE
    start: int = NONE
    finish: int = NONE
    levelling_delay: int = 0
    priority: int = 500
    task_type: int = 0
    effort_driven: bool = False
    work: int = 0
    progress: Progress = NO_PROGRESS
    costs: Costs = NO_COSTS
    manual: Manual = NO_MANUAL
    splits: tuple[Interval, ...] = ()
    """Working pieces ``(start, finish)`` in wall minutes of a task that is interrupted; empty when it is not."""
    notes: str = ""
    contact: str = ""
    """Who answers for the task, as free text."""


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """A dependency. ``external`` is the source's path of a predecessor in another file (then ``predecessor_uid`` is
    the ghost task's uid in this file, or -1)."""

    predecessor_uid: int
    successor_uid: int
    kind: int = LinkKind.FS
    lag: int = 0
    lag_unit: int = LagUnit.WORKING
    lag_format: int = 7
    external: str = ""


@dataclass(frozen=True, slots=True)
class RatePeriod:
    """One row of a cost-rate table: rates as written (currency units per ``*_format`` unit), cost per use in cents."""

    table: int
    starts: int = NONE
    ends: int = NONE
    standard_rate: str = "0"
    standard_format: int = 2
    overtime_rate: str = "0"
    overtime_format: int = 2
    cost_per_use: int = 0


@dataclass(frozen=True, slots=True)
class Availability:
    """Units of a resource in a period; 1.0 is one full-time person."""

    starts: int = NONE
    ends: int = NONE
    units: float = 1.0


@dataclass(frozen=True, slots=True)
class ImportedResource:
    uid: int
    name: str
    kind: int = ResourceKind.WORK
    initials: str = ""
    group: str = ""
    email: str = ""
    code: str = ""
    max_units: float = 1.0
    calendar_uid: int | None = None
    standard_rate: str = "0"
    standard_rate_format: int = 2
    overtime_rate: str = "0"
    overtime_rate_format: int = 2
    cost_per_use: int = 0
    is_generic: bool = False
    is_inactive: bool = False
    rates: tuple[RatePeriod, ...] = ()
    availability: tuple[Availability, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ImportedAssignment:
    """A resource's share of a task; ``units`` 1.0 is full time. ``resource_uid`` is None for unassigned work."""

    uid: int
    task_uid: int
    resource_uid: int | None
    units: float = 1.0
    work: int = 0
    actual_work: int = 0
    remaining_work: int = 0
    cost: int = 0
    actual_cost: int = 0
    start: int = NONE
    finish: int = NONE
    delay: int = 0
    contour: int = 0
    rate_table: int = 0


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """What one task was promised. Fields the source leaves out are ``NONE``."""

    task_uid: int
    start: int = NONE
    finish: int = NONE
    duration: int = NONE
    is_elapsed: bool = False
    work: int = NONE
    cost: int = NONE


@dataclass(frozen=True, slots=True)
class ImportedBaseline:
    """Baseline ``number`` (0..10): its entries in the order of the tasks, ascending by outline row."""

    number: int
    entries: tuple[BaselineEntry, ...]


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A whole schedule file.

    ``losses`` lists, grouped and counted, what the file holds and this plan does not. ``start`` is the schedule's
    start, ``data_date`` the status date; ``moves_to_data_date``: the source plans unfinished work after it.
    ``calendar_uid`` names the default calendar of ``calendars``. ``finish_by`` is the required finish that float is
    measured against, ``own_finish`` measures the float of each project against its own finish.
    """

    source: str
    name: str
    title: str = ""
    start: int = NONE
    finish: int = NONE
    data_date: int = NONE
    schedule_from_start: bool = True
    honour_constraints: bool = True
    multiple_critical_paths: bool = False
    progress_override: bool = False
    moves_to_data_date: bool = False
    own_finish: bool = False
    finish_by: int = NONE
    critical_threshold: int = 0
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    default_start: int = 480
    default_finish: int = 1020
    currency: str = ""
    currency_symbol: str = ""
    currency_digits: int = 2
    calendar_uid: int | None = None
    calendars: tuple[ImportedCalendar, ...] = ()
    projects: tuple[ImportedProject, ...] = ()
    tasks: tuple[ImportedTask, ...] = ()
    links: tuple[ImportedLink, ...] = ()
    resources: tuple[ImportedResource, ...] = ()
    assignments: tuple[ImportedAssignment, ...] = ()
    baselines: tuple[ImportedBaseline, ...] = ()
    losses: tuple[ImportEntry, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    """Author, company, subject and other texts of the file's head that carry no schedule meaning."""
