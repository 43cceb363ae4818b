"""The calendars of the file: those that the plan, its tasks and its resources work on."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from programs.engine import calendars as engine
from programs.models import CalendarException, Program, WorkCalendar
from programs.selectors import calendars
from projects.importers.calendar_layers import clipped, flattened
from projects.importers.plan import ImportedCalendar, Week
from projects.models import Project
from projects.selectors import task_calendars
from projects.selectors.task_calendars import People
from tpm.exports.numbering import numbered
from tpm.exports.outline import Outline
from tpm.exports.reading import TaskRow
from tpm.lib.walltime import NONE


class Calendars:
    """``default_uid`` is the calendar of the whole file: that of its projects if they agree, else the program's. A task of a
    project that works otherwise states that project's calendar as its own, unless its people decide."""

    def __init__(self, program: Program, outline: Outline, people: People) -> None:
        self._rows = {
            row.pk: row
            for row in (
                WorkCalendar.objects.filter(portfolio=program.portfolio_id, program=None)
                | WorkCalendar.objects.filter(program=program)
            ).order_by("pk")
        }
        self._of_project = {one.pk: one.calendar_id or program.calendar_id for one in outline.projects}
        agreed = Counter(self._of_project.values())
        self.default = next(iter(agreed)) if len(agreed) == 1 else program.calendar_id
        keys = {pk: row.external_key.rpartition("@")[2] for pk, row in self._rows.items()}
        self._uids = numbered(keys)
        self.default_uid = self._uids[self.default]
        self._used = {self.default}
        self._people, self._outline, self._program = people, outline, program
        self._exceptions: dict[int, list[CalendarException]] = {}
        for item in CalendarException.objects.filter(calendar__in=self._rows).order_by("first_on", "pk"):
            self._exceptions.setdefault(item.calendar_id, []).append(item)
        self._stated: dict[int, ImportedCalendar] = {}
        self._resolve()

    def _resolve(self) -> None:
        """Find the calendar that each task really works on."""
        tasks = [line.task for line in self._outline.lines if line.task]
        ids, compiled = calendars.for_engine(self._program.portfolio_id, self._program.pk)
        index = {pk: i for i, pk in enumerate(ids)}
        working = task_calendars.resolve(
            self._people,
            task_ids=np.array([task.id for task in tasks], np.int64),
            own=np.array([NONE if t.calendar_id is None else t.calendar_id for t in tasks], np.int64),
            ignores=np.array([task.ignores_resource_calendars for task in tasks], bool),
            default=np.array([index[self._of_project[task.project_id]] for task in tasks], np.int32),
            index=index,
            compiled=compiled,
        )
        self._compiled = working.compiled
        self._place = {task.id: int(at) for task, at in zip(tasks, working.calendar, strict=True)}
        self._project_place = {pk: index[calendar] for pk, calendar in self._of_project.items()}

    def working(self, task: TaskRow) -> engine.WorkCalendar:
        """Return the calendar that a task works on."""
        return self._compiled[self._place[task.id]]

    def of_task(self, task: TaskRow, project: Project) -> int | None:
        """Return the number of the calendar that a task states, None for the file's own."""
        if task.calendar_id is not None:
            return self.uid(task.calendar_id)
        differs = self._of_project[project.pk] != self.default
        if differs and self._place[task.id] == self._project_place[project.pk]:
            return self.uid(self._of_project[project.pk])
        return None

    def in_file(self, task: TaskRow) -> ImportedCalendar:
        """Return the calendar by which a reader of the file counts a task's pieces: its own, else the file's."""
        own = task.calendar_id
        if own is None:
            own = self._of_project[task.project_id]
        return self._calendar(own)

    def uid(self, pk: int) -> int:
        """Return the number of a calendar, which is then part of the file."""
        self._used.add(pk)
        return self._uids[pk]

    def derived(self, pk: int, uid: int, name: str) -> ImportedCalendar:
        """Return the calendar of a resource: the same hours under its own number, based on the calendar itself."""
        base = self._calendar(pk)
        return ImportedCalendar(uid, name, base.week, base.exceptions, base_uid=self.uid(pk), is_base=False)

    def free_uid(self) -> int:
        """Return the first number behind those of all calendars."""
        return max(self._uids.values(), default=0) + 1

    def stated(self) -> Iterable[ImportedCalendar]:
        """Return the calendars that are part of the file, in the order of their numbers."""
        return [self._calendar(pk) for pk in sorted(self._used, key=self._uids.__getitem__)]

    def losses(self) -> list[str]:
        """Return what to tell of projects that have another calendar than the file."""
        differing = [pk for pk, calendar in self._of_project.items() if calendar != self.default]
        text = "a component project works on another calendar than the file; its tasks state it one by one"
        return [text] * len(differing)

    def _calendar(self, pk: int) -> ImportedCalendar:
        if pk not in self._stated:
            row = self._rows[pk]
            # A later exception overrides an earlier one on the days they share.
            spans = (
                clipped(
                    item.first_on.toordinal(),
                    item.last_on.toordinal(),
                    tuple((start, end) for start, end in item.intervals),
                    item.name,
                )
                for item in reversed(self._exceptions.get(pk, []))
            )
            self._stated[pk] = ImportedCalendar(
                self._uids[pk], row.name, _week(row.week), flattened([span for span in spans if span])
            )
        return self._stated[pk]


def _week(week: list[list[list[int]]]) -> Week:
    days = [tuple((start, end) for start, end in day) for day in week]
    return (days[0], days[1], days[2], days[3], days[4], days[5], days[6])
