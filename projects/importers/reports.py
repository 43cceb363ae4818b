"""What an importer says about its input: entries with place, severity, code and reason, and the refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_ENTRIES = 1000
"""Entries kept word for word in a report; the counts are always complete."""


class Severity(StrEnum):
    """``ERROR``: the row was left out. ``WARNING``: it was taken, but look at it. ``INFO``: stated for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One finding. ``row`` is the spreadsheet row (the header is row 1) or the XML line; 0 when it has no place.

    ``count`` is above 1 where the same thing was found many times and only its first place is kept.
    """

    severity: Severity
    code: str
    reason: str
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    count: int = 1


class Report:
    """Collects entries: the first ``MAX_ENTRIES`` (errors have precedence), and the count of every code."""

    def __init__(self, limit: int = MAX_ENTRIES) -> None:
        self._limit = limit
        self._kept: dict[Severity, list[ImportEntry]] = {severity: [] for severity in Severity}
        self.counts: Counter[Severity] = Counter()
        self.codes: Counter[str] = Counter()

    def add(self, entry: ImportEntry) -> None:
        self.counts[entry.severity] += entry.count
        self.codes[entry.code] += entry.count
        kept = self._kept[entry.severity]
        if len(kept) < self._limit:
            kept.append(entry)

    def extend(self, entries: Iterable[ImportEntry]) -> None:
        for entry in entries:
            self.add(entry)

    @property
    def entries(self) -> tuple[ImportEntry, ...]:
        """At most ``limit`` entries: errors first, then warnings, then infos, each in the order found."""
        ordered = [entry for severity in Severity for entry in self._kept[severity]]
        return tuple(ordered[: self._limit])

    @property
    def has_errors(self) -> bool:
        return self.counts[Severity.ERROR] > 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def __iter__(self) -> Iterator[ImportEntry]:
        return iter(self.entries)


class ImportRefused(Exception):
    """The input as a whole can not be read. ``code`` is stable, ``entries`` say where and why."""

    def __init__(
        self, code: str, reason: str, entries: tuple[ImportEntry, ...] = (), *, file: str = "", row: int = 0
    ) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.entries = entries or (ImportEntry(Severity.ERROR, code, reason, file=file, row=row),)
