"""A large plan for the Gantt in windows: the outline with the rows in sight first, then the other rows.

The outline says which rows there are, in which order and below which, so that a page has its true length from the start. A window is
what stands in the outline of that moment from one row on: a page that reads windows of different revisions asks afterwards
what changed since the oldest.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from programs.models import Program
from projects.selectors import gantt
from projects.selectors.gantt import FROM, ORDER, Columns, Head
from tpm.lib import bulk
from tpm.lib.walltime import to_minutes

MOST_WHOLE = 1_000  # a plan of at most so many rows comes in one answer
MOST_ROWS = 5_000
_SPANNING = ("start", "finish", "baseline_start", "baseline_finish")
# As the page sums up a project's lowest rows (model-projects.js).
_SUMS = {
    "start": "min(s.start)", "finish": "max(s.finish)", "baseline_start": "min(s.baseline_start)",
    "baseline_finish": "max(s.baseline_finish)", "total_float": "min(s.total_float)", "work": "sum(t.duration)",
    "done": "sum(t.duration * coalesce(s.percent_complete, t.percent_complete))", "critical": "bool_or(coalesce(s.is_critical, false))",
}  # fmt: skip


@dataclass(frozen=True)
class Outline:
    """Ids of all visible tasks in outline order, with the parent and the project of each."""

    ids: list[int]
    parents: list[int | None]
    projects: list[int]

    def packed(self) -> Columns:
        """Return it as it is sent: ``id`` as differences, ``up`` as rows to the parent upwards (0: none), ``project`` as
        pairs of an id and how many rows it has."""
        at = {pk: row for row, pk in enumerate(self.ids)}
        return {
            "id": [pk - before for pk, before in zip(self.ids, [0, *self.ids], strict=False)],
            "up": [
                0 if parent is None else row - at.get(parent, row) for row, parent in enumerate(self.parents)
            ],
            "project": [[pk, len(list(rows))] for pk, rows in groupby(self.projects)],
        }

    def slice(self, first: int | None, count: int) -> list[int]:
        """Return the ids of ``count`` rows from the task ``first`` on (None: from the top); none if it is not there."""
        if first is None:
            return self.ids[:count]
        if first not in self.ids:
            return []
        at = self.ids.index(first)
        return self.ids[at : at + count]


def outline(program: Program, frame: Head) -> Outline:
    """Read the outline: one statement."""
    read = bulk.read(
        f"SELECT t.id, t.parent_id AS parent, t.project_id AS project {FROM} {ORDER}",
        [program.pk, frame.project_ids],
        {"id": bulk.BIGINT, "parent": bulk.BIGINT, "project": bulk.BIGINT},
    )
    return Outline(read["id"].tolist(), gantt.listed(read["parent"], nullable=True), read["project"].tolist())


def opening(program: Program, frame: Head, rows: Outline, first: int | None, count: int) -> dict[str, Any]:
    """Return the plan's answer with the outline and the rows from ``first`` on (from the top if it is not there) instead of all
    rows; ``sums`` by project and ``span`` stand for those that are not there."""
    found = window(program, frame, rows.slice(first, count) or rows.slice(None, count))
    sums, span = _sums(program, frame)
    return gantt.framed(program, frame) | {
        "owners": gantt.owners(program, frame),
        "outline": rows.packed(),
        "sums": sums,
        "span": span,
        **found,
    }


def window(program: Program, frame: Head, ids: list[int]) -> dict[str, Any]:
    """Return these rows, and the links that lead into them."""
    return {
        "tasks": gantt.tasks(program, frame, where="t.id = ANY(%s)", params=[ids]),
        "links": gantt.links(program, frame, where="d.successor_id = ANY(%s)", params=[ids]),
    }


def _sums(program: Program, frame: Head) -> tuple[Columns, list[int] | None]:
    """Return what the rows of projects say, and the first and last moment of the plan: one statement."""
    lowest = "FILTER (WHERE NOT coalesce(s.is_summary, false))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT t.project_id, {", ".join(f"{sql} {lowest}" for sql in _SUMS.values())},
                       least({", ".join(f"min(s.{name})" for name in _SPANNING)}, min(t.deadline)),
                       greatest({", ".join(f"max(s.{name})" for name in _SPANNING)}, max(t.deadline))
                  {FROM} GROUP BY t.project_id""",
            [program.pk, frame.project_ids],
        )
        rows = cursor.fetchall()
    columns: Columns = {"project": [row[0] for row in rows]}
    for at, name in enumerate(_SUMS, start=1):
        values = [row[at] for row in rows]
        columns[name] = [
            to_minutes(value) if value is not None and name in _SPANNING else value for value in values
        ]
    columns["work"] = [int(value or 0) for value in columns["work"]]
    columns["done"] = [float(value or 0) for value in columns["done"]]
    columns["total_float"] = [None if value is None else int(value) for value in columns["total_float"]]
    moments = [to_minutes(value) for row in rows for value in row[-2:] if value is not None]
    return columns, [min(moments), max(moments)] if moments else None
