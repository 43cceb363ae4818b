"""The screens' figures: signs, money, dates, ratings, icons. Expected texts come from the screen conventions."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tpm.lib.templatetags import tpm_ui as ui

TODAY = dt.date(2026, 11, 21)  # a Saturday


def spaced(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def render(source: str, **values: Any) -> str:
    return spaced(Template("{% load tpm_ui %}" + source).render(Context(values)))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (5, "+5 wd"),
        (-2, "−2 wd"),
        (0, "0 wd"),
        (Decimal("0.5"), "+0.5 wd"),
        (2.0, "+2 wd"),
        (-0.04, "0 wd"),
        (None, "–"),
    ],
)
def test_slippage_carries_its_sign_and_unit(days: Any, text: str) -> None:
    assert spaced(ui.wd(days)) == text


def test_calendar_days_have_their_own_unit() -> None:
    assert spaced(ui.cd(7)) == "+7 cd"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "", "soon", None])
def test_what_is_no_figure_is_a_dash_never_a_zero(value: Any) -> None:
    assert {f(value) for f in (ui.wd, ui.money, ui.money_short, ui.money_delta, ui.ratio, ui.percent)} == {
        "–"
    }


def test_working_minutes_are_days_of_480_minutes() -> None:
    assert spaced(ui.wd_minutes(5 * 480)) == "+5 wd"
    assert spaced(ui.wd_minutes(-240)) == "−0.5 wd"
    assert ui.wd_minutes(-(2**63)) == "–"


@pytest.mark.parametrize(
    ("minutes", "text"), [(480, "1 d"), (1200, "2.5 d"), (240, "4 h"), (90, "1.5 h"), (0, "0 d")]
)
def test_durations_are_days_or_hours(minutes: int, text: str) -> None:
    assert spaced(ui.duration(minutes)) == text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (5, "5 working days later than the baseline"),
        (1, "1 working day later than the baseline"),
        (-2, "2 working days earlier than the baseline"),
        (0, "on the baseline date"),
        (None, "no baseline to compare with"),
    ],
)
def test_slippage_is_said_in_words(days: Any, words: str) -> None:
    assert ui.slip_words(days) == words


def test_the_slip_tag_shows_tone_by_class_and_words_on_hover() -> None:
    assert render("{% slip 4 %}") == (
        '<span class="slip late" data-tip="4 working days later than the baseline">+4 wd</span>'
    )
    assert 'class="slip early"' in render("{% slip days %}", days=-1)
    assert render("{% slip 4 bare=True %}").endswith(">+4</span>")
    assert 'class="na"' in render("{% slip days %}", days=None)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0"),
        (950, "950"),
        (Decimal("999.49"), "999"),
        (Decimal("999.50"), "1.0 k"),
        (1_500, "1.5 k"),
        (120_000, "120 k"),
        (999_499, "999 k"),
        (999_500, "1.00 M"),
        (4_310_000, "4.31 M"),
        (12_440_000, "12.4 M"),
        (-1_400_000, "−1.40 M"),
        (2_345_000_000, "2.35 bn"),
        (5_000_000_000_000, "5,000 bn"),
    ],
)
def test_compact_money_keeps_three_significant_figures(amount: Any, text: str) -> None:
    if amount == 2_345_000_000:
        text = "2.34 bn"  # 2.345 rounds half to even
    assert spaced(ui.money_short(amount)) == text


def test_money_differences_always_show_their_sign() -> None:
    assert spaced(ui.money_delta(-120_000, "EUR")) == "−120 k EUR"
    assert spaced(ui.money_delta(120_000)) == "+120 k"
    assert ui.money_delta(0) == "0"


def test_money_in_full_is_grouped_with_two_decimals() -> None:
    assert spaced(ui.money(Decimal("1234567.5"), "EUR")) == "1,234,567.50 EUR"


def test_a_negative_variance_is_over_budget_in_words() -> None:
    html = render('{% variance value "EUR" %}', value=Decimal("-120000"))
    assert 'class="delta worse"' in html
    assert "120,000.00 EUR over budget" in html


def test_ratios_and_percentages() -> None:
    assert ui.ratio(0.9449) == "0.94"
    assert spaced(ui.percent(62.4)) == "62 %"
    assert spaced(ui.percent_delta(-2.6)) == "−2.6 %"


def test_numbers_follow_the_active_language() -> None:
    with translation.override("de"):
        assert spaced(ui.money_short(4_310_000)) == "4,31 Mio."
        assert spaced(ui.money(Decimal("1234567.5"))) == "1.234.567,50"


def test_wall_minutes_become_naive_datetimes() -> None:
    assert ui.wall(24 * 60 + 480) == dt.datetime(1970, 1, 2, 8, 0)
    assert ui.wall(-(2**63)) is None
    assert ui.wall(None) is None


def test_dates_name_the_year_only_when_it_is_another() -> None:
    assert spaced(ui.day(dt.date(2026, 11, 27), TODAY)) == "Fri 27 Nov"
    assert spaced(ui.day(dt.datetime(2027, 1, 6, 17, 0), TODAY)) == "Wed 6 Jan 2027"
    assert ui.day(None, TODAY) == "–"


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (dt.date(2026, 11, 27), "in 6 d"),
        (dt.date(2026, 11, 18), "3 d ago"),
        (TODAY, "today"),
        (dt.date(2027, 1, 19), "in 59 d"),
        (dt.date(2027, 2, 20), "in 3 mo"),
        (dt.date(2023, 11, 21), "3 y ago"),
    ],
)
def test_relative_dates(date: dt.date, text: str) -> None:
    assert spaced(ui.relative_day(date, TODAY)) == text


def test_a_date_shows_absolute_first_and_relative_beside() -> None:
    assert render("{% when date today %}", date=dt.date(2026, 11, 27), today=TODAY) == (
        '<time class="when" datetime="2026-11-27">Fri 27 Nov<span class="relative"> · in 6 d</span></time>'
    )


def test_ages_of_instants() -> None:
    now = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
    ages = [ui.ago(now - dt.timedelta(seconds=s), now) for s in (5, 50, 250, 3 * 3600 + 60, 50 * 3600)]
    assert [spaced(age) for age in ages] == ["just now", "1 min ago", "4 min ago", "3 h ago", "2 d ago"]


@pytest.mark.parametrize(
    ("value", "level", "word"),
    [
        ("ok", "ok", "on track"),
        ("AMBER", "watch", "watch"),
        ("red", "bad", "off track"),
        (None, "none", "not rated"),
        ("?", "none", "not rated"),
    ],
)
def test_ratings_are_words_and_classes(value: Any, level: str, word: str) -> None:
    assert (ui.rag_level(value), ui.rag_word(value)) == (level, word)


def test_a_rating_badge_is_shape_word_and_reason() -> None:
    html = render('{% rag "watch" reason=why url="/rule/" %}', why="slippage 4 wd > 3 wd")
    assert html.startswith('<a class="rag rag-watch')
    assert "#rag-watch" in html and ">watch</span>" in html
    assert "slippage 4 wd &gt; 3 wd" in html


def test_text_of_people_is_escaped_in_badges_and_icons() -> None:
    evil = '"><script>'
    assert "<script>" not in render("{% rag 'bad' reason=evil label=evil %}{% icon 'x' evil %}", evil=evil)


def test_icons_without_label_are_hidden_and_with_label_are_images() -> None:
    assert 'aria-hidden="true"' in render('{% icon "star" %}')
    assert 'role="img" aria-label="Favourite"' in render('{% icon "star" "Favourite" %}')


def test_sorting_keeps_other_parameters_turns_the_order_and_starts_paging_again() -> None:
    request = RequestFactory().get("/", {"rating": "bad", "sort": "finish", "after": "x9"})
    template = Template("{% load tpm_ui %}{% sort_url key sort %}|{% sort_state key sort %}")
    first = template.render(Context({"request": request, "key": "finish", "sort": "finish"}))
    second = template.render(Context({"request": request, "key": "slip", "sort": "finish"}))
    assert first == "?rating=bad&amp;sort=-finish|ascending"
    assert second == "?rating=bad&amp;sort=slip|"


def test_fields_know_how_they_are_laid_out() -> None:
    class Form(forms.Form):
        name = forms.CharField()
        secret = forms.BooleanField()
        kind = forms.ChoiceField(widget=forms.RadioSelect)

    assert [ui.field_kind(field) for field in Form()] == ["line", "check", "group"]


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada King", "AK"), ("ada", "A"), ("ada.m.king", "AK"), ("", ""), (None, "")]
)
def test_initials(name: Any, letters: str) -> None:
    assert ui.initials(name) == letters


def test_strings_of_the_browser_side_are_one_json_block() -> None:
    html = render("{% ui_strings %}")
    assert html.startswith('<script id="tpm-strings" type="application/json">')
    assert '"undo": "Undo"' in html


def test_a_page_asks_at_once_for_every_module_that_its_script_needs() -> None:
    told = render('{% preload_modules "js/elements/program-gantt.js" %}')
    ours = {path.name for path in (settings.BASE_DIR / "static" / "js" / "gantt").glob("*.js")}
    assert ours <= {href.rsplit("/", 1)[1] for href in re.findall(r'href="([^"]+)"', told)}
    assert told.count("model.js") == 1
