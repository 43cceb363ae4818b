"""Set objectives with their key results, and write down how far they are."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import KeyResult, Objective, Portfolio, Program
from tpm import activity
from tpm.accounts.actors import Actor

CAPABILITY = "objective.edit"


def create(*, actor: Actor, portfolio: Portfolio, program: Program | None = None, **fields: Any) -> Objective:
    """Set an objective of a portfolio, or of one of its programs.

    :raises NotAllowed, ValidationError:
    """
    objective = Objective(portfolio=portfolio, program=program, **fields)
    policies.authorize(actor, CAPABILITY, objective)
    if program is not None and program.portfolio_id != portfolio.pk:
        raise ValidationError({"program": _("The program belongs to another portfolio.")})
    with activity.change(actor=actor, event=events.OBJECTIVES_CHANGED) as change:
        return change.create(objective)


def update(*, actor: Actor, objective: Objective, **new: Any) -> Objective:
    """Change an objective.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, CAPABILITY, objective)
    with activity.change(actor=actor, event=events.OBJECTIVES_CHANGED) as change:
        return change.update(objective, **new)


def delete(*, actor: Actor, objective: Objective) -> None:
    """Delete an objective that was entered by mistake, with its key results and alignments; the audit keeps them.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, CAPABILITY, objective)
    with activity.change(actor=actor, event=events.OBJECTIVES_CHANGED) as change:
        change.delete(objective)


def add_result(*, actor: Actor, objective: Objective, **fields: Any) -> KeyResult:
    """Add a key result.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, CAPABILITY, objective)
    with activity.change(actor=actor, event=events.OBJECTIVES_CHANGED) as change:
        return change.create(KeyResult(objective=objective, **fields))


def update_result(*, actor: Actor, result: KeyResult, **new: Any) -> KeyResult:
    """Change a key result, or write down its present value; every value stays in its history.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, CAPABILITY, result)
    with activity.change(actor=actor, event=events.OBJECTIVES_CHANGED) as change:
        return change.update(result, **new)


def drop_result(*, actor: Actor, result: KeyResult) -> None:
    """Take a key result off.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, CAPABILITY, result)
    with activity.change(actor=actor, event=events.OBJECTIVES_CHANGED) as change:
        change.delete(result)
