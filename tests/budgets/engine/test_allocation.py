"""Shares that are exact and splits that lose no cent."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine.allocation import LARGEST_WHOLE, MoneyError, allocate, percent_of, proportion

any_amount = st.integers(-(10**15), 10**15)


@given(amount=any_amount, whole=st.integers(1, LARGEST_WHOLE), data=st.data())
def test_a_proportion_is_the_exact_share_rounded_half_to_even(
    amount: int, whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    # Python rounds fractions half to even
    assert int(proportion(amount, part, whole)) == round(Fraction(amount * part, whole))


@given(amount=any_amount, weights=st.lists(st.integers(0, 10**15), min_size=1).filter(any))
def test_parts_of_an_allocation_sum_to_it_and_stay_within_a_unit_of_their_share(
    amount: int, weights: list[int]
) -> None:
    parts = allocate(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(amount * weight, sum(weights))) < 1


@given(amount=any_amount, weights=st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_a_reversal_splits_like_its_posting(amount: int, weights: list[int]) -> None:
    assert allocate(-amount, weights) == [-part for part in allocate(amount, weights)]


def test_three_equal_shares_of_ten_euro_give_the_odd_cent_to_the_first() -> None:
    assert allocate(1000, [1, 1, 1]) == [334, 333, 333]


def test_apportionment_of_a_textbook_hamilton_case() -> None:
    # votes of six parties for ten seats, the standard illustration of the largest-remainder method (Hare quota)
    assert allocate(10, [47000, 16000, 15900, 12000, 6000, 3100]) == [5, 2, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("weights", "code"), [([], "weights_zero"), ([0, 0], "weights_zero"), ([2, -1], "weights_negative")]
)
def test_weights_that_can_not_split_are_refused(weights: list[int], code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        allocate(100, weights)
    assert refused.value.code == code


def test_half_cents_go_to_the_even_neighbour() -> None:
    assert percent_of([50, 150, 250, -50], 1.0).tolist() == [0, 2, 2, 0]
