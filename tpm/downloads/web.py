"""One's own files: what is being made, how far it is, what can be fetched."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tpm.accounts import actors
from tpm.downloads import runs
from tpm.downloads.models import Download
from tpm.lib import exports, htmx


class LongFilesMiddleware:
    """A file that has too many rows to be waited for is ordered from a worker, and the browser sent to where it will be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, exports.TooLong):
            return None
        try:
            made = runs.order(
                actor=actors.from_request(request), address=request.get_full_path(), back=_back(request)
            )
        except runs.TooMany:
            messages.error(
                request, _("Several files are being made for you already. Fetch or stop one first.")
            )
            return redirect("download-list")
        return redirect("download-detail", made.pk)


@require_safe
def download_list(request: HttpRequest) -> HttpResponse:
    """What was asked for lately, the newest first."""
    rows = Download.objects.visible_to(actors.from_request(request)).order_by("-pk")[:50]
    return render(request, "tpm/downloads/list.html", {"rows": rows})


@require_safe
def download_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its progress, or the way to it."""
    download = _own(request, pk)
    template = "_file.html" if htmx.wants_fragment(request) else "detail.html"
    return render(request, f"tpm/downloads/{template}", {"download": download, "state": Download.State})


@require_POST
def download_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    download = _own(request, pk)
    if runs.cancel(actor=actors.from_request(request), download=download):
        messages.success(request, _("The file is not made."))
    return redirect(download.back or "download-list")


@require_safe
def download_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself."""
    download = _own(request, pk)
    path = runs.path_of(download)
    if download.state != Download.State.READY or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=download.name, content_type=download.content_type
    )


def _own(request: HttpRequest, pk: int) -> Download:
    """Return one's own file.

    :raises Download.DoesNotExist: for anybody else's.
    """
    return Download.objects.visible_to(actors.from_request(request)).get(pk=pk)


def _back(request: HttpRequest) -> str:
    """Return the page that the file was asked for on, if it is one of ours."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or not parts.path.startswith("/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
