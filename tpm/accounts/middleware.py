"""Sign-in is the rule: a view is open to strangers only if it says so with ``login_not_required``."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's deny-by-default sign-in, except under /api/, where DRF answers 401 in its own format."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path_info.startswith("/api/"):
            return None
        response = super().process_view(request, view_func, view_args, view_kwargs)
        if request.user.is_authenticated:
            activate_time_zone(request.user.time_zone)
            translation.activate(request.user.language)
        if response is not None and request.headers.get("HX-Request"):
            # htmx would swap the sign-in page into a fragment; send the whole browser there instead.
            response = HttpResponse(status=401, headers={"HX-Redirect": response.headers["Location"]})
        return response


class PreferencesMiddleware:
    """Speak the browser's language until we know the person's, and keep signed-in pages out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(translation.get_language_from_request(request))
        try:
            response = self.get_response(request)
            language = translation.get_language() or "en"
        finally:
            timezone.deactivate()
            translation.deactivate()
        if not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Content-Language", language)
        return response


def activate_time_zone(name: str) -> None:
    """Use this IANA zone for the rest of the request; an unknown one falls back to UTC."""
    try:
        timezone.activate(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        timezone.deactivate()
