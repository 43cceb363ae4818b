"""Tracked tables of a program as this process read them last, brought up to date by reading only what was written since.

The audit tells what that is: each revision of a program is one change set, and each row that it wrote has an event that names
it. So what is kept at one revision and patched to another equals what reading the tables at that other revision gives; if the
chain of revisions from one to the other is not whole (a restored database), everything is read again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol, TypeVar
from uuid import UUID

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from tpm.activity.models import ChangeSetRevision
from tpm.activity.tracking import event_model
from tpm.lib import bulk

Columns = Mapping[str, NDArray[Any]]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class _Kept:
    """What was read of a program at ``revision``; ``mark``: the change set that made it."""

    revision: int
    mark: UUID
    tables: dict[type[models.Model], Columns] = field(default_factory=dict)
    last_event: dict[type[models.Model], int] = field(default_factory=dict)
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(len(table["id"]) for table in self.tables.values())


class RecentRows:
    """Holds the rows of a bounded number of programs: the ones that were read last. Threads may share it."""

    def __init__(self, most_rows: int) -> None:
        self.most_rows = most_rows
        self._kept: dict[int, _Kept] = {}
        self._lock = Lock()

    def at(self, program_id: int, revision: int) -> "Rows":
        """Return the rows of a program at the revision that the caller's snapshot shows: one query."""
        return Rows(program_id, revision, self._kept.get(program_id))

    def keep(self, rows: "Rows") -> None:
        """Remember what was read, once the snapshot is whole."""
        with self._lock:
            self._kept.pop(rows.program_id, None)
            if rows.now is None:
                return
            self._kept[rows.program_id] = rows.now
            while len(self._kept) > 1 and sum(kept.rows for kept in self._kept.values()) > self.most_rows:
                del self._kept[next(iter(self._kept))]

    def forget(self, program_id: int) -> None:
        """Let the program be read from scratch the next time."""
        self._kept.pop(program_id, None)


class Reading(Protocol):
    """What reads the rows of one program: ``Rows``, or something that remembers nothing."""

    def read(self, model: type[models.Model], columns: Mapping[str, bulk.Kind]) -> Columns: ...

    def once(
        self, name: str, load: Callable[[], T], of: Sequence[type[models.Model]] = (), key: Any = None
    ) -> T: ...


class Rows:
    """The rows of one program at one revision. Use it inside the snapshot in which the revision was read.

    Arrays that no edit changed are those of the last time, so that what is made of them may be kept, too.
    """

    def __init__(self, program_id: int, revision: int, last: _Kept | None) -> None:
        self.program_id = program_id
        first = last.revision if last and last.revision <= revision else revision
        marks = dict(
            ChangeSetRevision.objects.filter(
                program_id=program_id, revision__gte=first, revision__lte=revision
            ).values_list("revision", "change_set__context_id")
        )
        whole = last is not None and marks.get(last.revision) == last.mark
        whole = whole and len(marks) == revision - first + 1
        self.last = last if whole else None
        self.contexts = [mark for at, mark in marks.items() if at > first]
        # A revision without a change set (a program that nobody has edited yet) has no mark to know it by.
        self.now = _Kept(revision, marks[revision]) if revision in marks else None
        self._written: dict[type[models.Model], list[int]] = {}

    def read(self, model: type[models.Model], columns: Mapping[str, bulk.Kind]) -> Columns:
        """Return the program's rows of a tracked table, by id; ``columns`` begin with ``id`` and are the same each time."""
        kept = self.last.tables.get(model) if self.last else None
        if kept is None:
            table = self._read(model, columns, None)
        else:
            written = self.written(model)
            table = _patched(kept, self._read(model, columns, written), written) if written else kept
        if self.now:
            self.now.tables[model] = table
            self._look(model)
        return table

    def once(
        self, name: str, load: Callable[[], T], of: Sequence[type[models.Model]] = (), key: Any = None
    ) -> T:
        """Return what ``load`` gives, or gave the last time if no row of these tracked tables was written since and ``key`` is the
        same: numbers and texts that are equal, arrays and tables that are the very same."""
        kept = self.last.values.get(name) if self.last else None
        stale = kept is None or not _same(kept[0], key) or any(self.written(model) for model in of)
        value: T = load() if stale or kept is None else kept[1]
        if self.now:
            self.now.values[name] = (key, value)
            for model in of:
                self._look(model)
        return value

    def written(self, model: type[models.Model]) -> list[int]:
        """Return the ids of rows that were inserted, updated or deleted since the last time."""
        assert self.last
        if model not in self._written:
            events = event_model(model)._meta.db_table
            query = f'SELECT pgh_obj_id FROM "{events}" WHERE pgh_context_id = ANY(%s)'
            params: list[Any] = [self.contexts]
            if any(column.column == "program_id" for column in model._meta.concrete_fields):
                # What a change of another program did to rows of this one (links that went with a task over there).
                query += f' UNION SELECT pgh_obj_id FROM "{events}" WHERE pgh_id > %s AND program_id = %s'
                params += [self.last.last_event[model], self.program_id]
            with connection.cursor() as cursor:
                cursor.execute(query, params)
                self._written[model] = [row[0] for row in cursor.fetchall()]
        return self._written[model]

    def _look(self, model: type[models.Model]) -> None:
        """Note the last event that this snapshot shows."""
        assert self.now
        if model not in self.now.last_event:
            newest = event_model(model)._base_manager.aggregate(last=models.Max("pgh_id"))["last"]
            self.now.last_event[model] = newest or 0

    def _read(
        self, model: type[models.Model], columns: Mapping[str, bulk.Kind], ids: list[int] | None
    ) -> Columns:
        names = ", ".join(f'row."{name}"' for name in columns)
        query = f'SELECT {names} FROM "{model._meta.db_table}" AS row WHERE row.program_id = %s'
        if ids is None:
            read = bulk.read(query, [self.program_id], columns)
        else:
            read = bulk.read(f"{query} AND row.id = ANY(%s)", [self.program_id, ids], columns)
        order = np.argsort(read["id"], kind="stable")
        return {name: values[order] for name, values in read.items()}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return one is other or (isinstance(one, int | bytes | str) and bool(one == other))


def _patched(kept: Columns, fresh: Columns, written: Sequence[int]) -> Columns:
    """Return the kept rows with those that were written as they are now; columns that are the same stay the same arrays."""
    ids = kept["id"]
    gone = np.isin(ids, np.setdiff1d(np.asarray(written, np.int64), fresh["id"]))
    place = np.minimum(np.searchsorted(ids, fresh["id"]), max(len(ids) - 1, 0))
    there = ids[place] == fresh["id"] if len(ids) else np.zeros(len(fresh["id"]), bool)
    if gone.any() or not there.all():
        stay = ~np.isin(ids, fresh["id"]) & ~gone
        merged = {name: np.concatenate([values[stay], fresh[name]]) for name, values in kept.items()}
        order = np.argsort(merged["id"], kind="stable")
        return {name: values[order] for name, values in merged.items()}
    patched = dict(kept)
    for name, values in kept.items():
        new = fresh[name]
        if not np.array_equal(values[place], new, equal_nan=new.dtype.kind == "f"):
            patched[name] = values.copy()
            patched[name][place] = new
    return patched
