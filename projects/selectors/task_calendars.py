"""The calendar that each task works on: its own, else that of its people if they all work alike, else its project's.

A task with a calendar of its own works when that one *and* its people's do, unless it ignores its people's. Only work
resources that have a calendar take part (docs/adr/0009-resources.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import models
from numpy.typing import NDArray

from programs.engine.calendars import WorkCalendar, intersect
from programs.models import Program, Resource
from programs.selectors import calendars
from projects.models import Assignment, Task
from tpm.lib import bulk
from tpm.lib.walltime import NONE

Ints = NDArray[np.int64]
Relation = Callable[[type[models.Model]], tuple[str, list[Any]]]


@dataclass(frozen=True, eq=False)
class People:
    """Which calendars the people of which task work on, each pair once: two columns of one length, ascending by task."""

    task: Ints
    calendar: Ints


@dataclass(frozen=True, eq=False)
class Working:
    """``calendar`` is the index of each task's calendar in ``compiled``. Behind the calendars that were given stand those that
    two of them have in common; ``common`` names the two (indexes) of each."""

    calendar: NDArray[np.int32]
    compiled: list[WorkCalendar]
    common: list[tuple[int, int]]


def of_people(program_id: int, relation: Relation | None = None) -> People:
    """Return the calendars of the assigned people of a program's tasks: one statement. ``relation`` may put history in the
    place of assignments and resources."""
    table, params = relation(Assignment) if relation else (f'"{Assignment._meta.db_table}"', [])
    resources, more = relation(Resource) if relation else (f'"{Resource._meta.db_table}"', [])
    read = bulk.read(
        f"""SELECT DISTINCT row.task_id AS task, r.calendar_id AS calendar FROM {table} AS row
              JOIN {resources} AS r ON r.id = row.resource_id
             WHERE row.program_id = %s AND r.kind = 'work' AND r.calendar_id IS NOT NULL ORDER BY 1, 2""",
        [*params, *more, program_id],
        {"task": bulk.BIGINT, "calendar": bulk.BIGINT},
    )
    return People(read["task"], read["calendar"])


def resolve(
    people: People,
    *,
    task_ids: Ints,
    own: Ints,
    ignores: NDArray[np.bool_],
    default: NDArray[np.int32],
    index: dict[int, int],
    compiled: Sequence[WorkCalendar],
) -> Working:
    """Return the calendars of tasks. Shapes ``(n,)``: ``own`` is a calendar id or NONE, ``ignores`` whether the calendars of
    people do not count, ``default`` the index of the project's calendar. ``index`` finds calendar ids in ``compiled``."""
    found = list(compiled)
    calendar = np.where(own == NONE, default, _mapped(own, index)).astype(np.int32)
    if not people.task.size or not task_ids.size:
        return Working(calendar, found, [])
    alike = _alike(compiled)
    theirs = alike[_mapped(people.calendar, index)]
    pairs = np.unique(np.stack([people.task, theirs.astype(np.int64)]), axis=1)
    tasks, first, count = np.unique(pairs[0], return_index=True, return_counts=True)
    agreed, shared = tasks[count == 1], pairs[1][first[count == 1]]
    if not agreed.size:
        return Working(calendar, found, [])
    place = np.clip(np.searchsorted(agreed, task_ids), 0, len(agreed) - 1)
    has = agreed[place] == task_ids
    calendar_of_people = np.where(has, shared[place], -1).astype(np.int32)
    plain = has & (own == NONE)
    calendar[plain] = calendar_of_people[plain]
    both = has & (own != NONE) & ~ignores
    both[both] = alike[calendar[both]] != calendar_of_people[both]
    common: list[tuple[int, int]] = []
    if both.any():
        wanted = np.stack([calendar[both], calendar_of_people[both]], axis=1)
        distinct, inverse = np.unique(wanted, axis=0, return_inverse=True)
        common = [(int(a), int(b)) for a, b in distinct]
        calendar[both] = len(found) + inverse.ravel()
        found += [intersect(found[a], found[b]) for a, b in common]
    return Working(calendar, found, common)


@dataclass(frozen=True, eq=False)
class OfTasks:
    """Indexes into ``compiled``: of the calendar of each task, and of the program's. ``ids`` names those that are rows; behind
    them stand hours that two calendars have in common."""

    by_task: dict[int, int]
    program: int
    compiled: list[WorkCalendar]
    ids: list[int]


def of_tasks(program: Program, task_ids: Sequence[int]) -> OfTasks:
    """Return the calendars that some tasks of a program work on; four statements."""
    ids, compiled = calendars.for_engine(program.portfolio_id, program.pk)
    index = {pk: i for i, pk in enumerate(ids)}
    rows = list(
        Task.objects.filter(pk__in=task_ids, program=program).values_list(
            "pk", "calendar_id", "ignores_resource_calendars", "project__calendar_id"
        )
    )
    working = resolve(
        of_people(program.pk),
        task_ids=np.array([row[0] for row in rows], np.int64),
        own=np.array([row[1] or NONE for row in rows], np.int64),
        ignores=np.array([row[2] for row in rows], bool),
        default=np.array([index[row[3] or program.calendar_id] for row in rows], np.int32),
        index=index,
        compiled=compiled,
    )
    return OfTasks(
        {row[0]: int(at) for row, at in zip(rows, working.calendar, strict=True)},
        index[program.calendar_id],
        working.compiled,
        list(ids),
    )


def _alike(compiled: Sequence[WorkCalendar]) -> NDArray[np.int32]:
    """Return for each calendar the first one that has the same hours on all days."""
    first: dict[tuple[object, object], int] = {}
    return np.array(
        [
            first.setdefault((c.week, tuple((e.first, e.last, e.intervals) for e in c.exceptions)), i)
            for i, c in enumerate(compiled)
        ],
        np.int32,
    )


def _mapped(ids: Ints, index: dict[int, int]) -> NDArray[np.int32]:
    """Return calendar indexes of calendar ids, looked up once per distinct id."""
    distinct, inverse = np.unique(ids, return_inverse=True)
    return np.array([index.get(int(pk), 0) for pk in distinct], dtype=np.int32)[inverse.ravel()]
