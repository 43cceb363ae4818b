"""Tolerances of the three-way match: one person writes a version, another confirms it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Tolerance
from programs import policies
from programs.models import Portfolio
from tpm import activity
from tpm.accounts.actors import Actor


def draft(*, actor: Actor, portfolio: Portfolio, **values: Any) -> Tolerance:
    """Write the next version: ``effective_from``, ``price_percent``, ``quantity_percent``, ``amount``.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "policy.edit", portfolio)
    if actor.user is None:
        raise ValidationError(_("A person has to write it."))
    with activity.change(actor=actor, event=events.TOLERANCE_CHANGED) as change:
        last = Tolerance.objects.filter(portfolio=portfolio).aggregate(last=Max("number"))["last"] or 0
        return change.create(Tolerance(portfolio=portfolio, number=last + 1, author=actor.user, **values))


def confirm(*, actor: Actor, tolerance: Tolerance) -> Tolerance:
    """Put a version in force that somebody else wrote.

    :raises NotAllowed, Conflict:
    :raises ValidationError: by its author (the database refuses it, too), or if it is confirmed.
    """
    policies.authorize(actor, "policy.edit", tolerance)
    if actor.user is None or actor.user.is_service:
        raise ValidationError(_("A person has to confirm it."))
    if tolerance.confirmed_by_id is not None:
        raise ValidationError(_("It is confirmed already."))
    with activity.change(actor=actor, event=events.TOLERANCE_CHANGED) as change:
        return change.update(tolerance, confirmed_by_id=actor.user_id)


def discard(*, actor: Actor, tolerance: Tolerance) -> None:
    """Throw a draft away.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is confirmed: what invoices were matched by stays.
    """
    policies.authorize(actor, "policy.edit", tolerance)
    if tolerance.confirmed_by_id is not None:
        raise ValidationError(_("It is confirmed and stays. Write a new version."))
    with activity.change(actor=actor, event=events.TOLERANCE_CHANGED) as change:
        change.delete(tolerance)
