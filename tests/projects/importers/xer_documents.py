"""Small Primavera XER files for tests, written from the format's description."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from projects.importers import xer
from projects.importers.plan import ImportedPlan

HEADER = "ERMHDR\t22.12\t2026-01-01\tProject\tadmin\tAdmin\tdb\tProject Management\tEUR"
MORNING, AFTERNOON = ("08:00", "12:00"), ("13:00", "17:00")
Rows = Sequence[Mapping[str, object]]


def table(name: str, rows: Rows) -> str:
    """A table with all columns that any row names."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [f"%T\t{name}", "\t".join(("%F", *columns))]
    lines += ["\t".join(("%R", *(str(row.get(column, "")) for column in columns))) for row in rows]
    return "\r\n".join(lines)


def hours(*spans: tuple[str, str]) -> str:
    return "".join(f"(0||{n}(s|{start}|f|{end})())" for n, (start, end) in enumerate(spans))


def calendar_data(days: Mapping[int, str], exceptions: Mapping[int, str] | None = None) -> str:
    """Days 1 (Sunday) to 7; exceptions by serial day."""
    week = "".join(f"(0||{day}()({days.get(day, '')}))" for day in range(1, 8))
    dated = "".join(f"(0||{n}(d|{day})({text}))" for n, (day, text) in enumerate((exceptions or {}).items()))
    return f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||VIEW(ShowTotal|N)())(0||Exceptions()({dated}))))"


WORK_WEEK = dict.fromkeys(range(2, 7), hours(MORNING, AFTERNOON))
STANDARD = {
    "clndr_id": 7,
    "default_flag": "Y",
    "clndr_name": "Standard",
    "base_clndr_id": "",
    "clndr_type": "CA_Base",
    "day_hr_cnt": 8,
    "clndr_data": calendar_data(WORK_WEEK, {46041: "", 46045: hours(MORNING)}),
}
"""Monday to Friday, 8 to 12 and 13 to 17; 19 January 2026 off, 23 January mornings only."""


def project(number: int = 1, **more: object) -> dict[str, object]:
    start = {"last_recalc_date": "2026-01-05 08:00", "plan_start_date": "2026-01-05 08:00"}
    return {"proj_id": number, "proj_short_name": f"P{number}", "clndr_id": 7, **start, **more}


def wbs(number: int, parent: int | str = "", *, in_project: int = 1, **more: object) -> dict[str, object]:
    top = "N" if parent else "Y"
    named = {"wbs_short_name": f"W{number}", "wbs_name": f"Node {number}"}
    return {
        "wbs_id": number,
        "proj_id": in_project,
        "parent_wbs_id": parent,
        "proj_node_flag": top,
        **named,
        **more,
    }


def task(
    number: int, days: float = 1, *, node: int = 1, in_project: int = 1, **more: object
) -> dict[str, object]:
    lasts = {"target_drtn_hr_cnt": days * 8, "remain_drtn_hr_cnt": days * 8}
    return {
        "task_id": number,
        "proj_id": in_project,
        "wbs_id": node,
        "clndr_id": 7,
        "task_type": "TT_Task",
        "status_code": "TK_NotStart",
        "task_code": f"A{number}",
        "task_name": f"Task {number}",
        **lasts,
        **more,
    }


def link(predecessor: int, successor: int, kind: str = "FS", lag: float = 0) -> dict[str, object]:
    return {
        "task_id": successor,
        "pred_task_id": predecessor,
        "pred_type": f"PR_{kind}",
        "lag_hr_cnt": lag * 8,
    }


def document(tasks: Rows, links: Rows = (), **tables: Rows) -> bytes:
    """A file of one project with one node, unless ``tables`` say otherwise."""
    whole: dict[str, Rows] = {
        "PROJECT": [project()],
        "CALENDAR": [STANDARD],
        "PROJWBS": [wbs(1)],
        "TASK": tasks,
        "TASKPRED": links,
        **tables,
    }
    parts = [table(name, rows) for name, rows in whole.items() if rows]
    return ("\r\n".join((HEADER, *parts, "%E")) + "\r\n").encode()


def read(data: bytes) -> ImportedPlan:
    return xer.read(io.BytesIO(data), file="t.xer")


def losses(plan: ImportedPlan) -> list[tuple[str, str]]:
    return [(entry.code, entry.column) for entry in plan.losses]
