"""Raise action items, give them to people, say how far they are."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import Action, Program
from programs.models.actions import ORIGINS
from programs.selectors import actions as read
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.reverting import RevertRefused, revert
from tpm.activity.subjects import Seen
from tpm.activity.tracking import event_model
from tpm.activity.writing import Change

CAPABILITY = "action.edit"
OWN_FIELDS = frozenset({"state", "outcome"})
"""What the person who has to do it may say, whatever their role."""


def create(
    *, actor: Actor, program: Program, today: date, origin: Seen | None = None, **fields: Any
) -> Action:
    """Raise an action; it gets the program's next number. ``origin`` is what it came from.

    :raises NotAllowed, ValidationError:
    """
    if origin is not None:
        _check_origin(program, origin)
        fields.setdefault("project_id", origin.row.scope.project_id)
    action = Action(program=program, raised_by=actor.user, **_closing(None, fields, today))
    if origin is not None:
        action.origin_kind, action.origin_id = origin.kind, origin.pk
    policies.authorize(actor, CAPABILITY, action)
    _check(actor, program, fields)
    with _change(actor) as change:
        # The program's row keeps the numbers apart: an action is no change of the plan and counts no revision.
        Program.objects.select_for_update().get(pk=program.pk)
        last = Action.objects.filter(program=program).aggregate(last=Max("number"))["last"] or 0
        action.number = last + 1
        return change.create(action)


def update(*, actor: Actor, action: Action, today: date, **new: Any) -> Action:
    """Change an action. Who has to do it may say how far it is and what came of it; the rest needs the right to edit.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _authorize(actor, action, new)
    _check(actor, action.program, new)
    if "project_id" in new:
        moved = Action(program=action.program, project_id=new["project_id"])
        policies.authorize(actor, CAPABILITY, moved)
    with _change(actor) as change:
        return change.update(action, **_closing(action, new, today))


def delete(*, actor: Actor, action: Action) -> None:
    """Delete an action that was raised by mistake; one that nobody needs any more is dropped instead.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, CAPABILITY, action)
    with _change(actor) as change:
        change.delete(action)


def update_many(
    *, actor: Actor, program: Program, rows: Sequence[tuple[int, int]], today: date, **new: Any
) -> ChangeSet | None:
    """Change the same fields of many actions, given as (id, version), in one act; returns it, None if they said so already.

    :raises NotAllowed, Conflict, ValidationError: then nothing is changed.
    """
    found = read.visible(actor).filter(program=program).in_bulk([pk for pk, _version in rows])
    if not rows or len(found) < len(rows):
        raise ValidationError(_("Choose the actions again: one of them is gone."))
    _check(actor, program, new)
    for action in found.values():
        _authorize(actor, action, new)
    with _change(actor, _("edited together")) as change:
        for pk, version in rows:
            found[pk].version = version
            change.update(found[pk], **_closing(found[pk], new, today))
        return change.change_set if change.touched else None


def undo(*, actor: Actor, program: Program, change_set: int) -> None:
    """Take one's own change of actions back, as a change of its own.

    :raises NotAllowed: if one sees no action of the program any more.
    :raises ChangeSet.DoesNotExist: if it is no change of the program's actions.
    :raises RevertRefused: if it is somebody else's, or if one of the actions was changed since.
    """
    policies.authorize_within(actor, "action.read", program)
    found = ChangeSet.objects.get(pk=change_set, event=events.ACTIONS_CHANGED)
    touched = event_model(Action)._base_manager.filter(pgh_context_id=found.context_id)
    if set(touched.values_list("program_id", flat=True)) != {program.pk}:
        raise ChangeSet.DoesNotExist
    if found.actor_id != actor.user_id:
        raise RevertRefused("not_yours", _("Only who made a change of the actions takes it back."))
    with activity.change(actor=actor, event=events.ACTIONS_CHANGED, cause=found) as change:
        revert(change, found)


def _authorize(actor: Actor, action: Action, new: dict[str, Any]) -> None:
    own = actor.user is not None and action.owner_id == actor.user_id
    if not (own and new.keys() <= OWN_FIELDS):
        policies.authorize(actor, CAPABILITY, action)


def _closing(action: Action | None, new: dict[str, Any], today: date) -> dict[str, Any]:
    """What is done or dropped gets its day, today unless another is given; what is taken up again loses it."""
    if "state" not in new:
        return new
    live = new["state"] in read.LIVE
    if live:
        return {**new, "closed_on": None}
    before = action.closed_on if action is not None else None
    return {**new, "closed_on": new.get("closed_on") or before or today}


def _check(actor: Actor, program: Program, fields: dict[str, Any]) -> None:
    project = fields.get("project_id")
    if project is not None and project not in dict(read.projects(actor, program)):
        raise ValidationError({"project_id": _("The program has no such project.")})
    owner = fields.get("owner")
    if owner is not None and not read.people_of(program).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("This person has no role in the program.")})


def _check_origin(program: Program, origin: Seen) -> None:
    if origin.kind not in ORIGINS:
        raise ValidationError(_("No action comes from a thing of this kind."))
    place = origin.program_id
    # An objective of the whole portfolio has no program; an action that came from it stands in one of the portfolio's.
    inside = place == program.pk or (place is None and origin.row.scope.portfolio_id == program.portfolio_id)
    if not inside:
        raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": origin.name})


def _change(actor: Actor, reason: str = "") -> AbstractContextManager[Change]:
    return activity.change(actor=actor, event=events.ACTIONS_CHANGED, reason=reason)
