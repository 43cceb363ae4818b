"""The network an engine schedules: tasks, links, calendars and options as arrays, checked once when built.

Shapes: ``n`` tasks, ``m`` links, ``k`` boundary links (predecessors outside of this network), ``p`` projects.
Instants are wall minutes, durations working minutes of the task's own calendar (wall minutes if elapsed),
``NONE`` marks a missing instant and ``UNKNOWN`` a missing remaining duration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import EARLIEST, LATEST, NONE, STANDARD, WorkCalendar

UNKNOWN = -1
LONGEST = 600_000_000  # minutes: more than a thousand years, for durations and lags

Ints = NDArray[np.int64]
Indexes = NDArray[np.int32]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]


class Link(IntEnum):
    """Which event of the predecessor holds which event of the successor."""

    FS = 0
    SS = 1
    FF = 2
    SF = 3


class LagUnit(IntEnum):
    """``WORKING``: working minutes on the successor's calendar. ``ELAPSED``: wall minutes. ``PERCENT``:
    hundredths of a percent of the predecessor's duration (-50 % is -5000), wall minutes if that duration is
    elapsed. ``ELAPSED_PERCENT``: the same share, always as wall minutes."""

    WORKING = 0
    ELAPSED = 1
    PERCENT = 2
    ELAPSED_PERCENT = 3


class Constraint(IntEnum):
    """Constraint types with the codes of MS Project XML."""

    ASAP = 0
    ALAP = 1
    MSO = 2
    MFO = 3
    SNET = 4
    SNLT = 5
    FNET = 6
    FNLT = 7


class Driver(IntEnum):
    """What holds the start of a task where it is (for summaries: who)."""

    NOTHING = 0
    PROJECT_START = 1
    PREDECESSOR = 2
    CONSTRAINT = 3
    ACTUAL = 4
    DATA_DATE = 5
    ALAP = 6
    MANUAL = 7
    BOUNDARY = 8
    CHILDREN = 9


class Progress(IntEnum):
    """What the remaining work of a started task does with predecessors that are not done yet: wait, or go
    on."""

    RETAINED_LOGIC = 0
    PROGRESS_OVERRIDE = 1


class FloatTarget(IntEnum):
    """Against which finish the float of a task without successors is measured: the last finish of the whole
    network, of its own project, or its own early finish (each open end is critical, MS Project's "calculate
    multiple critical paths")."""

    PROGRAM = 0
    PROJECT = 1
    OPEN_END = 2


@dataclass(frozen=True, slots=True)
class Options:
    """How to schedule. ``critical_threshold``: working minutes of total float at or under which a task is
    critical. ``finish_by``: required finish (wall minutes) that float is measured against instead of the last
    finish, or ``NONE``."""

    honour_constraints: bool = True
    progress: Progress = Progress.RETAINED_LOGIC
    critical_threshold: int = 0
    float_target: FloatTarget = FloatTarget.PROGRAM
    finish_by: int = NONE


class NetworkError(ValueError):
    """Input that can not be scheduled: ``code`` for programs, ``tasks`` the offending task indexes, a message
    for people."""

    def __init__(self, code: str, message: str, tasks: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.tasks = tuple(int(task) for task in tasks)


class CycleError(NetworkError):
    """Links (and the outline, where summaries are linked) that run in a circle; ``tasks`` lists it in order
    of the links."""

    def __init__(self, tasks: Sequence[int], task_ids: Sequence[int]) -> None:
        names = " → ".join(str(task_id) for task_id in (*task_ids, task_ids[0]))
        super().__init__("cycle", f"tasks depend on each other in a circle: {names}", tasks)
        self.task_ids = tuple(int(task_id) for task_id in task_ids)


_TASK_FIELDS: dict[str, tuple[type, Any]] = {
    "parent": (np.int32, -1),
    "project": (np.int32, 0),
    "is_elapsed": (np.bool_, False),
    "is_milestone": (np.bool_, False),
    "calendar": (np.int32, 0),
    "constraint": (np.int8, 0),
    "constraint_at": (np.int64, NONE),
    "deadline": (np.int64, NONE),
    "actual_start": (np.int64, NONE),
    "actual_finish": (np.int64, NONE),
    "remaining": (np.int64, UNKNOWN),
    "percent_complete": (np.float64, 0.0),
    "resume": (np.int64, NONE),
    "gap": (np.int64, 0),
    "gap_ahead": (np.int64, 0),
    "is_active": (np.bool_, True),
    "is_manual": (np.bool_, False),
    "manual_start": (np.int64, NONE),
    "manual_finish": (np.int64, NONE),
}
_LINK_FIELDS: dict[str, tuple[type, Any]] = {
    "succ": (np.int32, None),
    "link_kind": (np.int8, 0),
    "lag": (np.int64, 0),
    "lag_unit": (np.int8, 0),
}
_BOUNDARY_FIELDS: dict[str, tuple[type, Any]] = {
    "boundary_kind": (np.int8, 0),
    "boundary_lag": (np.int64, 0),
    "boundary_lag_unit": (np.int8, 0),
    "boundary_start": (np.int64, None),
    "boundary_finish": (np.int64, None),
}


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A checked network. :meth:`build` fills what is not given; :meth:`edited` makes a changed copy, checked
    again."""

    task_id: Ints  # (n,) any numbers, used in messages only
    duration: Ints  # (n,) planned work of leaves; ignored for summaries
    parent: Indexes  # (n,) index of the summary above, -1 at the top
    project: Indexes  # (n,) index of the project
    is_elapsed: Flags  # (n,) the duration runs around the clock
    is_milestone: Flags  # (n,) asks for duration 0
    calendar: Indexes  # (n,) index into calendars
    constraint: Codes  # (n,) Constraint
    constraint_at: Ints  # (n,)
    deadline: Ints  # (n,)
    actual_start: Ints  # (n,)
    actual_finish: Ints  # (n,)
    remaining: Ints  # (n,) working minutes left, UNKNOWN: from percent_complete
    percent_complete: NDArray[np.float64]  # (n,) 0..100 of the duration
    resume: Ints  # (n,) the remaining work of a started task does not resume before
    gap: Ints  # (n,) working minutes within the task in which nobody works (splits)
    gap_ahead: Ints  # (n,) that part of gap which still lies before the remaining work
    is_active: Flags  # (n,) inactive tasks, and tasks under inactive summaries, vanish with their links
    is_manual: Flags  # (n,) keeps its manual dates, whatever the logic says
    manual_start: Ints  # (n,)
    manual_finish: Ints  # (n,)
    pred: Indexes  # (m,)
    succ: Indexes  # (m,)
    link_kind: Codes  # (m,) Link
    lag: Ints  # (m,) in units of lag_unit; negative is a lead
    lag_unit: Codes  # (m,) LagUnit
    boundary_succ: Indexes  # (k,)
    boundary_kind: Codes  # (k,)
    boundary_lag: Ints  # (k,)
    boundary_lag_unit: Codes  # (k,)
    boundary_start: Ints  # (k,) frozen dates of the predecessor outside
    boundary_finish: Ints  # (k,)
    project_start: Ints  # (p,)
    calendars: tuple[WorkCalendar, ...]
    data_date: int
    options: Options

    @classmethod
    def build(
        cls,
        *,
        duration: Any,
        start: Any = 0,
        calendars: Sequence[WorkCalendar] = (STANDARD,),
        data_date: int = NONE,
        options: Options | None = None,
        **arrays: Any,
    ) -> Network:
        """A network from what is known; every other array gets its neutral value.

        ``start`` is the program's start or one start a project (``project_start``).

        :raises NetworkError: with ``code`` one of ``bad_shape bad_value unknown_field link_to_missing_task
            link_to_self
            parent_missing project_missing calendar_missing calendar_without_work negative_duration
            duration_out_of_range lag_out_of_range date_out_of_range bad_code constraint_without_date``.
        """
        unknown = set(arrays) - set(_TASK_FIELDS) - set(_LINK_FIELDS) - set(_BOUNDARY_FIELDS)
        unknown -= {"task_id", "pred", "boundary_succ", "project_start"}
        if unknown:
            raise NetworkError("unknown_field", f"unknown arrays: {', '.join(sorted(unknown))}")
        n = len(duration)
        values: dict[str, Any] = {"duration": duration, "task_id": arrays.get("task_id", np.arange(n))}
        groups = ((_TASK_FIELDS, n), (_LINK_FIELDS, "pred"), (_BOUNDARY_FIELDS, "boundary_succ"))
        for table, size in groups:
            if isinstance(size, str):
                values[size] = arrays.get(size, np.zeros(0, np.int32))
                size = len(values[size])
            for name, (kind, default) in table.items():
                given = arrays.get(name)
                if given is None and default is None:
                    if size:
                        raise NetworkError("bad_shape", f"{name} is missing")
                    default = 0
                values[name] = np.full(size, default, kind) if given is None else given
        starts = arrays.get("project_start")
        values["project_start"] = np.atleast_1d(start) if starts is None else starts
        if starts is None and n and values["project_start"].size == 1:
            count = max(int(np.max(values["project"], initial=0)) + 1, 1)
            values["project_start"] = np.repeat(values["project_start"], count)
        return cls(
            **values, calendars=tuple(calendars), data_date=int(data_date), options=options or Options()
        )

    def edited(self, **changes: Any) -> Network:
        """A copy with some arrays replaced, checked again."""
        return replace(self, **changes)

    def __post_init__(self) -> None:
        kinds: dict[str, type] = {
            name: kind for name, (kind, _) in (_TASK_FIELDS | _LINK_FIELDS | _BOUNDARY_FIELDS).items()
        }
        kinds |= {"task_id": np.int64, "duration": np.int64, "project_start": np.int64}
        kinds |= {"pred": np.int32, "boundary_succ": np.int32}
        for item in fields(self):
            if item.name in kinds:
                object.__setattr__(
                    self, item.name, _array(item.name, getattr(self, item.name), kinds[item.name])
                )
        _check_shapes(self)
        _check_references(self)
        _check_values(self)

    @property
    def n(self) -> int:
        """Number of tasks, summaries included."""
        return len(self.duration)

    @property
    def m(self) -> int:
        """Number of links."""
        return len(self.pred)


def _array(name: str, given: Any, kind: type) -> NDArray[Any]:
    array = np.asarray(given)
    if array.ndim != 1:
        raise NetworkError("bad_shape", f"{name} has {array.ndim} dimensions instead of 1")
    if array.dtype == kind:
        return np.ascontiguousarray(array)
    if array.dtype.kind not in "biuf":
        raise NetworkError("bad_value", f"{name} does not hold numbers")
    if array.dtype.kind == "f" and not np.all(np.isfinite(array)):
        raise NetworkError("bad_value", f"{name} holds values that are not numbers")
    converted: NDArray[Any] = array.astype(kind)
    if kind is not np.bool_ and array.size and not np.array_equal(converted.astype(array.dtype), array):
        raise NetworkError("bad_value", f"{name} holds values that do not fit {np.dtype(kind).name}")
    return converted


def _check_shapes(network: Network) -> None:
    sizes = {name: network.n for name in (*_TASK_FIELDS, "task_id")}
    sizes |= {name: network.m for name in _LINK_FIELDS}
    sizes |= {name: len(network.boundary_succ) for name in _BOUNDARY_FIELDS}
    for name, size in sizes.items():
        if len(getattr(network, name)) != size:
            raise NetworkError(
                "bad_shape", f"{name} has {len(getattr(network, name))} entries instead of {size}"
            )


def _refuse(code: str, message: str, bad: Flags, network: Network, tasks: NDArray[Any] | None = None) -> None:
    """Raise if any entry is bad, naming the first few tasks; ``tasks`` maps entries to task indexes."""
    if bad.any():
        found = np.flatnonzero(bad)
        owners = found if tasks is None else tasks[found]
        named = [int(task) for task in owners if 0 <= task < network.n]
        ids = ", ".join(str(network.task_id[task]) for task in named[:5])
        raise NetworkError(code, f"{message} (task {ids}{', …' if len(named) > 5 else ''})", named)


def _check_references(network: Network) -> None:
    n = network.n
    for ends, other in ((network.pred, network.succ), (network.succ, network.pred)):
        missing = (ends < 0) | (ends >= n)
        _refuse("link_to_missing_task", "a link leads to a task that does not exist", missing, network, other)
    outside = (network.boundary_succ < 0) | (network.boundary_succ >= n)
    _refuse("link_to_missing_task", "an outside link leads to a task that does not exist", outside, network)
    _refuse("link_to_self", "a task is linked to itself", network.pred == network.succ, network, network.pred)
    parent = network.parent
    _refuse("parent_missing", "the summary above does not exist", (parent < -1) | (parent >= n), network)
    _refuse("parent_cycle", "a task is its own summary", parent == np.arange(n), network)
    stray = (network.project < 0) | (network.project >= len(network.project_start))
    _refuse("project_missing", "the project does not exist", stray, network)
    stray = (network.calendar < 0) | (network.calendar >= len(network.calendars))
    _refuse("calendar_missing", "the calendar does not exist", stray, network)
    empty = np.array([not calendar.week_minutes for calendar in network.calendars], bool)
    if n and empty.any():
        _refuse("calendar_without_work", "the calendar has no working time", empty[network.calendar], network)


def _check_values(network: Network) -> None:
    minutes = ("duration", "gap", "gap_ahead")
    for name in minutes:
        _refuse("negative_duration", f"{name} is negative", getattr(network, name) < 0, network)
        _refuse("duration_out_of_range", f"{name} is too long", getattr(network, name) > LONGEST, network)
    _refuse("negative_duration", "remaining is negative", network.remaining < UNKNOWN, network)
    _refuse("duration_out_of_range", "remaining is too long", network.remaining > LONGEST, network)
    percent = network.percent_complete
    _refuse("bad_value", "percent complete is not 0..100", ~((percent >= 0) & (percent <= 100)), network)
    for name, owners in (("lag", network.succ), ("boundary_lag", network.boundary_succ)):
        lag = getattr(network, name)
        _refuse(
            "lag_out_of_range", "the lag is too long", (lag > LONGEST) | (lag < -LONGEST), network, owners
        )
    dated = (
        "constraint_at",
        "deadline",
        "actual_start",
        "actual_finish",
        "resume",
        "manual_start",
        "manual_finish",
    )
    for name in (*dated, "boundary_start", "boundary_finish"):
        instants = getattr(network, name)
        wild = (instants != NONE) & ((instants < EARLIEST) | (instants > LATEST))
        tasks = network.boundary_succ if name.startswith("boundary") else None
        _refuse("date_out_of_range", f"{name} is out of range", wild, network, tasks)
    wild = (network.boundary_start == NONE) | (network.boundary_finish == NONE)
    _refuse("bad_value", "an outside predecessor has no dates", wild, network, network.boundary_succ)
    starts = (*network.project_start.tolist(), 0 if network.data_date == NONE else network.data_date)
    if any(not EARLIEST <= at <= LATEST for at in starts):
        raise NetworkError("date_out_of_range", "a project start or the data date is out of range")
    codes: tuple[tuple[str, int, Indexes | None], ...] = (
        ("constraint", 7, None),
        ("link_kind", 3, network.succ),
        ("lag_unit", 3, network.succ),
    )
    bounds = (("boundary_kind", 3, network.boundary_succ), ("boundary_lag_unit", 3, network.boundary_succ))
    for name, top, holders in (*codes, *bounds):
        values = getattr(network, name)
        _refuse("bad_code", f"{name} is not 0..{top}", (values < 0) | (values > top), network, holders)
    undated = (network.constraint >= Constraint.MSO) & (network.constraint_at == NONE)
    _refuse("constraint_without_date", "the constraint has no date", undated, network)
