"""The edits of a scenario as stored: numbered JSON commands, in which −N is what edit N creates."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from projects.models import Assignment, Dependency, Task
from projects.services.commands import EditError, EditRefused
from tpm.activity.models import ChangeSet
from tpm.activity.tracking import event_model

Json = dict[str, Any]
REFERENCES = ("task", "parent", "after", "pred", "succ", "link", "assignment")
ROWS: dict[str, type[models.Model]] = {"task": Task, "link": Dependency, "assignment": Assignment}
NOWHERE = -(2**31 - 1)  # names no edit


def renumbered(steps: Mapping[int, Json]) -> list[Json]:
    """Return the commands, in the order of their numbers, with −N counted by place in the list as ``plan_edits.apply`` counts."""
    place = {number: index + 1 for index, number in enumerate(sorted(steps))}
    found = []
    for number in sorted(steps):
        command = dict(steps[number])
        for name in REFERENCES:
            if _is_made_here(command.get(name)):
                command[name] = -place[-command[name]] if -command[name] in place else NOWHERE
        found.append(command)
    return found


def dependants(steps: Mapping[int, Json], number: int) -> set[int]:
    """Return the number and those of all edits that name, directly or not, what that edit creates."""
    gone = {number}
    for other in sorted(steps):
        named = [steps[other].get(name) for name in REFERENCES]
        if any(-value in gone for value in named if isinstance(value, int)):
            gone.add(other)
    return gone


def row_of(command: Json) -> tuple[str, int] | None:
    """Return the row of the plan that a command changes, at a version; None for what it makes, or made by the scenario."""
    if "version" not in command:
        return None
    return next(
        ((name, command[name]) for name in ROWS if isinstance(command.get(name), int) and command[name] > 0),
        None,
    )


def version_now(row: tuple[str, int]) -> int | None:
    """Return a row's version in the plan; None if it is gone."""
    name, pk = row
    found: int | None = ROWS[name]._base_manager.filter(pk=pk).values_list("version", flat=True).first()
    return found


def problems(refused: EditRefused, steps: Mapping[int, Json]) -> list[Json]:
    """Return why edits do not fit the plan, as it is kept: ``number``, ``code``, ``message``, and for a conflict who changed the
    row when (``by``, ``at``) and whether it is still there (``can_keep``)."""
    numbers = sorted(steps)
    return [_problem(error, numbers, steps) for error in refused.errors]


def _problem(error: EditError, numbers: list[int], steps: Mapping[int, Json]) -> Json:
    number = numbers[min(error.index, len(numbers) - 1)] if numbers else 0
    found: Json = {"number": number, "code": error.code, "message": error.message}
    row = row_of(steps[number]) if number else None
    if error.code in ("conflict", "not_found") and row is not None:
        last = _last_change(row)
        found["by"] = (last.actor.name or last.actor.email) if last and last.actor else _("the system")
        found["at"] = last.at.isoformat() if last else None
        found["can_keep"] = error.code == "conflict" and error.current is not None
    return found


def _last_change(row: tuple[str, int]) -> ChangeSet | None:
    name, pk = row
    history: Any = event_model(ROWS[name])
    context = (
        history._base_manager.filter(pgh_obj_id=pk)
        .order_by("-pgh_id")
        .values_list("pgh_context_id", flat=True)
        .first()
    )
    return ChangeSet.objects.select_related("actor").filter(context_id=context).first()


def _is_made_here(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value < 0
