"""CSV bytes to a ``Table``: encoding and delimiter are found out, spreadsheet row numbers kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from projects.importers import tables
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity

MAX_BYTES = 100 * 1024 * 1024


def load(stream: BinaryIO, file: str, report: Report) -> tables.Table | None:
    """The table in ``stream``; None when it is empty. Raises ``ImportRefused`` when it is no readable CSV."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ImportRefused("too_large", f"{file} is larger than {MAX_BYTES // 2**20} MiB", file=file)
    text = _decoded(data, file, report)
    if "\0" in text:
        raise ImportRefused("not_text", f"{file} holds zero bytes: it is no text file", file=file)
    return tables.build(file, _lines(text, file), report)


def _decoded(data: bytes, file: str, report: Report) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16" or b"\0" in data:
            raise ImportRefused("not_text", f"{file} is neither UTF-8 nor UTF-16 text", file=file) from None
        line = data.count(b"\n", 0, error.start) + 1
        reason = "not UTF-8; read as Windows-1252, so check letters with accents"
        report.add(ImportEntry(Severity.WARNING, "encoding", reason, file, line))
        return data.decode("cp1252", errors="replace")


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"{file} can not be read as CSV from row {number} on: {error}"
            raise ImportRefused("bad_csv", reason, file=file, row=number) from None
        yield number, cells


def _delimiter(text: str) -> str:
    """The separator that the header line uses most: comma, semicolon or tab."""
    header = next(
        (
            line
            for line in text[:100_000].splitlines()
            if line.strip() and not line.lstrip().startswith(("#", '"#'))
        ),
        "",
    )
    return max(",;\t", key=header.count)
