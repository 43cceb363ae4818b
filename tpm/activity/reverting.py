"""Take a whole change set back: undo, redo, and the one-click revert of an import.

The rows' history says what each row was before. A row that somebody changed since is never overwritten: the revert is
refused as a whole.
"""

from typing import Any

from django.db import IntegrityError, connection, models, transaction

from tpm.activity.models import ChangeSet
from tpm.activity.tracking import DELETE, event_model
from tpm.activity.writing import Change


class RevertRefused(Exception):
    """The change set can not be taken back; ``code`` is ``changed_since`` or ``needed_since``."""

    def __init__(self, code: str, message: str, count: int = 0) -> None:
        self.code, self.count = code, count
        super().__init__(message)


def tracked_models() -> list[type[models.Model]]:
    """Return all models whose history is kept."""
    import pghistory

    return [model.pgh_tracked_model for model in pghistory.core.event_models()]  # type: ignore[attr-defined]


def last_change(obj: models.Model) -> ChangeSet | None:
    """Return the change set that wrote a tracked row last."""
    events = event_model(type(obj))._base_manager.filter(pgh_obj_id=obj.pk).order_by("-pgh_id")
    context = events.values_list("pgh_context_id", flat=True).first()
    return ChangeSet.objects.filter(context_id=context).first() if context else None


def written_by(change_set: ChangeSet) -> list[type[models.Model]]:
    """Return the models of whose rows a change set wrote some."""
    return [model for model in tracked_models() if _wrote(model, change_set)]


def revert(change: Change, change_set: ChangeSet) -> int:
    """Bring every row that ``change_set`` wrote back to what it was, within an open change; returns the number of rows.

    :raises RevertRefused: if one of the rows was changed since, or if later rows hang on one that would go.
    """
    rows = 0
    touched = written_by(change_set)
    for model in touched:
        if count := _changed_since(model, change_set):
            raise RevertRefused(
                "changed_since",
                f"{count} × {model._meta.verbose_name} was changed since; undo that first.",
                count,
            )
    try:
        with transaction.atomic():
            for model in touched:
                rows += _restore(model, change_set)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise RevertRefused("needed_since", "Something made later depends on it; undo that first.") from error
    change.wrote()
    return rows


def _wrote(model: type[models.Model], change_set: ChangeSet) -> bool:
    return event_model(model)._base_manager.filter(pgh_context_id=change_set.context_id).exists()


def _mine(events: str) -> str:
    """First and last event of the change set by row."""
    return (
        f'SELECT pgh_obj_id, min(pgh_id) AS first, max(pgh_id) AS last FROM "{events}"'
        " WHERE pgh_context_id = %(context)s GROUP BY pgh_obj_id"
    )


def _changed_since(model: type[models.Model], change_set: ChangeSet) -> int:
    """Count the rows that are not as the change set left them. A later edit that was itself taken back does not count: so
    several edits of one row can be undone one after the other."""
    table, events = model._meta.db_table, event_model(model)._meta.db_table
    pk = model._meta.pk.column
    columns = [field.column for field in model._meta.concrete_fields if field.column not in (pk, "version")]
    params = {"context": str(change_set.context_id), "delete": DELETE}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH mine AS ({_mine(events)}) SELECT DISTINCT e.pgh_obj_id, mine.last"
            f' FROM "{events}" AS e JOIN mine USING (pgh_obj_id) WHERE e.pgh_id > mine.last',
            params,
        )
        written = cursor.fetchall()
        if not written:
            return 0
        now, then = (", ".join(f'{side}."{column}"' for column in columns) for side in ("t", "l"))
        cursor.execute(
            f'SELECT count(*) FROM "{events}" AS l LEFT JOIN "{table}" AS t ON t."{pk}" = l.pgh_obj_id'
            f' WHERE l.pgh_id = ANY(%(last)s) AND CASE WHEN l.pgh_label = %(delete)s THEN t."{pk}" IS NOT NULL'
            f' ELSE t."{pk}" IS NULL OR ({now}) IS DISTINCT FROM ({then}) END',
            params | {"last": [last for _pk, last in written]},
        )
        return int(cursor.fetchone()[0])


def _restore(model: type[models.Model], change_set: ChangeSet) -> int:
    table, events = model._meta.db_table, event_model(model)._meta.db_table
    pk = model._meta.pk.column
    columns = [field.column for field in model._meta.concrete_fields if field.column not in (pk, "version")]
    versioned = any(field.column == "version" for field in model._meta.concrete_fields)
    names = ", ".join(f'"{column}"' for column in columns)
    params: dict[str, Any] = {"context": str(change_set.context_id), "delete": DELETE}
    with connection.cursor() as cursor:
        # The last event before ours tells what the row was; none, or a deletion, tells that it did not exist. Kept in a table
        # with statistics: planned as one query with what follows, it is joined row by row.
        cursor.execute("DROP TABLE IF EXISTS reverted")
        cursor.execute(
            f"CREATE TEMPORARY TABLE reverted ON COMMIT DROP AS WITH mine AS ({_mine(events)})"
            f' SELECT mine.pgh_obj_id AS pk, (SELECT max(p.pgh_id) FROM "{events}" AS p'
            " WHERE p.pgh_obj_id = mine.pgh_obj_id AND p.pgh_id < mine.first) AS before FROM mine",
            params,
        )
        cursor.execute(
            f'UPDATE reverted SET before = NULL FROM "{events}" AS e WHERE e.pgh_id = before AND e.pgh_label = %(delete)s',
            params,
        )
        cursor.execute("ANALYZE reverted")
        cursor.execute(
            f'DELETE FROM "{table}" AS t USING reverted WHERE t."{pk}" = reverted.pk AND before IS NULL RETURNING t."{pk}"'
        )
        gone = [row[0] for row in cursor.fetchall()]
        assignments = ", ".join(f'"{column}" = existed."{column}"' for column in columns)
        counted = ', "version" = t."version" + 1' if versioned else ""
        cursor.execute(
            f'UPDATE "{table}" AS t SET {assignments}{counted} FROM reverted JOIN "{events}" AS existed'
            f' ON existed.pgh_id = reverted.before WHERE t."{pk}" = reverted.pk'
        )
        changed = cursor.rowcount
        extra, value = (', "version"', ', existed."version" + 1') if versioned else ("", "")
        cursor.execute(
            f'INSERT INTO "{table}" ("{pk}", {names}{extra})'
            f" SELECT reverted.pk, {', '.join(f'existed.{chr(34)}{c}{chr(34)}' for c in columns)}{value}"
            f' FROM reverted JOIN "{events}" AS existed ON existed.pgh_id = reverted.before'
            f' WHERE NOT EXISTS (SELECT 1 FROM "{table}" AS t WHERE t."{pk}" = reverted.pk)'
        )
        returned = cursor.rowcount
        _drop_derived(model, gone)
    return len(gone) + int(changed) + int(returned)


def _drop_derived(model: type[models.Model], gone: list[Any]) -> None:
    """Delete what only stands beside the rows that went (results, states): it has no history and no life of its own."""
    kept = set(tracked_models())
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        dependant = relation.related_model
        if gone and dependant not in kept and relation.on_delete is models.CASCADE:
            if dependant._meta.object_name and dependant._meta.object_name.endswith("Event"):
                continue  # history stays
            with connection.cursor() as cursor:
                cursor.execute(
                    f'DELETE FROM "{dependant._meta.db_table}" WHERE "{relation.field.column}" = ANY(%s)',
                    [gone],
                )
