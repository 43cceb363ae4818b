"""Schedule quality: the fourteen checks of the DCMA assessment (DCMA-EA PAM 200.1, October 2012).

Populations. *Total tasks*: leaves that are live and neither milestones (duration or baseline duration 0),
level of effort nor external. *Incomplete*: total tasks without an actual finish. *Links*: live links with an
incomplete task at one end at least (R. Winter's reading; ``Inputs.links_of`` switches to the predecessor
links of incomplete tasks, as most tools count). Logic is what is linked to the task itself or from outside,
not what it inherits from summaries.

Percentages are compared exactly: 2 of 40 is 5 % and passes a limit of 5 %. A check without a population is
not applicable (``passed`` is None), never passed. Days are working days of ``minutes_per_day`` minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import NONE, working_between
from projects.engine import compare, cpm
from projects.engine.network import Constraint, Link, Network
from projects.engine.paths import lag_minutes
from projects.engine.schedules import Schedule

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LONG_DAYS = 44  # two working months
STRETCH_DAYS = 600
_HARD = (Constraint.MSO, Constraint.MFO, Constraint.SNLT, Constraint.FNLT)


class LinksOf(IntEnum):
    """Which links checks 2 to 4 count."""

    EITHER_END = 0
    SUCCESSOR = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One result. ``count`` of ``population`` offend (``percent``), or ``value`` is an index (CPLI, BEI);
    ``limit`` is the largest percentage, or the smallest index, that passes. ``tasks`` and ``links`` are the
    offending indexes."""

    number: int
    code: str
    title: str
    count: int = 0
    population: int = 0
    limit: float | None = None
    value: float | None = None
    passed: bool | None = None
    tasks: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    notes: dict[str, tuple[int, ...] | float | int] = field(default_factory=dict)

    @property
    def percent(self) -> float | None:
        """Share of offenders in percent, None without a population."""
        return 100.0 * self.count / self.population if self.population else None


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """A scheduled plan and what else the checks need; arrays (n,), wall minutes and working minutes, ``NONE``
    if missing."""

    network: Network
    schedule: Schedule
    baseline_start: Ints
    baseline_finish: Ints
    baseline_duration: Ints
    has_resources: Flags
    is_level_of_effort: Flags | None = None
    is_external: Flags | None = None
    has_outside_successor: Flags | None = None
    status: int = NONE  # status date; default: the network's data date
    calendar: int = 0  # index of the calendar on which checks 12 and 13 count days
    detail_until: int = (
        NONE  # end of the detail-planning window of check 8, NONE: everything is planned in detail
    )
    minutes_per_day: int = 480
    links_of: LinksOf = LinksOf.EITHER_END


def assess(inputs: Inputs, *, project: int | Sequence[int] | None = None) -> list[Check]:
    """The fourteen checks in order, over the whole network or over one or some of its projects."""
    return _Assessment(inputs, project).checks()


def passes(checks: Sequence[Check]) -> bool:
    """Whether no check fails; checks that do not apply do not count."""
    return all(check.passed is not False for check in checks)


def score(checks: Sequence[Check]) -> int | None:
    """Passed checks in percent of those that give a verdict, rounded down so that only a plan without a failed
    check has 100; None if none applies."""
    verdicts = [check.passed for check in checks if check.passed is not None]
    return 100 * sum(verdicts) // len(verdicts) if verdicts else None


def _indexes(flags: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(flags).tolist())


class _Assessment:
    def __init__(self, inputs: Inputs, project: int | Sequence[int] | None) -> None:
        net, plan = inputs.network, inputs.schedule
        none = np.zeros(net.n, np.bool_)
        self.inputs, self.net, self.plan = inputs, net, plan
        self.status = net.data_date if inputs.status == NONE else inputs.status
        self.day = inputs.minutes_per_day
        leaf = plan.is_live & ~plan.is_summary
        if project is not None:
            leaf &= np.isin(net.project, project)
        effort = none if inputs.is_level_of_effort is None else inputs.is_level_of_effort
        external = none if inputs.is_external is None else inputs.is_external
        milestone = net.is_milestone | (net.duration == 0) | (inputs.baseline_duration == 0)
        self.scope = leaf & ~external
        self.total = self.scope & ~effort & ~milestone
        self.done = net.actual_finish != NONE
        self.incomplete = self.total & ~self.done
        self.live = plan.is_live[net.pred] & plan.is_live[net.succ]
        near = self.incomplete[net.succ]
        if inputs.links_of == LinksOf.EITHER_END:
            near = near | self.incomplete[net.pred]
        self.counted = self.live & near

    def checks(self) -> list[Check]:
        """All fourteen, in order."""
        lag, _ = lag_minutes(self.net, self.plan)
        total_float = self.plan.total_float
        baseline = self.inputs.baseline_duration
        length = np.where(baseline == NONE, self.net.duration, baseline)
        detailed = np.ones(self.net.n, np.bool_)
        if self.inputs.detail_until != NONE:
            detailed = self.inputs.baseline_start <= self.inputs.detail_until
        long = LONG_DAYS * self.day
        return [
            self._logic(),
            self._of_links(2, "leads", "Leads", lag < 0, 0),
            self._of_links(3, "lags", "Lags", lag > 0, 5),
            self._of_links(4, "relationship_types", "Relationship types", self.net.link_kind != Link.FS, 10),
            self._of_tasks(5, "hard_constraints", "Hard constraints", np.isin(self.net.constraint, _HARD), 5),
            self._of_tasks(6, "high_float", "High float", total_float > long, 5),
            self._of_tasks(7, "negative_float", "Negative float", total_float < 0, 0),
            self._of_tasks(8, "high_duration", "High duration", (length > long) & detailed, 5),
            self._invalid_dates(),
            self._resources(),
            self._missed(),
            self._critical_path_test(),
            self._length_index(),
            self._execution_index(),
        ]

    def _of_tasks(self, number: int, code: str, title: str, bad: Flags, limit: float) -> Check:
        offenders = bad & self.incomplete
        count, population = int(offenders.sum()), int(self.incomplete.sum())
        passed = None if not population else count * 100 <= limit * population
        return Check(number, code, title, count, population, limit, passed=passed, tasks=_indexes(offenders))

    def _of_links(self, number: int, code: str, title: str, bad: Flags, limit: float) -> Check:
        offenders = bad & self.counted
        count, population = int(offenders.sum()), int(self.counted.sum())
        passed = None if not population else count * 100 <= limit * population
        tasks = tuple(np.unique(self.net.succ[offenders]).tolist())
        return Check(number, code, title, count, population, limit, None, passed, tasks, _indexes(offenders))

    def _linked(self, ends: NDArray[np.int32], kinds: tuple[Link, ...] | None = None) -> Flags:
        """Tasks at this end of a live link (of these kinds)."""
        chosen = self.live if kinds is None else self.live & np.isin(self.net.link_kind, kinds)
        found = np.zeros(self.net.n, np.bool_)
        found[ends[chosen]] = True
        return found

    def _logic(self) -> Check:
        net = self.net
        outside = np.zeros(net.n, np.bool_)
        outside[net.boundary_succ] = True
        later = self.inputs.has_outside_successor
        onward = np.zeros(net.n, np.bool_) if later is None else later
        no_pred = ~(self._linked(net.succ) | outside)
        no_succ = ~(self._linked(net.pred) | onward)
        check = self._of_tasks(1, "logic", "Logic", no_pred | no_succ, 5)
        driven = self._linked(net.succ, (Link.FS, Link.SS)) | outside
        drives = self._linked(net.pred, (Link.FS, Link.FF)) | onward
        check.notes["no_predecessor"] = _indexes(no_pred & self.incomplete)
        check.notes["no_successor"] = _indexes(no_succ & self.incomplete)
        check.notes["dangling_start"] = _indexes(~no_pred & ~driven & self.incomplete)
        check.notes["dangling_finish"] = _indexes(~no_succ & ~drives & self.incomplete)
        return check

    def _invalid_dates(self) -> Check:
        title = "Invalid dates"
        if self.status == NONE:
            return Check(9, "invalid_dates", title, limit=0)
        net, plan, status = self.net, self.plan, self.status
        waiting = net.actual_start == NONE
        forecast = (waiting & (plan.start < status)) | (plan.finish < status)
        begun = (net.actual_start != NONE) & (net.actual_start > status)
        ended = (net.actual_finish != NONE) & (net.actual_finish > status)
        stale = forecast & self.scope & ~self.done
        early = (begun | ended) & self.scope
        bad = stale | early
        count, population = int(bad.sum()), int(self.scope.sum())
        notes: dict[str, tuple[int, ...] | float | int] = {
            "forecast_before_status": _indexes(stale),
            "actual_after_status": _indexes(early),
        }
        passed = None if not population else count == 0
        return Check(
            9, "invalid_dates", title, count, population, 0, None, passed, _indexes(bad), notes=notes
        )

    def _resources(self) -> Check:
        bare = (self.net.duration >= self.day) & ~self.inputs.has_resources & self.incomplete
        population = int((self.incomplete & (self.net.duration >= self.day)).sum())
        return Check(10, "resources", "Resources", int(bare.sum()), population, tasks=_indexes(bare))

    def _due(self) -> Flags:
        baseline = self.inputs.baseline_finish
        return np.asarray(self.total & (baseline != NONE) & (baseline <= self.status))

    def _missed(self) -> Check:
        if self.status == NONE:
            return Check(11, "missed_tasks", "Missed tasks", limit=5)
        due = self._due()
        finish = np.where(self.done, self.net.actual_finish, self.plan.finish)
        baseline = self.inputs.baseline_finish
        late = compare.working_variance(self.net.calendars, self.net.calendar, baseline, finish) > 0
        missed = due & late
        count, population = int(missed.sum()), int(due.sum())
        passed = None if not population else count * 100 <= 5 * population
        return Check(11, "missed_tasks", "Missed tasks", count, population, 5, None, passed, _indexes(missed))

    def _last_finish(self) -> int:
        return int(self.plan.finish[self.scope].max())

    def _critical_path_test(self) -> Check:
        """Stretch the first critical task; the finish must move along, to within a day (calendars may
        differ)."""
        title = "Critical path test"
        critical = self.scope & self.plan.critical & ~self.done & (self.net.duration > 0)
        if not critical.any():
            return Check(12, "critical_path_test", title)
        candidates = np.flatnonzero(critical)
        task = int(candidates[np.argmin(self.plan.start[candidates])])
        extra = STRETCH_DAYS * self.day
        duration, remaining = self.net.duration.copy(), self.net.remaining.copy()
        duration[task] += extra
        if remaining[task] >= 0:
            remaining[task] += extra
        stretched = cpm.recompute(self.net.edited(duration=duration, remaining=remaining), self.plan)
        calendar = self.net.calendars[self.net.calendar[task]]
        ends = self.scope[self.plan.order] & (self.plan.finish[self.plan.order] == self._last_finish())
        end = int(self.plan.order[np.flatnonzero(ends)[-1]])
        before, after = int(self.plan.finish[end]), int(stretched.finish[end])
        moved = after - before if self.net.is_elapsed[task] else int(working_between(calendar, before, after))
        passed = moved >= extra - self.day
        offenders = () if passed else (task,)
        notes: dict[str, tuple[int, ...] | float | int]
        notes = {"stretched": task, "end": end, "moved_days": moved / self.day}
        return Check(
            12, "critical_path_test", title, int(not passed), 1, 0, None, passed, offenders, notes=notes
        )

    def _length_index(self) -> Check:
        """CPLI = (CPL + TF) / CPL: working days from the status date to the forecast finish, and from that to
        the required finish (``finish_by`` of the options, else the last baseline finish)."""
        title = "Critical path length index"
        baseline = self.inputs.baseline_finish[self.scope]
        known = baseline[baseline != NONE]
        required = self.net.options.finish_by
        if required == NONE and len(known):
            required = int(known.max())
        if self.status == NONE or required == NONE or not (self.scope & ~self.done).any():
            return Check(13, "cpli", title, limit=0.95)
        calendar = self.net.calendars[self.inputs.calendar]
        finish = self._last_finish()
        length = int(working_between(calendar, self.status, finish))
        spare = int(working_between(calendar, finish, required))
        if length <= 0:
            return Check(13, "cpli", title, limit=0.95)
        value = (length + spare) / length
        notes: dict[str, tuple[int, ...] | float | int] = {
            "length": length / self.day,
            "float": spare / self.day,
        }
        passed = (length + spare) * 100 >= 95 * length
        return Check(13, "cpli", title, limit=0.95, value=value, passed=passed, notes=notes)

    def _execution_index(self) -> Check:
        """BEI = tasks completed / (tasks due by their baseline + tasks without a baseline)."""
        title = "Baseline execution index"
        if self.status == NONE:
            return Check(14, "bei", title, limit=0.95)
        due = self._due()
        unplanned = self.total & (self.inputs.baseline_finish == NONE)
        completed, expected = int((self.total & self.done).sum()), int(due.sum() + unplanned.sum())
        if not expected:
            return Check(14, "bei", title, limit=0.95)
        hit = int((due & self.done).sum())
        notes: dict[str, tuple[int, ...] | float | int] = {
            "completed": completed,
            "expected": expected,
            "hit": hit,
        }
        if due.any():
            notes["hit_percent"] = 100.0 * hit / int(due.sum())
        late = _indexes(due & ~self.done)
        passed = completed * 100 >= 95 * expected
        value = completed / expected
        return Check(14, "bei", title, len(late), expected, 0.95, value, passed, late, notes=notes)
