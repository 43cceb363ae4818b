"""The live channel: server-sent events that carry topic and revision only, and the same as JSON for those without a stream.

    event: revision
    data: {"topic": "program:42", "input": 413, "computed": 412, "state": "computing"}

Rights are asked when the stream opens and again with every heartbeat; a stream that nothing is left of ends.
"""

import json
import time
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.live import hub, topics
from tpm.live.hub import Stream
from tpm.live.topics import Message

HEARTBEAT_SECONDS = 15.0
RETRY_MS = 2000


@require_safe
def status(request: HttpRequest) -> JsonResponse:
    """The present revisions of ``?topic=…`` (repeated) that this person may follow."""
    wanted = topics.allowed(actors.from_request(request), topics.parse(request.GET.getlist("topic")))
    return JsonResponse({"topics": topics.messages(wanted)})


@require_safe
async def events(request: HttpRequest) -> HttpResponseBase:
    """The stream of revisions of ``?topic=…`` (repeated); no content where there is nothing to follow."""
    if not isinstance(request, ASGIRequest):
        # A WSGI server would collect the endless answer and never send it: pages then ask for the status by time.
        return HttpResponse(status=204)
    user = await request.auser()
    if user.pk is None:  # the sign-in middleware lets no stranger through
        return HttpResponse(status=204)
    asked = topics.parse(request.GET.getlist("topic"))
    session = request.session.session_key or ""
    wanted = await hub.in_database(_permitted, user.pk, session, asked)
    # The sign-in check opened a connection in a thread that lives as long as the stream: a page must not hold one.
    await sync_to_async(connections.close_all)()
    if not wanted:
        return HttpResponse(status=204)
    response = StreamingHttpResponse(_follow(user.pk, session, wanted), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-cache, no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _follow(user_id: int, session: str, wanted: dict[str, set[int]]) -> AsyncIterator[bytes]:
    stream, home = Stream(wanted), hub.here()
    home.add(stream)
    try:
        yield f"retry: {RETRY_MS}\n\n".encode()
        for message in await hub.in_database(topics.messages, wanted):
            stream.offer(message)
        checked = time.monotonic()
        while True:
            news = await stream.next(max(0.05, checked + HEARTBEAT_SECONDS - time.monotonic()))
            if news:
                yield b"".join(_event(message) for message in news)
            if time.monotonic() - checked >= HEARTBEAT_SECONDS:
                stream.wanted = await hub.in_database(_permitted, user_id, session, stream.wanted)
                checked = time.monotonic()
                if not stream.wanted:
                    return
                # What changes with time alone (a computation that is late) is told with the heartbeat.
                for message in await hub.in_database(topics.messages, stream.wanted):
                    stream.offer(message)
                yield b": still here\n\n"
    finally:
        home.remove(stream)


def _event(message: Message) -> bytes:
    return f"event: revision\ndata: {json.dumps(message)}\n\n".encode()


def _permitted(user_id: int, session: str, wanted: dict[str, set[int]]) -> dict[str, set[int]]:
    """Return what the person may follow now; nothing once they signed out or their account was closed."""
    from django.contrib.sessions.models import Session  # loaded after the apps

    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or (session and not Session.objects.filter(pk=session).exists()):
        return {}
    return topics.allowed(Actor(user=user, via=actors.WEB), wanted)
