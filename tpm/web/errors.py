"""The doors' common answers: hidden is 404, visible but not allowed is 403, overtaken by somebody else is 409."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.shortcuts import render
from django.utils.translation import gettext as _

from programs.policies import NotAllowed
from tpm.activity import Conflict
from tpm.lib import htmx


class DomainErrorsMiddleware:
    """Translate the domain's exceptions for the browser; the API has its own translation (``tpm.lib.api.problems``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path_info.startswith("/api/"):
            return None
        if isinstance(exception, ObjectDoesNotExist):
            return not_found(request)
        if isinstance(exception, NotAllowed | PermissionError):
            return forbidden(request)
        if isinstance(exception, Conflict):
            return conflict(request)
        return None


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing, or nothing that this person may see."""
    return _page(request, "404.html", HttpResponseNotFound)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """It can be seen, but this is not this person's to do."""
    return _page(request, "403.html", HttpResponseForbidden)


def conflict(request: HttpRequest) -> HttpResponse:
    """Somebody else was faster."""
    text = _("Somebody else changed this in the meantime. Look at the new values and try again.")
    if htmx.wants_fragment(request):
        return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
    return render(request, "409.html", {"message": text}, status=409)


def _page(request: HttpRequest, template: str, kind: type[HttpResponse]) -> HttpResponse:
    if htmx.wants_fragment(request):
        return kind(content_type="text/plain; charset=utf-8")
    return render(request, template, status=kind.status_code)
