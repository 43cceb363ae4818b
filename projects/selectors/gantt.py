"""The whole plan of a program in columns, as the Gantt takes it: a fixed number of statements, no model instances.

Moments are wall minutes since 1970-01-01T00:00, durations and floats working minutes of the task's own calendar.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from programs import policies
from programs.models import CalendarException, Program, WorkCalendar
from programs.policies import Scope
from programs.selectors import calendars
from projects.models import Dependency, Project, Task
from projects.selectors import assignments, task_calendars
from tpm.accounts.actors import Actor
from tpm.lib import bulk
from tpm.lib.walltime import NONE

WORKDAY = 480
Columns = dict[str, list[Any]]
_WALLS = ("start", "finish", "late_start", "late_finish", "baseline_start", "baseline_finish")
_OWN_WALLS = ("constraint_at", "deadline", "actual_start", "actual_finish")
_COLUMNS = {
    "id": bulk.BIGINT,
    "project": bulk.BIGINT,
    "parent": bulk.BIGINT,
    "calendar": bulk.BIGINT,
    "version": bulk.INTEGER,
    "depth": bulk.SMALLINT,
    "is_summary": bulk.BOOLEAN,
    "is_milestone": bulk.BOOLEAN,
    "is_elapsed": bulk.BOOLEAN,
    "duration": bulk.BIGINT,
    **dict.fromkeys(_WALLS, bulk.WALL),
    "total_float": bulk.BIGINT,
    "free_float": bulk.BIGINT,
    "critical": bulk.BOOLEAN,
    "percent": bulk.FLOAT,
    "slip": bulk.BIGINT,
    "slip_cd": bulk.BIGINT,
    "constraint": bulk.SMALLINT,
    **dict.fromkeys(_OWN_WALLS, bulk.WALL),
    "driver": bulk.BIGINT,
}
_NULLABLE = {"parent", *_WALLS, *_OWN_WALLS, "total_float", "free_float", "slip_cd", "driver"}
# A task that is not computed yet stands behind its computed siblings, with its own duration and no dates.
ORDER = "ORDER BY p.position, p.id, s.sequence NULLS LAST, t.position, t.id"
FROM = """FROM projects_task AS t JOIN projects_project AS p ON p.id = t.project_id
           LEFT JOIN projects_taskschedule AS s ON s.task_id = t.id
           WHERE t.program_id = %s AND t.project_id = ANY(%s)"""

# Who does not see the driving task does not learn its number either.
_DRIVER = """LEFT JOIN projects_task AS driver ON driver.id = s.driver_task_id AND driver.project_id = ANY(%s)
           WHERE"""


@dataclass(frozen=True)
class Head:
    """All of a plan's answer besides tasks and links: ``payload`` as it is sent, the visible projects' ids, each project's
    calendar, and of the tasks whose people decide it theirs (a negative number where it is what two calendars have in
    common). ``tag`` names it: two heads with one tag are the same."""

    payload: dict[str, Any]
    project_ids: list[int]
    calendar_of: dict[int, int]
    calendar_of_task: dict[int, int]
    tag: str


def head(actor: Actor, program: Program) -> Head:
    """Return what frames the plan, as far as the actor reads it: six statements (nine where people have calendars)."""
    projects = list(Project.objects.visible_to(actor).filter(program=program).order_by("position", "pk"))
    ids = [project.pk for project in projects]
    may_edit = {
        pk: policies.holds(actor, "plan.edit", Scope(program.portfolio_id, program.pk, pk)) for pk in ids
    }
    calendar_of = {project.pk: project.calendar_id or program.calendar_id for project in projects}
    own = Task.objects.filter(program=program, project__in=ids).exclude(calendar=None).order_by()
    used = {
        program.calendar_id,
        *calendar_of.values(),
        *own.values_list("calendar_id", flat=True).distinct(),
    }
    by_task, common = _of_people(program, ids, calendar_of)
    payload = {
        "can_edit": any(may_edit.values()),
        "projects": [
            {"id": one.pk, "name": one.name, "kind": one.kind, "can_edit": may_edit[one.pk]}
            for one in projects
        ],
        "calendars": hours(program, used | {pk for pk in by_task.values() if pk > 0}) + common,
        "default_calendar": program.calendar_id,
    }
    framed = json.dumps(
        [payload, program.name, program.portfolio.currency, calendar_of, by_task, [*_COLUMNS]]
    ).encode()
    return Head(payload, ids, calendar_of, by_task, hashlib.sha256(framed).hexdigest()[:16])


def _of_people(
    program: Program, project_ids: list[int], calendar_of: dict[int, int]
) -> tuple[dict[int, int], list[dict[str, Any]]]:
    """Return the calendar of each task whose people decide it, and the calendars that are no rows but common hours."""
    people = task_calendars.of_people(program.pk)
    if not len(people.task):
        return {}, []
    ids, compiled = calendars.for_engine(program.portfolio_id, program.pk)
    index = {pk: i for i, pk in enumerate(ids)}
    columns = {
        "id": bulk.BIGINT,
        "project_id": bulk.BIGINT,
        "calendar_id": bulk.BIGINT,
        "ignores_resource_calendars": bulk.BOOLEAN,
    }
    rows = bulk.read(
        f"SELECT {', '.join(columns)} FROM projects_task WHERE project_id = ANY(%s) AND id = ANY(%s) ORDER BY id",
        [project_ids, np.unique(people.task).tolist()],
        columns,
    )
    working = task_calendars.resolve(
        people,
        task_ids=rows["id"],
        own=rows["calendar_id"],
        ignores=rows["ignores_resource_calendars"],
        default=np.array([index[calendar_of[pk]] for pk in rows["project_id"].tolist()], np.int32),
        index=index,
        compiled=compiled,
    )
    names = [*ids, *(-1 - number for number in range(len(working.common)))]
    common = []
    for name, calendar in zip(names[len(ids) :], working.compiled[len(ids) :], strict=True):
        stored = calendar.to_json()
        differing = [[e["first"], e["last"], e["intervals"]] for e in stored["exceptions"]]
        common.append({"id": name, "name": stored["name"], "week": stored["week"], "exceptions": differing})
    found = zip(rows["id"].tolist(), working.calendar.tolist(), strict=True)
    return {pk: names[at] for pk, at in found}, common


def data(actor: Actor, program: Program, known: Head | None = None) -> dict[str, Any]:
    """Return the program, its calendars, projects, tasks in outline order and links, as far as the actor reads the plan.

    Eleven statements (fourteen where people have calendars), whatever the size of the plan. ``program`` was read with its computation, before all else.
    """
    frame = known or head(actor, program)
    found = tasks(program, frame)
    return framed(program, frame) | {
        "owners": sorted({name for name in found["owner"] if name}),
        "tasks": found,
        "links": links(program, frame),
    }


def framed(program: Program, frame: Head) -> dict[str, Any]:
    """Return all of the plan's answer besides what comes by rows."""
    state = program.computation
    return {
        "program": {
            "id": program.pk,
            "name": program.name,
            "data_date": program.data_date.isoformat() if program.data_date else None,
            "currency": program.portfolio.currency,
            "input_revision": state.input_revision,
            "computed_revision": state.computed_revision,
        },
        "head": frame.tag,
        **frame.payload,
    }


def owners(program: Program, frame: Head) -> list[str]:
    """Return the names of those who answer for visible tasks."""
    rows = Task.objects.filter(program=program, project__in=frame.project_ids).exclude(responsible="")
    return sorted(rows.order_by().values_list("responsible", flat=True).distinct())


def tasks(program: Program, frame: Head, *, where: str = "true", params: Sequence[Any] = ()) -> Columns:
    """Return the rows of the visible projects in outline order, columns by name; ``where`` picks some: three statements."""
    parameters = [program.pk, frame.project_ids, *params]
    read = bulk.read(
        f"""SELECT t.id, t.project_id AS project, t.parent_id AS parent, t.calendar_id AS calendar, t.version,
                   coalesce(s.depth, 0) AS depth, coalesce(s.is_summary, false) AS is_summary, t.is_milestone, t.is_elapsed,
                   CASE WHEN s.is_summary THEN s.duration ELSE t.duration END AS duration,
                   {", ".join(f"s.{name}" for name in _WALLS)}, s.total_float, s.free_float,
                   coalesce(s.is_critical, false) AS critical, coalesce(s.percent_complete, t.percent_complete) AS percent,
                   s.finish_slip AS slip, s.finish_slip_days AS slip_cd, t."constraint",
                   {", ".join(f"t.{name}" for name in _OWN_WALLS)}, driver.id AS driver
              {FROM.replace("WHERE", _DRIVER)} AND {where} {ORDER}""",
        [frame.project_ids, *parameters],
        _COLUMNS,
    )
    columns = {
        name: listed(read[name], nullable=name in _NULLABLE)
        for name in _COLUMNS
        if name not in ("slip", "calendar")
    }
    slip = read["slip"]
    columns["slip_wd"] = [
        None if missing else days
        for missing, days in zip((slip == NONE).tolist(), (slip / WORKDAY).tolist(), strict=True)
    ]
    own = read["calendar"].tolist()
    by_task = frame.calendar_of_task
    columns["calendar"] = [
        by_task.get(task) or (pk if pk != NONE else frame.calendar_of[project])
        for task, pk, project in zip(columns["id"], own, columns["project"], strict=True)
    ]
    who = assignments.who(program.pk, frame.project_ids, None if where == "true" else columns["id"])
    columns["who"] = [who.get(task, "") for task in columns["id"]]
    columns["percent"] = [round(value, 1) for value in columns["percent"]]
    # Texts have no fixed width: they come by an ordinary cursor, in the same order.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.name, t.responsible, coalesce(s.wbs, '') {FROM} AND {where} {ORDER}",
            parameters,
        )
        texts = cursor.fetchall()
    for index, name in enumerate(("name", "owner", "wbs")):
        columns[name] = [row[index] for row in texts]
    return columns


def listed(values: NDArray[Any], *, nullable: bool) -> list[Any]:
    """Return a column as a list, with None for what is missing."""
    if not nullable or not (missing := values == NONE).any():
        return values.tolist()  # type: ignore[no-any-return]
    found = values.astype(object)
    found[np.asarray(missing)] = None
    return found.tolist()  # type: ignore[no-any-return]


def order(program: Program, frame: Head) -> list[int]:
    """Return the ids of all visible tasks in outline order."""
    ids = bulk.read(f"SELECT t.id {FROM} {ORDER}", [program.pk, frame.project_ids], {"id": bulk.BIGINT})["id"]
    return ids.tolist()  # type: ignore[no-any-return]


def links(program: Program, frame: Head, *, where: str = "true", params: Sequence[Any] = ()) -> Columns:
    """Return the links between tasks that are shown; those that leave the program: ``far_links``."""
    read = bulk.read(
        f"""SELECT d.id, d.predecessor_id AS pred, d.successor_id AS succ, d.kind, d.lag, d.version
             FROM projects_dependency AS d JOIN projects_task AS a ON a.id = d.predecessor_id
             JOIN projects_task AS b ON b.id = d.successor_id
            WHERE d.program_id = %s AND d.predecessor_program_id = %s
              AND a.project_id = ANY(%s) AND b.project_id = ANY(%s) AND {where} ORDER BY d.id""",
        [program.pk, program.pk, frame.project_ids, frame.project_ids, *params],
        {"id": bulk.BIGINT, "pred": bulk.BIGINT, "succ": bulk.BIGINT, "kind": bulk.SMALLINT, "lag": bulk.BIGINT,
         "version": bulk.INTEGER},
    )  # fmt: skip
    names = [Dependency.Kind(code).name for code in range(4)]
    columns = {name: read[name].tolist() for name in read}
    columns["kind"] = [names[code] for code in columns["kind"]]
    return columns


def hours(program: Program, used: set[int]) -> list[dict[str, Any]]:
    """Return calendars as the Gantt takes them: two statements."""
    differing: dict[int, list[list[Any]]] = {}
    for one in CalendarException.objects.filter(calendar__in=used).order_by("first_on", "pk"):
        days = [one.first_on.isoformat(), one.last_on.isoformat(), one.intervals]
        differing.setdefault(one.calendar_id, []).append(days)
    rows = WorkCalendar.objects.filter(pk__in=used).order_by("pk")
    return [
        {"id": row.pk, "name": row.name, "week": row.week, "exceptions": differing.get(row.pk, [])}
        for row in rows
    ]
