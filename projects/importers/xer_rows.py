"""The rows of an XER file, collected table by table whatever their order, each turned into what it says by itself."""

from __future__ import annotations

from projects.importers import xer_calendars, xer_links, xer_outline, xer_projects, xer_resources, xer_tasks
from projects.importers.mspdi_values import Losses
from projects.importers.plan import Costs, ImportedAssignment, ImportedLink
from projects.importers.xer_projects import RawProject, ScheduleOptions
from projects.importers.xer_tasks import Activity
from projects.importers.xer_values import Row, plain

MAX_TASKS = 1_000_000
MAX_NOTES = 100_000


class Rows:
    """What one file states, by the source's own numbers."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.losses = Losses(file)
        self.currencies: list[Row] = []
        self.projects: dict[int, RawProject] = {}
        self.options: dict[int, ScheduleOptions] = {}
        self.calendars: dict[int, xer_calendars.RawCalendar] = {}
        self.nodes: dict[int, xer_outline.WbsNode] = {}
        self.activities: dict[int, Activity] = {}
        self.links: list[ImportedLink] = []
        self.resources: list[Row] = []
        self.rates: dict[int, list[xer_resources.Rate]] = {}
        self.assignments: list[ImportedAssignment] = []
        self.costs: dict[int, Costs] = {}
        self.memo_types: dict[int, str] = {}
        self.memos: dict[int, list[tuple[int, str]]] = {}
        self._doors = {
            "CURRTYPE": self.currencies.append,
            "PROJECT": self._project,
            "SCHEDOPTIONS": self._options,
            "CALENDAR": self._calendar,
            "PROJWBS": self._node,
            "TASK": self._activity,
            "TASKPRED": self._link,
            "RSRC": self.resources.append,
            "RSRCRATE": self._rate,
            "TASKRSRC": self._assignment,
            "PROJCOST": self._expense,
            "MEMOTYPE": self._memo_type,
            "TASKMEMO": self._memo,
        }

    def add(self, row: Row) -> None:
        """Take a row in; ``row.table`` is one of ``xer_fields.READ``."""
        self._doors[row.table](row)

    def _project(self, row: Row) -> None:
        found = xer_projects.project(row)
        if found is not None:
            self.projects.setdefault(found.project_id, found)

    def _options(self, row: Row) -> None:
        self.options.setdefault(row.identity("proj_id"), xer_projects.options(row))

    def _calendar(self, row: Row) -> None:
        found = xer_calendars.raw(row)
        if found.uid < 0 or found.uid in self.calendars:
            reason = "is no number of a calendar, or is used by an earlier one; the calendar was left out"
            row.error("duplicate_uid", "clndr_id", reason, found.name)
            return
        self.calendars[found.uid] = found

    def _node(self, row: Row) -> None:
        found = xer_outline.node(row)
        if found is not None:
            self.nodes.setdefault(found.wbs_id, found)

    def _activity(self, row: Row) -> None:
        found = xer_tasks.activity(row)
        if found is None:
            return
        if found.task.uid in self.activities:
            row.error("duplicate_uid", "task_id", "is used by an earlier activity; left out", found.code)
        elif len(self.activities) >= MAX_TASKS:
            reason = f"the file has more than {MAX_TASKS:,} activities; the rest was left out"
            row.error("too_many_tasks", "", reason)
        else:
            self.activities[found.task.uid] = found

    def _link(self, row: Row) -> None:
        self.links.append(xer_links.link(row))

    def _rate(self, row: Row) -> None:
        found = xer_resources.rate(row)
        self.rates.setdefault(found.resource_uid, []).append(found)

    def _assignment(self, row: Row) -> None:
        found = xer_resources.assignment(row, len(self.assignments) + 1)
        self.assignments.append(found)
        xer_resources.added(self.costs, found.task_uid, xer_resources.assignment_costs(row))

    def _expense(self, row: Row) -> None:
        xer_resources.added(self.costs, row.identity("task_id"), xer_resources.expense(row))

    def _memo_type(self, row: Row) -> None:
        self.memo_types[row.identity("memo_type_id")] = row.line_text("memo_type", 100)

    def _memo(self, row: Row) -> None:
        text = plain(row.text("task_memo")[:MAX_NOTES])
        if text:
            notes = self.memos.setdefault(row.identity("task_id"), [])
            notes.append((row.identity("memo_type_id"), text))
