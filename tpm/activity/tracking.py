"""History of a model's rows, written by statement-level triggers, so that raw SQL and COPY are in the audit too.

An event row must name its change set: ``pgh_context_id`` is NOT NULL, so a write outside ``activity.change`` fails in the
database.
"""

from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])
INSERT, UPDATE, DELETE = "insert", "update", "delete"
REFUSE = "RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;"


def append_only() -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse UPDATE, DELETE and TRUNCATE of a table, whoever asks."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            operation=pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=REFUSE,
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func=REFUSE,
        ),
    ]


def tracked(model: M) -> M:
    """Class decorator: keep the whole history of this model's rows in an append-only event table."""
    decorate: Any = pghistory.track(
        pghistory.InsertEvent(INSERT),
        pghistory.UpdateEvent(UPDATE),
        pghistory.DeleteEvent(DELETE),
        level=pgtrigger.Statement,
        append_only=False,
        obj_field=pghistory.ObjForeignKey(related_name="events", db_constraint=False),
        context_field=pghistory.ContextJSONField(null=True),
        context_id_field=pghistory.ContextUUIDField(null=False, db_index=True),
        meta={"triggers": append_only()},
    )
    decorated: M = decorate(model)
    return decorated


def event_model(model: type[models.Model]) -> type[models.Model]:
    """Return the event model of a tracked model.

    :raises LookupError: if the model is not tracked.
    """
    for candidate in pghistory.core.event_models(tracks_model=model):
        return candidate
    raise LookupError(f"{model.__name__} is not tracked")
