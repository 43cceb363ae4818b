"""What the pages' views say to htmx: is a fragment asked for, and which events the answer carries."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

MOST_PICKED = 500


def picked(request: HttpRequest) -> list[tuple[int, int]]:
    """Return the rows that were chosen for an edit of many, as (id, version): ``row=12:3&row=14:1``; others are left out."""
    found = []
    for one in request.POST.getlist("row")[:MOST_PICKED]:
        pk, _colon, version = one.partition(":")
        if all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (pk, version)):
            found.append((int(pk), int(version)))
    return found


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a part of the page; a restored history entry needs the whole of it."""
    details: Any = getattr(request, "htmx", None)
    return bool(details) and not details.history_restore_request


def trigger(response: HttpResponse, event: str, detail: Any = None) -> HttpResponse:
    """Add a client event to the answer's ``HX-Trigger`` header, beside those that are there."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events[event] = {} if detail is None else detail
    response.headers["HX-Trigger"] = json.dumps(events, ensure_ascii=True)
    return response


def toast(response: HttpResponse, message: str, *, kind: str = "ok", undo_url: str = "") -> HttpResponse:
    """Let the page show a short message (``kind``: ok, watch, bad, info), with an undo button if there is a way back."""
    detail: dict[str, Any] = {"kind": kind, "message": str(message)}
    if undo_url:
        detail["undo"] = {"url": undo_url}
    return trigger(response, "tpm:toast", detail)


def done(message: str = "", *, undo_url: str = "", events: tuple[str, ...] = ()) -> HttpResponse:
    """Answer 204 with a toast and further client events: nothing is swapped."""
    response = HttpResponse(status=204)
    for event in events:
        trigger(response, event)
    return toast(response, message, undo_url=undo_url) if message else response


def go(url: str) -> HttpResponse:
    """Let htmx send the whole browser to another page."""
    return HttpResponse(status=204, headers={"HX-Redirect": url})
