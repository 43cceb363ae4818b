"""People as those see them who work with them."""

from django.db.models import QuerySet

from programs import policies
from tpm.accounts.actors import Actor
from tpm.accounts.models import User


def known_to(actor: Actor) -> QuerySet[User]:
    """Return the people who may be named as owner or manager: those with a role in one of the actor's portfolios."""
    mine = {grant.portfolio_id for grant in policies.holding(actor, "program.read")}
    return User.objects.filter(is_active=True, grants__portfolio__in=mine).distinct()
