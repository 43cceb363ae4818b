"""CSV and XLSX files become the same tables, and broken ones a named refusal."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.importers import csv_tables, tables, xlsx_tables
from projects.importers.reports import ImportRefused, Report
from projects.importers.sources import read_portfolio
from projects.importers.templates import csv_templates, xlsx_template


def load(data: bytes) -> tuple[tables.Table | None, Report]:
    report = Report()
    return csv_tables.load(io.BytesIO(data), "t.csv", report), report


def test_rows_carry_the_number_a_spreadsheet_shows():
    table, _ = load(b'a,b\r\n1,"two\r\nlines"\r\n\r\n3,4\r\n')
    assert table is not None and table.columns == ("a", "b")
    assert table.rows == ((2, ("1", "two\r\nlines")), (4, ("3", "4")))


@pytest.mark.parametrize(
    "data",
    [
        b"a;b\n1;2\n",
        b"a\tb\n1\t2\n",
        b"\xef\xbb\xbfA *,B\n1,2\n",
        "a,b\n1,2\n".encode("utf-16"),
        b"# a note\na,b\n# another\n1,2\n",
    ],
)
def test_separators_encodings_and_notes_do_not_matter(data):
    table, report = load(data)
    assert table is not None and table.columns == ("a", "b")
    assert [cells for _, cells in table.rows] == [("1", "2")] and report.total == 0


def test_a_file_that_is_not_utf8_is_read_and_reported():
    table, report = load("a\nMünchen\n".encode("cp1252"))
    assert table is not None and table.rows == ((2, ("München",)),)
    assert [(e.code, e.row) for e in report.entries] == [("encoding", 2)]


def test_a_row_with_too_many_cells_is_left_out_and_a_short_one_is_filled_up():
    table, report = load(b"a,b\n1,2,3\n4\n")
    assert table is not None and table.rows == ((3, ("4", "")),)
    assert [(e.code, e.row, e.value) for e in report.entries] == [("extra_cells", 2, "3")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,a\n1,2\n", "duplicate_column"),
        (b"a\0b\n", "not_text"),
        (b"\xff\xfe\xff", "not_text"),
        (b'a,b\n1,"open\n', "bad_csv"),
        (",".join(f"c{n}" for n in range(300)).encode(), "too_many_columns"),
    ],
)
def test_an_unreadable_file_is_refused_by_name(data, code):
    with pytest.raises(ImportRefused) as refused:
        load(data)
    assert refused.value.code == code and refused.value.entries[0].file == "t.csv"


def test_xlsx_cells_read_like_their_csv_text():
    book = openpyxl.Workbook()
    book.active.title = "Tasks"
    import datetime as dt

    for row in (
        ["key", "day", "at", "yes", "whole", "part"],
        [],
        ["x", dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 8, 30), True, 7.0, 0.1],
        ["y", "#REF!", None, False, 12, "007"],
    ):
        book.active.append(row)
    target = io.BytesIO()
    book.active.cell(4, 6).number_format = "0.0%"
    book.active.cell(4, 6).value = 0.355
    book.save(target)
    report = Report()
    found = xlsx_tables.load(io.BytesIO(target.getvalue()), "b.xlsx", report)
    assert found["tasks"].file == "b.xlsx[Tasks]"
    assert found["tasks"].rows == (
        (3, ("x", "2026-01-05", "2026-01-05 08:30", "yes", "7", "0.1")),
        (4, ("y", "", "", "no", "12", "35.5%")),
    )
    assert [(e.code, e.row, e.value) for e in report.entries] == [("spreadsheet_error", 4, "#REF!")]


def repacked(change: dict[str, bytes]) -> bytes:
    """The workbook template with some parts replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_template())) as source, zipfile.ZipFile(target, "w", 8) as copy:
        for part in source.namelist():
            copy.writestr(part, change.get(part, source.read(part)))
    return target.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_portfolio({"b.xlsx": io.BytesIO(data)})
    return refused.value.code


def test_a_workbook_that_would_unpack_to_a_flood_is_refused_before_it_is_opened():
    flood = repacked({"xl/sharedStrings.xml": b" " * (xlsx_tables.MAX_UNPACKED + 1)})
    assert len(flood) < 2**20 and refusal(flood) == "too_large_unpacked"


def test_entities_in_a_workbook_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    assert refusal(repacked({"xl/workbook.xml": bomb})) == "bad_workbook"


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"not a zip", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_workbook_is_refused(data):
    assert refusal(data) == "bad_workbook"


CSV_FILES, WORKBOOK = csv_templates(), xlsx_template()
mutations = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True), st.sampled_from(["flip", "cut", "double"]), st.integers(0, 255)
    ),
    min_size=1,
    max_size=4,
)


def mutated(data: bytes, changes: list[tuple[float, str, int]]) -> bytes:
    content = bytearray(data)
    for where, how, byte in changes:
        at = int(where * len(content))
        if how == "flip" and content:
            content[at] = byte
        elif how == "cut":
            del content[at : at + byte]
        else:
            content[at:at] = content[at : at + byte]
    return bytes(content)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(CSV_FILES)), mutations)
def test_broken_csv_files_end_in_a_report_or_a_refusal(name, changes):
    files = dict(CSV_FILES)
    files[name] = mutated(files[name], changes)
    try:
        result = read_portfolio({file: io.BytesIO(data) for file, data in files.items()})
    except ImportRefused as refused:
        assert refused.code and refused.entries
    else:
        assert {t.project_key for t in result.portfolio.tasks} <= {p.key for p in result.portfolio.projects}


@settings(max_examples=60, deadline=None)
@given(mutations)
def test_broken_workbooks_end_in_a_report_or_a_refusal(changes):
    try:
        read_portfolio({"b.xlsx": io.BytesIO(mutated(WORKBOOK, changes))})
    except ImportRefused as refused:
        assert refused.code and refused.entries
