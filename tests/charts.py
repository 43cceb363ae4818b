"""Small plans for engine tests, written the way the field writes them, and dates that read back the same way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from programs.engine.calendars import (
    ROUND_THE_CLOCK,
    WorkCalendar,
    wall_datetime,
    wall_minutes,
)
from projects.engine import cpm
from projects.engine.network import LagUnit, Link, Network

D = 480
WORKDAY = [[480, 720], [780, 1020]]
HOLIDAYS = [{"first": "2026-01-19"}, {"first": "2026-01-23", "intervals": [[480, 720]]}]
ACCEPTANCE = WorkCalendar.from_json([WORKDAY] * 5 + [[], []], HOLIDAYS, "acceptance")
"""Monday to Friday 08-12 and 13-17; 19 January 2026 is a holiday, 23 January works in the morning only."""


def at(text: str, year: int = 2026) -> int:
    """Wall minutes of ``MM-DD HH:MM`` (``08:00`` if no time is given)."""
    day, _, clock = text.partition(" ")
    return wall_minutes(datetime.fromisoformat(f"{year}-{day}T{clock or '08:00'}"))


def show(minutes: int) -> str:
    """``MM-DD HH:MM`` of wall minutes."""
    return wall_datetime(minutes).strftime("%m-%d %H:%M")


class Chart:
    """A plan under construction; tasks are numbered from 1 as in the reference cases."""

    def __init__(self, start: str | int = "01-05", **settings: Any) -> None:
        self.settings: dict[str, Any] = {
            "start": at(start) if isinstance(start, str) else start,
            "calendars": (ACCEPTANCE, ROUND_THE_CLOCK),
            **settings,
        }
        self.columns: dict[str, dict[int, Any]] = {}
        self.durations: list[int] = []
        self.links: list[tuple[int, int, int, int, int]] = []

    def task(self, days: float, after: Any = None, **fields: Any) -> Chart:
        """Add a task of ``days``; ``after`` is a number or a list of :func:`link` results."""
        self.durations.append(round(days * D))
        number = len(self.durations)
        for name, value in fields.items():
            self.columns.setdefault(name, {})[number - 1] = value
        for item in after if isinstance(after, list) else [] if after is None else [after]:
            pred, kind, lag, unit = item if isinstance(item, tuple) else (item, Link.FS, 0, LagUnit.WORKING)
            self.links.append((pred - 1, number - 1, kind, lag, unit))
        return self

    def network(self) -> Network:
        """The network of the plan."""
        base = Network.build(
            duration=self.durations, **{k: v for k, v in self.settings.items() if k == "start"}
        )
        columns: dict[str, Any] = {}
        for name, given in self.columns.items():
            values = getattr(base, name).copy()
            for task, value in given.items():
                values[task] = value - 1 if name == "parent" else value
            columns[name] = values
        names = ("pred", "succ", "link_kind", "lag", "lag_unit")
        rows = dict(zip(names, zip(*self.links, strict=True), strict=True)) if self.links else {}
        return Network.build(duration=self.durations, **columns, **rows, **self.settings)

    def scheduled(self, *, fast: bool = False) -> Answer:
        """Compute the schedule."""
        network = self.network()
        return Answer(network, cpm.compute(network, fast=fast))


def link(pred: int, kind: Link = Link.FS, days: float = 0, *, percent: float = 0, elapsed: float = 0) -> Any:
    """A link from ``pred`` with a lag in working days, percent of the predecessor's duration, or elapsed days."""
    if percent:
        return pred, kind, round(percent * 100), LagUnit.PERCENT
    if elapsed:
        return pred, kind, round(elapsed * 1440), LagUnit.ELAPSED
    return pred, kind, round(days * D), LagUnit.WORKING


class Answer:
    """A schedule that is asked by task number."""

    def __init__(self, network: Network, schedule: cpm.Schedule) -> None:
        self.network = network
        self.schedule = schedule

    def __getattr__(self, name: str) -> Any:
        values = getattr(self.schedule, name)
        return lambda number: values[number - 1].item()

    def dates(self, number: int) -> str:
        """Early start and finish as ``MM-DD HH:MM..MM-DD HH:MM``."""
        return f"{show(self.early_start(number))}..{show(self.early_finish(number))}"

    def late(self, number: int) -> str:
        """Late start and finish."""
        return f"{show(self.late_start(number))}..{show(self.late_finish(number))}"

    def scheduled(self, number: int) -> str:
        """Scheduled start and finish."""
        return f"{show(self.start(number))}..{show(self.finish(number))}"

    def days(self, number: int) -> float:
        """Total float in days of 8 hours."""
        return self.total_float(number) / D

    def free(self, number: int) -> float:
        """Free float in days of 8 hours."""
        return self.free_float(number) / D


def gantt(answer: Answer, *, step: int = 1440) -> str:
    """The schedule as text, one row a task and one column a day: a picture for failing tests."""
    begin = min(answer.schedule.early_start[answer.schedule.is_live]) // step
    rows = []
    for task in range(answer.network.n):
        if not answer.schedule.is_live[task]:
            rows.append(f"{task + 1:>4} |")
            continue
        first = int(answer.schedule.early_start[task]) // step - begin
        last = max((int(answer.schedule.early_finish[task]) - 1) // step - begin, first)
        mark = "#" if answer.schedule.critical[task] else "="
        rows.append(f"{task + 1:>4} |{' ' * int(first)}{mark * int(last - first + 1)}")
    return "\n".join(rows)
