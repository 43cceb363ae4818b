"""Carry out edits of a program's plan: any number of commands, one transaction, one revision, all or nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Program
from projects import events
from projects.models import Task
from projects.services import assignments, dependencies, tasks
from projects.services.commands import (
    Applied,
    Assign,
    Command,
    CreateTask,
    DeleteTask,
    EditError,
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
from projects.services.editing import Editing
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.reverting import RevertRefused, revert

MOST = 2000

_HANDLERS: dict[type[Any], Callable[[Editing, int, Any], None]] = {
    UpdateTask: tasks.update,
    CreateTask: tasks.create,
    DeleteTask: tasks.delete,
    MoveTask: tasks.move,
    LinkTasks: dependencies.link,
    Relink: dependencies.relink,
    Unlink: dependencies.unlink,
    Assign: assignments.assign,
    Reassign: assignments.reassign,
    Unassign: assignments.unassign,
}


def apply(*, actor: Actor, program: Program, commands: Sequence[Command], reason: str = "") -> Applied:
    """Carry out the commands in their order. What command N creates (counted from 1) is −N for those after it.

    :raises NotAllowed: if the actor may not do one of them.
    :raises EditRefused: with one error per command that can not be carried out (gone, changed by somebody else, a circle,
        a value out of range); then nothing was written.
    """
    if len(commands) > MOST:
        raise EditRefused(
            [EditError(MOST, "too_many", _("At most %(most)s edits at once.") % {"most": MOST})]
        )
    others = dependencies.programs_touched(actor, program, commands) | _programs_reverted(commands)
    affected = Program.objects.filter(pk__in={program.pk, *others})
    progress_only = all(_is_progress(command) for command in commands)
    event = events.PROGRESS_UPDATED if progress_only else events.PLAN_CHANGED
    if any(isinstance(command, Revert) for command in commands):
        event = events.CHANGE_REVERTED
    at = 0
    try:
        with activity.change(actor=actor, event=event, programs=affected, reason=reason) as change:
            editing = Editing(actor=actor, program=program, change=change)
            editing.load(commands)
            for at, command in enumerate(commands):
                if (resolved := editing.resolved(at, command)) is not None:
                    _carry_out(editing, at, resolved)
            if not editing.errors:
                dependencies.check_circles(editing)
            if editing.errors:
                raise EditRefused(editing.errors)
            editing.applied.change_set = change.change_set.pk if change.touched else None
            editing.applied.revision = change.revisions[program.pk]
    except (
        ValidationError
    ) as error:  # a rule that the database holds was broken by the command last carried out
        raise EditRefused(
            [EditError(at, "invalid", message, field) for field, message in _messages(error)]
        ) from error
    return editing.applied


def _carry_out(editing: Editing, index: int, command: Command) -> None:
    try:
        if isinstance(command, Revert):
            _revert(editing, index, command)
        else:
            _HANDLERS[type(command)](editing, index, command)
    except activity.Conflict as conflict:
        editing.refuse(index, "conflict", _conflict_message(conflict), current=conflict.current)
    except ValidationError as error:
        for field, message in _messages(error):
            editing.refuse(index, "invalid", message, field=field)


def _is_progress(command: Command) -> bool:
    if isinstance(command, Reassign):
        return assignments.is_progress(command.set)
    return isinstance(command, UpdateTask) and tasks.is_progress(command.set)


def create_task(*, actor: Actor, project: int, program: Program, name: str, **fields: Any) -> Task:
    """Add one task; see ``apply``."""
    place = {key: fields.pop(key) for key in ("parent", "after") if key in fields}
    done = apply(
        actor=actor, program=program, commands=[CreateTask(project=project, name=name, set=fields, **place)]
    )
    return Task.objects.get(pk=done.created[0])


def _revert(editing: Editing, index: int, command: Revert) -> None:
    change_set = ChangeSet.objects.filter(
        pk=command.change_set, revisions__program_id=editing.program.pk
    ).first()
    undoable = {events.PLAN_CHANGED, events.PROGRESS_UPDATED, events.CHANGE_REVERTED}
    if change_set is None or change_set.event not in undoable:
        editing.refuse(index, "not_found", _("There is no such change to take back."))
        return
    mine = change_set.actor_id == editing.actor.user_id
    if not policies.holds(editing.actor, "plan.edit", editing.program.scope) and not mine:
        raise policies.NotAllowed("plan.edit")
    try:
        revert(editing.change, change_set)
    except RevertRefused as refused:
        editing.refuse(index, refused.code, str(refused))


def _programs_reverted(commands: Sequence[Command]) -> set[int]:
    ids = [command.change_set for command in commands if isinstance(command, Revert)]
    if not ids:
        return set()
    return set(ChangeSet.objects.filter(pk__in=ids).values_list("revisions__program_id", flat=True))


def _conflict_message(conflict: activity.Conflict) -> str:
    if conflict.current is None:
        return _("Somebody deleted it meanwhile.")
    return _("Somebody changed “%(name)s” meanwhile.") % {"name": conflict.current}


def _messages(error: ValidationError) -> list[tuple[str, str]]:
    if hasattr(error, "error_dict"):
        return [(field, message) for field, texts in error.message_dict.items() for message in texts]
    return [("", message) for message in error.messages]
