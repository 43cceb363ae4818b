"""Edits of a plan as JSON: the one language of the Gantt (minutes) and of the REST API (ISO 8601).

A body is ``{"commands": [{"op": "update", "task": 7, "version": 3, "set": {"duration": 960}}, …], "reason": "…"}``. Moments are
wall-clock times of the program: whole minutes since 1970-01-01T00:00, or ISO 8601 text without a zone. Durations and lags are
working minutes. A task, link or assignment that command N of the list creates (counted from 1) is −N for the commands after it, as id and without
a version. Nothing is guessed: an unknown operation, an unknown field or a value of the wrong type is an error with a
JSON pointer to it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from projects.models import Assignment, Dependency, Task
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

LARGEST = 2**63 - 1
LONGEST = 100 * 366 * 1440  # minutes of a century: a typing error beyond it, and safe for the engines' sums
EARLIEST, LATEST = datetime(1970, 1, 1), datetime(2149, 12, 31, 23, 59)  # as far as calendars are laid out
KINDS = {kind.name: int(kind) for kind in Dependency.Kind}
MOST_UNITS = 9_999_999
LAG_UNITS = {"working": 0, "elapsed": 1, "percent": 2, "elapsed_percent": 3}
CONSTRAINTS = {kind.name: int(kind) for kind in Task.Constraint}
ALIASES = {"owner": "responsible"}

Reader = Callable[[Any], Any]


class _Wrong(Exception):
    """A value is not what it should be; the text says what it should be."""


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


# Reading values -------------------------------------------------------------------------------------------------------
def _integer(low: int = 0, high: int = LARGEST) -> Reader:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise _Wrong(
                _("Give a whole number.")
                if high == LARGEST
                else _("Give a whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
            )
        return value

    return read


def _optional(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _text(longest: int, *, blank: bool = True) -> Reader:
    def read(value: Any) -> str:
        if value is None and blank:
            return ""
        if not isinstance(value, str) or "\x00" in value:
            raise _Wrong(_("Give a text."))
        if not blank and not value.strip():
            raise _Wrong(_("Give a text that is not empty."))
        if len(value) > longest:
            raise _Wrong(_("Give a text of at most %(longest)s characters.") % {"longest": longest})
        return value

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(_("Give true or false."))
    return value


def _percent(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise _Wrong(_("Give a number from 0 to 100."))
    return float(value)


def _units(value: Any) -> Decimal:
    wrong = _Wrong(_("Give a number of units from 0 to %(most)s; 1 is full time.") % {"most": MOST_UNITS})
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong
    try:
        units = Decimal(str(value))
    except InvalidOperation:
        raise wrong from None
    if not units.is_finite() or not 0 <= units <= MOST_UNITS:
        raise wrong
    return round(units, 4)


def _moment(value: Any) -> datetime:
    wrong = _Wrong(_("Give a moment of the program's clock, such as 2026-11-20T08:00, without a time zone."))
    try:
        if type(value) is int:
            moment = walltime.to_datetime(value)
        else:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        raise wrong from None
    if moment is None or moment.tzinfo is not None or not EARLIEST <= moment <= LATEST:
        raise wrong
    return moment.replace(second=0, microsecond=0)


def _code(names: Mapping[str, int]) -> Reader:
    def read(value: Any) -> int:
        if isinstance(value, str) and value in names:
            return names[value]
        if type(value) is int and value in names.values():
            return value
        raise _Wrong(_("Give one of %(names)s.") % {"names": ", ".join(names)})

    return read


def _reference(value: Any) -> int:
    """An id, or −N for what the Nth command of the same list creates."""
    if type(value) is int and value < 0:
        return -int(_integer(1, 2**31 - 1)(-value))
    return int(_id(value))


_id = _integer(1)
_version = _integer(1, 2**31 - 1)
_minutes = _integer(0, LONGEST)

SETTABLE: dict[str, Reader] = {
    "name": _text(500, blank=False),
    "is_milestone": _flag,
    "duration": _minutes,
    "is_elapsed": _flag,
    "calendar": _optional(_id),
    "ignores_resource_calendars": _flag,
    "constraint": _code(CONSTRAINTS),
    "constraint_at": _optional(_moment),
    "deadline": _optional(_moment),
    "is_active": _flag,
    "is_manual": _flag,
    "manual_start": _optional(_moment),
    "manual_finish": _optional(_moment),
    "actual_start": _optional(_moment),
    "actual_finish": _optional(_moment),
    "percent_complete": _percent,
    "remaining": _optional(_minutes),
    "priority": _integer(0, 1000),
    "responsible": _text(200),
    "notes": _text(100_000),
}


OF_ASSIGNMENT: dict[str, Reader] = {
    "units": _units,
    "work": _optional(_minutes),
    "actual_work": _minutes,
    "delay": _minutes,
}


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
        except _Wrong as wrong:
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
        except _Wrong as wrong:
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
    pk = f.take(name, _reference)
    made_here = isinstance(pk, int) and pk < 0
    return {name: pk, "version": f.take("version", _version, 1) if made_here else f.take("version", _version)}


def _update(f: _Fields) -> Command:
    return UpdateTask(**_row(f, "task"), set=f.set("set"))


def _create(f: _Fields) -> Command:
    return CreateTask(
        project=f.take("project", _id),
        name=f.take("name", _text(500, blank=False)),
        parent=f.take("parent", _optional(_reference), None),
        after=f.take("after", _optional(_reference), None),
        set=f.set("set", required=False),
    )


def _delete(f: _Fields) -> Command:
    return DeleteTask(**_row(f, "task"))


def _move(f: _Fields) -> Command:
    return MoveTask(
        **_row(f, "task"),
        parent=f.take("parent", _optional(_reference)),
        after=f.take("after", _optional(_reference)),
    )


def _lag(f: _Fields) -> dict[str, Any]:
    lag = _integer(-LONGEST, LONGEST)
    given = {"kind": _code(KINDS), "lag": lag, "lag_unit": _code(LAG_UNITS)}
    return {name: f.take(name, read) for name, read in given.items() if name in f.item}


def _link(f: _Fields) -> Command:
    return LinkTasks(pred=f.take("pred", _reference), succ=f.take("succ", _reference), **_lag(f))


def _relink(f: _Fields) -> Command:
    return Relink(**_row(f, "link"), set=_lag(f))


def _unlink(f: _Fields) -> Command:
    return Unlink(**_row(f, "link"))


def _assign(f: _Fields) -> Command:
    return Assign(
        task=f.take("task", _reference),
        resource=f.take("resource", _id),
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
    return Revert(change_set=f.take("change_set", _id))


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
