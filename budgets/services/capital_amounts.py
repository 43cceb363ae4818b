"""What a capital request costs and brings, by year."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets.engine import currencies
from budgets.models import CapitalRequest

MOST_YEARS = 40


def by_year(amounts: Sequence[dict[str, Any]], currency: str) -> list[dict[str, Any]]:
    """Return the years of a request in order, checked.

    :raises ValidationError: for too many, one that stands twice, a negative amount, or more decimals than the currency has.
    """
    if len(amounts) > MOST_YEARS:
        raise ValidationError({"amounts": _("At most %(n)s years.") % {"n": MOST_YEARS}})
    found: dict[int, dict[str, Any]] = {}
    for number, row in enumerate(amounts, 1):
        year = row["year"]
        values = {
            name: Decimal(row.get(name) or 0).quantize(Decimal("0.01")) for name in ("amount", "benefit")
        }
        if year in found:
            raise _wrong(number, "year", _("%(year)s stands twice.") % {"year": year})
        if values["amount"] < 0:
            raise _wrong(number, "amount", _("An amount is not negative."))
        for name, value in values.items():
            if not currencies.fits(value, currency):
                raise _wrong(number, name, _("%(code)s has fewer decimals.") % {"code": currency})
        found[year] = {"year": year, **values}
    return [found[year] for year in sorted(found)]


def _wrong(row: int, column: str, reason: str) -> ValidationError:
    said = _("Row %(row)s, %(column)s: %(why)s") % {"row": row, "column": column, "why": reason}
    return ValidationError({"amounts": said})


def values(request: CapitalRequest) -> list[dict[str, Any]]:
    """Return the years of a request as they are kept."""
    rows = request.amounts.order_by("year")
    return [{"year": one.year, "amount": one.amount, "benefit": one.benefit} for one in rows]


def check_complete(request: CapitalRequest, total: Decimal) -> None:
    """Refuse a request that nobody can agree to.

    :raises ValidationError:
    """
    errors: dict[str, str] = {}
    if total <= 0:
        errors["amounts"] = _("Say what it costs, by year.")
    if not request.business_case.strip():
        errors["business_case"] = _("Nobody can agree without a business case.")
    if errors:
        raise ValidationError(errors)
