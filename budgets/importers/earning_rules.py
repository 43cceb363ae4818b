"""Earning rules of tasks from one CSV table or workbook: cells become rules and weights, and what can not is said by row.

Columns: ``task`` (#number or name) and ``rule`` are needed; ``base`` (the task that an apportioned one follows), ``weight`` and
``control_account`` (yes or no) may be there. An empty cell leaves what stands. ``name`` and ``project`` are for the reader only:
the export writes them. Other columns are refused, as a misspelt one would lose what it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from budgets.importers import one_table
from projects.importers.cells import CellError, boolean, integer
from projects.importers.reports import ImportEntry, Report, Severity

NEEDED: Final = ("task", "rule")
COLUMNS: Final = ("task", "name", "project", "rule", "base", "weight", "control_account")
RULES: Final = ("percent", "zero_hundred", "fifty_fifty", "milestones", "level_of_effort", "apportioned")
MOST_WEIGHT: Final = 1_000_000
EXAMPLES: Final = (
    ("#12", "Build: interface", "CORE", "fifty_fifty", "", "", "no"),
    ("#14", "Interface accepted", "CORE", "percent", "", "3", ""),
    ("#15", "Quality assurance", "CORE", "apportioned", "#12", "", ""),
)


@dataclass(frozen=True, slots=True)
class EarningRow:
    """One row; ``weight`` and ``control_account`` are None, ``base`` empty where nothing stands."""

    row: int
    task: str
    rule: str
    base: str
    weight: int | None
    control_account: bool | None


@dataclass(frozen=True)
class EarningRows:
    file: str
    rows: tuple[EarningRow, ...]
    report: Report


def read(files: Mapping[str, BinaryIO]) -> EarningRows:
    """Read one file.

    :raises ImportRefused: as ``one_table.load``.
    """
    table, report = one_table.load(files, what="earning rules", needed=NEEDED, known=COLUMNS)
    place = {name: table.columns.index(name) for name in COLUMNS if name in table.columns}
    found = []
    for number, cells in table.rows:
        texts: dict[str, str] = {name: cells[at].strip() for name, at in place.items()}
        row = _row(table.file, number, texts, report)
        if row is not None:
            found.append(row)
    return EarningRows(table.file, tuple(found), report)


def _row(file: str, number: int, texts: Mapping[str, str], report: Report) -> EarningRow | None:
    wrong: list[tuple[str, str, str]] = []
    if not texts["task"]:
        wrong.append(("missing", "name the task, as #12 or by its name", "task"))
    rule = texts["rule"].lower()
    if rule not in RULES:
        wrong.append(("bad_choice", f"choose one of {', '.join(RULES)}", "rule"))
    base = texts.get("base", "")
    if rule == "apportioned" and not base:
        wrong.append(("missing", "an apportioned task names the task that it follows", "base"))
    if rule in RULES and rule != "apportioned" and base:
        wrong.append(("not_apportioned", "only an apportioned task names another", "base"))
    weight = control_account = None
    try:
        weight = integer(texts["weight"], 0, MOST_WEIGHT) if texts.get("weight") else None
    except CellError as error:
        wrong.append((error.code, error.reason, "weight"))
    try:
        control_account = boolean(texts["control_account"]) if texts.get("control_account") else None
    except CellError as error:
        wrong.append((error.code, error.reason, "control_account"))
    for code, reason, column in wrong:
        value = texts.get(column, "")[:120]
        report.add(ImportEntry(Severity.ERROR, code, reason, file, number, column, value))
    return None if wrong else EarningRow(number, texts["task"], rule, base, weight, control_account)
