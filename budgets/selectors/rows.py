"""The rows behind a program's amounts: cost lines, actuals, contracts; and what of them falls into one month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from budgets.engine import periods as engine
from budgets.engine import phasing, rollup
from budgets.models import Actual, Budget, Contract, CostLine, InvoiceLine, LabourCost, TaskValue
from budgets.selectors import periods
from programs.models import Program
from projects.models import Project, Task
from projects.selectors import task_calendars
from tpm.accounts.actors import Actor
from tpm.lib.walltime import NONE, to_minutes

PAGE = 50
CENTS = 100


@dataclass(frozen=True)
class Page:
    """Some rows of a longer list; ``after`` is the key of the last one if more follow, else empty."""

    rows: list[Any]
    after: str = ""


def cost_lines(actor: Actor, program: Program) -> QuerySet[Any]:
    """Return the visible cost lines of a program in the order they were made."""
    rows = CostLine.objects.visible_to(actor).filter(program=program).costed()
    return rows.select_related("project", "task", "program", "rate").order_by("pk")


def cost_line_for(actor: Actor, pk: int) -> CostLine:
    """Return one cost line.

    :raises CostLine.DoesNotExist: if there is none that the actor may see.
    """
    line: CostLine = (
        CostLine.objects.visible_to(actor)
        .costed()
        .select_related("program__portfolio", "project", "task", "rate")
        .get(pk=pk)
    )
    return line


def actuals(actor: Actor, program: Program) -> QuerySet[Any]:
    """Return the visible postings of a program, the newest first."""
    rows = Actual.objects.visible_to(actor).filter(program=program)
    return rows.select_related("project", "task", "program", "rate").order_by("-posted_on", "-pk")


def actual_for(actor: Actor, pk: int) -> Actual:
    """Return one posting.

    :raises Actual.DoesNotExist: if there is none that the actor may see.
    """
    rows = Actual.objects.visible_to(actor).select_related("program__portfolio", "rate")
    posting: Actual = rows.get(pk=pk)
    return posting


@dataclass(frozen=True)
class Fixed:
    """Why the money of a posting can not change, and whether its opposite could be posted; ``order_id``: whose invoice it is."""

    why: str
    may_take_back: bool = False
    order_id: int | None = None


def why_fixed(posting: Actual) -> Fixed | None:
    """Return why a posting can not change, None if it can (``services.actuals.update`` holds it): four queries."""
    ids = [pk for pk in (posting.pk, posting.reverses_id) if pk]
    order = InvoiceLine.objects.filter(actual__in=ids).values_list("invoice__order_id", flat=True).first()
    if order is not None:
        return Fixed(_("It was posted by an invoice. Reverse the invoice instead."), order_id=order)
    if posting.kind == Actual.Kind.REVERSAL:
        return Fixed(_("It takes another posting back, and both must agree."))
    back = Actual.objects.filter(reverses=posting).values_list("posted_on", flat=True).first()
    if back is not None:
        return Fixed(_("It was taken back on %(day)s.") % {"day": back.isoformat()})
    why = periods.why_not(periods.books(posting.program.portfolio_id), posting.posted_on)
    return Fixed(why, may_take_back=True) if why else None


def contracts(actor: Actor, program: Program) -> QuerySet[Any]:
    """Return the visible contracts of a program by supplier."""
    return (
        Contract.objects.visible_to(actor)
        .filter(program=program)
        .select_related("project")
        .order_by("supplier", "pk")
    )


def budget_for(actor: Actor, program: Program, project_id: int) -> Budget | None:
    """Return the budget of a project (0: of the program's own cost), None if none is approved."""
    scope: dict[str, Any] = {"program": program, "project_id": project_id or None}
    rows = Budget.objects.visible_to(actor).filter(**scope)
    found: Budget | None = rows.select_related("program__portfolio", "project").first()
    return found


def task_value(actor: Actor, task_id: int) -> tuple[Task, TaskValue | None]:
    """Return a task and its earned value, None before the first computation.

    :raises Task.DoesNotExist: if there is no such task, or the actor may not see its plan.
    """
    task = Task.objects.visible_to(actor).select_related("program__portfolio", "project").get(pk=task_id)
    value: TaskValue | None = TaskValue.objects.visible_to(actor).filter(pk=task_id).first()
    return task, value


def page(rows: QuerySet[Any], after: str = "", size: int = PAGE) -> Page:
    """Return the rows behind the key ``after``, in the queryset's own order (one field and the id, or the id alone)."""
    first = str(rows.query.order_by[0])
    name, falling = first.lstrip("-"), first.startswith("-")
    if after:
        value, _, pk = after.rpartition("~")
        beyond, equal = ("lt", "lt") if falling else ("gt", "gt")
        behind = Q(**{f"pk__{equal}": pk})
        if name != "pk":
            behind = Q(**{f"{name}__{beyond}": value}) | Q(**{name: value}) & behind
        rows = rows.filter(behind)
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    key = f"{getattr(found[-1], name)}~{found[-1].pk}" if more else ""
    return Page(found, key)


@dataclass(frozen=True)
class MonthLine:
    """A cost line with the part of its amount that the plan as it stands puts into the month."""

    line: CostLine
    starts: date | None
    ends: date | None
    part: Decimal


@dataclass(frozen=True)
class MonthRows:
    """What makes up one cell of the month grid: scheduled parts of cost lines, and postings."""

    lines: list[MonthLine]
    scheduled: Decimal
    actuals: list[Actual]
    actual: Decimal


def of_month(actor: Actor, program: Program, project_id: int, month: date) -> MonthRows:
    """Return the rows behind a project's month or fiscal period (0: the program's own): eight queries, whatever their number."""
    return in_period(actor, program, {"program": program, "project_id": project_id or None}, month)


def in_period(actor: Actor, program: Program, scope: dict[str, Any], month: date) -> MonthRows:
    """Return the rows of a scope (filters on program and project) behind the period that holds a day: eight queries."""
    lines = list(
        CostLine.objects.visible_to(actor)
        .filter(**scope)
        .costed()
        .select_related("task__schedule", "task__calendar", "project")
        .prefetch_related("portions")
        .order_by("pk")
    )
    period = engine.period_of(periods.rule_of(program.portfolio_id), month)
    month, after = period.starts_on, period.ends_on + timedelta(days=1)
    posted = list(
        Actual.objects.visible_to(actor)
        .filter(**scope, posted_on__gte=month, posted_on__lt=after)
        .select_related("task")
        .order_by("posted_on", "pk")
    )
    parts = _parts(program, lines, month, after)
    found = [
        MonthLine(line, *_dates(line), Decimal(part) / CENTS)
        for line, part in zip(lines, parts, strict=True)
        if part
    ]
    return MonthRows(
        found,
        sum((row.part for row in found), Decimal(0)),
        posted,
        sum((row.amount for row in posted), Decimal(0)),
    )


def _parts(program: Program, lines: Sequence[Any], month: date, after: date) -> list[int]:
    """Phase the lines as the computation does: over the task's scheduled dates, the line's own days, or by its portions; assigned work by the days of its rates."""
    working = task_calendars.of_tasks(program, [line.task_id for line in lines if line.task_id])
    owner, which, start, finish, cost = [], [], [], [], []
    worked = _work_of([line.pk for line in lines if line.from_assignments])
    for index, line in enumerate(lines):
        for one in worked.get(line.pk, ()):
            owner.append(index)
            which.append(working.by_task[line.task_id])
            start.append(to_minutes(one.starts))
            finish.append(to_minutes(one.ends))
            cost.append(int(one.amount * CENTS))
        for part in line.portions.all() if line.by_hand else ():
            owner.append(index)
            which.append(working.program)
            start.append(to_minutes(part.starts_on))
            finish.append(to_minutes(part.ends_on) + 1440)
            cost.append(int(part.amount * CENTS))
        if line.by_hand or line.from_assignments:
            continue
        chosen = working.program
        if line.task is None:
            begin, end = to_minutes(line.starts_on), to_minutes(line.ends_on) + 1440
        else:
            schedule = getattr(line.task, "schedule", None)
            begin = to_minutes(schedule.start) if schedule and schedule.start else NONE
            end = to_minutes(schedule.finish) if schedule and schedule.finish else NONE
            chosen = working.by_task[line.task_id]
        owner.append(index)
        which.append(chosen)
        start.append(begin)
        finish.append(end)
        cost.append(int(line.amount * CENTS))
    edges = np.array([to_minutes(month), to_minutes(after)], np.int64)
    if not cost:
        return [0] * len(lines)
    parts = phasing.by_period(cost, which, start, finish, edges, working.compiled)
    return [int(part) for part in rollup.sum_by(parts[:, 0], owner, len(lines))]


def _work_of(lines: Sequence[int]) -> dict[int, list[LabourCost]]:
    """Return what the assigned work of some lines costs, by line; no query without lines."""
    found: dict[int, list[LabourCost]] = {}
    for one in LabourCost.objects.filter(line__in=lines) if lines else ():
        found.setdefault(one.line_id, []).append(one)
    return found


def _dates(line: CostLine) -> tuple[date | None, date | None]:
    if line.task is None:
        return line.starts_on, line.ends_on
    schedule = getattr(line.task, "schedule", None)
    begin, end = (schedule.start, schedule.finish) if schedule else (None, None)
    return begin.date() if begin else None, end.date() if end else None


def tasks_like(actor: Actor, program: Program, text: str, limit: int = 12) -> list[Task]:
    """Return visible tasks whose name holds the text, for a picker."""
    rows = Task.objects.visible_to(actor).filter(program=program, name__icontains=text)
    return list(rows.select_related("project").order_by("project__position", "position", "pk")[:limit])


def projects_for(actor: Actor, program: Program, capability: str) -> QuerySet[Project]:
    """Return the program's projects in which the actor holds a capability."""
    return Project.objects.visible_to(actor, capability).filter(program=program).order_by("position", "pk")
