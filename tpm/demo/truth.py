"""What really happens in the demo: when each task begins and ends, whatever the plan says. Whole working days."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from tpm.demo.building import SEED, World
from tpm.demo.outlines import SS
from tpm.demo.programs import HOLIDAYS
from tpm.demo.story import TRUE_DELAYS

BASE = np.datetime64("2026-01-01")
_DAYS_OFF = [first + timedelta(n) for _, first, last in HOLIDAYS for n in range((last - first).days + 1)]


@dataclass(frozen=True)
class Course:
    """First and last working day (numbers since ``BASE``) and how many days lie between, both included. A milestone has no days:
    it is reached at the end of ``last``, or, where nothing comes before it, on the morning of ``first``."""

    first: int
    last: int
    days: int
    opens: bool = False

    @property
    def started_at(self) -> datetime:
        if not self.days and not self.opens:
            return self.finished_at
        return datetime.combine(day(self.first), time(8))

    @property
    def finished_at(self) -> datetime:
        return self.started_at if self.opens and not self.days else datetime.combine(day(self.last), time(17))

    def percent(self, today: int) -> float:
        """Return the share that is done at the end of a day, in steps of five per cent."""
        if not self.days:
            return 100.0 if today >= (self.first if self.opens else self.last) else 0.0
        if today < self.first:
            return 0.0
        if today >= self.last:
            return 100.0
        return float(min(95, max(5, 5 * round(20 * (today - self.first + 1) / self.days))))


def number(on: date) -> int:
    """Return the number of a day; of a free day that of the working day before it."""
    return int(np.busday_count(BASE, np.datetime64(on) + 1, holidays=_DAYS_OFF)) - 1


def day(at: int) -> date:
    """Return the day of a number."""
    found: date = np.busday_offset(BASE, at, roll="forward", holidays=_DAYS_OFF).astype(object)
    return found


def courses(world: World) -> dict[str, Course]:
    """Follow the links forward with true durations."""
    rng = random.Random(SEED + 1)
    true_days = {
        key: max(1, round(work.days * work.project.pace * rng.uniform(0.92, 1.1))) + TRUE_DELAYS.get(key, 0)
        if work.days
        else 0
        for key, work in world.work.items()
    }
    before: dict[str, list[tuple[str, int, int]]] = {key: [] for key in world.work}
    for link in world.links:
        before[link.succ].append((link.pred, link.kind, link.lag_days))
    found: dict[str, Course] = {}

    def course(key: str) -> Course:
        if key not in found:
            first = number(world.work[key].project.starts_on)
            for pred, kind, lag in before[key]:
                other = course(pred)
                first = max(first, other.first + lag if kind == SS else other.last + 1 + lag)
            days = true_days[key]
            found[key] = Course(first, first + days - 1, days, opens=not before[key])
        return found[key]

    for key in world.work:
        course(key)
    return found
