"""A table of text cells with its file name and spreadsheet rows, and the typed, reporting access to one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from projects.importers.cells import CellError
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
MAX_KEY = 100
SHOWN = 120

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are ``(spreadsheet row, cells)``; the header is row 1 unless notes stand above it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def column_name(text: str) -> str:
    """``Planned Start *`` and ``planned-start`` are both ``planned_start``."""
    return re.sub(r"[\s\-/]+", "_", text.strip().rstrip("*").strip().lower())


def build(file: str, lines: Iterable[tuple[int, list[str]]], report: Report) -> Table | None:
    """A table from ``(row number, cells)`` lines: the first non-empty line that is not a ``#`` note is the header.

    Blank lines are skipped, and so are notes: lines with one filled cell, the first, that starts with ``#``. None when there is no header at all.
    Raises ``ImportRefused`` for a header that can not be read and for tables past the caps.
    """
    header: tuple[str, ...] | None = None
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in lines:
        filled = [cell for cell in cells if cell.strip()]
        if not filled or (len(filled) == 1 and cells[0].lstrip().startswith("#")):
            continue
        if header is None:
            header = _header(file, number, cells)
            continue
        if len(rows) >= MAX_ROWS:
            raise ImportRefused(
                "too_many_rows", f"{file} has more than {MAX_ROWS:,} rows", file=file, row=number
            )
        row = _fitted(file, number, cells, len(header), report)
        if row is not None:
            rows.append((number, row))
    return None if header is None else Table(file, header, tuple(rows))


def _header(file: str, number: int, cells: list[str]) -> tuple[str, ...]:
    names = [column_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise ImportRefused(
            "too_many_columns", f"{file} has more than {MAX_COLUMNS} columns", file=file, row=number
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ImportRefused(
            "duplicate_column", f"{file} has two columns named {twice[0]!r}", file=file, row=number
        )
    return tuple(names)


def _fitted(file: str, number: int, cells: list[str], width: int, report: Report) -> tuple[str, ...] | None:
    if any(len(cell) > MAX_CELL for cell in cells):
        report.add(
            ImportEntry(
                Severity.ERROR,
                "cell_too_long",
                f"a cell is longer than {MAX_CELL:,} characters",
                file,
                number,
            )
        )
        return None
    values = [cell.strip() for cell in cells]
    extra = [value for value in values[width:] if value]
    if extra:
        reason = (
            f"{len(extra)} cell(s) stand to the right of the last column; a comma may be missing its quotes"
        )
        report.add(ImportEntry(Severity.ERROR, "extra_cells", reason, file, number, value=extra[0][:SHOWN]))
        return None
    if len(values) < width:
        values += [""] * (width - len(values))
    return tuple(values[:width])


class Row:
    """One row with typed access. A cell that can not be read is reported and counts as empty."""

    __slots__ = ("_cells", "_report", "file", "number")

    def __init__(self, table: Table, number: int, cells: tuple[str, ...], report: Report) -> None:
        self.file = table.file
        self.number = number
        self._cells: Mapping[str, str] = dict(zip(table.columns, cells, strict=True))
        self._report = report

    def text(self, column: str) -> str:
        """The cell without NULs and other control characters that no text column can hold."""
        value = self._cells.get(column, "")
        if value.isprintable():
            return value
        return "".join(
            char
            for char in value
            if char in "\n\t" or (ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF)
        )

    def key(self, column: str) -> str | None:
        """A short identifier; None (and an error) when the cell is empty or too long: the row has no place."""
        value = self.text(column)
        if not value:
            self.error("missing_value", column, "this column is needed to place the row")
        elif len(value) > MAX_KEY:
            self.error("key_too_long", column, f"an identifier has at most {MAX_KEY} characters", value)
        else:
            return value
        return None

    def read(
        self,
        column: str,
        parse: Callable[[str], T],
        *,
        severity: Severity = Severity.WARNING,
        lost: str = "left empty",
    ) -> T | None:
        """``parse`` of the cell; None when it is empty, or bad (then reported with ``severity`` and what became of it)."""
        value = self.text(column)
        if not value:
            return None
        try:
            return parse(value)
        except CellError as error:
            self.add(severity, error.code, column, f"{error.reason}; {lost}", value)
            return None

    def others(self, known: Iterable[str]) -> dict[str, str]:
        """Non-empty cells of columns that are not ``known``."""
        names = set(known)
        return {
            name: self.text(name)
            for name, value in self._cells.items()
            if value and name and name not in names
        }

    def add(self, severity: Severity, code: str, column: str, reason: str, value: str = "") -> None:
        self._report.add(ImportEntry(severity, code, reason, self.file, self.number, column, value[:SHOWN]))

    def error(self, code: str, column: str, reason: str, value: str = "") -> None:
        self.add(Severity.ERROR, code, column, f"{reason}; the row was left out", value)

    def warn(self, code: str, column: str, reason: str, value: str = "") -> None:
        self.add(Severity.WARNING, code, column, reason, value)

    def info(self, code: str, column: str, reason: str, value: str = "") -> None:
        self.add(Severity.INFO, code, column, reason, value)


def rows_of(table: Table | None, key_column: str, report: Report) -> Iterator[tuple[str, Row]]:
    """``(key, row)`` of every row with a key of its own; the others are reported as errors."""
    seen: dict[str, int] = {}
    for number, cells in table.rows if table else ():
        row = Row(table, number, cells, report)  # type: ignore[arg-type]
        key = row.key(key_column)
        if key is None:
            continue
        if key in seen:
            row.error("duplicate_key", key_column, f"row {seen[key]} has the same identifier", key)
            continue
        seen[key] = number
        yield key, row


def require(table: Table, columns: Iterable[str]) -> None:
    """Raises ``ImportRefused`` naming the missing columns."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        entries = tuple(
            ImportEntry(
                Severity.ERROR, "missing_column", f"{table.file} has no column {name!r}", table.file, 1, name
            )
            for name in missing
        )
        names = ", ".join(missing)
        raise ImportRefused("missing_column", f"{table.file} has no column(s): {names}", entries)


def require_tables(found: Mapping[str, Table], names: Iterable[str]) -> None:
    """Raises ``ImportRefused`` naming the missing tables."""
    missing = [name for name in names if name not in found]
    if missing:
        entries = tuple(
            ImportEntry(Severity.ERROR, "missing_table", f"the table {name!r} is missing", name)
            for name in missing
        )
        raise ImportRefused("missing_table", f"missing table(s): {', '.join(missing)}", entries)
