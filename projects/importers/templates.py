"""Empty tables to fill in, made from ``table_specs``: one CSV per table, or one workbook with a sheet per table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import xlsxwriter

from projects.importers.table_specs import EXTRA_EXAMPLES, GUIDE_SHEET, SPECS, TableSpec

NOTE_LINES = (
    "# Rows that start with # and fill one cell only are notes: they are not imported.",
    "# Columns marked * must be filled. Replace the example rows by your own.",
)


def csv_templates() -> dict[str, bytes]:
    """``{file name: content}`` of every table, UTF-8 with a byte-order mark so that spreadsheets read it right."""
    return {f"{spec.name}.csv": _csv(spec) for spec in SPECS}


def xlsx_template() -> bytes:
    """A workbook with a "read me" sheet and one sheet per table; all cells are text, so nothing is reinterpreted."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    guide = book.add_worksheet(GUIDE_SHEET)
    guide.set_column(0, 0, 20)
    guide.set_column(1, 1, 22)
    guide.set_column(2, 2, 100)
    for number, cells in enumerate(_guide_rows()):
        for column, value in enumerate(cells):
            guide.write_string(number, column, value, bold if column < 2 else wrapped)
    for spec in SPECS:
        sheet = book.add_worksheet(spec.name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(spec.columns) - 1, 20, text)
        for number, row in enumerate((_header(spec), *_examples(spec))):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(number, column, value, bold if number == 0 else text)
        for column, described in enumerate(spec.columns):
            sheet.write_comment(0, column, described.meaning)
    book.close()
    return target.getvalue()


def _csv(spec: TableSpec) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    for note in (f"# {spec.purpose}", *NOTE_LINES):
        writer.writerow([note])
    for column in spec.columns:
        writer.writerow([f"# {column.name}{' *' if column.required else ''}: {column.meaning}"])
    writer.writerow(_header(spec))
    writer.writerows(_examples(spec))
    return target.getvalue().encode("utf-8-sig")


def _header(spec: TableSpec) -> list[str]:
    return [f"{column.name} *" if column.required else column.name for column in spec.columns]


def _examples(spec: TableSpec) -> list[list[str]]:
    rows = [[column.example for column in spec.columns]]
    rows += [[extra.get(name, "") for name in spec.names] for extra in EXTRA_EXAMPLES.get(spec.name, ())]
    return rows


def _guide_rows() -> Iterator[tuple[str, str, str]]:
    """``(table, column, meaning)`` lines of the guide."""
    for note in NOTE_LINES[1:]:
        yield note, "", ""
    for spec in SPECS:
        yield spec.name, "", spec.purpose
        for column in spec.columns:
            yield "", f"{column.name}{' *' if column.required else ''}", column.meaning
