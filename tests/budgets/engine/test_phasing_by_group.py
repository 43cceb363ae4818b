"""Phased cost by group equals the sum of the phased rows, which the other tests of phasing hold to their own rules."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine import phasing, rollup
from programs.engine.calendars import NONE, WorkCalendar

OFFICE = [[[480, 720], [780, 1020]]] * 5 + [[], []]
CALENDARS = [WorkCalendar.build(OFFICE), WorkCalendar.build([[[0, 1440]]] * 7)]
EDGES = phasing.month_edges(0, 400 * 1440)

rows = st.lists(
    st.tuples(
        st.integers(-(10**12), 10**12),
        st.integers(0, 1),
        st.one_of(st.just(NONE), st.integers(-60 * 1440, 460 * 1440)),
        st.integers(0, 200 * 1440),
        st.integers(0, 2),
    ),
    max_size=12,
)


@given(rows)
def test_groups_hold_the_sums_of_their_rows(drawn: list[tuple[int, int, int, int, int]]) -> None:
    cost, calendar, start, length, group = (
        (np.array(column, np.int64) for column in zip(*drawn, strict=True))
        if drawn
        else (np.zeros(0, np.int64) for _ in range(5))
    )
    finish = np.where(start == NONE, NONE, start + length)
    apart = phasing.by_period(cost, calendar, start, finish, EDGES, CALENDARS)
    together = phasing.sum_by_period(cost, calendar, start, finish, EDGES, CALENDARS, group, 3)
    assert (together == rollup.sum_by(apart, group, 3)).all()
