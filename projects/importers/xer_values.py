"""Cells of an XER row to values; what can not be read is reported and counts as absent."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache

from projects.importers.mspdi_values import FIRST_YEAR, LAST_YEAR, MAX_MINUTES, MAX_MONEY, Losses
from projects.importers.plan import NONE
from projects.importers.portfolio import EPOCH
from projects.importers.reports import Severity
from projects.importers.xer_text import Cells

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d{1,2}):(\d\d)(?::\d\d(?:\.\d*)?)?)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]{0,2000}>|(<[^<>]{0,2000}>)", re.IGNORECASE)
_SKIPPED = re.compile(r"<(head|style|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
MAX_ID = 10**15


@lru_cache(maxsize=65_536)
def instant(text: str) -> int | None:
    """Wall minutes of ``2026-01-05 08:00``."""
    match = _INSTANT.fullmatch(text)
    if not match:
        return None
    day, hour, minute = match.group(1), int(match.group(2) or 0), int(match.group(3) or 0)
    if not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR or hour > 23 or minute > 59:
        return None
    try:
        return (date.fromisoformat(day) - EPOCH).days * 1440 + hour * 60 + minute
    except ValueError:
        return None


@lru_cache(maxsize=16_384)
def decimal(text: str) -> Decimal | None:
    """A number; P6 writes it with the decimal sign of the machine that exported, and never groups digits."""
    text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def minutes_of_hours(hours: Decimal) -> int:
    """Hours to whole minutes."""
    return int((hours * 60).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def plain(markup: str) -> str:
    """The text of a note that P6 keeps as HTML."""
    if "<" in markup:
        markup = _SKIPPED.sub(" ", markup)
        markup = _TAG.sub(lambda tag: "" if tag.group(1) else "\n", markup)
    lines = (" ".join(line.split()) for line in html.unescape(markup).splitlines())
    return "\n".join(line for line in lines if line)


class Row:
    """Typed access to one row of a table."""

    __slots__ = ("cells", "line", "losses", "table")

    def __init__(self, table: str, cells: Cells, line: int, losses: Losses) -> None:
        self.table = table
        self.cells = cells
        self.line = line
        self.losses = losses

    def code(self, name: str) -> str:
        """A short text without spaces around."""
        return self.cells.get(name, "").strip()

    def text(self, name: str) -> str:
        """A long text; P6 doubles quotation marks and writes line breaks as DEL."""
        text = self.cells.get(name, "").replace("\x7f\x7f", "\n").replace("\x7f", "\n")
        return text.replace('""', '"').strip()

    def line_text(self, name: str, limit: int = 512) -> str:
        """The text on one line, cut at ``limit`` characters (the cut is reported)."""
        text = " ".join(self.text(name).split())
        if len(text) > limit:
            self.warn("text_cut", name, f"longer than {limit} characters; cut", text)
        return text[:limit]

    def identity(self, name: str) -> int:
        """A key of the source's own data base; -1 if there is none."""
        text = self.code(name)
        if not text:
            return -1
        if not (text.isascii() and text.isdigit()) or int(text[:17]) > MAX_ID:
            self._bad(name, text)
            return -1
        return int(text)

    def number(self, name: str, default: float = 0.0) -> float:
        value = self._decimal(name)
        return default if value is None else float(value)

    def minutes(self, name: str, default: int = 0) -> int:
        """Minutes of a number of hours."""
        value = self._decimal(name)
        if value is None:
            return default
        if abs(value) > MAX_MINUTES // 60:
            self._bad(name, self.code(name))
            return default
        return minutes_of_hours(value)

    def cents(self, name: str, default: int = 0) -> int:
        value = self._decimal(name)
        if value is None:
            return default
        if abs(value) > MAX_MONEY:
            self._bad(name, self.code(name))
            return default
        return int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))

    def flag(self, name: str, *, default: bool = False) -> bool:
        text = self.code(name).upper()
        return text in ("Y", "1", "TRUE") if text else default

    def instant(self, name: str) -> int:
        text = self.code(name)
        if not text:
            return NONE
        value = instant(text)
        if value is None:
            self._bad(name, text)
            return NONE
        return value

    def warn(self, code: str, name: str, reason: str, value: str = "") -> None:
        self._add(Severity.WARNING, code, name, reason, value)

    def info(self, code: str, name: str, reason: str, value: str = "") -> None:
        self._add(Severity.INFO, code, name, reason, value)

    def error(self, code: str, name: str, reason: str, value: str = "") -> None:
        self._add(Severity.ERROR, code, name, reason, value)

    def _decimal(self, name: str) -> Decimal | None:
        text = self.code(name)
        if not text:
            return None
        value = decimal(text)
        if value is None:
            self._bad(name, text)
        return value

    def _bad(self, name: str, text: str) -> None:
        self.warn("bad_value", name, "can not be read; taken as absent", text)

    def _add(self, severity: Severity, code: str, name: str, reason: str, value: str) -> None:
        place = f"{self.table}/{name}" if name else self.table
        self.losses.add(severity, code, place, reason, line=self.line, value=value)
