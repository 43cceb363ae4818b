"""Plan cost: lines that follow a task's dates, or have their own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import CostLine
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor


def create(*, actor: Actor, program: Program, **fields: Any) -> CostLine:
    """Add a cost line; with a ``task`` its project is the task's.

    :raises NotAllowed, ValidationError:
    """
    line = CostLine(program=program, **_placed(program, fields))
    policies.authorize(actor, "budget.edit", line)
    _check(line)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[program]) as change:
        return change.create(line)


def update(*, actor: Actor, line: CostLine, **new: Any) -> CostLine:
    """Change a cost line.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "budget.edit", line)
    new = _placed(line.program, new)
    wanted = CostLine(**{f.attname: getattr(line, f.attname) for f in CostLine._meta.concrete_fields})
    for name, value in new.items():
        setattr(wanted, name, value)
    policies.authorize(actor, "budget.edit", wanted)
    _check(wanted)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[line.program]) as change:
        return change.update(line, **new)


def delete(*, actor: Actor, line: CostLine) -> None:
    """Delete a cost line.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "budget.edit", line)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[line.program]) as change:
        change.delete(line)


def _placed(program: Program, fields: dict[str, Any]) -> dict[str, Any]:
    task, project = fields.get("task"), fields.get("project")
    for part in (task, project):
        if part is not None and part.program_id != program.pk:
            raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": part})
    return fields | ({"project": task.project} if task is not None else {})


def _check(line: CostLine) -> None:
    if line.task_id is None and (line.starts_on is None or line.ends_on is None):
        raise ValidationError({"starts_on": _("Without a task a cost line needs its own dates.")})
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        raise ValidationError({"ends_on": _("The line ends before it starts.")})
