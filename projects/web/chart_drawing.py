"""A Gantt as lines on paper: for each row what is drawn in it, as parts of the width of the time line and of the row's height.

Rows know nothing of pages, so that the paper may break between any two of them: a link is cut into one piece per row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format

from projects.selectors.chart_rows import GONE, MILESTONE, PROJECT, SUMMARY, Row
from tpm.lib.walltime import EPOCH, to_datetime

DAY = 1440
MIDDLE, TOP, BOTTOM = 0.42, 0.2, 0.64  # of a row: the bar's middle and edges, as on the page
GAP = 1.6  # mm that a link leaves before it turns
MOST_CROSSED = 60  # rows; a longer link is told by its two ends
_UNITS = (("week", 7, 7.0), ("month", 30.4, 6.5), ("quarter", 91.3, 8.0), ("year", 365.25, 0.0))


@dataclass(frozen=True)
class Window:
    """The time line: wall minutes from ``first`` to ``last`` over ``width`` millimetres."""

    first: int
    last: int
    width: float

    def at(self, minutes: int) -> float:
        """Return where an instant lies, 0 to 1 within the window."""
        return round((minutes - self.first) / (self.last - self.first), 5)

    @property
    def gap(self) -> float:
        return GAP / self.width


@dataclass
class Lines:
    """What is drawn in one row besides its bar: link pieces (x and y from 0 to 1; 1 if dashed, from another project, else 0) and
    arrow heads (x, y, towards)."""

    across: list[list[float]] = field(default_factory=list)
    down: list[list[float]] = field(default_factory=list)
    heads: list[list[Any]] = field(default_factory=list)


def window(
    rows: Iterable[Row], width: float, *, data_date: int | None, given: tuple[int, int] | None
) -> Window:
    """Return the time line of all that is drawn, with a little air, or the given one."""
    if given is not None and given[1] - given[0] >= DAY:
        return Window(*given, width)
    names = ("start", "finish", "baseline_start", "baseline_finish", "deadline")
    known = [value for row in rows for name in names if (value := row[name]) is not None]
    if data_date is not None:
        known.append(data_date)
    first, last = (min(known), max(known)) if known else (0, 30 * DAY)
    air = max(3 * DAY, (last - first) // 40)
    return Window(first - air, last + 3 * air, width)


def ticks(time: Window) -> list[dict[str, Any]]:
    """Return the header's cells: the unit that is wide enough to be named, as (x, text), and where a month or year begins."""
    per_day = time.width / ((time.last - time.first) / DAY)
    unit = next(name for name, days, least in _UNITS if per_day * days >= least)
    cells: list[dict[str, Any]] = []
    day = _first_of(unit, _date(time.first))
    while (at := _minutes(day)) < time.last:
        after = _next(unit, day)
        end = min(1.0, time.at(_minutes(after)))
        begin = max(0.0, time.at(at))
        if end - begin > 3 / time.width:
            cells.append(
                {
                    "x": begin,
                    "end": end,
                    "text": _name(unit, day),
                    "above": _above(unit, day, first=not cells),
                }
            )
        day = after
    return cells


def drawn(
    rows: Sequence[Row], links: dict[str, list[Any]], time: Window, *, named: bool = True
) -> list[dict[str, Any]]:
    """Return for each row what its cell shows, as the template takes it."""
    pieces = _routes(rows, links, time)
    return [_cell(row, pieces[at], time, named=named) for at, row in enumerate(rows)]


def _cell(row: Row, lines: Lines, time: Window, *, named: bool) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "kind": row.kind,
        "critical": bool(row["critical"]) and row.kind not in (PROJECT, GONE),
    }
    if lines.across or lines.down or lines.heads:
        cell |= {"across": lines.across, "down": lines.down, "heads": lines.heads}
    cell["bar"] = _span(time, row["start"], row["finish"])
    if row.kind == MILESTONE and cell["bar"]:
        cell["bar"] = [cell["bar"][1], cell["bar"][1]]
    cell["baseline"] = _span(time, row["baseline_start"] or row["baseline_finish"], row["baseline_finish"])
    cell["done"] = (row["percent"] or 0) / 100
    if (
        row.kind not in (PROJECT, SUMMARY, GONE)
        and row["actual_finish"] is None
        and (row["total_float"] or 0) > 0
    ):
        cell["float"] = _span(time, row["finish"], row["late_finish"])
    deadline = row["deadline"]
    if deadline is not None and 0 <= time.at(deadline) <= 1:
        cell["deadline"] = {
            "x": time.at(deadline),
            "missed": row["finish"] is not None and row["finish"] > deadline,
        }
    if named and cell["bar"]:
        text = day(row["finish"], ends=True) if row.kind == MILESTONE else row["who"] or row["owner"] or ""
        end = max(cell["bar"][1], (cell.get("float") or [0, 0])[1])
        if text and row.kind not in (PROJECT, SUMMARY) and end < 0.86:
            cell["label"] = {"x": end, "text": text if len(text) <= 28 else f"{text[:27]}…"}
    return cell


def _span(time: Window, start: int | None, finish: int | None) -> list[float] | None:
    if start is None or finish is None:
        return None
    left, right = time.at(start), time.at(finish)
    return None if right < 0 or left > 1 else [max(0.0, left), min(1.0, right)]


def _routes(rows: Sequence[Row], links: dict[str, list[Any]], time: Window) -> list[Lines]:
    """Cut every link between two rows into what it draws in each row."""
    place = {row.key: at for at, row in enumerate(rows)}
    pieces = [Lines() for _ in rows]
    for pred, succ, kind in zip(links["pred"], links["succ"], links["kind"], strict=True):
        a, b = place.get(str(pred)), place.get(str(succ))
        if a is None or b is None or rows[a]["start"] is None or rows[b]["start"] is None:
            continue
        out = rows[a]["finish" if kind[0] == "F" else "start"]
        into = rows[b]["finish" if kind[1] == "F" else "start"]
        x1, x2 = time.at(out), time.at(into)
        if max(x1, x2) < 0 or min(x1, x2) > 1:
            continue
        crossing = int(rows[a]["project"] != rows[b]["project"])
        _route(_Pen(pieces, crossing), a, b, kind, x1, x2, time.gap)
    return pieces


def _route(pen: "_Pen", a: int, b: int, kind: str, x1: float, x2: float, gap: float) -> None:
    leaves = 1 if kind[0] == "F" else -1
    enters = -1 if kind[1] == "S" else 1  # the side of the successor on which the arrow stands
    turn = _beside(x1, leaves * gap)
    before = _beside(x2, enters * gap)
    head = "right" if enters < 0 else "left"
    if leaves == enters:  # SS, FF: one bow beside both
        turn = _beside(min(x1, x2) if leaves < 0 else max(x1, x2), leaves * gap)
    elif kind == "FS" and -gap / 8 <= x2 - x1 < 2 * gap:  # close behind: from above (or below) into the bar
        drop = max(x1, x2 + min(gap / 3, 0.003))
        edge = TOP if b > a else BOTTOM
        pen.across(a, MIDDLE, x1, drop)
        pen.down(drop, a, MIDDLE, b, edge)
        pen.head(b, drop, edge, "down" if b > a else "up")
        return
    elif (before - turn) * leaves < 0:  # the successor lies back: around it, along the edge of its row
        edge = 0.06 if b > a else 0.94
        pen.across(a, MIDDLE, x1, turn)
        pen.down(turn, a, MIDDLE, b, edge)
        pen.across(b, edge, turn, before)
        pen.down(before, b, edge, b, MIDDLE)
        pen.across(b, MIDDLE, before, x2)
        pen.head(b, x2, MIDDLE, head)
        return
    pen.across(a, MIDDLE, x1, turn)
    pen.down(turn, a, MIDDLE, b, MIDDLE)
    pen.across(b, MIDDLE, turn, x2)
    pen.head(b, x2, MIDDLE, head)


def _beside(x: float, by: float) -> float:
    """Return ``x`` moved by a gap, but not off the sheet where ``x`` is on it."""
    return min(1.0, max(0.0, x + by)) if 0 <= x <= 1 else x + by


@dataclass(frozen=True)
class _Pen:
    """Draws a link into the rows that it crosses, and nothing beside the time line."""

    rows: list[Lines]
    dashed: int

    def across(self, row: int, y: float, x1: float, x2: float) -> None:
        left, right = max(0.0, min(x1, x2)), min(1.0, max(x1, x2))
        if left < right:
            self.rows[row].across.append([y, round(left, 5), round(right, 5), self.dashed])

    def head(self, row: int, x: float, y: float, towards: str) -> None:
        if 0 <= x <= 1:
            self.rows[row].heads.append([round(x, 5), y, towards])

    def down(self, x: float, a: int, y1: float, b: int, y2: float) -> None:
        if not 0 <= x <= 1:
            return
        x = round(x, 5)
        if a == b:
            self.rows[a].down.append([x, min(y1, y2), max(y1, y2), self.dashed])
            return
        forward = b > a
        self.rows[a].down.append([x, y1 if forward else 0.0, 1.0 if forward else y1, self.dashed])
        self.rows[b].down.append([x, 0.0 if forward else y2, y2 if forward else 1.0, self.dashed])
        if abs(b - a) <= MOST_CROSSED:
            for between in range(min(a, b) + 1, max(a, b)):
                self.rows[between].down.append([x, 0.0, 1.0, self.dashed])


def day(minutes: int | None, *, ends: bool = False) -> str:
    """Return the day of an instant; a finish at midnight belongs to the day before."""
    at = to_datetime(minutes)
    if at is None:
        return ""
    if ends and at.hour == at.minute == 0:
        at -= timedelta(minutes=1)
    return str(date_format(at, "j M y"))


def _date(minutes: int) -> date:
    return (EPOCH + timedelta(minutes=minutes)).date()


def _minutes(day: date) -> int:
    return (datetime(day.year, day.month, day.day) - EPOCH) // timedelta(minutes=1)


def _first_of(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[unit]
    return date(day.year, month, 1)


def _next(unit: str, day: date) -> date:
    if unit == "week":
        return day + timedelta(days=7)
    month = day.month - 1 + {"month": 1, "quarter": 3, "year": 12}[unit]
    return date(day.year + month // 12, month % 12 + 1, 1)


def _name(unit: str, day: date) -> str:
    if unit == "quarter":
        return f"Q{(day.month - 1) // 3 + 1}"
    return str(date_format(day, {"week": "j", "month": "M", "year": "Y"}[unit]))


def _above(unit: str, day: date, *, first: bool) -> str:
    """Return what stands in the upper line over this cell, where a new one begins."""
    if unit == "week":
        return str(date_format(day, "F Y")) if first or day.day <= 7 else ""
    return str(day.year) if unit != "year" and (first or day.month == 1) else ""
