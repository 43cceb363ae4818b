"""Exposure of a risk register: expected impact in working time and money, and the probability-impact matrix.

Probabilities are ``float64`` in [0, 1], kept to a millionth; impacts signed integers, working minutes and minor units
(negative: an opportunity). The expected value is the probability-weighted impact of PMBOK's quantitative analysis: a
figure to set aside and to compare registers by. It does not rank risks by their effect on a finish date: that takes
the network, hence a simulation.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from budgets.engine.allocation import Int64, MoneyError, amounts, proportion, refuse
from budgets.engine.rollup import sum_by

LEVELS: Final = 5

_MILLION: Final = 1_000_000
_DAY: Final = 480


@dataclass(frozen=True, slots=True)
class Exposure:
    """Expected impact, ``(k,)`` per risk or ``(n_scopes,)`` per scope: working minutes and minor units."""

    time: Int64
    money: Int64


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the levels 2..5 of the matrix begin; level 1 is all below. Four rising bounds each.

    :ivar probability: bounds in [0, 1]. :ivar time: working minutes. :ivar money: minor units.

    The defaults are this project's own, meant to be replaced by the policy of a portfolio: a week, a month, a
    quarter and half a year of delay; ``money`` has no sensible default without a budget, see :meth:`for_budget`.
    """

    name: str
    version: int
    money: tuple[int, int, int, int]
    time: tuple[int, int, int, int] = (5 * _DAY, 20 * _DAY, 60 * _DAY, 120 * _DAY)
    probability: tuple[float, float, float, float] = (0.1, 0.3, 0.5, 0.7)

    def __post_init__(self) -> None:
        for bounds in (self.probability, self.time, self.money):
            if len(bounds) != LEVELS - 1 or any(low >= high for low, high in pairwise(bounds)):
                raise MoneyError("scale_not_rising", "a scale needs four rising bounds")

    @classmethod
    def for_budget(cls, budget: int, *, name: str = "Share of budget", version: int = 1) -> "Scale":
        """Return a scale with money bounds at 1, 2, 5 and 10 % of ``budget`` (minor units, at least 100)."""
        if budget < 100:
            raise MoneyError(
                "budget_too_small", "a scale by share of budget needs a budget of 100 minor units or more"
            )
        one, two, five, ten = (budget * share // 100 for share in (1, 2, 5, 10))
        return cls(name=name, version=version, money=(one, two, five, ten))


def expected(
    probability: ArrayLike, time: ArrayLike, money: ArrayLike, is_open: ArrayLike = True
) -> Exposure:
    """Return probability × impact of each risk, ``(k,)``, each rounded half to even once.

    :param time: working minutes. :param money: minor units. :param is_open: closed risks expose nothing.
    :raises MoneyError: ``probability_out_of_range`` (also for NaN), ``not_minor_units``.
    """
    parts = np.rint(_probabilities(probability) * _MILLION).astype(np.int64) * np.asarray(is_open, np.bool_)
    whole = np.int64(_MILLION)
    return Exposure(
        time=proportion(amounts(time), parts, whole), money=proportion(amounts(money), parts, whole)
    )


def by_scope(exposure: Exposure, scope: ArrayLike, n_scopes: int) -> Exposure:
    """Sum exposure by scope index ``(k,)`` (project, program …), exactly additive; negative rows belong to none."""
    return Exposure(
        time=sum_by(exposure.time, scope, n_scopes), money=sum_by(exposure.money, scope, n_scopes)
    )


def levels(probability: ArrayLike, time: ArrayLike, money: ArrayLike, scale: Scale) -> tuple[Int64, Int64]:
    """Return the levels 1..5 of probability and of impact, ``(k,)`` each.

    The impact level is the worse of time and money, by size: an opportunity is as large as a threat.
    """
    chance = np.searchsorted(np.asarray(scale.probability), _probabilities(probability), side="right")
    delay = np.searchsorted(np.asarray(scale.time), np.abs(amounts(time)), side="right")
    cost = np.searchsorted(np.asarray(scale.money), np.abs(amounts(money)), side="right")
    return np.asarray(chance + 1, np.int64), np.asarray(np.maximum(delay, cost) + 1, np.int64)


def matrix(probability_level: ArrayLike, impact_level: ArrayLike) -> Int64:
    """Count risks in the 5 × 5 matrix: ``[probability level − 1, impact level − 1]``.

    :raises MoneyError: ``level_unknown`` for a level outside of 1..5.
    """
    rows, columns = np.asarray(probability_level, np.int64), np.asarray(impact_level, np.int64)
    refuse(
        "level_unknown",
        "levels are 1..5",
        (np.minimum(rows, columns) < 1) | (np.maximum(rows, columns) > LEVELS),
    )
    cells = (rows - 1) * LEVELS + (columns - 1)
    return np.bincount(cells, minlength=LEVELS * LEVELS).astype(np.int64).reshape(LEVELS, LEVELS)


def _probabilities(probability: ArrayLike) -> NDArray[np.float64]:
    chance = np.asarray(probability, np.float64)
    refuse(
        "probability_out_of_range",
        "a probability is in [0, 1]",
        np.atleast_1d(~((chance >= 0) & (chance <= 1))),
    )
    return chance
