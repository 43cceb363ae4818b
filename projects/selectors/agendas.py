"""Tasks and milestones by day, with the days on which the program works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from programs.models import CalendarException, Program
from programs.selectors import calendars
from projects.models import Gate, Task
from tpm.accounts.actors import Actor
from tpm.lib.walltime import EPOCH

MOST = 1000
DAY = timedelta(days=1)
ALL, MILESTONES, CRITICAL = "all", "milestones", "critical"


@dataclass(frozen=True)
class Day:
    """A day: whether work goes on, and what it is called if it is an exception."""

    on: date
    is_working: bool
    name: str


@dataclass(frozen=True)
class Item:
    """A task, a milestone or a gate (``gate``, beside the milestone that stands for it) in one week: from ``first`` for ``days`` days in
    ``lane``; ``goes_on`` past the end of the week."""

    task: Task | None
    gate: Gate | None
    first: int
    days: int
    lane: int
    began_before: bool
    goes_on: bool


@dataclass(frozen=True)
class Week:
    days: list[Day]
    items: list[Item]
    more: int


def tasks(
    actor: Actor, program: Program, *, first: date, last: date, project: int | None = None, show: str = ALL
) -> QuerySet[Task]:
    """Return what lies between two days (both included), milestones first, then by start: one statement."""
    rows = Task.objects.visible_to(actor).filter(
        program=program,
        is_active=True,
        schedule__is_summary=False,
        schedule__start__lt=datetime.combine(last + DAY, time(0)),
        schedule__finish__gte=datetime.combine(first, time(0)),
    )
    if project is not None:
        rows = rows.filter(project=project)
    if show == MILESTONES:
        rows = rows.filter(is_milestone=True)
    elif show == CRITICAL:
        rows = rows.filter(Q(schedule__is_critical=True), actual_finish=None)
    found: QuerySet[Task] = rows.select_related("schedule", "project", "program").order_by(
        "-is_milestone", "schedule__start", "pk"
    )
    return found


def span(task: Task) -> tuple[date, date]:
    """Return the first and the last day of a task. What ends at midnight ended the day before."""
    start, finish = task.schedule.start, task.schedule.finish
    end = finish - timedelta(minutes=1) if finish > start else finish
    return start.date(), max(end.date(), start.date())


def days(program: Program, first: date, count: int) -> list[Day]:
    """Return the days of the program's calendar, from ``first``: two statements."""
    calendar = calendars.compiled([program.calendar])[0]
    last = first + DAY * (count - 1)
    names: dict[date, str] = {}
    for row in CalendarException.objects.filter(
        calendar=program.calendar_id, first_on__lte=last, last_on__gte=first
    ):
        for offset in range((row.last_on - row.first_on).days + 1):
            names[row.first_on + DAY * offset] = row.name
    all_days = (first + DAY * n for n in range(count))
    return [
        Day(on, bool(calendar.intervals_on((on - EPOCH.date()).days)), names.get(on, "")) for on in all_days
    ]


def gates(
    actor: Actor, program: Program, *, first: date, last: date, project: int | None = None
) -> QuerySet[Gate]:
    """Return the gates that lie between two days (both included): by the milestones that stand for them, or by dates of their own;
    one statement."""
    dated = Q(task=None, planned_on__gte=first, planned_on__lte=last)
    dated |= Q(
        task__schedule__finish__gte=datetime.combine(first, time(0)),
        task__schedule__finish__lt=datetime.combine(last + DAY, time(0)),
    )
    rows = Gate.objects.visible_to(actor).filter(dated, program=program)
    if project is not None:
        rows = rows.filter(project=project)
    return rows.select_related("project", "program", "task__schedule").order_by("planned_on", "pk")


def weeks(found: Sequence[Task], grid: Sequence[Day], lanes: int, passes: Sequence[Gate] = ()) -> list[Week]:
    """Lay the tasks and gates out by week: each into the first lane that is free; ``more`` counts what found none of ``lanes``."""
    by_task = {gate.task_id: gate for gate in passes if gate.task_id is not None}
    spans: list[tuple[Task | None, Gate | None, date, date]] = [
        (None, gate, gate.planned_on, gate.planned_on)
        for gate in passes
        if gate.task_id is None and gate.planned_on is not None
    ]
    spans += [(task, by_task.get(task.pk), *span(task)) for task in found]
    laid = []
    for at in range(0, len(grid), 7):
        row = list(grid[at : at + 7])
        monday, sunday = row[0].on, row[-1].on
        busy = [[False] * 7 for _ in range(lanes)]
        items, more = [], 0
        for task, gate, first, last in spans:
            if last < monday or first > sunday:
                continue
            low, high = max((first - monday).days, 0), min((last - monday).days, 6)
            lane = next((n for n in range(lanes) if not any(busy[n][low : high + 1])), None)
            if lane is None:
                more += 1
                continue
            busy[lane][low : high + 1] = [True] * (high - low + 1)
            items.append(Item(task, gate, low + 1, high - low + 1, lane + 2, first < monday, last > sunday))
        laid.append(Week(row, items, more))
    return laid
