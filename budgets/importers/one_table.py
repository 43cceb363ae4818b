"""The one table of a file: a CSV, or a workbook with a single sheet."""

from collections.abc import Collection, Mapping
from typing import BinaryIO

from projects.importers import csv_tables, tables, xlsx_tables
from projects.importers.reports import ImportRefused, Report


def load(
    files: Mapping[str, BinaryIO], *, what: str, needed: Collection[str], known: Collection[str]
) -> tuple[tables.Table, Report]:
    """Return the table of the only file, and the findings of reading it.

    :raises ImportRefused: if there is more than one file or table, a column is missing or unknown, or nothing stands below
        the headings.
    """
    table, report = _table(files, what)
    tables.require(table, tuple(needed))
    if unknown := [name for name in table.columns if name and name not in known]:
        names = ", ".join(unknown)
        raise ImportRefused("unknown_column", f"{table.file} has column(s) that are not known: {names}")
    if not table.rows:
        raise ImportRefused("empty", f"{table.file} has no row below the headings", file=table.file)
    return table, report


def _table(files: Mapping[str, BinaryIO], what: str) -> tuple[tables.Table, Report]:
    if len(files) != 1:
        raise ImportRefused("too_many_files", f"{what} are one CSV file or one workbook")
    name, stream = next(iter(files.items()))
    report = Report()
    if name.lower().endswith(".xlsx"):
        sheets = xlsx_tables.load(stream, name, report)
        if len(sheets) != 1:
            raise ImportRefused(
                "too_many_tables", f"{name} has {len(sheets)} sheets with headings; one is needed", file=name
            )
        return next(iter(sheets.values())), report
    table = csv_tables.load(stream, name, report)
    if table is None:
        raise ImportRefused("empty", f"{name} has no headings", file=name)
    return table, report
