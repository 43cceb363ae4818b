"""Sums of amounts up a structure, exact to the minor unit at every level."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from budgets.engine.allocation import NONE, Int64, MoneyError, amounts, refuse

_NEVER = np.iinfo(np.int64).max


def sum_by(values: ArrayLike, group: ArrayLike, n_groups: int) -> Int64:
    """Sum rows by group.

    :param values: ``(k,)`` or ``(k, p)`` minor units.
    :param group: ``(k,)`` index of each row's group; negative rows belong to none and are left out.
    :returns: ``(n_groups,)`` or ``(n_groups, p)``.
    :raises MoneyError: ``amount_missing``, ``group_unknown``, ``overflow``.
    """
    money, groups = _checked(values), np.asarray(group, np.int64)
    refuse("group_unknown", f"group index beyond the {n_groups} groups", groups >= n_groups)
    total = np.zeros((n_groups, *money.shape[1:]), np.int64)
    inside = groups >= 0
    np.add.at(total, groups[inside], money[inside])
    return total


def sum_up(values: ArrayLike, parent: ArrayLike) -> Int64:
    """Add to every row the sum of all rows below it, so that each total equals its parts.

    :param values: ``(n,)`` or ``(n, p)`` own amounts of the rows (of a summary usually 0).
    :param parent: ``(n,)`` index of each row's parent, −1 at the top; rows in any order.
    :returns: like ``values``: own amount plus all descendants'.
    :raises MoneyError: ``amount_missing``, ``parent_unknown``, ``parent_circle``, ``overflow``.
    """
    total, above = _checked(values).copy(), np.asarray(parent, np.int64)
    depth = depths(above)
    order = np.argsort(depth, kind="stable")
    bounds = np.searchsorted(depth[order], np.arange(int(depth.max(initial=0)) + 2))
    for level in range(len(bounds) - 2, 0, -1):
        rows = order[bounds[level] : bounds[level + 1]]
        np.add.at(total, above[rows], total[rows])
    return total


def span_up(start: ArrayLike, finish: ArrayLike, parent: ArrayLike) -> tuple[Int64, Int64]:
    """Return the earliest start and latest finish of every row and all rows below it, ``(n,)`` each.

    :param start, finish: ``(n,)`` wall minutes, :data:`NONE` (on both) for rows that do not count.
    """
    first, last = np.asarray(start, np.int64).copy(), np.asarray(finish, np.int64).copy()
    missing = first == NONE
    first[missing] = _NEVER
    above = np.asarray(parent, np.int64)
    depth = depths(above)
    order = np.argsort(depth, kind="stable")
    bounds = np.searchsorted(depth[order], np.arange(int(depth.max(initial=0)) + 2))
    for level in range(len(bounds) - 2, 0, -1):
        rows = order[bounds[level] : bounds[level + 1]]
        np.minimum.at(first, above[rows], first[rows])
        np.maximum.at(last, above[rows], last[rows])
    first[first == _NEVER] = NONE
    return first, last


def depths(parent: ArrayLike) -> NDArray[np.int64]:
    """Return the depth of each row, 0 at the top, by pointer doubling (``log2`` of the depth passes).

    :raises MoneyError: ``parent_unknown``, ``parent_circle``.
    """
    above = np.asarray(parent, np.int64)
    n = len(above)
    refuse("parent_unknown", f"parent index beyond the {n} rows", above >= n)
    # row n is the sky: it is its own parent, and nobody's depth counts it
    jump = np.append(np.where(above < 0, n, above), n)
    depth = np.append(np.where(above < 0, 0, 1), 0)
    for _ in range(max(n, 1).bit_length() + 1):
        if (jump == n).all():
            return depth[:n]
        depth = depth + depth[jump]
        jump = jump[jump]
    raise MoneyError("parent_circle", "rows contain themselves", np.flatnonzero(jump[:n] != n)[:10].tolist())


def _checked(values: ArrayLike) -> Int64:
    money = amounts(values)
    missing = money == NONE
    refuse(
        "amount_missing", "missing amounts can not be summed", missing.any(axis=tuple(range(1, missing.ndim)))
    )
    if np.abs(money.astype(np.float64)).sum() >= 2.0**62:
        raise MoneyError("overflow", "the sum exceeds 64-bit minor units")
    return money
