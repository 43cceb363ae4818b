"""Whose attempts to sign in are counted together."""

from typing import Any

from django.http import HttpRequest


def account_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """Return the address that somebody tries to sign in with, in one spelling; None where none was given."""
    given = (credentials or {}).get("username") or (
        request.POST.get("username") if request is not None else None
    )
    return str(given).strip().lower()[:255] if given else None
