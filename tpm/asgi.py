"""ASGI entry point: event streams are served by Django's ASGI side, everything else by its WSGI side.

Under plain ASGI each request would open its own database connection; the WSGI side keeps them (docs/adr/0003).
"""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

from tpm.wsgi import application as wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
_streams = get_asgi_application()
_pages: Any = WSGIMiddleware(cast("Any", wsgi_application), workers=8)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route one connection by its path."""
    if scope["type"] == "http" and not scope["path"].startswith("/events/"):
        await _pages(scope, receive, send)
    elif scope["type"] == "http":
        await _streams(scope, receive, send)
