"""Links to tasks of other programs on paper: a dashed stub at the bar, and the far task's name and date beside it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from projects.selectors.chart_rows import Row
from projects.web.chart_drawing import MIDDLE, Window, day

LENGTH = 4.0  # mm
LETTER = 1.5  # mm that a letter takes
MOST_LETTERS = 44
LEAST_LETTERS = 8


def add(
    rows: Sequence[Row], cells: Sequence[dict[str, Any]], far: dict[str, list[Any]], time: Window
) -> None:
    """Draw the links of ``far_links.of_plan`` into the cells of their rows."""
    place = {row.key: at for at, row in enumerate(rows)}
    sides: dict[tuple[int, bool], list[dict[str, Any]]] = defaultdict(list)
    for values in zip(*far.values(), strict=True):
        link = dict(zip(far, values, strict=True))
        at = place.get(str(link["task"]))
        if at is not None and cells[at]["bar"]:
            sides[at, link["kind"][0 if link["out"] else 1] == "F"].append(link)
    for (at, right), links in sides.items():
        near = time.at(rows[at]["finish" if right else "start"])
        if 0 <= near <= 1:
            _draw(cells[at], near, links, time, right=right)


def _draw(
    cell: dict[str, Any], near: float, links: list[dict[str, Any]], time: Window, *, right: bool
) -> None:
    length = LENGTH / time.width
    away = round(min(1.0, near + length) if right else max(0.0, near - length), 5)
    cell.setdefault("across", []).append([MIDDLE, min(near, away), max(near, away), 1])
    for out in sorted({link["out"] for link in links}):
        towards = "right" if right == out else "left"
        cell.setdefault("heads", []).append([away if out else near, MIDDLE, towards])
    text = _label(links)
    if right:
        own = cell.get("label") or {"x": away, "text": ""}
        begin = max(away, own["x"])
        before = f"{own['text']}  " if own["text"] else ""
        cut = _fitting(text, (1 - begin) * time.width - 3 - LETTER * len(before))
        if before or cut:
            cell["label"] = {"x": begin, "text": f"{before}{cut}".rstrip()}
    elif cut := _fitting(text, away * time.width - 1):
        cell["before"] = {"x": away, "text": cut}


def _label(links: list[dict[str, Any]]) -> str:
    link = links[0]
    whole = _("A task in another program") if link["far"] is None else f"{link['program']} · {link['name']}"
    text = whole if len(whole) <= MOST_LETTERS else f"{whole[: MOST_LETTERS - 1]}…"
    date = "" if link["at"] is None else f", {day(link['at'], ends=link['ends'])}"
    more = f" +{len(links) - 1}" if len(links) > 1 else ""
    return f"{'→' if link['out'] else '←'} {text}{date}{more}"


def _fitting(text: str, room: float) -> str:
    most = int(room / LETTER)
    if len(text) <= most:
        return text
    return f"{text[: most - 1]}…" if most >= LEAST_LETTERS else ""
