"""Texts of an MS Project XML file to values, and the collector of what is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from projects.importers.mspdi_fields import INTEGERS, NUMBERS, RANGES
from projects.importers.mspdi_xml import Data
from projects.importers.plan import NONE
from projects.importers.portfolio import EPOCH
from projects.importers.reports import ImportEntry, Report, Severity

T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 1900, 2200
LAST_INSTANT = ((date(LAST_YEAR, 12, 31) - EPOCH).days + 1) * 1440 - 1
MAX_MINUTES = 200 * 366 * 1440
MAX_MONEY = 10**17
SHOWN = 80
MAX_KINDS = 2000
FLAGS = {"1": True, "0": False, "true": True, "false": False}

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)
_DURATION = re.compile(
    r"P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d*)?S)?)?", re.ASCII
)
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\dT)?(\d\d):(\d\d)(?::\d\d(?:\.\d*)?)?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,15}(?:\.0*)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,2})?", re.ASCII)


@lru_cache(maxsize=65_536)
def instant(text: str) -> int | None:
    """Wall minutes of ``2026-01-05T08:00:00``; seconds and a zone are dropped, as plan time has neither."""
    match = _INSTANT.fullmatch(text)
    if not match:
        return None
    day, hour, minute = match.group(1), int(match.group(2) or 0), int(match.group(3) or 0)
    if not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    try:
        wall = (date.fromisoformat(day) - EPOCH).days * 1440 + hour * 60 + minute
        return wall if wall <= LAST_INSTANT else None
    except ValueError:
        return None


@lru_cache(maxsize=16_384)
def minutes(text: str) -> int | None:
    """Minutes of an ISO 8601 duration (``PT8H0M0S``), seconds rounded to the nearest minute; a day has 24 hours."""
    match = _DURATION.fullmatch(text)
    if not match or text in ("P", "PT"):
        return None
    days, hours, mins, seconds = (int(part or 0) for part in match.groups())
    total = days * 1440 + hours * 60 + mins + (seconds + 30) // 60
    return total if total <= MAX_MINUTES else None


def plain_number(value: float) -> str:
    """The shortest text that reads back as ``value``, without a needless fraction."""
    return repr(value).removesuffix(".0")


def clock(text: str) -> int | None:
    """Minutes after midnight of ``08:00:00``."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    value = int(match.group(1)) * 60 + int(match.group(2))
    return value if value <= 1440 and int(match.group(2)) < 60 else None


@lru_cache(maxsize=4_096)
def integer(text: str) -> int | None:
    return int(text.partition(".")[0]) if _INTEGER.fullmatch(text) else None


@lru_cache(maxsize=16_384)
def decimal(text: str) -> Decimal | None:
    if not _DECIMAL.fullmatch(text):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.adjusted() <= 18 else None


@lru_cache(maxsize=16_384)
def cents(text: str) -> int | None:
    """Minor units of an amount, which these files state in hundredths of the currency unit."""
    value = decimal(text)
    if value is None or abs(value) > MAX_MONEY:
        return None
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


class Losses:
    """Findings grouped by severity, code and place: each kept once, with its first line and its count."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[tuple[Severity, str, str], ImportEntry] = {}
        self._counts: dict[tuple[Severity, str, str], int] = {}

    def add(
        self,
        severity: Severity,
        code: str,
        column: str,
        reason: str,
        *,
        line: int,
        value: str = "",
        count: int = 1,
    ) -> None:
        key = (severity, code, column)
        if key in self._found:
            self._counts[key] += count
        elif len(self._found) < MAX_KINDS:
            self._found[key] = ImportEntry(
                severity, code, reason, self.file, line, column, value[:SHOWN].strip()
            )
            self._counts[key] = count

    def entries(self) -> tuple[ImportEntry, ...]:
        """Errors first, then warnings, then infos, each in the order found."""
        report = Report(MAX_KINDS)
        for key, entry in self._found.items():
            report.add(
                ImportEntry(
                    entry.severity,
                    entry.code,
                    entry.reason,
                    entry.file,
                    entry.row,
                    entry.column,
                    entry.value,
                    self._counts[key],
                )
            )
        return report.entries


class Record:
    """Typed access to one record or a part of it. A value that can not be read is reported and counts as absent."""

    __slots__ = ("data", "line", "losses", "path")

    def __init__(self, data: Data, path: str, line: int, losses: Losses) -> None:
        self.data = data
        self.path = path
        self.line = line
        self.losses = losses

    def text(self, name: str) -> str:
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def plain(self, name: str, limit: int = 512) -> str:
        """The text on one line, cut at ``limit`` characters (the cut is reported)."""
        text = self.data.get(name)
        if not text or not isinstance(text, str):
            return ""
        value = " ".join(text.split())
        if len(value) > limit:
            self.warn("text_cut", name, f"longer than {limit} characters; cut", value)
            value = value[:limit]
        return value

    def integer(self, name: str, default: int = 0) -> int:
        text = self.data.get(name)
        if not text or not isinstance(text, str):
            return default
        value = integer(text.strip())
        low, high = RANGES.get(name, INTEGERS)
        return self._bad(name, text, default) if value is None or not low <= value <= high else value

    def number(self, name: str, default: float = 0.0) -> float:
        text = self.data.get(name)
        if not text or not isinstance(text, str):
            return default
        value = decimal(text.strip())
        if value is None or abs(value) > NUMBERS:
            return self._bad(name, text, default)
        return float(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        text = self.data.get(name)
        if not text or not isinstance(text, str):
            return default
        value = FLAGS.get(text)
        if value is None:
            value = FLAGS.get(text.strip().lower())
        return self._bad(name, text, default) if value is None else value

    def instant(self, name: str) -> int:
        text = self.data.get(name)
        if not text or not isinstance(text, str) or text == "NA":
            return NONE
        value = instant(text.strip())
        return self._bad(name, text, NONE) if value is None else value

    def minutes(self, name: str, default: int = 0) -> int:
        text = self.data.get(name)
        if not text or not isinstance(text, str):
            return default
        value = minutes(text.strip())
        return self._bad(name, text, default) if value is None else value

    def cents(self, name: str, default: int = 0) -> int:
        text = self.data.get(name)
        if not text or not isinstance(text, str):
            return default
        value = cents(text.strip())
        return self._bad(name, text, default) if value is None else value

    def child(self, name: str) -> Record:
        value = self.data.get(name)
        return Record(value if isinstance(value, dict) else {}, f"{self.path}/{name}", self.line, self.losses)

    def children(self, name: str) -> Iterator[Record]:
        values = self.data.get(name)
        for value in values if isinstance(values, list) else ():
            if isinstance(value, dict):
                yield Record(value, f"{self.path}/{name}", self.line, self.losses)

    def warn(self, code: str, name: str, reason: str, value: str = "") -> None:
        self._add(Severity.WARNING, code, name, reason, value)

    def info(self, code: str, name: str, reason: str, value: str = "") -> None:
        self._add(Severity.INFO, code, name, reason, value)

    def error(self, code: str, name: str, reason: str, value: str = "") -> None:
        self._add(Severity.ERROR, code, name, reason, value)

    def unread(self, known: Collection[str], defaults: dict[str, str]) -> None:
        """Reports every element that is not ``known`` and does not merely hold its default."""
        for name in self.data.keys() - known:
            value = self.data[name]
            if isinstance(value, str):
                text = value.strip()
                if text in EMPTY or text == defaults.get(name):
                    continue
                self.warn("not_imported", name, "is not imported", text)
            else:
                self.warn("not_imported", name, "is not imported", "")

    def _bad(self, name: str, text: str, default: T) -> T:
        self.warn("bad_value", name, "can not be read; taken as absent", text)
        return default

    def _add(self, severity: Severity, code: str, name: str, reason: str, value: str) -> None:
        place = f"{self.path}/{name}" if name else self.path
        self.losses.add(severity, code, place, reason, line=self.line, value=value)


EMPTY = frozenset({"", "0", "0.0", "0.00", "0.000000", "PT0H0M0S", "P0D", "false", "-1", "NA"})
