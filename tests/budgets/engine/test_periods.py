"""Fiscal periods: the retail calendar as published, and that days are neither lost nor counted twice."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine import periods, phasing
from budgets.engine.allocation import MoneyError
from budgets.engine.periods import Rule

RETAIL = Rule("454", starts_in=2, week_starts_on=6)
RULES = st.builds(
    Rule,
    st.sampled_from(["months", "445", "454", "544"]),
    st.integers(1, 12),
    st.integers(0, 6),
    st.booleans(),
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("year", "first", "weeks"),
    [
        # The 4-5-4 calendar of the National Retail Federation (US): 2017 and 2023 have 53 weeks.
        (2017, date(2017, 1, 29), 53),
        (2018, date(2018, 2, 4), 52),
        (2023, date(2023, 1, 29), 53),
        (2024, date(2024, 2, 4), 52),
        (2025, date(2025, 2, 2), 52),
    ],
)
def test_the_retail_year_begins_and_ends_as_published(year: int, first: date, weeks: int) -> None:
    found = periods.periods_of(RETAIL, year)
    assert found[0].starts_on == first
    assert (found[-1].ends_on - first).days + 1 == weeks * 7
    lengths = [((one.ends_on - one.starts_on).days + 1) // 7 for one in found]
    assert lengths == [4, 5, 4] * 3 + [4, 5, 4 + weeks - 52]


def test_a_year_from_april_is_named_by_either_end() -> None:
    assert periods.period_of(Rule(starts_in=4), date(2026, 3, 31)).year == 2025
    assert periods.period_of(Rule(starts_in=4, named_by_end=True), date(2026, 3, 31)).year == 2026
    assert periods.period_of(Rule(starts_in=4, named_by_end=True), date(2026, 4, 1)).number == 1


@given(RULES, DAYS)
def test_every_day_has_its_period_and_the_next_day_the_same_or_the_next(rule: Rule, day: date) -> None:
    here, there = periods.period_of(rule, day), periods.period_of(rule, day + timedelta(days=1))
    assert here.starts_on <= day <= here.ends_on
    assert there == here or there.starts_on == here.ends_on + timedelta(days=1) == day + timedelta(days=1)


@given(st.integers(0, 40_000_000), st.integers(0, 3_000_000))
def test_calendar_months_have_the_edges_of_the_phasing(first: int, length: int) -> None:
    found = periods.edges(periods.CALENDAR_MONTHS, first, first + length)
    assert np.array_equal(found, phasing.month_edges(first, first + length))


def test_years_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(MoneyError) as refused:
        periods.periods_of(RETAIL, 3000)
    assert refused.value.code == "year_unknown"
