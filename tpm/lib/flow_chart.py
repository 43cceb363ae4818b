"""A directed graph as SVG text: boxes in layers from left to right, arrows that carry a label and a rating.

Layers by longest path after Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures",
IEEE Trans. SMC 11 (1981): circles are broken at their back edges, the order within a layer follows the barycentre of the
neighbours on the left. Plain functions, as in ``tpm/lib/charts.py``; the twin as a table belongs to the chart.
"""

import html
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from tpm.lib.charts import Chart, table
from tpm.lib.drawing import Canvas, coordinate, spread

BOX_W, BOX_H, GAP_Y, COLUMN = 186.0, 44.0, 30.0, 340.0
TONES = ("bad", "watch", "ok", "none")


@dataclass(frozen=True)
class Node:
    """A box: two lines of text, and where it leads."""

    key: Hashable
    title: str
    sub: str = ""
    url: str = ""


@dataclass(frozen=True)
class Arrow:
    """From one box to another. ``label`` stands on it, ``name`` says it in full; ``tone`` is one of :data:`TONES`."""

    source: Hashable
    target: Hashable
    label: str
    name: str
    tone: str = "none"
    url: str = ""


def flow(
    *, title: str, desc: str, nodes: Sequence[Node], arrows: Sequence[Arrow], head: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Chart:  # fmt: skip
    """Draw boxes and arrows; ``head`` and ``rows`` are the twin as a table.

    :raises ValueError: if an arrow names a box that is not there.
    """
    keys = [node.key for node in nodes]
    if any(one.source not in keys or one.target not in keys for one in arrows):
        raise ValueError("each arrow joins two of the boxes")
    layers = _layers(keys, [(one.source, one.target) for one in arrows])
    places = _places(keys, layers, arrows)
    depth = max((layers[key] for key in keys), default=0) + 1
    rows_high = max((sum(1 for key in keys if layers[key] == at) for at in range(depth)), default=1)
    canvas = Canvas(
        (depth - 1) * COLUMN + BOX_W + 40, rows_high * (BOX_H + GAP_Y) + (40 if _turns(arrows, layers) else 8), standalone=False
    )  # fmt: skip
    canvas.marks.append(_heads())
    labels = [_arrow(canvas, one, places, layers, rows_high) for one in arrows]
    for node in nodes:
        _box(canvas, node, *places[node.key])
    _labels(canvas, arrows, labels)
    svg = canvas.svg(title, desc, "c-flow").replace('role="img"', 'role="group"', 1)
    return Chart(svg, table(title, head, rows))


def _layers(keys: Sequence[Hashable], pairs: Sequence[tuple[Hashable, Hashable]]) -> dict[Hashable, int]:
    """The layer of each box: one right of everything that leads to it, where no circle forbids that."""
    after: dict[Hashable, list[Hashable]] = {key: [] for key in keys}
    for source, target in pairs:
        after[source].append(target)
    state: dict[Hashable, int] = {}
    order: list[Hashable] = []
    back: set[tuple[Hashable, Hashable]] = set()

    def visit(key: Hashable) -> None:
        state[key] = 1
        for target in after[key]:
            if state.get(target) == 1:
                back.add((key, target))
            elif target not in state:
                visit(target)
        state[key] = 2
        order.append(key)

    entered = {target for _source, target in pairs}
    for key in sorted(keys, key=lambda one: one in entered):
        if key not in state:
            visit(key)
    layers = dict.fromkeys(keys, 0)
    for key in reversed(order):
        for target in after[key]:
            if (key, target) not in back:
                layers[target] = max(layers[target], layers[key] + 1)
    return layers


def _places(
    keys: Sequence[Hashable], layers: dict[Hashable, int], arrows: Sequence[Arrow]
) -> dict[Hashable, tuple[float, float]]:
    """Upper left corners. Each layer is centred; its order follows the mean height of what leads to it."""
    depth = max(layers.values(), default=0) + 1
    columns = [[key for key in keys if layers[key] == at] for at in range(depth)]
    tallest = max(map(len, columns), default=1)
    places: dict[Hashable, tuple[float, float]] = {}
    for at, column in enumerate(columns):

        def mean(key: Hashable) -> float:
            above = [places[one.source][1] for one in arrows if one.target == key and one.source in places]
            return sum(above) / len(above) if above else 0.0

        column.sort(key=mean)
        top = 8 + (tallest - len(column)) * (BOX_H + GAP_Y) / 2
        for row, key in enumerate(column):
            places[key] = (20 + at * COLUMN, top + row * (BOX_H + GAP_Y))
    return places


def _turns(arrows: Sequence[Arrow], layers: dict[Hashable, int]) -> bool:
    return any(layers[one.target] <= layers[one.source] for one in arrows)


def _arrow(
    canvas: Canvas,
    one: Arrow,
    places: dict[Hashable, tuple[float, float]],
    layers: dict[Hashable, int],
    rows: int,
) -> tuple[float, float]:
    """Draw the curve; returns the middle of it."""
    (x1, y1), (x2, y2) = places[one.source], places[one.target]
    y1, y2 = y1 + BOX_H / 2, y2 + BOX_H / 2
    if layers[one.target] > layers[one.source]:
        x1 += BOX_W
        bend = max(48.0, (x2 - x1) / 2)
        d = f"M{_xy(x1, y1)} C{_xy(x1 + bend, y1)} {_xy(x2 - bend, y2)} {_xy(x2 - 8, y2)}"
        middle = ((x1 + x2 - 8) / 2, (y1 + y2) / 2)
    else:  # back to the left, or within a layer: around below
        low = 8 + rows * (BOX_H + GAP_Y) + 14
        x1, x2 = x1 + BOX_W * 0.7, x2 + BOX_W * 0.3
        y1, y2 = y1 + BOX_H / 2, y2 + BOX_H / 2
        d = f"M{_xy(x1, y1)} C{_xy(x1, low)} {_xy(x2, low)} {_xy(x2, y2 + 8)}"
        middle = ((x1 + x2) / 2, (y1 + y2) / 8 + low * 0.75)
    width = ' marker-end="url(#flow-' + one.tone + ')"'
    canvas.marks.append(f'<path d="{d}" class="c-arrow c-{one.tone}"{width}/>')
    return middle


def _labels(canvas: Canvas, arrows: Sequence[Arrow], at: Sequence[tuple[float, float]]) -> None:
    """The labels, spread apart where they would lie on each other."""
    by_place: dict[int, list[int]] = {}
    for index, (x, _y) in enumerate(at):
        by_place.setdefault(round(x / 60), []).append(index)
    for mine in by_place.values():
        heights = spread([at[i][1] for i in mine], gap=22, low=12, high=canvas.height - 12)
        for i, y in zip(mine, heights, strict=True):
            one, x = arrows[i], at[i][0]
            wide = 14 + 6.3 * len(one.label)
            body = (
                f'<rect x="{coordinate(x - wide / 2)}" y="{coordinate(y - 10)}" width="{coordinate(wide)}" height="20" rx="10" class="c-pill c-{one.tone}"/>'
                f'<text x="{coordinate(x)}" y="{coordinate(y + 4)}" font-size="11" text-anchor="middle" class="c-value">{html.escape(one.label)}</text>'
            )
            name = html.escape(f"{one.label}: {one.name}")
            if one.url:
                canvas.marks.append(f'<a href="{html.escape(one.url)}" aria-label="{name}">{body}</a>')
            else:
                canvas.marks.append(f"<g><title>{name}</title>{body}</g>")


def _box(canvas: Canvas, node: Node, x: float, y: float) -> None:
    # The full name is a tip of the box; a name of the link would have to hold the shortened text.
    name = html.escape(f"{node.title}, {node.sub}" if node.sub else node.title)
    body = (
        f'<rect x="{coordinate(x)}" y="{coordinate(y)}" width="{BOX_W:g}" height="{BOX_H:g}" rx="6" class="c-box"><title>{name}</title></rect>'
        f'<text x="{coordinate(x + 10)}" y="{coordinate(y + 19)}" font-size="12" class="c-title">{html.escape(_short(node.title, 22))}</text>'
        f'<text x="{coordinate(x + 10)}" y="{coordinate(y + 35)}" font-size="11">{html.escape(_short(node.sub, 26))}</text>'
    )
    canvas.marks.append(f'<a href="{html.escape(node.url)}">{body}</a>' if node.url else f"<g>{body}</g>")


def _heads() -> str:
    marks = "".join(
        f'<marker id="flow-{tone}" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 L8 4 L0 8 z" class="c-head c-{tone}"/></marker>'
        for tone in TONES
    )
    return f"<defs>{marks}</defs>"


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _xy(x: float, y: float) -> str:
    return f"{coordinate(x)} {coordinate(y)}"
