"""Who gives what to whom by when: the links that cross projects with their promises, needs and forecasts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, F, Min, Q, QuerySet

from programs.engine.calendars import WorkCalendar as Engine
from programs.engine.calendars import working_between
from programs.models import Portfolio, Program, WorkCalendar
from programs.selectors import calendars
from projects.engine import needs
from projects.models import Commitment, Dependency, Project
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.tracking import DELETE, event_model
from tpm.lib.walltime import EPOCH, to_datetime, to_minutes

MOST = 2000
SOON = timedelta(weeks=4)
"""So long before a need nobody should be without a promise."""
NO_PROMISE, ASKED, DONE = "none", "asked", "done"
OVERDUE, LATE_PROMISE, LATE_FORECAST, UNPROMISED, REJECTED = (
    "overdue",
    "late_promise",
    "late_forecast",
    "unpromised",
    "rejected",
)
SEVERE = {OVERDUE, LATE_PROMISE}
_FROM_FINISH = (Dependency.Kind.FS, Dependency.Kind.FF)


@dataclass(frozen=True)
class Give:
    """One link between two projects. Minutes are working time on the taker's calendar.

    :ivar state: of the commitment, or ``none``, ``asked``, ``done`` (nothing was promised, and it has happened).
    :ivar needed: the latest moment of the giver's event; ``needed_on`` the last day at whose end it is still in time. None
        where the taker has begun already, or nothing is computed. :ivar forecast: when the plan says it happens (or happened).
    :ivar slack: from the end of the promised day to the need; negative is a promise that comes too late.
    :ivar margin: from the forecast to the need. :ivar drift: from the end of the promised day to the forecast; positive is late.
    """

    link: Dependency
    commitment: Commitment | None
    state: str
    needed: datetime | None
    needed_on: date | None
    forecast: datetime | None
    slack: int | None
    margin: int | None
    drift: int | None
    breaches: tuple[str, ...]

    @property
    def giver(self) -> Project:
        return self.link.predecessor.project

    @property
    def taker(self) -> Project:
        return self.link.successor.project

    @property
    def title(self) -> str:
        said = self.commitment.deliverable if self.commitment else ""
        return said or self.link.predecessor.name

    @property
    def promised_on(self) -> date | None:
        return self.commitment.promised_on if self.commitment else None

    @property
    def is_open(self) -> bool:
        return self.state not in (Commitment.State.DELIVERED, DONE)

    @property
    def level(self) -> str:
        """``bad`` if it hurts the plan or is overdue, ``watch`` if somebody should look, else ``ok``; ``none`` if nobody
        promised anything and there is time."""
        if not self.is_open:
            return "ok"
        if SEVERE & set(self.breaches) or (LATE_FORECAST in self.breaches and (self.margin or 0) < 0):
            return "bad"
        if self.breaches:
            return "watch"
        return "none" if self.promised_on is None else "ok"

    @property
    def urgency(self) -> tuple[int, int]:
        """Worst first: by level, then by the least room."""
        least = min((m for m in (self.slack, self.margin) if m is not None), default=10**9)
        return (("bad", "watch", "none", "ok").index(self.level) + 4 * (not self.is_open), least)


@dataclass(frozen=True)
class Edge:
    """All links of one pair of projects: how many, how many open, the worst level, the least slack in working minutes."""

    giver: Project
    taker: Project
    total: int
    open: int
    level: str
    slack: int | None


@dataclass(frozen=True)
class Past:
    """One version of a commitment: who said what when. ``moved`` are the calendar days that the promise moved by."""

    at: datetime
    change_set: ChangeSet
    state: str
    promised_on: date | None
    delivered_on: date | None
    moved: int | None
    is_end: bool


@dataclass(frozen=True)
class Overdue:
    """Promises of one giving project that nobody has kept."""

    project: int
    name: str
    program: int
    program_name: str
    count: int
    oldest: date


def links(actor: Actor) -> QuerySet[Dependency]:
    """Return the links between projects of which the actor sees both ends, with what a row shows."""
    related = [
        f"{end}__{name}"
        for end in ("predecessor", "successor")
        for name in ("project__manager", "program", "schedule")
    ]
    rows: QuerySet[Dependency] = Dependency.objects.visible_to(actor).exclude(
        predecessor__project=F("successor__project")
    )
    return rows.select_related(
        *related, "commitment__giver", "commitment__taker", "predecessor__program__portfolio",
        "successor__program__portfolio",
    )  # fmt: skip


def get_for(actor: Actor, pk: int) -> Dependency:
    """Return one link between two projects with its commitment.

    :raises Dependency.DoesNotExist: if there is none that the actor may see.
    """
    return links(actor).get(pk=pk)


def commitment_for(actor: Actor, pk: int) -> Commitment:
    """Return one commitment with its link.

    :raises Commitment.DoesNotExist: if there is none that the actor may see.
    """
    return visible(actor).get(pk=pk)


def visible(actor: Actor) -> QuerySet[Commitment]:
    """Return the commitments that the actor sees, with the tasks, projects and programs of their links."""
    ends = ("dependency__predecessor", "dependency__successor")
    return Commitment.objects.visible_to(actor).select_related(
        *(f"{end}__{name}" for end in ends for name in ("project", "program"))
    )


def of_program(actor: Actor, program: Program, *, project: int | None = None) -> list[Give]:
    """Return what is given and taken across projects with an end in the program (in one project), the worst first: four
    statements."""
    rows = links(actor).filter(Q(program=program) | Q(predecessor_program=program))
    if project is not None:
        rows = rows.filter(Q(predecessor__project=project) | Q(successor__project=project))
    return measured(rows.order_by("pk")[:MOST])


def of_portfolio(actor: Actor, portfolio: Portfolio) -> list[Give]:
    """Return the same of all programs of a portfolio that are not archived."""
    ends = ("predecessor", "successor")
    inside = Q(predecessor__program__portfolio=portfolio) | Q(successor__program__portfolio=portfolio)
    live = Q(**{f"{end}__program__archived_at": None for end in ends})
    return measured(links(actor).filter(inside, live).order_by("pk")[:MOST])


def measured(rows: Iterable[Dependency]) -> list[Give]:
    """Return links with what is needed, forecast and promised, the worst first: two statements beside the rows'."""
    found = list(rows)
    working = _calendars(found)
    by_calendar: dict[int, list[Dependency]] = defaultdict(list)
    for link in found:
        by_calendar[_calendar_of(link)].append(link)
    gives = [give for pk, mine in by_calendar.items() for give in _measure(working[pk], mine)]
    return sorted(gives, key=lambda give: (*give.urgency, give.link.pk))


def edges(gives: Sequence[Give]) -> list[Edge]:
    """Return the pairs of projects, the worst first."""
    pairs: dict[tuple[int, int], list[Give]] = defaultdict(list)
    for give in gives:
        pairs[give.giver.pk, give.taker.pk].append(give)
    made = []
    for mine in pairs.values():
        worst = min(mine, key=lambda one: one.urgency)
        alive = [one for one in mine if one.is_open]
        room = [
            m for one in alive for m in (one.slack if one.slack is not None else one.margin,) if m is not None
        ]
        made.append(
            Edge(worst.giver, worst.taker, len(mine), len(alive), worst.level, min(room, default=None))
        )
    order = ("bad", "watch", "none", "ok")
    return sorted(made, key=lambda one: (order.index(one.level), one.giver.name, one.taker.name))


@dataclass(frozen=True)
class Standing:
    """What one project gives and gets: how many links are open, and the worst level of each side."""

    gives: int = 0
    gives_level: str = "ok"
    gets: int = 0
    gets_level: str = "ok"


def standings(gives: Sequence[Give]) -> dict[int, Standing]:
    """Return by project what is open; the worst give of a side stands for it."""
    order = ("ok", "none", "watch", "bad")
    found: dict[int, Standing] = defaultdict(Standing)
    for give in gives:
        if not give.is_open:
            continue
        one = found[give.giver.pk]
        worst = max(one.gives_level, give.level, key=order.index)
        found[give.giver.pk] = replace(one, gives=one.gives + 1, gives_level=worst)
        other = found[give.taker.pk]
        worst = max(other.gets_level, give.level, key=order.index)
        found[give.taker.pk] = replace(other, gets=other.gets + 1, gets_level=worst)
    return dict(found)


def history(commitment: Commitment) -> list[Past]:
    """Return everything that was ever said, the newest first: two queries."""
    rows = list(
        event_model(Commitment)._base_manager.filter(pgh_obj_id=commitment.pk).order_by("pgh_id").values()
    )
    sets = {
        one.context_id: one
        for one in ChangeSet.objects.filter(
            context_id__in=[row["pgh_context_id"] for row in rows]
        ).select_related("actor")
    }
    told: list[Past] = []
    before: date | None = None
    for row in rows:
        promised = row["promised_on"]
        moved = (promised - before).days if promised and before and promised != before else None
        change_set = sets[row["pgh_context_id"]]
        told.append(
            Past(
                change_set.at, change_set, row["state"], promised, row["delivered_on"], moved,
                row["pgh_label"] == DELETE,
            )
        )  # fmt: skip
        before = promised or before
    return told[::-1]


def overdue(actor: Actor) -> list[Overdue]:
    """Return by giving project how many promises were due before its program's data date and are not delivered: one query."""
    giver = "dependency__predecessor"
    late = (
        Commitment.objects.visible_to(actor)
        .filter(
            state__in=(Commitment.State.PROPOSED, Commitment.State.ACCEPTED),
            promised_on__lt=F(f"{giver}__program__data_date"),
            dependency__predecessor__program__archived_at=None,
        )
        .values_list(
            f"{giver}__project_id",
            f"{giver}__project__name",
            f"{giver}__program_id",
            f"{giver}__program__name",
        )
        .annotate(count=Count("pk"), oldest=Min("promised_on"))
        .order_by("oldest", f"{giver}__project_id")
    )
    return [Overdue(*row) for row in late]


def _calendar_of(link: Dependency) -> int:
    task = link.successor
    return task.calendar_id or task.project.calendar_id or task.program.calendar_id


def _calendars(found: Sequence[Dependency]) -> dict[int, Engine]:
    rows = list(WorkCalendar.objects.filter(pk__in={_calendar_of(link) for link in found}))
    return dict(zip((row.pk for row in rows), calendars.compiled(rows), strict=True)) if rows else {}


def _measure(calendar: Engine, found: list[Dependency]) -> list[Give]:
    """Measure links whose takers work on one calendar."""
    takers = [getattr(link.successor, "schedule", None) for link in found]
    givers = [getattr(link.predecessor, "schedule", None) for link in found]

    def at(value: datetime | None) -> int:
        return max(to_minutes(value), 0)  # what is missing is left out below

    lags = needs.lag_minutes(
        [link.lag for link in found],
        [link.lag_unit for link in found],
        [one.duration if one else 0 for one in givers],
    )
    need = needs.latest(
        calendar,
        [link.kind for link in found],
        np.array([at(one and one.late_start) for one in takers], np.int64),
        np.array([at(one and one.late_finish) for one in takers], np.int64),
        lags,
        [link.lag_unit for link in found],
    )
    days = needs.last_day(calendar, need)
    return [
        _give(calendar, link, giver, int(need[i]) if _is_needed(link, taker) else None, int(days[i]))
        for i, (link, giver, taker) in enumerate(zip(found, givers, takers, strict=True))
    ]


def _is_needed(link: Dependency, taker: Any) -> bool:
    """A taker that has begun (or ended, where the link holds its finish) waits for nothing any more."""
    held = link.successor.actual_finish if link.kind >= Dependency.Kind.FF else link.successor.actual_start
    late = taker and (taker.late_finish if link.kind >= Dependency.Kind.FF else taker.late_start)
    return bool(late) and held is None


def _give(calendar: Engine, link: Dependency, giver: Any, need: int | None, day: int) -> Give:
    commitment = getattr(link, "commitment", None)
    by_finish = link.kind in _FROM_FINISH
    happened = link.predecessor.actual_finish if by_finish else link.predecessor.actual_start
    forecast = happened or (giver and (giver.finish if by_finish else giver.start))
    promised = commitment.promised_on if commitment else None
    slack = margin = drift = None
    if promised is not None:
        number = (promised - EPOCH.date()).days
        if need is not None:
            slack = int(needs.room(calendar, number, need))
        if forecast:
            drift = int(needs.room(calendar, number, to_minutes(forecast)))
    if need is not None and forecast:
        margin = int(working_between(calendar, to_minutes(forecast), need))
    state = _state(commitment, happened)
    give = Give(
        link, commitment, state, to_datetime(need) if need is not None else None,
        EPOCH.date() + timedelta(days=day) if need is not None else None, forecast or None, slack, margin, drift, (),
    )  # fmt: skip
    return Give(**{**give.__dict__, "breaches": _breaches(give)})


def _state(commitment: Commitment | None, happened: datetime | None) -> str:
    if commitment is None:
        return DONE if happened else NO_PROMISE
    return ASKED if commitment.is_asked else commitment.state


def _breaches(give: Give) -> tuple[str, ...]:
    if not give.is_open:
        return ()
    known = give.link.predecessor.program.data_date
    found = []
    if give.promised_on is None:
        if give.margin is not None and (give.margin < 0 or give.state == ASKED or _is_near(give, known)):
            found.append(UNPROMISED)
    else:
        if known and give.promised_on < known:
            found.append(OVERDUE)
        if give.slack is not None and give.slack < 0:
            found.append(LATE_PROMISE)
        if give.drift is not None and give.drift > 0:
            found.append(LATE_FORECAST)
    if give.state == Commitment.State.REJECTED:
        found.append(REJECTED)
    return tuple(found)


def _is_near(give: Give, known: date | None) -> bool:
    return bool(known and give.needed_on and give.needed_on <= known + SOON)
