"""Model fields of our own."""

from datetime import datetime
from typing import Any

from django.db import models


class WallTimeField(models.Field):  # type: ignore[type-arg]
    """A moment on the wall clock of the program: PostgreSQL ``timestamp without time zone``, naive ``datetime`` in Python.

    Plans are made in local working hours ("Monday 08:00"), in MS Project and P6 as well; converting them to instants would
    move them when a zone's rules change (docs/adr/0002).
    """

    description = "Wall-clock time without zone"

    def db_type(self, connection: Any) -> str:
        return "timestamp without time zone"

    def get_internal_type(self) -> str:
        return "WallTimeField"

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return datetime.fromisoformat(str(value))

    def get_prep_value(self, value: Any) -> datetime | None:
        at = self.to_python(super().get_prep_value(value))
        if at is not None and at.tzinfo is not None:
            raise ValueError(f"{self.name}: a wall-clock time has no time zone, got {at!r}")
        return at

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else value.isoformat()
