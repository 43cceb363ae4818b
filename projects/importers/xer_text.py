"""Streaming of a Primavera P6 XER file into table rows: bounded memory, every row as long as its table's header.

The format: a first line ``ERMHDR``, then tables as lines of tab-separated cells: ``%T`` and the table's name, ``%F`` and
its columns, ``%R`` and one row; ``%E`` ends the file. Texts with line breaks go on in lines that begin with no mark.
There is no statement of the encoding: a line is UTF-8 if it can be, otherwise Windows-1252.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import BinaryIO

from projects.importers.reports import ImportRefused

CHUNK = 256 * 1024
MAX_BYTES = 1024**3
MAX_LINE = 16 * 1024 * 1024
MARK = "ERMHDR"
MARKS = frozenset({"%T", "%F", "%R", "%E"})

Cells = dict[str, str]
Progress = Callable[[int], None]


class Reader:
    """The rows of one file. After ``rows()`` has ended, ``header`` holds the cells of the first line, ``unread`` the
    number of rows of each table that nobody wanted, ``guessed`` the first line that was no UTF-8 (0: none)."""

    def __init__(self, source: BinaryIO, *, file: str, progress: Progress | None = None) -> None:
        self.file = file
        self.header: list[str] = []
        self.unread: dict[str, tuple[int, int]] = {}
        self.guessed = 0
        self._source = source
        self._progress = progress
        self._line = 0
        self._table = ""
        self._columns: list[str] | None = None
        self._picked: list[tuple[int, str]] | None = None

    def rows(self, wanted: Mapping[str, Collection[str]]) -> Iterator[tuple[str, Cells, int]]:
        """``(table, cells, line)`` of the wanted columns of the wanted tables, in file order; empty cells are left out.

        Raises ``ImportRefused``: ``empty``, ``not_xer``, ``not_text``, ``truncated``, ``bad_row``, ``bad_xer``,
        ``too_large``, ``record_too_large``.
        """
        held: list[str] = []
        began = 0
        for number, line in enumerate(self._lines(), 1):
            self._line = number
            if number == 1:
                self._first(line)
                continue
            mark = line[:2]
            if mark not in MARKS or line[2:3] not in ("\t", ""):
                if held:
                    held.append(line)
                elif line.strip():
                    raise self._refuse("bad_xer", f"a line that is no part of a table: {line[:40]!r}")
                continue
            if held:
                yield from self._row(held, began)
                held = []
            if mark == "%R":
                held, began = [line], number
            elif mark == "%E":
                return
            else:
                self._head(mark, line, wanted)
        if not self._line:
            raise ImportRefused("empty", f"{self.file} is empty", file=self.file)
        reason = f"{self.file} ends in the middle, at line {self._line}: its last line, %E, is missing; get it again"
        raise ImportRefused("truncated", reason, file=self.file, row=self._line)

    def _first(self, line: str) -> None:
        cells = line.split("\t")
        if cells[0].strip() != MARK:
            raise self._refuse("not_xer", f"is no Primavera XER file: it does not begin with {MARK}")
        self.header = cells

    def _head(self, mark: str, line: str, wanted: Mapping[str, Collection[str]]) -> None:
        cells = [cell.strip() for cell in line.split("\t")[1:]]
        if mark == "%T":
            self._table = cells[0].upper() if cells else ""
            if not self._table:
                raise self._refuse("bad_xer", "a table without a name")
            self._columns = None
            return
        if not self._table:
            raise self._refuse("bad_xer", "columns of no table")
        columns = [cell.lower() for cell in cells]
        if len(set(columns)) < len(columns):
            raise self._refuse("bad_xer", f"table {self._table} names a column twice")
        read = wanted.get(self._table)
        self._columns = columns
        self._picked = (
            None if read is None else [(at, name) for at, name in enumerate(columns, 1) if name in read]
        )

    def _row(self, lines: list[str], began: int) -> Iterator[tuple[str, Cells, int]]:
        if self._columns is None:
            place = f"table {self._table}" if self._table else "no table"
            raise self._refuse("bad_xer", f"a row before the columns of its table ({place})", began)
        cells = ("\n".join(lines) if len(lines) > 1 else lines[0]).split("\t")
        if len(cells) - 1 != len(self._columns):
            reason = (
                f"a row of table {self._table} has {len(cells) - 1} cells instead of {len(self._columns)}:"
                " the file was damaged; export it again"
            )
            raise self._refuse("bad_row", reason, began, self._table)
        if self._picked is None:
            count, first = self.unread.get(self._table, (0, began))
            self.unread[self._table] = count + 1, first
            return
        yield self._table, {name: cells[at] for at, name in self._picked if cells[at]}, began

    def _lines(self) -> Iterator[str]:
        begun: list[bytes] = []  # of a line whose end is still to come
        done, waiting, first = 0, 0, True
        while chunk := self._source.read(CHUNK):
            done += len(chunk)
            if done > MAX_BYTES:
                reason = f"{self.file} is larger than {MAX_BYTES // 2**20} MiB"
                raise ImportRefused("too_large", reason, file=self.file)
            if first:
                chunk = self._without_mark(chunk)
                first = False
            *lines, rest = chunk.split(b"\n")
            if lines:
                lines[0] = b"".join((*begun, lines[0]))
                begun, waiting = [], 0
            begun.append(rest)
            waiting += len(rest)
            for line in lines:
                yield self._text(line)
            if waiting > MAX_LINE:
                raise self._refuse("record_too_large", f"a line is longer than {MAX_LINE // 2**20} MiB")
            if self._progress is not None:
                self._progress(done)
        if waiting:
            yield self._text(b"".join(begun))

    def _without_mark(self, chunk: bytes) -> bytes:
        """The beginning of the file without a byte order mark."""
        if len(chunk) < len(codecs.BOM_UTF8):
            chunk += self._source.read(CHUNK)
        if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise self._refuse("not_text", "is in UTF-16; save it as UTF-8")
        return chunk.removeprefix(codecs.BOM_UTF8)

    def _text(self, line: bytes) -> str:
        if b"\0" in line:
            raise self._refuse("not_text", "holds bytes that no text has", self._line + 1)
        try:
            return line.decode("utf-8").rstrip("\r")
        except UnicodeDecodeError:
            self.guessed = self.guessed or self._line + 1
            return line.decode("cp1252", "replace").rstrip("\r")

    def _refuse(self, code: str, reason: str, line: int = 0, table: str = "") -> ImportRefused:
        line = line or self._line
        place = f"{self.file}, line {line}" if line else self.file
        return ImportRefused(
            code,
            f"{place}: {reason}",
            file=self.file,
            row=line,
        )
