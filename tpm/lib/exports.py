"""Tables as files: CSV and XLSX from one description, with cells that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

FORMATS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


AT_ONCE: Final = 5_000
"""Rows that a web process writes while somebody waits; a worker makes longer files (ADR 27)."""
TICK: Final = 250
Told = Callable[[int, int | None], None]
_told: ContextVar[Told | None] = ContextVar("exports_told", default=None)


class TooLong(Exception):
    """The file has more than ``AT_ONCE`` rows and nobody made room for it: it is to be ordered from a worker."""


@contextmanager
def at_work(told: Told) -> Iterator[None]:
    """Make files of any length within; ``told(rows done, rows in all or None)`` hears how far they are and may raise to stop."""
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)


def tell(done: int, total: int | None) -> None:
    """Say how far the file is, if somebody listens."""
    if told := _told.get():
        told(done, total)


def is_at_work() -> bool:
    """Whether a file may take its time here."""
    return _told.get() is not None


def allow(rows: int) -> None:
    """Say beforehand how many rows a file will have, where counting is cheaper than reading.

    :raises TooLong: as :func:`respond` would.
    """
    if rows > AT_ONCE and not is_at_work():
        raise TooLong


@dataclass(frozen=True)
class Column:
    """A column: the heading, how wide it is in a spreadsheet (in characters), and whether it shows the levels of an outline."""

    label: str
    width: int = 16
    indented: bool = False


def harmless(text: str) -> str:
    """Return text that a spreadsheet shows as it is: what would begin a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return UTF-8 with a byte order mark, so that spreadsheets see umlauts; numbers with a point, dates in ISO form."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(column.label) for column in columns])
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    levels: Sequence[int] | None = None,
    strong: Sequence[bool] | None = None,
    about: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return a workbook of one sheet: amounts are numbers, dates are dates, text is text and never a formula or a link.

    :param levels: depth of each row in an outline, 0 on top; a spreadsheet folds what is deeper (to seven levels).
    :param strong: which rows stand out.
    :param about: (label, text) of a second sheet that says what the first one is.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(_sheet_name(title))
    formats = _Formats(book)
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.label, formats.head)
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    if levels is not None:
        sheet.outline_settings(symbols_below=False)
    for at, row in enumerate(rows, 1):
        level = levels[at - 1] if levels is not None else 0
        bold = bool(strong and strong[at - 1])
        if levels is not None:
            sheet.set_row(at, None, None, {"level": min(level, DEEPEST)})
        for index, value in enumerate(row):
            indent = level if columns[index].indented else 0
            match value:
                case None | "":
                    continue
                case bool():
                    sheet.write_boolean(at, index, value)
                case Decimal() | float():
                    sheet.write_number(at, index, float(value), formats.of("#,##0.00", bold=bold))
                case int():
                    sheet.write_number(at, index, value, formats.of("0", bold=bold))
                case datetime():
                    sheet.write_datetime(at, index, value.replace(tzinfo=None), formats.of(DAYS, bold=bold))
                case date():
                    sheet.write_datetime(
                        at, index, datetime(value.year, value.month, value.day), formats.of(DAYS, bold=bold)
                    )
                case _:
                    sheet.write_string(
                        at, index, str(value)[:32_767], formats.of("", bold=bold, indent=indent)
                    )
    if about:
        more = book.add_worksheet(_sheet_name(_("About")))
        more.set_column(0, 0, 20)
        more.set_column(1, 1, 60)
        for at, (label, text) in enumerate(about):
            more.write_string(at, 0, label, formats.head)
            more.write_string(at, 1, str(text)[:32_767])
    book.close()
    return out.getvalue()


def wanted(request: HttpRequest) -> str:
    """Return which file of :data:`FORMATS` a list's address asks for by ``?export=``, empty where it asks for the page.

    A table and its file share one address: the same rows, in the same order, under the same rights.
    """
    kind = request.GET.get("export", "")
    return kind if kind in FORMATS else ""


DAYS: Final = "yyyy-mm-dd"
DEEPEST: Final = 7


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.made: dict[tuple[str, bool, int], Any] = {}

    def of(self, number: str, *, bold: bool = False, indent: int = 0) -> Any:
        key = (number, bold, min(indent, 15))
        if key == ("", False, 0):
            return None
        if key not in self.made:
            look = {"num_format": number} if number else {}
            self.made[key] = self.book.add_format(look | {"bold": bold, "indent": min(indent, 15)})
        return self.made[key]


def respond(kind: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return the download in one of :data:`FORMATS`.

    :raises KeyError: for another format.
    :raises TooLong: for more than ``AT_ONCE`` rows, unless somebody waits for a long file (:func:`at_work`).
    """
    content_type = FORMATS[kind]
    rows = _all(rows)
    body = write_csv(columns, rows) if kind == "csv" else write_xlsx(title, columns, rows)
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(title) or "table"}.{kind}"'
    return response


def _all(rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """Return the rows, read; where a long file is made, they say how far it is, while they are read and again when written."""
    if not is_at_work():
        few = list(islice(rows, AT_ONCE + 1))
        if len(few) > AT_ONCE:
            raise TooLong
        return few
    read = []
    for at, row in enumerate(rows):
        if at % TICK == 0:
            tell(at, None)
        read.append(row)
    return _written(read)


def _written(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for at, row in enumerate(rows):
        if at % TICK == 0:
            tell(at, len(rows))
        yield row


def _csv_value(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case datetime() | date():
            return value.isoformat()
        case bool() | int() | float():
            return str(value)
        case _:
            return harmless(str(value))


def _sheet_name(title: str) -> str:
    """A sheet's name has at most 31 characters and none of ``[]:*?/\\``."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31].strip() or "Table"
