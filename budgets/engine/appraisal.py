"""What an investment is worth: net present value, internal rate of return, payback plain and discounted.

Years are counted from the first: its cash flow is not discounted, that of year *t* by ``(1 + rate) ** t`` (the convention of
``numpy_financial.npv``, which does the work). Amounts are ``int64`` minor units, rates fractions (0.08 is 8 %).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import numpy_financial as npf

SMALLEST = 1e-9
"""Rates that differ by less are one."""


@dataclass(frozen=True)
class Appraisal:
    """``None`` is *not available*: no IRR without both a cost and a return, or where several rates fit; no payback if the money
    never comes back. ``flows``: net cash flow by year, (n_years,). Paybacks in years from the start of the first."""

    flows: tuple[int, ...]
    npv: int
    irr: Decimal | None
    payback: Decimal | None
    discounted_payback: Decimal | None

    @property
    def npv_amount(self) -> Decimal:
        return Decimal(self.npv) / 100

    @property
    def irr_percent(self) -> Decimal | None:
        return None if self.irr is None else self.irr * 100


def appraise(outlays: Sequence[int], benefits: Sequence[int], rate: Decimal) -> Appraisal:
    """Appraise an investment.

    :param outlays: paid by year, minor units, (n_years,), not negative.
    :param benefits: gained by year, minor units, (n_years,); negative for a running cost.
    :param rate: discount rate, above −1.
    :raises ValueError: if the years differ in number or there are none, or the rate is −1 or below.
    """
    if len(outlays) != len(benefits) or not outlays:
        raise ValueError("outlays and benefits are given for the same years, one at least")
    if rate <= -1:
        raise ValueError("a discount rate is above -1")
    flows = tuple(int(benefit) - int(outlay) for outlay, benefit in zip(outlays, benefits, strict=True))
    discounted = [Decimal(flow) / (1 + rate) ** year for year, flow in enumerate(flows)]
    exact = npf.npv(rate, np.array([Decimal(flow) for flow in flows], dtype=object))
    npv = int(Decimal(exact).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    return Appraisal(
        flows, npv, _irr(flows), _payback([Decimal(flow) for flow in flows]), _payback(discounted)
    )


def _irr(flows: Sequence[int]) -> Decimal | None:
    """Return the rate at which the flows are worth nothing, to six decimals; None if there is none, or more than one."""
    if not (min(flows) < 0 < max(flows)):
        return None
    if _turns(flows) > 1 and len(_rates(flows)) != 1:
        return None
    found = npf.irr(np.array(flows, dtype=np.float64))
    if not np.isfinite(found):
        return None
    return Decimal(repr(float(found))).quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN)


def _turns(flows: Sequence[int]) -> int:
    """Count the changes of sign: with one there is one rate (Descartes' rule of signs)."""
    signs = [flow > 0 for flow in flows if flow]
    return sum(a != b for a, b in itertools.pairwise(signs))


def _rates(flows: Sequence[int]) -> list[float]:
    """Return all rates above −1 at which the flows are worth nothing."""
    roots = np.roots(np.array(flows, dtype=np.float64)[::-1])
    real = roots[(np.abs(roots.imag) < SMALLEST) & (roots.real > 0)].real
    rates: list[float] = []
    for rate in sorted((1 / real - 1).tolist()):
        if not rates or rate - rates[-1] > SMALLEST:
            rates.append(rate)
    return rates


def _payback(flows: Sequence[Decimal]) -> Decimal | None:
    """Return after how many years the sum of the flows is positive for good, evenly within the year; None if it never is."""
    sums = list(itertools.accumulate(flows))
    if sums[-1] < 0:
        return None
    below = [year for year, total in enumerate(sums) if total < 0]
    if not below:
        return Decimal(0)
    last = below[-1]
    return (last + -sums[last] / flows[last + 1]).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
