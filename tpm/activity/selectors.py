"""Reads of the audit: what a change set did, row by row, and tables as they were at a revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from tpm.activity.models import ChangeSet
from tpm.activity.tracking import DELETE, event_model

HIDDEN = {"id", "version", "position"}


@dataclass(frozen=True)
class RowChange:
    """One row of a change set: ``before``/``after`` hold the fields that differ (all of them for a new or deleted row)."""

    model: type[models.Model]
    pk: Any
    label: str
    before: dict[str, Any]
    after: dict[str, Any]


def relation_as_of(
    model: type[models.Model],
    program_id: int,
    revision: int,
    where: str | None = None,
    params: Sequence[Any] = (),
) -> tuple[str, list[Any]]:
    """Return an SQL subquery (with its parameters) that stands for the model's table of one program at a revision.

    It holds what was written before any later revision of the program: an event whose change set is no revision of this program
    (a calendar that was there before the program) counts as older than all of them. The edits of one program are serial (its
    revision row is locked), so its events' ids ascend with its revisions. ``where`` picks the events, by columns that no row
    ever changes; by default those of the program, where the model has that column.
    """
    events = event_model(model)._meta.db_table
    if where is None:
        scoped = any(f.column == "program_id" for f in model._meta.concrete_fields)
        where, params = ("program_id = %s", [program_id]) if scoped else ("true", [])
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    sql = (
        f'(SELECT {names} FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM "{events}" WHERE {where} AND pgh_context_id NOT IN'
        " (SELECT c.context_id FROM activity_changesetrevision AS r JOIN activity_changeset AS c ON c.id = r.change_set_id"
        " WHERE r.program_id = %s AND r.revision > %s)"
        f" ORDER BY pgh_obj_id, pgh_id DESC) AS newest WHERE pgh_label <> '{DELETE}')"
    )
    return sql, [*params, program_id, revision]


def rows_changed(change_set: ChangeSet, models_: Sequence[type[models.Model]]) -> list[RowChange]:
    """Return what a change set did to rows of these models: two queries per model."""
    found: list[RowChange] = []
    for model in models_:
        events = event_model(model)
        mine = list(
            events._base_manager.filter(pgh_context_id=change_set.context_id).order_by("pgh_id").values()
        )
        if not mine:
            continue
        before = _previous(events, [row["pgh_id"] for row in mine])
        for row in mine:
            old = before.get(row["pgh_id"], {})
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in HIDDEN]
            if row["pgh_label"] == DELETE:
                found.append(RowChange(model, row["pgh_obj_id"], DELETE, {n: row[n] for n in names}, {}))
                continue
            different = [n for n in names if not old or old[n] != row[n]]
            found.append(
                RowChange(
                    model,
                    row["pgh_obj_id"],
                    row["pgh_label"],
                    {n: old[n] for n in different} if old else {},
                    {n: row[n] for n in different},
                )
            )
    return found


def _previous(events: type[models.Model], ids: list[int]) -> dict[int, dict[str, Any]]:
    """Return, by event id, the event before it of the same row."""
    table = events._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT e.pgh_id AS of_event, (SELECT max(p.pgh_id) FROM "{table}" AS p'
            f' WHERE p.pgh_obj_id = e.pgh_obj_id AND p.pgh_id < e.pgh_id) AS previous FROM "{table}" AS e'
            " WHERE e.pgh_id = ANY(%s)",
            [ids],
        )
        pairs = {event: previous for event, previous in cursor.fetchall() if previous is not None}
    rows = {
        row["pgh_id"]: row for row in events._base_manager.filter(pgh_id__in=set(pairs.values())).values()
    }
    return {event: rows[previous] for event, previous in pairs.items()}
