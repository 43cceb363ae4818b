"""``Task`` records to tasks, links and baseline entries."""

from __future__ import annotations

from projects.importers.mspdi_fields import (
    ELAPSED_FORMATS,
    LINK_KINDS,
    PERCENT_FORMATS,
    TASK_DEFAULTS,
    TASK_KNOWN,
)
from projects.importers.mspdi_values import Record
from projects.importers.plan import (
    NO_COSTS,
    NO_MANUAL,
    NO_PROGRESS,
    NONE,
    BaselineEntry,
    Constraint,
    Costs,
    ImportedLink,
    ImportedTask,
    LagUnit,
    LinkKind,
    Manual,
    Progress,
)

DATELESS = (Constraint.ASAP, Constraint.ALAP)
BASELINES = range(11)
DAYS = 7
FORMATS = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 20, 21})
FORMATS |= {code + 32 for code in FORMATS}
ESTIMATED = 32
"""Added to a duration format: the duration is an estimate."""
LINK_KNOWN = frozenset({"PredecessorUID", "Type", "CrossProject", "CrossProjectName", "LinkLag", "LagFormat"})
BASELINE_KNOWN = frozenset(
    {
        "Number",
        "Start",
        "Finish",
        "Duration",
        "DurationFormat",
        "EstimatedDuration",
        "Work",
        "Cost",
        "Interim",
    }
    | {"BCWS", "BCWP", "FixedCost", "TimephasedData"}
)


def task(
    record: Record, *, project_key: str, parent_uid: int | None, level: int, row: int, calendars: set[int]
) -> ImportedTask:
    """The task of ``record``; the caller knows where in the outline it stands."""
    record.unread(TASK_KNOWN, TASK_DEFAULTS)
    _custom_fields(record)
    uid = record.integer("UID")
    raw_format = _format(record, "DurationFormat")
    elapsed = raw_format in ELAPSED_FORMATS
    is_summary = record.flag("Summary")
    is_manual = record.flag("Manual")
    duration = record.minutes("Duration")
    is_milestone = record.flag("Milestone")
    if is_milestone and duration and not is_summary:
        reason = "is flagged as a milestone but lasts; imported as an ordinary task"
        record.info("milestone_with_duration", "Milestone", reason, record.plain("Name"))
        is_milestone = False
    constraint, constraint_at = _constraint(record)
    if record.text("StartText") or record.text("FinishText") or record.text("DurationText"):
        record.warn(
            "text_date", "StartText", "is typed text instead of a date; the task keeps its last dates"
        )
    return ImportedTask(
        uid=uid,
        name=record.plain("Name") or f"Task {uid}",
        project_key=project_key,
        parent_uid=parent_uid,
        outline_level=level,
        row=_row(record, uid, row),
        wbs=record.plain("WBS"),
        is_summary=is_summary,
        is_milestone=is_milestone and not is_summary,
        is_active=record.flag("Active", default=True),
        is_manual=is_manual,
        is_estimated=record.flag("Estimated"),
        is_recurring=record.flag("Recurring"),
        is_external=record.flag("ExternalTask"),
        duration=duration,
        is_elapsed=elapsed,
        duration_format=raw_format - ESTIMATED if raw_format > ESTIMATED else raw_format,
        calendar_uid=_calendar(record, calendars),
        ignore_resource_calendar=record.flag("IgnoreResourceCalendar"),
        constraint=constraint,
        constraint_at=constraint_at,
        deadline=record.instant("Deadline"),
        start=record.instant("Start"),
        finish=record.instant("Finish"),
        levelling_delay=record.integer("LevelingDelay") // 10,
        priority=record.integer("Priority", 500),
        task_type=record.integer("Type"),
        effort_driven=record.flag("EffortDriven"),
        work=record.minutes("Work"),
        progress=_progress(record),
        costs=_costs(record),
        manual=_manual(record) if is_manual else NO_MANUAL,
        notes=record.text("Notes").strip(),
        contact=record.plain("Contact"),
    )


def links(record: Record) -> list[ImportedLink]:
    """The links into the task of ``record``, as stated: their other ends are checked when all tasks are known."""
    uid = record.integer("UID")
    found = []
    for link in record.children("PredecessorLink"):
        link.unread(LINK_KNOWN, {})
        kind = LINK_KINDS.get(link.integer("Type", 1))
        if kind is None:
            link.warn("bad_value", "Type", "is no link type; taken as finish-to-start", link.text("Type"))
            kind = LinkKind.FS
        lag, unit, lag_format = _lag(link)
        external = ""
        if link.flag("CrossProject"):
            external = link.plain("CrossProjectName") or "?"
            link.warn("external_link", "", "leads to a task in another file; its date stays frozen", external)
        found.append(
            ImportedLink(
                link.integer("PredecessorUID", -1), uid, LinkKind(kind), lag, unit, lag_format, external
            )
        )
    return found


def baselines(record: Record) -> list[tuple[int, BaselineEntry]]:
    """``(number, entry)`` of every baseline of the task that holds anything."""
    uid = record.integer("UID")
    found = []
    for baseline in record.children("Baseline"):
        baseline.unread(BASELINE_KNOWN, {})
        number = baseline.integer("Number")
        if number not in BASELINES:
            baseline.warn(
                "bad_value", "Number", "is no baseline; baselines are numbered 0 to 10", str(number)
            )
            continue
        entry = BaselineEntry(
            task_uid=uid,
            start=baseline.instant("Start"),
            finish=baseline.instant("Finish"),
            duration=baseline.minutes("Duration", NONE),
            is_elapsed=baseline.integer("DurationFormat", 7) in ELAPSED_FORMATS,
            work=baseline.minutes("Work", NONE),
            cost=baseline.cents("Cost", NONE),
        )
        if entry != BaselineEntry(uid):
            found.append((number, entry))
    return found


def _row(record: Record, uid: int, position: int) -> int:
    """The row number; the very ``uid`` object where both are equal, as they are in most files."""
    row = record.integer("ID")
    if row <= 0:
        return position
    return uid if row == uid else row


def _custom_fields(record: Record) -> None:
    for name in ("ExtendedAttribute", "OutlineCode"):
        for custom in record.children(name):
            field = custom.plain("FieldID", 40)
            reason = "holds values of a custom field, which are not imported"
            record.warn("custom_field", f"{name} {field}".strip(), reason, custom.text("Value"))


def _constraint(record: Record) -> tuple[int, int]:
    code = record.integer("ConstraintType")
    if code not in Constraint._value2member_map_:
        record.warn(
            "bad_value", "ConstraintType", "is no constraint; taken as as-soon-as-possible", str(code)
        )
        return Constraint.ASAP, NONE
    constraint = Constraint(code)
    at = record.instant("ConstraintDate")
    if constraint in DATELESS:
        return constraint, NONE
    if at == NONE:
        reason = "is missing for a constraint that needs it; taken as as-soon-as-possible"
        record.warn("constraint_without_date", "ConstraintDate", reason, constraint.name)
        return Constraint.ASAP, NONE
    return constraint, at


def _calendar(record: Record, calendars: set[int]) -> int | None:
    uid = record.integer("CalendarUID", -1)
    if uid < 0 or (uid == 0 and uid not in calendars):
        return None
    if uid not in calendars:
        record.warn(
            "unknown_calendar", "CalendarUID", "is in no calendar; the project calendar counts", str(uid)
        )
        return None
    return uid


def _progress(record: Record) -> Progress:
    """Status of a task that has begun or was given a percentage; the common untouched one is shared."""
    percent = min(100.0, max(0.0, record.number("PercentComplete")))
    actual_start = record.instant("ActualStart")
    physical = min(100.0, max(0.0, record.number("PhysicalPercentComplete")))
    if not percent and not physical and actual_start == NONE:
        return NO_PROGRESS
    return Progress(
        percent_complete=percent,
        physical_percent_complete=physical,
        actual_start=actual_start,
        actual_finish=record.instant("ActualFinish"),
        actual_duration=record.minutes("ActualDuration", NONE),
        remaining_duration=record.minutes("RemainingDuration"),
        stop=record.instant("Stop"),
        resume=record.instant("Resume"),
    )


def _costs(record: Record) -> Costs:
    costs = Costs(
        cost=record.cents("Cost"),
        fixed_cost=record.cents("FixedCost"),
        actual_cost=record.cents("ActualCost"),
        remaining_cost=record.cents("RemainingCost"),
    )
    return NO_COSTS if costs == NO_COSTS else costs


def _manual(record: Record) -> Manual:
    return Manual(
        start=record.instant("ManualStart"),
        finish=record.instant("ManualFinish"),
        duration=record.minutes("ManualDuration", NONE),
    )


def _format(record: Record, name: str) -> int:
    code = record.integer(name, DAYS)
    if code not in FORMATS:
        record.warn("bad_value", name, "is no time unit; taken as days", str(code))
        return DAYS
    return code


def _lag(link: Record) -> tuple[int, LagUnit, int]:
    """Lag, its unit, and the format it is shown in. Minutes are stored in tenths, percentages as they are."""
    raw = link.integer("LinkLag")
    lag_format = _format(link, "LagFormat")
    if lag_format in PERCENT_FORMATS:
        unit = LagUnit.ELAPSED_PERCENT if lag_format in ELAPSED_FORMATS else LagUnit.PERCENT
        return raw * 100, unit, lag_format
    if raw % 10:
        link.info("lag_rounded", "LinkLag", "is not a whole number of minutes; rounded", str(raw))
    unit = LagUnit.ELAPSED if lag_format in ELAPSED_FORMATS else LagUnit.WORKING
    return round(raw / 10), unit, lag_format
