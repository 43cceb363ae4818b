"""A program's plan as the arrays that the engine takes. Set-based: a fixed number of statements, no model instances."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from django.db import models
from numpy.typing import NDArray

from programs.engine.calendars import WorkCalendar
from programs.models import CalendarException, Program, Resource
from programs.models import WorkCalendar as CalendarRow
from programs.selectors import calendars
from projects.engine.network import Network, Options, Progress
from projects.models import BaselineTask, Dependency, Plan, Project, Task, TaskSchedule
from projects.selectors import task_calendars
from tpm.activity import selectors as activity
from tpm.activity.recent import Columns, Reading
from tpm.activity.tracking import event_model
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_minutes

Ints = NDArray[np.int64]
DAY = 1440
M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
Relation = Callable[[type[models.Model]], tuple[str, list[Any]]]

TASK_COLUMNS = {
    "id": bulk.BIGINT,
    "parent_id": bulk.BIGINT,
    "project_id": bulk.BIGINT,
    "position": bulk.BIGINT,
    "calendar_id": bulk.BIGINT,
    "ignores_resource_calendars": bulk.BOOLEAN,
    "duration": bulk.BIGINT,
    "is_elapsed": bulk.BOOLEAN,
    "is_milestone": bulk.BOOLEAN,
    "constraint": bulk.SMALLINT,
    "constraint_at": bulk.WALL,
    "deadline": bulk.WALL,
    "actual_start": bulk.WALL,
    "actual_finish": bulk.WALL,
    "remaining": bulk.BIGINT,
    "percent_complete": bulk.FLOAT,
    "resume": bulk.WALL,
    "gap": bulk.BIGINT,
    "gap_ahead": bulk.BIGINT,
    "is_active": bulk.BOOLEAN,
    "is_manual": bulk.BOOLEAN,
    "manual_start": bulk.WALL,
    "manual_finish": bulk.WALL,
}
_PASSED_ON = [
    name
    for name in TASK_COLUMNS
    if name
    not in {
        "id",
        "parent_id",
        "project_id",
        "position",
        "calendar_id",
        "ignores_resource_calendars",
        "remaining",
    }
]
LINK_COLUMNS = {
    "id": bulk.BIGINT,
    "predecessor_id": bulk.BIGINT,
    "successor_id": bulk.BIGINT,
    "predecessor_program_id": bulk.BIGINT,
    "kind": bulk.SMALLINT,
    "lag": bulk.BIGINT,
    "lag_unit": bulk.SMALLINT,
}


@dataclass(frozen=True, eq=False)
class PlanInputs:
    """Everything the schedule of a program is computed from. Shapes: ``n`` tasks, ``p`` projects.

    ``baseline_start``/``baseline_finish`` are NONE where the task is not in the reference baseline. ``program_calendar`` and ``project_calendar`` are indexes into ``network.calendars``.
    ``link_ids`` (m,) and ``boundary_link_ids`` (k,) name the dependencies behind the network's links.
    """

    program_id: int
    network: Network
    project_ids: Ints
    project_calendar: NDArray[np.int32]
    program_calendar: int
    data_date: int
    baseline_id: int | None
    baseline_start: Ints
    baseline_finish: Ints
    link_ids: Ints
    boundary_link_ids: Ints

    @property
    def task_ids(self) -> Ints:
        return self.network.task_id


def current(model: type[models.Model]) -> tuple[str, list[Any]]:
    """Return the model's table as it is now."""
    return f'"{model._meta.db_table}"', []


@dataclass(frozen=True)
class Tables:
    """Reads a program's rows from the tables, or from what stands in their place; remembers nothing."""

    program_id: int
    relation: Relation = current

    def read(self, model: type[models.Model], columns: Mapping[str, bulk.Kind]) -> Columns:
        table, params = self.relation(model)
        names = ", ".join(f'row."{name}"' for name in columns)
        query = f"SELECT {names} FROM {table} AS row WHERE row.program_id = %s"
        read = bulk.read(query, [*params, self.program_id], columns)
        order = np.argsort(read["id"], kind="stable")
        return {name: values[order] for name, values in read.items()}

    def once(
        self, name: str, load: Callable[[], T], of: Sequence[type[models.Model]] = (), key: Any = None
    ) -> T:
        return load()


def load(program: Program, relation: Relation = current, rows: Reading | None = None) -> PlanInputs:
    """Read a program's plan; ``relation`` may put history in the place of the tables (``activity.selectors``), ``rows`` may remember
    what was read the last time.

    :raises NetworkError: if the plan can not be scheduled (see ``Network.build``).
    """
    if relation is not current:
        program = _row(Program, "id", program.pk, relation) or program
    calendar_ids, compiled = calendars.for_engine(
        program.portfolio_id, program.pk, None if relation is current else relation
    )
    calendar_index = {pk: i for i, pk in enumerate(calendar_ids)}
    projects = _projects(program, relation)
    rows = rows or Tables(program.pk, relation)
    tasks = _in_outline_order(rows, projects["id"])
    links = rows.read(Dependency, LINK_COLUMNS)
    plan = _row(Plan, "program_id", program.pk, relation) or Plan(program=program)

    project_calendar = np.array(
        [calendar_index[pk or program.calendar_id] for pk in projects["calendar_id"]], dtype=np.int32
    )
    project = tasks["project"]
    working = task_calendars.resolve(
        task_calendars.of_people(program.pk, relation),
        task_ids=tasks["id"],
        own=tasks["calendar_id"],
        ignores=tasks["ignores_resource_calendars"],
        default=project_calendar[project] if len(project) else np.zeros(0, np.int32),
        index=calendar_index,
        compiled=compiled,
    )
    inner, outer = rows.once("links", lambda: _by_side(program, links, tasks["id"]), key=(links, tasks["id"]))
    starts = np.array([to_minutes(on or program.starts_on) for on in projects["starts_on"]], dtype=np.int64)
    boundary_link_ids, boundary = _boundary(program, outer, tasks["id"])
    network = Network.build(
        task_id=tasks["id"],
        parent=tasks["parent"],
        project=project,
        calendar=working.calendar,
        remaining=np.where(tasks["remaining"] == NONE, -1, tasks["remaining"]),
        pred=inner["pred"],
        succ=inner["succ"],
        link_kind=inner["kind"],
        lag=inner["lag"],
        lag_unit=inner["lag_unit"],
        project_start=starts if len(starts) else np.array([to_minutes(program.starts_on)]),
        calendars=working.compiled,
        data_date=_data_date(program),
        options=Options(
            honour_constraints=plan.honour_constraints,
            progress=Progress[plan.progress.upper()],
            critical_threshold=plan.critical_threshold,
        ),
        **{name: tasks[name] for name in _PASSED_ON},
        **boundary,
    )
    baseline = rows.once(
        "baseline", lambda: _baseline(plan.baseline_id, tasks["id"]), key=(plan.baseline_id, tasks["id"])
    )  # its rows never change
    return PlanInputs(
        program_id=program.pk,
        network=network,
        project_ids=projects["id"],
        project_calendar=project_calendar,
        program_calendar=calendar_index[program.calendar_id],
        data_date=_data_date(program),
        baseline_id=plan.baseline_id,
        baseline_start=baseline["start"],
        baseline_finish=baseline["finish"],
        link_ids=inner["id"],
        boundary_link_ids=boundary_link_ids,
    )


def as_of(program: Program, revision: int) -> Relation:
    """Return the relation by which ``load`` reads a program's plan as it was at a revision: rows, options, calendars, people.

    Dates in other programs are results and have no history: those are read as they are.
    """
    calendar_events = event_model(CalendarRow)._meta.db_table
    shared = "portfolio_id = %s AND (program_id IS NULL OR program_id = %s)"
    scope = [program.portfolio_id, program.pk]
    scopes: dict[type[models.Model], tuple[str, list[Any]]] = {
        Program: ("id = %s", [program.pk]),
        CalendarRow: (shared, scope),
        Resource: (shared, scope),
        CalendarException: (f'calendar_id IN (SELECT id FROM "{calendar_events}" WHERE {shared})', scope),
    }

    def relation(model: type[models.Model]) -> tuple[str, list[Any]]:
        where, params = scopes.get(model, (None, ()))
        return activity.relation_as_of(model, program.pk, revision, where, params)

    return relation


def index_of(values: Ints, ids: Ints) -> NDArray[np.int32]:
    """Return the position of each value in ``ids`` (any order), -1 where it is not there."""
    if not len(ids):
        return np.full(len(values), -1, np.int32)
    order = np.argsort(ids, kind="stable")
    place = np.clip(np.searchsorted(ids, values, sorter=order), 0, len(ids) - 1)
    found = order[place]
    return np.where(ids[found] == values, found, -1).astype(np.int32)


def working_calendar(inputs: PlanInputs, project: int | None = None) -> WorkCalendar:
    """Return the calendar by which a project's (or the program's) slippage is counted."""
    index = inputs.program_calendar if project is None else int(inputs.project_calendar[project])
    return inputs.network.calendars[index]


def _data_date(program: Program) -> int:
    """The data date counts to the end of its day."""
    return NONE if program.data_date is None else to_minutes(program.data_date) + DAY


def _row(model: type[M], column: str, pk: int, relation: Relation) -> M | None:
    table, params = relation(model)
    rows: Any = model._default_manager.raw(f"SELECT * FROM {table} AS row WHERE {column} = %s", [*params, pk])
    return next(iter(rows), None)


def _in_outline_order(rows: Reading, project_ids: Ints) -> Columns:
    """Return the tasks by project, then place among siblings, so that a preorder walk over parents gives the outline; with the
    indexes of their ``project`` and ``parent``."""
    read = rows.read(Task, TASK_COLUMNS)
    of_project = (read["project_id"], project_ids.tobytes())
    order = rows.once(
        "order",
        lambda: np.lexsort((read["id"], read["position"], index_of(read["project_id"], project_ids))),
        key=(read["id"], read["position"], of_project),
    )

    def picked(name: str) -> NDArray[Any]:
        return rows.once(f"task {name}", lambda: read[name][order], key=(read[name], order))

    tasks = {name: picked(name) for name in TASK_COLUMNS}
    above = (tasks["parent_id"], tasks["id"])
    tasks["parent"] = rows.once("parent", lambda: index_of(*above), key=above)
    tasks["project"] = rows.once(
        "project", lambda: index_of(tasks["project_id"], project_ids), key=(tasks["project_id"], of_project)
    )
    return tasks


def _by_side(program: Program, links: Columns, task_ids: Ints) -> tuple[Columns, Columns]:
    """Return the links within the program, with the indexes of their ends, and those from other programs."""
    inside = links["predecessor_program_id"] == program.pk
    inner = {name: values[inside] for name, values in links.items()}
    inner["pred"] = index_of(inner["predecessor_id"], task_ids)
    inner["succ"] = index_of(inner["successor_id"], task_ids)
    return inner, {name: values[~inside] for name, values in links.items()}


def _projects(program: Program, relation: Relation) -> dict[str, Any]:
    table, params = relation(Project)
    rows = list(
        Project.objects.raw(
            f"SELECT id, calendar_id, starts_on FROM {table} AS row WHERE program_id = %s ORDER BY position, id",
            [*params, program.pk],
        )
    )
    return {
        "id": np.array([row.pk for row in rows], dtype=np.int64),
        "calendar_id": [row.calendar_id for row in rows],
        "starts_on": [row.starts_on for row in rows],
    }


def _boundary(program: Program, links: Columns, task_ids: Ints) -> tuple[Ints, dict[str, NDArray[Any]]]:
    """Return links from tasks of other programs (their ids, then what the engine takes) with those tasks' last computed
    dates, on this program's clock."""
    if not len(links["predecessor_id"]):
        return np.zeros(0, np.int64), {}
    dates = {
        row.task_id: row
        for row in TaskSchedule.objects.filter(task_id__in=links["predecessor_id"].tolist())
        .exclude(start=None)
        .select_related("program")
    }
    known = np.array([pk in dates for pk in links["predecessor_id"].tolist()], dtype=bool)
    rows = [dates[pk] for pk in links["predecessor_id"][known].tolist()]
    return links["id"][known], {
        "boundary_succ": index_of(links["successor_id"][known], task_ids),
        "boundary_kind": links["kind"][known],
        "boundary_lag": links["lag"][known],
        "boundary_lag_unit": links["lag_unit"][known],
        "boundary_start": np.array(
            [_on_clock_of(program, row.program, row.start) for row in rows], dtype=np.int64
        ),
        "boundary_finish": np.array(
            [_on_clock_of(program, row.program, row.finish) for row in rows], dtype=np.int64
        ),
    }


def _on_clock_of(program: Program, other: Program, at: datetime | None) -> int:
    if at is None or program.time_zone == other.time_zone:
        return to_minutes(at)
    there = at.replace(tzinfo=ZoneInfo(other.time_zone))
    return to_minutes(there.astimezone(ZoneInfo(program.time_zone)).replace(tzinfo=None))


def _baseline(baseline_id: int | None, task_ids: Ints) -> dict[str, Ints]:
    nothing = np.full(len(task_ids), NONE, dtype=np.int64)
    if baseline_id is None:
        return {"start": nothing, "finish": nothing.copy()}
    rows = bulk.read(
        f'SELECT task_id, start, finish FROM "{BaselineTask._meta.db_table}" WHERE baseline_id = %s',
        [baseline_id],
        {"task_id": bulk.BIGINT, "start": bulk.WALL, "finish": bulk.WALL},
    )
    place = index_of(task_ids, rows["task_id"])
    found = place >= 0
    picked = {}
    for name in ("start", "finish"):
        picked[name] = np.where(found, rows[name][place] if len(rows["task_id"]) else NONE, NONE).astype(
            np.int64
        )
    return picked
