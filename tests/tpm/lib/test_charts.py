"""Charts: scales, gaps, escaping, the table twin, the look on screens and on paper."""

import itertools
import math
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpm.lib import charts
from tpm.lib.drawing import nice_ticks, spread

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ["Jan", "Feb", "Mar", "Apr"]


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def s_curve(**options: object) -> charts.Chart:
    series = [
        charts.Series("Planned", [0, Decimal("1.5"), 3, 4], "plan"),
        charts.Series("Earned", [0, 1, math.nan, None], "earned"),
        charts.Series("Forecast", [None, None, 3, 4.5], "forecast"),
    ]
    return charts.line(title="Money", labels=LABELS, series=series, now=2.5, unit="M", decimals=1, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 4.2], [0, 2, 4, 6]),
        ([0, 100], [0, 25, 50, 75, 100]),
        ([-2, 11], [-5, 0, 5, 10, 15]),
        ([0, 0], [0, 0.25, 0.5, 0.75, 1]),
        ([], [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_axes_have_round_numbers(values: list[float], ticks: list[float]) -> None:
    assert nice_ticks(values) == ticks


@given(st.lists(st.floats(-1e12, 1e12), min_size=1))
def test_axes_span_zero_and_every_value_in_equal_steps(values: list[float]) -> None:
    ticks = nice_ticks(values)
    slack = 1e-6 * max(1.0, *(abs(v) for v in values))
    assert ticks[0] <= min(0, *values) + slack and ticks[-1] >= max(0, *values) - slack
    assert 2 <= len(ticks) <= 8
    steps = [b - a for a, b in itertools.pairwise(ticks)]
    assert all(math.isclose(step, steps[0], rel_tol=1e-6, abs_tol=1e-11) for step in steps)


@given(st.lists(st.floats(0, 200), max_size=10))
def test_labels_keep_their_distance_and_their_order(positions: list[float]) -> None:
    placed = spread(positions, gap=14, low=0, high=200)
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    assert all(placed[b] - placed[a] >= 14 - 1e-9 for a, b in itertools.pairwise(order))
    assert all(-1e-9 <= at <= 200 + 1e-9 for at in placed)


def test_lines_start_at_zero_on_the_axis_and_end_at_their_last_known_value() -> None:
    root = parse(s_curve().svg)
    axis = next(e for e in root.iter(f"{SVG}line") if e.get("class") == "c-axis")
    planned = next(e for e in root.iter(f"{SVG}path") if "c-plan" in str(e.get("class")))
    first = re.match(r"M([\d.]+) ([\d.]+)", str(planned.get("d")))
    assert first and first[2] == axis.get("y1")
    dots = {
        str(e.find(f"{SVG}title").text)
        for e in root.iter(f"{SVG}circle")
        if e.find(f"{SVG}title") is not None
    }  # type: ignore[union-attr]
    assert dots == {"Planned: Apr 4.0 M", "Earned: Feb 1.0 M", "Forecast: Apr 4.5 M"}


def test_missing_values_leave_a_gap() -> None:
    chart = charts.line(title="t", labels=list("abcde"), series=[charts.Series("s", [1, 2, None, 4, 5])])
    path = next(parse(chart.svg).iter(f"{SVG}path"))
    assert str(path.get("d")).count("M") == 2


def test_every_chart_has_a_name_a_description_and_a_table_twin() -> None:
    chart = s_curve(desc="Planned, earned and forecast cost")
    root = parse(chart.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Money"
    assert root.findtext(f"{SVG}desc") == "Planned, earned and forecast cost"
    table = parse(chart.table)
    cells = [[cell.text for cell in row] for row in table.iter("tr")]
    assert cells == [
        [None, "Planned (M)", "Earned (M)", "Forecast (M)"],
        ["Jan", "0.0", "0.0", "–"],
        ["Feb", "1.5", "1.0", "–"],
        ["Mar", "3.0", "–", "3.0"],
        ["Apr", "4.0", "–", "4.5"],
    ]


def test_screens_get_classes_and_paper_gets_attributes_and_neither_a_style() -> None:
    screen, paper = s_curve().svg, s_curve(standalone=True).svg
    assert "style=" not in screen + paper
    assert "#" not in re.sub(r"&#\d+;", "", screen)
    assert "class=" not in paper
    assert 'stroke-dasharray="6 4"' in paper  # the forecast stays dashed without a stylesheet


def test_the_same_figures_always_draw_the_same_bytes() -> None:
    assert s_curve() == s_curve()


def test_text_of_people_is_escaped() -> None:
    evil = '<script>&"'
    chart = charts.bar(title=evil, labels=[evil], values=[1], desc=evil)
    assert "<script>" not in chart.svg + chart.table
    assert parse(chart.svg).findtext(f"{SVG}title") == evil


def test_bars_grow_from_zero_in_proportion_and_write_their_sign() -> None:
    chart = charts.bar(
        title="Slippage",
        labels=["a", "b", "c"],
        values=[10, -5, None],
        tones=["bad", "ok", "ok"],
        unit="wd",
        signed=True,
    )
    root = parse(chart.svg)
    bars = list(root.iter(f"{SVG}rect"))
    widths = [float(str(bar.get("width"))) for bar in bars]
    assert len(bars) == 2 and math.isclose(widths[0], 2 * widths[1], abs_tol=0.02)
    zero = next(e for e in root.iter(f"{SVG}line") if e.get("class") == "c-axis").get("x1")
    assert bars[0].get("x") == zero
    assert [bar.findtext(f"{SVG}title") for bar in bars] == ["a: +10 wd", "b: −5 wd"]
    assert "–" in chart.table


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each label"):
        charts.line(title="t", labels=LABELS, series=[charts.Series("s", [1])])
    with pytest.raises(ValueError, match="same length"):
        charts.bar(title="t", labels=["a"], values=[1, 2])


def test_a_sparkline_says_where_it_comes_from_and_goes_to() -> None:
    root = parse(charts.sparkline([0, 2, None, 4.5], label="Slippage"))
    assert root.findtext(f"{SVG}title") == "Slippage: from 0.0 to 4.5"
    assert charts.sparkline([None, math.nan], label="x") == ""


def test_a_flat_sparkline_is_a_line_in_the_middle() -> None:
    path = next(parse(charts.sparkline([3, 3, 3], label="x")).iter(f"{SVG}path"))
    assert set(re.findall(r"[\d.]+ ([\d.]+)", str(path.get("d")))) == {"10"}


def test_the_heat_map_holds_each_count_in_its_cell_highest_probability_on_top() -> None:
    counts = [[0] * 5 for _ in range(5)]
    counts[4][1], counts[0][3] = 7, 2
    chart = charts.heat_map(
        title="Risks",
        counts=counts,
        probability="Probability",
        impact="Impact",
        urls=lambda p, i: f"?p={p}&i={i}",
    )
    root = parse(chart.svg)
    links = {a.get("href"): a for a in root.iter(f"{SVG}a")}
    assert set(links) == {"?p=4&i=1", "?p=0&i=3"}
    assert links["?p=4&i=1"].findtext(f"{SVG}text") == "7"
    tops = [float(str(links[k].find(f"{SVG}rect").get("y"))) for k in ("?p=4&i=1", "?p=0&i=3")]  # type: ignore[union-attr]
    assert tops[0] < tops[1]
    assert root.get("role") == "group"
    rows = [[cell.text for cell in row] for row in parse(chart.table).iter("tr")]
    assert rows[1] == ["Probability 5", "0", "7", "0", "0", "0"]


def test_severity_bands_grow_with_probability_and_impact() -> None:
    bands = ["low", "mid", "high"]
    rank = [[bands.index(charts.severity(p, i)) for i in range(5)] for p in range(5)]
    assert rank[0][0] == 0 and rank[4][4] == 2
    assert all(rank[p][i] <= rank[p + 1][i] and rank[p][i] == rank[i][p] for p in range(4) for i in range(5))
