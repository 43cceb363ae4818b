"""Errors of the REST API as problem details (RFC 9457, ``application/problem+json``).

Besides the standard members (type, title, status, detail, instance) a problem has ``code`` (stable, for programs),
``request_id`` (to be found in the logs), where fields are wrong ``errors`` (JSON pointer, code, detail) and where an edit
was stale ``current`` (the row as it is now).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.signals import got_request_exception
from django.db import DataError, IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
TYPE = "urn:tpm:problem:"
_CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    422: "refused",
    428: "version_required",
    429: "throttled",
    500: "internal",
}


@dataclass
class FieldError:
    """What is wrong at one place of the request; ``pointer`` is a JSON pointer into the body, ``?name`` a query parameter."""

    pointer: str
    detail: str
    code: str = "invalid"
    extra: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"pointer": self.pointer, "code": self.code, "detail": self.detail, **self.extra}


class Problem(Exception):
    """An answer other than success; raised by doors, rendered by ``handle``."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str = "",
        errors: Iterable[FieldError] = (),
        current: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.detail = status, detail
        self.code = code or _CODES.get(status, "error")
        self.errors, self.current, self.headers = list(errors), current, dict(headers or {})
        super().__init__(detail)


class ProblemRenderer(JSONRenderer):
    """Writes problem details under their own media type."""

    media_type = MEDIA_TYPE
    format = "problem"


def handle(error: Exception, context: dict[str, Any]) -> Response:
    """Answer any exception of an API view (DRF's ``EXCEPTION_HANDLER``)."""
    request: Request | None = context.get("request")
    problem = translated(error)
    if problem.status >= status.HTTP_500_INTERNAL_SERVER_ERROR:
        log.error("api_failed", exc_info=error)
        if request is not None:
            got_request_exception.send(sender=None, request=request._request)
    return answer(problem, request)


def answer(problem: Problem, request: Request | None) -> Response:
    """Return the response of a problem."""
    body: dict[str, Any] = {
        "type": TYPE + problem.code,
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "instance": request.path if request is not None else "",
        "request_id": str(structlog.contextvars.get_contextvars().get("request_id", "")),
    }
    if problem.errors:
        body["errors"] = [one.as_json() for one in problem.errors]
    if problem.current is not None:
        body["current"] = problem.current
    response = Response(body, status=problem.status, headers=problem.headers, content_type=MEDIA_TYPE)
    if request is not None:
        request.accepted_renderer = (
            ProblemRenderer()
        )  # whatever the client accepts, it gets to know what went wrong
        request.accepted_media_type = MEDIA_TYPE
    return response


def translated(error: Exception) -> Problem:
    """Return the problem that an exception stands for; an unknown one is an internal error, told without its text."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, ObjectDoesNotExist | Http404):
        return Problem(404, _("There is nothing here that you may see."))
    if isinstance(error, PermissionError) and error.errno is None:
        return Problem(403, _("You may see this, but not do that."))
    if isinstance(error, ValidationError):
        return invalid(pointers(error))
    if isinstance(error, exceptions.ValidationError):
        return invalid(_from_serializer(error.detail, ""))
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    if isinstance(error, IntegrityError | DataError):
        return _from_database(error)
    return Problem(500, _("Something went wrong on our side; the request changed nothing."))


def invalid(errors: list[FieldError]) -> Problem:
    """Return the answer to a request whose fields are wrong."""
    return Problem(400, _("Some fields are not right; see “errors”."), errors=errors)


def pointers(error: ValidationError) -> list[FieldError]:
    """Return a model's or service's complaints with JSON pointers."""
    if not hasattr(error, "error_dict"):
        return [FieldError("", message) for message in error.messages]
    return [
        FieldError(name if name.startswith("/") else "" if name == "__all__" else f"/{name}", message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _from_serializer(detail: Any, pointer: str) -> list[FieldError]:
    if isinstance(detail, Mapping):
        inner = ((name, f"{pointer}/{name}" if name != "non_field_errors" else pointer) for name in detail)
        return [one for name, at in inner for one in _from_serializer(detail[name], at)]
    if isinstance(detail, list):
        if all(isinstance(one, str) for one in detail):
            return [FieldError(pointer, str(one), getattr(one, "code", None) or "invalid") for one in detail]
        return [one for i, item in enumerate(detail) for one in _from_serializer(item, f"{pointer}/{i}")]
    return [FieldError(pointer, str(detail), getattr(detail, "code", None) or "invalid")]


def _from_framework(error: exceptions.APIException) -> Problem:
    headers: dict[str, str] = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return Problem(error.status_code, str(error.detail), headers=headers)


def _from_database(error: IntegrityError | DataError) -> Problem:
    """A rule that only the database holds (uniqueness, ranges that span columns)."""
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None) or ""
    state = getattr(error.__cause__, "pgcode", "") or ""
    shown = [FieldError("", _("The rule “%(rule)s” does not hold.") % {"rule": rule}, rule)] if rule else []
    if state == "23505":
        return Problem(409, _("There is one of these already."), code="duplicate", errors=shown)
    if state == "23503":
        return Problem(
            409, _("Something else refers to it, or it refers to something that is gone."), errors=shown
        )
    return Problem(400, _("The values contradict a rule of the data."), errors=shown)
