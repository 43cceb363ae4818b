"""One door for plan files: MS Project XML or Primavera XER in, told apart by what they hold, the neutral plan out."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import BinaryIO, cast

from projects.importers import mspdi, xer
from projects.importers.plan import ImportedPlan
from projects.importers.xer_text import MARK

SUFFIXES = (".xml", ".xer")


class _Peeked:
    """A stream whose first bytes were read to look at them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.head = stream.read(64)

    def read(self, size: int = -1) -> bytes:
        if self.head:
            head, self.head = self.head, b""
            return head
        return self._stream.read(size)


def read(stream: BinaryIO, *, file: str, progress: Callable[[int], None] | None = None) -> ImportedPlan:
    """The plan of an MS Project XML or a Primavera XER file, told apart by their first bytes, else by the name's end.

    ``progress`` is called with the number of bytes read. The stream is read once, forwards only.
    Raises ``ImportRefused`` for what is no whole file of one of these formats.
    """
    peeked = _Peeked(stream)
    source = cast("BinaryIO", peeked)
    if peeked.head.removeprefix(codecs.BOM_UTF8).startswith(MARK.encode()) or file.lower().endswith(".xer"):
        return xer.read(source, file=file, progress=progress)
    return mspdi.read(source, file=file, progress=progress)
