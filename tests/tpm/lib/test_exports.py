"""Downloads: nothing in a cell becomes a formula, numbers stay numbers."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tpm.lib.exports import Column, harmless, write_csv, write_xlsx

ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", ATTACKS)
def test_text_that_would_begin_a_formula_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"x{text}") == f"x{text}"


def test_amounts_below_zero_stay_numbers_in_csv() -> None:
    body = write_csv(
        [Column("Amount"), Column("On")], [(Decimal("-1.50"), date(2026, 1, 9)), ("-1.50", None)]
    )
    assert body.decode("utf-8-sig").splitlines() == ["Amount,On", "-1.50,2026-01-09", "'-1.50,"]
    assert body.startswith(b"\xef\xbb\xbf")


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    texts = [*ATTACKS, "https://example.org/", "{=1}"]
    body = write_xlsx(
        "a/b: [c]", [Column("Text"), Column("Amount")], [(text, Decimal("1.25")) for text in texts]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2, max_col=1)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].value == "=1+1"
    assert sheet.cell(2, 2).value == 1.25
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
