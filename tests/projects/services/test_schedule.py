"""Outline codes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from projects.services.schedule import WBS_BYTES, wbs


@given(
    st.lists(st.tuples(st.integers(-1, 40), st.integers(0, 3)), max_size=60),
    st.randoms(use_true_random=False),
)
def test_every_task_is_numbered_below_its_summary_in_outline_order(
    rows: list[tuple[int, int]], random
) -> None:  # type: ignore[no-untyped-def]
    parent = [above if above < i else -1 for i, (above, _project) in enumerate(rows)]
    project: list[int] = []
    for i, (_above, own) in enumerate(rows):
        project.append(own if parent[i] < 0 else project[parent[i]])
    ids = list(range(len(rows)))
    random.shuffle(ids)  # siblings in any order, but nobody before the summary above
    order = sorted(ids, key=lambda i: _depth(parent, i))
    counts: dict[tuple[int, int], int] = {}
    expected = {}
    for i in order:  # by the definition, one after the other
        family = (parent[i], project[i])
        counts[family] = counts.get(family, 0) + 1
        above = expected[parent[i]] if parent[i] >= 0 else str(project[i] + 1)
        expected[i] = f"{above}.{counts[family]}"
    found = wbs(np.array(parent, np.int32), np.array(project, np.int32), np.array(order, np.int32))
    assert [code.decode() for code in found.tolist()] == [expected[i][-WBS_BYTES:] for i in range(len(rows))]


def _depth(parent: list[int], task: int) -> int:
    return 0 if parent[task] < 0 else 1 + _depth(parent, parent[task])


def test_a_code_too_deep_for_its_column_keeps_its_end() -> None:
    depth = 50
    parent = np.arange(-1, depth - 1, dtype=np.int32)
    deepest = wbs(parent, np.zeros(depth, np.int32), np.arange(depth, dtype=np.int32))[-1].decode()
    assert deepest == ("1" + ".1" * depth)[-WBS_BYTES:]
