"""The life of a file that takes long: ordered → made by a worker → fetched, or called off; then forgotten."""

import io
import re
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from programs.policies import NotAllowed
from tpm import subscriptions
from tpm.accounts import saved_views
from tpm.accounts.actors import Actor
from tpm.accounts.middleware import activate_time_zone
from tpm.downloads.models import Download
from tpm.lib import exports

log = structlog.get_logger(__name__)
State = Download.State
JOB = "tpm.downloads.jobs.make"
STALE = timedelta(seconds=60)  # a worker that has been silent for so long is taken for dead
KEPT = timedelta(hours=3)
AT_ONCE = 5  # of one person
EVERY = 0.4  # seconds between two words about progress


class Cancelled(Exception):
    """It was called off while it was made."""


class TooMany(Exception):
    """The person waits for enough files already."""


def order(*, actor: Actor, address: str, back: str = "") -> Download:
    """Queue a file and wake a worker; one that is on its way from the same address already is given instead.

    :raises TooMany:
    """
    assert actor.user is not None
    waiting = Download.objects.visible_to(actor).filter(state__in=(State.WAITING, State.MAKING))
    if same := waiting.filter(address=address).first():
        return same
    if waiting.count() >= AT_ONCE:
        raise TooMany
    made = Download.objects.create(user=actor.user, address=address, back=back[:2000], name=_page_of(address))
    transaction.on_commit(lambda: subscriptions.send(JOB, download_id=made.pk), robust=True)
    return made


def cancel(*, actor: Actor, download: Download) -> bool:
    """Call a file off that is not ready; its worker stops at its next word. False where there was nothing to call off."""
    mine = Download.objects.visible_to(actor).filter(pk=download.pk, state__in=(State.WAITING, State.MAKING))
    return bool(mine.update(state=State.CANCELLED, finished_at=timezone.now()))


def make(download_id: int) -> None:
    """Make one file, under the rights that its owner has now; what two workers begin, one makes."""
    now = timezone.now()
    free = Download.objects.filter(pk=download_id, state=State.WAITING) | Download.objects.filter(
        pk=download_id, state=State.MAKING, heartbeat_at__lt=now - STALE
    )
    if not free.update(state=State.MAKING, heartbeat_at=now, done=0, total=None):
        return
    download = Download.objects.select_related("user").get(pk=download_id)
    with translation.override(download.user.language):
        try:
            activate_time_zone(download.user.time_zone)
            _make(download)
        except Cancelled:
            return
        except (ObjectDoesNotExist, NotAllowed, PermissionError, Http404):
            _fail(download, _("What this file is about no longer exists, or you may not see it any more."))
        except DatabaseError:
            raise  # the next worker that finds it may try again
        except Exception:
            _fail(download, _("Making the file failed unexpectedly; the log says why."))
            log.exception("download_failed", download=download.pk, address=download.address)
        finally:
            timezone.deactivate()


def waiting(*, older_than: timedelta = timedelta(seconds=3)) -> list[int]:
    """Return files whose wake-up call may have been lost, the oldest first."""
    now = timezone.now()
    rows = Download.objects.filter(
        state=State.WAITING, created_at__lte=now - older_than
    ) | Download.objects.filter(state=State.MAKING, heartbeat_at__lt=now - STALE)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:20])


def forget_old() -> None:
    """Delete what was kept long enough, with its files."""
    old = Download.objects.filter(created_at__lt=timezone.now() - KEPT)
    for download in old[:50]:
        path_of(download).unlink(missing_ok=True)
        download.delete()


def path_of(download: Download) -> Path:
    """Return where the file lies."""
    return Path(settings.MEDIA_ROOT) / "downloads" / (download.stored_at or "none")


def _page_of(address: str) -> str:
    """Return what the list is called that the file is of, until it has a name of its own."""
    page = saved_views.pages.get(resolve(address.partition("?")[0]).view_name)
    return str(page.label) if page else ""


def _make(download: Download) -> None:
    stored = uuid.uuid4().hex
    folder = Path(settings.MEDIA_ROOT) / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / stored
    try:
        with exports.at_work(_told(download)):
            answer = _answer(download)
            with target.open("wb") as out:
                for piece in _pieces(answer):
                    out.write(piece)
        named = re.search(r'filename="([^"]+)"', answer.headers.get("Content-Disposition", ""))
        ready = Download.objects.filter(pk=download.pk, state=State.MAKING).update(
            state=State.READY, name=named[1] if named else "table", stored_at=stored,
            content_type=answer.headers["Content-Type"], size=target.stat().st_size, finished_at=timezone.now(),
        )  # fmt: skip
        if not ready:
            raise Cancelled
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _answer(download: Download) -> HttpResponseBase:
    """Ask the address again, as its owner: rows, order and rights are the page's own."""
    path, _mark, query = download.address.partition("?")
    request: HttpRequest = WSGIRequest(
        {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        }
    )  # fmt: skip
    request.user = download.user
    match = resolve(path)
    request.resolver_match = match
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if answer.status_code != 200 or "attachment" not in answer.headers.get("Content-Disposition", ""):
        raise Http404
    return answer


def _pieces(answer: HttpResponseBase) -> Iterable[bytes]:
    if not answer.streaming:
        yield answer.content  # type: ignore[attr-defined]
        return
    for at, piece in enumerate(answer.streaming_content):  # type: ignore[attr-defined]
        if at % 50 == 0:
            exports.tell(0, None)
        yield piece


def _told(download: Download) -> Callable[[int, int | None], None]:
    """Return what the making says its progress to; it raises :class:`Cancelled` once the file is called off."""
    last = [0.0]

    def told(done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - last[0] < EVERY:
            return
        last[0] = now
        mine = Download.objects.filter(pk=download.pk, state=State.MAKING)
        if not mine.update(done=done, total=total, heartbeat_at=timezone.now()):
            raise Cancelled

    return told


def _fail(download: Download, message: str) -> None:
    Download.objects.filter(pk=download.pk, state=State.MAKING).update(
        state=State.FAILED, message=message, finished_at=timezone.now()
    )
