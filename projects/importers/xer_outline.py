"""The work breakdown structure as summaries, with the activities below them, in the order in which P6 shows them.

A node becomes a summary with the negative of its number as ``uid`` (activities and nodes are numbered apart in P6, so
their numbers overlap); the top node of a project stands for the project. Nodes without any activity are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from projects.importers.mspdi_values import Losses
from projects.importers.plan import ImportedTask
from projects.importers.reports import Severity
from projects.importers.xer_tasks import Activity
from projects.importers.xer_values import Row

MAX_DEPTH = 100
TOPLESS = 10**16
"""Added to the number of a project without any node: the summary that stands for it."""
_PARTS = re.compile(r"(\d{1,18})")


@dataclass(slots=True)
class WbsNode:
    wbs_id: int
    project_id: int
    parent_id: int
    order: float
    is_top: bool
    code: str
    name: str
    children: list[WbsNode] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)

    @property
    def uid(self) -> int:
        return -self.wbs_id


def node(row: Row) -> WbsNode | None:
    """The node of a ``PROJWBS`` row, None for one without a number (reported)."""
    wbs_id = row.identity("wbs_id")
    code = row.line_text("wbs_short_name", 64)
    if wbs_id < 0:
        row.error("duplicate_uid", "wbs_id", "is missing; the node was left out", code)
        return None
    return WbsNode(
        wbs_id=wbs_id,
        project_id=row.identity("proj_id"),
        parent_id=row.identity("parent_wbs_id"),
        order=row.number("seq_num"),
        is_top=row.flag("proj_node_flag"),
        code=code,
        name=row.line_text("wbs_name", 500) or code or f"WBS {wbs_id}",
    )


class Outline:
    """The outline of all projects; ``tasks`` are complete but for what needs calendars."""

    def __init__(self, nodes: Sequence[WbsNode], activities: Sequence[Activity], losses: Losses) -> None:
        self.tasks: list[ImportedTask] = []
        self.tops: dict[int, WbsNode] = {}
        """Project number to its top node, of projects that hold an activity."""
        self._losses = losses
        self._nodes = {found.wbs_id: found for found in nodes}
        self._activities = activities
        self._empty = 0

    def build(self, names: Mapping[int, str], keys: Mapping[int, str]) -> None:
        """Lists the tasks of the projects in the order of ``keys`` (project number to key); ``names`` name those that
        have no node."""
        tops = self._connect(names)
        for found in self._activities:
            home = self._nodes.get(found.wbs_id)
            if home is None or home.project_id != found.project_id:
                if found.wbs_id >= 0 and found.project_id in tops:
                    self._tell("unknown_parent", "TASK/wbs_id", "is in no WBS of its project", found.code)
                home = tops.get(found.project_id)
            if home is not None:
                home.activities.append(found)
        for project_id, key in keys.items():
            top = tops.get(project_id)
            if top is not None and self._holds_any(top):
                self.tops[project_id] = top
                self._walk(top, key)
        if self._empty:
            self._losses.add(
                Severity.INFO,
                "empty_summary",
                "PROJWBS",
                "holds no activity; left out",
                line=0,
                count=self._empty,
            )

    def _connect(self, names: Mapping[int, str]) -> dict[int, WbsNode]:
        tops: dict[int, WbsNode] = {}
        for found in self._nodes.values():
            parent = self._nodes.get(found.parent_id)
            orphan = parent is None or parent.project_id != found.project_id
            if ((found.is_top or orphan) and found.project_id not in tops) or (
                found.is_top and not tops[found.project_id].is_top
            ):
                tops[found.project_id] = found
        for project_id, name in names.items():
            if project_id not in tops:
                tops[project_id] = WbsNode(
                    TOPLESS + project_id, project_id, -1, 0, is_top=True, code="", name=name
                )
        for found in self._nodes.values():
            top = tops.get(found.project_id)
            if top is None or found is top:
                continue
            parent = self._nodes.get(found.parent_id)
            if parent is None or parent.project_id != found.project_id or self._circles(found):
                self._tell("unknown_parent", "PROJWBS/parent_wbs_id", "is no node above it", found.name)
                parent = top
            parent.children.append(found)
        return tops

    def _circles(self, found: WbsNode) -> bool:
        """Whether the way up leads back to ``found``; opened at the node with the least number."""
        seen = {found.wbs_id}
        here = self._nodes.get(found.parent_id)
        while here is not None and here.wbs_id not in seen:
            seen.add(here.wbs_id)
            here = self._nodes.get(here.parent_id)
        return here is found and found.wbs_id == min(seen)

    def _holds_any(self, top: WbsNode) -> bool:
        waiting = [top]
        while waiting:
            here = waiting.pop()
            if here.activities:
                return True
            waiting += here.children
        return False

    def _walk(self, top: WbsNode, key: str) -> None:
        """Depth first, without recursion: activities of a node by their code, then the nodes below it by their order."""
        filled = self._filled(top)
        waiting: list[tuple[WbsNode, int | None, int, str]] = [(top, None, 1, top.code)]
        while waiting:
            here, parent_uid, level, path = waiting.pop()
            self._add(
                ImportedTask(uid=here.uid, name=here.name, wbs=path[:255], is_summary=True),
                key,
                parent_uid,
                level,
            )
            for found in sorted(here.activities, key=lambda each: _natural(each.code)):
                self._add(found.task, key, here.uid, level + 1)
            below = [child for child in here.children if child.wbs_id in filled]
            self._empty += len(here.children) - len(below)
            if level + 2 > MAX_DEPTH and below:
                self._tell("too_deep", "PROJWBS", f"is deeper than {MAX_DEPTH} levels", here.name)
            for child in sorted(below, key=lambda each: (each.order, each.wbs_id), reverse=True):
                if level + 2 > MAX_DEPTH:
                    waiting.append((child, parent_uid, level, f"{path}.{child.code}"))
                else:
                    waiting.append((child, here.uid, level + 1, f"{path}.{child.code}"))

    def _filled(self, top: WbsNode) -> set[int]:
        """The nodes with an activity in them or below them."""
        order = [top]
        for here in order:
            order += here.children
        filled: set[int] = set()
        for here in reversed(order):
            if here.activities or any(child.wbs_id in filled for child in here.children):
                filled.add(here.wbs_id)
        return filled

    def _add(self, task: ImportedTask, key: str, parent_uid: int | None, level: int) -> None:
        self.tasks.append(
            replace(
                task,
                project_key=key,
                parent_uid=parent_uid,
                outline_level=level,
                row=len(self.tasks) + 1,
            )
        )

    def _tell(self, code: str, column: str, reason: str, value: str) -> None:
        reason = f"{reason}; placed elsewhere in its project"
        self._losses.add(Severity.WARNING, code, column, reason, line=0, value=value)


def _natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """``A9`` comes before ``A10``."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in _PARTS.split(code.casefold())
        if part
    )
