"""Compare what a source states with what is there, and write the difference: set-based, within one change.

A field is written where the source says something else than the database, unless the source says what it said at the last
import: then somebody changed the field here, and that stays. So does the absence of a row that somebody deleted here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from programs.models import Program, RecomputeState
from tpm.activity.writing import Change
from tpm.imports.rows import Ref, Row, Sheet
from tpm.lib import bulk

MOST_NAMED = 50  # changed rows that a preview shows by name
NOT_HERE = 0  # stands for the id of a row that somebody deleted here
Keys = dict[tuple[type[models.Model], str], int]


@dataclass
class Difference:
    """Of one sheet. New rows have negative ids until they are written; ``changed`` are (row as it is, new values)."""

    sheet: Sheet
    created: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0
    kept: int = 0  # rows that differ from the source only where somebody changed them here
    absent: int = 0  # rows of the last import that the source no longer has and that stay

    @property
    def is_empty(self) -> bool:
        return not (self.created or self.changed or self.dropped)

    def counts(self) -> dict[str, int]:
        """Return the figures of the preview."""
        return {
            "new": len(self.created),
            "changed": len(self.changed),
            "dropped": len(self.dropped),
            "same": self.same,
            "kept": self.kept,
            "absent": self.absent,
        }

    def named(self) -> list[dict[str, Any]]:
        """Return the first changed rows by name, with the fields that would change."""
        return [
            {"table": self.sheet.name, "name": _name(row), "fields": sorted(new)}
            for row, new in self.changed[:MOST_NAMED]
        ]


def compare(sheets: Sequence[Sheet], last: Sequence[Sheet] = ()) -> list[Difference]:
    """Compare sheets (those referred to first) with the database; ``last`` is what the source said when it was last imported."""
    keys: Keys = {}
    before = {sheet.name: sheet.rows for sheet in last}
    return [_compared(sheet, keys, before.get(sheet.name, {})) for sheet in sheets]


def programs_of(differences: Iterable[Difference]) -> set[int]:
    """Return the ids of the existing programs whose rows would be written."""
    found: set[int] = set()
    for difference in differences:
        owner = difference.sheet.owner
        rows = [*difference.created, *difference.dropped, *(row for row, _ in difference.changed)]
        found |= {row[c] for row in rows for c in (owner, "predecessor_program_id") if row.get(c) is not None}
        found |= {new[owner] for _, new in difference.changed if new.get(owner) is not None}
    return {pk for pk in found if pk > 0}


def write(change: Change, differences: Sequence[Difference]) -> Keys:
    """Write the differences; returns the ids of the rows that were made, by model and key."""
    ids: dict[type[models.Model], dict[int, int]] = {}
    made: Keys = {}
    for difference in differences:
        model = difference.sheet.model
        ids[model] = _allocate(model, difference.created)
        related = _related(model)
        for row in difference.created:
            row[model._meta.pk.attname] = ids[model][row[model._meta.pk.attname]]
        for values in (*difference.created, *(new for _, new in difference.changed)):
            for column, target in related.items():
                if isinstance(pk := values.get(column), int) and pk < 0:
                    values[column] = ids[target][pk]
        for row in difference.created:
            made[model, str(row.pop("_key"))] = row[model._meta.pk.attname]
        _insert(model, difference.created)
        _update(model, difference.changed)
        if difference.dropped:
            change.bulk_delete(model._base_manager.filter(pk__in=[row["id"] for row in difference.dropped]))
        if model is Program and difference.created:
            programs = Program.objects.filter(pk__in=ids[model].values())
            RecomputeState.objects.bulk_create(RecomputeState(program=program) for program in programs)
            change.include(programs)
        if not difference.is_empty:
            change.wrote()
    return made


def _compared(sheet: Sheet, keys: Keys, before: Mapping[str, Row]) -> Difference:
    difference = Difference(sheet)
    model = sheet.model
    pk = model._meta.pk.attname
    columns = [f.attname for f in model._meta.concrete_fields]
    there = {tuple(row[c] for c in sheet.identity): row for row in sheet.existing.values(*columns)}
    defaults = {f.attname: f.get_default() for f in model._meta.concrete_fields if not f.primary_key}
    # Rows of one sheet may refer to each other (parents): all get their ids before the first is compared.
    found: list[tuple[str, Row, dict[str, Any] | None]] = []
    for number, (key, row) in enumerate(sheet.rows.items(), 1):
        identity = tuple(_resolved((dict(row.once) | dict(row.values)).get(c), keys) for c in sheet.identity)
        existing = there.pop(identity, None)
        keys[model, key] = existing[pk] if existing else -number
        found.append((key, row, existing))
    if before or NOT_HERE in keys.values():
        for key, row, existing in found:
            if existing is None and _was_deleted_here(sheet, key, row, before, keys):
                keys[model, key] = NOT_HERE
    for key, row, existing in found:
        if keys[model, key] == NOT_HERE:
            difference.kept += 1
            continue
        wanted = {column: _resolved(value, keys) for column, value in row.values.items()}
        if existing is None:
            once = {column: _resolved(value, keys) for column, value in row.once.items()}
            difference.created.append({**defaults, **once, **wanted, pk: keys[model, key], "_key": key})
            continue
        differing = {c: value for c, value in wanted.items() if existing[c] != value}
        old = before.get(key)
        if old is not None:
            changed = {
                c: v for c, v in differing.items() if c not in old.values or old.values[c] != row.values[c]
            }
            difference.kept += bool(differing) and not changed
            differing = changed
        if differing:
            difference.changed.append((existing, differing))
        else:
            difference.same += 1
    missing = before.keys() - sheet.rows.keys()
    gone = {tuple(_resolved(_of(before[key], c), keys) for c in sheet.identity) for key in missing}
    left = [row for identity, row in there.items() if identity in gone and None not in identity]
    if sheet.drops:
        difference.dropped = left
    else:
        difference.absent = len(left)
    return difference


def _was_deleted_here(sheet: Sheet, key: str, row: Row, before: Mapping[str, Row], keys: Keys) -> bool:
    """A row that the last import made and that is gone was deleted by somebody; what hangs on a deleted row goes with it."""
    if key in before:
        return True
    return any(
        isinstance(value, Ref)
        and keys.get((value.model, value.key)) == NOT_HERE
        and not sheet.model._meta.get_field(column.removesuffix("_id")).null
        for column, value in (*row.once.items(), *row.values.items())
    )


def _of(row: Row, column: str) -> Any:
    return row.values.get(column, row.once.get(column))


def _resolved(value: Any, keys: Keys) -> Any:
    """Return the id that a reference stands for, None for a row that is not stated, or was deleted here."""
    if not isinstance(value, Ref):
        return value
    pk = keys.get((value.model, value.key))
    return None if pk == NOT_HERE else pk


def _name(row: Mapping[str, Any]) -> str:
    for column in ("name", "title", "supplier", "description"):
        if row.get(column):
            return str(row[column])[:120]
    return str(row.get("external_key") or row.get("id"))


def _related(model: type[models.Model]) -> dict[str, type[models.Model]]:
    return {f.attname: f.related_model for f in model._meta.concrete_fields if f.is_relation}  # type: ignore[misc]


def _allocate(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Take as many ids as there are new rows from the table's sequence."""
    if not rows:
        return {}
    pk = model._meta.pk.attname
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', pk, len(rows)],
        )
        return {row[pk]: taken[0] for row, taken in zip(rows, cursor.fetchall(), strict=True)}


def _insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        fields = model._meta.concrete_fields
        bulk.copy_rows(
            model._meta.db_table,
            [str(f.column) for f in fields],
            ([_stored(f, row[f.attname]) for f in fields] for row in rows),
        )


def _update(
    model: type[models.Model], changed: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> None:
    """Write all changed rows with one statement; columns that do not differ keep their value."""
    if not changed:
        return
    touched = {column for _, new in changed for column in new}
    fields = [f for f in model._meta.concrete_fields if f.attname in touched]
    table, pk = model._meta.db_table, str(model._meta.pk.column)
    names = ", ".join(f'"{f.column}"' for f in fields)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming_rows")
        cursor.execute(
            f'CREATE TEMPORARY TABLE incoming_rows ON COMMIT DROP AS SELECT "{pk}", {names} FROM "{table}" WITH NO DATA'
        )
        rows = (
            [row[pk], *(_stored(f, new.get(f.attname, row[f.attname])) for f in fields)]
            for row, new in changed
        )
        bulk.copy_rows("incoming_rows", [pk, *(str(f.column) for f in fields)], rows)
        assignments = ", ".join(f'"{f.column}" = i."{f.column}"' for f in fields)
        cursor.execute(
            f'UPDATE "{table}" AS t SET {assignments}, version = t.version + 1'
            f' FROM incoming_rows AS i WHERE t."{pk}" = i."{pk}"'
        )


def _stored(column: Any, value: Any) -> Any:
    return json.dumps(value) if isinstance(column, models.JSONField) and value is not None else value
