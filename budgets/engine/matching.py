"""The three-way match: what an invoice charges against what was ordered and what was received (and, where that is agreed,
installed and accepted). Quantities and prices are ``Decimal``; prices are in the order's currency.

A line differs in *price* if it charges more per unit than was ordered, in *quantity* if all invoices together charge more than
was ordered or more than was received. Charging less is no difference. A difference passes if it is within the tolerance by
percentage *and* by amount (the worth of the difference in the portfolio's currency); goods that have not come are never
tolerated beyond that.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ZERO, HUNDRED = Decimal(0), Decimal(100)


class Code(StrEnum):
    """What differs."""

    PRICE = "price"
    ORDERED = "more_than_ordered"
    RECEIVED = "more_than_received"


@dataclass(frozen=True)
class Limits:
    """Tolerance: per cent of the ordered price, per cent of the quantity, and an amount in the portfolio's currency."""

    price_percent: Decimal = ZERO
    quantity_percent: Decimal = ZERO
    amount: Decimal = ZERO


@dataclass(frozen=True)
class Charged:
    """One line of an invoice beside its order line. ``before``: what posted invoices charged for it already. ``received``:
    what came and was not sent back, or was accepted where acceptance is agreed. ``rate``: the portfolio's currency for one unit
    of the order's."""

    ordered: Decimal
    received: Decimal
    before: Decimal
    quantity: Decimal
    ordered_price: Decimal
    price: Decimal
    rate: Decimal = Decimal(1)


@dataclass(frozen=True)
class Difference:
    """``percent`` is None where there is nothing to compare with; ``worth`` is in the portfolio's currency."""

    code: Code
    expected: Decimal
    found: Decimal
    worth: Decimal
    percent: Decimal | None
    passes: bool


@dataclass(frozen=True)
class Matched:
    differences: list[Difference] = field(default_factory=list)

    @property
    def passes(self) -> bool:
        return all(one.passes for one in self.differences)


def match(line: Charged, limits: Limits) -> Matched:
    """Compare one line; see above."""
    found = []
    if line.price > line.ordered_price:
        worth = (line.price - line.ordered_price) * line.quantity * line.rate
        found.append(
            _difference(Code.PRICE, line.ordered_price, line.price, worth, limits.price_percent, limits)
        )
    total = line.before + line.quantity
    for code, allowed in ((Code.ORDERED, line.ordered), (Code.RECEIVED, line.received)):
        if total > allowed:
            worth = (total - allowed) * line.price * line.rate
            found.append(_difference(code, allowed, total, worth, limits.quantity_percent, limits))
    return Matched(found)


def _difference(
    code: Code, expected: Decimal, found: Decimal, worth: Decimal, percent_limit: Decimal, limits: Limits
) -> Difference:
    percent = (found - expected) * HUNDRED / expected if expected else None
    passes = percent is not None and percent <= percent_limit and worth <= limits.amount
    return Difference(code, expected, found, worth, percent, passes)
