"""Keep the risk register."""

from collections.abc import Sequence
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
from tpm.activity.models import ChangeSet
from tpm.activity.reverting import RevertRefused, revert
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


def update_many(
    *, actor: Actor, program: Program, rows: Sequence[tuple[int, int]], **new: Any
) -> ChangeSet | None:
    """Change the same fields of many risks, given as (id, version), in one act; returns it, None if they said so already.

    :raises NotAllowed, Conflict, ValidationError: then nothing is changed.
    """
    found = (
        Risk.objects.visible_to(actor)
        .filter(program=program)
        .select_related("program", "project")
        .in_bulk([pk for pk, _version in rows])
    )
    if not rows or len(found) < len(rows):
        raise ValidationError(_("Choose the risks again: one of them is gone."))
    _check(program, new)
    for risk in found.values():
        policies.authorize(actor, "risk.edit", risk)
    with activity.change(
        actor=actor, event=events.REGISTER_CHANGED, programs=[program], reason=_("edited together")
    ) as change:
        for pk, version in rows:
            found[pk].version = version
            change.update(found[pk], **new)
        return change.change_set if change.touched else None


def undo(*, actor: Actor, program: Program, change_set: int) -> None:
    """Take one's own change of the register back, as a change of its own.

    :raises NotAllowed: if one may edit no risk of the program any more.
    :raises ChangeSet.DoesNotExist: if it is no change of the program's register.
    :raises RevertRefused: if it is somebody else's (it may hold risks that one does not see), or if one of the risks was
        changed since.
    """
    policies.authorize_within(actor, "risk.edit", program)
    found = ChangeSet.objects.get(
        pk=change_set, event=events.REGISTER_CHANGED, revisions__program_id=program.pk
    )
    if found.actor_id != actor.user_id:
        raise RevertRefused("not_yours", _("Only who made a change of the register takes it back."))
    with activity.change(
        actor=actor, event=events.REGISTER_CHANGED, programs=[program], cause=found
    ) as change:
        revert(change, found)


def _check(program: Program, fields: dict[str, Any]) -> None:
    for part in (fields.get("project"), fields.get("task")):
        if part is not None and part.program_id != program.pk:
            raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": part})
