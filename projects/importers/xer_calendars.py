"""``CALENDAR`` rows to resolved calendars: the nested text of days, hours and exceptions, and what the base adds.

The text is a tree of ``(0||name(parameters)(children))``: ``DaysOfWeek`` holds the days 1 (Sunday) to 7 with their hours
``s|08:00|f|12:00``, ``Exceptions`` dated days ``d|serial`` (days since 1899-12-30) with hours of their own, or none.
A finish of 00:00 is the end of the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from projects.importers.calendar_layers import FIRST, LAST, Span, flattened, normalised
from projects.importers.plan import STANDARD_WEEK, Day, ImportedCalendar, Week
from projects.importers.xer_values import Row

SERIAL_ZERO = date(1899, 12, 30).toordinal()
MAX_SPANS = 61_000
MAX_LEVELS = 12
_OPEN = re.compile(r"\(0\|\|([^()]*)\(([^()]*)\)\(")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?(AM|PM)?", re.ASCII | re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """One ``(0||name(parameters)(children))``."""

    name: str
    parameters: str
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        return next((child for child in self.children if child.name == name), None)

    def values(self) -> dict[str, str]:
        """``s|08:00|f|12:00`` as a mapping."""
        parts = self.parameters.split("|")
        return dict(zip(parts[::2], parts[1::2], strict=False))


@dataclass(slots=True)
class RawCalendar:
    """A calendar as stated, before anything is inherited. ``days`` is None where no week is stated."""

    uid: int
    name: str
    base_uid: int
    is_default: bool
    is_base: bool
    row: Row
    days: dict[int, Day] | None = None
    """Weekday, Monday 0, to its hours."""
    exceptions: list[Span] = field(default_factory=list)
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    minutes_per_month: int = 9600


def tree(text: str) -> Node | None:
    """The tree of ``text``; None if it is no such tree."""
    text = "".join(text.replace("\x7f", " ").split())
    root = Node("", "")
    stack = [root]
    at = 0
    while at < len(text):
        match = _OPEN.match(text, at)
        if match:
            node = Node(match.group(1), match.group(2))
            stack[-1].children.append(node)
            stack.append(node)
            at = match.end()
        elif text.startswith("))", at) and len(stack) > 1:
            stack.pop()
            at += 2
        else:
            return None
        if len(stack) > MAX_LEVELS:
            return None
    return root.children[0] if len(stack) == 1 and len(root.children) == 1 else None


def raw(row: Row) -> RawCalendar:
    """The calendar of a row, without what it inherits."""
    uid = row.identity("clndr_id")
    day = row.minutes("day_hr_cnt", 480)
    calendar = RawCalendar(
        uid=uid,
        name=row.line_text("clndr_name", 200) or f"Calendar {uid}",
        base_uid=row.identity("base_clndr_id"),
        is_default=row.flag("default_flag"),
        is_base=row.code("clndr_type") != "CA_Rsrc",
        row=row,
        minutes_per_day=day if 0 < day <= 1440 else 480,
        minutes_per_week=row.minutes("week_hr_cnt", 2400),
        minutes_per_month=row.minutes("month_hr_cnt", 9600),
    )
    text = row.cells.pop("clndr_data", "")
    if not text.strip():
        return calendar
    found = tree(text)
    if found is None:
        row.warn("bad_value", "clndr_data", "can not be read; its hours are left out", calendar.name)
        return calendar
    week = found.child("DaysOfWeek")
    if week is not None:
        calendar.days = dict.fromkeys(range(7), ())
        for node in week.children:
            if node.name not in ("1", "2", "3", "4", "5", "6", "7"):
                row.warn("bad_value", "clndr_data", "names a day that is none; left out", node.name)
                continue
            calendar.days[(int(node.name) + 5) % 7] = _hours(row, node)
    exceptions = found.child("Exceptions")
    for node in exceptions.children if exceptions else ():
        _exception(row, node, calendar)
    return calendar


def resolved(calendars: list[RawCalendar]) -> tuple[ImportedCalendar, ...]:
    """All calendars with the exceptions of their bases; a calendar without a week of its own works as its base does,
    else Monday to Friday, 8 to 12 and 13 to 17."""
    by_uid = {calendar.uid: calendar for calendar in calendars}
    done = []
    for calendar in calendars:
        chain = [calendar]
        while (base := by_uid.get(chain[-1].base_uid)) is not None:
            if base in chain:
                calendar.row.error("calendar_circle", "base_clndr_id", "is based on itself", calendar.name)
                break
            chain.append(base)
        days = next((link.days for link in chain if link.days is not None), None)
        if days is None:
            reason = "states no week; Monday to Friday, 8 to 12 and 13 to 17"
            calendar.row.warn("no_weekday", "clndr_data", reason, calendar.name)
            days = dict(enumerate(STANDARD_WEEK))
        week: Week = (days[0], days[1], days[2], days[3], days[4], days[5], days[6])
        spans = [span for link in chain for span in link.exceptions]
        if not any(week) and not any(span.intervals for span in spans):
            calendar.row.warn("no_working_time", "clndr_data", "has no working time at all", calendar.name)
        base_uid = chain[1].uid if len(chain) > 1 else None
        done.append(
            ImportedCalendar(calendar.uid, calendar.name, week, flattened(spans), base_uid, calendar.is_base)
        )
    return tuple(done)


def _hours(row: Row, node: Node) -> Day:
    intervals = []
    for span in node.children:
        values = span.values()
        start, end = _clock(values.get("s", "")), _clock(values.get("f", ""))
        if start is not None and end == 0:
            end = 1440
        if start is None or end is None or start >= end:
            reason = "is no time span within a day; left out"
            row.warn("bad_value", "clndr_data", reason, span.parameters)
            continue
        intervals.append((start, end))
    return normalised(intervals)


def _exception(row: Row, node: Node, calendar: RawCalendar) -> None:
    serial = node.values().get("d", "")
    if not (serial.isascii() and serial.isdigit() and len(serial) < 7):
        row.warn("bad_value", "clndr_data", "is no day of an exception; left out", node.parameters)
        return
    ordinal = SERIAL_ZERO + int(serial)
    if not FIRST <= ordinal <= LAST:
        row.info("outside_years", "clndr_data", "lies outside 1984..2149; left out", calendar.name)
    elif len(calendar.exceptions) >= MAX_SPANS:
        reason = f"has more than {MAX_SPANS:,} exceptions; the later ones were left out"
        row.warn("calendar_too_long", "clndr_data", reason, calendar.name)
    else:
        calendar.exceptions.append(Span(ordinal, ordinal, _hours(row, node)))


def _clock(text: str) -> int | None:
    """Minutes after midnight of ``08:00``, also ``8:00AM``."""
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hour, minute, half = int(match.group(1)), int(match.group(2)), (match.group(3) or "").upper()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return hour * 60 + minute if hour <= 24 and minute < 60 and hour * 60 + minute <= 1440 else None
