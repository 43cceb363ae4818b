"""Reports on paper: rendered, readable by people and machines, and deaf to markup in what users write."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from programs.engine.rag import Figures, Policy, rate
from programs.engine.report_content import (
    CurvePoint,
    FigureLine,
    MilestoneLine,
    MoneyLine,
    Movement,
    RatingLine,
    ReportContent,
    RiskLine,
    content_hash,
    to_data,
)
from tpm.lib import pdf

TEMPLATE = Path(__file__).resolve().parents[3] / "templates/programs/reports/report.typ"
PUBLISHED = datetime(2026, 11, 20, 17, 42, tzinfo=UTC)

BARE = ReportContent(
    portfolio="Digital core",
    program="Data centre",
    number=7,
    title="November",
    data_date=date(2026, 11, 20),
    revision=412,
    currency="EUR",
)
FULL = replace(
    BARE,
    headline="Cut-over holds, go-live slips",
    achievements="Hall B is cooled.",
    outlook="Second lot arrives.",
    decisions=("Accept 15 December.",),
    ratings=tuple(RatingLine.of(rating) for rating in rate(Figures(finish_slippage=4.0), Policy(version=2))),
    figures=(
        FigureLine(
            "finish", "date", date(2026, 12, 15), "baseline", date(2026, 12, 9), Decimal(4), "wd", "bad"
        ),
        FigureLine(
            "eac", "money", Decimal("4310000.50"), "approved", Decimal(4200000), Decimal(110000), "money"
        ),
        FigureLine("cpi", "ratio", None),
        FigureLine("exposure", "share", Decimal("0.0712")),
    ),
    movements=(Movement("Vendor late", Decimal(5)), Movement("Second crew", Decimal("-1"))),
    moved_since=date(2026, 10, 20),
    milestones=(
        MilestoneLine(
            "Go-live", "Migration", date(2026, 12, 15), date(2026, 12, 9), Decimal(4), level="watch"
        ),
    ),
    money=(
        MoneyLine(
            "Network", Decimal(1150000), Decimal(0), Decimal(1), Decimal(-2500), None, None, Decimal("0.9849")
        ),
    ),
    curve=tuple(CurvePoint(date(2026, month, 1), planned=Decimal(month * 1000)) for month in range(1, 13)),
    risks=(
        RiskLine(
            14, "Racks at customs", "A. Keller", Decimal("0.4"), Decimal(8), Decimal(180000), "mitigate"
        ),
    ),
)


def render(content: ReportContent, **data: Any) -> bytes:
    return pdf.render(TEMPLATE, {"content": to_data(content), **data}, created_at=PUBLISHED)


def text_of(document: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (package poppler-utils) is not installed")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode().replace("\u202f", " ").replace("\u00a0", " ")


def sealed(content: ReportContent) -> dict[str, str]:
    return {
        "hash": content_hash(content),
        "published_by": "Ann Keller",
        "published_at": "20 Nov 2026 17:42 UTC",
    }


def test_a_report_is_a_tagged_pdf_declared_accessible() -> None:
    document = render(FULL, seal=sealed(FULL))
    assert document.startswith(b"%PDF-")
    assert b"pdfuaid" in document
    assert b"/MarkInfo" in document


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(FULL, seal=sealed(FULL)) == render(FULL, seal=sealed(FULL))


def test_figures_stand_beside_what_they_are_compared_with() -> None:
    text = text_of(render(FULL, seal=sealed(FULL)))
    for words in (
        "15 Dec 2026",
        "baseline 9 Dec 2026",
        "+4 wd",
        "4.31 M",
        "+110 k",
        "approved 4.20 M",
        "n/a",
        "7.1 %",
    ):
        assert words in text


def test_causes_are_summed_and_signed() -> None:
    lines = [" ".join(line.split()) for line in text_of(render(FULL)).splitlines()]
    assert any(line.endswith("Vendor late +5") for line in lines)
    assert any(line.endswith("Second crew −1") for line in lines)
    assert any(line.endswith("Total +4") for line in lines)


def test_the_seal_stands_at_the_foot_with_hash_publisher_and_revision() -> None:
    text = text_of(render(FULL, seal=sealed(FULL)))
    assert content_hash(FULL) in text
    assert "published by Ann Keller on 20 Nov 2026 17:42 UTC · computed at revision 412" in text


def test_a_draft_says_that_it_is_not_sealed() -> None:
    assert "Draft, not sealed" in text_of(render(FULL))


def test_a_report_without_figures_still_renders_under_its_title() -> None:
    text = text_of(render(BARE))
    assert "November" in text
    assert "Milestones" not in text


def test_amounts_and_ratios_round_for_the_reader_only() -> None:
    lines = [" ".join(line.split()) for line in text_of(render(FULL)).splitlines()]
    assert "Network 1 150 000 0 1 −2 500 n/a n/a 0.98" in lines


INJECTIONS = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "#{panic(1)}",
    "= Heading *bold* _it_ $x^2$ `raw` <label> @ref",
    '"); #panic() //',
    "\\u{41} \\ #sys.inputs.data",
]


@pytest.mark.parametrize("attack", INJECTIONS)
def test_markup_of_users_comes_out_as_the_text_it_is(attack: str) -> None:
    hostile = replace(
        BARE,
        headline=attack,
        program=attack,
        outlook=attack,
        decisions=(attack,),
        risks=(RiskLine(1, attack, attack, Decimal(0), Decimal(0), Decimal(0), attack),),
    )
    text = " ".join(text_of(render(hostile, seal={**sealed(hostile), "published_by": attack})).split())
    assert text.count(" ".join(attack.split())) >= 3


@pytest.mark.parametrize("words", ["漢字とかな", "🎉 done", "مرحبا", "Žluťoučký κόσμε Привет ▲●■"])
def test_text_in_any_script_gives_a_report(words: str) -> None:
    assert render(replace(BARE, headline=words, outlook=words)).startswith(b"%PDF-")


def test_words_come_in_the_readers_language() -> None:
    labels = {
        "milestones": "Meilensteine",
        "watch": "beobachten",
        "decimal_sign": ",",
        "date_form": "day month year",
    }
    text = text_of(render(FULL, labels=labels, lang="de"))
    assert "Meilensteine" in text
    assert "4,31 M" in text


def test_two_hundred_milestones_run_over_pages_and_repeat_their_header() -> None:
    many = replace(FULL, milestones=FULL.milestones * 200)
    document = render(many, paper="us-letter")
    pages = text_of(document).split("\f")
    assert len(pages) > 4
    assert sum("Baseline" in page for page in pages) > 3


def test_a_page_of_narrative_breaks_between_pages() -> None:
    text = text_of(render(replace(FULL, outlook="A paragraph of some words that say little.\n" * 150)))
    assert text.count("A paragraph of some words") == 150


def test_a_template_that_does_not_compile_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing.like.this")
    with pytest.raises(pdf.PdfError, match=r"broken\.typ"):
        pdf.render(broken, {}, created_at=PUBLISHED)


def test_a_template_reads_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    curious = folder / "curious.typ"
    curious.write_text('#set document(title: "x")\n#read("../secret.txt")')
    with pytest.raises(pdf.PdfError):
        pdf.render(curious, {}, created_at=PUBLISHED)
