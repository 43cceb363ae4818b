"""Entity tags from row versions: a change says which version it was made on (``If-Match: "v7"``)."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request

from tpm.lib.api.problems import Problem

_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def tag(version: int) -> str:
    """Return the entity tag of a row's version."""
    return f'"v{version}"'


def require(request: Request, version: int, current: Callable[[], Any]) -> None:
    """Let a change pass that was made on ``version``.

    Proxies that compress turn a tag into a weak one (``W/"v7"``); it still names the version.

    :raises Problem: 428 if the request does not say its version, 412 (with what ``current`` returns) if it is another one.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        raise Problem(
            428,
            _("Say which version you change: send its ETag as If-Match, such as If-Match: %(tag)s.")
            % {"tag": tag(version)},
        )
    if f"v{version}" not in _TAG.findall(header):
        raise stale(version, current())


def stale(version: int | None, current: Any) -> Problem:
    """Return the answer to a change of an old version."""
    headers = {"ETag": tag(version)} if version is not None else {}
    return Problem(
        412,
        _("Somebody changed it meanwhile; “current” is what it is now."),
        current=current,
        headers=headers,
    )
