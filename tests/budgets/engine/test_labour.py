"""Assigned work by dated rates: hours × rate by hand, sums that lose no minute and no cent."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine.allocation import NONE
from budgets.engine.labour import CardRate, Curves, Work, at, curve, price
from programs.engine.calendars import STANDARD, work_ordinal


def _day(year: int, month: int, day: int, hour: int = 0) -> int:
    return int(np.datetime64(f"{year}-{month:02}-{day:02}T{hour:02}:00", "m").astype(np.int64))


def _own(_currency: str, _day: date) -> Decimal:
    return Decimal(1)


def _work(start: int, finish: int, minutes: int) -> Work:
    return Work(*(np.array([value], np.int64) for value in (0, start, finish, minutes, 0)))


def test_a_rate_that_changes_within_the_work_splits_it_by_working_time() -> None:
    # Monday 5 to Friday 9 January: 24 h at 100 until Wednesday, 16 h at 120 from Thursday
    rates = [
        CardRate(7, date(2026, 1, 1), None, Decimal(100)),
        CardRate(8, date(2026, 1, 8), None, Decimal(120)),
    ]
    steps = curve([rates], _own)
    parts = price(_work(_day(2026, 1, 5, 8), _day(2026, 1, 9, 17), 2400), Curves.of([steps]), [STANDARD])
    assert parts.minutes.tolist() == [1440, 960] and parts.amount.tolist() == [240_000, 192_000]
    assert parts.row.tolist() == [7, 8] and parts.finish.tolist() == [_day(2026, 1, 8), _day(2026, 1, 9, 17)]
    # over the weekend nobody works: a rate from Sunday splits nothing
    rates[1] = CardRate(8, date(2026, 1, 11), None, Decimal(120))
    late = price(
        _work(_day(2026, 1, 5, 8), _day(2026, 1, 9, 17), 2400), Curves.of([curve([rates], _own)]), [STANDARD]
    )
    assert late.amount.tolist() == [400_000]


def test_the_programs_card_comes_first_and_a_rate_that_ended_leaves_it_to_the_next() -> None:
    named = [CardRate(1, date(2026, 1, 1), date(2026, 1, 31), Decimal(90))]
    role = [CardRate(2, date(2025, 1, 1), None, Decimal(70))]
    steps = curve([named, role], _own)
    assert [(s.since, s.value, s.row) for s in steps] == [
        (None, NONE, 0), (date(2025, 1, 1), 70_000_000, 2), (date(2026, 1, 1), 90_000_000, 1),
        (date(2026, 2, 1), 70_000_000, 2),
    ]  # fmt: skip
    assert at(steps, date(2026, 1, 31)).row == 1 and at(steps, date(2024, 1, 1)).value == NONE


def test_a_foreign_rate_is_worth_what_its_currency_is_on_the_day_and_nothing_before_there_is_a_rate() -> None:
    card = [CardRate(1, date(2026, 1, 1), None, Decimal("61.11"), "USD")]

    def worth(_code: str, day: date) -> Decimal | None:
        return (
            None if day < date(2026, 1, 10) else Decimal("0.9") if day < date(2026, 2, 1) else Decimal("0.95")
        )

    steps = curve([card], worth, [date(2026, 1, 10), date(2026, 2, 1)])
    assert [(s.value, s.row) for s in steps] == [(NONE, 0), (NONE, 1), (54_999_000, 1), (58_054_500, 1)]


def test_work_without_a_rate_costs_nothing_and_says_so() -> None:
    steps = curve([[CardRate(1, date(2026, 1, 8), None, Decimal(120))]], _own)
    parts = price(_work(_day(2026, 1, 5, 8), _day(2026, 1, 9, 17), 2400), Curves.of([steps]), [STANDARD])
    assert parts.rate.tolist() == [NONE, 120_000_000] and parts.amount.tolist() == [0, 192_000]
    assert parts.minutes.tolist() == [1440, 960]


@pytest.mark.parametrize(("finish", "row"), [(_day(2026, 1, 8), 7), (_day(2026, 1, 8, 9), 8)])
def test_work_at_a_moment_has_the_rate_of_its_day(finish: int, row: int) -> None:
    rates = [
        CardRate(7, date(2026, 1, 1), None, Decimal(100)),
        CardRate(8, date(2026, 1, 8), None, Decimal(120)),
    ]
    parts = price(_work(finish, finish, 90), Curves.of([curve([rates], _own)]), [STANDARD])
    assert parts.row.tolist() == [row] and parts.minutes.tolist() == [90]
    assert parts.amount.tolist() == [15_000 if row == 7 else 18_000]


@given(
    st.integers(0, 60), st.integers(1, 90), st.integers(1, 50_000),
    st.lists(st.tuples(st.integers(0, 120), st.decimals(0, 300, places=4)), max_size=5, unique_by=lambda r: r[0]),
)  # fmt: skip
def test_parts_lose_no_minute_and_each_is_its_product_rounded_once(
    first: int, days: int, minutes: int, rates: list[tuple[int, Decimal]]
) -> None:
    start = _day(2026, 1, 5, 8) + first * 1440
    finish = start + days * 1440 + 360
    cards = [
        CardRate(n, date.fromordinal(date(2026, 1, 5).toordinal() + at_), None, rate)
        for n, (at_, rate) in enumerate(rates, 1)
    ]
    parts = price(_work(start, finish, minutes), Curves.of([curve([cards], _own)]), [STANDARD])
    assert parts.minutes.sum() == minutes
    for worked, rate, amount in zip(parts.minutes, parts.rate, parts.amount, strict=True):
        exact = Decimal(int(worked)) * (0 if rate == NONE else int(rate)) / 60 / 10_000
        assert amount == int(exact.to_integral_value())
    if work_ordinal(STANDARD, finish) > work_ordinal(STANDARD, start):
        reached = work_ordinal(STANDARD, parts.finish)
        assert (reached[:-1] == work_ordinal(STANDARD, parts.start)[1:]).all()
        assert parts.start[0] >= start and reached[-1] == work_ordinal(STANDARD, finish)
