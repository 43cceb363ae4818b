"""Figures of the money engines: phasing, earned value and roll-up of growing plans over 36 months.

python -m tests.bench.bench_money
"""

from collections.abc import Callable
from datetime import datetime
from statistics import median
from time import perf_counter

import numpy as np

from budgets.engine import earned_schedule, earned_value, earning, phasing, rollup
from programs.engine.calendars import WorkCalendar, wall_minutes

MONTHS = 36
BUDGET_MS = 150.0
OFFICE = [[[480, 720], [780, 1020]]] * 5 + [[], []]
CALENDARS = [WorkCalendar.build(OFFICE), WorkCalendar.build([[[0, 1440]]] * 7)]


def milliseconds(work: Callable[[], object], runs: int = 7) -> float:
    """Return the median of ``runs`` after one run that warms the caches."""
    work()
    times = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        times.append((perf_counter() - begun) * 1000)
    return median(times)


def measure(n_tasks: int) -> tuple[float, float, float, float, float, float]:
    """Return milliseconds of phasing, planned value, earned value, roll-up, earning by rules and earned schedule of ``n_tasks``."""
    random = np.random.default_rng(20261120)
    first = wall_minutes(datetime(2026, 1, 1, 8))
    start = first + random.integers(0, 800, n_tasks) * 1440
    finish = start + random.integers(0, 250, n_tasks) * 1440 + 540
    cost, calendar = random.integers(0, 10**9, n_tasks), random.integers(0, len(CALENDARS), n_tasks)
    edges = phasing.month_edges(first, wall_minutes(datetime(2028, 12, 31, 17)))
    assert len(edges) == MONTHS + 1
    parent = np.where(np.arange(n_tasks) < 10, -1, np.maximum(0, np.arange(n_tasks) // 10 - 1))
    phased = phasing.by_period(cost, calendar, start, finish, edges, CALENDARS)
    assert (phased.sum(axis=1) == cost).all()
    data_date = int(edges[11])
    planned = phasing.planned_value(cost, calendar, start, finish, data_date, CALENDARS)
    earned = planned * 9 // 10
    rules = earning.Rules.by_percent(n_tasks)
    rules.rule[:] = random.integers(0, 6, n_tasks)
    rules.base[:] = np.arange(n_tasks) // 2
    percent, marks = random.uniform(0, 100, n_tasks), random.random(n_tasks) < 0.1
    return (
        milliseconds(lambda: phasing.by_period(cost, calendar, start, finish, edges, CALENDARS)),
        milliseconds(lambda: phasing.planned_value(cost, calendar, start, finish, data_date, CALENDARS)),
        milliseconds(lambda: earned_value.measure(cost, planned, earned, planned)),
        milliseconds(lambda: rollup.sum_up(phased, parent)),
        milliseconds(lambda: earning.earn_plan(cost, planned, percent, parent, marks, rules)),
        milliseconds(lambda: earned_schedule.by_row(phased, earned, edges, start, finish, data_date, finish)),
    )


def main() -> None:
    """Print the table, and whether 5,000 tasks stay within their budget."""
    print(f"money engines, {MONTHS} months, median of 7, ms")
    print(
        f"{'tasks':>8} {'by period':>10} {'planned':>8} {'earned':>8} {'roll-up':>8} {'by rule':>8} {'in time':>8} {'together':>9}"
    )
    for n_tasks in (500, 5_000, 20_000, 100_000):
        figures = measure(n_tasks)
        together = sum(figures)
        verdict = (
            f"  budget {BUDGET_MS:.0f}: {'ok' if together <= BUDGET_MS else 'OVER'}"
            if n_tasks == 5_000
            else ""
        )
        print(
            f"{n_tasks:>8,} {figures[0]:>10.2f} " + " ".join(f"{figure:>8.2f}" for figure in figures[1:]),
            end="",
        )
        print(f" {together:>9.2f}{verdict}")


if __name__ == "__main__":
    main()
