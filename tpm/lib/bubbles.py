"""A bubble chart as SVG text: two figures as a place, a third as a size, a rating as a colour and a sign."""

import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tpm.lib.charts import Chart, table
from tpm.lib.drawing import Canvas, coordinate, nice_ticks

SIGNS = {"ok": "●", "watch": "▲", "bad": "■", "none": "○"}
SMALLEST, LARGEST = 12.0, 34.0
LETTER, LINE = 6.1, 13.0
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 74.0, 24.0, 22.0, 46.0


@dataclass(frozen=True)
class Bubble:
    """One bubble.

    :ivar size: what the area stands for, not negative. :ivar tone: ok, watch, bad or none.
    :ivar words: the figures in words, for screen readers and on hover. :ivar cells: its row in the table beside, after the name.
    """

    name: str
    x: float
    y: float
    size: float
    tone: str
    url: str
    words: str
    cells: tuple[str, ...]


Box = tuple[float, float, float, float]


def bubbles(
    *,
    title: str,
    points: Sequence[Bubble],
    x_label: str,
    y_label: str,
    head: Sequence[str],
    x_text: Callable[[float], str],
    y_text: Callable[[float], str],
    corner: str = "",
    desc: str = "",
    width: int = 960,
    height: int = 440,
) -> Chart:
    """Draw bubbles over two axes that cross at zero; larger ones lie behind smaller ones, names do not cover each other.

    A name that finds no room is left out of the drawing; it is in the bubble's own words and in the table.

    :param head: heads of the table's columns, the first for the names. :param corner: what the corner of late and negative
        is called: its ground is marked.
    """
    canvas = Canvas(width, height, standalone=False)
    xs, ys = nice_ticks([one.x for one in points], 7), nice_ticks([one.y for one in points], 6)
    left, right = MARGIN_LEFT, width - MARGIN_RIGHT
    top, bottom = MARGIN_TOP, height - MARGIN_BOTTOM

    def x(value: float) -> float:
        return left + LARGEST / 2 + (right - left - LARGEST) * (value - xs[0]) / (xs[-1] - xs[0])

    def y(value: float) -> float:
        return bottom - LARGEST / 2 - (bottom - top - LARGEST) * (value - ys[0]) / (ys[-1] - ys[0])

    if corner:
        canvas.rect(x(0), y(0), right - x(0), bottom - y(0), "c-corner")
        canvas.text(right - 8, bottom - 8, corner, "c-corner-label", anchor="end")
    for tick in xs:
        canvas.line(x(tick), top, x(tick), bottom, "c-axis" if tick == 0 else "c-grid")
        canvas.text(x(tick), bottom + 16, x_text(tick), anchor="middle")
    for tick in ys:
        canvas.line(left, y(tick), right, y(tick), "c-axis" if tick == 0 else "c-grid")
        canvas.text(left - 8, y(tick) + 4, y_text(tick), anchor="end")
    canvas.text((left + right) / 2, height - 8, x_label, anchor="middle")
    canvas.text(8, 12, y_label)

    largest = max((one.size for one in points), default=0.0) or 1.0
    placed = [(one, x(one.x), y(one.y), _radius(one.size, largest)) for one in points]
    placed.sort(key=lambda item: -item[3])
    for one, at_x, at_y, radius in placed:
        canvas.marks.append(_mark(one, at_x, at_y, radius))
    taken = [_square(at_x, at_y, radius) for _one, at_x, at_y, radius in placed]
    for one, at_x, at_y, radius in placed:
        room = _room(one.name, at_x, at_y, radius, taken, (left, top, right, bottom))
        if room is not None:
            taken.append(room)
            canvas.text(room[0], room[3] - 3, one.name, "c-label")
    svg = canvas.svg(title, desc, "c-bubbles")
    svg = svg.replace('role="img"', 'role="group"', 1)  # an image may not hold links
    return Chart(svg, table(title, list(head), [(one.name, *one.cells) for one in points]))


def _radius(size: float, largest: float) -> float:
    """The area grows with the size, from the smallest that a finger hits."""
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(max(size, 0.0) / largest)


def _mark(one: Bubble, at_x: float, at_y: float, radius: float) -> str:
    spoken = html.escape(f"{one.name}: {one.words}")
    return (
        f'<a href="{html.escape(one.url)}" aria-label="{spoken}"><title>{spoken}</title>'
        f'<circle cx="{coordinate(at_x)}" cy="{coordinate(at_y)}" r="{coordinate(radius)}" class="c-bubble c-{one.tone}"/>'
        f'<text x="{coordinate(at_x)}" y="{coordinate(at_y + 4)}" font-size="11" text-anchor="middle" class="c-sign" aria-hidden="true">'
        f"{SIGNS[one.tone]}</text></a>"
    )


def _square(at_x: float, at_y: float, radius: float) -> Box:
    return (at_x - radius, at_y - radius, at_x + radius, at_y + radius)


def _room(name: str, at_x: float, at_y: float, radius: float, taken: Sequence[Box], frame: Box) -> Box | None:
    """The first place beside a bubble where its name covers nothing: right, left, above, below, then the corners."""
    wide, near = len(name) * LETTER, radius + 4
    half = LINE / 2
    starts = (
        (at_x + near, at_y - half), (at_x - near - wide, at_y - half), (at_x - wide / 2, at_y - near - LINE),
        (at_x - wide / 2, at_y + near), (at_x + radius * 0.7 + 3, at_y - radius * 0.7 - LINE),
        (at_x + radius * 0.7 + 3, at_y + radius * 0.7), (at_x - radius * 0.7 - 3 - wide, at_y - radius * 0.7 - LINE),
        (at_x - radius * 0.7 - 3 - wide, at_y + radius * 0.7),
    )  # fmt: skip
    for start_x, start_y in starts:
        box = (start_x, start_y, start_x + wide, start_y + LINE)
        inside = box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
        if inside and not any(_meet(box, other) for other in taken):
            return box
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
