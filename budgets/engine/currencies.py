"""Currencies of ISO 4217: which there are, in how many decimals they count, and conversion with one rounding.

Codes and exponents come from the ``iso4217`` package, which follows the tables of the maintenance agency (SIX). Amounts of
the portfolio's own currency are kept in hundredths, so a currency of three or four decimals is kept exactly as an original
amount only; see docs/adr/0011-money-structures.md.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from iso4217 import Currency

from budgets.engine.allocation import MoneyError

KEPT_DECIMALS: Final = 2
"""Decimals that amounts of the portfolio's own currency are kept in."""


def is_known(code: str) -> bool:
    """Tell whether money of this currency can be counted: ISO 4217 has the code, and it is no metal, bond unit or test code."""
    return _exponent(code) is not None


def exponent(code: str) -> int:
    """Return in how many decimals a currency counts (EUR 2, JPY 0, KWD 3).

    :raises MoneyError: ``currency_unknown``.
    """
    found = _exponent(code)
    if found is None:
        raise MoneyError("currency_unknown", f"{code} is no currency of ISO 4217")
    return found


def codes() -> list[str]:
    """Return all known codes in alphabetical order."""
    return sorted(one.code for one in Currency if one.exponent is not None)


def fits(amount: Decimal, code: str) -> bool:
    """Tell whether an amount has no more decimals than its currency counts in.

    :raises MoneyError: ``currency_unknown``.
    """
    return amount == rounded(amount, exponent(code))


def rounded(amount: Decimal, decimals: int) -> Decimal:
    """Round half to even."""
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def convert(amount: Decimal, rate: Decimal, into: str) -> Decimal:
    """Return ``amount × rate`` in the currency ``into``, rounded half to even once, in hundredths at most.

    :param rate: units of ``into`` for one unit of the amount's currency.
    :raises MoneyError: ``currency_unknown``, ``rate_not_positive``.
    """
    if rate <= 0:
        raise MoneyError("rate_not_positive", "a rate is greater than zero")
    return rounded(amount * rate, min(exponent(into), KEPT_DECIMALS)).quantize(Decimal("0.01"))


def _exponent(code: str) -> int | None:
    try:
        found: int | None = Currency(code).exponent
    except ValueError:
        return None
    return found
