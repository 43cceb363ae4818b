"""Reader of MS Project XML files (MSPDI): a stream of bytes in, a neutral plan with its loss report out.

Memory is bounded by the plan itself, not by the file: records are streamed and dropped. The dates in the file are kept
as the source's answers (``ImportedTask.start`` and ``finish``); everything computed is left to the engine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

from projects.importers import mspdi_calendars, mspdi_resources, mspdi_tasks, mspdi_xml, splits
from projects.importers.mspdi_fields import HEADER_HOUSEKEEPING, HEADER_KNOWN, HEADER_TEXTS, MOVES
from projects.importers.mspdi_links import checked_links
from projects.importers.mspdi_values import EMPTY, Losses, Record, clock
from projects.importers.mspdi_xml import Data, Progress
from projects.importers.plan import (
    STANDARD_WEEK,
    BaselineEntry,
    ImportedAssignment,
    ImportedBaseline,
    ImportedCalendar,
    ImportedLink,
    ImportedPlan,
    ImportedProject,
    ImportedResource,
    ImportedTask,
    Interval,
)
from projects.importers.reports import Severity

MAIN = "main"
PROJECT_SUMMARY = 0
MAX_TASKS = 1_000_000
MAX_DEPTH = 100


def read(stream: BinaryIO, *, file: str = "plan.xml", progress: Progress | None = None) -> ImportedPlan:
    """The plan in ``stream``. ``progress`` is called with the number of bytes read, about every 256 kB.

    ``ImportedPlan.losses`` lists what was not imported, grouped and counted, with the line of the first case.
    Raises ``ImportRefused`` for what is no complete, well-formed MS Project XML file, or holds a document type.
    """
    sink = _Plan(file)
    mspdi_xml.stream(stream, sink, file=file, progress=progress)
    return sink.plan()


class _Plan:
    """Collects the records of one file. Calendars come before tasks and tasks before assignments in these files."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.losses = Losses(file)
        self.head: dict[str, str] = {}
        self.raw_calendars: list[mspdi_calendars.RawCalendar] = []
        self.calendar_uids: set[int] = set()
        self.title = ""
        self.projects: list[ImportedProject] = []
        self.tasks: list[ImportedTask] = []
        self.task_uids: set[int] = set()
        self.parents: set[int] = set()
        self.outline: list[tuple[int, int, str]] = []
        """The open branch: (outline level, task uid, project key) from the top down."""
        self.links: list[ImportedLink] = []
        self.baselines: dict[int, list[BaselineEntry]] = {}
        self.resources: dict[int, ImportedResource] = {}
        self.assignments: list[ImportedAssignment] = []
        self.pieces: dict[int, list[Interval]] = {}
        self.inserted: dict[int, str] = {}

    def header(self, name: str, text: str, line: int) -> None:
        self.head[name] = text
        if name not in HEADER_KNOWN and text.strip() not in EMPTY:
            self.losses.add(
                Severity.WARNING, "not_imported", f"Project/{name}", "is not imported", line=line, value=text
            )
        elif name in MOVES and text.strip() in ("1", "true"):
            reason = "is on: MS Project moves started work around the status date, this plan does not"
            self.losses.add(Severity.WARNING, "not_imported", f"Project/{name}", reason, line=line)

    def section(self, name: str, data: Data, elements: int, line: int) -> None:
        if elements and name not in HEADER_HOUSEKEEPING:
            self.losses.add(
                Severity.WARNING,
                "not_imported",
                f"Project/{name}",
                "is not imported",
                line=line,
                count=elements,
            )

    def record(self, kind: str, data: Data, line: int) -> None:
        record = Record(data, kind, line, self.losses)
        if kind == "Task":
            self._task(record)
        elif kind == "Assignment":
            self._assignment(record)
        elif kind == "Resource":
            self._resource(record)
        else:
            self._calendar(record)

    def _calendar(self, record: Record) -> None:
        calendar = mspdi_calendars.raw(record)
        if calendar.uid < 0 or calendar.uid in self.calendar_uids:
            reason = "is no number of a calendar, or is used by an earlier one; the calendar was left out"
            record.error("duplicate_uid", "UID", reason, calendar.name)
            return
        self.calendar_uids.add(calendar.uid)
        self.raw_calendars.append(calendar)

    def _task(self, record: Record) -> None:
        if record.flag("IsNull"):
            record.info("blank_row", "IsNull", "is a blank row of the table; left out")
            return
        uid, level = record.integer("UID", -1), record.integer("OutlineLevel", 1)
        if uid == PROJECT_SUMMARY and level <= 0:
            self.title = record.plain("Name")
            return
        if uid < 0 or uid in self.task_uids:
            reason = "is used by an earlier task" if uid >= 0 else "is missing"
            record.error("duplicate_uid", "UID", f"{reason}; the task was left out", record.plain("Name"))
            return
        if len(self.tasks) >= MAX_TASKS:
            record.error(
                "too_many_tasks", "", f"the file has more than {MAX_TASKS:,} tasks; the rest was left out"
            )
            return
        level = max(1, level)
        while self.outline and self.outline[-1][0] >= level:
            self.outline.pop()
        if len(self.outline) >= MAX_DEPTH:
            record.warn(
                "too_deep", "OutlineLevel", f"is deeper than {MAX_DEPTH} levels; placed at that depth"
            )
            del self.outline[MAX_DEPTH - 1 :]
        parent_uid = self.outline[-1][1] if self.outline else None
        key = self.outline[-1][2] if self.outline else MAIN
        if record.flag("IsSubproject"):
            key = f"task-{uid}"
            self._inserted(record, uid, key)
        task = mspdi_tasks.task(
            record,
            project_key=key,
            parent_uid=parent_uid,
            level=len(self.outline) + 1,
            row=len(self.tasks) + 1,
            calendars=self.calendar_uids,
        )
        self.task_uids.add(uid)
        self.tasks.append(task)
        if parent_uid is not None:
            self.parents.add(parent_uid)
        self.outline.append((level, uid, key))
        self.links += mspdi_tasks.links(record)
        for number, entry in mspdi_tasks.baselines(record):
            self.baselines.setdefault(number, []).append(entry)

    def _inserted(self, record: Record, uid: int, key: str) -> None:
        name = record.plain("Name") or f"Task {uid}"
        path = record.plain("SubprojectName") or name
        self.projects.append(ImportedProject(key, name, uid, record.instant("Start"), None, path))
        self.inserted[uid] = path

    def _resource(self, record: Record) -> None:
        resource = mspdi_resources.resource(record, self.calendar_uids)
        if resource is None:
            return
        if resource.uid in self.resources:
            record.error("duplicate_uid", "UID", "is used by an earlier resource; left out", resource.name)
            return
        self.resources[resource.uid] = resource

    def _assignment(self, record: Record) -> None:
        assignment = mspdi_resources.assignment(record)
        if assignment.task_uid == PROJECT_SUMMARY and PROJECT_SUMMARY not in self.task_uids:
            record.warn(
                "not_imported", "TaskUID", "assigns a resource to the whole project, which is not imported"
            )
            return
        if assignment.task_uid not in self.task_uids:
            record.error(
                "unknown_task", "TaskUID", "is no task of the file; left out", record.text("TaskUID")
            )
            return
        if assignment.resource_uid is not None and assignment.resource_uid not in self.resources:
            reason = "is no resource of the file; kept as unassigned work"
            record.warn("unknown_resource", "ResourceUID", reason, record.text("ResourceUID"))
            assignment = replace(assignment, resource_uid=None)
        self.assignments.append(assignment)
        pieces = mspdi_resources.work_pieces(record)
        if pieces:
            self.pieces.setdefault(assignment.task_uid, []).extend(pieces)

    def plan(self) -> ImportedPlan:
        """The whole plan, once the file has been read."""
        head = Record(dict(self.head), "Project", 1, self.losses)
        calendars = mspdi_calendars.resolved(self.raw_calendars)
        calendar_uid = head.integer("CalendarUID", -1)
        if calendar_uid not in self.calendar_uids:
            calendar_uid = self._default_calendar(head, calendars)
        main = ImportedProject(
            MAIN, self._name(head), None, head.instant("StartDate"), calendar_uid if calendars else None
        )
        tasks = self._finished_tasks(calendars, calendar_uid)
        if not tasks:
            self.losses.add(Severity.WARNING, "no_tasks", "Tasks", "the file holds no task", line=1)
        return ImportedPlan(
            source="mspdi",
            name=self._name(head),
            title=head.plain("Title"),
            start=head.instant("StartDate"),
            finish=head.instant("FinishDate"),
            data_date=head.instant("StatusDate"),
            schedule_from_start=self._from_start(head),
            honour_constraints=self._honour_constraints(head),
            multiple_critical_paths=head.flag("MultipleCriticalPaths"),
            critical_threshold=head.integer("CriticalSlackLimit")
            * self._positive(head, "MinutesPerDay", 480),
            minutes_per_day=self._positive(head, "MinutesPerDay", 480),
            minutes_per_week=self._positive(head, "MinutesPerWeek", 2400),
            days_per_month=self._positive(head, "DaysPerMonth", 20),
            default_start=self._clock(head, "DefaultStartTime", 480),
            default_finish=self._clock(head, "DefaultFinishTime", 1020),
            currency=head.plain("CurrencyCode"),
            currency_symbol=head.plain("CurrencySymbol"),
            currency_digits=head.integer("CurrencyDigits", 2),
            calendar_uid=calendar_uid if calendars else None,
            calendars=calendars,
            projects=self._projects(main, tasks),
            tasks=tasks,
            links=checked_links(self.links, tasks, self.losses),
            resources=tuple(self.resources.values()),
            assignments=tuple(self.assignments),
            baselines=tuple(ImportedBaseline(n, tuple(self.baselines[n])) for n in sorted(self.baselines)),
            losses=self.losses.entries(),
            properties={name: head.text(name).strip() for name in HEADER_TEXTS if head.text(name).strip()},
        )

    def _name(self, head: Record) -> str:
        return self.title or head.plain("Title") or head.plain("Name") or self.file

    def _default_calendar(self, head: Record, calendars: tuple[ImportedCalendar, ...]) -> int:
        if not calendars:
            head.info(
                "no_calendar",
                "CalendarUID",
                "the file holds no calendar; Monday to Friday, 8 to 12 and 13 to 17",
            )
            return -1
        first = next((calendar for calendar in calendars if calendar.is_base), calendars[0])
        head.warn("unknown_calendar", "CalendarUID", f"names no calendar; {first.name!r} was taken")
        return first.uid

    def _from_start(self, head: Record) -> bool:
        from_start = head.flag("ScheduleFromStart", default=True)
        if not from_start:
            head.warn(
                "schedule_from_finish",
                "ScheduleFromStart",
                "the file is scheduled from its finish; taken from its start",
            )
        return from_start

    def _honour_constraints(self, head: Record) -> bool:
        """Always on. MS Project itself writes 0 for its default "always honour", other writers 1: the file can not tell."""
        if head.text("HonorConstraints") and not head.flag("HonorConstraints"):
            reason = "is 0, which MS Project writes for its default 'always honour'; taken as on"
            head.info("ambiguous_option", "HonorConstraints", reason)
        return True

    def _positive(self, head: Record, name: str, default: int) -> int:
        value = head.integer(name, default)
        return value if 0 < value <= 1_000_000 else default

    def _clock(self, head: Record, name: str, default: int) -> int:
        value = clock(head.text(name)) if head.text(name) else default
        return default if value is None else value

    def _projects(
        self, main: ImportedProject, tasks: tuple[ImportedTask, ...]
    ) -> tuple[ImportedProject, ...]:
        for uid, path in self.inserted.items():
            if uid not in self.parents:
                reason = "is an inserted project whose tasks are in another file; import that file too"
                self.losses.add(
                    Severity.WARNING, "inserted_project", "Task/SubprojectName", reason, line=0, value=path
                )
        if self.projects and not any(task.project_key == MAIN for task in tasks):
            return tuple(self.projects)
        return (main, *self.projects)

    def _finished_tasks(
        self, calendars: tuple[ImportedCalendar, ...], default_uid: int
    ) -> tuple[ImportedTask, ...]:
        """The tasks with what is only known at the end of the file: who has children, and who is interrupted."""
        by_uid = {calendar.uid: calendar for calendar in calendars}
        standard = by_uid.get(default_uid) or ImportedCalendar(-1, "Standard", STANDARD_WEEK)
        for at, task in enumerate(self.tasks):
            is_summary = task.uid in self.parents
            if is_summary != task.is_summary:
                task = replace(task, is_summary=is_summary, is_milestone=task.is_milestone and not is_summary)
            pieces = self.pieces.get(task.uid)
            if pieces and len(pieces) > 1 and not is_summary and not task.is_elapsed:
                calendar = (
                    by_uid.get(task.calendar_uid, standard) if task.calendar_uid is not None else standard
                )
                task = self._split(task, pieces, calendar)
            self.tasks[at] = task
        return tuple(self.tasks)

    def _split(self, task: ImportedTask, pieces: list[Interval], calendar: ImportedCalendar) -> ImportedTask:
        found = splits.pieces_of_task(pieces, task.duration, calendar)
        if found is None:
            reason = (
                "is spread unevenly in a way that is no interruption of the task; the even plan was taken"
            )
            self.losses.add(
                Severity.WARNING, "uneven_work", "Assignment/TimephasedData", reason, line=0, value=task.name
            )
            return task
        return replace(task, splits=found) if found else task
