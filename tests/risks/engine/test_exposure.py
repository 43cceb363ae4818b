"""Exposure of a register: expected values, sums by scope, the matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine.allocation import MoneyError
from risks.engine.exposure import Scale, by_scope, expected, levels, matrix

DAY = 480
SCALE = Scale.for_budget(1_000_000_00)


def test_expected_value_is_probability_times_impact() -> None:
    exposure = expected([0.2, 0.5, 1.0], [10 * DAY, 3 * DAY, DAY], [100_000_00, 1, -5_000])
    assert exposure.time.tolist() == [2 * DAY, 720, DAY]
    # half a cent rounds to even
    assert exposure.money.tolist() == [20_000_00, 0, -5_000]


def test_closed_risks_expose_nothing() -> None:
    exposure = expected([0.5, 0.5], [DAY, DAY], [100, 100], is_open=[True, False])
    assert (exposure.time.tolist(), exposure.money.tolist()) == ([240, 0], [50, 0])


@pytest.mark.parametrize("probability", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_is_refused_with_its_row(probability: float) -> None:
    with pytest.raises(MoneyError) as refused:
        expected([0.5, probability], [0, 0], [0, 0])
    assert (refused.value.code, refused.value.rows) == ("probability_out_of_range", (1,))


def test_scopes_sum_their_own_risks() -> None:
    exposure = by_scope(expected([1.0, 1.0, 1.0], [1, 2, 4], [10, 20, 40]), [1, 0, 1], 3)
    assert (exposure.time.tolist(), exposure.money.tolist()) == ([2, 5, 0], [20, 50, 0])


def test_levels_begin_at_their_bounds_and_impact_is_the_worse_of_time_and_money() -> None:
    chance, impact = levels(
        [0.0, 0.1, 0.3, 0.5, 0.7, 1.0],
        [0, 5 * DAY, 0, 0, 0, 120 * DAY],
        [0, 0, 9_999_99, 10_000_00, -100_000_00, 0],
        SCALE,
    )
    assert chance.tolist() == [1, 2, 3, 4, 5, 5]
    assert impact.tolist() == [1, 2, 1, 2, 5, 5]


def test_matrix_counts_each_risk_in_its_cell() -> None:
    counts = matrix([1, 5, 5], [1, 4, 4])
    assert counts.shape == (5, 5)
    assert (counts[0, 0], counts[4, 3], counts.sum()) == (1, 2, 3)


@pytest.mark.parametrize(("chance", "impact"), [([0], [1]), ([1], [6])])
def test_a_level_outside_of_the_matrix_is_refused(chance: list[int], impact: list[int]) -> None:
    with pytest.raises(MoneyError):
        matrix(chance, impact)


def test_a_scale_that_does_not_rise_is_refused() -> None:
    with pytest.raises(MoneyError):
        Scale(name="Broken", version=1, money=(1, 2, 2, 3))
    with pytest.raises(MoneyError):
        Scale.for_budget(99)


register = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(-(10**6), 10**6), st.integers(-(10**12), 10**12), st.integers(0, 3)
    ),
    max_size=20,
)


@given(register)
def test_scopes_together_hold_the_whole_register(risks: list[tuple[float, int, int, int]]) -> None:
    columns = [np.array([risk[column] for risk in risks]) for column in range(4)]
    probability, time, money, scope = columns[0], *(column.astype(np.int64) for column in columns[1:])
    exposure = expected(probability, time, money)
    total = by_scope(exposure, scope, 4)
    assert (total.time.sum(), total.money.sum()) == (exposure.time.sum(), exposure.money.sum())
    assert (np.abs(exposure.money) <= np.abs(money)).all()
    assert matrix(*levels(probability, time, money, SCALE)).sum() == len(risks)
