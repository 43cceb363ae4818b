"""Speed and memory of the schedule engine beside a plain-Python pass: ``python -m tests.bench.bench_engine``.

Networks are random with a fixed seed. *mixed*: four calendars (one with 112 holidays, one of night shifts, one around the
clock), 30 % of links SS FF or SF, 30 % with a lag or lead, 5 % elapsed, 5 % of tasks constrained, 5 % with a deadline.
The floor is the classic two passes over Python lists in one unit of time, without calendars, constraints or free float:
less work than the engine does. CPU seconds, because the machine may be shared; the best of several runs.

At the end other schedulers run on one plan that all can hold, where they are installed (``tests.bench.peers``).
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np

from programs.engine import jit
from programs.engine.calendars import NONE, ROUND_THE_CLOCK, STANDARD, WorkCalendar, wall_minutes
from projects.engine import cpm
from projects.engine.network import Network
from projects.engine.warm import warm
from tests.bench import peers

START = wall_minutes(datetime(2026, 1, 5, 8))
HOLIDAYS = WorkCalendar.from_json(
    STANDARD.to_json()["week"],
    [
        {"first": f"{year}-{month:02d}-{day:02d}"}
        for year in range(2026, 2040)
        for month, day in ((1, 1), (4, 4), (5, 1), (7, 14), (8, 15), (11, 1), (12, 25), (12, 26))
    ],
    "holidays",
)
NIGHTS = WorkCalendar.build([((0, 360), (1320, 1440))] * 6 + [()], name="nights")
CALENDARS = (STANDARD, ROUND_THE_CLOCK, HOLIDAYS, NIGHTS)
TARGETS = {"5,000 mixed": 12, "50,000 mixed": 120, "100,000 mixed": 300, "chain of 20,000": 120}


def mixed(n: int, *, seed: int = 1, reach: int = 400) -> dict[str, Any]:
    """Arguments of a network with every feature and 1.67 links a task."""
    random = np.random.default_rng(seed)
    m = int(n * 1.67)
    succ = random.integers(1, n, m)
    pred = np.maximum(0, succ - random.integers(1, reach, m))
    kind = random.choice([0, 2, 3, 4, 5, 6, 7], n, p=[0.95] + [0.05 / 6] * 6)
    lagged = random.random(m) < 0.3
    return {
        "duration": random.integers(0, 20, n) * 240,
        "pred": pred,
        "succ": succ,
        "start": START,
        "calendars": CALENDARS,
        "calendar": random.integers(0, 4, n),
        "link_kind": random.choice(4, m, p=[0.7, 0.15, 0.1, 0.05]),
        "lag": np.where(lagged, random.integers(-960, 2400, m), 0),
        "lag_unit": random.random(m) < 0.05,
        "constraint": kind,
        "constraint_at": START + random.integers(0, 200, n) * 1440,
        "deadline": np.where(random.random(n) < 0.05, START + 365 * 1440, NONE),
    }


def chain(n: int) -> dict[str, Any]:
    """One task after the other."""
    return {"duration": np.full(n, 480), "pred": np.arange(n - 1), "succ": np.arange(1, n), "start": START}


def plain(given: dict[str, Any]) -> int:
    """Forward and backward pass over lists: the floor."""
    duration = np.asarray(given["duration"]).tolist()
    n = len(duration)
    kinds = np.asarray(given.get("link_kind", np.zeros(len(given["pred"]), int))).tolist()
    lags = np.asarray(given.get("lag", np.zeros(len(given["pred"]), int))).tolist()
    incoming: list[list[tuple[int, int, int]]] = [[] for _ in range(n)]
    for p, s, kind, lag in zip(given["pred"].tolist(), given["succ"].tolist(), kinds, lags, strict=True):
        incoming[s].append((p, kind, lag))
    start, finish = [0] * n, [0] * n
    for t in range(n):
        at = 0
        for p, kind, lag in incoming[t]:
            event = (start if kind & 1 else finish)[p] + lag
            at = max(at, event - duration[t] if kind > 1 else event)
        start[t], finish[t] = at, at + duration[t]
    end = max(finish)
    late = [end] * n
    for t in range(n - 1, -1, -1):
        for p, kind, lag in incoming[t]:
            bound = (late[t] if kind > 1 else late[t] - duration[t]) - lag
            late[p] = min(late[p], bound + duration[p] if kind & 1 else bound)
    return sum(late[t] == finish[t] for t in range(n))


def best(call: Callable[[], Any], times: int = 5) -> float:
    """Least CPU milliseconds of several runs."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        call()
        spent.append(time.process_time() - began)
    return min(spent) * 1000


def memory(network: Network) -> float:
    """Peak bytes a task that one computation allocates, its results included."""
    tracemalloc.start()
    schedule = cpm.compute(network, fast=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(peak / len(schedule.early_start))


def main() -> None:
    """Print the table."""
    out = sys.stdout.write
    if not jit.available():
        out("numba is not installed: plain kernels only\n")
    out(f"kernels loaded in {warm():.1f} s\n")
    out(
        f"{'network':<18}{'links':>9}{'engine ms':>11}{'target':>8}{'floor ms':>10}{'one edit ms':>13}{'B/task':>8}\n"
    )
    for name, given in (
        ("5,000 mixed", mixed(5_000)),
        ("50,000 mixed", mixed(50_000)),
        ("100,000 mixed", mixed(100_000)),
        ("chain of 20,000", chain(20_000)),
    ):
        network = Network.build(**given)
        schedule = cpm.compute(network, fast=True)
        duration = network.duration.copy()
        duration[network.n // 2] += 480
        edited = network.edited(duration=duration)
        full = best(lambda network=network: cpm.compute(network, fast=True))
        one = best(lambda edited=edited, schedule=schedule: cpm.recompute(edited, schedule, fast=True))
        floor = best(lambda given=given: plain(given), 3)
        out(
            f"{name:<18}{network.m:>9,}{full:>11.1f}{TARGETS[name]:>8}{floor:>10.1f}{one:>13.1f}{memory(network):>8.0f}\n"
        )
    peers.compare(out)


if __name__ == "__main__":
    main()
