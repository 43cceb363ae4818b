"""The base of all doors of the REST API: sign-in, declared capability, versions, once-only writes, problems.

A handler without ``@operation`` can not be defined: what a door lets people do is declared before it opens, and
``tests/access`` compares the declarations with what happens.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar, TypeVar, cast

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import idempotency
from tpm.activity.writing import Conflict
from tpm.lib.api import etags, problems
from tpm.lib.api.pagination import PARAMETERS
from tpm.lib.api.problems import FieldError, Problem

METHODS = ("get", "post", "put", "patch", "delete")
# Instead of a capability: what is one's own; what one wrote oneself; the instance's administrators.
OWN, AUTHOR, ADMINISTRATOR = "own", "author", "administrator"
Handler = TypeVar("Handler", bound=Callable[..., Response])


class FieldErrorOut(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="JSON pointer into the body, or ?name of a query parameter.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemOut(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField()
    request_id = serializers.CharField()
    errors = FieldErrorOut(many=True, required=False)  # type: ignore[assignment]
    current = serializers.DictField(required=False, help_text="After 412: what the row is now.")


_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=False,
    description='The ETag that the change was made on, such as "v7".',
)
_KEY = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    required=False,
    description="Makes a repeated request safe for 24 hours.",
)


def operation(
    capability: str,
    *,
    gives: Any = None,
    takes: Any = None,
    status: int = 200,
    versioned: bool = False,
    summary: str = "",
    parameters: list[OpenApiParameter] | None = None,
) -> Callable[[Handler], Handler]:
    """Declare a handler: the capability that it needs, what it takes and gives, whether it needs ``If-Match``.

    The handler runs once per ``Idempotency-Key``.
    """

    def declare(handler: Handler) -> Handler:
        writes = handler.__name__ not in ("get",)

        @wraps(handler)
        def run(self: "Endpoint", request: Request, *args: Any, **kwargs: Any) -> Response:
            self.capability = capability
            if not writes:
                return handler(self, request, *args, **kwargs)
            return idempotency.once(request, lambda: handler(self, request, *args, **kwargs))

        run.capability = capability  # type: ignore[attr-defined]
        extra = list(parameters or ())
        errors = {400, 401, 403, 404, 429}
        if writes:
            extra.append(_KEY)
            errors |= {409, 415, 422}
        if versioned:
            extra.append(_IF_MATCH)
            errors |= {412, 428}
        problem = OpenApiResponse(ProblemOut)
        responses = {status: gives} | {(code, problems.MEDIA_TYPE): problem for code in sorted(errors)}
        described: Any = extend_schema(
            summary=summary or None, request=takes, responses=responses, parameters=extra
        )(run)
        return cast("Handler", described)

    return declare


class Endpoint(GenericAPIView[Any]):
    """A resource or a collection; see the module."""

    capability: str = ""
    out: ClassVar[type[serializers.Serializer[Any]] | None] = None
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"id": ()}
    filterset_class: ClassVar[Any] = None
    queryset = None
    metadata_class = None  # the schema says what there is

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in METHODS:
            handler = getattr(cls, name, None)
            if handler is not None and not hasattr(handler, "capability"):
                raise TypeError(f"{cls.__name__}.{name} does not declare its capability; see @operation")

    @cached_property
    def actor(self) -> Actor:
        return actors.from_request(self.request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in SAFE_METHODS and not self.actor.may_write:
            raise Problem(403, _("This token may only read."), code="read_only_token")

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Conflict):
            if exc.current is None:
                exc = Problem(404, _("Somebody deleted it meanwhile."))
            else:
                exc = etags.stale(getattr(exc.current, "version", None), self.represent(exc.current))
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        data = getattr(response, "data", None)
        if isinstance(data, dict) and isinstance(data.get("version"), int) and "ETag" not in response.headers:
            response.headers["ETag"] = etags.tag(data["version"])
        return super().finalize_response(request, response, *args, **kwargs)

    def represent(self, obj: Any) -> Any:
        """Return a row as this endpoint shows it."""
        assert self.out is not None
        return self.out(obj, context={"endpoint": self}).data

    def match(self, obj: Any) -> None:
        """Let a change pass that was made on the row's version.

        :raises Problem: 428, 412.
        """
        etags.require(self.request, obj.version, lambda: self.represent(obj))

    def given(
        self, serializer: type[serializers.Serializer[Any]], *, partial: bool = False, many: bool = False
    ) -> Any:
        """Return the checked body; a field that the serializer does not name is an error, not ignored.

        :raises ValidationError: with all that is wrong.
        """
        bound = serializer(data=self.request.data, partial=partial, many=many, context={"endpoint": self})
        bound.is_valid(raise_exception=True)
        return bound.validated_data

    def page(self, rows: models.QuerySet[Any], render: Callable[[list[Any]], Any] | None = None) -> Response:
        """Answer with a page of rows, which the caller has scoped already; filters come after the scope.

        :raises Problem: 400 for a query parameter that is unknown or not understood.
        """
        self._only_known_parameters()
        found = self.paginate_queryset(self._filtered(rows))
        assert found is not None
        data = render(list(found)) if render else [self.represent(row) for row in found]
        return self.get_paginated_response(data)

    def _filtered(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        try:
            return self.filter_queryset(rows)
        except (
            serializers.ValidationError
        ) as error:  # the form of the query parameters: django-filter raises no other
            wrong = problems.translated(error)
            for one in wrong.errors:
                one.pointer = "?" + one.pointer.removeprefix("/").partition("/")[0]
            raise wrong from None

    def written(
        self,
        data: Mapping[str, Any],
        revisions: Mapping[str, int] | None = None,
        *,
        status: int = 200,
        at: str = "",
    ) -> Response:
        """Answer a write: the row as it is now, and the program's revisions."""
        return Response(
            {**data, **(revisions or {})}, status=status, headers={"Location": at} if at else None
        )

    def _only_known_parameters(self) -> None:
        known = PARAMETERS | set(getattr(self.filterset_class, "base_filters", {}))
        if unknown := sorted(self.request.query_params.keys() - known):
            raise problems.invalid(
                [FieldError(f"?{name}", _("There is no such parameter.")) for name in unknown]
            )


class Strict(serializers.Serializer[Any]):
    """A body in which unknown fields are errors: a typing error must not look like success."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            known = {name: value for name, value in data.items() if name in self.fields}
            errors: dict[str, Any] = {str(name): [_("There is no such field.")] for name in unknown}
            try:
                super().to_internal_value(known)
            except serializers.ValidationError as error:
                errors |= error.detail  # type: ignore[arg-type]
            raise serializers.ValidationError(errors)
        return super().to_internal_value(data)


class Revisions(serializers.Serializer[Any]):
    """Where the program stands after a write."""

    revision = serializers.IntegerField(help_text="The program's revision after this change.")
    computed_revision = serializers.IntegerField(help_text="The revision that the results were computed at.")
