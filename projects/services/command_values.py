"""The values of plan edits in JSON: each reader takes what came and returns what the plan keeps, or says what it should have been."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from projects.models import Dependency, Task
from tpm.lib import walltime

LARGEST = 2**63 - 1
LONGEST = 100 * 366 * 1440  # minutes of a century: a typing error beyond it, and safe for the engines' sums
EARLIEST, LATEST = datetime(1970, 1, 1), datetime(2149, 12, 31, 23, 59)  # as far as calendars are laid out
KINDS = {kind.name: int(kind) for kind in Dependency.Kind}
MOST_UNITS = 9_999_999
LAG_UNITS = {"working": 0, "elapsed": 1, "percent": 2, "elapsed_percent": 3}
CONSTRAINTS = {kind.name: int(kind) for kind in Task.Constraint}

Reader = Callable[[Any], Any]


class Wrong(Exception):
    """A value is not what it should be; the text says what it should be."""


def integer(low: int = 0, high: int = LARGEST) -> Reader:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise Wrong(
                _("Give a whole number.")
                if high == LARGEST
                else _("Give a whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
            )
        return value

    return read


def optional(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def text(longest: int, *, blank: bool = True) -> Reader:
    def read(value: Any) -> str:
        if value is None and blank:
            return ""
        if not isinstance(value, str) or "\x00" in value:
            raise Wrong(_("Give a text."))
        if not blank and not value.strip():
            raise Wrong(_("Give a text that is not empty."))
        if len(value) > longest:
            raise Wrong(_("Give a text of at most %(longest)s characters.") % {"longest": longest})
        return value

    return read


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong(_("Give true or false."))
    return value


def percent(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise Wrong(_("Give a number from 0 to 100."))
    return float(value)


def units(value: Any) -> Decimal:
    wrong = Wrong(_("Give a number of units from 0 to %(most)s; 1 is full time.") % {"most": MOST_UNITS})
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong
    try:
        units = Decimal(str(value))
    except InvalidOperation:
        raise wrong from None
    if not units.is_finite() or not 0 <= units <= MOST_UNITS:
        raise wrong
    return round(units, 4)


def moment(value: Any) -> datetime:
    wrong = Wrong(_("Give a moment of the program's clock, such as 2026-11-20T08:00, without a time zone."))
    try:
        if type(value) is int:
            moment = walltime.to_datetime(value)
        else:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        raise wrong from None
    if moment is None or moment.tzinfo is not None or not EARLIEST <= moment <= LATEST:
        raise wrong
    return moment.replace(second=0, microsecond=0)


def code(names: Mapping[str, int]) -> Reader:
    def read(value: Any) -> int:
        if isinstance(value, str) and value in names:
            return names[value]
        if type(value) is int and value in names.values():
            return value
        raise Wrong(_("Give one of %(names)s.") % {"names": ", ".join(names)})

    return read


def reference(value: Any) -> int:
    """An id, or −N for what the Nth command of the same list creates."""
    if type(value) is int and value < 0:
        return -int(integer(1, 2**31 - 1)(-value))
    return int(identity(value))


identity = integer(1)
version = integer(1, 2**31 - 1)
minutes = integer(0, LONGEST)

SETTABLE: dict[str, Reader] = {
    "name": text(500, blank=False),
    "is_milestone": flag,
    "duration": minutes,
    "is_elapsed": flag,
    "calendar": optional(identity),
    "ignores_resource_calendars": flag,
    "constraint": code(CONSTRAINTS),
    "constraint_at": optional(moment),
    "deadline": optional(moment),
    "is_active": flag,
    "is_manual": flag,
    "manual_start": optional(moment),
    "manual_finish": optional(moment),
    "actual_start": optional(moment),
    "actual_finish": optional(moment),
    "percent_complete": percent,
    "remaining": optional(minutes),
    "priority": integer(0, 1000),
    "responsible": text(200),
    "notes": text(100_000),
}


OF_ASSIGNMENT: dict[str, Reader] = {
    "units": units,
    "work": optional(minutes),
    "actual_work": minutes,
    "delay": minutes,
}
