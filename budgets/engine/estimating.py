"""Three-point estimates: expected value and spread by PERT, and sums of independent lines.

Of optimistic *O*, most likely *M* and pessimistic *P* the beta-PERT approximation (Malcolm, Roseboom, Clark and Fazar, "Application of
a Technique for Research and Development Program Evaluation", Operations Research 7 (1959); PMBOK Guide, 6th ed., 6.4.2.4) takes::

    mean = (O + 4 M + P) / 6        standard deviation = (P - O) / 6

Means add up. Lines are taken as independent, so variances add up, and the sum as normal (central limit theorem): P50 is its mean and
P80 lies 0.8416 standard deviations above (the 80 % point of the standard normal distribution). Lines that fail together make the
spread larger than this: simulate them instead. A single figure has no spread.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

Z80: Final = Decimal("0.8416")
CENT: Final = Decimal("0.01")
SIX: Final = Decimal(6)


@dataclass(frozen=True, slots=True)
class Points:
    optimistic: Decimal
    likely: Decimal
    pessimistic: Decimal


@dataclass(frozen=True, slots=True)
class Expected:
    """``mean`` is rounded to the cent for each line and summed; ``variance`` is exact. Amounts in one currency."""

    mean: Decimal
    variance: Decimal

    @property
    def deviation(self) -> Decimal:
        """The standard deviation, to the cent."""
        with localcontext() as context:
            context.prec = 40
            return self.variance.sqrt().quantize(CENT, ROUND_HALF_EVEN)

    @property
    def p50(self) -> Decimal:
        return self.mean

    @property
    def p80(self) -> Decimal:
        """What four of five outcomes stay within, to the cent."""
        with localcontext() as context:
            context.prec = 40
            return (self.mean + Z80 * self.variance.sqrt()).quantize(CENT, ROUND_HALF_EVEN)


def expected(points: Points) -> Expected:
    """Return mean and variance of one line."""
    with localcontext() as context:
        context.prec = 60
        whole = points.optimistic + 4 * points.likely + points.pessimistic
        spread = points.pessimistic - points.optimistic
        return Expected((whole / SIX).quantize(CENT, ROUND_HALF_EVEN), spread * spread / 36)


def total(lines: Iterable[Expected]) -> Expected:
    """Return the sum of independent lines."""
    found = list(lines)
    with localcontext() as context:
        context.prec = 60
        return Expected(
            sum((one.mean for one in found), Decimal(0)), sum((one.variance for one in found), Decimal(0))
        )
