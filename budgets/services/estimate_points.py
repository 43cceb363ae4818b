"""The three points of a line of an estimate: completed, checked, and converted once at the rate of the estimate's day."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets.engine import currencies
from budgets.models import Estimate, EstimateLine, ExchangeRate
from budgets.models.estimates import ORIGINALS, POINTS
from budgets.selectors.rates import Rates
from budgets.services.pricing import rate_on

Errors = dict[str, list[str]]
MOST = Decimal(10) ** 16


def kept(
    estimate: Estimate, rates: Callable[[], Rates], given: dict[str, Any], line: EstimateLine | None = None
) -> tuple[dict[str, Any], Errors]:
    """Return the fields of a line with its points as they are kept, and what is wrong with them by field.

    What is in the portfolio's own currency is given as ``optimistic``, ``likely``, ``pessimistic``; what is not, as ``currency`` and the same
    three with ``original_`` before, and converted at the rate of the day on which the estimate was prepared. A single figure stands for
    all three. Of ``line`` (which is changed) is taken what is not given.

    :param rates: called only if something has to be converted.
    """
    plain = {name: value for name, value in given.items() if name not in (*POINTS, *ORIGINALS, "currency")}
    code = str(given.get("currency", line.currency if line else None) or "").upper()
    own = code in ("", estimate.program.portfolio.currency)
    if wrong := _misplaced(code, given, line, own=own):
        return plain, wrong
    names = POINTS if own else ORIGINALS
    points = {name: given[name] for name in names if given.get(name) is not None}
    if line is not None and (line.currency or "") == ("" if own else code):
        points = {name: getattr(line, name) for name in names} | points
    elif set(points) == {names[1]}:
        points = dict.fromkeys(names, points[names[1]])
    if wrong := _unordered(names, points, "" if own else code):
        return plain, wrong
    if own:
        return plain | points | dict.fromkeys((*ORIGINALS, "currency", "rate")), {}
    try:
        rate = rate_on(rates, code, estimate.prepared_on)
    except ValidationError as error:
        return plain, error.message_dict
    return plain | {"currency": code} | points | at_rate(estimate, points, rate), {}


def at_rate(estimate: Estimate, originals: dict[str, Decimal], rate: ExchangeRate) -> dict[str, Any]:
    """Return three points in the portfolio's currency, each rounded once, and the rate that they were converted at."""
    own = estimate.program.portfolio.currency
    amounts = (currencies.convert(originals[name], rate.rate, own) for name in ORIGINALS)
    return dict(zip(POINTS, amounts, strict=True)) | {"rate": rate}


def converted_anew(estimate: Estimate, rates: Rates, lines: list[EstimateLine]) -> list[EstimateLine]:
    """Bring those lines that are in foreign currencies to the rates of the estimate's day; return them.

    :raises ValidationError: if there is no rate of a currency.
    """
    foreign = [line for line in lines if line.currency]
    for line in foreign:
        rate = rate_on(lambda: rates, str(line.currency), estimate.prepared_on)
        originals = {name: getattr(line, name) for name in ORIGINALS}
        for name, value in at_rate(estimate, originals, rate).items():
            setattr(line, name, value)
    return foreign


def _misplaced(code: str, given: dict[str, Any], line: EstimateLine | None, *, own: bool) -> Errors:
    """Return what is given in the one currency but belongs to the other."""
    if own:
        stray = any(given.get(name) is not None for name in ORIGINALS)
        return {"currency": [_("Name the currency of these amounts, such as USD.")]} if stray else {}
    if not currencies.is_known(code):
        return {"currency": [_("“%(code)s” is no currency of ISO 4217, such as USD.") % {"code": code}]}
    return {
        name: [_("It is converted from the amount in %(code)s; give %(field)s.") % {"code": code, "field": f"original_{name}"}]
        for name in POINTS
        if given.get(name) is not None and (line is None or given[name] != getattr(line, name))
    }  # fmt: skip


def _unordered(names: tuple[str, ...], points: dict[str, Decimal], code: str) -> Errors:
    """Return what is wrong with three points; ``code`` is their currency, if it is a foreign one."""
    low, likely, high = names
    found: Errors = {}
    if likely not in points:
        return {likely: [_("Give the most likely amount, alone or with both others.")]}
    for name in names:
        if name not in points:
            found[name] = [_("Give all three points, or the most likely one alone.")]
        elif name != likely and points[name] == points[likely]:
            continue  # it stands for both
        elif points[name] < 0:
            found[name] = [_("An amount can not be negative.")]
        elif abs(points[name]) >= MOST:
            found[name] = [_("The amount is too large.")]
        elif code and not currencies.fits(points[name], code):
            decimals = {"code": code, "decimals": currencies.exponent(code)}
            found[name] = [_("%(code)s is counted in %(decimals)s decimals.") % decimals]
    if not found and points[low] > points[likely]:
        found[low] = [_("It is at most the most likely amount.")]
    if not found and points[high] < points[likely]:
        found[high] = [_("It is at least the most likely amount.")]
    return found
