"""The colour tokens keep WCAG 2.2 contrast in both themes: 4.5 : 1 for text, 3 : 1 for graphics."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[3] / "static/css/tokens.css").read_text(encoding="utf-8")
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}), #\w{6}\)", CSS))
DARK = dict(re.findall(r"--([\w-]+): light-dark\(#\w{6}, (#\w{6})\)", CSS))
THEMES = {"light": PAIRS, "dark": DARK}

TEXT = [
    *(
        (ink, paper)
        for ink in ("text", "muted", "accent", "ok", "watch", "bad", "none")
        for paper in ("bg", "surface", "surface-2", "overlay")
    ),
    *((tone, f"{tone}-soft") for tone in ("ok", "watch", "bad", "none", "accent")),
    *(("text", paper) for paper in ("flash", "ok-soft", "watch-soft", "bad-soft", "accent-soft", "shade")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("data-date", "surface"),
]
GRAPHICS = [
    (mark, "surface")
    for mark in (
        "border-strong",
        "ok-fill",
        "watch-fill",
        "bad-fill",
        "bar",
        "bar-done",
        "critical-path",
        "baseline",
        "float",
        "forecast",
        "summary",
        "link",
    )
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # the textbook near miss


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable(theme: str) -> None:
    colours = THEMES[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_graphics_stand_out(theme: str) -> None:
    colours = THEMES[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in GRAPHICS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_every_colour_is_registered_so_that_scripts_read_a_finished_value() -> None:
    assert set(re.findall(r"@property --([\w-]+)", CSS)) == set(PAIRS)
