"""Who holds which role where."""

from django.db.models import Q, QuerySet

from programs import policies
from programs.models import Grant, Portfolio, Program
from programs.policies import Scope
from tpm.accounts.actors import Actor


def of_program(actor: Actor, program: Program) -> QuerySet[Grant]:
    """Return the grants that give rights in a program: its own, its projects' and the portfolio's.

    :raises NotAllowed: unless the actor holds ``member.read`` for the whole program.
    """
    policies.authorize(actor, "member.read", program)
    here = Q(program=program) | Q(program=None)
    return _ordered(Grant.objects.filter(here, portfolio=program.portfolio_id))


def of_portfolio(actor: Actor, portfolio: Portfolio) -> QuerySet[Grant]:
    """Return the grants for a portfolio as a whole.

    :raises NotAllowed: unless the actor holds ``member.read`` for the portfolio.
    """
    policies.authorize(actor, "member.read", portfolio)
    return _ordered(Grant.objects.filter(portfolio=portfolio, program=None))


def get_for(actor: Actor, pk: int) -> Grant:
    """Return a grant that the actor may see.

    :raises Grant.DoesNotExist: if there is none.
    """
    grant = Grant.objects.select_related("user", "portfolio", "program").get(pk=pk)
    if not policies.holds(
        actor, "member.read", Scope(grant.portfolio_id, grant.program_id, grant.project_id)
    ):
        raise Grant.DoesNotExist
    return grant


def revocable(actor: Actor, grant: Grant) -> bool:
    """Tell whether the actor may take this grant away."""
    capability = "member.manage" if grant.role in policies.ASSIGNABLE_BY_MANAGER else "role.grant"
    return policies.holds(actor, capability, Scope(grant.portfolio_id, grant.program_id, grant.project_id))


def assignable(actor: Actor, scope: Scope) -> list[str]:
    """Return the roles that the actor may give at a scope, in the order of the table of roles."""
    return [
        role
        for role in policies.Role.values
        if policies.holds(
            actor, "member.manage" if role in policies.ASSIGNABLE_BY_MANAGER else "role.grant", scope
        )
    ]


def _ordered(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    return grants.select_related("user").order_by("program_id", "role", "user__name", "pk")
