"""People as those see them who work with them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from programs import policies
from programs.models import Grant
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User


def known_to(actor: Actor) -> QuerySet[User]:
    """Return the people who may be named as owner or manager: those with a role in one of the actor's portfolios."""
    mine = {grant.portfolio_id for grant in policies.holding(actor, "program.read")}
    return User.objects.filter(is_active=True, grants__portfolio__in=mine).distinct()


def of_portfolio(portfolio_id: int) -> list[Actor]:
    """Return everybody who holds a role in a portfolio, each with the rights of this moment there: one query."""
    return _with_rights(Q(portfolio=portfolio_id))


def acting(users: Iterable[int]) -> list[Actor]:
    """Return people with all their rights of this moment: one query."""
    return _with_rights(Q(user__in=list(users)))


def _with_rights(which: Q) -> list[Actor]:
    live = Q(ends_on=None) | Q(ends_on__gte=timezone.now().date())
    found: dict[int, Actor] = {}
    for grant in (
        Grant.objects.filter(which & live, user__is_active=True).select_related("user").order_by("pk")
    ):
        actor = found.setdefault(grant.user_id, Actor(user=grant.user, via=actors.WEB, cache={"grants": []}))
        actor.cache["grants"].append(grant)
    return list(found.values())


def holders(roles: Iterable[str], portfolio_id: int, program_id: int) -> set[int]:
    """Return who holds one of the roles for a whole program or its portfolio: one query."""
    live = Q(ends_on=None) | Q(ends_on__gte=timezone.now().date())
    here = Q(program=None) | Q(program=program_id)
    rows = Grant.objects.filter(live & here, portfolio=portfolio_id, project_id=None, role__in=list(roles))
    return set(rows.filter(user__is_active=True).values_list("user_id", flat=True))
