"""Small accessible charts as SVG text: lines, bars, sparkline, heat map.

Plain functions: numbers in, ``Chart`` out. Nothing here knows a request, a clock or a model.

Marks carry classes, and ``static/css/components/charts.css`` gives them colour: dark theme and paper need no second
drawing, and a strict content security policy needs no style attribute. For a PDF there is no stylesheet:
``standalone=True`` writes the light colours as presentation attributes instead. Every chart has a title, a description
and a twin as a table, so that it can be read without being seen. Missing values (None, NaN) leave a gap.
"""

import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tpm.lib.drawing import Canvas, Number, decimals_of, figure, nice_ticks, runs, spread, value_of

ROLES = ("plan", "earned", "actual", "forecast", "approved", "series")
TONES = ("ok", "watch", "bad")


@dataclass(frozen=True)
class Series:
    """One line: its name, one value for each label, and a role that chooses the look (see ``ROLES``)."""

    name: str
    values: Sequence[Number]
    role: str = "series"


@dataclass(frozen=True)
class Chart:
    """A drawn chart and the same figures as an HTML table."""

    svg: str
    table: str
    legend: str = ""


# --- the charts --------------------------------------------------------------------------------------------------


def line(
    *,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    desc: str = "",
    unit: str = "",
    decimals: int = 0,
    now: float | None = None,
    now_label: str = "",
    standalone: bool = False,
    width: int = 520,
    height: int = 250,
) -> Chart:
    """Draw lines over equal steps (an S-curve, a trend).

    :param labels: names of the steps, at least one; each series has one value for each of them.
    :param now: position of the data date in steps, fractions allowed.
    :raises ValueError: if there is no label, or a series has another length.
    """
    if not labels or any(len(one.values) != len(labels) for one in series):
        raise ValueError("each series needs one value for each label, and there must be a label")
    canvas = Canvas(width, height, standalone)
    ticks = nice_ticks([value_of(v) for one in series for v in one.values])
    tick_decimals = decimals_of(ticks)
    texts = [figure(tick, tick_decimals) for tick in ticks]
    left, right, top, bottom = 14 + 6.4 * max(map(len, texts)), 118.0, 24.0, 26.0
    step = (width - left - right) / max(len(labels) - 1, 1)

    def x(at: float) -> float:
        return left + at * step

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - (value - ticks[0]) / (ticks[-1] - ticks[0]))

    for tick, text in zip(ticks, texts, strict=True):
        canvas.line(left, y(tick), width - right, y(tick), "c-axis" if tick == 0 else "c-grid")
        canvas.text(left - 6, y(tick) + 4, text, anchor="end")
    if unit:
        canvas.text(4, 12, unit)
    every = max(1, math.ceil(len(labels) * 6.4 * max(map(len, labels)) / (width - left - right)))
    for at, label in enumerate(labels):
        if at % every == 0:
            canvas.text(x(at), height - 8, label, anchor="middle")
    if now is not None:
        canvas.line(x(now), top - 6, x(now), height - bottom, "c-now")
        canvas.text(x(now), top - 10, now_label or _("data date"), "c-now-label", anchor="middle")
    ends: list[tuple[float, str, str]] = []
    for one in series:
        values = [value_of(v) for v in one.values]
        canvas.path(runs([(x(i), y(v)) if v is not None else None for i, v in enumerate(values)]), one.role)
        known = [i for i, v in enumerate(values) if v is not None]
        if known:
            last = values[known[-1]]
            assert last is not None
            text = f"{one.name}: {labels[known[-1]]} {figure(last, decimals)} {unit}".rstrip()
            canvas.dot(x(known[-1]), y(last), one.role, name=text)
            ends.append((y(last), one.name, one.role))
    places = spread([end for end, _name, _role in ends], gap=14, low=top, high=height - bottom)
    for place, (_end, name, role) in zip(places, ends, strict=True):
        canvas.line(width - right + 8, place, width - right + 20, place, f"c-line c-{role}")
        canvas.text(width - right + 25, place + 4, name, "c-label", size=10.5)
    return Chart(canvas.svg(title, desc), _line_table(title, labels, series, decimals, unit))


def bar(
    *,
    title: str,
    labels: Sequence[str],
    values: Sequence[Number],
    tones: Sequence[str] = (),
    desc: str = "",
    unit: str = "",
    decimals: int = 0,
    signed: bool = False,
    standalone: bool = False,
    width: int = 520,
) -> Chart:
    """Draw horizontal bars from a common zero, one row for each label; ``tones`` colours single bars (ok, watch, bad).

    :raises ValueError: if the lengths differ.
    """
    if len(labels) != len(values) or (tones and len(tones) != len(values)):
        raise ValueError("labels, values and tones need the same length")
    row, left = 26.0, min(width * 0.4, 16 + 6.6 * max((len(label) for label in labels), default=1))
    canvas = Canvas(width, row * max(len(labels), 1) + 8, standalone)
    numbers = [value_of(v) for v in values]
    low, high = (
        min([0.0, *(n for n in numbers if n is not None)]),
        max([0.0, *(n for n in numbers if n is not None)]),
    )
    room = 64.0 if low < 0 else 0.0
    scale = (width - left - room - 64) / ((high - low) or 1)
    zero = left + room - low * scale
    letters = int((left - 12) / 6.3)
    for at, (label, number) in enumerate(zip(labels, numbers, strict=True)):
        top = 4 + at * row
        short = label if len(label) <= letters else label[: letters - 1].rstrip() + "…"
        canvas.text(left - 10, top + 17, short, "c-value", anchor="end")
        text = figure(number, decimals, signed=signed)
        if number is None:
            canvas.text(zero + 6, top + 17, text)
            continue
        length = abs(number) * scale
        start = zero if number >= 0 else zero - length
        tone = tones[at] if tones else "series"
        canvas.rect(
            start,
            top + 5,
            length,
            row - 10,
            f"c-fill c-{tone}",
            name=f"{label}: {text} {unit}".rstrip(),
            radius=2,
        )
        if number >= 0:
            canvas.text(zero + length + 6, top + 17, text, "c-value")
        else:
            canvas.text(start - 6, top + 17, text, "c-value", anchor="end")
    canvas.line(zero, 2, zero, canvas.height - 2, "c-axis")
    rows = [(label, figure(n, decimals, signed=signed)) for label, n in zip(labels, numbers, strict=True)]
    return Chart(canvas.svg(title, desc), table(title, ["", unit or _("value")], rows))


def sparkline(values: Sequence[Number], *, label: str, zero: bool = False, standalone: bool = False) -> str:
    """Draw a trend without axes for a table cell; the newest value is a dot, ``zero`` draws the line of zero.

    :param label: what is shown; the first and the last figure are added to it for screen readers.
    """
    width, height, edge = 80.0, 20.0, 3.0
    canvas = Canvas(width, height, standalone)
    numbers = [value_of(v) for v in values]
    known = [n for n in numbers if n is not None]
    if not known:
        return ""
    low, high = min([*known, *([0.0] if zero else [])]), max([*known, *([0.0] if zero else [])])

    def y(value: float) -> float:
        return height / 2 if high == low else edge + (height - 2 * edge) * (1 - (value - low) / (high - low))

    def x(at: int) -> float:
        return edge + (width - 2 * edge) * at / max(len(numbers) - 1, 1)

    if zero:
        canvas.line(edge, y(0), width - edge, y(0), "c-zero")
    canvas.path(runs([(x(i), y(v)) if v is not None else None for i, v in enumerate(numbers)]), "series")
    last = max(i for i, v in enumerate(numbers) if v is not None)
    canvas.dot(x(last), y(known[-1]), "series", radius=2.25)
    title = _("%(label)s: from %(first)s to %(last)s") % {
        "label": label,
        "first": figure(known[0], decimals_of(known)),
        "last": figure(known[-1], decimals_of(known)),
    }
    return canvas.svg(title, "", "spark")


def heat_map(
    *,
    title: str,
    counts: Sequence[Sequence[int]],
    probability: str,
    impact: str,
    desc: str = "",
    urls: Callable[[int, int], str] | None = None,
    standalone: bool = False,
) -> Chart:
    """Draw the matrix of probability × impact with the number of risks in each cell.

    :param counts: ``counts[p][i]``, probability class ``p`` and impact class ``i``, both from 0 = lowest, five by five.
    :param urls: address behind a cell, for cells that hold risks.
    :raises ValueError: if the matrix is not five by five.
    """
    if len(counts) != 5 or any(len(row) != 5 for row in counts):
        raise ValueError("the matrix is five by five")
    cell_w, cell_h, left, top = 64.0, 38.0, 30.0, 6.0
    canvas = Canvas(left + 5 * cell_w + 8, top + 5 * cell_h + 40, standalone)
    for p in range(5):
        y = top + (4 - p) * cell_h
        canvas.text(left - 8, y + cell_h / 2 + 4, str(p + 1), anchor="end")
        for i in range(5):
            count = counts[p][i]
            name = f"{probability} {p + 1}, {impact} {i + 1}: {count}"
            linked = urls is not None and count > 0 and not standalone
            if linked and urls is not None:
                canvas.marks.append(f'<a href="{html.escape(urls(p, i))}">')
            canvas.rect(
                left + i * cell_w, y, cell_w, cell_h, f"c-cell c-{severity(p, i)}", name=name, radius=4
            )
            if count:
                canvas.text(
                    left + (i + 0.5) * cell_w,
                    y + cell_h / 2 + 5,
                    str(count),
                    "c-count",
                    anchor="middle",
                    size=14,
                )
            if linked:
                canvas.marks.append("</a>")
    for i in range(5):
        canvas.text(left + (i + 0.5) * cell_w, top + 5 * cell_h + 16, str(i + 1), anchor="middle")
    canvas.text(left + 2.5 * cell_w, top + 5 * cell_h + 34, f"{impact} →", anchor="middle")
    canvas.marks.append('<g transform="rotate(-90)">')
    canvas.text(-(top + 2.5 * cell_h), 10, f"{probability} →", anchor="middle")
    canvas.marks.append("</g>")
    rows = [(f"{probability} {p + 1}", *(str(c) for c in counts[p])) for p in range(4, -1, -1)]
    svg = canvas.svg(title, desc)
    if (
        urls is not None and not standalone
    ):  # an image may not hold links: the drawing is a group with a name instead
        svg = svg.replace('role="img"', 'role="group"', 1)
    return Chart(svg, table(title, ["", *(f"{impact} {i + 1}" for i in range(5))], rows))


def severity(probability: int, impact: int) -> str:
    """The band of a cell of the 5×5 matrix, classes from 0: score = (p + 1)(i + 1); high from 15, mid from 6, else low."""
    score = (probability + 1) * (impact + 1)
    return "high" if score >= 15 else "mid" if score >= 6 else "low"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """An HTML table: the first column names the row, the others are figures."""
    cells = "".join(
        f'<th scope="col" class="{"num" if at else ""}">{html.escape(name)}</th>'
        if at or name
        else "<td></td>"
        for at, name in enumerate(head)
    )
    body = "".join(
        f'<tr><th scope="row">{html.escape(row[0])}</th>'
        + "".join(f'<td class="num">{html.escape(c)}</td>' for c in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table-wrap" role="region" aria-label="{html.escape(title)}" tabindex="0"><table class="table"><caption class="visually-hidden">'
        f"{html.escape(title)}</caption><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line_table(title: str, labels: Sequence[str], series: Sequence[Series], decimals: int, unit: str) -> str:
    head = ["", *(f"{one.name} ({unit})" if unit else one.name for one in series)]
    rows = [
        (label, *(figure(value_of(one.values[at]), decimals) for one in series))
        for at, label in enumerate(labels)
    ]
    return table(title, head, rows)
