"""The rows of a Gantt as files show them: the Gantt's own answer as a tree with projects as heads, in reading order.

What the page draws and what a file holds are the same columns (``gantt.data`` or ``scenario_gantt.data``), read under the same rights.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from programs.models import Program
from projects.engine import compare
from projects.selectors import task_calendars
from tpm.lib.walltime import NONE

WORKDAY = 480
PROJECT, SUMMARY, TASK, MILESTONE, GONE = "project", "summary", "task", "milestone", "gone"


@dataclass(frozen=True)
class Row:
    """``key``: as the page names its rows (``12``, ``project:3``, ``gone:7``); ``values``: the Gantt's columns of a task."""

    kind: str
    depth: int
    key: str
    values: dict[str, Any]
    predecessors: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


def of_payload(program: Program, payload: dict[str, Any], wanted: Collection[str] | None = None) -> list[Row]:
    """Return the rows of the Gantt's answer, or those of them that are ``wanted`` (their keys), in reading order.

    Three statements, for the calendars on which the projects' slippage is counted.
    """
    columns = payload["tasks"]
    names = list(columns)
    tasks = {
        values[names.index("id")]: dict(zip(names, values, strict=True))
        for values in zip(*columns.values(), strict=True)
    }
    gone = _gone(payload.get("gone") or {"id": []}, payload.get("ghosts") or {})
    below: dict[tuple[int, Any], list[str]] = defaultdict(list)
    for pk, task in tasks.items():
        parent = task["parent"] if task["parent"] in tasks else None
        below[task["project"], parent and str(parent)].append(str(pk))
    for key, (after, row) in gone.items():
        _place(below, tasks, gone, key, after, row)
    words = _predecessors(payload)
    rows: list[Row] = []
    for project in payload["projects"]:
        start = len(rows)
        rows.append(
            Row(PROJECT, 0, f"project:{project['id']}", {"name": project["name"], "project": project["id"]})
        )
        stack = [(key, 1) for key in reversed(below[project["id"], None])]
        while stack:
            key, depth = stack.pop()
            children = below[project["id"], key]
            if key in gone:
                rows.append(Row(GONE, depth, key, gone[key][1]))
            else:
                task = tasks[int(key)]
                held = any(child not in gone for child in children)
                kind = SUMMARY if held or task["is_summary"] else MILESTONE if task["is_milestone"] else TASK
                rows.append(Row(kind, depth, key, task, words.get(int(key), "")))
            stack += [(child, depth + 1) for child in reversed(children)]
        rows[start].values.update(_rolled_up(rows[start + 1 :]))
    _slip_of_projects(program, rows)
    return rows if wanted is None else [row for row in rows if row.key in wanted]


def _gone(
    columns: dict[str, list[Any]], ghosts: dict[Any, list[Any]]
) -> dict[str, tuple[int | None, dict[str, Any]]]:
    names = ("project", "parent", "wbs", "name", "is_summary", "is_milestone")
    found = {}
    for at, pk in enumerate(columns["id"]):
        row = {name: columns[name][at] for name in names}
        start, finish = (ghosts.get(pk) or [columns["start"][at], columns["finish"][at]])[:2]
        row |= {"baseline_start": start, "baseline_finish": finish}
        found[f"gone:{pk}"] = (columns["after"][at], row)
    return found


def _place(
    below: dict[tuple[int, Any], list[str]], tasks: dict[int, Any], gone: dict[str, Any], key: str, after: int | None, row: dict[str, Any]
) -> None:  # fmt: skip
    """Put a row that is gone behind the sibling that it followed, else first below what held it."""
    parent = row["parent"]
    held = None
    if parent is not None:
        held = str(parent) if parent in tasks else f"gone:{parent}" if f"gone:{parent}" in gone else None
    siblings = below[row["project"], held]
    for name in (str(after), f"gone:{after}"):
        if after is not None and name in siblings:
            siblings.insert(siblings.index(name) + 1, key)
            return
    siblings.insert(0, key)


def _rolled_up(rows: list[Row]) -> dict[str, Any]:
    """What a project's row says of the lowest rows below it, as the page does."""
    leaves = [row.values for row in rows if row.kind in (TASK, MILESTONE)]

    def known(name: str) -> list[int]:
        return [one[name] for one in leaves if one.get(name) is not None]

    work = sum(one["duration"] for one in leaves)
    done = sum(one["duration"] * one["percent"] for one in leaves)
    return {
        "start": min(known("start"), default=None),
        "finish": max(known("finish"), default=None),
        "baseline_start": min(known("baseline_start"), default=None),
        "baseline_finish": max(known("baseline_finish"), default=None),
        "total_float": min(known("total_float"), default=None),
        "percent": done / work if work else 0.0,
        "critical": any(one["critical"] for one in leaves),
    }


def _slip_of_projects(program: Program, rows: list[Row]) -> None:
    heads = [row.values for row in rows if row.kind == PROJECT]
    if not heads:
        return
    clocks = task_calendars.of_tasks(program, [])

    def moments(name: str) -> Any:
        return np.array([NONE if head[name] is None else head[name] for head in heads], np.int64)

    slip = compare.slippage(
        start=moments("start"),
        finish=moments("finish"),
        baseline_start=moments("baseline_start"),
        baseline_finish=moments("baseline_finish"),
        calendars=clocks.compiled,
        calendar=np.full(len(heads), clocks.program, np.int32),
        is_elapsed=np.zeros(len(heads), np.bool_),
    )
    for head, minutes in zip(heads, slip.finish_minutes.tolist(), strict=True):
        head["slip_wd"] = None if minutes == NONE else minutes / WORKDAY


def _predecessors(payload: dict[str, Any]) -> dict[int, str]:
    """Return by task its predecessors as the page's cell says them, such as ``1.2, Network:3 SS+2d``."""
    tasks, links = payload["tasks"], payload["links"]
    wbs = dict(zip(tasks["id"], tasks["wbs"], strict=True))
    project = dict(zip(tasks["id"], tasks["project"], strict=True))
    names = {one["id"]: one["name"] for one in payload["projects"]}
    found: dict[int, list[str]] = defaultdict(list)
    for pred, succ, kind, lag in zip(*(links[name] for name in ("pred", "succ", "kind", "lag")), strict=True):
        if pred not in wbs or succ not in wbs:
            continue
        place = "" if project[pred] == project[succ] else f"{names.get(project[pred], '')}:"
        plain = kind == "FS" and not lag
        found[succ].append(f"{place}{wbs[pred] or f'#{pred}'}{'' if plain else f' {kind}'}{_lag(lag)}")
    return {pk: ", ".join(texts) for pk, texts in found.items()}


def _lag(minutes: int) -> str:
    if not minutes:
        return ""
    size, unit = (
        (480, "d")
        if minutes % 480 == 0 or abs(minutes) > 4800
        else (60, "h")
        if minutes % 60 == 0
        else (1, "m")
    )
    return f"{'+' if minutes > 0 else '−'}{abs(minutes) / size:.3g}{unit}"
