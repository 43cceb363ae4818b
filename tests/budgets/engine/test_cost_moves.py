"""The causes of a cost move: textbook splits by hand, and sums that are exact on whatever lines."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine.cost_moves import Lines, attribute
from budgets.engine.earning import open_cost

ROW = st.tuples(
    st.booleans(), st.booleans(), *[st.integers(-(10**9), 10**9)] * 3, *[st.integers(0, 10**6)] * 2,
    *[st.floats(0, 100)] * 3, st.booleans(), *[st.integers(-(10**9), 10**9)] * 2,
)  # fmt: skip


def _lines(rows: list[tuple[object, ...]]) -> Lines:
    kinds = [bool] * 2 + [np.int64] * 5 + [np.float64] * 3 + [bool] + [np.int64] * 2
    return Lines(
        *(np.array(values, kind) for values, kind in zip(zip(*rows, strict=True), kinds, strict=True))
    )


def test_a_dearer_rate_longer_work_and_a_higher_price_are_told_apart() -> None:
    # 1,000.00 becomes 1,100.00 by the rate; 10 % longer is 110.00 more; the rest up to 1,500.00 is price; nothing is done yet
    moves = attribute(_lines([(True, True, 100_000, 150_000, 110_000, 4_800, 5_280, 0, 0, 0, False, 0, 0)]))
    assert [int(part[0]) for part in (moves.currency, moves.quantity, moves.price)] == [
        10_000,
        11_000,
        29_000,
    ]


def test_work_done_and_dates_that_slip_move_only_what_is_open() -> None:
    moves = attribute(_lines([(True, True, 100_000, 100_000, 100_000, 0, 0, 0, 25, 50, False, 0, 0)]))
    assert (int(moves.done[0]), int(moves.time[0])) == (-50_000, 25_000)


def test_assigned_work_moves_by_its_hours_its_rates_and_its_days() -> None:
    # 40 h at 100 become 50 h at 110, and its days meet a rate of 120 for 10 of them: 4,000 → 5,000 → 5,500 → 5,600
    moves = attribute(
        _lines([(True, True, 400_000, 560_000, 400_000, 0, 0, 0, 0, 0, True, 500_000, 550_000)])
    )
    assert [int(p[0]) for p in (moves.currency, moves.quantity, moves.price, moves.time, moves.done)] == [
        0, 100_000, 50_000, 10_000, 0,
    ]  # fmt: skip


@given(st.lists(ROW, min_size=1, max_size=12))
def test_the_causes_of_every_line_sum_to_its_move(rows: list[tuple[object, ...]]) -> None:
    lines = _lines(rows)
    first = np.where(lines.before, open_cost(lines.amount_before, lines.done_before), 0)
    last = np.where(lines.after, open_cost(lines.amount_after, lines.done_after), 0)
    assert (attribute(lines).total == last - first).all()
