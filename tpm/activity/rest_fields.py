"""Serializer fields that know who asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tpm.accounts.actors import Actor

LARGEST = 2**63 - 1


@extend_schema_field(OpenApiTypes.INT64)
class Reference(serializers.Field[Any, Any, Any, Any]):
    """The id of another object, which becomes the object. ``rows`` gives those that the actor may name; one that is hidden is
    answered as one that does not exist."""

    default_error_messages = {
        "unknown": _("There is no %(noun)s %(id)s that you may use."),
        "type": _("Give an id."),
    }

    def __init__(self, rows: Callable[[Actor], models.QuerySet[Any]], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if type(data) is not int or not 0 < data <= LARGEST:
            self.fail("type")
        actor: Actor = self.context["endpoint"].actor
        found = self.rows(actor).filter(pk=data).first()
        if found is None:
            noun = self.field_name
            raise serializers.ValidationError(
                self.error_messages["unknown"] % {"noun": noun, "id": data}, code="unknown"
            )
        return found

    def to_representation(self, value: Any) -> Any:
        return value.pk


class WallTime(serializers.Field[Any, Any, Any, Any]):
    """A moment on the program's wall clock, ISO 8601 without a zone."""

    default_error_messages = {"type": _("Give a moment such as 2026-11-20T08:00, without a time zone.")}

    def to_internal_value(self, data: Any) -> datetime:
        try:
            value = datetime.fromisoformat(data)
        except (TypeError, ValueError):
            self.fail("type")
        if value.tzinfo is not None:
            self.fail("type")
        return value

    def to_representation(self, value: datetime) -> str:
        return value.isoformat(timespec="minutes")


WallTime = extend_schema_field({"type": "string", "example": "2026-11-20T08:00"})(WallTime)  # type: ignore[misc]
