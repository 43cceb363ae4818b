"""Add, change, move and delete tasks, within an open edit (``plan_edits.apply``)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Max
from django.utils.translation import gettext as _

from projects.models import GAP, Project, Task
from projects.services import progress
from projects.services.commands import CreateTask, DeleteTask, MoveTask, UpdateTask
from projects.services.editing import Editing

EDITABLE = frozenset(
    {
        "name", "is_milestone", "duration", "is_elapsed", "calendar", "ignores_resource_calendars", "constraint", "constraint_at", "deadline", "is_active",
        "is_manual", "manual_start", "manual_finish", "priority", "responsible", "notes",
    }
) | progress.FIELDS  # fmt: skip


def is_progress(new: dict[str, Any]) -> bool:
    """Tell whether an edit only reports progress, which contributors may do."""
    return bool(new) and new.keys() <= progress.FIELDS


def update(editing: Editing, index: int, command: UpdateTask) -> None:
    """Set fields of a task."""
    task = editing.own_task(index, command.task)
    if task is None or not _known(editing, index, command.set):
        return
    editing.authorize("progress.update" if is_progress(command.set) else "plan.edit", task.project)
    editing.at_version(task, command.version)
    new = _consistent(task, _resolved(editing, command.set))
    new = progress.completed(task, new, editing.schedules.get(task.pk), fallback=editing.starts_at)
    editing.change.update(task, **new)
    editing.applied.versions[task.pk] = task.version


def create(editing: Editing, index: int, command: CreateTask) -> None:
    """Add a task."""
    project = editing.projects.get(command.project)
    if project is None:
        editing.refuse(
            index, "not_found", _("There is no project %(id)s in this program.") % {"id": command.project}
        )
        return
    editing.authorize("plan.edit", project)
    if not _known(editing, index, command.set) or not _place_exists(
        editing, index, project, command.parent, command.after
    ):
        return
    if command.after is None:
        siblings = Task.objects.filter(project=project, parent=command.parent)
        position = (siblings.aggregate(last=Max("position"))["last"] or 0) + GAP
    else:
        position = _position(project, command.parent, command.after)
    task = Task(
        program=editing.program,
        project=project,
        parent_id=command.parent,
        position=position,
        name=command.name,
    )
    new = progress.completed(
        task, _consistent(task, _resolved(editing, command.set)), None, fallback=editing.starts_at
    )
    for name, value in new.items():
        setattr(task, name, value)
    editing.change.create(task)
    editing.tasks[task.pk] = task
    editing.applied.created[index] = task.pk
    editing.applied.versions[task.pk] = task.version
    if command.parent:
        editing.moved.append(task.pk)


def delete(editing: Editing, index: int, command: DeleteTask) -> None:
    """Delete a task with what is below it."""
    task = editing.own_task(index, command.task)
    if task is None:
        return
    editing.authorize("plan.edit", task.project)
    editing.at_version(task, command.version)
    editing.change.delete(task)


def move(editing: Editing, index: int, command: MoveTask) -> None:
    """Put a task somewhere else in its project's outline."""
    task = editing.own_task(index, command.task)
    if task is None:
        return
    editing.authorize("plan.edit", task.project)
    if not _place_exists(editing, index, task.project, command.parent, command.after):
        return
    if command.parent and _is_within(command.parent, task.pk):
        editing.refuse(index, "own_child", _("A task can not be put below itself."))
        return
    editing.at_version(task, command.version)
    position = _position(task.project, command.parent, command.after, moving=task.pk)
    editing.change.update(task, parent_id=command.parent, position=position)
    editing.applied.versions[task.pk] = task.version
    editing.moved.append(task.pk)


def _known(editing: Editing, index: int, new: dict[str, Any]) -> bool:
    unknown = new.keys() - EDITABLE
    for name in sorted(unknown):
        editing.refuse(index, "unknown_field", _("“%(name)s” can not be set.") % {"name": name}, field=name)
    return not unknown


def _resolved(editing: Editing, new: dict[str, Any]) -> dict[str, Any]:
    """Commands from outside name a calendar by its id."""
    if isinstance(pk := new.get("calendar"), int):
        calendar = editing.calendar(pk)
        if calendar is None:
            raise ValidationError(
                {"calendar": _("There is no calendar %(id)s for this program.") % {"id": pk}}
            )
        return new | {"calendar": calendar}
    return new


def _consistent(task: Task, new: dict[str, Any]) -> dict[str, Any]:
    """A milestone has no duration; a date without a kind of constraint means nothing."""
    new = dict(new)
    if new.get("is_milestone"):
        new["duration"] = 0
    elif new.get("duration"):
        new["is_milestone"] = False
    if (
        new.get("constraint", task.constraint) in (Task.Constraint.ASAP, Task.Constraint.ALAP)
        and "constraint" in new
    ):
        new["constraint_at"] = None
    return new


def _place_exists(
    editing: Editing, index: int, project: Project, parent: int | None, after: int | None
) -> bool:
    for pk in (parent, after):
        if pk is not None and (pk not in editing.tasks or editing.tasks[pk].project_id != project.pk):
            editing.refuse(index, "not_found", _("There is no task %(id)s in this project.") % {"id": pk})
            return False
    if after is not None and editing.tasks[after].parent_id != parent:
        editing.refuse(index, "no_sibling", _("The task to follow lies elsewhere in the outline."))
        return False
    return True


def _position(project: Project, parent: int | None, after: int | None, moving: int | None = None) -> int:
    """Return a free position behind ``after`` (None: first); neighbours move only when the gap is used up."""
    siblings = Task.objects.filter(project=project, parent=parent)
    if moving is not None:
        siblings = siblings.exclude(pk=moving)
    left = siblings.get(pk=after).position if after else None
    right = siblings.order_by("position").values_list("position", flat=True)
    right = right.filter(position__gt=left) if left is not None else right
    following = right.first()
    if following is None:
        return (left or 0) + GAP
    low = left if left is not None else following - 2 * GAP
    if following - low < 2:
        siblings.filter(position__gte=following).update(position=F("position") + GAP)
        following += GAP
    return (low + following) // 2


def _is_within(task: int, ancestor: int) -> bool:
    at = task
    while at and at != ancestor:
        at = Task.objects.values_list("parent_id", flat=True).get(pk=at) or 0
    return at == ancestor
