"""Edits of a plan as JSON: the one language of the Gantt (minutes) and of the REST API (ISO 8601).

A body is ``{"commands": [{"op": "update", "task": 7, "version": 3, "set": {"duration": 960}}, …], "reason": "…"}``. Moments are
wall-clock times of the program: whole minutes since 1970-01-01T00:00, or ISO 8601 text without a zone. Durations and lags are
working minutes. A task, link or assignment that command N of the list creates (counted from 1) is −N for the commands after it, as id and without
a version. Nothing is guessed: an unknown operation, an unknown field or a value of the wrong type is an error with a
JSON pointer to it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from projects.models import Assignment, Dependency
from projects.services.command_values import (
    KINDS,
    LAG_UNITS,
    LONGEST,
    OF_ASSIGNMENT,
    SETTABLE,
    Reader,
    Wrong,
    code,
    identity,
    integer,
    optional,
    reference,
    text,
    version,
)
from projects.services.commands import (
    Applied,
    Assign,
    Command,
    CreateTask,
    DeleteTask,
    EditRefused,
    LinkTasks,
    MoveTask,
    Reassign,
    Relink,
    Revert,
    Unassign,
    Unlink,
    UpdateTask,
)
from tpm.lib import walltime

ALIASES = {"owner": "responsible"}


def parse(payload: Any) -> list[Command]:
    """Return the commands of a request body, in their order.

    :raises ValidationError: with ``message_dict`` from JSON pointers (``/commands/0/set/duration``) to what is wrong there.
    """
    if not isinstance(payload, dict) or not isinstance(payload.get("commands"), list):
        raise ValidationError({"/commands": [_("Give a list of commands.")]})
    errors: dict[str, list[str]] = {}
    commands: list[Command] = []
    for name in payload.keys() - {"commands", "reason"}:
        errors[f"/{_escaped(name)}"] = [_("There is no such field.")]
    if not isinstance(payload.get("reason", ""), str):
        errors["/reason"] = [_("Give a text.")]
    for index, item in enumerate(payload["commands"]):
        fields = _Fields(item, f"/commands/{index}", errors)
        command = _command(fields)
        if command is not None:
            commands.append(command)
    if errors:
        raise ValidationError(errors)
    return commands


def reason(payload: Mapping[str, Any]) -> str:
    """Return the reason that a parsed body gives, or an empty text."""
    return str(payload.get("reason", ""))


def fields(value: Any, pointer: str = "") -> dict[str, Any]:
    """Return a task's fields (the ``set`` of a command) as the services take them.

    :raises ValidationError: with ``message_dict`` from JSON pointers to what is wrong there.
    """
    errors: dict[str, list[str]] = {}
    read = _read_set(value, pointer, errors)
    if errors:
        raise ValidationError(errors)
    return read


def render(applied: Applied) -> dict[str, Any]:
    """Return the answer to edits that were carried out; ``undo`` holds the commands that take them back."""
    created = [
        {"op_index": index, "task": pk, "version": applied.versions[pk]}
        for index, pk in applied.created.items()
    ] + [
        {"op_index": index, "link": pk, "version": applied.link_versions[pk]}
        for index, pk in applied.created_links.items()
    ]
    created += [
        {"op_index": index, "assignment": pk, "version": applied.assignment_versions[pk]}
        for index, pk in applied.created_assignments.items()
    ]
    return {
        "input_revision": applied.revision,
        "change_set": applied.change_set,
        "versions": {str(pk): version for pk, version in applied.versions.items()},
        "link_versions": {str(pk): version for pk, version in applied.link_versions.items()},
        "assignment_versions": {str(pk): version for pk, version in applied.assignment_versions.items()},
        "created": sorted(created, key=lambda one: one["op_index"]),
        "undo": [{"op": "revert", "change_set": applied.change_set}] if applied.change_set else [],
    }


def render_refused(
    refused: EditRefused, commands: list[Command], *, as_text: bool = False
) -> list[dict[str, Any]]:
    """Return the errors of edits that were refused, with the present values of rows that somebody else changed (``theirs``).

    :param as_text: moments as ISO 8601 text instead of minutes.
    """
    rendered: list[dict[str, Any]] = []
    for error in refused.errors:
        one: dict[str, Any] = {"op_index": error.index, "code": error.code, "message": error.message}
        if error.index < len(commands):
            command = commands[error.index]
            one |= {
                name: getattr(command, name)
                for name in ("task", "link", "assignment")
                if hasattr(command, name)
            }
        if error.field:
            one["field"] = error.field
        if error.current is not None:
            one["theirs"] = row(error.current, as_text=as_text)
        rendered.append(one)
    return rendered


def row(obj: models.Model, *, as_text: bool = False) -> dict[str, Any]:
    """Return a task's, link's or assignment's own fields under the names that commands use, with its version."""
    if isinstance(obj, Dependency):
        return {
            "version": obj.version,
            "pred": obj.predecessor_id,
            "succ": obj.successor_id,
            "kind": Dependency.Kind(obj.kind).name,
            "lag": obj.lag,
            "lag_unit": next(name for name, code in LAG_UNITS.items() if code == obj.lag_unit),
        }
    if isinstance(obj, Assignment):
        return {"version": obj.version, "task": obj.task_id, "resource": obj.resource_id} | {
            "units": float(obj.units),
            "work": obj.work,
            "actual_work": obj.actual_work,
            "delay": obj.delay,
        }
    values: dict[str, Any] = {
        "version": getattr(obj, "version", None),
        "parent": getattr(obj, "parent_id", None),
    }
    for name in SETTABLE:
        value = getattr(obj, "calendar_id" if name == "calendar" else name)
        if isinstance(value, datetime):
            value = value.isoformat(timespec="minutes") if as_text else walltime.to_minutes(value)
        values[name] = value
    return values


class _Fields:
    """The fields of one command: each is asked for once, what is left over is unknown."""

    def __init__(self, item: Any, pointer: str, errors: dict[str, list[str]]) -> None:
        self.pointer, self.errors = pointer, errors
        self.item: dict[str, Any] = dict(item) if isinstance(item, dict) else {}
        self.ok = isinstance(item, dict)
        if not self.ok:
            self.error("", _("A command is an object."))

    def error(self, name: str, message: str) -> None:
        self.ok = False
        self.errors.setdefault(f"{self.pointer}/{_escaped(name)}" if name else self.pointer, []).append(
            message
        )

    def take(self, name: str, read: Reader, default: Any = ...) -> Any:
        if name not in self.item:
            if default is ...:
                self.error(name, _("This field is required."))
                return None
            return default
        try:
            return read(self.item.pop(name))
        except Wrong as wrong:
            self.error(name, str(wrong))
            return None

    def is_wrong(self) -> bool:
        """Tell whether anything of this command was refused so far."""
        return not self.ok

    def nothing_left(self) -> None:
        for name in self.item:
            self.error(name, _("There is no such field."))

    def set(
        self, name: str, *, required: bool = True, readers: Mapping[str, Reader] | None = None
    ) -> dict[str, Any]:
        if name not in self.item and not required:
            return {}
        before = len(self.errors)
        read = _read_set(self.item.pop(name, None), f"{self.pointer}/{name}", self.errors, readers)
        self.ok = self.ok and len(self.errors) == before
        return read


def _read_set(
    value: Any, pointer: str, errors: dict[str, list[str]], readers: Mapping[str, Reader] | None = None
) -> dict[str, Any]:
    known = SETTABLE if readers is None else readers
    if not isinstance(value, dict):
        errors.setdefault(pointer or "/", []).append(_("Give an object of the fields to set."))
        return {}
    read: dict[str, Any] = {}
    for given, raw in value.items():
        name = str(ALIASES.get(given, given))
        at = f"{pointer}/{_escaped(given)}"
        if name not in known:
            errors.setdefault(at, []).append(_("“%(name)s” can not be set.") % {"name": given})
            continue
        try:
            new = known[name](raw)
        except Wrong as wrong:
            errors.setdefault(at, []).append(str(wrong))
            continue
        read[name] = new
    return read


def _command(given: _Fields) -> Command | None:
    if not given.ok:
        return None
    op = given.item.pop("op", None)
    build = _BUILDERS.get(op) if isinstance(op, str) else None
    if build is None:
        given.error("op", _("Give one of %(names)s.") % {"names": ", ".join(_BUILDERS)})
        return None
    command = build(given)
    given.nothing_left()
    return None if given.is_wrong() else command


def _row(f: _Fields, name: str) -> dict[str, Any]:
    """The row that a command changes and the version that the person saw; what the same list creates needs none."""
    pk = f.take(name, reference)
    made_here = isinstance(pk, int) and pk < 0
    return {name: pk, "version": f.take("version", version, 1) if made_here else f.take("version", version)}


def _update(f: _Fields) -> Command:
    return UpdateTask(**_row(f, "task"), set=f.set("set"))


def _create(f: _Fields) -> Command:
    return CreateTask(
        project=f.take("project", identity),
        name=f.take("name", text(500, blank=False)),
        parent=f.take("parent", optional(reference), None),
        after=f.take("after", optional(reference), None),
        set=f.set("set", required=False),
    )


def _delete(f: _Fields) -> Command:
    return DeleteTask(**_row(f, "task"))


def _move(f: _Fields) -> Command:
    return MoveTask(
        **_row(f, "task"),
        parent=f.take("parent", optional(reference)),
        after=f.take("after", optional(reference)),
    )


def _lag(f: _Fields) -> dict[str, Any]:
    lag = integer(-LONGEST, LONGEST)
    given = {"kind": code(KINDS), "lag": lag, "lag_unit": code(LAG_UNITS)}
    return {name: f.take(name, read) for name, read in given.items() if name in f.item}


def _link(f: _Fields) -> Command:
    return LinkTasks(pred=f.take("pred", reference), succ=f.take("succ", reference), **_lag(f))


def _relink(f: _Fields) -> Command:
    return Relink(**_row(f, "link"), set=_lag(f))


def _unlink(f: _Fields) -> Command:
    return Unlink(**_row(f, "link"))


def _assign(f: _Fields) -> Command:
    return Assign(
        task=f.take("task", reference),
        resource=f.take("resource", identity),
        set=f.set("set", required=False, readers=OF_ASSIGNMENT),
    )


def _reassign(f: _Fields) -> Command:
    return Reassign(
        **_row(f, "assignment"),
        set=f.set("set", readers=OF_ASSIGNMENT),
    )


def _unassign(f: _Fields) -> Command:
    return Unassign(**_row(f, "assignment"))


def _revert(f: _Fields) -> Command:
    return Revert(change_set=f.take("change_set", identity))


_BUILDERS: dict[str, Callable[[_Fields], Command]] = {
    "update": _update,
    "create": _create,
    "delete": _delete,
    "move": _move,
    "link": _link,
    "relink": _relink,
    "unlink": _unlink,
    "assign": _assign,
    "reassign": _reassign,
    "unassign": _unassign,
    "revert": _revert,
}


def _escaped(name: str) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
