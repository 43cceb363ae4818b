"""What a page that shows a plan lacks since the results it knows: rows, links, what is gone, and the order of rows.

A row is sent if its results were written after that revision (``TaskSchedule.changed_at_revision``) or if somebody wrote
its inputs after it (history). So a page that merges the answer shows what a full load would show.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from programs.models import Program
from projects.models import Assignment, Dependency, Task
from projects.selectors import gantt
from projects.selectors.gantt import Head
from tpm.activity.tracking import DELETE, event_model

MOST_WRITTEN = 2000  # beyond, the whole plan is the shorter answer


@dataclass(frozen=True)
class _Written:
    """What happened to the tasks of the visible projects: ids written, those of them that are gone, whether rows came or
    moved, and whether a task changed its project."""

    ids: list[int]
    gone: list[int]
    reordered: bool
    crossed: bool


def since(program: Program, frame: Head, revision: int) -> dict[str, Any] | None:
    """Return what differs from the plan as it was sent with the computed ``revision``; None if that can not be told.

    At most nine statements. ``program`` was read with its computation, before all else: what is written meanwhile comes
    with the next answer too.
    """
    state = program.computation
    if not 0 < revision <= state.computed_revision:
        return None
    answer: dict[str, Any] = {
        "input_revision": state.input_revision,
        "computed_revision": state.computed_revision,
        "data_date": program.data_date.isoformat() if program.data_date else None,
        "tasks": {"id": []},
        "removed": [],
    }
    if revision == state.input_revision:
        return answer
    written = _tasks_written(program, frame, revision)
    assigned = _tasks_assigned(program, revision)
    links = _links_written(program, frame, revision)
    if max(len(written.ids), len(links), len(assigned)) > MOST_WRITTEN or written.crossed:
        return None
    # What a removed task drove has no driver until it is computed again.
    where = "(s.changed_at_revision > %s OR t.id = ANY(%s) OR s.driver_task_id = ANY(%s))"
    params = [revision, [*written.ids, *assigned], written.gone]
    answer["tasks"] = gantt.tasks(program, frame, where=where, params=params)
    answer["removed"] = written.gone
    if written.reordered:
        answer["order"] = gantt.order(program, frame)
    if written.ids:
        answer["owners"] = gantt.owners(program, frame)
    if links:
        now = gantt.links(program, frame, where="d.id = ANY(%s)", params=[links])
        answer |= {"links": now, "links_removed": sorted(set(links) - set(now["id"]))}
    return answer


# The edits of one program are serial, so the ids of its events ascend with its revisions.
_EVENTS_SINCE = """
    SELECT e.pgh_obj_id AS id, min(e.pgh_id) AS first {more}
      FROM activity_changesetrevision AS r JOIN activity_changeset AS c ON c.id = r.change_set_id
      JOIN "{table}" AS e ON e.pgh_context_id = c.context_id AND e.program_id = r.program_id
     WHERE r.program_id = %s AND r.revision > %s GROUP BY e.pgh_obj_id
"""


def _tasks_assigned(program: Program, revision: int) -> list[int]:
    """Return the tasks of which an assignment was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT e.task_id FROM activity_changesetrevision AS r
                  JOIN activity_changeset AS c ON c.id = r.change_set_id
                  JOIN "{event_model(Assignment)._meta.db_table}" AS e
                    ON e.pgh_context_id = c.context_id AND e.program_id = r.program_id
                 WHERE r.program_id = %s AND r.revision > %s""",
            [program.pk, revision],
        )
        return [row[0] for row in cursor.fetchall()]


def _tasks_written(program: Program, frame: Head, revision: int) -> _Written:
    table = event_model(Task)._meta.db_table
    events = _EVENTS_SINCE.format(table=table, more=", array_agg(DISTINCT e.project_id) AS projects")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT x.id, t.id IS NULL, t.project_id = ANY(%s),
                   (was.parent_id, was.position) IS DISTINCT FROM (t.parent_id, t.position) OR was.project_id IS NULL
                       OR was.pgh_label = '{DELETE}',
                   was.project_id <> t.project_id OR cardinality(x.projects) > 1
              FROM ({events}) AS x LEFT JOIN projects_task AS t ON t.id = x.id
              LEFT JOIN LATERAL (SELECT p.parent_id, p.position, p.project_id, p.pgh_label FROM "{table}" AS p
                                  WHERE p.pgh_obj_id = x.id AND p.pgh_id < x.first ORDER BY p.pgh_id DESC LIMIT 1) AS was ON true
             WHERE x.projects && %s::bigint[] OR was.project_id = ANY(%s) LIMIT %s
            """,
            [frame.project_ids, program.pk, revision, frame.project_ids, frame.project_ids, MOST_WRITTEN + 1],
        )
        rows = cursor.fetchall()
    here = [row for row in rows if not row[1] and row[2]]
    return _Written(
        ids=[row[0] for row in here],
        gone=sorted(row[0] for row in rows if row[1] or not row[2]),
        reordered=any(row[3] for row in here),
        crossed=any(row[4] for row in rows if not row[1]),
    )


def _links_written(program: Program, frame: Head, revision: int) -> list[int]:
    """Return the links between tasks of visible projects that were written or removed."""
    events = _EVENTS_SINCE.format(
        table=event_model(Dependency)._meta.db_table,
        more=", max(e.predecessor_id) AS predecessor, max(e.successor_id) AS successor",
    )
    tasks = event_model(Task)._meta.db_table
    seen = " AND ".join(
        f"""(SELECT p.project_id FROM "{tasks}" AS p WHERE p.pgh_obj_id = x.{end} ORDER BY p.pgh_id DESC LIMIT 1) = ANY(%s)"""
        for end in ("predecessor", "successor")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT x.id FROM ({events}) AS x WHERE {seen} LIMIT %s",
            [program.pk, revision, frame.project_ids, frame.project_ids, MOST_WRITTEN + 1],
        )
        return [row[0] for row in cursor.fetchall()]
