"""Milestone trend analysis as SVG text: how the expected date of each milestone moved from report to report.

Across: the data dates at which was reported. Up: the date that was expected then. A level line is on time, a rising one slips; a
milestone is reached where its line meets the diagonal. After H. Schelle, "Projekte zum Erfolg führen" (the German MTA).
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tpm.lib.charts import Chart, table
from tpm.lib.drawing import Canvas, coordinate, spread
from tpm.lib.road_map import next_quarter

WIDTH, HEIGHT = 960.0, 430.0
LEFT, RIGHT, TOP, BOTTOM = 76.0, 250.0, 16.0, 40.0
Place = Callable[[date], float]
DASHES = ("", "7 3", "2 3", "9 3 2 3")


@dataclass(frozen=True)
class Trace:
    """One milestone: its expected date at each data date (None where it was not known), and whether it is reached."""

    name: str
    dates: Sequence[date | None]
    tone: str = "none"
    said: str = ""
    url: str = ""
    is_done: bool = False


def trend(
    *, title: str, desc: str, reported: Sequence[date], traces: Sequence[Trace], day_label: Sequence[str],
    diagonal: str, head: Sequence[str], rows: Sequence[Sequence[str]],
) -> Chart:  # fmt: skip
    """Draw the traces.

    :param reported: the data dates, ascending, at least one. :param day_label: how each of them is called.
    :raises ValueError: if there is none, or a trace has another length.
    """
    if not reported or any(len(one.dates) != len(reported) for one in traces):
        raise ValueError("each trace needs one date for each report, and there must be a report")
    known = [day for one in traces for day in one.dates if day] or [reported[-1]]
    low, high = min(*known, reported[0]).replace(day=1), max(*known, reported[-1]) + timedelta(days=10)
    canvas = Canvas(WIDTH, HEIGHT, standalone=False)
    first, last = reported[0], max(reported[-1], reported[0] + timedelta(days=7))

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days

    def y(day: date) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (day - low).days / (high - low).days

    _grid(canvas, x, y, low, high, reported, day_label)
    begin, end = max(first, low), min(last, high)
    if begin < end:
        canvas.line(x(begin), y(begin), x(end), y(end), "c-diagonal")
        middle = begin + (end - begin) * 0.55
        canvas.text(x(middle) + 8, y(middle) + 16, diagonal)
    ends = []
    for index, one in enumerate(traces):
        ends.append(_trace(canvas, one, index, reported, x, y))
    heights = spread([at[1] for at in ends], gap=17, low=TOP + 6, high=HEIGHT - BOTTOM)
    for one, (left, level), height in zip(traces, ends, heights, strict=True):
        _label(canvas, one, left, level, height)
    svg = canvas.svg(title, desc, "c-trend").replace('role="img"', 'role="group"', 1)
    return Chart(svg, table(title, head, rows))


def _grid(
    canvas: Canvas,
    x: Place,
    y: Place,
    low: date,
    high: date,
    reported: Sequence[date],
    labels: Sequence[str],
) -> None:
    months = (high.year - low.year) * 12 + high.month - low.month
    at = low
    while at <= high:
        canvas.line(LEFT, y(at), WIDTH - RIGHT, y(at), "c-grid")
        canvas.text(LEFT - 8, y(at) + 4, f"{at:%m/%Y}", anchor="end")
        at = next_quarter(at) if months > 12 else date(at.year + at.month // 12, at.month % 12 + 1, 1)
    every = max(1, -(-len(reported) * 62 // int(WIDTH - LEFT - RIGHT)))
    for index, day in enumerate(reported):
        if (len(reported) - 1 - index) % every == 0:
            canvas.line(x(day), HEIGHT - BOTTOM, x(day), HEIGHT - BOTTOM + 4, "c-axis")
            canvas.text(x(day), HEIGHT - BOTTOM + 18, labels[index], anchor="middle")
    canvas.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "c-axis")
    canvas.line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "c-axis")


def _trace(
    canvas: Canvas, one: Trace, index: int, reported: Sequence[date], x: Place, y: Place
) -> tuple[float, float]:
    """Draw the line; returns where it ends."""
    points = [(x(day), y(at)) for day, at in zip(reported, one.dates, strict=True) if at]
    if not points:
        return WIDTH - RIGHT, HEIGHT - BOTTOM
    d = "M" + " L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in points)
    dash = f' stroke-dasharray="{DASHES[index % 4]}"' if index % 4 else ""
    canvas.marks.append(f'<path d="{d}" class="c-trace c-{one.tone}"{dash}/>')
    for a, b in points:
        canvas.marks.append(
            f'<circle cx="{coordinate(a)}" cy="{coordinate(b)}" r="2.5" class="c-point c-{one.tone}"/>'
        )
    return points[-1]


def _label(canvas: Canvas, one: Trace, left: float, level: float, height: float) -> None:
    at = WIDTH - RIGHT + 26
    canvas.marks.append(
        f'<path d="M{coordinate(left + 4)} {coordinate(level)} L{coordinate(WIDTH - RIGHT + 6)} {coordinate(level)} L{coordinate(at - 4)} {coordinate(height)}" class="c-leader"/>'
    )
    mark = "✓ " if one.is_done else ""
    room = 34 - len(one.said)
    name = one.name if len(one.name) <= room else one.name[: room - 1].rstrip() + "…"
    text = (
        f'<text x="{coordinate(at)}" y="{coordinate(height + 4)}" font-size="11" class="c-value">{html.escape(mark + name)} '
        f'<tspan class="c-said c-{one.tone}">{html.escape(one.said)}</tspan></text>'
    )
    canvas.marks.append(f'<a href="{html.escape(one.url)}">{text}</a>' if one.url else text)
