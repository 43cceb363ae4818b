"""Values as MS Project XML texts, and the little markup builder of the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from xml.sax.saxutils import escape

from projects.importers.plan import NONE
from projects.importers.portfolio import EPOCH

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def instant(wall: int) -> str:
    """``2026-01-05T08:00:00``; empty for ``NONE``."""
    if wall == NONE:
        return ""
    day, minute = divmod(wall, 1440)
    return f"{(EPOCH + timedelta(days=day)).isoformat()}T{minute // 60:02d}:{minute % 60:02d}:00"


def duration(minutes: int) -> str:
    """``PT8H0M0S``; empty for ``NONE``."""
    return "" if minutes == NONE else f"PT{minutes // 60}H{minutes % 60}M0S"


def amount(cents: int) -> str:
    """Hundredths of the currency unit, as this format states money; empty for ``NONE``."""
    return "" if cents == NONE else str(cents)


def time_of_day(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"


def flag(value: bool) -> str:  # noqa: FBT001 - a converter of one value
    return "1" if value else "0"


class Markup:
    """Builds indented elements. Empty values leave their element out."""

    __slots__ = ("_indent", "_lines")

    def __init__(self, depth: int) -> None:
        self._indent = " " * depth
        self._lines: list[str] = []

    def add(self, name: str, value: str) -> None:
        """An element whose value needs no escaping."""
        if value:
            self._lines.append(f"{self._indent}<{name}>{value}</{name}>\n")

    def text(self, name: str, value: str) -> None:
        """An element with free text; characters that XML can not hold are dropped."""
        if value:
            legal = escape(_ILLEGAL.sub("", value), {"\r": "&#13;"})
            self._lines.append(f"{self._indent}<{name}>{legal}</{name}>\n")

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        self._lines.append(f"{self._indent}<{name}>\n")
        self._indent += " "
        yield
        self._indent = self._indent[:-1]
        self._lines.append(f"{self._indent}</{name}>\n")

    def done(self) -> str:
        return "".join(self._lines)
