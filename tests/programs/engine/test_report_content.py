"""The canonical form and the seal of a report."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.engine.rag import Figures, Policy, rate
from programs.engine.report_content import (
    FigureLine,
    RatingLine,
    ReportContent,
    ReportContentError,
    canonical,
    content_hash,
    to_data,
)

REPORT = ReportContent(
    portfolio="Digital core",
    program="Data centre",
    number=7,
    title="Status",
    data_date=date(2026, 11, 20),
    revision=412,
    currency="EUR",
    headline="Cut-over holds",
    figures=(FigureLine("cpi", "ratio", Decimal("0.970")),),
    ratings=tuple(RatingLine.of(rating) for rating in rate(Figures(finish_slippage=4.0), Policy())),
)


def test_the_seal_is_the_sha_256_of_sorted_compact_json() -> None:
    assert canonical({"b": [1, None, True], "a": "é"}) == '{"a":"é","b":[1,null,true]}'.encode()
    assert content_hash({"a": "é"}) == hashlib.sha256('{"a":"é"}'.encode()).hexdigest()


def test_the_seal_survives_a_column_that_forgets_the_order_of_keys() -> None:
    stored = json.loads(json.dumps(to_data(REPORT)))
    shuffled = dict(reversed(stored.items()))
    assert content_hash(shuffled) == content_hash(REPORT)


def test_equal_figures_have_one_seal_and_others_another() -> None:
    same = replace(REPORT, figures=(FigureLine("cpi", "ratio", Decimal("0.97")),))
    other = replace(REPORT, figures=(FigureLine("cpi", "ratio", Decimal("0.971")),))
    assert content_hash(same) == content_hash(REPORT)
    assert content_hash(other) != content_hash(REPORT)


@pytest.mark.parametrize(
    "change", [{"headline": "Cut-over holds."}, {"revision": 413}, {"decisions": ("Pay",)}]
)
def test_every_word_and_revision_is_under_the_seal(change: dict[str, Any]) -> None:
    assert content_hash(replace(REPORT, **change)) != content_hash(REPORT)


def test_ratings_keep_their_rule() -> None:
    schedule = to_data(REPORT)["ratings"][0]
    assert schedule["level"] == "watch"
    assert schedule["sentence"] == "because finish slippage 4 wd > 3 wd (policy “Standard” v1)"


def test_a_key_that_no_text_column_takes_is_refused() -> None:
    with pytest.raises(ReportContentError):
        canonical({"figures": {"a\x00": 1}})


@pytest.mark.parametrize("value", [0.97, Decimal("NaN"), object()])
def test_a_value_without_an_exact_form_is_refused_with_its_place(value: object) -> None:
    with pytest.raises(ReportContentError) as refused:
        content_hash({"figures": [{"value": value}]})
    assert refused.value.path == "figures.0.value"


def test_control_characters_of_pasted_text_are_removed() -> None:
    assert to_data(replace(REPORT, headline="a\x00b\x1b\ud800c\r\nd"))["headline"] == "abc\nd"


@pytest.mark.parametrize(("figure", "text"), [("1E+3", "1000"), ("-0.00", "0"), ("4310000.50", "4310000.5")])
def test_decimals_have_one_form(figure: str, text: str) -> None:
    assert (
        to_data(replace(REPORT, figures=(FigureLine("eac", "money", Decimal(figure)),)))["figures"][0][
            "value"
        ]
        == text
    )


keys = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, json_values, max_size=5))
def test_the_canonical_form_is_a_fixed_point(content: dict[str, Any]) -> None:
    once = canonical(content)
    assert canonical(json.loads(once)) == once
