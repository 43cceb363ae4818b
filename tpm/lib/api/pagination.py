"""Paging by key: a page starts behind the last row of the page before, so its cost does not grow with the distance and
rows that come or go meanwhile never shift the others. There is no offset and no count.

A view names the orderings that it offers as ``orderings`` (a name → columns that are never NULL; the primary key is
always the last one). ``?ordering=-name`` turns one around.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from tpm.lib.api.problems import FieldError, invalid

if TYPE_CHECKING:  # DRF loads this module while it defines that class
    from rest_framework.views import APIView

LIMIT, CURSOR, ORDERING = "limit", "cursor", "ordering"
PARAMETERS = frozenset({LIMIT, CURSOR, ORDERING})


class KeysetPagination(BasePagination):
    """``?limit=`` rows (100, at most 500) per page; ``next`` is the address of the following page, or null."""

    page_size = 100
    largest = 500

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        """Return the rows of the page that the request asks for.

        :raises Problem: 400 if limit, ordering or cursor are not understood.
        """
        self.request = request
        self.limit = self._limit(request)
        columns, backwards = self._ordering(request, view)
        text = request.query_params.get(CURSOR)
        if text is not None:
            queryset = queryset.filter(self._after(queryset.model, columns, backwards, text))
        sign = "-" if backwards else ""
        rows = list(queryset.order_by(*(f"{sign}{column}" for column in columns))[: self.limit + 1])
        self.next_cursor = None
        if len(rows) > self.limit:
            rows = rows[: self.limit]
            self.next_cursor = _encoded([_value(rows[-1], column) for column in columns])
        return rows

    def get_next_link(self) -> str | None:
        if self.next_cursor is None:
            return None
        query = [(k, v) for k, v in parse_qsl(self.request.META.get("QUERY_STRING", "")) if k != CURSOR]
        return self.request.build_absolute_uri("?" + urlencode([*query, (CURSOR, self.next_cursor)]))

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "The next page, or null.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        offered = [name for one in getattr(view, "orderings", {"id": ()}) for name in (one, f"-{one}")]
        return [
            {
                "name": LIMIT,
                "in": "query",
                "description": "Rows per page.",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": self.largest,
                    "default": self.page_size,
                },
            },
            {
                "name": CURSOR,
                "in": "query",
                "description": "Where the page starts; take it from “next”.",
                "schema": {"type": "string"},
            },
            {"name": ORDERING, "in": "query", "schema": {"type": "string", "enum": offered}},
        ]

    def _limit(self, request: Request) -> int:
        text = request.query_params.get(LIMIT, str(self.page_size))
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) >= 1):
            raise invalid([FieldError("?limit", _("Give a whole number of at least 1."))])
        return min(int(text), self.largest)

    def _ordering(self, request: Request, view: "APIView | None") -> tuple[tuple[str, ...], bool]:
        offered: dict[str, Sequence[str]] = getattr(view, "orderings", None) or {"id": ()}
        text = request.query_params.get(ORDERING, next(iter(offered)))
        name = text.removeprefix("-")
        if name not in offered:
            raise invalid(
                [FieldError("?ordering", _("Give one of %(names)s.") % {"names": ", ".join(offered)})]
            )
        return (*(column for column in offered[name] if column != "pk"), "pk"), text.startswith("-")

    def _after(self, model: type[Model], columns: Sequence[str], backwards: bool, text: str) -> Q:  # noqa: FBT001
        wrong = invalid(
            [FieldError("?cursor", _("This cursor was not made by this list; start again without it."))]
        )
        values = _decoded(text)
        if values is None or len(values) != len(columns):
            raise wrong
        try:
            keys = [
                _field(model, column).to_python(value) for column, value in zip(columns, values, strict=True)
            ]
        except (ValidationError, ValueError, TypeError, OverflowError, FieldDoesNotExist):
            raise wrong from None
        if any(key is None or (isinstance(key, str) and "\x00" in key) for key in keys):
            raise wrong
        operator = "lt" if backwards else "gt"
        behind, same = Q(pk__in=[]), Q()
        for column, key in zip(columns, keys, strict=True):
            behind |= same & Q(**{f"{column}__{operator}": key})
            same &= Q(**{column: key})
        return behind


def _field(model: type[Model], column: str) -> Any:
    """Return the field behind a lookup such as ``program__name``."""
    field: Any = None
    for part in column.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = getattr(field, "related_model", None) or model
    return field


def _value(row: Any, column: str) -> Any:
    for part in column.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


def _encoded(values: list[Any]) -> str:
    return (
        base64.urlsafe_b64encode(json.dumps(values, default=_plain, separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
    )


def _decoded(text: str) -> list[Any] | None:
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(values, list) or not all(isinstance(value, str | int) for value in values):
        return None
    small = all(not isinstance(value, int) or abs(value) < 2**63 for value in values)
    return values if small else None
