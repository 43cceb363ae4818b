"""Estimates of the duration at completion, in periods, by the three families of methods.

Source of the formulas and names: Vandevoorde & Vanhoucke, "A comparison of different project duration forecasting
methods using earned value metrics", International Journal of Project Management 24 (2006); IEAC(t): Lipke (2003).
All take and return ``float64`` scalars or arrays; NaN is *not available*, and a performance factor that is missing
or not positive makes the estimate not available.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float64 = NDArray[np.float64]


def independent_estimate(
    at: ArrayLike, planned_duration: ArrayLike, es: ArrayLike, performance: ArrayLike = 1.0
) -> Float64:
    """Earned-schedule method: AT + (PD − ES) / PF.

    PF = 1 plans the rest at the planned pace; PF = SPI(t) is IEAC(t) = PD / SPI(t), the pace so far; PF = SPI(t) · CPI
    takes cost performance in.
    """
    rest = np.asarray(planned_duration, np.float64) - np.asarray(es, np.float64)
    return np.asarray(np.asarray(at, np.float64) + _over(rest, performance))


def planned_value_estimate(planned_duration: ArrayLike, bac: ArrayLike, sv: ArrayLike) -> Float64:
    """Planned-value method at the planned pace: PD − SV / (BAC / PD); ``bac`` and ``sv`` in minor units."""
    duration = np.asarray(planned_duration, np.float64)
    return np.asarray(duration - np.asarray(sv, np.float64) * _over(duration, bac))


def earned_duration_estimate(
    at: ArrayLike, planned_duration: ArrayLike, spi: ArrayLike, performance: ArrayLike = 1.0
) -> Float64:
    """Earned-duration method: AT + (max(PD, AT) − AT · SPI) / PF."""
    elapsed = np.asarray(at, np.float64)
    rest = np.maximum(np.asarray(planned_duration, np.float64), elapsed) - elapsed * np.asarray(
        spi, np.float64
    )
    return np.asarray(elapsed + _over(rest, performance))


def _over(rest: ArrayLike, performance: ArrayLike) -> Float64:
    left, pace = np.broadcast_arrays(np.asarray(rest, np.float64), np.asarray(performance, np.float64))
    quotient = np.full(left.shape, np.nan)
    np.divide(left, pace, out=quotient, where=pace > 0)
    return quotient
