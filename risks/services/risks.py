"""Keep the risk register."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Program
from risks import events
from risks.models import Risk
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change


def create(*, actor: Actor, program: Program, **fields: Any) -> Risk:
    """Enter a risk; it gets the program's next number.

    :raises NotAllowed, ValidationError:
    """
    _check(program, fields)
    risk = Risk(program=program, **fields)
    policies.authorize(actor, "risk.edit", risk)
    with activity.change(actor=actor, event=events.REGISTER_CHANGED, programs=[program]) as change:
        return create_within(change, risk)


def create_within(change: Change, risk: Risk) -> Risk:
    """Enter a risk as part of a larger change; the program's revision row, locked by it, keeps the numbers apart."""
    last = Risk.objects.filter(program=risk.program_id).aggregate(last=Max("number"))["last"] or 0
    risk.number = last + 1
    return change.create(risk)


def update(*, actor: Actor, risk: Risk, **new: Any) -> Risk:
    """Change a risk.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "risk.edit", risk)
    _check(risk.program, new)
    project = new.get("project", risk.project)
    policies.authorize(actor, "risk.edit", Risk(program=risk.program, project=project))  # where it moves to
    with activity.change(actor=actor, event=events.REGISTER_CHANGED, programs=[risk.program]) as change:
        return change.update(risk, **new)


def delete(*, actor: Actor, risk: Risk) -> None:
    """Delete a risk that was entered by mistake; one that has passed is closed instead.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "risk.edit", risk)
    with activity.change(actor=actor, event=events.REGISTER_CHANGED, programs=[risk.program]) as change:
        change.delete(risk)


def _check(program: Program, fields: dict[str, Any]) -> None:
    for part in (fields.get("project"), fields.get("task")):
        if part is not None and part.program_id != program.pk:
            raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": part})
