"""A road map as SVG text: lanes over quarters, each with a bar, the baseline as its shadow, milestones, and what it slips.

Plain functions, as in ``tpm/lib/charts.py``: dates in, drawing and the same as a table out.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tpm.lib.charts import Chart, table
from tpm.lib.drawing import Canvas, coordinate

LABEL, LANE, HEAD, TOP, RIGHT = 230.0, 38.0, 30.0, 44.0, 84.0
QUARTER_W = 106.0


@dataclass(frozen=True)
class Diamond:
    """A milestone on a lane; with ``letter`` in it something that is more than a milestone (a gate), which ``url`` leads to."""

    on: date
    name: str
    baseline: date | None = None
    is_done: bool = False
    is_critical: bool = False
    letter: str = ""
    url: str = ""


@dataclass(frozen=True)
class Lane:
    """A line of the map. A heading has no bar but may have a period. ``tone`` is ok, watch, bad or none; ``said`` stands behind
    the bar (``+4 wd``), ``name`` says all of it in words."""

    label: str
    sub: str = ""
    url: str = ""
    is_heading: bool = False
    start: date | None = None
    finish: date | None = None
    baseline_start: date | None = None
    baseline_finish: date | None = None
    share: float | None = None
    tone: str = "none"
    said: str = ""
    name: str = ""
    marks: Sequence[Diamond] = field(default_factory=tuple)


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(day: date, count: int = 1) -> date:
    at = day.year * 4 + (day.month - 1) // 3 + count
    return date(at // 4, at % 4 * 3 + 1, 1)


def road_map(
    *, title: str, desc: str, lanes: Sequence[Lane], first: date, last: date, quarter: str, head: Sequence[str],
    rows: Sequence[Sequence[str]], now: date | None = None, now_label: str = "",
) -> Chart:  # fmt: skip
    """Draw the lanes from the quarter of ``first`` to that of ``last``.

    :param quarter: how a quarter is called, with ``{n}`` and ``{year}``. :param now: the data date.
    """
    begin, end = quarter_start(first), next_quarter(quarter_start(max(first, last)))
    quarters = []
    at = begin
    while at < end:
        quarters.append(at)
        at = next_quarter(at)
    wide = max(QUARTER_W * len(quarters), 620.0)
    height = TOP + sum(HEAD if lane.is_heading else LANE for lane in lanes) + 8
    canvas = Canvas(LABEL + wide + RIGHT, height, standalone=False)
    days = (end - begin).days

    def x(day: date) -> float:
        return LABEL + wide * min(max((day - begin).days / days, 0.0), 1.0)

    for at in quarters:
        canvas.line(x(at), TOP - 18, x(at), height, "c-grid")
        label = quarter.format(n=(at.month - 1) // 3 + 1, year=at.year)
        canvas.text(x(at) + 6, TOP - 10, label, "c-label" if at.month == 1 else "")
    canvas.line(x(end), TOP - 18, x(end), height, "c-grid")
    y = TOP
    for lane in lanes:
        _lane(canvas, lane, x, y, begin, end)
        y += HEAD if lane.is_heading else LANE
    if now and begin <= now < end:
        canvas.line(x(now), TOP - 18, x(now), height, "c-now")
        canvas.text(x(now), TOP - 28, now_label, "c-now-label", anchor="middle")
    svg = canvas.svg(title, desc, "c-map").replace('role="img"', 'role="group"', 1)
    return Chart(svg, table(title, head, rows))


def _lane(canvas: Canvas, lane: Lane, x: Callable[[date], float], y: float, begin: date, end: date) -> None:
    if lane.is_heading:
        canvas.rect(0, y, canvas.width, HEAD, "c-band")
        _linked(
            canvas,
            lane,
            f'<text x="8" y="{coordinate(y + 19)}" font-size="12" class="c-title">{html.escape(_short(lane.label, 90))}</text>',
        )
        if lane.start and lane.finish:
            canvas.rect(
                x(lane.start), y + HEAD - 5, x(lane.finish) - x(lane.start), 3, "c-period", name=lane.name
            )
        _diamonds(canvas, lane, x, y + HEAD / 2, begin, end)
        return
    canvas.line(0, y + LANE, canvas.width, y + LANE, "c-grid")
    sub = (
        f'<text x="8" y="{coordinate(y + 31)}" font-size="10.5">{html.escape(_short(lane.sub, 38))}</text>'
        if lane.sub
        else ""
    )
    _linked(
        canvas, lane,
        f'<text x="8" y="{coordinate(y + 17)}" font-size="12" class="c-value">{html.escape(_short(lane.label, 34))}</text>{sub}',
    )  # fmt: skip
    if lane.baseline_start and lane.baseline_finish:
        width = max(x(lane.baseline_finish) - x(lane.baseline_start), 2)
        canvas.rect(x(lane.baseline_start), y + 26, width, 5, "c-shadow", radius=2)
    if lane.start and lane.finish and lane.finish >= begin and lane.start < end:
        left, width = x(lane.start), max(x(lane.finish) - x(lane.start), 3)
        canvas.rect(left, y + 8, width, 14, f"c-bar c-{lane.tone}", name=lane.name, radius=3)
        if lane.share:
            canvas.rect(left, y + 13.5, width * min(lane.share, 1.0), 3, "c-done", radius=1)
        if lane.said:
            canvas.text(left + width + 8, y + 19, lane.said, "c-value")
    _diamonds(canvas, lane, x, y + 15, begin, end)


def _diamonds(
    canvas: Canvas, lane: Lane, x: Callable[[date], float], y: float, begin: date, end: date
) -> None:
    for mark in lane.marks:
        if begin <= mark.on < end:
            _diamond(canvas, x(mark.on), y, mark)


def _linked(canvas: Canvas, lane: Lane, body: str) -> None:
    canvas.marks.append(f'<a href="{html.escape(lane.url)}">{body}</a>' if lane.url else body)


def _diamond(canvas: Canvas, x: float, y: float, mark: Diamond) -> None:
    size = 8.5 if mark.letter else 5.5
    points = " ".join(
        f"{coordinate(x + dx)},{coordinate(y + dy)}"
        for dx, dy in ((0, -size), (size, 0), (0, size), (-size, 0))
    )
    look = "c-diamond" + (" c-done" if mark.is_done else " c-critical" if mark.is_critical else "")
    drawn = f'<polygon points="{points}" class="{look}"><title>{html.escape(mark.name)}</title></polygon>'
    if mark.url:
        drawn = f'<a href="{html.escape(mark.url)}" aria-label="{html.escape(mark.name)}">{drawn}</a>'
    if mark.letter:  # beside the link: its name is in words
        drawn += (
            f'<text x="{coordinate(x)}" y="{coordinate(y + 3.4)}" font-size="9.5" text-anchor="middle" class="c-letter"'
            f' aria-hidden="true">{html.escape(mark.letter)}</text>'
        )
    canvas.marks.append(drawn)


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
