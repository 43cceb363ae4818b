"""Exact shares of an amount: integer arithmetic with one rounding, and splits that lose no cent."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Int64 = NDArray[np.int64]

NONE: Final = int(np.iinfo(np.int64).min)
"""The missing value of an ``int64`` array, for amounts as for instants."""

LARGEST_WHOLE: Final = 3_037_000_499
"""Largest divisor whose square fits ``int64``; as working minutes more than 5,700 years."""

PERCENT_SCALE: Final = 1_000_000
"""Parts of one percent that :func:`percent_of` tells apart."""


class MoneyError(ValueError):
    """Input that the money engines can not answer for; ``code`` names the reason, ``rows`` the culprits."""

    def __init__(self, code: str, message: str, rows: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.rows = tuple(int(row) for row in rows)


def refuse(code: str, message: str, bad: NDArray[np.bool_]) -> None:
    """Raise :class:`MoneyError` naming the first rows where ``bad`` is true; do nothing where none is."""
    if bad.any():
        rows = np.flatnonzero(bad)[:10]
        raise MoneyError(code, f"{message} (rows {', '.join(str(row) for row in rows)})", rows.tolist())


def amounts(values: ArrayLike) -> Int64:
    """Return ``values`` as ``int64`` minor units, refusing floats: a float amount has already lost its cents."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu" and array.size:
        raise MoneyError("not_minor_units", f"amounts are integers of minor units, not {array.dtype}")
    return array.astype(np.int64, copy=False)


def divide(numerator: ArrayLike, denominator: ArrayLike) -> Int64:
    """Integer quotient rounded half to even; ``denominator`` positive and below 2**62."""
    top, bottom = np.asarray(numerator, np.int64), np.asarray(denominator, np.int64)
    quotient, remainder = np.divmod(top, bottom)
    return _half_even(quotient, remainder, bottom)


def proportion(amount: ArrayLike, part: ArrayLike, whole: ArrayLike) -> Int64:
    """Return ``amount * part / whole``, exact and rounded half to even once.

    :param amount: minor units, any sign.
    :param part: 0 ≤ part ≤ whole, in the unit of ``whole``.
    :param whole: 1 ≤ whole ≤ :data:`LARGEST_WHOLE`; not checked, as callers pass large arrays of clean values.

    No product overflows: with ``amount = a * whole + b`` the share is ``a * part + b * part / whole``, where the
    first term is at most ``amount`` and ``b * part`` is below ``whole ** 2``.
    """
    shares, size = np.asarray(part, np.int64), np.asarray(whole, np.int64)
    full, rest = np.divmod(np.asarray(amount, np.int64), size)
    quotient, remainder = np.divmod(rest * shares, size)
    return _half_even(full * shares + quotient, remainder, size)


def percent_of(amount: ArrayLike, percent: ArrayLike) -> Int64:
    """Return ``percent`` (0..100, kept to a millionth of a percent) of ``amount``, rounded half to even once."""
    parts = np.rint(np.asarray(percent, np.float64) * PERCENT_SCALE).astype(np.int64)
    return proportion(amount, parts, np.int64(100 * PERCENT_SCALE))


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split ``amount`` (minor units) in proportion to ``weights`` so that the parts sum to it.

    The method of largest remainders (Hamilton): everybody gets the whole units of their exact share, and the units
    left over go to the largest fractions, the earlier one first among equals. Works on the absolute amount, so a
    reversal splits like the posting that it reverses.

    :raises MoneyError: ``weights_negative`` or ``weights_zero``.
    """
    parts = [int(weight) for weight in weights]
    if any(weight < 0 for weight in parts):
        raise MoneyError("weights_negative", "weights of an allocation are not negative")
    total = sum(parts)
    if total == 0:
        raise MoneyError("weights_zero", "an allocation needs at least one positive weight")
    size, sign = abs(int(amount)), -1 if amount < 0 else 1
    shares, remainders = zip(*(divmod(size * weight, total) for weight in parts), strict=True)
    split = list(shares)
    for index in sorted(range(len(parts)), key=lambda row: (-remainders[row], row))[: size - sum(shares)]:
        split[index] += 1
    return [sign * share for share in split]


def _half_even(quotient: Int64, remainder: Int64, whole: Int64) -> Int64:
    twice = 2 * remainder
    up = (twice > whole) | ((twice == whole) & (quotient % 2 == 1))
    return np.asarray(quotient + up, np.int64)
