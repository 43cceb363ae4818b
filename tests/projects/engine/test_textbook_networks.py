"""Networks printed in textbooks with their answers: unit time, no calendar (each day is worked around the clock)."""

import numpy as np

from programs.engine.calendars import ROUND_THE_CLOCK
from projects.engine import cpm
from projects.engine.network import Network


def solve(durations: list[int], arcs: list[tuple[int, int]]) -> cpm.Schedule:
    pred, succ = np.array(arcs).T
    network = Network.build(duration=durations, pred=pred, succ=succ, calendars=(ROUND_THE_CLOCK,), start=0)
    return cpm.compute(network, fast=False)


def test_hillier_lieberman_reliable_construction() -> None:
    names = "ABCDEFGHIJKLMN"
    durations = [2, 4, 10, 6, 4, 5, 7, 9, 7, 8, 4, 5, 2, 6]
    needs = {
        "B": "A",
        "C": "B",
        "D": "C",
        "E": "C",
        "I": "C",
        "F": "E",
        "G": "D",
        "H": "EG",
        "J": "FI",
        "K": "J",
    }
    needs |= {"L": "J", "M": "H", "N": "KL"}
    arcs = [(names.index(p), names.index(s)) for s, before in needs.items() for p in before]
    s = solve(durations, arcs)
    assert s.project_finish == 44
    slack = {"D": 4, "G": 4, "H": 4, "M": 4, "I": 2, "K": 1}
    assert s.total_float.tolist() == [slack.get(name, 0) for name in names]


def on_arrows(arrows: list[tuple[int, int, int]]) -> cpm.Schedule:
    """A network on arrows: an arrow follows every arrow that ends where it begins."""
    arcs = [
        (i, j)
        for i, (_, head, _) in enumerate(arrows)
        for j, (tail, _, _) in enumerate(arrows)
        if head == tail
    ]
    return solve([duration for _, _, duration in arrows], arcs)


def test_taylor_chapter_8_problem_5() -> None:
    s = on_arrows([(1, 2, 7), (1, 3, 10), (2, 4, 6), (3, 4, 5), (3, 5, 4), (4, 5, 3), (5, 6, 2)])
    assert s.project_finish == 20
    assert s.total_float.tolist() == [2, 0, 2, 0, 4, 0, 0]


def test_taylor_chapter_8_problem_6() -> None:
    arrows = [
        (1, 2, 8),
        (1, 3, 10),
        (1, 4, 9),
        (2, 5, 6),
        (2, 6, 4),
        (3, 5, 5),
        (4, 5, 0),
        (4, 7, 7),
        (5, 7, 12),
    ]
    s = on_arrows([*arrows, (5, 8, 15), (6, 9, 18), (7, 8, 4), (8, 9, 7)])
    assert s.project_finish == 38
    assert s.total_float.tolist() == [1, 0, 6, 1, 8, 0, 6, 11, 0, 1, 8, 0, 0]
