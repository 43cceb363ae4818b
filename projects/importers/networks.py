"""From an imported plan to the network that the schedule engine takes, without a database in between.

The dates that the source stored are its own answers and are never inputs here, except for actuals,
constraints and tasks that keep their dates: manually scheduled ones and ghosts of tasks in other files.

Calendars: a task works on its own calendar, else on that of its resources if they all work alike, else on
that of the plan. A task with a calendar of its own and resources works when both do, unless it ignores
resource calendars.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from programs.engine.calendars import NONE, STANDARD, WorkCalendar, intersect, working_between
from projects.engine.network import UNKNOWN, FloatTarget, Network, Options, Progress
from projects.importers.plan import ImportedCalendar, ImportedPlan, ImportedTask, ResourceKind

_Shape = tuple[object, object]


def network_of(plan: ImportedPlan, *, data_date: int = NONE, options: Options | None = None) -> Network:
    """The network of a plan; tasks keep their order, ``task_id`` is the source's uid.

    ``data_date`` defaults to that of the plan if its source moves unfinished work past it: P6 does, MS Project does
    not by itself. ``options`` default to those of the plan. Links from tasks that the plan does not hold are left out (the
    reader has reported them).

    :raises NetworkError: if the plan can not be scheduled.
    """
    if options is None:
        options = options_of(plan)
    if data_date == NONE and plan.moves_to_data_date:
        data_date = plan.data_date
    chooser = TaskCalendars(plan)
    calendar = [chooser.index_of(task) for task in plan.tasks]
    index = {task.uid: i for i, task in enumerate(plan.tasks)}
    links = [link for link in plan.links if link.predecessor_uid in index and link.successor_uid in index]
    keys = {project.key: i for i, project in enumerate(plan.projects)}
    starts = [plan.start if project.start == NONE else project.start for project in plan.projects] or [
        plan.start
    ]
    tasks = plan.tasks
    gaps = [gaps_of(task, chooser.used[c]) for task, c in zip(tasks, calendar, strict=True)]
    fixed = [task.is_manual or task.is_external for task in tasks]
    return Network.build(
        task_id=[task.uid for task in tasks],
        duration=[max(task.duration, 0) for task in tasks],
        parent=[index.get(task.parent_uid, -1) if task.parent_uid is not None else -1 for task in tasks],
        project=[keys.get(task.project_key, 0) for task in tasks],
        is_elapsed=[task.is_elapsed for task in tasks],
        is_milestone=[task.is_milestone for task in tasks],
        calendar=calendar,
        constraint=[task.constraint for task in tasks],
        constraint_at=[task.constraint_at for task in tasks],
        deadline=[task.deadline for task in tasks],
        actual_start=[task.progress.actual_start for task in tasks],
        actual_finish=[task.progress.actual_finish for task in tasks],
        remaining=[max(task.progress.remaining_duration, UNKNOWN) for task in tasks],
        percent_complete=[min(max(task.progress.percent_complete, 0.0), 100.0) for task in tasks],
        resume=[task.progress.resume for task in tasks],
        gap=[whole for whole, _ in gaps],
        gap_ahead=[ahead for _, ahead in gaps],
        is_active=[task.is_active for task in tasks],
        is_manual=fixed,
        manual_start=[
            kept_date(task, "start") if fix else NONE for task, fix in zip(tasks, fixed, strict=True)
        ],
        manual_finish=[
            kept_date(task, "finish") if fix else NONE for task, fix in zip(tasks, fixed, strict=True)
        ],
        pred=np.array([index[link.predecessor_uid] for link in links], np.int32),
        succ=np.array([index[link.successor_uid] for link in links], np.int32),
        link_kind=[link.kind for link in links],
        lag=[link.lag for link in links],
        lag_unit=[link.lag_unit for link in links],
        project_start=starts,
        calendars=chooser.used,
        data_date=data_date,
        options=options,
    )


def options_of(plan: ImportedPlan) -> Options:
    """How the source schedules the plan."""
    target = FloatTarget.PROJECT if plan.own_finish else FloatTarget.PROGRAM
    return Options(
        honour_constraints=plan.honour_constraints,
        progress=Progress.PROGRESS_OVERRIDE if plan.progress_override else Progress.RETAINED_LOGIC,
        critical_threshold=plan.critical_threshold,
        float_target=FloatTarget.OPEN_END if plan.multiple_critical_paths else target,
        finish_by=plan.finish_by,
    )


def kept_date(task: ImportedTask, end: str) -> int:
    """A date that a task keeps: as typed by a person, else as the source stored it."""
    typed: int = getattr(task.manual, end)
    stored: int = getattr(task, end)
    return stored if typed == NONE else typed


def gaps_of(task: ImportedTask, calendar: WorkCalendar) -> tuple[int, int]:
    """Working minutes between the pieces of a split task: all of them, and those after the work done so
    far."""
    pieces = task.splits
    if len(pieces) < 2 or task.is_elapsed:
        return 0, 0
    ends = np.array([end for _, end in pieces[:-1]], np.int64)
    starts = np.array([start for start, _ in pieces[1:]], np.int64)
    gaps = working_between(calendar, ends, starts)
    behind = task.progress.resume if task.progress.resume != NONE else task.progress.stop
    ahead = gaps if behind == NONE else gaps[ends >= behind]
    return int(gaps.sum()), int(ahead.sum())


class TaskCalendars:
    """Picks the working calendar of each task and compiles each one once."""

    def __init__(self, plan: ImportedPlan) -> None:
        self.used: list[WorkCalendar] = []
        self._plan = plan
        self._by_uid = {calendar.uid: calendar for calendar in plan.calendars}
        self._index: dict[_Shape | None, int] = {}
        working = {r.uid: r.calendar_uid for r in plan.resources if r.kind == ResourceKind.WORK}
        self._of_task: dict[int, set[int]] = {}
        for assignment in plan.assignments:
            uid = working.get(assignment.resource_uid) if assignment.resource_uid is not None else None
            if uid is not None and uid in self._by_uid:
                self._of_task.setdefault(assignment.task_uid, set()).add(uid)

    def of(self, task: ImportedTask) -> WorkCalendar:
        """The calendar that ``task`` works on."""
        return self.used[self.index_of(task)]

    def index_of(self, task: ImportedTask) -> int:
        """Index into ``used`` of the calendar that ``task`` works on."""
        own = self._by_uid.get(task.calendar_uid) if task.calendar_uid is not None else None
        people = self._common(self._of_task.get(task.uid, ()))
        if own is None:
            default = (
                self._by_uid.get(self._plan.calendar_uid) if self._plan.calendar_uid is not None else None
            )
            return self._compiled(people or default)
        if people is None or task.ignore_resource_calendar or _shape(own) == _shape(people):
            return self._compiled(own)
        key = (_shape(own), _shape(people))
        if key not in self._index:
            both = intersect(compiled(own), compiled(people))
            self._index[key] = len(self.used)
            self.used.append(both)
        return self._index[key]

    def _common(self, uids: Iterable[int]) -> ImportedCalendar | None:
        """The calendar that all these resources work alike, None if they differ."""
        found = [self._by_uid[uid] for uid in sorted(uids)]
        return found[0] if len({_shape(calendar) for calendar in found}) == 1 else None

    def _compiled(self, calendar: ImportedCalendar | None) -> int:
        key = _shape(calendar) if calendar else None
        if key not in self._index:
            self._index[key] = len(self.used)
            self.used.append(compiled(calendar) if calendar else STANDARD)
        return self._index[key]


def _shape(calendar: ImportedCalendar) -> _Shape:
    return calendar.week, tuple((item.first, item.last, item.intervals) for item in calendar.exceptions)


def compiled(calendar: ImportedCalendar) -> WorkCalendar:
    return WorkCalendar.from_json(calendar.week, calendar.exceptions_json(), calendar.name)
