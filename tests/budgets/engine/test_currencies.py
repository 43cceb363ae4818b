"""Currencies: ISO 4217's own exponents, and one rounding, half to even."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine import currencies
from budgets.engine.allocation import MoneyError


@pytest.mark.parametrize(
    ("code", "decimals"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)]
)  # ISO 4217 table A.1
def test_decimals_are_those_of_the_standard(code: str, decimals: int) -> None:
    assert currencies.exponent(code) == decimals


@pytest.mark.parametrize("code", ["XAU", "XXX", "ZZZ", "eur", ""])
def test_metals_and_unknown_codes_are_no_money(code: str) -> None:
    assert not currencies.is_known(code)
    with pytest.raises(MoneyError) as refused:
        currencies.exponent(code)
    assert refused.value.code == "currency_unknown"


def test_conversion_rounds_half_to_even_once() -> None:
    # 0.125 and 0.375 lie half-way between cents: to the even neighbour, as IEEE 754's roundTiesToEven.
    assert currencies.convert(Decimal("0.25"), Decimal("0.5"), "EUR") == Decimal("0.12")
    assert currencies.convert(Decimal("0.75"), Decimal("0.5"), "EUR") == Decimal("0.38")
    assert currencies.convert(Decimal("2.5"), Decimal(1), "JPY") == Decimal(2)
    assert currencies.convert(Decimal("3.5"), Decimal(1), "JPY") == Decimal(4)


@given(st.decimals(-10_000, 10_000, places=2), st.decimals("0.0001", 500, places=6))
def test_a_reversal_converts_to_the_opposite(amount: Decimal, rate: Decimal) -> None:
    assert currencies.convert(-amount, rate, "EUR") == -currencies.convert(amount, rate, "EUR")
