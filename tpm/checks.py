"""Numbered system checks: what would make an installation unsafe or broken, each with what to do."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def production_is_safe(app_configs: Any, **_: Any) -> list[Error]:
    """Refuse to start production with a weak key, debugging on, or no host names."""
    if not settings.PRODUCTION:
        return []
    found = []
    key = settings.SECRET_KEY
    if len(key) < 50 or key.startswith(("insecure", "change", "django-insecure")) or len(set(key)) < 10:
        found.append(
            Error(
                "SECRET_KEY is missing, a default, or too short.",
                hint="Set SECRET_KEY (or SECRET_KEY_FILE) to at least 50 random characters: `make secret` prints one.",
                id="tpm.E001",
            )
        )
    if settings.DEBUG:
        found.append(
            Error("DEBUG is on in production.", hint="Remove DEBUG from the environment.", id="tpm.E002")
        )
    if not settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS is empty.",
                hint="Set ALLOWED_HOSTS to the host names people use.",
                id="tpm.E003",
            )
        )
    return found
