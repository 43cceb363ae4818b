"""``Resource`` and ``Assignment`` records to resources, assignments and the pieces of interrupted work."""

from __future__ import annotations

from projects.importers.mspdi_fields import (
    ASSIGNMENT_DEFAULTS,
    ASSIGNMENT_KNOWN,
    RESOURCE_DEFAULTS,
    RESOURCE_KNOWN,
)
from projects.importers.mspdi_values import Record, instant, minutes, plain_number
from projects.importers.plan import (
    NONE,
    Availability,
    ImportedAssignment,
    ImportedResource,
    Interval,
    RatePeriod,
    ResourceKind,
)

OPEN_START = "1984-01-01"
OPEN_END = "2049-12-31"
"""The first and last day MS Project writes for a rate or availability without bounds."""
REMAINING_WORK, ACTUAL_WORK = "1", "2"
"""Kinds of time-phased data that show when the work is done."""


def resource(record: Record, calendars: set[int]) -> ImportedResource | None:
    """The resource of ``record``; None for blank rows and the nameless resource 0 that stands for "unassigned"."""
    uid = record.integer("UID")
    if record.flag("IsNull") or (uid == 0 and not record.text("Name").strip()):
        return None
    record.unread(RESOURCE_KNOWN, RESOURCE_DEFAULTS)
    for name in ("ExtendedAttribute", "OutlineCode"):
        for custom in record.children(name):
            reason = "holds values of a custom field, which are not imported"
            place = f"{name} {custom.plain('FieldID', 40)}".strip()
            record.warn("custom_field", place, reason, custom.text("Value"))
    calendar_uid = record.integer("CalendarUID", -1)
    kind = ResourceKind.MATERIAL if record.integer("Type", 1) == 0 else ResourceKind.WORK
    if record.flag("IsCostResource"):
        kind = ResourceKind.COST
    return ImportedResource(
        uid=uid,
        name=record.plain("Name") or f"Resource {uid}",
        kind=kind,
        initials=record.plain("Initials"),
        group=record.plain("Group"),
        email=record.plain("EmailAddress"),
        code=record.plain("Code"),
        max_units=record.number("MaxUnits", 1.0),
        calendar_uid=calendar_uid if calendar_uid in calendars else None,
        standard_rate=_rate(record, "StandardRate"),
        standard_rate_format=record.integer("StandardRateFormat", 2),
        overtime_rate=_rate(record, "OvertimeRate"),
        overtime_rate_format=record.integer("OvertimeRateFormat", 2),
        cost_per_use=record.cents("CostPerUse"),
        is_generic=record.flag("IsGeneric"),
        is_inactive=record.flag("IsInactive"),
        rates=tuple(_rate_period(rate) for rate in record.child("Rates").children("Rate")),
        availability=tuple(
            Availability(
                _bound(period, "AvailableFrom"),
                _bound(period, "AvailableTo"),
                period.number("AvailableUnits", 1.0),
            )
            for period in record.child("AvailabilityPeriods").children("AvailabilityPeriod")
        ),
        notes=record.text("Notes").strip(),
    )


def _rate(record: Record, name: str) -> str:
    """The rate as a plain decimal text: it is no amount yet, its unit stands in its format."""
    return plain_number(record.number(name))


def _rate_period(record: Record) -> RatePeriod:
    return RatePeriod(
        table=record.integer("RateTable"),
        starts=_bound(record, "RatesFrom"),
        ends=_bound(record, "RatesTo"),
        standard_rate=_rate(record, "StandardRate"),
        standard_format=record.integer("StandardRateFormat", 2),
        overtime_rate=_rate(record, "OvertimeRate"),
        overtime_format=record.integer("OvertimeRateFormat", 2),
        cost_per_use=record.cents("CostPerUse"),
    )


def _bound(record: Record, name: str) -> int:
    """The instant, or ``NONE`` for the sentinels that mean "no bound"."""
    return NONE if record.text(name)[:10] in (OPEN_START, OPEN_END) else record.instant(name)


def assignment(record: Record) -> ImportedAssignment:
    record.unread(ASSIGNMENT_KNOWN, ASSIGNMENT_DEFAULTS)
    for custom in record.children("ExtendedAttribute"):
        reason = "holds values of a custom field, which are not imported"
        place = f"ExtendedAttribute {custom.plain('FieldID', 40)}"
        record.warn("custom_field", place, reason, custom.text("Value"))
    resource_uid = record.integer("ResourceUID", -1)
    return ImportedAssignment(
        uid=record.integer("UID"),
        task_uid=record.integer("TaskUID", -1),
        resource_uid=resource_uid if resource_uid >= 0 else None,
        units=record.number("Units", 1.0),
        work=record.minutes("Work"),
        actual_work=record.minutes("ActualWork"),
        remaining_work=record.minutes("RemainingWork"),
        cost=record.cents("Cost"),
        actual_cost=record.cents("ActualCost"),
        start=record.instant("Start"),
        finish=record.instant("Finish"),
        delay=record.integer("Delay") // 10,
        contour=record.integer("WorkContour"),
        rate_table=record.integer("CostRateTable"),
    )


def work_pieces(record: Record) -> list[Interval]:
    """Wall-clock pieces ``(start, finish)`` in which the assignment's time-phased data holds work, ascending.

    A period of no work on working time (value zero) ends a piece; a period without a value is non-working time and
    does not.
    """
    periods = []
    for data in record.children("TimephasedData"):
        if data.text("Type").strip() not in (REMAINING_WORK, ACTUAL_WORK):
            continue
        start, finish = instant(data.text("Start").strip()), instant(data.text("Finish").strip())
        text = data.text("Value").strip()
        value = minutes(text) if text else None
        if start is not None and finish is not None and start < finish and value is not None:
            periods.append((start, finish, value))
    return _joined(periods)


def _joined(periods: list[tuple[int, int, int]]) -> list[Interval]:
    pieces: list[Interval] = []
    broken = True
    for start, finish, value in sorted(periods):
        if not value:
            broken = True
        elif broken:
            pieces.append((start, finish))
            broken = False
        else:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], finish))
    return pieces
