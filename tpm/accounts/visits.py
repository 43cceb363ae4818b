"""When a person last looked, so that a page can say what happened since."""

from datetime import datetime, timedelta

from tpm.accounts.actors import Actor
from tpm.accounts.models import Visit

PAUSE = timedelta(minutes=30)
"""Who comes back after so long begins a new visit."""
NOTED_EVERY = timedelta(minutes=1)
FIRST = timedelta(days=7)
"""What a first visit looks back on."""


def note(actor: Actor, at: datetime) -> datetime:
    """Note that the actor looks now; returns when the visit before this one ended. One query, seldom two.

    Reloading within a visit changes nothing about where it began, so what is new stays in view.
    """
    visit = Visit.objects.filter(user=actor.user).first()
    if visit is None:
        Visit.objects.get_or_create(user=actor.user, defaults={"seen_at": at})
        return at - FIRST
    if at - visit.seen_at > PAUSE:
        visit.before_at = visit.seen_at
    if at - visit.seen_at > NOTED_EVERY:
        visit.seen_at = at
        visit.save()
    return visit.before_at or at - FIRST


def began(actor: Actor, at: datetime) -> datetime:
    """Return the same without noting anything: for fragments that refresh by themselves."""
    visit = Visit.objects.filter(user=actor.user).first()
    return (visit.before_at if visit else None) or at - FIRST
