"""The work of a program as a board: what waits, what may begin, what goes on, what is done.

The column follows from the record and is stored nowhere: *done* has an actual finish (or 100 %); *in progress* has an actual
start; *waiting* has neither, and something that must come first has not happened (a finish-to-start predecessor that is not
finished, a start-to-start one that has not begun); *ready* is the rest.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from programs.models import Program, Resource
from projects.models import Assignment, BoardLimits, Dependency, Project, Task
from tpm.accounts.actors import Actor

WAITING, READY, PROGRESS, DONE = "waiting", "ready", "progress", "done"
COLUMNS = (WAITING, READY, PROGRESS, DONE)
MOST = 600
IN_COLUMN = 60
AHEAD, BEHIND = timedelta(weeks=6), timedelta(weeks=4)


@dataclass(frozen=True)
class Card:
    """A task on the board; ``holders`` are what it waits for, by name as far as the actor sees them."""

    task: Task
    column: str
    holders: list[str]
    hidden: int
    who: str

    @property
    def is_held(self) -> bool:
        """Whether it began before what it follows: out of sequence."""
        return self.column == PROGRESS and bool(self.holders or self.hidden)


@dataclass(frozen=True)
class Column:
    """One column: its cards, the most urgent first, how many there are, and the limit of the project."""

    key: str
    cards: list[Card]
    limit: int | None = None

    @property
    def shown(self) -> list[Card]:
        return self.cards[:IN_COLUMN]

    @property
    def more(self) -> int:
        return max(0, len(self.cards) - IN_COLUMN)

    @property
    def is_over(self) -> bool:
        return self.limit is not None and len(self.cards) > self.limit


@dataclass(frozen=True)
class Board:
    columns: list[Column]
    later: int = 0
    limits: BoardLimits | None = None
    people: list[Resource] = field(default_factory=list)


def board(
    actor: Actor, program: Program, *, known: date, project: Project | None = None, person: int | None = None
) -> Board:
    """Return the work around a day: what goes on, what is planned to begin within six weeks after it, and what was done in the
    four weeks before; ``later`` counts what begins after that. Six statements.

    :param person: a resource; only what is assigned to it.
    """
    rows = _tasks(actor, program, project, person)
    last, first = (datetime.combine(day, time(0)) for day in (known + AHEAD, known - BEHIND))
    near = Q(actual_finish=None) & (Q(actual_start__isnull=False) | Q(schedule__start__lt=last))
    found = list(rows.filter(near | Q(actual_finish__gte=first))[:MOST])
    later = rows.filter(actual_finish=None, actual_start=None, schedule__start__gte=last).count()
    limits = BoardLimits.objects.filter(project=project).first() if project else None
    cards = _cards(actor, found)
    bounds = {WAITING: limits.waiting, PROGRESS: limits.in_progress} if limits else {}
    columns = [
        Column(key, [card for card in cards if card.column == key], bounds.get(key)) for key in COLUMNS
    ]
    columns[-1].cards.reverse()  # what was done last comes first
    return Board(columns, later, limits, people(actor, program))


def people(actor: Actor, program: Program) -> list[Resource]:
    """Return who is assigned to anything in the program that the actor sees: one statement."""
    mine = Assignment.objects.visible_to(actor).filter(program=program)
    rows = Resource.objects.visible_to(actor).filter(kind=Resource.Kind.WORK, pk__in=mine.values("resource"))
    return list(rows.order_by("name", "pk"))


def card_of(actor: Actor, task: Task) -> Card:
    """Return one task as a card: its column, and what holds it."""
    return _cards(actor, [task])[0]


def _tasks(actor: Actor, program: Program, project: Project | None, person: int | None) -> QuerySet[Task]:
    rows = Task.objects.visible_to(actor).filter(
        program=program, is_active=True, schedule__isnull=False, schedule__is_summary=False
    )
    if project is not None:
        rows = rows.filter(project=project)
    if person is not None:
        rows = rows.filter(assignments__resource=person)
    return rows.select_related("schedule", "project", "program").order_by("schedule__start", "pk")


def _cards(actor: Actor, found: Sequence[Task]) -> list[Card]:
    ids = [task.pk for task in found]
    holders, hidden = _holders(actor, ids)
    who: dict[int, list[str]] = defaultdict(list)
    for task_id, name in (
        Assignment.objects.filter(task__in=ids)
        .order_by("resource__name")
        .values_list("task_id", "resource__name")
    ):
        who[task_id].append(name)
    return [
        Card(
            task, _column(task, bool(holders[task.pk] or hidden[task.pk])), holders[task.pk], hidden[task.pk],
            ", ".join(who[task.pk]) or task.responsible,
        )
        for task in found
    ]  # fmt: skip


def _column(task: Task, held: bool) -> str:  # noqa: FBT001
    if task.actual_finish or task.schedule.percent_complete >= 100:
        return DONE
    if task.actual_start or task.schedule.percent_complete > 0:
        return PROGRESS
    return WAITING if held else READY


def _holders(actor: Actor, ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, int]]:
    """Return what has not happened yet, by the task that it must come before: names, and how many the actor does not see."""
    not_done = Q(predecessor__actual_finish=None) & ~Q(predecessor__schedule__percent_complete__gte=100)
    not_begun = Q(predecessor__actual_start=None) & ~Q(predecessor__schedule__percent_complete__gt=0)
    kinds = Dependency.Kind
    rows: QuerySet[Any] = Dependency.objects.filter(
        Q(kind=kinds.FS) & not_done | Q(kind=kinds.SS) & not_begun,
        successor__in=ids,
        predecessor__is_active=True,
    )
    pairs = list(rows.order_by("pk").values_list("successor_id", "predecessor_id"))
    visible = Task.objects.visible_to(actor).filter(pk__in={before for _task, before in pairs})
    names = dict(visible.values_list("pk", "name"))
    told: dict[int, list[str]] = defaultdict(list)
    hidden: dict[int, int] = defaultdict(int)
    for task_id, before in pairs:
        if before in names:
            told[task_id].append(names[before])
        else:
            hidden[task_id] += 1
    return told, hidden
