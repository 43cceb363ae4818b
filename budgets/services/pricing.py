"""Amounts in foreign currencies: checked, and converted once, at the rate of their day."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets.engine import currencies
from budgets.models import ExchangeRate
from budgets.models.rates import Priced
from budgets.selectors.rates import Rates
from programs.models import Portfolio

MONEY = ("amount", "currency", "original_amount")


def priced(
    portfolio: Portfolio,
    rates: Callable[[], Rates],
    given: dict[str, Any],
    day: date,
    before: Priced | None = None,
) -> dict[str, Any]:
    """Return ``given`` with ``amount``, ``currency``, ``original_amount`` and ``rate`` as they are kept.

    What is in the portfolio's own currency is given as ``amount``; what is not, as ``currency`` and ``original_amount``,
    and converted at the rate of ``day``. Of ``before`` (the row that is changed) is taken what is not given.

    :param rates: called only if something has to be converted.
    :raises ValidationError: for an unknown currency, too many decimals, a missing rate, or an amount given twice.
    """
    code = given.get("currency", before.currency if before else None) or None
    if code in (None, portfolio.currency):
        return _own(given, before)
    assert code is not None
    original = given.get("original_amount")
    if original is None and "original_amount" not in given and before is not None:
        original = before.original_amount
    if given.get("amount") is not None and (
        before is None or given["amount"] != getattr(before, "amount", None)
    ):
        raise ValidationError(
            {
                "amount": _("It is converted from the amount in %(code)s; give original_amount.")
                % {"code": code}
            }
        )
    original = _counted(code, original)
    rate = rate_on(rates, code, day)
    amount = currencies.convert(original, rate.rate, portfolio.currency)
    return {**given, "currency": code, "original_amount": original, "rate": rate, "amount": amount}


def _own(given: dict[str, Any], before: Priced | None) -> dict[str, Any]:
    plain = {name: value for name, value in given.items() if name not in ("currency", "original_amount")}
    own = given.get("original_amount")
    if own is not None and given.get("amount") is None:
        plain["amount"] = own
    if before is not None and before.currency is not None and plain.get("amount") is None:
        raise ValidationError({"amount": _("Give the amount in the portfolio's currency.")})
    if before is None or before.currency is not None:
        if plain.get("amount") is None:
            raise ValidationError({"amount": _("An amount is needed.")})
        plain |= {"currency": None, "original_amount": None, "rate": None}
    return plain


def _counted(code: str, amount: Decimal | None) -> Decimal:
    if not currencies.is_known(code):
        raise ValidationError(
            {"currency": _("“%(code)s” is no currency of ISO 4217, such as USD.") % {"code": code}}
        )
    if amount is None:
        raise ValidationError({"original_amount": _("Give the amount in %(code)s.") % {"code": code}})
    decimals = currencies.exponent(code)
    if not currencies.fits(amount, code):
        raise ValidationError(
            {
                "original_amount": _("%(code)s is counted in %(decimals)s decimals.")
                % {"code": code, "decimals": decimals}
            }
        )
    return currencies.rounded(amount, decimals).quantize(Decimal("0.0001"))


def rate_on(rates: Callable[[], Rates], code: str, day: date) -> ExchangeRate:
    """Return the rate of a foreign currency in force on a day.

    :raises ValidationError: if there is none.
    """
    found = rates().on(code, day)
    if found is None:
        raise ValidationError(
            {
                "currency": _(
                    "There is no rate of %(code)s on or before %(day)s. Add one to the portfolio's money settings first."
                )
                % {"code": code, "day": day.isoformat()}
            }
        )
    return found
