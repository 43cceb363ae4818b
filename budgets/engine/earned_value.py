"""Earned value: variances, indexes and estimates at completion from BAC, PV, EV and AC.

Formulas: NASA EVM Implementation Handbook (glossary) and PMBOK Guide. Amounts are ``int64`` minor units, results in
money rounded half to even once, ratios ``float64`` with NaN for *not available*: a division by zero is never 0 or 1.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from budgets.engine.allocation import NONE, Int64, amounts, divide, percent_of

Float64 = NDArray[np.float64]

_EXACT: Final = 2.0**53


class EacBasis(IntEnum):
    """Which rule gave the main estimate at completion."""

    CPI = 0
    BUDGET_RATE = 1
    BUDGET = 2


class EarningRule(IntEnum):
    """How work earns its budget while it is in progress; finished work earns it all."""

    PERCENT = 0
    ZERO_HUNDRED = 1
    FIFTY_FIFTY = 2
    LEVEL_OF_EFFORT = 3
    MILESTONES = 4
    APPORTIONED = 5


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """Results of :func:`measure`, each of the common shape of its inputs.

    ``eac`` never lacks a value; ``eac_basis`` says by which rule it came. ``eac_cpi_spi`` is :data:`NONE` where CPI
    or SPI is not available or next to 0. ``etc_`` and ``vac`` belong to ``eac``. A negative ``tcpi_bac`` says that the budget
    is already spent: no performance can keep it.
    """

    bac: Int64
    pv: Int64
    ev: Int64
    ac: Int64
    sv: Int64
    cv: Int64
    spi: Float64
    cpi: Float64
    eac: Int64
    eac_basis: NDArray[np.int8]
    eac_budget_rate: Int64
    eac_cpi_spi: Int64
    etc_: Int64
    vac: Int64
    tcpi_bac: Float64
    tcpi_eac: Float64


def measure(bac: ArrayLike, pv: ArrayLike, ev: ArrayLike, ac: ArrayLike) -> EarnedValue:
    """Measure performance from budget at completion, planned value, earned value and actual cost.

    :param bac, pv, ev, ac: minor units, scalars or arrays that broadcast together; above task level pass sums.

    - SV = EV − PV, CV = EV − AC, SPI = EV / PV, CPI = EV / AC; an index with a divisor ≤ 0 is not available.
    - EAC = BAC / CPI. Where nothing is earned yet (or so little that the quotient is no amount of money, above 2**53)
      CPI says nothing: EAC = AC + (BAC − EV), the rest at budget rate (``BUDGET_RATE``). Where something is earned and no cost is recorded, or credits outweigh it, cost performance
      is unknown and the budget stands: EAC = BAC (``BUDGET``).
    - ``eac_budget_rate`` = AC + (BAC − EV); ``eac_cpi_spi`` = AC + (BAC − EV) / (CPI · SPI), the latter evaluated in
      float64, hence exact to the minor unit for amounts below about 10**14.
    - ETC = EAC − AC, VAC = BAC − EAC, TCPI(BAC) = (BAC − EV) / (BAC − AC), TCPI(EAC) = (BAC − EV) / (EAC − AC) with
      the unrounded EAC, so that it equals CPI wherever EAC = BAC / CPI and work is left.
    """
    b, p, e, a = np.broadcast_arrays(amounts(bac), amounts(pv), amounts(ev), amounts(ac))
    has_spi, has_cpi = p > 0, a > 0
    spi, cpi = _ratio(e, p, has_spi), _ratio(e, a, has_cpi)
    earning = np.where(e > 0, e, 1)
    by_cpi = has_cpi & (e > 0) & (np.abs(b.astype(np.float64) * a / earning) < _EXACT)
    stands = (e > 0) & ~has_cpi
    basis = np.where(by_cpi, EacBasis.CPI, np.where(stands, EacBasis.BUDGET, EacBasis.BUDGET_RATE)).astype(
        np.int8
    )

    budget_rate = np.asarray(a + (b - e), np.int64)
    eac = np.where(by_cpi, product_over(b, np.where(by_cpi, a, 0), earning), np.where(stands, b, budget_rate))
    left = (b - e).astype(np.float64)
    rest = _ratio(left, cpi * spi, by_cpi & has_spi)
    known = np.abs(rest) < _EXACT
    eac_cpi_spi = np.where(known, a + np.rint(np.where(known, rest, 0.0)).astype(np.int64), NONE)

    # at EAC = BAC / CPI the cost to come is (BAC - EV) / CPI, before any rounding
    to_come = np.where(by_cpi, _ratio(left * a, e, by_cpi), (eac - a).astype(np.float64))
    return EarnedValue(
        bac=b,
        pv=p,
        ev=e,
        ac=a,
        sv=np.asarray(e - p, np.int64),
        cv=np.asarray(e - a, np.int64),
        spi=spi,
        cpi=cpi,
        eac=np.asarray(eac, np.int64),
        eac_basis=basis,
        eac_budget_rate=budget_rate,
        eac_cpi_spi=np.asarray(eac_cpi_spi, np.int64),
        etc_=np.asarray(eac - a, np.int64),
        vac=np.asarray(b - eac, np.int64),
        tcpi_bac=_ratio(b - e, b - a, b != a),
        tcpi_eac=_ratio(left, to_come, to_come != 0),
    )


def earn(
    bac: ArrayLike,
    pv: ArrayLike,
    percent_complete: ArrayLike,
    *,
    started: ArrayLike,
    finished: ArrayLike,
    rule: ArrayLike = EarningRule.PERCENT,
) -> Int64:
    """Return the earned value of each task, minor units, shape of the inputs.

    :param percent_complete: 0..100, cut to that range; used by ``PERCENT`` only.
    :param rule: :class:`EarningRule` per task. 0/100 earns at the finish, 50/50 half at the start; level of effort
        earns what was planned, so it never shows a schedule variance. Finished work of every other rule earns BAC.
        What earns by other tasks (``MILESTONES``, ``APPORTIONED``) is the matter of :mod:`budgets.engine.earning`;
        here it earns by percent complete.
    """
    budget, planned = amounts(bac), amounts(pv)
    percent = np.clip(np.nan_to_num(np.asarray(percent_complete, np.float64)), 0.0, 100.0)
    begun, done, how = np.asarray(started, np.bool_), np.asarray(finished, np.bool_), np.asarray(rule)
    in_progress = np.select(
        [how == EarningRule.ZERO_HUNDRED, how == EarningRule.FIFTY_FIFTY],
        [np.zeros_like(budget), np.where(begun, divide(budget, 2), 0)],
        percent_of(budget, percent),
    )
    earned = np.where(done, budget, in_progress)
    return np.asarray(np.where(how == EarningRule.LEVEL_OF_EFFORT, planned, earned), np.int64)


def eac_bottom_up(ac: ArrayLike, estimate_to_complete: ArrayLike) -> Int64:
    """EAC = AC + a new estimate of all remaining work, minor units."""
    return np.asarray(amounts(ac) + amounts(estimate_to_complete), np.int64)


def _ratio(top: ArrayLike, bottom: ArrayLike, available: ArrayLike) -> Float64:
    numerator, denominator = np.asarray(top, np.float64), np.asarray(bottom, np.float64)
    usable = np.asarray(available, np.bool_)
    ratio = np.full(np.broadcast_shapes(numerator.shape, denominator.shape, usable.shape), np.nan)
    np.divide(numerator, denominator, out=ratio, where=usable & (denominator != 0))
    return ratio


def product_over(left: Int64, right: Int64, divisor: Int64) -> Int64:
    """``left * right / divisor`` rounded half to even; exact although the product may exceed 64 bits.

    The float64 estimate is off by a few units at most, hence the true remainder fits ``int64`` and wrapped integer
    arithmetic yields it exactly; one more division mends the estimate. Needs a quotient below 2**53.
    """
    guess = np.rint(left.astype(np.float64) * right.astype(np.float64) / divisor.astype(np.float64))
    quotient = np.clip(guess, -_EXACT, _EXACT).astype(np.int64)
    with np.errstate(over="ignore"):
        remainder = left * right - quotient * divisor
    return np.asarray(quotient + _mend(quotient, remainder, divisor), np.int64)


def _mend(guess: Int64, remainder: Int64, divisor: Int64) -> Int64:
    floor, rest = np.divmod(remainder, divisor)
    twice = 2 * rest
    odd = (guess + floor) % 2 == 1
    return np.asarray(floor + ((twice > divisor) | ((twice == divisor) & odd)), np.int64)
