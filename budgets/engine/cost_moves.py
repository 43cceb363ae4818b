"""Why the cost at completion moved between two moments: scope, currency, quantity, price, time – exact to the minor unit.

What moves is the bottom-up estimate: cost that was posted, and the part of each cost line that is not worked off. Each line's
causes are found by swapping what changed one after the other, so that they telescope to its whole move. ADR 12 says why.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from budgets.engine.allocation import Int64
from budgets.engine.earned_value import product_over
from budgets.engine.earning import open_cost

Float64 = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lines:
    """Cost lines of both moments, ``(k,)`` each; what a line lacks on the side where it is not does not count.

    :ivar before, after: whether the line is there. :ivar amount_before, amount_after: minor units.
    :ivar converted: the amount before at the rate after, minor units; equal to ``amount_before`` without a foreign currency.
    :ivar quantity_before, quantity_after: working minutes that the amount pays for, 0 where it pays for none.
    :ivar done_before, done_after: percent worked off. :ivar done_planned: percent after, had the line kept its dates.
    :ivar costed: whether the amounts are computed from assigned work on both sides; then ``worked`` is the amount with the hours
        after at the rates and on the days before, and ``rated`` that at the rates after, still on the days before.
    """

    before: NDArray[np.bool_]
    after: NDArray[np.bool_]
    amount_before: Int64
    amount_after: Int64
    converted: Int64
    quantity_before: Int64
    quantity_after: Int64
    done_before: Float64
    done_after: Float64
    done_planned: Float64
    costed: NDArray[np.bool_]
    worked: Int64
    rated: Int64


@dataclass(frozen=True, eq=False)
class Moves:
    """Moves of the open cost of each line, minor units, ``(k,)`` each; ``done`` is what was worked off, as a rule negative."""

    scope: Int64
    currency: Int64
    quantity: Int64
    price: Int64
    time: Int64
    done: Int64

    @property
    def total(self) -> Int64:
        return np.asarray(
            self.scope + self.currency + self.quantity + self.price + self.time + self.done, np.int64
        )


def attribute(lines: Lines) -> Moves:
    """Split the move of each line's open cost.

    In this order: the line comes or goes (*scope*); its currency's rate (*currency*); more or less of what it pays for at the same
    price (*quantity*, only where the amount changed); the rest of its amount (*price*); the work that was done meanwhile
    (``done``); other dates of its own (*time*). Assigned work is swapped by what it consists of: hours, rates, days.
    """
    both = lines.before & lines.after
    first = open_cost(lines.amount_before, lines.done_before)
    last = open_cost(lines.amount_after, lines.done_after)
    repriced = both & (lines.amount_after != lines.converted)
    scaled = repriced & (lines.quantity_before > 0) & (lines.quantity_after > 0)
    quantity = np.where(
        scaled,
        product_over(
            lines.converted,
            np.where(scaled, lines.quantity_after, 0),
            np.where(scaled, lines.quantity_before, 1),
        ),
        lines.converted,
    )
    quantity = np.where(lines.costed, lines.worked, quantity)
    priced = np.where(lines.costed, lines.rated, lines.amount_after)
    steps = [
        first,
        open_cost(lines.converted, lines.done_before),
        open_cost(quantity, lines.done_before),
        open_cost(priced, lines.done_before),
        open_cost(priced, lines.done_planned),
        last,
    ]
    moved = [np.where(both, after - before, 0) for before, after in pairwise(steps)]
    come_or_gone = np.where(both, 0, np.where(lines.after, last, 0) - np.where(lines.before, first, 0))
    return Moves(come_or_gone, moved[0], moved[1], moved[2], moved[4], moved[3])
