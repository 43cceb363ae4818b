"""Postings of a ledger: what a row says, and what is wrong with it, by row and column."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.importers import postings
from projects.importers.reports import ImportRefused, Severity

HEAD = "posted_on,amount,currency,project,task,category,description,key\n"


def _read(text: str, name: str = "ledger.csv") -> postings.Postings:
    return postings.read({name: io.BytesIO(text.encode())})


def test_each_error_names_its_row_column_and_value() -> None:
    found = _read(
        HEAD + "2026-01-31,12.50,,,,,,\n31.1.2026,1,,,,,,\n2026-02-30,1e99,,,,,,\n2026-02-01,5,euro,,,,,\n"
    )
    errors = [(e.row, e.column, e.value) for e in found.report.entries if e.severity == Severity.ERROR]
    assert errors == [
        (3, "posted_on", "31.1.2026"), (4, "posted_on", "2026-02-30"), (4, "amount", "1e99"), (5, "currency", "EURO".lower()),
    ]  # fmt: skip
    assert [row.row for row in found.rows] == [2]


def test_equal_rows_of_a_file_are_several_postings_and_the_same_ones_in_the_next_file() -> None:
    row = "2026-01-31,12.50,,,,cloud,Hours,\n"
    first, again = _read(HEAD + row * 2), _read(HEAD + row * 3)
    assert len({posting.key for posting in first.rows}) == 2
    assert {posting.key for posting in first.rows} < {posting.key for posting in again.rows}


def test_a_key_that_stands_twice_is_refused() -> None:
    found = _read(HEAD + "2026-01-31,1,,,,,,K1\n2026-01-31,2,,,,,,K1\n")
    assert [(e.code, e.row) for e in found.report.entries] == [("duplicate_key", 3)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (HEAD, "empty"),
        ("posted_on,description\n2026-01-01,x\n", "missing_column"),
        ("posted_on,amount,vendour\n2026-01-01,1,x\n", "unknown_column"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(text: str, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        _read(text)
    assert refused.value.code == code


def test_a_workbook_says_the_same_as_the_table() -> None:
    book = openpyxl.Workbook()
    book.active.append(["posted_on", "amount", "description"])  # type: ignore[union-attr]
    book.active.append(["2026-01-31", "12.50", "Hours"])  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    found = postings.read({"ledger.xlsx": io.BytesIO(stream.getvalue())})
    table = _read("posted_on,amount,description\n2026-01-31,12.50,Hours\n")
    assert found.rows == table.rows


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        _read(HEAD + text)
    except ImportRefused:
        pass
