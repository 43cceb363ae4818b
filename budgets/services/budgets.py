"""Approve, change, forecast and take back budgets. Each act keeps a revision (``services/revisions.py``)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Budget, BudgetRevision
from budgets.services import revisions
from budgets.services.revisions import Line
from programs import policies
from programs.models import Program
from projects.models import Project
from tpm import activity
from tpm.accounts.actors import Actor

Kind = BudgetRevision.Kind


def approve(
    *,
    actor: Actor,
    program: Program,
    project: Project | None,
    approved: Decimal | None = None,
    contingency: Decimal = Decimal(0),
    reserve: Decimal = Decimal(0),
    note: str = "",
    lines: Sequence[Line] | None = None,
    effective_on: date | None = None,
    reason: str = "",
) -> Budget:
    """Set the budget of a project (or of the program's own cost, without one) for the first time.

    :param approved: the amount, not broken down; or ``lines`` by category, whose sum it is.
    :raises NotAllowed:
    :raises ValidationError: also if it has one already.
    """
    budget = Budget(program=program, project=project, contingency=contingency, reserve=reserve, note=note)
    policies.authorize(actor, "budget.edit", budget)
    kept = _lines(program, approved, lines, effective_on)
    budget.approved = _sum(kept)
    with activity.change(
        actor=actor, event=events.BUDGET_CHANGED, programs=[program], reason=reason
    ) as change:
        made = change.create(budget)
        revisions.keep(change, made, Kind.APPROVED, kept, effective_on=effective_on, reason=reason or note)
        return made


def update(
    *,
    actor: Actor,
    budget: Budget,
    lines: Sequence[Line] | None = None,
    effective_on: date | None = None,
    reason: str = "",
    **new: Any,
) -> Budget:
    """Approve a budget anew (amount or lines, contingency, management reserve), or change its note.

    A new approved amount is what is in force from now on: what was transferred before is part of it, or is not.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "budget.edit", budget)
    again = lines is not None or new.get("approved", budget.approved) != budget.approved
    beside = any(
        new.get(name, getattr(budget, name)) != getattr(budget, name) for name in ("contingency", "reserve")
    )
    if again:
        kept = _lines(budget.program, None if lines is not None else new["approved"], lines, effective_on)
        if lines is not None and new.get("approved", _sum(kept)) != _sum(kept):
            raise ValidationError({"approved": _("The lines sum to %(sum)s.") % {"sum": _sum(kept)}})
        new |= {"approved": _sum(kept), "current": None}
    with activity.change(
        actor=actor, event=events.BUDGET_CHANGED, programs=[budget.program], reason=reason
    ) as change:
        changed = change.update(budget, **new)
        if again or beside:
            if not again:
                kept = revisions.lines_in_force(changed, [Kind.APPROVED])
            said = reason or (new.get("note") or "")
            revisions.keep(change, changed, Kind.APPROVED, kept, effective_on=effective_on, reason=said)
        return changed


def forecast(
    *,
    actor: Actor,
    budget: Budget,
    amount: Decimal | None = None,
    lines: Sequence[Line] | None = None,
    effective_on: date | None = None,
    reason: str = "",
) -> Budget:
    """Say what the work will cost in all, as seen now; approved and current amount stay.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "budget.edit", budget)
    kept = _lines(budget.program, amount, lines, effective_on)
    with activity.change(
        actor=actor, event=events.BUDGET_CHANGED, programs=[budget.program], reason=reason
    ) as change:
        changed = change.update(budget, forecast=_sum(kept))
        revisions.keep(change, changed, Kind.FORECAST, kept, effective_on=effective_on, reason=reason)
        return changed


def delete(*, actor: Actor, budget: Budget) -> None:
    """Take a budget back; its revisions stay, and a last one says that it was taken back.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "budget.edit", budget)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[budget.program]) as change:
        revisions.keep(change, budget, Kind.WITHDRAWN, [])
        change.delete(budget)


def _lines(
    program: Program, amount: Decimal | None, lines: Sequence[Line] | None, day: date | None
) -> list[revisions.Fields]:
    if lines is not None and amount is not None:
        kept = revisions.priced_lines(program, lines, day)
        if _sum(kept) != amount:
            raise ValidationError({"approved": _("The lines sum to %(sum)s.") % {"sum": _sum(kept)}})
        return kept
    if lines is None:
        if amount is None:
            raise ValidationError({"approved": _("An amount is needed.")})
        lines = [Line(amount=amount)]
    return revisions.priced_lines(program, lines, day)


def _sum(lines: Sequence[revisions.Fields]) -> Decimal:
    return sum((fields["amount"] for fields in lines), Decimal(0))
