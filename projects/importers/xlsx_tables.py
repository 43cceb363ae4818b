"""XLSX bytes to one ``Table`` per sheet, with caps checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import BinaryIO, Protocol

import openpyxl

from projects.importers import tables
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity


class Cell(Protocol):
    """What is read of a cell of the library."""

    @property
    def value(self) -> object: ...
    @property
    def number_format(self) -> object: ...


MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_PARTS = 2000
MAX_SHEETS = 50
MAX_LINES = 400_000


def load(stream: BinaryIO, file: str, report: Report) -> dict[str, tables.Table]:
    """``{sheet name in lower case: table}``; sheets without a header are left out.

    The table's file reads ``book.xlsx[sheet]``. Raises ``ImportRefused`` when it is no readable workbook.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ImportRefused("too_large", f"{file} is larger than {MAX_BYTES // 2**20} MiB", file=file)
    _check_archive(data, file)
    try:
        return _read(data, file, report)
    except ImportRefused:
        raise
    except Exception as error:  # the library raises whatever a broken part makes it trip over
        reason = f"{file} is no readable XLSX workbook ({type(error).__name__})"
        raise ImportRefused("bad_workbook", reason, file=file) from error


def _check_archive(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception as error:  # zipfile raises several kinds on broken directories
        reason = f"{file} is no XLSX workbook (or is encrypted, or an old .xls)"
        raise ImportRefused("bad_workbook", reason, file=file) from error
    if len(parts) > MAX_PARTS:
        raise ImportRefused("too_many_parts", f"{file} has more than {MAX_PARTS} parts", file=file)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        reason = f"{file} would unpack to more than {MAX_UNPACKED // 2**20} MiB"
        raise ImportRefused("too_large_unpacked", reason, file=file)


def _read(data: bytes, file: str, report: Report) -> dict[str, tables.Table]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        if len(book.worksheets) > MAX_SHEETS:
            raise ImportRefused("too_many_sheets", f"{file} has more than {MAX_SHEETS} sheets", file=file)
        found: dict[str, tables.Table] = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            place = f"{file}[{sheet.title}]"
            rows = sheet.iter_rows(max_col=tables.MAX_COLUMNS + 1)
            table = tables.build(place, _lines(rows, place, report), report)
            if table is not None:
                found[sheet.title.strip().lower()] = table
        return found
    finally:
        book.close()


def _lines(rows: Iterable[tuple[Cell, ...]], place: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        if number > MAX_LINES:
            raise ImportRefused(
                "too_many_rows", f"{place} has more than {MAX_LINES:,} rows", file=place, row=number
            )
        if cells:
            texts = [_shown(cell) for cell in cells]
            for text in texts:
                if text.startswith("#") and text in _ERRORS:
                    reason = "the cell shows a spreadsheet error; taken as empty"
                    report.add(
                        ImportEntry(Severity.WARNING, "spreadsheet_error", reason, place, number, value=text)
                    )
            yield number, ["" if text in _ERRORS else text for text in texts]


_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


def _shown(cell: Cell) -> str:
    """The cell as text; a number shown as a percentage keeps its sign (0.35 shown as 35% is "35%")."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        return f"{value * 100:.10g}%"
    return _text(value)


def _text(cell: object) -> str:
    """The cell as the CSV template would hold it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        if cell.time() == time(0, 0):
            return cell.date().isoformat()
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)
