"""Create and change portfolios."""

from typing import Any

from programs import events, policies
from programs.models import Grant, Portfolio, Program, RagPolicy, WorkCalendar
from programs.policies import Role
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity.writing import Change


def create(
    *, actor: Actor, name: str, owner: User, currency: str = "EUR", description: str = ""
) -> Portfolio:
    """Create a portfolio with its owner, a standard calendar and the standard rating policy.

    :raises NotAllowed: if the actor is no administrator.
    """
    if not actor.is_system and not (actor.user and actor.user.is_administrator):
        raise policies.NotAllowed("portfolio.create")
    with activity.change(actor=actor, event=events.PORTFOLIO_CHANGED) as change:
        return create_within(change, name=name, owner=owner, currency=currency, description=description)


def create_within(
    change: Change,
    *,
    name: str,
    owner: User | None,
    currency: str = "EUR",
    description: str = "",
    external_key: str = "",
) -> Portfolio:
    """Create a portfolio as part of a larger change (an import)."""
    portfolio = change.create(
        Portfolio(name=name, currency=currency, description=description, external_key=external_key)
    )
    change.create(WorkCalendar(portfolio=portfolio, name="Standard"))
    change.create(RagPolicy(portfolio=portfolio))
    if owner:
        change.create(Grant(user=owner, role=Role.PO, portfolio=portfolio))
    return portfolio


def update(*, actor: Actor, portfolio: Portfolio, **new: Any) -> Portfolio:
    """Change name, description or currency; figures of all its programs are recomputed.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "portfolio.edit", portfolio)
    programs = Program.objects.filter(portfolio=portfolio)
    with activity.change(actor=actor, event=events.PORTFOLIO_CHANGED, programs=programs) as change:
        return change.update(portfolio, **new)
