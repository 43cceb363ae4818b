"""Gates as their pages show them: when they are expected, how late that is, what still stands in the way, what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from programs.engine.calendars import WorkCalendar as Engine
from programs.engine.calendars import working_between
from programs.models import Program, WorkCalendar
from programs.selectors import calendars
from projects.models import Gate, GateCriterion
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.tracking import event_model
from tpm.lib.walltime import to_minutes

OPEN = (Gate.State.PENDING, Gate.State.HELD)
WORKDAY = Decimal(480)
SOON = timedelta(days=30)
"""So long before a gate its open criteria are worth a look."""
_DECISION = ("state", "decided_on", "decided_by_id", "note")


@dataclass(frozen=True)
class GateRow:
    """A gate with what its date compares with and how many of its criteria are settled.

    :ivar slip_wd: working days from the baseline to the forecast, late is positive; None without both.
    :ivar is_next: the first of its program or project that is still to be decided.
    """

    gate: Gate
    forecast: date | None
    baseline: date | None
    slip_wd: Decimal | None
    criteria: int
    open: int
    is_next: bool

    @property
    def settled(self) -> int:
        return self.criteria - self.open

    @property
    def level(self) -> str:
        """How it stands: ``ok`` is behind us, ``bad`` stopped or late, ``watch`` held or let through with conditions, else ``none``."""
        if self.gate.state == Gate.State.PASSED:
            return "ok"
        if self.gate.state == Gate.State.STOPPED or (self.gate.is_open and (self.slip_wd or 0) > 0):
            return "bad"
        return "watch" if self.gate.state in (Gate.State.HELD, Gate.State.CONDITIONAL) else "none"


@dataclass(frozen=True)
class Said:
    """One decision, as it was made; ``state`` pending is a gate that was opened again."""

    at: datetime
    change_set: ChangeSet
    state: str
    decided_on: date | None
    person: int | None
    note: str


@dataclass(frozen=True)
class Group:
    """The gates of a program itself (``project`` None), or of one of its projects, in their order."""

    project: Any
    rows: list[GateRow]


def visible(actor: Actor) -> QuerySet[Gate]:
    """Return the gates that the actor sees, with plan, people and how many criteria they have."""
    rows: QuerySet[Gate] = Gate.objects.visible_to(actor).select_related(
        "program__portfolio", "project", "task__schedule", "decided_by"
    )
    return rows.annotate(
        criteria_count=Count("criteria"),
        criteria_open=Count("criteria", filter=Q(criteria__state=GateCriterion.State.NOT_MET)),
    )


def get_for(actor: Actor, pk: int) -> Gate:
    """Return one gate.

    :raises Gate.DoesNotExist: if there is none that the actor may see.
    """
    return visible(actor).select_related("program__computation", "program__calendar").get(pk=pk)


def criterion_for(actor: Actor, pk: int) -> GateCriterion:
    """Return one criterion with its gate.

    :raises GateCriterion.DoesNotExist: if there is none that the actor may see.
    """
    related = ("gate__program__portfolio", "gate__project", "settled_by")
    return GateCriterion.objects.visible_to(actor).select_related(*related).get(pk=pk)


def criteria_of(gate: Gate) -> list[GateCriterion]:
    """Return a gate's criteria in their order: one query."""
    return list(gate.criteria.select_related("settled_by").order_by("position", "pk"))


def of_program(actor: Actor, program: Program, *, project: int | None = None) -> list[GateRow]:
    """Return a program's gates, its own first, then by project, each in order: three statements."""
    rows = visible(actor).filter(program=program)
    if project is not None:
        rows = rows.filter(project=project)
    return measured(
        rows.order_by(F("project__position").asc(nulls_first=True), "project_id", "position", "pk")
    )


def grouped(rows: Sequence[GateRow]) -> list[Group]:
    """Return rows under the program or the project that they belong to, in the order given."""
    groups: dict[int | None, list[GateRow]] = defaultdict(list)
    for row in rows:
        groups[row.gate.project_id].append(row)
    return [Group(mine[0].gate.project, mine) for mine in groups.values()]


def measured(found: Iterable[Gate]) -> list[GateRow]:
    """Return gates (as :func:`visible` gives them) with baseline and slippage: two statements more, if one has a date of its own."""
    gates = list(found)
    working = _calendars([one for one in gates if one.task_id is None and one.agreed_on])
    first: dict[tuple[int, int | None], int] = {}
    for one in sorted(gates, key=lambda gate: (gate.position, gate.pk)):
        if one.is_open:
            first.setdefault((one.program_id, one.project_id), one.pk)
    return [_measure(one, working, first.get((one.program_id, one.project_id)) == one.pk) for one in gates]


def _measure(gate: Gate, working: Mapping[int, Engine], is_next: bool) -> GateRow:  # noqa: FBT001
    schedule: Any = getattr(gate.task, "schedule", None) if gate.task_id else None
    counted: Any = gate
    baseline, slip = gate.agreed_on, None
    if schedule is not None:
        baseline = schedule.baseline_finish.date() if schedule.baseline_finish else None
        slip = None if schedule.finish_slip is None else Decimal(schedule.finish_slip) / WORKDAY
    elif gate.task_id is None and gate.agreed_on and gate.planned_on:
        calendar = working[gate.program.calendar_id]
        ends = [to_minutes(datetime.combine(day, time(0))) for day in (gate.agreed_on, gate.planned_on)]
        slip = Decimal(int(working_between(calendar, *ends))) / WORKDAY
    return GateRow(
        gate, gate.forecast, baseline, slip, counted.criteria_count, counted.criteria_open, is_next
    )


def _calendars(found: Sequence[Gate]) -> dict[int, Engine]:
    ids = {one.program.calendar_id for one in found}
    if not ids:
        return {}
    rows = list(WorkCalendar.objects.filter(pk__in=ids).order_by("pk"))
    return {row.pk: engine for row, engine in zip(rows, calendars.compiled(rows), strict=True)}


def next_of(rows: Iterable[GateRow]) -> GateRow | None:
    """Return the gate that a program comes to next: the first of its own that is to be decided, else the earliest of its projects."""
    waiting = [row for row in rows if row.is_next]
    own = [row for row in waiting if row.gate.project_id is None]
    return min(own or waiting, key=lambda row: (row.forecast or date.max, row.gate.position), default=None)


def next_by_program(actor: Actor, program_ids: Sequence[int]) -> dict[int, GateRow]:
    """Return the next gate by program: three statements for any number of programs."""
    by_program: dict[int, list[GateRow]] = defaultdict(list)
    for row in measured(visible(actor).filter(program__in=program_ids, state__in=OPEN).order_by("pk")):
        by_program[row.gate.program_id].append(row)
    return {pk: found for pk, rows in by_program.items() if (found := next_of(rows)) is not None}


def next_by_project(rows: Iterable[GateRow]) -> dict[int, GateRow]:
    """Return of gates the next one of each project."""
    return {row.gate.project_id: row for row in rows if row.is_next and row.gate.project_id is not None}


def soon(actor: Actor, today: date) -> list[GateRow]:
    """Return gates to be decided in the next 30 days, or overdue, that have open criteria, the earliest first: three statements."""
    until = datetime.combine(today + SOON, time(23, 59))
    near = Q(task__schedule__finish__lte=until) | Q(task=None, planned_on__lte=until.date())
    found = visible(actor).filter(near, state__in=OPEN, program__archived_at=None)
    open_ones = Q(criteria__state=GateCriterion.State.NOT_MET)
    rows = measured(found.filter(pk__in=Gate.objects.filter(open_ones).values("pk")).order_by("pk")[:200])
    return sorted(rows, key=lambda row: (row.forecast or date.max, row.gate.pk))


def of_tasks(actor: Actor, tasks: Iterable[int]) -> dict[int, list[Gate]]:
    """Return the gates that are dated by tasks: one query."""
    found: dict[int, list[Gate]] = defaultdict(list)
    for gate in Gate.objects.visible_to(actor).filter(task__in=list(tasks)).order_by("pk"):
        found[gate.task_id or 0].append(gate)
    return dict(found)


def history(gate: Gate) -> list[Said]:
    """Return every decision on a gate, the newest first: two queries."""
    rows = list(
        event_model(Gate)
        ._base_manager.filter(pgh_obj_id=gate.pk)
        .order_by("pgh_id")
        .values("pgh_context_id", *_DECISION)
    )
    decided, before = [], ("pending", None, None, "")
    for row in rows:
        now = tuple(row[name] for name in _DECISION)
        if now != before:
            decided.append(row)
        before = now
    ids = [row["pgh_context_id"] for row in decided]
    sets = {
        one.context_id: one for one in ChangeSet.objects.filter(context_id__in=ids).select_related("actor")
    }
    return [
        Said(
            sets[row["pgh_context_id"]].at, sets[row["pgh_context_id"]], row["state"], row["decided_on"],
            row["decided_by_id"], row["note"] or sets[row["pgh_context_id"]].reason,
        )
        for row in reversed(decided)
    ]  # fmt: skip
