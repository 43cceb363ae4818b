"""The Gantt as a file: PDF and PNG are drawn from one template, XLSX is a table with an outline. All of the plan, or the rows on screen.

Every file says of which revision and data date it is, and is made of what its reader may read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.models import Program
from projects.models import Task
from projects.selectors.chart_rows import GONE, PROJECT, SUMMARY, WORKDAY, Row
from projects.web import chart_drawing, far_stubs
from projects.web.chart_drawing import day
from tpm.lib import exports, pdf
from tpm.lib.walltime import to_datetime, to_minutes

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "projects" / "plans" / "chart.typ"
#: Millimetres of a sheet on its side, and its table's size: points of text, millimetres of a row.
PAPERS = {"a3": (420.0, 297.0), "a4": (297.0, 210.0), "tabloid": (432.0, 279.0), "us-letter": (279.0, 216.0)}
MARGINS = 20.0
#: Most rows: what a web process makes in a few seconds (docs/performance.md).
MOST = {"pdf": 3_000, "png": 400, "xlsx": 20_000}
CONTENT_TYPES = {"pdf": "application/pdf", "png": "image/png", "xlsx": exports.FORMATS["xlsx"]}


class TooManyRows(Exception):
    """More rows than this kind of file takes; the text says what to do."""


@dataclass(frozen=True)
class Sheet:
    """What goes into the file: the Gantt's answer as rows, what frames it, and which part of time (wall minutes) is wanted."""

    program: Program
    payload: dict[str, Any]
    rows: Sequence[Row]
    about: str = ""
    baseline: str = ""
    window: tuple[int, int] | None = None
    paper: str = "a3"
    shown: frozenset[str] = field(default_factory=lambda: frozenset({"links", "baseline", "float"}))


def make(kind: str, sheet: Sheet) -> bytes:
    """Return the file.

    :raises TooManyRows: if it would keep a web process busy for long.
    """
    if len(sheet.rows) > MOST[kind]:
        raise TooManyRows(
            _("%(rows)s rows are more than the %(most)s of this kind of file: fold or filter rows first, or take the Excel workbook.")
            % {"rows": len(sheet.rows), "most": MOST[kind]}
            if kind != "xlsx"
            else _("%(rows)s rows are more than the %(most)s of a workbook: fold or filter rows first, or take the file for MS Project.")
            % {"rows": len(sheet.rows), "most": MOST[kind]}
        )  # fmt: skip
    return _MAKERS[kind](sheet)


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    """Return what a reader must know of the figures: of when they are, and against what."""
    state = sheet.payload["program"]
    behind = state["input_revision"] - state["computed_revision"]
    revision = str(state["computed_revision"])
    if behind:
        revision += f" ({_('%(n)s edits are not computed yet') % {'n': behind}})"
    facts = [(_("What-if"), sheet.about)] if sheet.about else [(_("Revision"), revision)]
    if sheet.program.data_date:
        facts.append((_("Data date"), date_format(sheet.program.data_date, "D j M Y")))
    if sheet.baseline:
        facts.append((_("Baseline"), sheet.baseline))
    facts.append((_("Made"), f"{date_format(timezone.now(), 'j M Y H:i')} UTC"))
    return facts


# ---- paper ----------------------------------------------------------------------------------------------------------


def _columns(*, wide: bool) -> list[tuple[str, str, float, bool]]:
    """(key, title, millimetres, right-aligned) of the table beside the time line."""
    if wide:
        return [
            ("wbs", _("WBS"), 17, False), ("name", _("Name"), 78, False), ("duration", _("Duration"), 15, True), ("start", _("Start"), 19, True),
            ("finish", _("Finish"), 19, True), ("slip", _("Slippage"), 17, True), ("percent", _("% done"), 13, True),
        ]  # fmt: skip
    return [
        ("wbs", _("WBS"), 14, False), ("name", _("Name"), 60, False), ("start", _("Start"), 17, True), ("finish", _("Finish"), 17, True),
        ("slip", _("Slippage"), 15, True),
    ]  # fmt: skip


def _texts(row: Row, keys: Sequence[str]) -> list[str]:
    slip = row["slip_wd"]
    said: dict[str, Callable[[], str]] = {
        "wbs": lambda: row["wbs"] or "",
        "name": lambda: row["name"] or "",
        "duration": lambda: (
            "" if row.kind in (PROJECT, GONE) else f"{(row['duration'] or 0) / WORKDAY:.4g} d"
        ),
        "start": lambda: day(row["start"]),
        "finish": lambda: day(row["finish"], ends=True),
        "slip": lambda: "" if slip is None else f"{slip:+.3g} wd".replace("-", "−").replace("+0 ", "0 "),
        "percent": lambda: "" if row.kind == GONE else f"{row['percent'] or 0:.0f} %",
    }
    return [said[key]() for key in keys]


def _drawing(sheet: Sheet, *, endless: bool) -> dict[str, Any]:
    width, height = PAPERS[sheet.paper]
    wide = width > 350
    columns = _columns(wide=wide)
    chart = width - MARGINS - sum(column[2] for column in columns)
    data_date = to_minutes(sheet.program.data_date) if sheet.program.data_date else None
    time = chart_drawing.window(sheet.rows, chart, data_date=data_date, given=sheet.window)
    no_links: dict[str, list[Any]] = {"pred": [], "succ": [], "kind": []}
    cells = chart_drawing.drawn(
        sheet.rows, sheet.payload["links"] if "links" in sheet.shown else no_links, time
    )
    if "links" in sheet.shown:
        far_stubs.add(sheet.rows, cells, sheet.payload["far"], time)
    for cell in cells:
        for name in ("baseline", "float"):
            if name not in sheet.shown and cell["kind"] != GONE:
                cell.pop(name, None)
    ticks = chart_drawing.ticks(time)
    keys = [column[0] for column in columns]
    at = None if data_date is None else time.at(data_date)
    legend = [
        ("summary", _("summary")), ("task", _("task, done part full")), ("critical", _("critical")), ("milestone", _("milestone")),
        ("baseline", _("baseline")), ("float", _("total float")), ("deadline", _("deadline, red when missed")), ("date", _("data date")),
    ]  # fmt: skip
    if any(row.kind == GONE for row in sheet.rows):
        legend.append(("gone", _("not in the plan any more")))
    tall = 5.2 if wide else 4.7
    rows = [
        {"texts": _texts(row, keys), "depth": row.depth, "cell": cell}
        for row, cell in zip(sheet.rows, cells, strict=True)
    ]
    return {
        "title": f"{sheet.program.name} – {_('what-if') if sheet.about else _('plan')}",
        "facts": _facts(sheet),
        "lang": (translation.get_language() or "en")[:2],
        "words": {"page": _("Page"), "time_line": _("Time line")},
        "columns": [{"title": title, "width": size, "right": right} for _key, title, size, right in columns],
        "name_at": keys.index("name"),
        "slip_at": keys.index("slip"),
        "pages": [rows] if endless else _pages(rows, height, tall),
        "ticks": ticks,
        "lines": [tick["x"] for tick in ticks if tick["above"] or len(ticks) < 20],
        "data_date": at if at is not None and 0 <= at <= 1 else None,
        "legend": legend,
        "width": width,
        "height": 0 if endless else height,
        "chart": round(chart, 2),
        "row": tall,
        "size": 8 if wide else 7,
    }


def _pages(rows: list[dict[str, Any]], height: float, tall: float) -> list[list[dict[str, Any]]]:
    """Cut the rows into pages: margins take 23 mm, the table's head 8 mm, title and legend of the first page 22 mm."""
    first, rest = (max(1, int((height - 23 - 8 - more) // tall)) for more in (22, 0))
    return [rows[:first], *(rows[at : at + rest] for at in range(first, len(rows), rest))]


def _pdf(sheet: Sheet) -> bytes:
    return pdf.render(
        TEMPLATE, _drawing(sheet, endless=False), created_at=timezone.now().replace(microsecond=0)
    )


def _png(sheet: Sheet) -> bytes:
    return pdf.picture(TEMPLATE, _drawing(sheet, endless=True))


# ---- workbook -------------------------------------------------------------------------------------------------------


def _xlsx(sheet: Sheet) -> bytes:
    columns = [
        exports.Column(_("WBS"), 12), exports.Column(_("Name"), 48, indented=True), exports.Column(_("Project"), 26), exports.Column(_("Duration, days"), 10),
        exports.Column(_("Start"), 12), exports.Column(_("Finish"), 12), exports.Column(_("Baseline start"), 12), exports.Column(_("Baseline finish"), 12),
        exports.Column(_("Slippage, working days"), 12), exports.Column(_("Total float, days"), 11), exports.Column(_("Critical"), 9),
        exports.Column(_("% done"), 9), exports.Column(_("Predecessors"), 22), exports.Column(_("Responsible"), 18), exports.Column(_("Who"), 24),
        exports.Column(_("Constraint"), 22), exports.Column(_("Constraint date"), 12), exports.Column(_("Deadline"), 12),
        exports.Column(_("Actual start"), 12), exports.Column(_("Actual finish"), 12),
    ]  # fmt: skip
    names = {one["id"]: one["name"] for one in sheet.payload["projects"]}
    table = [_line(row, names.get(row["project"], "")) for row in sheet.rows]
    return exports.write_xlsx(
        f"{sheet.program.code} {_('plan')}", columns, table, levels=[row.depth for row in sheet.rows],
        strong=[row.kind in (PROJECT, SUMMARY) for row in sheet.rows], about=[(_("Program"), sheet.program.name), *_facts(sheet)],
    )  # fmt: skip


def _line(row: Row, project: str) -> list[Any]:
    name = (
        row["name"] if row.kind != GONE else _("%(name)s (not in the plan any more)") % {"name": row["name"]}
    )
    gone, head = row.kind == GONE, row.kind == PROJECT
    return [
        row["wbs"] or "",
        name,
        project,
        None if gone or head else _days(row["duration"]),
        to_datetime(row["start"]),
        _end(row["finish"]),
        to_datetime(row["baseline_start"]),
        _end(row["baseline_finish"]),
        None if row["slip_wd"] is None else Decimal(str(round(row["slip_wd"], 2))),
        None if gone or head else _days(row["total_float"]),
        _("critical") if row["critical"] and not head else "",
        None if gone else round(row["percent"] or 0),
        row.predecessors,
        row["owner"] or "",
        row["who"] or "",
        "" if not row["constraint"] else str(Task.Constraint(row["constraint"]).label),
        to_datetime(row["constraint_at"]),
        _end(row["deadline"]),
        to_datetime(row["actual_start"]),
        _end(row["actual_finish"]),
    ]


def _days(minutes: int | None) -> Decimal | None:
    return None if minutes is None else round(Decimal(minutes) / WORKDAY, 2)


def _end(minutes: int | None) -> Any:
    """Return a finish so that a reader of the day alone reads the right one: at midnight it is the day before."""
    at = to_datetime(minutes)
    return at if at is None or at.hour or at.minute else to_datetime((minutes or 0) - 1)


_MAKERS: dict[str, Callable[[Sheet], bytes]] = {"pdf": _pdf, "png": _png, "xlsx": _xlsx}
