"""What the forms of all apps share."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own date picker; its value is ISO whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DayInput(), **options)


class AmountField(forms.DecimalField):
    """An amount of money: exact, two decimals, up to 16 digits before them."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=18, decimal_places=2, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused where it belongs: to its field, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class DurationField(forms.Field):
    """Working time as people write it (``5 d``, ``4h``, ``90 min``, ``2w``; a bare number is days), as working minutes."""

    widget = forms.TextInput(attrs={"size": 8, "autocomplete": "off"})
    _UNITS: ClassVar[dict[str, int]] = {"min": 1, "m": 1, "h": 60, "d": 480, "": 480, "w": 2400}
    _WRITTEN: ClassVar[re.Pattern[str]] = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(min|m|h|d|w|)$")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        size, unit = (
            (480, "d") if value % 480 == 0 or value > 4800 else (60, "h") if value % 60 == 0 else (1, "min")
        )
        return f"{value / size:.4g} {unit}"

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        match = self._WRITTEN.match(str(value).strip().lower())
        if match is None:
            raise ValidationError(
                _("“%(value)s” is no duration. Write 5 d, 4 h or 90 min."), params={"value": value}
            )
        return round(float(match[1].replace(",", ".")) * self._UNITS[match[2]])


class WallTimeFormField(forms.Field):
    """A moment on the program's wall clock: the browser's own picker, a naive ``datetime``."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            read = datetime.fromisoformat(str(value).strip())
        except ValueError as error:
            raise ValidationError(_("Give a date and a time, such as 2026-12-01T08:00.")) from error
        if read.tzinfo is not None:
            raise ValidationError(_("Plans are in the program's own time zone: leave the zone out."))
        return read
