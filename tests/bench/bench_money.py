"""Figures of the money engines: phasing, earned value and roll-up of growing plans over 36 months.

python -m tests.bench.bench_money
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from time import perf_counter

import numpy as np

from budgets.engine import earned_schedule, earned_value, earning, labour, phasing, rollup
from budgets.engine.labour import CardRate, Curves, Work
from programs.engine.calendars import NONE, WorkCalendar, wall_minutes, work_ordinal
from projects.engine import load

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


def measure(n_tasks: int) -> tuple[float, ...]:
    """Return milliseconds of phasing, planned value, earned value, roll-up, earning by rules, earned schedule of ``n_tasks``, and of
    costing an assignment to each by a card whose rate changes every half year: a third of them delayed, a third done early."""
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
    lasting = np.zeros(n_tasks, np.int64)
    for number, one in enumerate(CALENDARS):
        rows = np.flatnonzero(calendar == number)
        lasting[rows] = work_ordinal(one, finish[rows]) - work_ordinal(one, start[rows])
    third = np.arange(n_tasks) % 3
    delay, units = np.where(third == 1, lasting // 3, 0), np.full(n_tasks, load.UNITS)
    work = np.where(third == 2, lasting // 2, NONE)
    card = [CardRate(n, date(2026 + n // 2, 1 + n % 2 * 6, 1), None, Decimal(90 + n)) for n in range(6)]
    curves = Curves.of([labour.curve([card], lambda _code, _day: Decimal(1))])

    def assigned() -> labour.Parts:
        taken = load.stretch(lasting, units, work, delay)
        said = Work(calendar, start, finish, taken.work, np.zeros(n_tasks, np.int64))
        return labour.price(labour.placed(said, lasting, taken, CALENDARS), curves, CALENDARS)

    percent, marks = random.uniform(0, 100, n_tasks), random.random(n_tasks) < 0.1
    return (
        milliseconds(lambda: phasing.by_period(cost, calendar, start, finish, edges, CALENDARS)),
        milliseconds(lambda: phasing.planned_value(cost, calendar, start, finish, data_date, CALENDARS)),
        milliseconds(lambda: earned_value.measure(cost, planned, earned, planned)),
        milliseconds(lambda: rollup.sum_up(phased, parent)),
        milliseconds(lambda: earning.earn_plan(cost, planned, percent, parent, marks, rules)),
        milliseconds(lambda: earned_schedule.by_row(phased, earned, edges, start, finish, data_date, finish)),
        milliseconds(assigned),
    )


def main() -> None:
    """Print the table, and whether 5,000 tasks stay within their budget."""
    print(f"money engines, {MONTHS} months, median of 7, ms")
    print(
        f"{'tasks':>8} {'by period':>10} {'planned':>8} {'earned':>8} {'roll-up':>8} {'by rule':>8} {'in time':>8} {'labour':>8} {'together':>9}"
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
