"""Issue, resolve and revoke API tokens."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from tpm.accounts.models import ApiToken, User

PREFIX = "tpm_"
LONGEST = timedelta(days=365)


def digest(secret: str) -> str:
    """Return the SHA-256 of a token. Tokens hold 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(*, user: User, name: str, scope: str, expires_at: datetime) -> tuple[ApiToken, str]:
    """Create a token and return it with its secret, which is never seen again.

    :raises ValueError: if the expiry is in the past or more than a year away.
    """
    now = timezone.now()
    if not now < expires_at <= now + LONGEST + timedelta(days=1):
        raise ValueError("A token must expire within a year.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, prefix=secret[:10], digest=digest(secret), scope=scope, expires_at=expires_at
    )
    return token, secret


def resolve(secret: str) -> ApiToken | None:
    """Return the live token of this secret, with its user, or None."""
    return (
        ApiToken.objects.select_related("user")
        .filter(digest=digest(secret), revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)
        .first()
    )


def used(token: ApiToken) -> None:
    """Remember the use, at most once a minute: it is a hint for its owner, not an audit."""
    minute_ago = timezone.now() - timedelta(minutes=1)
    ApiToken.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=minute_ago), pk=token.pk).update(
        last_used_at=timezone.now()
    )


def revoke(*, user: User, pk: int) -> bool:
    """Revoke one of the user's own tokens; False if there is none of that id."""
    return bool(ApiToken.objects.filter(user=user, pk=pk, revoked_at=None).update(revoked_at=timezone.now()))
