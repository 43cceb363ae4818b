"""Recurring exceptions against the days that MS Project itself wrote out for them, and against the civil calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.importers import mspdi
from projects.importers.recurrences import Pattern, Recurrence

NS = {"p": "http://schemas.microsoft.com/project"}


def test_recurring_exceptions_fall_on_the_days_that_ms_project_wrote_out(samples: Path):
    path = samples / "mspdi-features" / "calendar-recurring-exceptions-project2016-mspdi.xml"
    tree = ElementTree.parse(path)
    expected = set()
    for day in tree.iterfind(".//p:WeekDay[p:DayType='0']", NS):
        first = date.fromisoformat(day.findtext("p:TimePeriod/p:FromDate", "", NS)[:10])
        last = date.fromisoformat(day.findtext("p:TimePeriod/p:ToDate", "", NS)[:10])
        expected |= {first + timedelta(n) for n in range((last - first).days + 1)}
    for day in tree.findall(".//p:WeekDay[p:DayType='0']/..", NS):
        for dated in day.findall("p:WeekDay[p:DayType='0']", NS):
            day.remove(dated)
    from_rules_alone = ElementTree.tostring(tree.getroot())
    import io

    plan = mspdi.read(io.BytesIO(from_rules_alone))
    found = set()
    for exception in plan.calendars[0].exceptions:
        first, last = date.fromisoformat(exception.first), date.fromisoformat(exception.last)
        found |= {first + timedelta(n) for n in range((last - first).days + 1)}
    assert len(expected) == 140 and found == expected
    assert {e.name for e in plan.calendars[0].exceptions} >= {
        "Daily 1",
        "Weekly 7 Sunday",
        "Yearly Absolute 3",
    }
    working = [e for e in plan.calendars[0].exceptions if e.name == "Recurring Working"]
    assert [e.intervals for e in working] == [((540, 780), (840, 1020))] * 3
    with open(path, "rb") as file:
        assert mspdi.read(file).calendars == plan.calendars


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (
            Recurrence(Pattern.MONTHLY_BY_DAY, date(2024, 1, 31), date(2024, 6, 30), month_day=31),
            ["01-31", "03-31", "05-31"],
        ),
        (
            Recurrence(Pattern.YEARLY_BY_DAY, date(2024, 1, 1), date(2024, 12, 31), month=1, month_day=29),
            ["02-29"],
        ),
        (
            Recurrence(Pattern.MONTHLY_BY_POSITION, date(2024, 1, 1), date(2024, 3, 31), item=1, position=4),
            ["01-31", "02-29", "03-29"],
        ),
        (
            Recurrence(Pattern.MONTHLY_BY_POSITION, date(2024, 1, 1), date(2024, 2, 28), item=2, position=0),
            ["01-06", "02-03"],
        ),
        (
            Recurrence(Pattern.WEEKDAY_COUNT, date(2024, 1, 4), date(2024, 1, 10), period=2),
            ["01-04", "01-08", "01-10"],
        ),
        (
            Recurrence(Pattern.WEEKLY, date(2024, 1, 3), date(2024, 1, 20), days_of_week=2 | 32),
            ["01-05", "01-08", "01-12", "01-15", "01-19"],
        ),
        (
            Recurrence(Pattern.DAY_COUNT, date(2024, 1, 1), date(2024, 12, 31), occurrences=2, period=10),
            ["01-01", "01-11"],
        ),
    ],
)
def test_each_pattern_hits_its_days(rule, days):
    assert [f"{day:%m-%d}" for day in rule.days()] == days


@given(
    st.sampled_from(Pattern),
    st.dates(date(1984, 1, 1), date(2149, 12, 31)),
    st.integers(0, 4000),
    st.integers(-3, 200),
    *[st.integers(-2, 300)] * 5,
)
def test_any_rule_stays_in_its_period_in_order(
    pattern, first, length, period, mask, item, position, month, month_day
):
    last = min(first + timedelta(length), date(2149, 12, 31))
    days = Recurrence(pattern, first, last, 0, period, abs(mask), item, position, month, month_day).days()
    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)
