"""When a person last looked, so that a page can say what happened since."""

from datetime import datetime, timedelta

from django.db import connection

from tpm.accounts.actors import Actor
from tpm.accounts.models import Visit

PAUSE = timedelta(minutes=30)
"""Who comes back after so long begins a new visit."""
FIRST = timedelta(days=7)
"""What a first visit looks back on."""


def note(actor: Actor, at: datetime) -> datetime:
    """Note that the actor looks now; returns when the visit before this one ended. One statement.

    Reloading within a visit changes nothing about where it began, so what is new stays in view.
    """
    assert actor.user is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_visit AS known (user_id, seen_at, before_at) VALUES (%(user)s, %(at)s, NULL)"
            " ON CONFLICT (user_id) DO UPDATE SET seen_at = greatest(known.seen_at, excluded.seen_at), before_at ="
            " CASE WHEN excluded.seen_at - known.seen_at > make_interval(secs => %(pause)s) THEN known.seen_at ELSE known.before_at END"
            " RETURNING before_at",
            {"user": actor.user.pk, "at": at, "pause": PAUSE.total_seconds()},
        )
        before: datetime | None = cursor.fetchone()[0]
    return before or at - FIRST


def began(actor: Actor, at: datetime) -> datetime:
    """Return the same without noting anything: for fragments that refresh by themselves."""
    visit = Visit.objects.filter(user=actor.user).first()
    return (visit.before_at if visit else None) or at - FIRST
