"""Roll-ups equal their parts to the minor unit at every level."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine.allocation import NONE, MoneyError
from budgets.engine.rollup import depths, sum_by, sum_up


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size = draw(st.integers(1, 40))
    parent = [draw(st.integers(-1, row - 1)) for row in range(size)]
    order = draw(st.permutations(range(size)))
    place = {row: position for position, row in enumerate(order)}
    shuffled = [place[parent[row]] if parent[row] >= 0 else -1 for row in order]
    return shuffled, draw(st.lists(st.integers(-(10**15), 10**15), min_size=size, max_size=size))


@given(trees())
def test_every_summary_equals_itself_plus_its_children(tree: tuple[list[int], list[int]]) -> None:
    parent, own = tree
    total = sum_up(own, parent)
    for row in range(len(parent)):
        children = [child for child, above in enumerate(parent) if above == row]
        assert total[row] == own[row] + sum(int(total[child]) for child in children)


@given(trees())
def test_the_tops_hold_the_whole(tree: tuple[list[int], list[int]]) -> None:
    parent, own = tree
    total = sum_up(own, parent)
    assert sum(int(total[row]) for row, above in enumerate(parent) if above < 0) == sum(own)


def test_tasks_roll_up_to_projects_and_projects_to_the_program() -> None:
    tasks = np.array([100, 250, 1, 7])
    projects = sum_by(tasks, [0, 0, 1, 1], 3)
    assert projects.tolist() == [350, 8, 0]
    assert sum_by(projects, [0, 0, 0], 1).tolist() == [358]


def test_periods_are_summed_apart() -> None:
    assert sum_by([[1, 2], [3, 4], [5, 6]], [1, 0, 1], 2).tolist() == [[3, 4], [6, 8]]
    assert sum_up([[0, 0], [1, 2], [3, 4]], [-1, 0, 1]).tolist() == [[4, 6], [4, 6], [3, 4]]


def test_rows_of_no_group_are_left_out() -> None:
    assert sum_by([5, 7], [-1, 0], 1).tolist() == [7]


def test_a_chain_a_thousand_deep_is_measured() -> None:
    assert depths(np.arange(1000) - 1).tolist() == list(range(1000))


def test_no_rows_have_no_sum() -> None:
    empty = np.array([], np.int64)
    assert sum_up(empty, empty).tolist() == []


@pytest.mark.parametrize(
    ("values", "parent", "code"),
    [
        ([1, NONE], [-1, 0], "amount_missing"),
        ([1, 2], [1, 0], "parent_circle"),
        ([1], [0], "parent_circle"),
        ([1, 2], [-1, 5], "parent_unknown"),
        ([2**62, 2**62], [-1, 0], "overflow"),
    ],
)
def test_input_without_a_true_sum_is_refused(values: list[int], parent: list[int], code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        sum_up(values, parent)
    assert refused.value.code == code
