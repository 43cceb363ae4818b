"""A scenario as the Gantt takes it: the plan's answer with what the scenario makes differ laid over it.

``program.input_revision`` and ``computed_revision`` are here those of ``scenarios.revisions``: edits and plan counted together.
``ghosts`` holds by task id the plan's start and finish and what the scenario does to the task.
"""

from typing import Any

from programs.models import Program
from projects.models import Scenario, ScenarioTask
from projects.selectors import far_links, gantt, scenarios
from tpm.accounts.actors import Actor
from tpm.lib.walltime import to_minutes

Columns = dict[str, list[Any]]
WORKDAY = 480
_WALLS = ("start", "finish", "late_start", "late_finish")
_SAME = ("duration", "total_float", "free_float", "is_summary", "is_milestone")
_EMPTY = {
    "version": 1, "depth": 0, "percent": 0.0, "critical": False, "is_summary": False, "is_milestone": False, "is_elapsed": False,
    "duration": 0, "constraint": 0, "name": "", "owner": "", "who": "", "wbs": "",
}  # fmt: skip


def data(actor: Actor, program: Program, scenario: Scenario, *, may_edit: bool) -> dict[str, Any]:
    """Return the plan as the scenario would make it, as far as the actor reads it: the plan's statements and three more
    (five where it works on calendars that the plan does not)."""
    frame = gantt.head(actor, program)
    payload = gantt.data(actor, program, frame)
    visible = ScenarioTask.objects.visible_to(actor).filter(scenario=scenario)
    rows = {row.task_id: row for row in visible}
    tasks = _by_task(payload["tasks"])
    ghosts: dict[int, list[Any]] = {}
    deleted: dict[int, dict[str, Any]] = {}
    before = _before(payload["tasks"])
    edited = {int(pk): values for pk, values in scenario.result.edited.items()}
    for pk, row in rows.items():
        if row.change == ScenarioTask.Change.DELETED:
            if (was := tasks.pop(pk, None)) is not None:
                deleted[pk] = was | {"after": before[pk]}
                ghosts[pk] = [_minutes(row.plan_start), _minutes(row.plan_finish), "deleted"]
            continue
        own = edited.get(pk, {})
        if pk not in tasks:
            if row.change != ScenarioTask.Change.ADDED:
                continue  # deleted from the plan meanwhile
            tasks[pk] = dict.fromkeys(payload["tasks"]) | _EMPTY | {"id": pk, "project": row.project_id}
        task = tasks[pk]
        _lay_over(task, row, own, frame.calendar_of)
        if row.is_listed:
            what = (
                "added" if row.change == ScenarioTask.Change.ADDED else "edited" if row.is_edited else "moved"
            )
            ghosts[pk] = [_minutes(row.plan_start), _minutes(row.plan_finish), what]
    known = {one["id"] for one in payload["calendars"]}
    if lacking := {tasks[pk]["calendar"] for pk in edited if pk in tasks} - known - {None}:
        payload["calendars"] = payload["calendars"] + gantt.hours(program, lacking)
    order = [pk for pk in scenario.result.outline or tasks if pk in tasks]
    placed = set(order)
    order += [pk for pk in tasks if pk not in placed]  # made in the plan meanwhile
    payload["tasks"] = {name: [tasks[pk][name] for pk in order] for name in payload["tasks"]}
    payload["far"] = _kept(far_links.of_plan(actor, program, frame), scenario.result.links)
    payload["links"] = _links(payload["links"], scenario.result.links)
    inputs, computed = scenarios.revisions(scenario)
    payload["program"] |= {"input_revision": inputs, "computed_revision": computed}
    payload["can_edit"] = payload["can_edit"] and may_edit and scenario.is_open
    payload["ghosts"] = ghosts
    payload["gone"] = _gone(deleted)
    payload["head"] = ""
    return payload


def _by_task(columns: Columns) -> dict[int, dict[str, Any]]:
    names = list(columns)
    return {
        values[names.index("id")]: dict(zip(names, values, strict=True))
        for values in zip(*columns.values(), strict=True)
    }


def _before(columns: Columns) -> dict[int, int | None]:
    """Return by task the sibling that stands before it in the plan."""
    last: dict[tuple[int, int | None], int] = {}
    found: dict[int, int | None] = {}
    for pk, project, parent in zip(columns["id"], columns["project"], columns["parent"], strict=True):
        found[pk] = last.get((project, parent))
        last[project, parent] = pk
    return found


def _gone(deleted: dict[int, dict[str, Any]]) -> Columns:
    """Return what the scenario deletes as ``overlays.gone`` returns what was deleted since a baseline; its dates are the ghosts'."""
    order = sorted(
        deleted.values(), key=lambda row: [int(part) for part in row["wbs"].split(".") if part.isdigit()]
    )
    names = ("id", "project", "parent", "after", "is_summary", "is_milestone", "wbs", "name")
    columns: Columns = {name: [row[name] for row in order] for name in names}
    return columns | {"start": [None] * len(order), "finish": [None] * len(order)}


def _lay_over(
    task: dict[str, Any], row: ScenarioTask, own: dict[str, Any], calendar_of: dict[int, int]
) -> None:
    values = {name: value for name, value in own.items() if name in task}
    if "calendar" in values:
        values["calendar"] = values["calendar"] or calendar_of.get(row.project_id, task["calendar"])
    values |= {name: _minutes(getattr(row, name)) for name in _WALLS}
    values |= {name: getattr(row, name) for name in _SAME}
    values |= {
        "critical": row.is_critical,
        "percent": round(row.percent_complete or 0.0, 1),
        "driver": row.driver_task_id,
        "slip_wd": None if row.finish_slip is None else row.finish_slip / WORKDAY,
        "slip_cd": row.finish_slip_days,
    }
    task.update({name: value for name, value in values.items() if name in task})


def _links(plan: Columns, differing: dict[str, list[Any]]) -> Columns:
    rows = {values[0]: values for values in zip(*(plan[name] for name in _LINK), strict=True)}
    for pk in differing.get("removed", ()):
        rows.pop(pk, None)
    for values in differing.get("set", ()):
        rows[values[0]] = tuple(values)
    return {name: [values[at] for values in rows.values()] for at, name in enumerate(_LINK)}


def _kept(far: Columns, differing: dict[str, list[Any]]) -> Columns:
    removed = set(differing.get("removed", ()))
    kept = [at for at, pk in enumerate(far["id"]) if pk not in removed]
    return {name: [values[at] for at in kept] for name, values in far.items()}


_LINK = ("id", "pred", "succ", "kind", "lag", "version")


def _minutes(at: Any) -> int | None:
    return None if at is None else to_minutes(at)
