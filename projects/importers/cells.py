"""From the text of one cell to a value. Every function returns the value or raises ``CellError`` with a reason."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from projects.importers.plan import LagUnit
from projects.importers.portfolio import day_end, day_start

FIRST_YEAR, LAST_YEAR = 1970, 2149
MINUTES = {"m": 1, "min": 1, "h": 60, "d": 480, "w": 2400, "mo": 9600}
ELAPSED_MINUTES = {"em": 1, "emin": 1, "eh": 60, "ed": 1440, "ew": 10080, "emo": 43200}
PERCENTS = {"%": LagUnit.PERCENT, "e%": LagUnit.ELAPSED_PERCENT}
PERCENTAGES = frozenset(PERCENTS.values())
MAX_MINUTES = 100 * 366 * 1440
MAX_MONEY = 10**17
MAX_DIGITS = 40

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?")
_AMOUNT = re.compile(r"([+-]?\d{1,12}(?:\.\d{1,9})?)\s*([a-z]*%?)")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_TRUE, _FALSE = {"1", "yes", "y", "true", "x"}, {"0", "no", "n", "false", ""}


class CellError(ValueError):
    """``code`` is stable; the message says what was expected."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def moment(text: str) -> datetime | date:
    """A ``YYYY-MM-DD`` day, or a ``YYYY-MM-DD HH:MM`` wall-clock instant (seconds are dropped)."""
    match = _DATE.fullmatch(text)
    if not match or not text.isascii():
        raise CellError("bad_date", "not a date; write YYYY-MM-DD or YYYY-MM-DD HH:MM")
    year, month, day_of_month = (int(part) for part in match.group(1, 2, 3))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError("date_out_of_range", f"the year must lie in {FIRST_YEAR}..{LAST_YEAR}")
    try:
        day = date(year, month, day_of_month)
        return (
            day
            if match.group(4) is None
            else datetime.combine(day, time(int(match.group(4)), int(match.group(5))))
        )
    except ValueError:
        raise CellError("bad_date", "there is no such day or time in the calendar") from None


def wall(text: str, *, is_finish: bool) -> int:
    """Wall minutes: an instant as written; a day as its 00:00, or its 24:00 when it is a finish."""
    value = moment(text)
    if isinstance(value, datetime):
        return day_start(value.date()) + value.hour * 60 + value.minute
    return day_end(value) if is_finish else day_start(value)


def day(text: str) -> date:
    value = moment(text)
    return value.date() if isinstance(value, datetime) else value


def decimal(text: str) -> Decimal:
    """A plain decimal number with a point; no thousands separators, no infinities."""
    plain = text.replace("\u00a0", "").strip()
    if not plain.isascii() or len(plain) > MAX_DIGITS or not _NUMBER.fullmatch(plain):
        raise CellError(
            "bad_number", "not a number; write digits with a decimal point and no thousands separators"
        )
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise CellError("bad_number", "not a number") from None


def number(text: str, low: float, high: float) -> float:
    value = float(decimal(text))
    if not low <= value <= high:
        raise CellError("out_of_range", f"must lie in {low:g}..{high:g}")
    return value


def integer(text: str, low: int, high: int) -> int:
    """A whole number; ``7.0`` counts as one."""
    value = decimal(text)
    if abs(value) > 10**18 or value != value.to_integral_value():
        raise CellError("bad_number", "not a whole number")
    if not low <= value <= high:
        raise CellError("out_of_range", f"must lie in {low}..{high}")
    return int(value)


def cents(text: str, unit: int = 1) -> int:
    """Minor units of ``text`` given in ``unit`` currency units (1,000,000 for millions), rounded half to even."""
    value = decimal(text)
    if value.adjusted() > 17:
        raise CellError("out_of_range", "the amount is too large")
    minor = int((value * unit * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    if abs(minor) > MAX_MONEY:
        raise CellError("out_of_range", "the amount is too large")
    return minor


def boolean(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise CellError("bad_choice", "write yes or no")


def percent(text: str) -> float:
    return number(text.removesuffix("%").strip(), 0, 100)


def probability(text: str) -> float:
    """0..1, or a percentage written with its sign (``35%``)."""
    if text.endswith("%"):
        return number(text[:-1].strip(), 0, 100) / 100
    return number(text, 0, 1)


def duration(text: str) -> tuple[int, bool]:
    """``(minutes, is_elapsed)`` of ``5d``, ``4h``, ``2w``, ``3ed`` ...; a bare number counts days of 8 hours."""
    minutes, unit = _amount(text)
    if unit in PERCENTAGES:
        raise CellError("bad_duration", "a duration can not be a percentage")
    if minutes < 0:
        raise CellError("bad_duration", "a duration can not be negative")
    return minutes, unit is LagUnit.ELAPSED


def lag(text: str) -> tuple[int, LagUnit]:
    """``(lag, unit)`` of ``2d``, ``-1d``, ``3ed``, ``50%``; percentages come in hundredths of a percent."""
    return _amount(text)


def _amount(text: str) -> tuple[int, LagUnit]:
    match = _AMOUNT.fullmatch(text.strip().lower())
    if not match or not text.isascii():
        raise CellError(
            "bad_duration", "write a number and a unit: m h d w mo, or em eh ed ew emo for elapsed time"
        )
    value, suffix = Decimal(match.group(1)), match.group(2) or "d"
    if suffix in PERCENTS:
        scaled, unit = value * 100, PERCENTS[suffix]
    elif suffix in MINUTES:
        scaled, unit = value * MINUTES[suffix], LagUnit.WORKING
    elif suffix in ELAPSED_MINUTES:
        scaled, unit = value * ELAPSED_MINUTES[suffix], LagUnit.ELAPSED
    else:
        raise CellError("bad_duration", f"unknown unit {suffix!r}; use m h d w mo, or em eh ed ew emo")
    if abs(scaled) > MAX_MINUTES:
        raise CellError("out_of_range", "longer than a hundred years")
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)), unit
