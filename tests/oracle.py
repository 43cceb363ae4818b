"""The independent answer to "what should the results be": the change log, replayed to a revision and computed from scratch.

Plans are replayed; cost lines and actuals are taken as they are, so a test that watches must leave them alone.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import psycopg2
from django.db import connection, models

from budgets.selectors import inputs as cost_inputs
from budgets.services import earned_value
from programs.models import Program
from projects.models import Assignment, Dependency, Project, Task
from projects.selectors import networks
from projects.services import schedule
from tpm.activity import selectors as activity

REPLAYED: tuple[type[models.Model], ...] = (Task, Dependency, Project, Assignment)
# by task: start, finish (wall minutes), total float, planned, earned and actual value, budget (cents)
Published = dict[int, tuple[int, ...]]


def expected(program: Program, revision: int) -> Published:
    """Return the dates and amounts that belong to the program's inputs as they were at a revision."""

    def relation(model: type[models.Model]) -> tuple[str, list[object]]:
        if model in REPLAYED:
            return activity.relation_as_of(model, program.pk, revision)
        return networks.current(model)

    result = schedule.compute(networks.load(program, relation))
    columns = [
        result.inputs.task_ids,
        result.schedule.start,
        result.schedule.finish,
        result.schedule.total_float,
    ]
    money = earned_value.compute(result, cost_inputs.load(program, result.inputs.baseline_id)).tasks
    columns += [money.pv, money.ev, money.ac, money.bac]
    return {row[0]: tuple(row[1:]) for row in np.stack(columns, axis=1).tolist()}


@dataclass
class Watcher:
    """Reads, over and over in its own connection and snapshot, what is published and at which revision."""

    program_id: int
    seen: dict[int, Published] = field(default_factory=dict)
    backwards: list[tuple[int, int]] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)

    def __enter__(self) -> Watcher:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._link = psycopg2.connect(**connection.get_connection_params())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._link.close()

    def _watch(self) -> None:
        last = 0
        self._link.set_session(isolation_level="REPEATABLE READ", readonly=True)
        while not self._stop.is_set():
            with self._link, self._link.cursor() as cursor:
                cursor.execute(
                    "SELECT computed_revision FROM programs_recomputestate WHERE program_id = %s",
                    [self.program_id],
                )
                revision = cursor.fetchone()[0]
                cursor.execute(
                    "SELECT s.task_id, coalesce(extract(epoch FROM s.start) / 60, -1)::bigint,"
                    " coalesce(extract(epoch FROM s.finish) / 60, -1)::bigint, s.total_float,"
                    " (v.pv * 100)::bigint, (v.ev * 100)::bigint, (v.ac * 100)::bigint, (v.bac * 100)::bigint"
                    " FROM projects_taskschedule AS s LEFT JOIN budgets_taskvalue AS v ON v.task_id = s.task_id"
                    " WHERE s.program_id = %s",
                    [self.program_id],
                )
                rows: Published = {row[0]: row[1:] for row in cursor.fetchall()}
            if revision < last:
                self.backwards.append((last, revision))
            if revision in self.seen and self.seen[revision] != rows:
                self.torn.append(revision)
            if revision:
                self.seen[revision] = rows
            last = revision
            self._stop.wait(0.005)


def check(program: Program, watcher: Watcher) -> None:
    """Compare everything that was published with the replayed log.

    :raises AssertionError: on a wrong, torn or backward result.
    """
    assert not watcher.backwards
    assert not watcher.torn
    for revision, published in watcher.seen.items():
        assert published == expected(program, revision), f"revision {revision} was published wrong"
