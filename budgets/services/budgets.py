"""Approve and change budgets."""

from decimal import Decimal
from typing import Any

from budgets import events
from budgets.models import Budget
from programs import policies
from programs.models import Program
from projects.models import Project
from tpm import activity
from tpm.accounts.actors import Actor


def approve(
    *,
    actor: Actor,
    program: Program,
    project: Project | None,
    approved: Decimal,
    contingency: Decimal = Decimal(0),
    note: str = "",
) -> Budget:
    """Set the budget of a project (or of the program's own cost, without one) for the first time.

    :raises NotAllowed, ValidationError:
    :raises IntegrityError: if it has one already (the doors check with ``update``).
    """
    budget = Budget(program=program, project=project, approved=approved, contingency=contingency, note=note)
    policies.authorize(actor, "budget.edit", budget)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[program]) as change:
        return change.create(budget)


def update(*, actor: Actor, budget: Budget, **new: Any) -> Budget:
    """Change an approved amount, contingency or note.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "budget.edit", budget)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[budget.program]) as change:
        return change.update(budget, **new)


def delete(*, actor: Actor, budget: Budget) -> None:
    """Take a budget back.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "budget.edit", budget)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[budget.program]) as change:
        change.delete(budget)
