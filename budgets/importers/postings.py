"""Postings of a ledger from one CSV table or workbook: cells become dates and decimals, and what can not is said by row.

Columns: ``posted_on`` (YYYY-MM-DD) and ``amount`` are needed; ``currency``, ``project`` (code), ``task`` (#number or name),
``category``, ``description`` and ``key`` (the ledger's own identifier of the posting) may be there. Other columns are refused,
as a misspelt one would lose what it holds.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from budgets.importers import one_table
from projects.importers.cells import CellError, day, decimal
from projects.importers.reports import ImportEntry, Report, Severity

NEEDED: Final = ("posted_on", "amount")
COLUMNS: Final = (*NEEDED, "currency", "project", "task", "category", "description", "key")
MOST_DIGITS: Final = 16
_STEP: Final = 5_000


@dataclass(frozen=True, slots=True)
class Posting:
    """One row; texts are empty where nothing stands. ``key`` is the ledger's, or made from what the row says: the same row in
    another file is the same posting, and of several equal rows in one file each is one."""

    row: int
    posted_on: date
    amount: Decimal
    currency: str
    project: str
    task: str
    category: str
    description: str
    key: str


@dataclass(frozen=True)
class Postings:
    file: str
    rows: tuple[Posting, ...]
    report: Report


def read(files: Mapping[str, BinaryIO], progress: Callable[[int], None] | None = None) -> Postings:
    """Read one file; ``progress`` is called with the percentage of its rows.

    :raises ImportRefused: if there is more than one file or table, a column is missing or unknown, or nothing stands below
        the headings.
    """
    table, report = one_table.load(files, what="postings", needed=NEEDED, known=COLUMNS)
    place = {name: table.columns.index(name) for name in COLUMNS if name in table.columns}
    seen: Counter[str] = Counter()
    keys: dict[str, int] = {}
    found = []
    for index, (number, cells) in enumerate(table.rows):
        if progress is not None and index % _STEP == 0:
            progress(index * 100 // len(table.rows))
        texts: dict[str, str] = {name: cells[at] for name, at in place.items()}
        if not "".join(cells).isprintable():
            texts = {name: _plain(cell) for name, cell in texts.items()}
        posting = _posting(table.file, number, texts, report, seen)
        if posting is None:
            continue
        if posting.key in keys:
            reason = f"row {keys[posting.key]} has the same key"
            report.add(
                ImportEntry(Severity.ERROR, "duplicate_key", reason, table.file, number, "key", posting.key)
            )
            continue
        keys[posting.key] = number
        found.append(posting)
    return Postings(table.file, tuple(found), report)


def _posting(
    file: str, number: int, texts: Mapping[str, str], report: Report, seen: Counter[str]
) -> Posting | None:
    def wrong(code: str, reason: str, column: str) -> None:
        report.add(
            ImportEntry(Severity.ERROR, code, reason, file, number, column, texts.get(column, "")[:120])
        )

    bad = False
    posted_on, amount = date.min, Decimal(0)
    try:
        posted_on = day(texts["posted_on"])
    except CellError as error:
        wrong(error.code, error.reason, "posted_on")
        bad = True
    try:
        amount = decimal(texts["amount"])
        if abs(amount) >= Decimal(10) ** MOST_DIGITS:
            raise CellError("out_of_range", "the amount is too large")
        if not amount:
            raise CellError("zero", "a posting of nothing")
    except CellError as error:
        wrong(error.code, error.reason, "amount")
        bad = True
    currency = texts.get("currency", "").upper()
    if currency and (len(currency) != 3 or not currency.isalpha()):
        wrong("bad_currency", "a currency is its ISO 4217 code of three letters, such as EUR", "currency")
        bad = True
    key = texts.get("key", "")
    if len(key) > 150:
        wrong("key_too_long", "a key has at most 150 characters", "key")
        bad = True
    if bad:
        return None
    told = (texts.get("project", ""), texts.get("task", ""), texts.get("category", "").lower())
    description = texts.get("description", "")
    if not key:
        said = "\x1f".join((posted_on.isoformat(), str(amount.normalize()), currency, *told, description))
        digest = hashlib.sha256(said.encode()).hexdigest()[:24]
        seen[digest] += 1
        key = f"row:{digest}:{seen[digest]}"
    return Posting(number, posted_on, amount, currency, *told, description, key)


def _plain(cell: str) -> str:
    """Return a cell without control characters, which no text column holds."""
    return cell if cell.isprintable() else "".join(char for char in cell if char.isprintable())
