"""``Calendar`` records to resolved calendars: inherited days, dated and recurring exceptions, work weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from projects.importers.calendar_layers import FIRST, LAST, Span, clipped, flattened, normalised
from projects.importers.mspdi_values import Record, clock
from projects.importers.plan import NONE, STANDARD_DAY, STANDARD_WEEK, Day, ImportedCalendar, Week
from projects.importers.portfolio import EPOCH
from projects.importers.recurrences import Pattern, Recurrence

MAX_SPANS = 61_000
KNOWN = frozenset(
    {
        "UID",
        "GUID",
        "Name",
        "IsBaseCalendar",
        "IsBaselineCalendar",
        "BaseCalendarUID",
        "WeekDays",
        "Exceptions",
        "WorkWeeks",
    }
)
_DATED = 0


@dataclass(slots=True)
class RawCalendar:
    """One record as read: the days it states itself and its dated rules, before anything is inherited."""

    uid: int
    name: str
    base_uid: int
    is_base: bool
    record: Record
    days: dict[int, Day] = field(default_factory=dict)
    """Weekday, Monday 0, to its hours."""
    exceptions: list[Span] = field(default_factory=list)
    work_weeks: list[Span] = field(default_factory=list)


def raw(record: Record) -> RawCalendar:
    """The calendar of ``record``. Old files repeat every exception as dated week days; those add only what is new."""
    record.unread(KNOWN, {})
    uid = record.integer("UID")
    calendar = RawCalendar(
        uid=uid,
        name=record.plain("Name") or f"Calendar {uid}",
        base_uid=record.integer("BaseCalendarUID", -1),
        is_base=record.flag("IsBaseCalendar", default=True),
        record=record,
    )
    dated: list[Span] = []
    for day in record.child("WeekDays").children("WeekDay"):
        kind = day.integer("DayType", -1)
        if kind == _DATED:
            dated += _spans(day, Recurrence(Pattern.DAILY, date.min, date.max), "")
        elif 1 <= kind <= 7:
            calendar.days[(kind + 5) % 7] = _hours(day)
        else:
            day.warn("bad_value", "DayType", "is no day of the week; left out", str(kind))
    for exception in record.child("Exceptions").children("Exception"):
        calendar.exceptions += _exception(exception)
    calendar.exceptions += dated
    for week in record.child("WorkWeeks").children("WorkWeek"):
        calendar.work_weeks += _work_week(week)
    for spans in (calendar.exceptions, calendar.work_weeks):
        if len(spans) > MAX_SPANS:
            record.warn(
                "calendar_too_long",
                "",
                f"has more than {MAX_SPANS:,} dated rules; the later ones were left out",
            )
            del spans[MAX_SPANS:]
    return calendar


def resolved(calendars: list[RawCalendar]) -> tuple[ImportedCalendar, ...]:
    """All calendars with what they inherit. A base that is missing or circular counts as the standard week."""
    by_uid = {calendar.uid: calendar for calendar in calendars}
    done: list[ImportedCalendar] = []
    for calendar in calendars:
        chain = [calendar]
        while (base := by_uid.get(chain[-1].base_uid)) is not None:
            if base in chain:
                calendar.record.error(
                    "calendar_circle", "BaseCalendarUID", "is based on itself", calendar.name
                )
                break
            chain.append(base)
        days = dict(enumerate(STANDARD_WEEK))
        for link in reversed(chain):
            days.update(link.days)
        spans = [span for link in chain for span in link.exceptions]
        spans += [span for link in chain for span in link.work_weeks]
        week: Week = (days[0], days[1], days[2], days[3], days[4], days[5], days[6])
        base_uid = chain[1].uid if len(chain) > 1 else None
        done.append(
            ImportedCalendar(calendar.uid, calendar.name, week, flattened(spans), base_uid, calendar.is_base)
        )
        if not any(week) and not any(span.intervals for span in spans):
            calendar.record.warn("no_working_time", "", "has no working time at all", calendar.name)
    return tuple(done)


def _hours(record: Record) -> Day:
    """Working intervals; a working day that states none has the standard hours."""
    if not record.flag("DayWorking"):
        return ()
    stated = list(record.child("WorkingTimes").children("WorkingTime"))
    intervals = []
    for time in stated:
        if not time.text("FromTime") and not time.text("ToTime"):
            continue
        start, end = clock(time.text("FromTime")), clock(time.text("ToTime"))
        if start is not None and end == 0:
            end = 1440
        if start is None or end is None or start >= end:
            value = f"{time.text('FromTime')}..{time.text('ToTime')}"
            time.warn("bad_value", "FromTime", "is no time span within a day; left out", value)
            continue
        intervals.append((start, end))
    return normalised(intervals) if intervals else STANDARD_DAY


def _period(record: Record) -> tuple[int, int] | None:
    """First and last day (ordinals) of the record's ``TimePeriod``."""
    period = record.child("TimePeriod")
    start, end = period.instant("FromDate"), period.instant("ToDate")
    if start == NONE or end == NONE or end < start:
        record.warn("no_period", "TimePeriod", "has no readable period; left out", record.plain("Name"))
        return None
    epoch = EPOCH.toordinal()
    return epoch + start // 1440, epoch + end // 1440


def _exception(record: Record) -> list[Span]:
    kind = record.integer("Type", 1)
    pattern = Pattern(kind) if kind in Pattern._value2member_map_ else Pattern.DAILY
    if pattern is Pattern.WEEKDAY_COUNT:
        record.info(
            "approximated",
            "Type",
            "every n-th workday is expanded over Monday to Friday",
            record.plain("Name"),
        )
    rule = Recurrence(
        pattern=pattern,
        first=date.min,
        last=date.max,
        occurrences=record.integer("Occurrences") if record.flag("EnteredByOccurrences") else 0,
        period=record.integer("Period", 1),
        days_of_week=record.integer("DaysOfWeek"),
        item=record.integer("MonthItem"),
        position=record.integer("MonthPosition"),
        month=record.integer("Month"),
        month_day=record.integer("MonthDay", 1),
    )
    return _spans(record, rule, record.plain("Name"))


def _spans(record: Record, rule: Recurrence, name: str) -> list[Span]:
    period = _period(record)
    if period is None:
        return []
    hours = _hours(record)
    first, last = max(period[0], FIRST), min(period[1], LAST)
    if first > last:
        record.info("outside_years", "TimePeriod", "lies outside 1984..2149; left out", name)
        return []
    if rule.pattern is Pattern.DAILY and rule.period <= 1:
        return [Span(first, last, hours, name)]
    days = Recurrence(
        rule.pattern,
        date.fromordinal(first),
        date.fromordinal(last),
        rule.occurrences,
        rule.period,
        rule.days_of_week,
        rule.item,
        rule.position,
        rule.month,
        rule.month_day,
    ).days()
    if not days:
        record.warn("no_days", "Type", "falls on no day; left out", name)
    return [Span(day.toordinal(), day.toordinal(), hours, name) for day in days]


def _work_week(record: Record) -> list[Span]:
    """The weekdays that the work week redefines, day by day within its period."""
    period = _period(record)
    if period is None:
        return []
    name = record.plain("Name")
    # The published structure lists the days directly; MS Project writes them inside a WeekDays element.
    stated = [*record.child("WeekDays").children("WeekDay"), *record.children("WeekDay")]
    days = {
        (day.integer("DayType") + 5) % 7: _hours(day) for day in stated if 1 <= day.integer("DayType") <= 7
    }
    if len(days) == 7 and len(set(days.values())) == 1:
        whole = clipped(*period, days[0], name)
        return [whole] if whole else []
    first, last = max(period[0], FIRST), min(period[1], LAST)
    return [
        Span(ordinal, ordinal, days[weekday], name)
        for ordinal in range(first, last + 1)
        if (weekday := (ordinal + 6) % 7) in days
    ]
