"""Why a task's dates are what they are: the chain from the task back to what holds it, from stored results.

Each step is held by the next: over a driving link, or as a summary by the child that sets its finish. The chain ends at what
needs no further reason – a project start, a constraint, an actual date, the data date – or where the actor's sight ends: a
task that one may not see is there, but has neither name nor dates.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from projects.engine import paths
from projects.engine.network import Driver, Network
from projects.models import Dependency, Task, TaskSchedule
from projects.selectors import task_calendars
from projects.selectors.reason_words import sentence
from tpm.accounts.actors import Actor
from tpm.lib.walltime import to_minutes

LONGEST_CHAIN = 200
HELD_BY_TASK = (Driver.PREDECESSOR, Driver.BOUNDARY, Driver.CHILDREN)


@dataclass(frozen=True)
class Step:
    """One task of the chain and what holds it. ``task`` is None where the actor may not see it; ``link`` is the one through
    which the task of the next step holds this one, if both are seen; ``text`` says it in a sentence."""

    task: Task | None
    schedule: TaskSchedule | None
    kind: Driver
    link: Dependency | None
    text: str

    @property
    def start(self) -> datetime | None:
        return self.schedule.start if self.schedule else None

    @property
    def finish(self) -> datetime | None:
        return self.schedule.finish if self.schedule else None

    @property
    def total_float(self) -> int | None:
        return self.schedule.total_float if self.schedule else None

    @property
    def is_critical(self) -> bool:
        return self.schedule is not None and self.schedule.is_critical


@dataclass(frozen=True)
class Reason:
    """The chain of a task, the task itself first. ``cut``: it goes on beyond the steps that were asked for."""

    steps: list[Step]
    cut: bool

    @property
    def root(self) -> Step | None:
        """What holds it all, if the chain is shown to its end."""
        return self.steps[-1] if self.steps and not self.cut else None


@dataclass(frozen=True)
class _Row:
    task: int
    kind: Driver
    link: int | None
    held_by: int | None


def why(actor: Actor, task: Task, *, most: int = LONGEST_CHAIN) -> Reason:
    """Return the chain of a task that the actor sees, at most ``most`` steps; empty before the first computation.

    Four queries, whatever its length; seven where a task goes as late as possible.
    """
    rows = _chain(task.pk, most + 1)
    cut = len(rows) > most
    ids = {row.task for row in rows} | {row.held_by for row in rows if row.held_by is not None}
    related = ("schedule", "project", "program")
    seen = {one.pk: one for one in Task.objects.visible_to(actor).filter(pk__in=ids).select_related(*related)}
    wanted = [row.link for row in rows if row.link is not None]
    links = {one.pk: one for one in Dependency.objects.visible_to(actor).filter(pk__in=wanted)}
    there = set(Task.objects.filter(pk__in=ids - seen.keys()).values_list("pk", flat=True)) | seen.keys()
    steps: list[Step] = []
    for row in rows[:most]:
        own = seen.get(row.task)
        if own is None:
            if row.task in there:
                steps.append(Step(None, None, row.kind, None, ""))
            break
        steps.append(_step(actor, row, own, links, seen, there))
    ended = bool(steps) and steps[-1].task is None
    return Reason(steps, cut and not ended)


def _step(
    actor: Actor, row: _Row, own: Task, links: dict[int, Dependency], seen: dict[int, Task], there: set[int]
) -> Step:
    link = links.get(row.link) if row.link else None
    by = seen.get(row.held_by) if row.held_by else None
    if row.kind == Driver.ALAP:
        link = _held_back_by(actor, own)
        by = link.successor if link else None
    gone = row.kind in HELD_BY_TASK and (row.held_by is None or row.held_by not in there)
    return Step(own, own.schedule, row.kind, link, sentence(own, row.kind, link, by, gone=gone))


def _chain(pk: int, most: int) -> list[_Row]:
    """Follow the drivers: one statement. A task that is met again ends it (results of two programs may be of two moments)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE chain(place, task, kind, link, held_by) AS (
                SELECT 0, s.task_id, s.driver_kind, s.driver_link_id, coalesce(d.predecessor_id, s.driver_task_id)
                  FROM projects_taskschedule AS s LEFT JOIN projects_dependency AS d ON d.id = s.driver_link_id
                 WHERE s.task_id = %s
                UNION ALL
                SELECT chain.place + 1, s.task_id, s.driver_kind, s.driver_link_id, coalesce(d.predecessor_id, s.driver_task_id)
                  FROM chain JOIN projects_taskschedule AS s ON s.task_id = chain.held_by
                  LEFT JOIN projects_dependency AS d ON d.id = s.driver_link_id
                 WHERE chain.kind IN %s AND chain.place + 1 < %s
            ) SELECT task, kind, link, held_by FROM chain ORDER BY place
            """,
            [pk, tuple(int(kind) for kind in HELD_BY_TASK), most],
        )
        rows = [_Row(task, Driver(kind), link, held_by) for task, kind, link, held_by in cursor.fetchall()]
    met: set[int] = set()
    for at, row in enumerate(rows):
        if row.task in met:
            return rows[:at]
        met.add(row.task)
    return rows


@dataclass(frozen=True, eq=False)
class _Dates:
    """Stored late dates in the shape that the engine measures on."""

    start: NDArray[np.int64]
    finish: NDArray[np.int64]
    duration: NDArray[np.int64]
    is_live: NDArray[np.bool_]
    is_summary: NDArray[np.bool_]


def _held_back_by(actor: Actor, task: Task) -> Dependency | None:
    """Return the link to the successor that would be late if a task which goes as late as possible went any later: without
    relationship float between their late dates. None if there is none (then the end of the plan, or a date of its own, holds
    it) or the actor does not see it.
    """
    links = list(
        Dependency.objects.filter(predecessor=task, program=task.program_id)
        .exclude(successor__schedule__late_start=None)
        .select_related("successor__schedule", "successor__project", "successor__program")
        .order_by("pk")
    )
    if not links:
        return None
    ends = [task, *(link.successor for link in links)]
    working = task_calendars.of_tasks(task.program, [one.pk for one in ends])
    results = [one.schedule for one in ends]
    network = Network.build(
        duration=np.array([row.duration for row in results], np.int64),
        calendar=np.array([working.by_task.get(one.pk, working.program) for one in ends], np.int32),
        is_elapsed=np.array([one.is_elapsed for one in ends]),
        pred=np.zeros(len(links), np.int32),
        succ=np.arange(1, len(ends), dtype=np.int32),
        link_kind=np.array([link.kind for link in links], np.int8),
        lag=np.array([link.lag for link in links], np.int64),
        lag_unit=np.array([link.lag_unit for link in links], np.int8),
        calendars=working.compiled,
    )
    dates = _Dates(
        start=np.array([to_minutes(row.late_start) for row in results], np.int64),
        finish=np.array([to_minutes(row.late_finish) for row in results], np.int64),
        duration=network.duration,
        is_live=np.ones(len(ends), np.bool_),
        is_summary=np.array([row.is_summary for row in results]),
    )
    spare = paths.relationship_floats(network, dates)
    if spare.min() > 0:
        return None
    nearest = links[int(np.argmin(spare))]
    return nearest if Task.objects.visible_to(actor).filter(pk=nearest.successor_id).exists() else None
