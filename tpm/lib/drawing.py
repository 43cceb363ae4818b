"""The drawing board of the charts: marks as SVG text, scales, figures of the active language."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import formats

Number = int | float | Decimal | None

MINUS = "−"
MISSING = "–"

PAPER = {
    "plan": "#868f9d",
    "earned": "#16703d",
    "actual": "#3a4556",
    "forecast": "#6d43b8",
    "approved": "#566072",
    "series": "#2452bd",
    "ok": "#2a9157",
    "watch": "#c17a05",
    "bad": "#d0392f",
    "low": "#e2f3e8",
    "mid": "#fcf0d6",
    "high": "#fce9e7",
}
PAPER_CLASSES = {
    "c-axis": 'stroke="#7f8997"',
    "c-grid": 'stroke="#dce0e6"',
    "c-now": 'stroke="#2452bd" stroke-dasharray="2 3"',
    "c-zero": 'stroke="#7f8997" stroke-dasharray="2 2"',
}
PAPER_TEXT = {
    "c-title": "#1a2230",
    "c-label": "#1a2230",
    "c-value": "#1a2230",
    "c-count": "#1a2230",
    "c-now-label": "#2452bd",
}
DASHES = {"forecast": "6 4", "approved": "1 4"}


@dataclass
class Canvas:
    """Collects marks; knows how they are coloured on a screen (classes) and on paper (attributes)."""

    width: float
    height: float
    standalone: bool
    marks: list[str] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        self.marks.append(
            f'<line x1="{coordinate(x1)}" y1="{coordinate(y1)}" x2="{coordinate(x2)}" y2="{coordinate(y2)}" {self._look(css)}/>'
        )

    def rect(
        self, x: float, y: float, w: float, h: float, css: str, *, name: str = "", radius: float = 0
    ) -> None:
        inner = f"><title>{html.escape(name)}</title></rect>" if name else "/>"
        corner = f' rx="{coordinate(radius)}"' if radius else ""
        self.marks.append(
            f'<rect x="{coordinate(x)}" y="{coordinate(y)}" width="{coordinate(max(w, 0))}" height="{coordinate(max(h, 0))}"{corner} {self._look(css)}{inner}'
        )

    def text(
        self, x: float, y: float, words: str, css: str = "", *, anchor: str = "start", size: float = 11
    ) -> None:
        look = f'class="{css}"' if css and not self.standalone else ""
        if self.standalone:
            weight = ' font-weight="600"' if css in PAPER_TEXT and css != "c-value" else ""
            look = f'fill="{PAPER_TEXT.get(css, "#566072")}" font-family="sans-serif"{weight}'
        self.marks.append(
            f'<text x="{coordinate(x)}" y="{coordinate(y)}" font-size="{coordinate(size)}" text-anchor="{anchor}" {look}>{html.escape(words)}</text>'
        )

    def path(self, points: list[list[tuple[float, float]]], role: str) -> None:
        """Runs of points as one line; a run of a single point becomes a dot."""
        lines = [run for run in points if len(run) > 1]
        d = " ".join("M" + " L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in run) for run in lines)
        if d:
            self.marks.append(f'<path d="{d}" {self._look(f"c-line c-{role}")}/>')
        for run in points:
            if len(run) == 1:
                self.dot(*run[0], role)

    def dot(self, x: float, y: float, role: str, *, name: str = "", radius: float = 3) -> None:
        inner = f"><title>{html.escape(name)}</title></circle>" if name else "/>"
        self.marks.append(
            f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(radius)}" {self._look(f"c-dot c-{role}")}{inner}'
        )

    def _look(self, css: str) -> str:
        if not self.standalone:
            return f'class="{css}"'
        if css in PAPER_CLASSES:
            return PAPER_CLASSES[css]
        kind, _, role = css.partition(" c-")
        colour = PAPER.get(role, "#566072")
        if kind == "c-line":
            dash = f' stroke-dasharray="{DASHES[role]}"' if role in DASHES else ""
            return f'fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"{dash}'
        if kind == "c-cell":
            return f'fill="{colour}" stroke="#ffffff" stroke-width="2"'
        return f'fill="{colour}"'

    def svg(self, title: str, desc: str, css: str = "") -> str:
        what = f"<title>{html.escape(title)}</title>" + (f"<desc>{html.escape(desc)}</desc>" if desc else "")
        size = f' width="{coordinate(self.width)}" height="{coordinate(self.height)}"'
        look = f' class="{css}"' if css else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {coordinate(self.width)} {coordinate(self.height)}"{size}{look} '
            f'role="img">{what}{"".join(self.marks)}</svg>'
        )


def nice_ticks(values: Sequence[float | None], about: int = 5) -> list[float]:
    """Round axis values (1, 2, 2.5 or 5 times a power of ten) that span zero and all values; at least two of them.

    After the classic labelling rule of Heckbert, "Nice numbers for graph labels", Graphics Gems (1990).
    """
    known = [v for v in values if v is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high == low:
        high = 1.0
    raw = (high - low) / max(about - 1, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, max(last, first + 1) + 1)]


def spread(positions: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Positions for labels, near the given ones, at least ``gap`` apart and within ``low..high`` where there is room."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [0.0] * len(positions)
    floor = low
    for i in order:
        placed[i] = max(positions[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed


def value_of(value: Number) -> float | None:
    number = None if value is None else float(value)
    return None if number is None or not math.isfinite(number) else number


def figure(value: float | None, decimals: int, *, signed: bool = False) -> str:
    if value is None:
        return MISSING
    rounded = round(value, decimals) + 0.0
    text = formats.number_format(
        Decimal(f"{abs(rounded):.{decimals}f}"), decimals, use_l10n=True, force_grouping=True
    )
    return MINUS + text if rounded < 0 else "+" + text if signed and rounded > 0 else text


def decimals_of(values: Sequence[float]) -> int:
    return next((d for d in range(4) if all(math.isclose(v, round(v, d), abs_tol=1e-9) for v in values)), 2)


def coordinate(value: float) -> str:
    """A coordinate: two decimals at most, never locale-dependent, no negative zero."""
    return f"{round(value, 2) + 0.0:g}" if abs(value) < 1e5 else f"{value:.2f}"


def runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is not None:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]
