"""Hours from one CSV table or workbook: cells become dates and minutes, and what can not is said by row.

Columns: ``day`` (YYYY-MM-DD), ``task`` (#number or name) and ``hours`` are needed; ``person`` (e-mail; without it whoever imports),
``project`` (code) and ``note`` may be there. Other columns are refused, as a misspelt one would lose what it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from budgets.importers import one_table
from projects.importers.cells import CellError, day, decimal

NEEDED: Final = ("day", "task", "hours")
COLUMNS: Final = (*NEEDED, "person", "project", "note")
SIXTY: Final = Decimal(60)


@dataclass(frozen=True, slots=True)
class Line:
    """One row; texts are empty where nothing stands."""

    row: int
    day: date
    task: str
    minutes: int
    person: str
    project: str
    note: str


@dataclass(frozen=True, slots=True)
class Wrong:
    row: int
    column: str
    reason: str


def read(files: Mapping[str, BinaryIO]) -> tuple[list[Line], list[Wrong]]:
    """Read one file: its rows, and what is wrong with the others.

    :raises ImportRefused: if it has no table, or a column is missing or unknown.
    """
    table, _report = one_table.load(files, what="hours", needed=NEEDED, known=COLUMNS)
    place = {name: table.columns.index(name) for name in COLUMNS if name in table.columns}
    lines, wrong = [], []
    for number, cells in table.rows:
        texts = {name: cells[at].strip() for name, at in place.items()}
        bad = False
        on, minutes = date.min, 0
        try:
            on = day(texts["day"])
        except CellError as error:
            wrong.append(Wrong(number, "day", error.reason))
            bad = True
        try:
            minutes = minutes_of(decimal(texts["hours"]))
        except CellError as error:
            wrong.append(Wrong(number, "hours", error.reason))
            bad = True
        if not texts["task"]:
            wrong.append(Wrong(number, "task", "a task is its number (#12) or its name"))
            bad = True
        if not bad:
            more = (texts.get(name, "") for name in ("person", "project", "note"))
            lines.append(Line(number, on, texts["task"], minutes, *more))
    return lines, wrong


def minutes_of(hours: Decimal) -> int:
    """Return hours as minutes.

    :raises CellError: if they are negative, more than a day, or no whole minutes.
    """
    if not 0 <= hours <= 24:
        raise CellError("out_of_range", "hours of a day are from 0 to 24")
    minutes = hours * SIXTY
    if minutes != minutes.to_integral_value():
        raise CellError("not_whole", "hours come to whole minutes: 0.25 is a quarter of an hour")
    return int(minutes)
