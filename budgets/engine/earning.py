"""Earned value of whole plans: tasks that earn by different rules, some of them by the progress of others.

Rules: PMI, *Practice Standard for Earned Value Management* (fixed formula, weighted milestone, percent complete,
apportioned effort, level of effort). Shapes: ``n`` tasks; amounts ``int64`` minor units.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budgets.engine.allocation import Int64, percent_of, proportion
from budgets.engine.earned_value import EarningRule, earn, product_over
from budgets.engine.rollup import sum_up

NO_BASE = -1


@dataclass(frozen=True, eq=False)
class Rules:
    """How each task earns, ``(n,)`` each.

    :ivar rule: :class:`EarningRule`.
    :ivar base: index of the task that an apportioned one follows, else −1.
    :ivar weight: what the task counts among the milestones of its summary, if it is one.
    """

    rule: Int64
    base: Int64
    weight: Int64

    @classmethod
    def by_percent(cls, n: int) -> "Rules":
        """Every task earns by percent complete; every milestone weighs the same."""
        return cls(
            rule=np.full(n, EarningRule.PERCENT, np.int64),
            base=np.full(n, NO_BASE, np.int64),
            weight=np.ones(n, np.int64),
        )


def earn_plan(
    bac: Int64,
    pv: Int64,
    percent: NDArray[np.float64],
    parent: Int64,
    is_milestone: NDArray[np.bool_],
    rules: Rules,
) -> Int64:
    """Return what each task has earned itself (a summary: of its own cost), ``(n,)`` minor units.

    :param bac, pv: own budget and own planned value of each task.
    :param percent: percent complete, 0..100; 100 is finished.
    :param parent: index of the summary of each task, −1 at the top.

    - *Weighted milestones*: the budget times the weight of the milestones right below that are done, over the weight of all;
      without any weight below, percent complete.
    - *Apportioned*: the budget times EV / BAC of the base (a summary base: with all below it; what is apportioned itself
      does not count); of a base without budget its percent complete.
    """
    share, counted = _milestones(percent, parent, is_milestone, rules.weight)
    by_milestones = (rules.rule == EarningRule.MILESTONES) & counted
    own = earn(
        bac, pv, percent, started=percent > 0, finished=(percent >= 100) & ~by_milestones, rule=rules.rule
    )
    done, whole = share
    own[by_milestones] = proportion(bac[by_milestones], done[by_milestones], whole[by_milestones])
    follows = (rules.rule == EarningRule.APPORTIONED) & (rules.base >= 0)
    if follows.any():
        rest = np.where(follows, 0, 1)
        earned, budget = sum_up(np.stack([own * rest, bac * rest], axis=1), parent).T
        base = rules.base[follows]
        has_budget = budget[base] > 0
        reached = np.clip(earned[base], 0, budget[base])
        own[follows] = np.where(
            has_budget,
            product_over(
                bac[follows], np.where(has_budget, reached, 0), np.where(has_budget, budget[base], 1)
            ),
            percent_of(bac[follows], np.clip(percent[base], 0.0, 100.0)),
        )
    return own


def open_cost(cost: Int64, percent: NDArray[np.float64]) -> Int64:
    """Return the bottom-up estimate to complete: today's cost less the part that is worked off, ``(n,)`` minor units."""
    return np.asarray(cost - percent_of(cost, np.clip(percent, 0.0, 100.0)), np.int64)


def _milestones(
    percent: NDArray[np.float64], parent: Int64, is_milestone: NDArray[np.bool_], weight: Int64
) -> tuple[tuple[Int64, Int64], NDArray[np.bool_]]:
    """Return the weights done and in all of each summary's milestones, and where there are any."""
    done, whole = np.zeros(len(parent), np.int64), np.zeros(len(parent), np.int64)
    below = is_milestone & (parent >= 0)
    np.add.at(whole, parent[below], weight[below])
    finished = below & (percent >= 100)
    np.add.at(done, parent[finished], weight[finished])
    return (done, np.maximum(whole, 1)), whole > 0
