"""An independent checker: proves or refutes a schedule from the network alone, sharing no code with the
engine.

Calendars are walked day by day into plain lists of working periods. Early dates are proven locally: each leaf
must stand exactly where the dates of its predecessors put it; in a network without circles that settles all
of them. Late dates are proven by the *forward* rule of the links only: with every leaf at its late dates no
link, constraint or target is broken, and one working minute more on any leaf breaks something. Floats,
critical flags and summaries follow from their definitions.

Linked summaries are expanded into pairs of leaves, so use it on plans of test size.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from programs.engine.calendars import NONE, WorkCalendar
from projects.engine.cpm import Schedule
from projects.engine.network import UNKNOWN, Constraint, FloatTarget, LagUnit, Link, Network, Progress

DAY = 1_440
MARGIN = 500  # days around the dates of a schedule that are walked
OVERRIDING = (Constraint.MSO, Constraint.MFO, Constraint.SNLT, Constraint.FNLT)


class _Pull(NamedTuple):
    """A link between two leaves; ``source`` is the leaf, summary or (negative) outside predecessor it was
    drawn from."""

    source: int
    leaf: int
    kind: int
    lag: int
    elapsed: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim of the schedule that is not true: ``code`` names the claim, ``expected`` what follows from the
    rest."""

    code: str
    task: int
    found: int
    expected: int | str


class _Periods:
    """The working periods of a calendar in a stretch of days."""

    def __init__(self, calendar: WorkCalendar | None, first_day: int, last_day: int) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.before: list[int] = [0]
        for day in range(first_day, last_day + 1):
            for opens, closes in self._hours(calendar, day):
                begin, end = day * DAY + opens, day * DAY + closes
                if self.ends and self.ends[-1] == begin:
                    self.ends[-1] = end
                    self.before[-1] += end - begin
                else:
                    self.starts.append(begin)
                    self.ends.append(end)
                    self.before.append(self.before[-1] + end - begin)

    @staticmethod
    def _hours(calendar: WorkCalendar | None, day: int) -> tuple[tuple[int, int], ...]:
        if calendar is None:
            return ((0, DAY),)
        for item in reversed(calendar.exceptions):
            if item.first <= day <= item.last:
                return item.intervals
        return calendar.week[(day - 4) % 7]

    def work(self, t: int) -> int:
        """Working minutes from the first day to ``t``."""
        period = bisect_right(self.starts, t) - 1
        if period < 0:
            return 0
        return self.before[period] + min(t, self.ends[period]) - self.starts[period]

    def begins(self, w: int) -> int:
        """Where the minute of work after ``w`` begins."""
        period = bisect_right(self.before, w) - 1
        return self.starts[period] + w - self.before[period]

    def ends_at(self, w: int) -> int:
        """Where the minute of work ``w`` ends."""
        period = bisect_left(self.before, w) - 1
        return self.starts[period] + w - self.before[period]


def verify(network: Network, schedule: Schedule) -> list[Finding]:
    """Everything in ``schedule`` that does not follow from ``network``; empty: the schedule is right."""
    return _Checker(network, schedule).findings()


class _Checker:
    def __init__(self, network: Network, schedule: Schedule) -> None:
        self.net, self.plan = network, schedule
        columns = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish", "resumes")
        self.at = {name: getattr(schedule, name).tolist() for name in columns}
        known = [t for name in columns for t in self.at[name] if t != NONE]
        known += [t for t in network.constraint_at.tolist() + network.project_start.tolist() if t != NONE]
        known += network.boundary_start.tolist() + network.boundary_finish.tolist()
        longest = int(max([0, *network.duration.tolist(), *abs(network.lag).tolist()])) // DAY
        first = min(known, default=0) // DAY - MARGIN - longest
        last = max(known, default=0) // DAY + MARGIN + longest
        clocks = [_Periods(calendar, first, last) for calendar in network.calendars]
        around = _Periods(None, first, last)
        self.calendar = [clocks[c] for c in network.calendar.tolist()]
        self.clock = [
            around if e else c for e, c in zip(network.is_elapsed.tolist(), self.calendar, strict=True)
        ]
        self._outline()
        self._links()
        self.wrong: list[Finding] = []

    def _outline(self) -> None:
        n, parent = self.net.n, self.net.parent.tolist()
        self.parents = {p for p in parent if p >= 0}
        self.above: list[list[int]] = []
        for task in range(n):
            chain = []
            while parent[task] >= 0:
                task = parent[task]
                chain.append(task)
            self.above.append(chain)
        leaves = [t for t in range(n) if t not in self.parents]
        active = self.net.is_active.tolist()
        self.leaves = [t for t in leaves if active[t] and all(active[a] for a in self.above[t])]
        self.below: dict[int, list[int]] = defaultdict(list)
        for task in self.leaves:
            self.below[task].append(task)
            for summary in self.above[task]:
                self.below[summary].append(task)
        self.state = {}
        self.left = {}
        for t in self.leaves:
            begun, ended = int(self.net.actual_start[t]), int(self.net.actual_finish[t])
            percent = float(self.net.percent_complete[t])
            done = ended != NONE or (begun != NONE and percent >= 100)
            self.state[t] = 2 if done else 1 if begun != NONE else 0
            left = int(self.net.remaining[t])
            if left == UNKNOWN:
                left = round(int(self.net.duration[t]) * (1 - percent / 100))
            ahead = min(int(self.net.gap_ahead[t]), int(self.net.gap[t]))
            whole = int(self.net.duration[t] + self.net.gap[t])
            self.left[t] = whole if self.state[t] == 0 else left + ahead if left else 0

    def _links(self) -> None:
        net = self.net
        self.incoming: dict[int, list[_Pull]] = defaultdict(list)
        self.outgoing: dict[int, list[_Pull]] = defaultdict(list)
        ends = list(zip(net.pred.tolist(), net.succ.tolist(), strict=True))
        ends += [(-1 - i, s) for i, s in enumerate(net.boundary_succ.tolist())]
        kinds = net.link_kind.tolist() + net.boundary_kind.tolist()
        lags = net.lag.tolist() + net.boundary_lag.tolist()
        units = net.lag_unit.tolist() + net.boundary_lag_unit.tolist()
        for (p, s), kind, lag, unit in zip(ends, kinds, lags, units, strict=True):
            sources = self.below[p] if p >= 0 else []
            for leaf in self.below[s] if p < 0 or sources else []:
                pull = _Pull(p, leaf, kind, *self._lag(p, leaf, lag, unit))
                self.incoming[leaf].append(pull)
                for source in sources:
                    self.outgoing[source].append(pull)

    def _dates(self, p: int) -> tuple[int, int]:
        """Scheduled start and finish of a task, a summary or (negative) an outside predecessor."""
        if p < 0:
            return int(self.net.boundary_start[-1 - p]), int(self.net.boundary_finish[-1 - p])
        leaves = self.below[p]
        return min(self.at["start"][t] for t in leaves), max(self.at["finish"][t] for t in leaves)

    def _lag(self, p: int, leaf: int, lag: int, unit: int) -> tuple[int, bool]:
        if unit in (LagUnit.WORKING, LagUnit.ELAPSED):
            return lag, unit == LagUnit.ELAPSED
        elapsed = unit == LagUnit.ELAPSED_PERCENT
        if p >= 0 and p not in self.parents:
            whole = int(self.net.duration[p])
            elapsed = elapsed or bool(self.net.is_elapsed[p])
        else:
            clock = self.calendar[p if p >= 0 else leaf]
            start, finish = self._dates(p)
            whole = clock.work(finish) - clock.work(start)
        product = whole * lag
        size = (abs(product) + 5000) // 10000
        return (size if product >= 0 else -size), elapsed

    def _place(self, t: int, x: int, span: int) -> int:
        clock = self.clock[t]
        w = clock.work(x)
        return x if span == 0 and clock.ends_at(w) == x else clock.begins(w)

    def _end(self, t: int, x: int, span: int) -> int:
        clock = self.clock[t]
        return clock.ends_at(clock.work(x) + span) if span else x

    def _begin(self, t: int, x: int, span: int) -> int:
        clock = self.clock[t]
        return clock.begins(clock.work(x) - span) if span else x

    def _earliest(self, pull: _Pull, span: int, event: int) -> int:
        """Where a link puts its leaf when the event of its predecessor happens at ``event``."""
        t, kind, lag = pull.leaf, pull.kind, pull.lag
        if pull.elapsed:
            event += lag
        elif lag:
            calendar = self.calendar[t]
            w = calendar.work(event) + lag
            event = calendar.ends_at(w) if lag > 0 or span == 0 else calendar.begins(w)
        return self._begin(t, event, span) if kind in (Link.FF, Link.SF) else event

    def _holds(self, pull: _Pull) -> bool:
        """Whether the link still holds its leaf, which may be in progress."""
        p, kind, t = pull.source, pull.kind, pull.leaf
        if self.state[t] == 0 or kind in (Link.FF, Link.SF):
            return True
        if self.net.options.progress == Progress.PROGRESS_OVERRIDE:
            return False
        if p < 0 or p in self.parents:
            return True
        return self.state[p] != 2 if kind == Link.FS else self.state[p] == 0

    def _expect(self, code: str, task: int, found: int, expected: int) -> None:
        if found != expected:
            self.wrong.append(Finding(code, task, found, expected))

    def findings(self) -> list[Finding]:
        """All claims that do not hold."""
        self.target = max((self.at["early_finish"][t] for t in self.leaves), default=NONE)
        if self.net.options.finish_by != NONE:
            self.target = self.net.options.finish_by
        for t in self.leaves:
            self._check_early(t)
            self._check_late(t)
            self._check_floats(t)
        for s in sorted(self.parents):
            self._check_summary(s)
        return self.wrong

    def _check_early(self, t: int) -> None:
        start, finish = self.at["early_start"][t], self.at["early_finish"][t]
        if self.state[t] == 2 or (self.net.is_manual[t] and self.state[t] == 0):
            given = (self.net.actual_start[t], self.net.actual_finish[t])
            if self.state[t] == 0:
                given = (self.net.manual_start[t], self.net.manual_finish[t])
            for code, found, date in (("early_start", start, given[0]), ("early_finish", finish, given[1])):
                if date != NONE and not (code == "early_finish" and date < start):
                    self._expect(code, t, found, int(date))
            return
        span = self.left[t]
        pulls = self._pulls(t)
        if self.state[t] == 1:
            self._expect("early_start", t, start, int(self.net.actual_start[t]))
            expected = self._resumes(t, pulls)
            self._expect("early_finish", t, finish, self._end(t, expected, span) if span else expected)
            return
        expected = self._planned(t, pulls)
        self._expect("early_start", t, start, expected)
        self._expect("early_finish", t, finish, self._end(t, expected, span))

    def _resumes(self, t: int, pulls: list[int]) -> int:
        net = self.net
        begun, left = int(net.actual_start[t]), self.left[t]
        bare = left - (min(int(net.gap_ahead[t]), int(net.gap[t])) if left else 0)
        ahead = min(int(net.gap_ahead[t]), int(net.gap[t]))
        stopped = self._end(t, begun, max(int(net.duration[t]) - bare, 0) + int(net.gap[t]) - ahead)
        if left == 0:
            return stopped
        floors = [stopped if net.data_date == NONE else max(begun, net.data_date), int(net.resume[t]), *pulls]
        if net.constraint[t] == Constraint.FNET:
            floors.append(self._begin(t, int(net.constraint_at[t]), left))
        return self._place(t, max(floors), left)

    def _planned(self, t: int, pulls: list[int]) -> int:
        net = self.net
        kind, date, span = int(net.constraint[t]), int(net.constraint_at[t]), self.left[t]
        wanted = date
        if kind in (Constraint.MFO, Constraint.FNET, Constraint.FNLT) and span:
            wanted = self._begin(t, date, span)
        floors = list(pulls)
        if pulls or kind not in (Constraint.SNET, Constraint.FNET):
            floors.append(int(net.project_start[net.project[t]]))
        for s in self.above[t]:
            if net.constraint[s] == Constraint.SNET:
                floors.append(int(net.constraint_at[s]))
        if kind in (Constraint.SNET, Constraint.FNET, Constraint.MSO, Constraint.MFO):
            floors.append(wanted)
        if net.data_date != NONE:
            floors.append(net.data_date)
        placed = self._place(t, max(floors), span)
        if net.options.honour_constraints and kind in OVERRIDING:
            fixed = self._place(t, wanted, span)
            self.overrun = max(self.clock[t].work(placed) - self.clock[t].work(fixed), 0)
            return min(placed, fixed)
        return placed

    def _ceilings(self, t: int) -> list[int]:
        """Instants that the late finish may not pass, apart from links."""
        net = self.net
        found = [self.target]
        for task in (t, *self.above[t]):
            if net.deadline[task] != NONE:
                found.append(int(net.deadline[task]))
            if net.constraint[task] == Constraint.FNLT:
                found.append(int(net.constraint_at[task]))
        return found

    def _check_late(self, t: int) -> None:
        start, finish = self.at["late_start"][t], self.at["late_finish"][t]
        net, clock = self.net, self.clock[t]
        if self.state[t] == 2:
            self._expect("late_finish", t, finish, self.at["early_finish"][t])
            return
        span = self.left[t]
        if net.is_manual[t] and self.state[t] == 0:
            span = max(clock.work(self.at["early_finish"][t]) - clock.work(self.at["early_start"][t]), 0)
        if self.state[t] == 0:
            self._expect("late_span", t, clock.work(finish) - clock.work(start), span)
        kind = int(net.constraint[t]) if self.state[t] == 0 and not net.is_manual[t] else Constraint.ASAP
        date = int(net.constraint_at[t])
        ceilings = self._ceilings(t)
        if kind == Constraint.SNLT:
            ceilings.append(self._end(t, self._place(t, date, span), span))
        if kind in (Constraint.MSO, Constraint.MFO):
            end = date if kind == Constraint.MFO else self._end(t, self._place(t, date, span), span)
            last = min([end, *ceilings[1:]])
            self._expect("late_finish", t, clock.work(finish), clock.work(last))
            return
        if net.options.float_target != FloatTarget.PROGRAM and not self._live_successors(t):
            return  # measured against a target that only the engine's options name
        ordinal = clock.work(finish)
        if not self._fits(t, ordinal, span, ceilings):
            self.wrong.append(Finding("late_too_late", t, finish, "earlier"))
        if self._fits(t, ordinal + 1, span, ceilings):
            self.wrong.append(Finding("late_too_early", t, finish, "later"))

    def _live_successors(self, t: int) -> bool:
        return any(self.state[pull.leaf] != 2 for pull in self.outgoing[t])

    def _fits(self, t: int, ordinal: int, span: int, ceilings: list[int]) -> bool:
        """Whether leaf ``t`` may end at a work ordinal, judged by where links then put its successors."""
        clock = self.clock[t]
        end = clock.ends_at(ordinal)
        if any(end > ceiling for ceiling in ceilings):
            return False
        begin = clock.ends_at(ordinal - span)
        if span and self._floats_late(t):
            begin = clock.begins(ordinal - span)
        for pull in self.outgoing[t]:
            leaf, summary = pull.leaf, pull.source in self.parents
            if self.state[leaf] == 2 or not self._holds(pull):
                continue
            starts = pull.kind in (Link.SS, Link.SF)
            if starts and (self.state[t] != 0 or (summary and t != self._first(pull.source))):
                continue
            late = self.at["late_start"][leaf]
            ahead = self.left[leaf]
            if self.state[leaf] == 1:
                late = self._begin(leaf, self.at["late_finish"][leaf], ahead)
            elif self.net.is_manual[leaf]:
                works = self.clock[leaf].work
                ahead = max(works(self.at["early_finish"][leaf]) - works(self.at["early_start"][leaf]), 0)
            pushed = self._earliest(pull, ahead, begin if starts else end)
            if self._place(leaf, pushed, ahead) > late:
                return False
        return True

    def _first(self, summary: int) -> int:
        """The leaf that stands for the start of a summary: the first of the earliest, in order of the
        outline."""
        leaves = sorted(self.below[summary], key=self._row)
        return min(leaves, key=lambda t: self.at["early_start"][t])

    def _row(self, task: int) -> list[int]:
        return [*reversed(self.above[task]), task]

    def _check_floats(self, t: int) -> None:
        plan, clock = self.plan, self.clock[t]
        total = int(plan.total_float[t])
        if self.state[t] == 2:
            self._expect("total_float", t, total, 0)
            self._expect("critical", t, int(plan.critical[t]), 0)
            return
        slack = [clock.work(self.at["late_finish"][t]) - clock.work(self.at["early_finish"][t])]
        kind = int(self.net.constraint[t])
        if self.state[t] == 0:
            slack.append(clock.work(self.at["late_start"][t]) - clock.work(self.at["early_start"][t]))
            if not self.net.is_manual[t]:
                if kind in (Constraint.MSO, Constraint.MFO) and self.net.options.honour_constraints:
                    self.overrun = 0
                    self._planned(t, self._pulls(t))
                    if self.overrun:
                        slack.append(-self.overrun)
                if kind == Constraint.ALAP:
                    slack.append(0)
        self._expect("total_float", t, total, min(slack))
        critical = total <= self.net.options.critical_threshold
        self._expect("critical", t, int(plan.critical[t]), int(critical))
        if plan.free_float[t] < 0:
            self._expect("free_float", t, int(plan.free_float[t]), 0)

    def _pulls(self, t: int) -> list[int]:
        """Where each link that still holds leaf ``t`` puts it."""
        found = []
        for pull in self.incoming[t]:
            if self._holds(pull):
                end = pull.kind in (Link.FS, Link.FF)
                event = self._dates(pull.source)[end]
                if self._floats_late(t) and self._floats_late(pull.source):
                    event = self.at["early_finish" if end else "early_start"][pull.source]
                found.append(self._earliest(pull, self.left[t], event))
        return found

    def _floats_late(self, t: int) -> bool:
        """Whether ``t`` is a leaf that goes as late as possible."""
        late = t in self.state and self.state[t] == 0 and not self.net.is_manual[t]
        return late and int(self.net.constraint[t]) == Constraint.ALAP

    def _check_summary(self, s: int) -> None:
        leaves = self.below[s]
        if not leaves:
            self._expect("early_start", s, self.at["early_start"][s], NONE)
            return
        for name in ("early_start", "late_start", "start"):
            self._expect(name, s, self.at[name][s], min(self.at[name][t] for t in leaves))
        for name in ("early_finish", "late_finish", "finish"):
            self._expect(name, s, self.at[name][s], max(self.at[name][t] for t in leaves))
        self._expect(
            "critical", s, int(self.plan.critical[s]), int(any(self.plan.critical[t] for t in leaves))
        )
