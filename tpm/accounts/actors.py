"""Who acts, and through which door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from tpm.accounts.models import ApiToken, User

WEB, API, IMPORT, COMMAND, SYSTEM = "web", "api", "import", "command", "system"


@dataclass(frozen=True)
class Actor:
    """A user (None: the system itself) acting through a door, perhaps with a token that may only read.

    ``cache`` lives as long as the request; the policies keep the actor's grants there, so rights are read once per request
    and take effect on the next one.
    """

    user: User | None
    via: str
    may_write: bool = True
    request_id: str = ""
    cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def is_system(self) -> bool:
        return self.user is None and self.via == SYSTEM


def system(request_id: str = "") -> Actor:
    """Return the system itself: workers and scheduled jobs, which act on nobody's behalf."""
    return Actor(user=None, via=SYSTEM, request_id=request_id)


def from_request(request: HttpRequest) -> Actor:
    """Return the actor of a signed-in request, made once per request."""
    actor = getattr(request, "_tpm_actor", None)
    if actor is None:
        token = getattr(request, "auth", None)
        actor = Actor(
            user=request.user if request.user.is_authenticated else None,
            via=API if isinstance(token, ApiToken) or request.path_info.startswith("/api/") else WEB,
            may_write=not isinstance(token, ApiToken) or token.scope == ApiToken.Scope.WRITE,
            request_id=getattr(request, "id", "") or request.headers.get("X-Request-ID", "")[:64],
        )
        request._tpm_actor = actor  # type: ignore[attr-defined]
    return actor
