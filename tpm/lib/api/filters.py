"""Query parameters with a type. They are applied to rows that are scoped already, so they can not tell of hidden ones:
an id that does not exist and one that may not be seen both give an empty list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _


class IdField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2**63 - 1, **kwargs})


class IdFilter(django_filters.NumberFilter):
    """An object's id."""

    field_class = IdField


class IdsFilter(django_filters.BaseInFilter, IdFilter):
    """One id or several, separated by commas."""


class WordsFilter(django_filters.BaseInFilter, django_filters.CharFilter):
    """One word or several, separated by commas."""


class FlagField(forms.Field):
    """``true`` or ``false``; anything else is an error, not a missing filter."""

    def to_python(self, value: Any) -> bool | None:
        known = {"": None, "true": True, "1": True, "false": False, "0": False}
        text = str(value or "").lower()
        if text not in known:
            raise forms.ValidationError(_("Give true or false."))
        return known[text]


class FlagFilter(django_filters.BooleanFilter):
    field_class = FlagField


class TextFilter(django_filters.CharFilter):
    """Rows in which one of ``columns`` contains the text, whatever its case."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.columns = columns

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        found = Q(pk__in=[])
        for column in self.columns:
            found |= Q(**{f"{column}__icontains": value})
        return qs.filter(found)
