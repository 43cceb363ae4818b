"""Writer of MS Project XML files (MSPDI): the neutral plan back to the format, in the order of its schema.

Reading what was written gives the same plan. Two things are settled rather than copied: every calendar states its
resolved week and dated exceptions (recurrences and work weeks come back as days), and the file says that constraint
dates are honoured the way the schema documents it (1 = on).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from projects.importers.mspdi_fields import ELAPSED_FORMATS, HEADER_TEXTS, PERCENT_FORMATS
from projects.importers.mspdi_markup import Markup, amount, duration, flag, instant, time_of_day
from projects.importers.mspdi_values import plain_number
from projects.importers.plan import (
    NO_MANUAL,
    NO_PROGRESS,
    NONE,
    STANDARD_WEEK,
    BaselineEntry,
    Day,
    ImportedAssignment,
    ImportedCalendar,
    ImportedLink,
    ImportedPlan,
    ImportedProject,
    ImportedResource,
    ImportedTask,
    LagUnit,
    LinkKind,
    ResourceKind,
)
from projects.importers.splits import WorkingTime

NAMESPACE = "http://schemas.microsoft.com/project"
LINK_TYPES = {LinkKind.FF: 0, LinkKind.FS: 1, LinkKind.SF: 2, LinkKind.SS: 3}
UNASSIGNED = -65535
ESTIMATED = 32
DAYS, ELAPSED_DAYS = 7, 8
LAG_FORMATS = {LagUnit.WORKING: 7, LagUnit.ELAPSED: 8, LagUnit.PERCENT: 19, LagUnit.ELAPSED_PERCENT: 20}
REMAINING_WORK = 1
PIECE = 65_536
OPEN_START, OPEN_END = "1984-01-01T00:00:00", "2049-12-31T23:59:00"


def write(plan: ImportedPlan, stream: BinaryIO) -> None:
    """Writes ``plan`` as UTF-8 XML; piece by piece, so memory does not grow with the plan."""
    for piece in pieces(plan):
        stream.write(piece)


def pieces(plan: ImportedPlan) -> Iterator[bytes]:
    """The file in pieces of about ``PIECE`` bytes."""
    context = _context(plan)
    ready = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', f'<Project xmlns="{NAMESPACE}">\n']
    size = 0
    for part in _parts(plan, context):
        ready.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(ready).encode()
            ready, size = [], 0
    ready.append("</Project>\n")
    yield "".join(ready).encode()


@dataclass(frozen=True, slots=True)
class _Context:
    """What one task needs to know of the rest of the plan."""

    links: dict[int, list[ImportedLink]]
    baselines: dict[int, list[tuple[int, BaselineEntry]]]
    inserted: dict[int, ImportedProject]
    calendars: dict[int, ImportedCalendar]
    default_calendar: ImportedCalendar


def _context(plan: ImportedPlan) -> _Context:
    links: dict[int, list[ImportedLink]] = {}
    for link in plan.links:
        links.setdefault(link.successor_uid, []).append(link)
    baselines: dict[int, list[tuple[int, BaselineEntry]]] = {}
    for baseline in plan.baselines:
        for entry in baseline.entries:
            baselines.setdefault(entry.task_uid, []).append((baseline.number, entry))
    calendars = {calendar.uid: calendar for calendar in plan.calendars}
    default = calendars.get(plan.calendar_uid) if plan.calendar_uid is not None else None
    return _Context(
        links=links,
        baselines=baselines,
        inserted={p.root_task_uid: p for p in plan.projects if p.root_task_uid is not None and p.path},
        calendars=calendars,
        default_calendar=default or ImportedCalendar(-1, "Standard", STANDARD_WEEK),
    )


def _parts(plan: ImportedPlan, context: _Context) -> Iterator[str]:
    yield _head(plan)
    yield " <Calendars>\n"
    for calendar in plan.calendars:
        yield _calendar(calendar)
    yield " </Calendars>\n <Tasks>\n"
    yield _project_summary(plan)
    for position, (task, number) in enumerate(
        zip(plan.tasks, _outline_numbers(plan.tasks), strict=True), start=1
    ):
        yield _task(task, number, position, context)
    yield " </Tasks>\n <Resources>\n"
    for position, resource in enumerate(plan.resources, start=1):
        yield _resource(resource, position)
    yield " </Resources>\n <Assignments>\n"
    yield from _assignments(plan, context)
    yield " </Assignments>\n"


def _head(plan: ImportedPlan) -> str:
    out = Markup(1)
    out.add("SaveVersion", "14")
    out.text("Name", plan.name)
    out.text("Title", plan.title)
    for name in HEADER_TEXTS:
        out.text(name, plan.properties.get(name, ""))
    out.add("ScheduleFromStart", flag(plan.schedule_from_start))
    out.add("StartDate", instant(plan.start))
    out.add("FinishDate", instant(plan.finish))
    out.add("FYStartDate", "1")
    out.add("CriticalSlackLimit", str(plan.critical_threshold // plan.minutes_per_day))
    out.add("CurrencyDigits", str(plan.currency_digits))
    out.text("CurrencySymbol", plan.currency_symbol)
    out.text("CurrencyCode", plan.currency)
    out.add("CalendarUID", str(-1 if plan.calendar_uid is None else plan.calendar_uid))
    out.add("DefaultStartTime", time_of_day(plan.default_start))
    out.add("DefaultFinishTime", time_of_day(plan.default_finish))
    out.add("MinutesPerDay", str(plan.minutes_per_day))
    out.add("MinutesPerWeek", str(plan.minutes_per_week))
    out.add("DaysPerMonth", str(plan.days_per_month))
    out.add("HonorConstraints", flag(plan.honour_constraints))
    out.add("MultipleCriticalPaths", flag(plan.multiple_critical_paths))
    out.add("NewTasksEstimated", "0")
    out.add("SplitsInProgressTasks", "1")
    out.add("StatusDate", instant(plan.data_date))
    return out.done()


def _calendar(calendar: ImportedCalendar) -> str:
    out = Markup(2)
    with out.inside("Calendar"):
        out.add("UID", str(calendar.uid))
        out.text("Name", calendar.name)
        out.add("IsBaseCalendar", flag(calendar.is_base))
        out.add("IsBaselineCalendar", "0")
        out.add("BaseCalendarUID", str(-1 if calendar.base_uid is None else calendar.base_uid))
        with out.inside("WeekDays"):
            for day_type in range(1, 8):
                with out.inside("WeekDay"):
                    out.add("DayType", str(day_type))
                    _hours(out, calendar.week[(day_type + 5) % 7])
        if calendar.exceptions:
            with out.inside("Exceptions"):
                for exception in calendar.exceptions:
                    with out.inside("Exception"):
                        out.add("EnteredByOccurrences", "0")
                        with out.inside("TimePeriod"):
                            out.add("FromDate", f"{exception.first}T00:00:00")
                            out.add("ToDate", f"{exception.last}T23:59:00")
                        out.add("Occurrences", "1")
                        out.text("Name", exception.name)
                        out.add("Type", "1")
                        _hours(out, exception.intervals)
    return out.done()


def _hours(out: Markup, day: Day) -> None:
    out.add("DayWorking", flag(bool(day)))
    if day:
        with out.inside("WorkingTimes"):
            for start, end in day:
                with out.inside("WorkingTime"):
                    out.add("FromTime", time_of_day(start))
                    out.add("ToTime", time_of_day(end % 1440))


def _outline_numbers(tasks: Iterable[ImportedTask]) -> Iterator[str]:
    counts: list[int] = []
    for task in tasks:
        del counts[task.outline_level :]
        counts += [0] * (task.outline_level - len(counts))
        counts[-1] += 1
        yield ".".join(str(max(1, count)) for count in counts)


def _project_summary(plan: ImportedPlan) -> str:
    out = Markup(2)
    with out.inside("Task"):
        out.add("UID", "0")
        out.add("ID", "0")
        out.text("Name", plan.name)
        out.add("Type", "1")
        out.add("IsNull", "0")
        out.add("OutlineNumber", "0")
        out.add("OutlineLevel", "0")
        out.add("Start", instant(plan.start))
        out.add("Finish", instant(plan.finish))
        out.add("Summary", "1")
    return out.done()


def _task(task: ImportedTask, number: str, position: int, context: _Context) -> str:
    out = Markup(2)
    progress, costs = task.progress, task.costs
    inserted = context.inserted.get(task.uid)
    with out.inside("Task"):
        out.add("UID", str(task.uid))
        out.add("ID", str(task.row or position))
        out.text("Name", task.name)
        out.add("Active", flag(task.is_active))
        out.add("Manual", flag(task.is_manual))
        out.add("Type", str(task.task_type))
        out.add("IsNull", "0")
        out.text("Contact", task.contact)
        out.text("WBS", task.wbs)
        out.add("OutlineNumber", number)
        out.add("OutlineLevel", str(task.outline_level))
        out.add("Priority", str(task.priority))
        out.add("Start", instant(task.start))
        out.add("Finish", instant(task.finish))
        out.add("Duration", duration(task.duration))
        if task.manual != NO_MANUAL:
            out.add("ManualStart", instant(task.manual.start))
            out.add("ManualFinish", instant(task.manual.finish))
            out.add("ManualDuration", duration(task.manual.duration))
        out.add("DurationFormat", str(_duration_format(task)))
        out.add("Work", duration(task.work))
        out.add("Stop", instant(progress.stop))
        out.add("Resume", instant(progress.resume))
        out.add("EffortDriven", flag(task.effort_driven))
        out.add("Recurring", flag(task.is_recurring))
        out.add("Estimated", flag(task.is_estimated))
        out.add("Milestone", flag(task.is_milestone))
        out.add("Summary", flag(task.is_summary))
        out.add("IsSubproject", flag(inserted is not None))
        if inserted is not None:
            out.text("SubprojectName", inserted.path)
        out.add("ExternalTask", flag(task.is_external))
        out.add("FixedCost", amount(costs.fixed_cost))
        out.add("PercentComplete", str(round(progress.percent_complete)))
        out.add("Cost", amount(costs.cost))
        out.add("ActualStart", instant(progress.actual_start))
        out.add("ActualFinish", instant(progress.actual_finish))
        out.add("ActualDuration", duration(progress.actual_duration))
        out.add("ActualCost", amount(costs.actual_cost))
        left = task.duration if progress == NO_PROGRESS else progress.remaining_duration
        out.add("RemainingDuration", duration(left))
        out.add("RemainingCost", amount(costs.remaining_cost))
        out.add("ConstraintType", str(int(task.constraint)))
        out.add("CalendarUID", str(-1 if task.calendar_uid is None else task.calendar_uid))
        out.add("ConstraintDate", instant(task.constraint_at))
        out.add("Deadline", instant(task.deadline))
        out.add("LevelingDelay", str(task.levelling_delay * 10))
        out.add("LevelingDelayFormat", str(ELAPSED_DAYS))
        out.add("IgnoreResourceCalendar", flag(task.ignore_resource_calendar))
        out.text("Notes", task.notes)
        out.add("PhysicalPercentComplete", str(round(progress.physical_percent_complete)))
        for link in context.links.get(task.uid, ()):
            _link(out, link)
        for baseline_number, entry in context.baselines.get(task.uid, ()):
            _baseline(out, baseline_number, entry)
    return out.done()


def _duration_format(task: ImportedTask) -> int:
    shown = task.duration_format
    if (shown in ELAPSED_FORMATS) is not task.is_elapsed:
        shown = ELAPSED_DAYS if task.is_elapsed else DAYS
    return shown + ESTIMATED if task.is_estimated and shown <= ESTIMATED else shown


def _link(out: Markup, link: ImportedLink) -> None:
    percent = link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT)
    elapsed = link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT)
    shown = link.lag_format
    if (shown in PERCENT_FORMATS, shown in ELAPSED_FORMATS) != (percent, elapsed):
        shown = LAG_FORMATS[LagUnit(link.lag_unit)]
    with out.inside("PredecessorLink"):
        out.add("PredecessorUID", str(link.predecessor_uid))
        out.add("Type", str(LINK_TYPES[LinkKind(link.kind)]))
        out.add("CrossProject", flag(bool(link.external)))
        out.text("CrossProjectName", link.external)
        out.add("LinkLag", str(round(link.lag / 100) if percent else link.lag * 10))
        out.add("LagFormat", str(shown))


def _baseline(out: Markup, number: int, entry: BaselineEntry) -> None:
    with out.inside("Baseline"):
        out.add("Number", str(number))
        out.add("Interim", "0")
        out.add("Start", instant(entry.start))
        out.add("Finish", instant(entry.finish))
        out.add("Duration", duration(entry.duration))
        out.add("DurationFormat", str(ELAPSED_DAYS if entry.is_elapsed else DAYS))
        out.add("Work", duration(entry.work))
        out.add("Cost", amount(entry.cost))


def _resource(resource: ImportedResource, position: int) -> str:
    out = Markup(2)
    with out.inside("Resource"):
        out.add("UID", str(resource.uid))
        out.add("ID", str(position))
        out.text("Name", resource.name)
        out.add("Type", flag(resource.kind == ResourceKind.WORK))
        out.add("IsNull", "0")
        out.text("Initials", resource.initials)
        out.text("Code", resource.code)
        out.text("Group", resource.group)
        out.text("EmailAddress", resource.email)
        out.add("MaxUnits", plain_number(resource.max_units))
        out.add("StandardRate", resource.standard_rate)
        out.add("StandardRateFormat", str(resource.standard_rate_format))
        out.add("OvertimeRate", resource.overtime_rate)
        out.add("OvertimeRateFormat", str(resource.overtime_rate_format))
        out.add("CostPerUse", amount(resource.cost_per_use))
        out.add("CalendarUID", str(-1 if resource.calendar_uid is None else resource.calendar_uid))
        out.text("Notes", resource.notes)
        out.add("IsGeneric", flag(resource.is_generic))
        out.add("IsInactive", flag(resource.is_inactive))
        out.add("IsCostResource", flag(resource.kind == ResourceKind.COST))
        if resource.availability:
            with out.inside("AvailabilityPeriods"):
                for period in resource.availability:
                    with out.inside("AvailabilityPeriod"):
                        out.add("AvailableFrom", instant(period.starts) or OPEN_START)
                        out.add("AvailableTo", instant(period.ends) or OPEN_END)
                        out.add("AvailableUnits", plain_number(period.units))
        if resource.rates:
            with out.inside("Rates"):
                for rate in resource.rates:
                    with out.inside("Rate"):
                        out.add("RatesFrom", instant(rate.starts) or OPEN_START)
                        out.add("RatesTo", instant(rate.ends) or OPEN_END)
                        out.add("RateTable", str(rate.table))
                        out.add("StandardRate", rate.standard_rate)
                        out.add("StandardRateFormat", str(rate.standard_format))
                        out.add("OvertimeRate", rate.overtime_rate)
                        out.add("OvertimeRateFormat", str(rate.overtime_format))
                        out.add("CostPerUse", amount(rate.cost_per_use))
    return out.done()


def _assignments(plan: ImportedPlan, context: _Context) -> Iterator[str]:
    """The assignments; the first one of an interrupted task carries its pieces, made up where there is none."""
    split = {task.uid: task for task in plan.tasks if task.splits}
    highest = max((assignment.uid for assignment in plan.assignments), default=0)
    for assignment in plan.assignments:
        yield _assignment(assignment, split.pop(assignment.task_uid, None), context)
    for number, task in enumerate(split.values(), start=highest + 1):
        made_up = ImportedAssignment(number, task.uid, None, start=task.start, finish=task.finish)
        yield _assignment(made_up, task, context)


def _assignment(assignment: ImportedAssignment, split: ImportedTask | None, context: _Context) -> str:
    out = Markup(2)
    with out.inside("Assignment"):
        out.add("UID", str(assignment.uid))
        out.add("TaskUID", str(assignment.task_uid))
        out.add(
            "ResourceUID", str(UNASSIGNED if assignment.resource_uid is None else assignment.resource_uid)
        )
        out.add("ActualCost", amount(assignment.actual_cost))
        out.add("ActualWork", duration(assignment.actual_work))
        out.add("Cost", amount(assignment.cost))
        out.add("CostRateTable", str(assignment.rate_table))
        out.add("Delay", str(assignment.delay * 10))
        out.add("Finish", instant(assignment.finish))
        out.add("RemainingWork", duration(assignment.remaining_work))
        out.add("Start", instant(assignment.start))
        out.add("Units", plain_number(assignment.units))
        out.add("Work", duration(assignment.work))
        out.add("WorkContour", str(assignment.contour))
        if split is not None:
            _pieces(out, assignment.uid, split, context)
    return out.done()


def _pieces(out: Markup, uid: int, task: ImportedTask, context: _Context) -> None:
    """Time-phased work: each piece with its working time, each interruption with none."""
    calendar = context.default_calendar
    if task.calendar_uid is not None:
        calendar = context.calendars.get(task.calendar_uid, calendar)
    working = WorkingTime(calendar)
    previous = NONE
    for start, finish in task.splits:
        if previous != NONE:
            _timephased(out, uid, previous, start, 0)
        _timephased(
            out, uid, start, finish, sum(end - begin for begin, end in working.between(start, finish))
        )
        previous = finish


def _timephased(out: Markup, uid: int, start: int, finish: int, work: int) -> None:
    with out.inside("TimephasedData"):
        out.add("Type", str(REMAINING_WORK))
        out.add("UID", str(uid))
        out.add("Start", instant(start))
        out.add("Finish", instant(finish))
        out.add("Unit", "2")
        out.add("Value", duration(work))
