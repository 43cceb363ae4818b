"""Random plans for property tests: every feature of the network, always without circles."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from programs.engine.calendars import NONE, ROUND_THE_CLOCK, STANDARD, CalendarException, WorkCalendar
from projects.engine.network import UNKNOWN, Network, Options, Progress

DAY = 1440
START = 20_458 * DAY + 480  # 2026-01-05T08:00
NIGHTS = WorkCalendar.build([((0, 360), (1320, 1440))] * 6 + [()], name="nights")
HOLIDAYS = WorkCalendar.build(
    STANDARD.week,
    [CalendarException(20_460, 20_463), CalendarException(20_466, 20_466, ((600, 660),))],
    "holidays",
)
CALENDARS = (STANDARD, ROUND_THE_CLOCK, NIGHTS, HOLIDAYS)


@st.composite
def plans(
    draw: st.DrawFn,
    *,
    most: int = 14,
    calendars: bool = True,
    constraints: bool = True,
    summaries: bool = True,
    progress: bool = True,
    alap: bool = True,
) -> dict[str, Any]:
    """Arguments of ``Network.build``. Links run from lower to higher leaves in outline order and never into their own
    summary, which rules circles out."""
    n = draw(st.integers(1, most))
    pick = lambda options: np.array(draw(st.lists(options, min_size=n, max_size=n)))  # noqa: E731
    some = lambda strategy, other, odds=4: st.integers(0, odds).flatmap(  # noqa: E731
        lambda i: strategy if i == 0 else st.just(other)
    )
    instant = st.integers(-5, 40).flatmap(
        lambda d: st.sampled_from([0, 480, 700, 1020]).map(lambda m: START - 480 + d * DAY + m)
    )
    parent = np.full(n, -1)
    if summaries:
        for task in range(1, n):
            above = draw(some(st.integers(0, task - 1), -1, 2))
            chain = above
            while chain >= 0 and chain != task - 1 and above not in _open(parent, task - 1):
                chain = above = -1
            parent[task] = above
    is_summary = np.isin(np.arange(n), parent)
    values: dict[str, Any] = {
        "duration": pick(st.sampled_from([0, 30, 240, 480, 960, 1200, 2400])),
        "parent": parent,
        "start": START,
        "calendars": CALENDARS,
    }
    if calendars:
        values["calendar"] = pick(some(st.integers(0, 3), 0, 1))
        values["is_elapsed"] = pick(some(st.just(True), False, 9))
    if constraints:
        codes = st.integers(1 if alap else 2, 7)
        values["constraint"] = np.where(is_summary, 0, pick(some(codes, 0)))
        values["constraint_at"] = pick(instant)
        values["deadline"] = pick(some(instant, NONE, 6))
        values["options"] = Options(
            honour_constraints=draw(st.booleans()), progress=draw(st.sampled_from(Progress))
        )
    values["is_active"] = pick(some(st.just(False), True, 12))
    if progress:
        begun = pick(some(st.integers(-4, 3).map(lambda d: START + d * DAY), NONE))
        values["actual_start"] = begun
        left = pick(st.sampled_from([UNKNOWN, 0, 60, 480]))
        values["remaining"] = left
        values["percent_complete"] = pick(st.sampled_from([0.0, 25.0, 60.0]))
        ended = pick(some(st.integers(4, 6).map(lambda d: START + d * DAY), NONE))
        values["actual_finish"] = np.where(begun == NONE, NONE, ended)
        values["data_date"] = draw(some(st.just(START + 6 * DAY), NONE, 1))
        values["is_manual"] = pick(some(st.just(True), False, 9))
        values["manual_start"] = pick(some(instant, NONE, 1))
        values["gap"] = pick(some(st.just(240), 0, 9))
    pairs = [
        (p, s)
        for p in range(n)
        for s in range(p + 1, n)
        if p not in _open(parent, s) and s not in _open(parent, p)
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=2 * n, unique=True)) if pairs else []
    m = len(chosen)
    each = lambda options: draw(st.lists(options, min_size=m, max_size=m))  # noqa: E731
    values["pred"] = np.array([p for p, _ in chosen], np.int32)
    values["succ"] = np.array([s for _, s in chosen], np.int32)
    values["link_kind"] = each(some(st.integers(0, 3), 0, 1))
    values["lag_unit"] = each(some(st.integers(0, 3), 0))
    values["lag"] = each(some(st.sampled_from([-960, -60, 30, 480, 1440, 5000]), 0, 1))
    if draw(some(st.just(True), False)):
        values["boundary_succ"] = [draw(st.integers(0, n - 1))]
        values["boundary_kind"] = [draw(st.integers(0, 3))]
        values["boundary_lag"] = [draw(st.sampled_from([0, 480, -480]))]
        values["boundary_start"], values["boundary_finish"] = [START], [START + draw(st.integers(0, 9)) * DAY]
    return values


def _open(parent: np.ndarray, task: int) -> list[int]:
    """The task and the summaries above it."""
    chain = [task]
    while parent[chain[-1]] >= 0:
        chain.append(int(parent[chain[-1]]))
    return chain


def network(values: dict[str, Any]) -> Network:
    """The network of drawn arguments."""
    return Network.build(**values)
