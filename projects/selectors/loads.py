"""Who has how much to do in which week, over all plans that the actor reads, against what there is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Q

from programs.engine.calendars import WorkCalendar as Engine
from programs.models import Portfolio, Program, Resource, WorkCalendar
from programs.selectors import calendars
from projects.engine import load
from projects.models import Assignment
from tpm.accounts.actors import Actor
from tpm.lib.walltime import NONE, to_minutes

WEEK = timedelta(weeks=1)
FULL = 0.999
"""Nobody is over-allocated by the last thousandth."""


@dataclass(frozen=True)
class Cell:
    """One resource (or group) in one week: working minutes. ``elsewhere`` is the part of the load from other programs."""

    week: date
    load: float
    capacity: float
    elsewhere: float = 0.0

    @property
    def percent(self) -> int | None:
        """Load by capacity, None where there is load and no capacity at all."""
        if self.capacity <= 0:
            return 0 if self.load < 1 else None
        return round(100 * self.load / self.capacity)

    @property
    def is_over(self) -> bool:
        return self.load * FULL > self.capacity and self.load >= 1

    @property
    def band(self) -> str:
        """How full: ``over``, ``full`` from 90 %, ``busy`` from 50 %, ``light``, ``free``, or ``off`` (no work, no capacity)."""
        if self.is_over:
            return "over"
        if self.load < 1:
            return "free" if self.capacity > 0 else "off"
        share = self.load / self.capacity
        return "full" if share >= 0.9 else "busy" if share >= 0.5 else "light"


@dataclass(frozen=True)
class Line:
    """A resource, or a group of them, over the weeks."""

    name: str
    cells: list[Cell]
    resource: Resource | None = None
    members: int = 1

    @property
    def over(self) -> int:
        return sum(cell.is_over for cell in self.cells)

    @property
    def load(self) -> float:
        return sum(cell.load for cell in self.cells)

    @property
    def capacity(self) -> float:
        return sum(cell.capacity for cell in self.cells)


@dataclass(frozen=True)
class Heat:
    """The map: first days of the weeks, and lines, the most over-allocated first."""

    weeks: list[date]
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Share:
    """What one task takes of a resource in a week, in working minutes."""

    assignment: Assignment
    minutes: float


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def heat(
    actor: Actor,
    portfolio: Portfolio,
    *,
    first: date,
    weeks: int,
    program: Program | None = None,
    by: str = "person",
) -> Heat:
    """Return load and capacity by week, from the Monday of ``first``: of the resources that a program may use, or of the whole
    portfolio's. The load comes from every program of the portfolio that the actor reads. Four statements.

    :param by: ``person``, ``role`` or ``team``.
    """
    starts = [monday(first) + WEEK * n for n in range(weeks)]
    edges = [to_minutes(day) for day in (*starts, starts[-1] + WEEK)]
    people = _resources(actor, portfolio, program)
    found = _assignments(actor, portfolio, [one.pk for one in people], edges)
    compiled = _calendars(portfolio, program)
    mine, other = _spread(found, people, compiled, edges, program)
    lines = []
    for one in people:
        room = load.capacity(compiled[one.calendar_id], float(one.max_units), _periods(one), edges)
        total = mine[one.pk] + other[one.pk]
        cells = [
            Cell(week, float(total[i]), float(room[i]), float(other[one.pk][i]))
            for i, week in enumerate(starts)
        ]
        lines.append(Line(one.name, cells, one))
    if by != "person":
        lines = _grouped(lines, by)
    return Heat(starts, sorted(lines, key=lambda line: (-line.over, -line.load, line.name)))


def behind(actor: Actor, resource: Resource, portfolio: Portfolio, week: date) -> tuple[list[Share], Cell]:
    """Return the tasks behind a cell, the largest first, and the cell: three statements."""
    edges = [to_minutes(week), to_minutes(week + WEEK)]
    found = _assignments(actor, portfolio, [resource.pk], edges)
    compiled = _calendars(portfolio, resource.program)
    by_row = [(one, _spread([one], [resource], compiled, edges, None)[0][resource.pk][0]) for one in found]
    shares = sorted(
        (Share(one, float(minutes)) for one, minutes in by_row if minutes >= 1), key=lambda one: -one.minutes
    )
    room = load.capacity(compiled[resource.calendar_id], float(resource.max_units), _periods(resource), edges)
    return shares, Cell(week, sum(one.minutes for one in shares), float(room[0]))


def _resources(actor: Actor, portfolio: Portfolio, program: Program | None) -> list[Resource]:
    rows = Resource.objects.visible_to(actor).filter(
        portfolio=portfolio, kind=Resource.Kind.WORK, is_active=True
    )
    if program is not None:
        rows = rows.usable_in(portfolio.pk, program.pk)
    return list(rows.select_related("program").order_by("name", "pk"))


def _assignments(
    actor: Actor, portfolio: Portfolio, people: Sequence[int], edges: Sequence[int]
) -> list[Assignment]:
    """Unfinished or not, what lies in the window; summaries carry no work of their own."""
    first, last = (datetime(1970, 1, 1) + timedelta(minutes=at) for at in (edges[0], edges[-1]))
    rows = Assignment.objects.visible_to(actor).filter(
        Q(task__actual_finish=None) | Q(task__actual_finish__gt=first),
        resource__in=people,
        program__portfolio=portfolio,
        program__archived_at=None,
        task__is_active=True,
        task__schedule__is_summary=False,
        task__schedule__start__lt=last,
        task__schedule__finish__gt=first,
    )
    related = ("task__schedule", "task__project", "task__program", "resource")
    return list(rows.select_related(*related).order_by("pk"))


def _calendars(portfolio: Portfolio, program: Program | None) -> dict[int | None, Engine]:
    """The portfolio's calendars by id; under None the one of who has none of his own: the program's, else the first."""
    rows = list(WorkCalendar.objects.filter(portfolio=portfolio).order_by("program_id", "pk"))
    shared = next((row.pk for row in rows if row.program_id is None), rows[0].pk)
    compiled: dict[int | None, Engine] = dict(
        zip((row.pk for row in rows), calendars.compiled(rows), strict=True)
    )
    compiled[None] = compiled[program.calendar_id if program else shared]
    return compiled


def _spread(
    found: Iterable[Assignment],
    people: Sequence[Resource],
    compiled: dict[int | None, Engine],
    edges: Sequence[int],
    program: Program | None,
) -> tuple[dict[int, Any], dict[int, Any]]:
    """Return minutes by resource and week from the program (or from anywhere), and from the others."""
    mine = {one.pk: np.zeros(len(edges) - 1) for one in people}
    other = {one.pk: np.zeros(len(edges) - 1) for one in people}
    by_calendar: dict[int | None, list[Assignment]] = defaultdict(list)
    for one in found:
        task = one.task
        own = one.resource.calendar_id or task.calendar_id or task.project.calendar_id
        by_calendar[own or task.program.calendar_id].append(one)
    for pk, rows in by_calendar.items():
        lasting = np.array([one.task.schedule.duration for one in rows], np.int64)
        taken = load.stretch(
            lasting,
            [int(one.units * load.UNITS) for one in rows],
            [NONE if one.work is None else one.work for one in rows],
            [one.delay for one in rows],
        )
        whole = np.maximum(lasting, 1)
        parts = load.spread(
            compiled[pk],
            [to_minutes(one.task.schedule.start) for one in rows],
            [to_minutes(one.task.schedule.finish) for one in rows],
            [-1.0 if one.work is None else float(one.work) for one in rows],
            [float(one.units) for one in rows],
            edges,
            (np.where(lasting > 0, taken.first / whole, 0.0), np.where(lasting > 0, taken.last / whole, 1.0)),
        )
        for one, minutes in zip(rows, parts, strict=True):
            here = mine if program is None or one.program_id == program.pk else other
            here[one.resource_id] += minutes
    return mine, other


def _periods(resource: Resource) -> list[tuple[int | None, int | None, float]]:
    def at(text: str | None) -> int | None:
        return to_minutes(datetime.fromisoformat(text)) if text else None

    return [(at(one["starts"]), at(one["ends"]), float(one["units"])) for one in resource.availability]


def _grouped(lines: Sequence[Line], by: str) -> list[Line]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        assert line.resource is not None
        groups[getattr(line.resource, by).strip()].append(line)
    return [
        Line(
            name,
            [
                Cell(cells[0].week, *(sum(getattr(c, what) for c in cells) for what in ("load", "capacity", "elsewhere")))
                for cells in zip(*(line.cells for line in mine), strict=True)
            ],
            members=len(mine),
        )
        for name, mine in groups.items()
    ]  # fmt: skip
