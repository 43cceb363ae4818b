"""Promise, accept, reject and deliver what one project gives another. The giver says dates, the taker answers them."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import policies
from projects import events
from projects.models import Commitment, Dependency
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change

CAPABILITY = "commitment.edit"
TEXTS = frozenset({"deliverable", "criteria", "giver", "taker"})
State = Commitment.State


def ask(*, actor: Actor, link: Dependency, reason: str = "", **texts: Any) -> Commitment:
    """Ask the giver for a promise.

    :raises NotAllowed: if the actor does not work for the taker. :raises ValidationError:
    """
    policies.authorize(actor, CAPABILITY, link.successor)
    return _create(actor, link, reason, texts)


def promise(
    *,
    actor: Actor,
    link: Dependency,
    commitment: Commitment | None,
    promised_on: date,
    reason: str = "",
    **texts: Any,
) -> Commitment:
    """State the day by whose end it will be there, or another one than before: the taker has to accept it (again).

    :raises NotAllowed: if the actor does not work for the giver. :raises Conflict, ValidationError:
    """
    policies.authorize(actor, CAPABILITY, link.predecessor)
    if commitment is None:
        return _create(actor, link, reason, {**texts, "promised_on": promised_on})
    if commitment.state == State.DELIVERED:
        raise ValidationError(
            {"promised_on": _("It is delivered already. The taker can reject the delivery.")}
        )
    new = {**_known(texts), "promised_on": promised_on}
    if promised_on != commitment.promised_on or commitment.state == State.REJECTED:
        new["state"] = State.PROPOSED
    return _update(actor, commitment, reason, new)


def answer(*, actor: Actor, commitment: Commitment, accepts: bool, reason: str = "") -> Commitment:
    """Accept a promise, or reject it – or what was delivered – with a reason.

    :raises NotAllowed: if the actor does not work for the taker. :raises Conflict, ValidationError:
    """
    policies.authorize(actor, CAPABILITY, commitment.dependency.successor)
    if commitment.promised_on is None:
        raise ValidationError(_("Nothing was promised yet that could be answered."))
    if accepts and commitment.state == State.DELIVERED:
        raise ValidationError(_("It is delivered; there is no promise to accept any more."))
    if not accepts and not reason.strip():
        raise ValidationError({"reason": _("Say why, so that the giver can promise something better.")})
    state = State.ACCEPTED if accepts else State.REJECTED
    return _update(actor, commitment, reason, {"state": state, "delivered_on": None})


def deliver(*, actor: Actor, commitment: Commitment, delivered_on: date, reason: str = "") -> Commitment:
    """Say that it is there.

    :raises NotAllowed: if the actor does not work for the giver. :raises Conflict, ValidationError:
    """
    policies.authorize(actor, CAPABILITY, commitment.dependency.predecessor)
    new = {"state": State.DELIVERED, "delivered_on": delivered_on}
    return _update(actor, commitment, reason, new)


def describe(*, actor: Actor, commitment: Commitment, reason: str = "", **texts: Any) -> Commitment:
    """Change what is given, how it is checked, and who stands for either side; both sides may.

    :raises NotAllowed, Conflict, ValidationError:
    """
    link = commitment.dependency
    if not policies.holds(actor, CAPABILITY, link.predecessor.scope):
        policies.authorize(actor, CAPABILITY, link.successor)
    return _update(actor, commitment, reason, _known(texts))


def remove(*, actor: Actor, commitment: Commitment, reason: str = "") -> None:
    """Take the commitment off the link: the taker no longer needs it. Its history stays.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, CAPABILITY, commitment.dependency.successor)
    with _change(actor, commitment.dependency, reason) as change:
        change.delete(commitment)


def _known(texts: dict[str, Any]) -> dict[str, Any]:
    if unknown := texts.keys() - TEXTS:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    return texts


def _create(actor: Actor, link: Dependency, reason: str, fields: dict[str, Any]) -> Commitment:
    _known({name: value for name, value in fields.items() if name != "promised_on"})
    if link.predecessor.project_id == link.successor.project_id:
        raise ValidationError(
            _("Both tasks belong to one project: there is nobody else to promise anything to.")
        )
    with _change(actor, link, reason) as change:
        if Commitment.objects.filter(dependency=link).exists():
            raise ValidationError(_("This link has a commitment already."))
        return change.create(Commitment(program_id=link.program_id, dependency=link, **fields))


def _update(actor: Actor, commitment: Commitment, reason: str, new: dict[str, Any]) -> Commitment:
    with _change(actor, commitment.dependency, reason) as change:
        return change.update(commitment, **new)


def _change(actor: Actor, link: Dependency, reason: str) -> AbstractContextManager[Change]:
    """Both programs get a revision: the promise stands on both plans."""
    programs = {one.pk: one for one in (link.predecessor.program, link.successor.program)}
    return activity.change(
        actor=actor, event=events.COMMITMENT_CHANGED, programs=programs.values(), reason=reason
    )
