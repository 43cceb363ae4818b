"""Assigned work and the rate cards as the engine takes them, now or as they were at a revision; and which rate holds when."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from budgets.engine import labour, rollup
from budgets.engine.labour import CardRate, Curves, Parts, Step, Work
from budgets.models import CostLine, ExchangeRate, LabourRate
from programs.models import Program, Resource
from projects.engine.cpm import Schedule
from projects.engine.load import UNITS, stretch
from projects.models import Assignment
from projects.selectors.networks import PlanInputs, current, index_of
from tpm.lib import bulk
from tpm.lib.walltime import NONE

Ints = NDArray[np.int64]
Relation = Callable[[type[models.Model]], tuple[str, list[Any]]]
ONE = Decimal(1)


def _nothing() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class LabourInputs:
    """Assignments to tasks whose work is costed by the rate cards, ``(k,)``: the cost line, its task, the resource, units in
    ten-thousandths, minutes of work (NONE: it follows from the task's duration, the delay and the units), minutes by which they
    start after the task, and the curve of the resource."""

    line: Ints = field(default_factory=_nothing)
    task: Ints = field(default_factory=_nothing)
    resource: Ints = field(default_factory=_nothing)
    units: Ints = field(default_factory=_nothing)
    work: Ints = field(default_factory=_nothing)
    delay: Ints = field(default_factory=_nothing)
    curve: Ints = field(default_factory=_nothing)
    curves: Curves = field(default_factory=lambda: Curves.of([]))

    @property
    def is_empty(self) -> bool:
        return not len(self.line)

    def delayed_as(self, other: "LabourInputs") -> "LabourInputs":
        """Return the same with the delays of others, where those have the assignment."""
        known = dict(
            zip(
                zip(other.line.tolist(), other.resource.tolist(), strict=True),
                other.delay.tolist(),
                strict=True,
            )
        )
        mine = zip(self.line.tolist(), self.resource.tolist(), self.delay.tolist(), strict=True)
        delay = np.array([known.get((line, who), late) for line, who, late in mine], np.int64)
        return replace(self, delay=delay)


@dataclass
class Cards:
    """The rate cards that hold in one program, and the exchange rates of its portfolio."""

    own: str
    rates: dict[tuple[bool, int, str], list[CardRate]] = field(default_factory=dict)
    exchange: dict[str, list[tuple[date, Decimal]]] = field(default_factory=dict)

    def curve(self, resource: int, role: str) -> list[Step]:
        """Return the rate of a resource over time. The program's card comes before the portfolio's, and on each what is said of
        the resource before what is said of its role."""
        said = role.strip().lower()
        keys = [(mine, pk, name) for mine in (True, False) for pk, name in ((resource, ""), (0, said))]
        levels = [self.rates.get(key, []) for key in keys if key[1] or key[2]]
        codes = {one.currency for level in levels for one in level}
        turns = sorted({day for code in codes for day, _rate in self.exchange.get(code, [])})
        return labour.curve(levels, self.worth, turns)

    def worth(self, currency: str, day: date) -> Decimal | None:
        """Return what one unit of a currency is worth in the portfolio's on a day; None if no rate holds by then."""
        if currency == self.own:
            return ONE
        known = [rate for since, rate in self.exchange.get(currency, []) if since <= day]
        return known[-1] if known else None

    @property
    def resources(self) -> set[int]:
        """The resources that have a rate of their own."""
        return {resource for _program, resource, _role in self.rates if resource}


def cards(program: Program, relation: Relation = current, exchange: Relation | None = None) -> Cards:
    """Return the rate cards of a program and its portfolio: at most two statements. ``exchange`` may put other history in the
    place of the exchange rates."""
    found = Cards(program.portfolio.currency)
    table, params = relation(LabourRate)
    rows = _rows(
        f"SELECT id, program_id IS NOT NULL, coalesce(resource_id, 0), lower(trim(role)), starts_on, ends_on, rate, currency"
        f" FROM {table} AS r WHERE portfolio_id = %s AND (program_id IS NULL OR program_id = %s) ORDER BY starts_on, id",
        [*params, program.portfolio_id, program.pk],
    )
    for pk, mine, resource, role, starts_on, ends_on, rate, currency in rows:
        one = CardRate(pk, starts_on, ends_on, rate, currency)
        found.rates.setdefault((mine, resource, role), []).append(one)
    if any(row[7] != found.own for row in rows):
        table, params = (exchange or relation)(ExchangeRate)
        for currency, on, rate in _rows(
            f'SELECT currency, "on", rate FROM {table} AS x WHERE portfolio_id = %s ORDER BY "on", id',
            [*params, program.portfolio_id],
        ):
            found.exchange.setdefault(currency, []).append((on, rate))
    return found


def load(
    program: Program,
    relation: Relation = current,
    *,
    rates: Relation | None = None,
    exchange: Relation | None = None,
) -> LabourInputs:
    """Read what is to be costed: one statement if no line is from assignments, else at most four.

    :param relation: puts history in the place of the tables; ``rates`` in that of cards and roles alone, ``exchange`` in that of
        exchange rates.
    """
    lines, line_params = relation(CostLine)
    assignments, assignment_params = relation(Assignment)
    resources, resource_params = relation(Resource)
    found = bulk.read(
        f"""
        SELECT l.id AS line, l.task_id AS task, a.resource_id AS resource, round(a.units * {UNITS})::bigint AS units,
               a.work AS work, a.delay AS delay
          FROM {lines} AS l JOIN {assignments} AS a ON a.task_id = l.task_id
          JOIN {resources} AS r ON r.id = a.resource_id AND r.kind = 'work'
         WHERE l.program_id = %s AND l.from_assignments ORDER BY l.id, r.id
        """,
        [*line_params, *assignment_params, *resource_params, program.pk],
        {name: bulk.BIGINT for name in ("line", "task", "resource", "units", "work", "delay")},
    )
    if not len(found["line"]):
        return LabourInputs()
    distinct, curve = np.unique(found["resource"], return_inverse=True)
    rates = rates or relation
    resources, resource_params = rates(Resource)
    query = f"SELECT id, role FROM {resources} AS r WHERE id = ANY(%s)"
    roles = dict(_rows(query, [*resource_params, distinct.tolist()]))
    known = cards(program, rates, exchange)
    curves = Curves.of([known.curve(pk, roles.get(pk, "")) for pk in distinct.tolist()])
    return LabourInputs(**found, curve=curve.astype(np.int64), curves=curves)


@dataclass(frozen=True, eq=False)
class Priced:
    """Parts of the assigned work, and for each the index of its task in the plan."""

    inputs: LabourInputs
    parts: Parts
    task: Ints

    def by_task(self, n: int) -> Ints:
        """Return what the work on each task costs, ``(n,)`` minor units."""
        return rollup.sum_by(self.parts.amount, self.task, n)

    def by_line(self) -> dict[int, int]:
        """Return what each cost line comes to, minor units."""
        lines, home = np.unique(self.inputs.line, return_inverse=True)
        sums = rollup.sum_by(self.parts.amount, home[self.parts.owner], len(lines))
        return dict(zip(lines.tolist(), sums.tolist(), strict=True))


def price(inputs: LabourInputs, plan: PlanInputs, schedule: Schedule, minutes: Ints | None = None) -> Priced:
    """Cost the assigned work on the days on which it is done: from its delay on, at its units, within the scheduled task.

    :param minutes: ``(k,)`` work in the place of that of the assignments.
    """
    place = index_of(inputs.task, plan.task_ids).astype(np.int64)
    there = place >= 0  # a task that is gone has its line gone with it, but not in every history
    at = np.where(there, place, 0)
    n = bool(len(plan.task_ids))
    start = np.where(there, schedule.start[at], NONE) if n else np.full(len(at), NONE)
    lasting = _lasting(inputs, plan, schedule)
    said = inputs.work if minutes is None else np.where(inputs.work != NONE, minutes, NONE)
    taken = stretch(lasting, inputs.units, said, inputs.delay)
    work = Work(
        calendar=plan.network.calendar[at] if n else at,
        start=start,
        finish=schedule.finish[at] if n else start,
        minutes=taken.work if minutes is None else minutes,
        curve=inputs.curve,
    )
    work = labour.placed(work, lasting, taken, plan.network.calendars)
    parts = labour.price(work, inputs.curves, plan.network.calendars)
    return Priced(inputs, parts, at[parts.owner])


def worked(inputs: LabourInputs, plan: PlanInputs, schedule: Schedule) -> Ints:
    """Return the minutes of work of each assignment, ``(k,)``."""
    lasting = _lasting(inputs, plan, schedule)
    return stretch(lasting, inputs.units, inputs.work, inputs.delay).work


def _lasting(inputs: LabourInputs, plan: PlanInputs, schedule: Schedule) -> Ints:
    """Return the duration of the task of each assignment, ``(k,)`` working minutes; zero where it is gone."""
    place = index_of(inputs.task, plan.task_ids)
    return np.where(place >= 0, schedule.duration[place] if len(plan.task_ids) else 0, 0).astype(np.int64)


def rates_of(program: Program, resources: Iterable[Resource]) -> Mapping[int, Sequence[Step]]:
    """Return the rate over time of some resources in a program, by id: two statements."""
    known = cards(program)
    return {one.pk: known.curve(one.pk, one.role) for one in resources}


def _rows(query: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(params))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
