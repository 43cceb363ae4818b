"""What amounts have in common through the API: a foreign currency beside the amount, and the day of its rate."""

from typing import Any

from rest_framework import serializers


class RateUsedOut(serializers.Serializer[Any]):
    """The rate at which an amount was converted: units of the portfolio's currency for one of the foreign one."""

    id = serializers.IntegerField()
    on = serializers.DateField()
    rate = serializers.DecimalField(20, 10)


class PricedOut(serializers.Serializer[Any]):
    """``amount`` is in the portfolio's currency. ``currency``, ``original_amount`` and ``rate`` are null unless it was given
    in another one."""

    amount = serializers.DecimalField(18, 2)
    currency = serializers.CharField(allow_null=True)
    original_amount = serializers.DecimalField(22, 4, allow_null=True)
    rate = RateUsedOut(allow_null=True)


class PricedIn(serializers.Serializer[Any]):
    """Give ``amount`` in the portfolio's currency, or ``currency`` and ``original_amount``, which is converted."""

    amount = serializers.DecimalField(18, 2, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False, allow_null=True)
    original_amount = serializers.DecimalField(22, 4, required=False, allow_null=True)


def upper(attrs: dict[str, Any]) -> dict[str, Any]:
    """Write the currency as ISO 4217 does; an amount that is null was not given."""
    if attrs.get("currency"):
        attrs["currency"] = attrs["currency"].upper()
    for name in ("amount", "original_amount"):
        if name in attrs and attrs[name] is None:
            del attrs[name]
    return attrs
