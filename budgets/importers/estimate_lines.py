"""Lines of a cost estimate from one CSV table or workbook; what can not be read is said by row.

Columns: ``name`` and ``likely`` are needed; ``key``, ``category``, ``method``, ``quantity``, ``unit``, ``currency``, ``optimistic``,
``pessimistic`` and ``basis`` may be there, and what an export adds (``expected``, ``standard_deviation``, ``rate``, ``rate_on``), which is
computed anew. The three points are in ``currency``, or in the portfolio's where that is empty. Other columns are refused.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from budgets.importers import one_table
from projects.importers.cells import CellError, decimal

NEEDED: Final = ("name", "likely")
NUMBERS: Final = ("quantity", "optimistic", "likely", "pessimistic")
POINTS: Final = NUMBERS[1:]
COLUMNS: Final = ("key", "name", "category", "method", *NUMBERS, "unit", "currency", "basis")
METHODS: Final = ("bottom_up", "three_point", "analogous", "parametric", "quote", "expert")
COMPUTED: Final = ("expected", "standard_deviation", "rate", "rate_on")
LENGTHS: Final = {"key": 60, "name": 300, "unit": 40}


def read(files: Mapping[str, BinaryIO], own: str) -> tuple[list[dict[str, Any]], list[tuple[int, str, str]]]:
    """Read one file: fields of lines (with their ``row``), and (row, column, reason) of what is wrong. Points in another currency
    than the portfolio's ``own`` are named ``original_optimistic`` and so on.

    :raises ImportRefused: if it has no table, or a column is missing or unknown.
    """
    known = (*COLUMNS, *COMPUTED, "standard deviation")
    table, _report = one_table.load(files, what="lines of an estimate", needed=NEEDED, known=known)
    place = {name: table.columns.index(name) for name in COLUMNS if name in table.columns}
    rows: list[dict[str, Any]] = []
    wrong: list[tuple[int, str, str]] = []
    for number, cells in table.rows:
        fields: dict[str, Any] = {"row": number}
        for name, at in place.items():
            text = cells[at].strip()
            if not text:
                continue
            if name in NUMBERS:
                try:
                    fields[name] = decimal(text)
                    places = 2 if name in POINTS else 3
                    if name in POINTS and "currency" in place and cells[place["currency"]].strip():
                        places = 4  # how many the currency counts in is looked at with it
                    if -int(fields[name].normalize().as_tuple().exponent) > places:
                        raise CellError("decimals", f"at most {places} decimals")
                except CellError as error:
                    wrong.append((number, name, error.reason))
            elif name == "method" and text not in METHODS:
                wrong.append((number, name, f"a method is one of {', '.join(METHODS)}"))
            elif len(text) > LENGTHS.get(name, 2000):
                wrong.append((number, name, f"at most {LENGTHS.get(name, 2000)} characters"))
            else:
                fields[name] = text.upper() if name == "currency" else text
        if fields.get("currency") == own:
            del fields["currency"]
        if "currency" in fields:
            fields = {f"original_{name}" if name in POINTS else name: value for name, value in fields.items()}
        rows.append(fields)
    return rows, wrong
