"""Timesheets as people read them: one's own week as a grid, and what waits for agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from budgets.models import TimeEntry, Timesheet
from programs import policies
from programs.models import Program, Resource
from projects.models import Assignment, Project, Task
from tpm.accounts.actors import Actor

SHOWN = 200


def rows(actor: Actor) -> QuerySet[Any]:
    """Return the visible timesheets with their hours, the latest weeks first."""
    found = Timesheet.objects.visible_to(actor).select_related(
        "program__portfolio", "project", "person", "decided_by"
    )
    return found.annotate(minutes=Sum("entries__minutes")).order_by("-week", "person__name", "pk")


def get_for(actor: Actor, pk: int) -> Timesheet:
    """Return one timesheet.

    :raises Timesheet.DoesNotExist: if there is none that the actor may see.
    """
    sheet: Timesheet = rows(actor).get(pk=pk)
    return sheet


def waiting(actor: Actor) -> QuerySet[Any]:
    """Return what the actor may agree to now."""
    mine = policies.within(actor, "time.approve")
    found = rows(actor).filter(mine, state=Timesheet.State.SUBMITTED)
    return found.exclude(person=actor.user).exclude(submitted_by=actor.user)


def entries_for(sheet: Timesheet) -> QuerySet[TimeEntry]:
    """Return the entries of a timesheet in order."""
    return sheet.entries.select_related("task", "actual").order_by("day", "task__name", "pk")


def entries(actor: Actor) -> QuerySet[TimeEntry]:
    """Return the entries of all visible timesheets, the latest weeks first."""
    found = TimeEntry.objects.filter(sheet__in=Timesheet.objects.visible_to(actor))
    related = found.select_related("sheet__person", "sheet__program", "task__project")
    return related.order_by("-sheet__week", "sheet__person__name", "day", "pk")


def sheets_for(keys: Iterable[tuple[int, int, date]]) -> dict[tuple[int, int, date], Timesheet]:
    """Return the timesheets of (project, person, Monday): one query."""
    wanted = set(keys)
    found = Timesheet.objects.filter(
        project__in={key[0] for key in wanted},
        person__in={key[1] for key in wanted},
        week__in={key[2] for key in wanted},
    )
    return {key: one for one in found if (key := (one.project_id or 0, one.person_id, one.week)) in wanted}


def entries_of(sheets: Iterable[Timesheet]) -> list[TimeEntry]:
    """Return the entries of some timesheets: one query."""
    return list(TimeEntry.objects.filter(sheet__in=list(sheets)).select_related("sheet"))


def minutes_of(people: Iterable[int], days: Iterable[date]) -> Sequence[tuple[int, int, date, int]]:
    """Return (person, task, day, minutes) of all that some people entered on some days: one query."""
    found = TimeEntry.objects.filter(sheet__person__in=list(people), day__in=list(days))
    return list(found.values_list("sheet__person", "task", "day", "minutes"))


def resource_of(person_id: int, program: Program) -> Resource | None:
    """Return the resource that stands for a person in a program: the program's own before the portfolio's."""
    usable = Resource.objects.usable_in(program.portfolio_id, program.pk)
    found = usable.filter(person=person_id, kind=Resource.Kind.WORK)
    return found.order_by(F("program").asc(nulls_last=True), "-is_active", "pk").first()


def assignments_of(person_id: int, program: Program, tasks: Iterable[int]) -> dict[int, Assignment]:
    """Return a person's assignments to some tasks, by task: that of the resource that stands for them before any other of theirs."""
    found = Assignment.objects.filter(task__in=list(tasks), resource__person=person_id)
    found = found.order_by(
        F("resource__program").asc(nulls_last=True), "-resource__is_active", "resource", "pk"
    )
    by_task: dict[int, Assignment] = {}
    for one in found:
        by_task.setdefault(one.task_id, one)
    return by_task


def tasks_to_enter(actor: Actor) -> QuerySet[Task]:
    """Return the tasks on which the actor may enter hours."""
    found = Task.objects.filter(
        policies.within(actor, "time.enter"), is_active=True, program__archived_at=None
    )
    return found.select_related("project", "program")


def tasks_like(actor: Actor, text: str, limit: int = 12) -> list[Task]:
    """Return tasks to enter hours on whose name holds the text, for a picker; no summaries."""
    found = tasks_to_enter(actor).filter(name__icontains=text, children=None)
    return list(found.order_by("program__name", "project__position", "position", "pk")[:limit])


@dataclass
class Row:
    """A task of the week; ``cells`` are the minutes (and note) of each day."""

    task: Task
    minutes: list[int]
    notes: list[str]

    @property
    def total(self) -> int:
        return sum(self.minutes)


@dataclass
class Part:
    """The tasks of one project; ``sheet`` is None before the first hour."""

    project: Project
    sheet: Timesheet | None
    rows: list[Row] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.sheet is None or self.sheet.is_open


@dataclass(frozen=True)
class Week:
    """A person's week over all projects."""

    monday: date
    parts: list[Part]

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def totals(self) -> list[int]:
        return [sum(row.minutes[n] for part in self.parts for row in part.rows) for n in range(7)]

    @property
    def total(self) -> int:
        return sum(self.totals)

    @property
    def drafts(self) -> list[Timesheet]:
        return [part.sheet for part in self.parts if part.sheet and part.sheet.is_open and part.rows]


def week(actor: Actor, monday: date, also: Iterable[int] = ()) -> Week:
    """Return the actor's own week: the tasks with hours, those they are assigned to that week, and ``also`` some: three queries."""
    assert actor.user is not None
    end = monday + timedelta(days=7)
    entries = list(
        TimeEntry.objects.filter(sheet__person=actor.user, sheet__week=monday).values_list(
            "task_id", "day", "minutes", "note"
        )
    )
    theirs = Assignment.objects.filter(
        task=OuterRef("pk"), resource__person=actor.user, task__schedule__start__lt=end,
        task__schedule__finish__gt=monday, task__schedule__is_summary=False,
    )  # fmt: skip
    unfinished = Q(actual_finish=None) | Q(actual_finish__gte=monday)
    wanted = tasks_to_enter(actor).filter(Exists(theirs) & unfinished | Q(pk__in=list(also)))
    tasks = {
        one.pk: one
        for one in Task.objects.filter(
            Q(pk__in={task for task, _day, _minutes, _note in entries}) | Q(pk__in=wanted.values("pk"))
        )
        .select_related("project", "program")
        .order_by("program__name", "project__position", "project", "position", "pk")
    }
    sheets = {
        one.project_id: one
        for one in Timesheet.objects.filter(person=actor.user, week=monday).select_related(
            "program", "decided_by"
        )
    }
    parts: dict[int, Part] = {}
    rows_by_task: dict[int, Row] = {}
    for pk, task in tasks.items():
        part = parts.setdefault(task.project_id, Part(task.project, sheets.get(task.project_id)))
        rows_by_task[pk] = Row(task, [0] * 7, [""] * 7)
        part.rows.append(rows_by_task[pk])
    for task_id, day, minutes, note in entries:
        place = (day - monday).days
        rows_by_task[task_id].minutes[place], rows_by_task[task_id].notes[place] = minutes, note
    return Week(monday, list(parts.values()))
