"""Why a program's cost at completion moved between two of its revisions, from the audit: nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Max

from budgets.engine import cost_moves
from budgets.engine.cost_moves import Lines
from budgets.engine.earning import open_cost
from budgets.models import Actual, Category, CostLine
from budgets.selectors import labour_history
from budgets.selectors.labour_history import Steps
from programs import policies
from programs.models import PastReading, Program
from projects.models import Project, Task
from tpm.accounts.actors import Actor
from tpm.activity import selectors as activity

CAUSES = ("scope", "currency", "quantity", "price", "time")
SHOWN = 50
_TEN_THOUSANDTHS = 10_000


@dataclass(frozen=True)
class Moment:
    """A data date and the last revision that was computed at it."""

    data_date: date
    revision: int


@dataclass(frozen=True)
class Part:
    """Moves by cause and in all; of a project (0: the program itself), or of a cost line."""

    key: int
    name: str
    causes: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.causes.values(), Decimal(0))


@dataclass(frozen=True)
class Movement:
    """``before`` and ``after``: cost at completion, posted and open. ``lines``: the largest moves; what was paid for work done beyond
    (or below) its plan is in the projects' *price*, not in a line."""

    from_revision: int
    to_revision: int
    before: Decimal
    after: Decimal
    total: Part
    projects: list[Part]
    lines: list[Part]


@dataclass(frozen=True)
class _Side:
    """What stood at a revision: data date, cost lines by id, posted cost by project (minor units)."""

    data_date: date | None
    lines: dict[int, Any]
    posted: dict[int, int]


@dataclass(frozen=True)
class _Line:
    project: int
    name: str
    amount: int
    original: int
    currency: str
    duration: int
    percent: float | None
    starts_on: date | None
    ends_on: date | None
    from_assignments: bool

    def done(self, data_date: date | None) -> float:
        """Percent worked off: as the task says, else even over the line's own days."""
        if self.percent is not None:
            return self.percent
        if data_date is None or self.starts_on is None or self.ends_on is None:
            return 0.0
        passed, length = (data_date - self.starts_on).days + 1, (self.ends_on - self.starts_on).days + 1
        return 100.0 * min(max(passed, 0), length) / length


def moments(actor: Actor, program: Program) -> list[Moment]:
    """Return the data dates of which figures are kept, oldest first: one query."""
    kept = PastReading.objects.visible_to(actor).filter(program=program).values("data_date")
    found = kept.annotate(revision=Max("revision")).order_by("data_date")
    return [Moment(row["data_date"], row["revision"]) for row in found]


def usual(actor: Actor, program: Program, newest: int) -> tuple[int, int]:
    """Return the revisions to compare unless somebody chose: from the last data date before the program's, to the newest."""
    earlier = [
        moment.revision
        for moment in moments(actor, program)
        if program.data_date is None or moment.data_date < program.data_date
    ]
    return (min(earlier[-1], newest) if earlier else 0), newest


def between(actor: Actor, program: Program, before: int, after: int) -> Movement:
    """Return why the cost at completion moved from one revision to another: eight queries, and those of two plans if assigned
    work is costed by rate cards.

    Only projects count whose money the actor reads; the program's own cost counts for those who read all.
    """
    projects = (
        Project.objects.visible_to(actor, "budget.read").filter(program=program).order_by("position", "pk")
    )
    names = dict(projects.values_list("pk", "name"))
    if policies.holds(actor, "budget.read", program.scope):
        names[0] = ""
    first, last = (_side(program, revision, names) for revision in (before, after))
    worked = any(line.from_assignments for side in (first, last) for line in side.lines.values())
    steps = labour_history.between(program, before, after) if worked else Steps()
    first, last = _costed(first, steps.was), _costed(last, steps.is_)
    ids = sorted({*first.lines, *last.lines})
    moves = cost_moves.attribute(_aligned(ids, first, last, steps))
    homes = [(last.lines.get(pk) or first.lines[pk]).project for pk in ids]
    by_project = {key: dict.fromkeys(CAUSES, 0) for key in names}
    lines = []
    for at, pk in enumerate(ids):
        mine = {cause: int(getattr(moves, cause)[at]) for cause in CAUSES}
        for cause, amount in mine.items():
            by_project[homes[at]][cause] += amount
        by_project[homes[at]]["price"] += int(moves.done[at])
        if any(mine.values()):
            lines.append(_part(pk, (last.lines.get(pk) or first.lines[pk]).name, mine))
    for key, sums in by_project.items():
        sums["price"] += last.posted.get(key, 0) - first.posted.get(key, 0)
    parts = [_part(key, names[key], sums) for key, sums in by_project.items()]
    whole = {cause: sum(sums[cause] for sums in by_project.values()) for cause in CAUSES}
    lines.sort(key=lambda part: (-max(abs(amount) for amount in part.causes.values()), part.key))
    return Movement(
        before, after, _completion(first), _completion(last), _part(0, program.name, whole),
        [part for part in parts if part.key or any(part.causes.values())], lines[:SHOWN],
    )  # fmt: skip


def _completion(side: _Side) -> Decimal:
    lines = list(side.lines.values())
    open_ = open_cost(
        np.array([line.amount for line in lines], np.int64),
        np.array([line.done(side.data_date) for line in lines]),
    )
    return _decimal(int(open_.sum()) + sum(side.posted.values()))


def _costed(side: _Side, amounts: Mapping[int, int]) -> _Side:
    """Return the side with the computed amounts of its lines from assignments."""
    return replace(
        side,
        lines={
            pk: replace(line, amount=amounts.get(pk, 0), duration=0) if line.from_assignments else line
            for pk, line in side.lines.items()
        },
    )


def _aligned(ids: Sequence[int], first: _Side, last: _Side, steps: Steps) -> Lines:
    rows = [(first.lines.get(pk), last.lines.get(pk)) for pk in ids]
    costed = [bool(a and b and a.from_assignments and b.from_assignments) for a, b in rows]

    def whole(values: list[int]) -> Any:
        return np.array(values, np.int64)

    return Lines(
        before=np.array([a is not None for a, _b in rows], np.bool_),
        after=np.array([b is not None for _a, b in rows], np.bool_),
        amount_before=whole([a.amount if a else 0 for a, _b in rows]),
        amount_after=whole([b.amount if b else 0 for _a, b in rows]),
        converted=whole(
            [
                steps.exchanged.get(pk, 0) if both else _converted(a, b)
                for pk, both, (a, b) in zip(ids, costed, rows, strict=True)
            ]
        ),
        quantity_before=whole([a.duration if a else 0 for a, _b in rows]),
        quantity_after=whole([b.duration if b else 0 for _a, b in rows]),
        done_before=np.array([a.done(first.data_date) if a else 0.0 for a, _b in rows]),
        done_after=np.array([b.done(last.data_date) if b else 0.0 for _a, b in rows]),
        done_planned=np.array([_planned(a, b, last.data_date) for a, b in rows]),
        costed=np.array(costed, np.bool_),
        worked=whole([steps.worked.get(pk, 0) for pk in ids]),
        rated=whole([steps.rated.get(pk, 0) for pk in ids]),
    )


def _converted(before: _Line | None, after: _Line | None) -> int:
    """Return the amount before at the rate after, rounded half to even; unchanged unless both are in one foreign currency."""
    if before is None or after is None:
        return before.amount if before else 0
    if not before.currency or before.currency != after.currency or not after.original:
        return before.amount
    if before.original == after.original:
        return after.amount
    return int((Decimal(before.original) * after.amount / after.original).to_integral_value())


def _planned(before: _Line | None, after: _Line | None, data_date: date | None) -> float:
    if before is None or after is None:
        return 0.0
    return (
        after.done(data_date)
        if after.percent is not None or before.percent is not None
        else before.done(data_date)
    )


def _side(program: Program, revision: int, projects: dict[int, str]) -> _Side:
    """Read what stood at a revision: three statements."""
    table, params = activity.relation_as_of(Program, program.pk, revision, "id = %s", [program.pk])
    lines, line_params = activity.relation_as_of(CostLine, program.pk, revision)
    tasks, task_params = activity.relation_as_of(Task, program.pk, revision)
    actuals, actual_params = activity.relation_as_of(Actual, program.pk, revision)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT data_date FROM {table} AS p", params)
        row = cursor.fetchone()
        data_date = row[0] if row else None
        cursor.execute(
            f"""
            SELECT l.id, coalesce(l.project_id, 0), l.name, round(l.amount * 100)::bigint,
                   coalesce(round(l.original_amount * {_TEN_THOUSANDTHS})::bigint, 0), coalesce(l.currency, ''),
                   CASE WHEN l.category = %s THEN coalesce(t.duration, 0) ELSE 0 END,
                   CASE WHEN t.actual_finish IS NOT NULL THEN 100 ELSE t.percent_complete END, l.starts_on, l.ends_on,
                   coalesce(l.from_assignments, false)
              FROM {lines} AS l LEFT JOIN {tasks} AS t ON t.id = l.task_id
            """,
            [Category.LABOUR, *line_params, *task_params],
        )
        found = {pk: _Line(*rest) for pk, *rest in cursor.fetchall() if rest[0] in projects}
        cursor.execute(
            f"SELECT coalesce(project_id, 0), sum(round(amount * 100))::bigint FROM {actuals} AS a"
            " WHERE %s::date IS NULL OR posted_on <= %s GROUP BY 1",
            [*actual_params, data_date, data_date],
        )
        posted = {project: amount for project, amount in cursor.fetchall() if project in projects}
    return _Side(data_date, found, posted)


def _part(key: int, name: str, minor: dict[str, int]) -> Part:
    return Part(key, name, {cause: _decimal(minor[cause]) for cause in CAUSES})


def _decimal(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)
