"""Once only: a client that repeats a request with the same ``Idempotency-Key`` gets the first answer, not a second effect.

The effect and the memory of it are one transaction. A process that dies in between leaves neither, so the client may
simply ask again; there is no request that stays "running" for ever.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from tpm.activity.models import IdempotentRequest
from tpm.lib import locks
from tpm.lib.api.problems import Problem

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
KEPT_HEADERS = ("ETag", "Location")


def once(request: Request, work: Callable[[], Response]) -> Response:
    """Do ``work``, unless this user's request of this key was done in the last 24 hours: then return its answer.

    Only a success is remembered. A refused request changed nothing, and may be sent again with the same key.

    :raises Problem: 400 for a malformed key, 409 while the first request runs, 422 if the key was used for another request.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return work()
    if not (0 < len(key) <= 255 and key.isascii() and key.isprintable()):
        raise Problem(
            400, _("An Idempotency-Key has 1 to 255 printable ASCII characters."), code="bad_idempotency_key"
        )
    digest = _digest(request)
    mine = IdempotentRequest.objects.filter(user=request.user)  # type: ignore[misc]
    with transaction.atomic():
        number = int.from_bytes(hashlib.sha256(f"{request.user.pk}:{key}".encode()).digest()[:4])
        if not locks.try_hold("idempotency", number):
            raise Problem(
                409,
                _("The first request with this key is still running."),
                code="still_running",
                headers={"Retry-After": "1"},
            )
        mine.filter(created_at__lt=timezone.now() - KEPT).delete()
        known = mine.filter(key=key).first()
        if known is not None:
            return _replayed(known, digest)
        response = work()
        mine.create(
            user=request.user,  # type: ignore[misc]
            key=key,
            request_sha256=digest,
            status=response.status_code,
            headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
            body=JSONRenderer().render(response.data).decode(),
        )
    return response


def _digest(request: Request) -> str:
    """Return the SHA-256 of what is asked. Of an upload: its fields and files, read piece by piece. A client that repeats it
    chooses another boundary, and its bytes may be more than fit in memory."""
    found = hashlib.sha256(b"\n".join((str(request.method).encode(), request.get_full_path().encode(), b"")))
    if not (request.content_type or "").startswith("multipart/"):
        found.update(request._request.body)
        return found.hexdigest()
    sent = cast("MultiValueDict[str, Any]", request.data)  # what the parser of uploads makes
    for name, values in sorted(sent.lists()):
        for value in values:
            is_file = isinstance(value, UploadedFile)
            part = (
                (name, "file", str(value.name), str(value.size)) if is_file else (name, "field", str(value))
            )
            found.update(json.dumps(part).encode() + b"\n")
            if is_file:
                for piece in value.chunks():
                    found.update(piece)
                value.seek(0)
    return found.hexdigest()


def _replayed(known: IdempotentRequest, digest: str) -> Response:
    if known.request_sha256 != digest:
        raise Problem(422, _("This key was used for another request. Use a new key."), code="key_reused")
    body = json.loads(known.body) if known.body else None
    return Response(body, status=known.status, headers={**known.headers, "Idempotent-Replayed": "true"})
