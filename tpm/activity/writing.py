"""The write idiom: one transaction, the programs' rows locked in id order, one change set, versions checked."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

import structlog
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from tpm.accounts.actors import Actor
from tpm.activity.models import RULES, ChangeSet, ChangeSetRevision, Versioned

log = structlog.get_logger(__name__)
_open: ContextVar[bool] = ContextVar("change_open", default=False)
V = TypeVar("V", bound=Versioned)
R = TypeVar("R", bound=models.Model)


class Conflict(Exception):
    """Somebody else changed the row meanwhile; ``current`` is the row as it is now, None if it is gone."""

    def __init__(self, model: type[models.Model], pk: Any, current: models.Model | None) -> None:
        self.model, self.pk, self.current = model, pk, current
        super().__init__(f"{model._meta.verbose_name} {pk} was changed by somebody else")


class Revisioned(Protocol):
    """A program, seen from the foundation: it can lock itself and count up its revision."""

    pk: Any

    @classmethod
    def bump_revisions(cls, ids: Sequence[int]) -> dict[int, int]: ...


Listener = Callable[[ChangeSet, dict[int, int]], None]
listeners: list[Listener] = []  # tpm.subscriptions puts itself here when the project starts


class Change:
    """The open change: everything written through it belongs to one change set."""

    def __init__(self, change_set: ChangeSet, revisions: dict[int, int]) -> None:
        self.change_set = change_set
        self.revisions = revisions
        self.touched = False

    def create(self, obj: R) -> R:
        """Insert a row after checking its fields.

        :raises ValidationError: if a field's value is not allowed.
        """
        clean(obj, [field.name for field in obj._meta.concrete_fields])
        obj.save(force_insert=True)
        self.touched = True
        return obj

    def update(self, obj: V, **new: Any) -> V:
        """Save the fields whose value differs, if the row still has the version that ``obj`` was read at.

        :raises Conflict: if it has not.
        :raises ValidationError: if a field's value is not allowed.
        """
        changed = {name: value for name, value in new.items() if getattr(obj, name) != value}
        if not changed:
            return obj
        for name, value in changed.items():
            setattr(obj, name, value)
        clean(obj, changed)
        model = type(obj)
        values = {name: getattr(obj, name) for name in changed}
        hit = model._base_manager.filter(pk=obj.pk, version=obj.version).update(
            **values, version=F("version") + 1
        )
        if not hit:
            raise Conflict(model, obj.pk, model._base_manager.filter(pk=obj.pk).first())
        obj.version += 1
        self.touched = True
        return obj

    def delete(self, obj: Versioned) -> None:
        """Delete the row, if it still has the version that ``obj`` was read at.

        :raises Conflict: if it has not.
        """
        model = type(obj)
        current = model._base_manager.select_for_update().filter(pk=obj.pk).first()
        if current is None or current.version != obj.version:
            raise Conflict(model, obj.pk, current)
        current.delete()
        self.touched = True

    def bulk_create(self, rows: Iterable[R]) -> list[R]:
        """Insert many rows in few statements; their fields must have been checked by the caller."""
        rows = list(rows)
        if not rows:
            return rows
        self.touched = True
        return type(rows[0])._base_manager.bulk_create(rows, batch_size=2000)

    def bulk_update(self, queryset: models.QuerySet[Any], **new: Any) -> int:
        """Set the same values (or expressions) on all rows of a queryset, counting their versions up."""
        hit = queryset.update(**new, version=F("version") + 1)
        self.touched = self.touched or bool(hit)
        return hit

    def bulk_delete(self, queryset: models.QuerySet[Any]) -> int:
        """Delete all rows of a queryset (and what hangs on them)."""
        hit, _ = queryset.delete()
        self.touched = self.touched or bool(hit)
        return hit

    def include(self, programs: Iterable[Revisioned]) -> None:
        """Take programs that were made within this change into it: they get their first revision by it."""
        made = list(programs)
        revisions: dict[int, int] = {}
        for model in {type(program) for program in made}:
            revisions |= model.bump_revisions(
                sorted(program.pk for program in made if type(program) is model)
            )
        ChangeSetRevision.objects.bulk_create(
            ChangeSetRevision(change_set=self.change_set, program_id=pk, revision=revision)
            for pk, revision in revisions.items()
        )
        self.revisions.update(revisions)
        self.touched = True

    def wrote(self) -> None:
        """Say that rows were written by other means within this change (COPY, raw SQL)."""
        self.touched = True


def clean(obj: models.Model, names: Iterable[str]) -> None:
    """Check field values. Relations are left to the database, which checks them without a query per field."""
    wanted = set(names)
    skip = {
        field.name
        for field in obj._meta.concrete_fields
        if (field.name not in wanted and field.attname not in wanted)
        or field.is_relation
        or field.primary_key
        or (field.null and getattr(obj, field.attname) is None)
    }
    obj.clean_fields(exclude=skip)


@contextmanager
def change(
    *,
    actor: Actor,
    event: str,
    programs: Iterable[Revisioned] = (),
    reason: str = "",
    cause: ChangeSet | None = None,
) -> Iterator[Change]:
    """Open a transaction in which rows may be written; commit it as one change set.

    Each program's revision row is locked (in id order, so that two changes can not wait for each other) and counted up.
    If nothing was written in the end, nothing happened: no change set, no revision.

    :raises PermissionError: if the actor's token may only read.
    :raises ValidationError: if a written row breaks a named constraint of the database.
    """
    if not actor.may_write:
        raise PermissionError("This token may only read.")
    if _open.get():
        raise RuntimeError("A change is already open: pass it on instead of opening another inside it.")
    targets = {program.pk: type(program) for program in programs}
    with transaction.atomic(), _opened():
        revisions: dict[int, int] = {}
        for model in set(targets.values()):
            revisions |= model.bump_revisions(sorted(pk for pk, kind in targets.items() if kind is model))
        change_set = ChangeSet.objects.create(
            event=event,
            actor=actor.user,
            via=actor.via,
            request_id=actor.request_id,
            reason=reason,
            cause=cause,
        )
        ChangeSetRevision.objects.bulk_create(
            ChangeSetRevision(change_set=change_set, program_id=pk, revision=revision)
            for pk, revision in revisions.items()
        )
        _name_context(change_set.context_id)
        opened = Change(change_set, revisions)
        try:
            yield opened
        except IntegrityError as error:
            refusal = _refusal(error)
            if refusal is error:
                raise  # with its cause, which names the constraint
            raise refusal from error
        finally:
            if not transaction.get_connection().needs_rollback:
                _name_context(None)
        if opened.touched:
            transaction.on_commit(lambda: _announce(change_set, revisions), robust=True)
        else:
            transaction.set_rollback(True)
    structlog.contextvars.bind_contextvars(change_set=change_set.pk)


def _refusal(error: IntegrityError) -> Exception:
    """Return a broken rule of the database as what people read: the constraint's own message."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    if name in RULES:
        return ValidationError(str(RULES[name]), code=name)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return ValidationError(
                    str(constraint.get_violation_error_message()) % {"name": name}, code=name
                )
    return error


@contextmanager
def _opened() -> Iterator[None]:
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def _name_context(context_id: uuid.UUID | None) -> None:
    """Tell the history triggers which change set the following statements (COPY too) belong to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', %s, true)", [str(context_id or "")])


def _announce(change_set: ChangeSet, revisions: dict[int, int]) -> None:
    """Wake whoever reacts to the event. The work itself is already a row; losing this call only costs time."""
    for listener in listeners:
        try:
            listener(change_set, revisions)
        except Exception:
            log.exception("listener_failed", listener=listener.__qualname__, change_set=change_set.pk)


__all__ = ["Change", "Conflict", "ValidationError", "change", "listeners"]
