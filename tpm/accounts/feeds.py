"""Issue, resolve and revoke the secret addresses of calendars."""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from tpm.accounts.models import CalendarFeed, User
from tpm.accounts.tokens import digest

PREFIX = "cal_"
MOST = 20
"""Live calendars of one person."""


class TooMany(ValueError):
    """The person has as many calendars as one may have."""


def issue(*, user: User, name: str, program_id: int | None = None) -> tuple[CalendarFeed, str]:
    """Create a calendar and return it with its secret, which is never seen again.

    :raises TooMany:
    """
    if CalendarFeed.objects.filter(user=user, revoked_at=None).count() >= MOST:
        raise TooMany
    secret = PREFIX + secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(
        user=user, name=name, program_id=program_id, prefix=secret[:10], digest=digest(secret)
    )
    return made, secret


def resolve(secret: str) -> CalendarFeed | None:
    """Return the live calendar of this secret, with its person, or None."""
    return (
        CalendarFeed.objects.select_related("user")
        .filter(digest=digest(secret), revoked_at=None, user__is_active=True)
        .first()
    )


def used(feed: CalendarFeed) -> None:
    """Remember the use, at most once a minute: it is a hint for its owner, not an audit."""
    minute_ago = timezone.now() - timedelta(minutes=1)
    CalendarFeed.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=minute_ago), pk=feed.pk).update(
        last_used_at=timezone.now()
    )


def revoke(*, user: User, pk: int) -> bool:
    """Revoke one of the user's own calendars; False if there is none of that id."""
    rows = CalendarFeed.objects.filter(user=user, pk=pk, revoked_at=None)
    return bool(rows.update(revoked_at=timezone.now()))
