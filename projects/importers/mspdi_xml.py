"""Secure streaming of an MS Project XML file into records: bounded memory, no document type, no entities.

One record is one ``Calendar``, ``Task``, ``Resource`` or ``Assignment`` as nested dictionaries of texts; elements that
may repeat hold lists. Everything is dropped as soon as its consumer returns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol
from xml.parsers import expat

from projects.importers.reports import ImportRefused

CHUNK = 256 * 1024
MAX_BYTES = 1024**3
MAX_DEPTH = 24
MAX_TEXT = 4 * 1024 * 1024
MAX_RECORD_ELEMENTS = 500_000
MAX_SECTION_ELEMENTS = 20_000

COLLECTIONS = {"Calendars": "Calendar", "Tasks": "Task", "Resources": "Resource", "Assignments": "Assignment"}
READ_SECTIONS = frozenset({"ExtendedAttributes"})
REPEATED = frozenset(
    {
        "PredecessorLink",
        "Baseline",
        "ExtendedAttribute",
        "OutlineCode",
        "WeekDay",
        "WorkingTime",
        "Exception",
        "WorkWeek",
        "Rate",
        "AvailabilityPeriod",
        "TimephasedData",
    }
)
NAMESPACE = "http://schemas.microsoft.com/project"

Data = dict[str, object]
Progress = Callable[[int], None]

TRUNCATED = frozenset({"no element found", "unclosed token", "partial character", "unclosed CDATA section"})


class Sink(Protocol):
    """Who takes the pieces, in file order; ``line`` is the XML line where the piece begins."""

    def header(self, name: str, text: str, line: int) -> None: ...
    def section(self, name: str, data: Data, elements: int, line: int) -> None: ...
    def record(self, kind: str, data: Data, line: int) -> None: ...


@dataclass(slots=True)
class _State:
    """Where the parser stands. ``frames`` holds one entry per open element inside a record; None until it has a child."""

    sink: Sink
    file: str
    parser: expat.XMLParserType
    depth: int = 0
    skip: int = 0
    section: str = ""
    elements: int = 0
    line: int = 0
    names: list[str] = field(default_factory=list)
    frames: list[Data | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_length: int = 0
    local: dict[str, str] = field(default_factory=dict)

    def refuse(self, code: str, reason: str) -> ImportRefused:
        line = self.parser.CurrentLineNumber
        return ImportRefused(code, f"{self.file}, line {line}: {reason}", file=self.file, row=line)

    def doctype(self, *_: object) -> None:
        raise self.refuse(
            "document_type", "holds a document type declaration or entities; plans never need one"
        )

    def start(self, name: str, _: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse("too_deep", f"elements are nested deeper than {MAX_DEPTH}")
        if self.skip:
            self.elements += 1
            return
        known = self.local.get(name)
        if known is None:
            known = name.rpartition("}")[2]
            if len(self.local) < 10_000:
                self.local[name] = known
        if self.depth == 1:
            self._root(name, known)
            return
        if self.depth == 2:
            self.section = known
            self.elements = 0
            self.line = self.parser.CurrentLineNumber
        elif self.depth == 3:
            if not self._third(known):
                return
        elif known == "TimephasedData" and (self.depth != 4 or self.section != "Assignments"):
            self.skip = self.depth
            return
        self.elements += 1
        if self.elements > MAX_RECORD_ELEMENTS:
            raise self.refuse(
                "record_too_large", f"one record holds more than {MAX_RECORD_ELEMENTS:,} elements"
            )
        self.names.append(known)
        self.frames.append(None)
        self.text.clear()
        self.text_length = 0

    def _root(self, name: str, known: str) -> None:
        if known != "Project" or ("}" in name and not name.startswith(NAMESPACE)):
            raise self.refuse("not_mspdi", f"is no MS Project XML file: its root element is {known[:80]!r}")

    def _third(self, known: str) -> bool:
        """Whether this is read: a record begins. Unread sections and strangers in a collection are skipped."""
        wanted = COLLECTIONS.get(self.section)
        if wanted == known:
            self.elements = 0
            self.line = self.parser.CurrentLineNumber
        elif self.section not in READ_SECTIONS or self.elements > MAX_SECTION_ELEMENTS:
            if wanted:
                self.sink.section(f"{self.section}/{known}", {}, 1, self.parser.CurrentLineNumber)
            self.skip = self.depth
            self.elements += 1
            return False
        return True

    def characters(self, data: str) -> None:
        if self.skip or not self.frames:
            return
        self.text_length += len(data)
        if self.text_length > MAX_TEXT:
            raise self.refuse("text_too_long", f"one text is longer than {MAX_TEXT:,} characters")
        self.text.append(data)

    def end(self, _: str) -> None:
        depth = self.depth
        self.depth = depth - 1
        if self.skip:
            if depth == self.skip:
                self.skip = 0
            return
        if depth == 1:
            return
        name, frame = self.names.pop(), self.frames.pop()
        text = self.text
        value: object = "".join(text) if frame is None else frame
        if text:
            text.clear()
            self.text_length = 0
        if depth == 2:
            self._section_ended(name, value)
        elif depth == 3 and COLLECTIONS.get(self.section) == name:
            self.sink.record(name, value if isinstance(value, dict) else {}, self.line)
        else:
            self._keep(name, value)

    def _keep(self, name: str, value: object) -> None:
        parent = self.frames[-1]
        if parent is None:
            parent = self.frames[-1] = {}
        if name in REPEATED:
            values = parent.setdefault(name, [])
            if isinstance(values, list):
                values.append(value)
        else:
            parent[name] = value

    def _section_ended(self, name: str, value: object) -> None:
        if name in COLLECTIONS:
            return
        if isinstance(value, str) and self.elements <= 1:
            self.sink.header(name, value, self.line)
        else:
            self.sink.section(name, value if isinstance(value, dict) else {}, self.elements - 1, self.line)


def stream(source: BinaryIO, sink: Sink, *, file: str, progress: Progress | None = None) -> None:
    """Feeds ``source`` to ``sink``; ``progress`` is told the bytes read so far after every chunk.

    Raises ``ImportRefused``: ``empty``, ``truncated``, ``bad_xml``, ``not_mspdi``, ``document_type``, ``too_large``,
    ``too_deep``, ``text_too_long``, ``record_too_large``.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    state = _State(sink, file, parser)
    parser.buffer_text = True
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.characters
    parser.StartDoctypeDeclHandler = state.doctype
    parser.EntityDeclHandler = state.doctype
    parser.ExternalEntityRefHandler = state.doctype  # type: ignore[assignment]
    done = 0
    try:
        while chunk := source.read(CHUNK):
            done += len(chunk)
            if done > MAX_BYTES:
                raise ImportRefused("too_large", f"{file} is larger than {MAX_BYTES // 2**20} MiB", file=file)
            parser.Parse(chunk)
            if progress is not None:
                progress(done)
        if done == 0:
            raise ImportRefused("empty", f"{file} is empty", file=file)
        parser.Parse(b"", True)  # noqa: FBT003 - the C function takes no keywords
    except expat.ExpatError as error:
        raise _refusal(error, file, parser.CurrentLineNumber) from None
    except (LookupError, UnicodeError, ValueError) as error:
        # An encoding that the machine does not know, or that can not be decoded character by character.
        raise ImportRefused(
            "bad_xml", f"{file} has an unreadable encoding: {error}", file=file, row=1
        ) from None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = None


def _refusal(error: expat.ExpatError, file: str, line: int) -> ImportRefused:
    message = expat.ErrorString(error.code) or "unknown error"
    if message in TRUNCATED:
        reason = f"{file} ends in the middle, at line {line}: it was cut off on its way; get it again"
        return ImportRefused("truncated", reason, file=file, row=line)
    return ImportRefused(
        "bad_xml", f"{file}, line {line}: no well-formed XML ({message})", file=file, row=line
    )
