from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.importers import cells
from projects.importers.cells import CellError
from projects.importers.plan import LagUnit

PARSERS = (
    cells.moment,
    cells.day,
    cells.decimal,
    cells.cents,
    cells.boolean,
    cells.percent,
    cells.probability,
    cells.duration,
    cells.lag,
    lambda text: cells.wall(text, is_finish=True),
    lambda text: cells.integer(text, -(10**9), 10**9),
    lambda text: cells.number(text, -1e9, 1e9),
)


def test_a_start_day_is_its_midnight_and_a_finish_day_the_next_one():
    assert cells.wall("1970-01-02", is_finish=False) == 1440
    assert cells.wall("1970-01-02", is_finish=True) == 2 * 1440
    assert cells.wall("1970-01-02 08:30", is_finish=True) == 1440 + 510
    assert cells.wall("1970-01-02T08:30:59", is_finish=False) == 1440 + 510


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1", 100), ("-0.015", -2), ("0.025", 2), ("1e3", 100_000), (".5", 50), ("12000.00", 1_200_000)],
)
def test_money_becomes_whole_cents_rounded_half_to_even(text, minor):
    assert cells.cents(text) == minor


def test_millions_keep_their_cents():
    assert cells.cents("5.816783999999999", 1_000_000) == 581_678_400
    assert cells.cents("0.143", 1_000_000) == 14_300_000


@pytest.mark.parametrize(
    ("text", "minutes", "elapsed"),
    [
        ("5d", 2400, False),
        ("5", 2400, False),
        ("0", 0, False),
        ("1.5 h", 90, False),
        ("2w", 4800, False),
        ("1mo", 9600, False),
        ("3ed", 4320, True),
        ("30m", 30, False),
    ],
)
def test_durations_are_minutes_of_eight_hour_days(text, minutes, elapsed):
    assert cells.duration(text) == (minutes, elapsed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2d", (960, LagUnit.WORKING)),
        ("-1d", (-480, LagUnit.WORKING)),
        ("2ed", (2880, LagUnit.ELAPSED)),
        ("-50%", (-5000, LagUnit.PERCENT)),
        ("12.5 %", (1250, LagUnit.PERCENT)),
        ("10e%", (1000, LagUnit.ELAPSED_PERCENT)),
    ],
)
def test_lags_know_working_elapsed_and_percent(text, expected):
    assert cells.lag(text) == expected


@pytest.mark.parametrize(
    ("parser", "text", "code"),
    [
        (cells.day, "31/12/2026", "bad_date"),
        (cells.day, "2026-02-30", "bad_date"),
        (cells.day, "1492-10-12", "date_out_of_range"),
        (cells.day, "٢٠٢٦-01-01", "bad_date"),
        (cells.cents, "1,000", "bad_number"),
        (cells.cents, "NaN", "bad_number"),
        (cells.cents, "1e400", "out_of_range"),
        (cells.cents, "1e99", "out_of_range"),
        (cells.probability, "35", "out_of_range"),
        (cells.duration, "-2d", "bad_duration"),
        (cells.duration, "5 fortnights", "bad_duration"),
        (cells.duration, "99999999d", "out_of_range"),
        (cells.boolean, "maybe", "bad_choice"),
    ],
)
def test_what_can_not_be_read_says_why(parser, text, code):
    with pytest.raises(CellError) as error:
        parser(text)
    assert error.value.code == code and error.value.reason


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[0-9eE+\-.:T% dhwm]{0,60}", fullmatch=True)))
def test_any_text_is_a_value_or_a_named_reason(text):
    for parser in PARSERS:
        try:
            parser(text)
        except CellError as error:
            assert error.code and error.reason


@given(st.dates(date(1970, 1, 1), date(2149, 12, 31)))
def test_every_day_reads_back(day):
    assert cells.day(day.isoformat()) == day
