"""Assign resources to tasks, within an open edit (``plan_edits.apply``): the calendars of people decide dates, so an
assignment is an edit of the plan like any other."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import Resource
from projects.models import Assignment
from projects.services.commands import Assign, Reassign, Unassign
from projects.services.editing import Editing
from tpm.activity import Change

EDITABLE = frozenset({"units", "work", "actual_work", "delay"})
DONE = frozenset({"actual_work"})


def is_progress(new: dict[str, Any]) -> bool:
    """Tell whether an edit only reports work done, which contributors may do."""
    return bool(new) and new.keys() <= DONE


def assign(editing: Editing, index: int, command: Assign) -> None:
    """Assign a resource of the portfolio or of this program to a task."""
    task = editing.own_task(index, command.task)
    if task is None:
        return
    editing.authorize("plan.edit", task.project)
    usable = Resource.objects.usable_in(editing.program.portfolio_id, editing.program.pk)
    resource = usable.filter(pk=command.resource).first()
    if resource is None:
        message = _("There is no resource %(id)s for this program.") % {"id": command.resource}
        editing.refuse(index, "not_found", message, field="resource")
        return
    if not _known(editing, index, command.set):
        return
    if Assignment.objects.filter(task=task, resource=resource).exists():
        raise ValidationError(
            _("“%(resource)s” is assigned to “%(task)s” already.") % {"resource": resource, "task": task}
        )
    made = editing.change.create(
        Assignment(program_id=task.program_id, task=task, resource=resource, **command.set)
    )
    editing.assignments[made.pk] = made
    editing.applied.created_assignments[index] = made.pk
    editing.applied.assignment_versions[made.pk] = made.version
    editing.applied.staffed.add(task.pk)


def reassign(editing: Editing, index: int, command: Reassign) -> None:
    """Change units, work, work done or delay of an assignment."""
    found = _own(editing, index, command.assignment)
    if found is None or not _known(editing, index, command.set):
        return
    editing.authorize("progress.update" if is_progress(command.set) else "plan.edit", found.task.project)
    editing.at_version(found, command.version)
    editing.change.update(found, **command.set)
    editing.applied.assignment_versions[found.pk] = found.version
    editing.applied.staffed.add(found.task_id)


def unassign(editing: Editing, index: int, command: Unassign) -> None:
    """Take a resource off a task."""
    found = _own(editing, index, command.assignment)
    if found is not None:
        editing.authorize("plan.edit", found.task.project)
        editing.at_version(found, command.version)
        editing.change.delete(found)
        editing.applied.staffed.add(found.task_id)


def count_work(change: Change, minutes: Mapping[int, int]) -> None:
    """Add to (or, below zero, take from) the work done of assignments, within a change of somebody else that agreed to hours.

    :param minutes: by assignment. One that is gone is left out; nobody has done less than nothing.
    """
    for one in Assignment.objects.select_for_update(of=("self",)).filter(pk__in=minutes).order_by("pk"):
        change.update(one, actual_work=max(one.actual_work + minutes[one.pk], 0))


def _own(editing: Editing, index: int, pk: int) -> Assignment | None:
    found = editing.assignments.get(pk)
    if found is None or found.program_id != editing.program.pk:
        message = _("There is no assignment %(id)s in this program.") % {"id": pk}
        editing.refuse(index, "not_found", message)
        return None
    return found


def _known(editing: Editing, index: int, new: dict[str, Any]) -> bool:
    unknown = new.keys() - EDITABLE
    for name in sorted(unknown):
        editing.refuse(index, "unknown_field", _("“%(name)s” can not be set.") % {"name": name}, field=name)
    return not unknown
