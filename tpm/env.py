"""Typed readers of environment variables that fail loudly, naming the variable and what is expected.

A secret may also be given as ``NAME_FILE``, the path of a file that holds it (Docker and Kubernetes secrets).
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class SettingError(SystemExit):
    """A setting is missing or unusable; the message says which and what to do."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or the content of the file that ``NAME_FILE`` names.

    :raises SettingError: if neither is set and there is no default.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE names a file that can not be read: {error}") from error
    value = os.environ.get(name, default)
    if value is None:
        raise SettingError(f"{name} is not set. Set it in the environment (see .env.example).")
    return value


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise SettingError(f"{name}={value!r} is neither true nor false. Use 1 or 0.")


def integer(name: str, default: int, *, minimum: int | None = None) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise SettingError(f"{name}={value!r} is not a whole number.") from error
    if minimum is not None and number < minimum:
        raise SettingError(f"{name}={number} is too small: the least is {minimum}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list, blanks dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = os.environ.get(name, default)
    if value not in allowed:
        raise SettingError(f"{name}={value!r} is not one of {', '.join(sorted(allowed))}.")
    return value


def database(name: str) -> dict[str, object]:
    """Return Django's database settings from ``postgres://user:password@host:port/name?option=value``."""
    url = text(name)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError(f"{name} must look like postgres://user:password@host:5432/database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def email(name: str) -> dict[str, object]:
    """Return Django's mail settings from ``smtp://user:password@host:587`` (STARTTLS; ``?tls=0``: none) or ``smtps://…:465``; {} if
    the variable is not set.

    :raises SettingError: if it is written otherwise.
    """
    url = text(name, "")
    if not url:
        return {}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or options.keys() - {"tls"}:
        raise SettingError(
            f"{name} must look like smtp://user:password@host:587 or smtps://user:password@host:465."
        )
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and options.get("tls", "1").lower() in TRUE,
    }
