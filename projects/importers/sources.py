"""One door for tables: a set of CSV files or one workbook in, the portfolio and its report out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from projects.importers import csv_tables, plan_tables, portfolio_tables, xlsx_tables
from projects.importers.portfolio import ImportedPortfolio
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity
from projects.importers.table_specs import BY_NAME, GUIDE_SHEET
from projects.importers.tables import Table

MAX_FILES = 50


@dataclass(frozen=True, slots=True)
class PortfolioImport:
    """``report.has_errors`` means rows were left out of ``portfolio``; the report names each."""

    portfolio: ImportedPortfolio
    report: Report


def read_portfolio(files: Mapping[str, BinaryIO], *, name: str = "Imported portfolio") -> PortfolioImport:
    """Reads ``{file name: binary stream}``: CSV tables and XLSX workbooks, told apart by name (``.xlsx``).

    The tables are known by file name without extension, or by sheet name. ``name`` is used where no table names the
    portfolio. Raises ``ImportRefused`` when the set as a whole can not be read.
    """
    if len(files) > MAX_FILES:
        raise ImportRefused("too_many_files", f"more than {MAX_FILES} files")
    report = Report()
    found: dict[str, Table] = {}
    for file, stream in files.items():
        path = PurePath(file)
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            for sheet, table in xlsx_tables.load(stream, file, report).items():
                if sheet != GUIDE_SHEET:
                    _place(found, sheet, table)
        elif path.suffix.lower() == ".csv":
            loaded = csv_tables.load(stream, file, report)
            if loaded is not None:
                _place(found, path.stem.strip().lower(), loaded)
        else:
            reason = "neither .csv nor .xlsx; not read"
            report.add(ImportEntry(Severity.INFO, "other_file", reason, file))
    return PortfolioImport(_read(found, report, name), report)


def _place(found: dict[str, Table], name: str, table: Table) -> None:
    if name in found:
        reason = f"the table {name!r} comes twice: {found[name].file} and {table.file}"
        raise ImportRefused("duplicate_table", reason, file=table.file)
    found[name] = table


def _read(found: dict[str, Table], report: Report, name: str) -> ImportedPortfolio:
    if portfolio_tables.recognises(found):
        known, portfolio = set(portfolio_tables.REQUIRED), portfolio_tables.read(found, report, name=name)
    elif plan_tables.recognises(found):
        known, portfolio = set(BY_NAME), plan_tables.read(found, report, name=name)
    else:
        names = ", ".join(sorted(found)) or "no table at all"
        reason = (
            f"found {names}; expected programs and projects, with tasks or activities (see the templates)"
        )
        raise ImportRefused("unknown_tables", reason)
    for other in sorted(set(found) - known):
        reason = "no table that this import knows; not read"
        report.add(ImportEntry(Severity.WARNING, "unknown_table", reason, found[other].file))
    return portfolio
