"""What a scenario makes of the plan: plan and scenario computed alike, set side by side, and only what differs kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from programs.engine.calendars import ROUND_THE_CLOCK
from programs.models import Program
from programs.services.indicators import MILLIONTHS, Readings
from projects.engine import compare, workload
from projects.engine.workload import Assigned, Workload
from projects.models import Dependency, Scenario, ScenarioResult, ScenarioTask, Task
from projects.selectors import assignments, task_calendars
from projects.selectors.networks import index_of
from projects.services import schedule
from projects.services.commands import Applied, Command, Unlink
from projects.services.schedule import PlanResult
from tpm.lib import bulk, locks
from tpm.lib.walltime import NONE, to_datetime, to_minutes

Ints = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]
LEASE = timedelta(seconds=50)  # as long as a job may run
KEPT = ("plan.", "cost.")  # figures by the first word of their key
DATES = {"plan.start", "plan.finish", "plan.baseline_finish"}
SHOWN = ("start", "finish", "duration", "total_float", "is_critical", "bac", "eac")
DRAWN = (
    "late_start", "late_finish", "percent_complete", "free_float", "is_summary", "driver_task_id", "finish_slip",
    "finish_slip_days",
)  # fmt: skip
_WALLS = {"start", "finish", "late_start", "late_finish", "plan_start", "plan_finish"}
_MONEY = {"bac", "eac", "plan_bac", "plan_eac"}
_OF_SCENARIO = (
    "start", "finish", "late_start", "late_finish", "duration", "percent_complete", "total_float", "free_float",
    "is_critical", "driver_task_id", "finish_slip", "finish_slip_days", "bac", "eac",
)  # fmt: skip
_OF_PLAN = ("start", "finish", "duration", "total_float", "is_critical", "bac", "eac")


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: the schedule, cost by task (cents, shape ``(n,)``), the figures by project, and who works on what."""

    plan: PlanResult
    bac: Ints
    eac: Ints
    readings: Readings
    assigned: Assigned


@dataclass(frozen=True)
class Own:
    """What people say in the scenario: own values of edited tasks and links, read while the edits stood in the tables.

    :ivar made: −N by the id that a created task had meanwhile.
    :ivar tasks: own values by id (−N for created tasks), moments as wall minutes. Where an edit changed who works on it, there
        is ``who``, and ``calendar`` is what it works on by them.
    :ivar links: ``set`` (rows of id, pred, succ, kind, lag, version) and ``removed`` (ids).
    """

    made: dict[int, int]
    tasks: dict[int, dict[str, Any]]
    links: dict[str, list[Any]]


def waiting(limit: int = 50) -> list[int]:
    """Return scenarios that somebody wants computed and nobody is at, the longest wanted first."""
    rows = _free().filter(wanted_at__isnull=False, scenario__state=Scenario.State.OPEN)
    return list(rows.order_by("wanted_at").values_list("pk", flat=True)[:limit])


def claim(scenario_id: int) -> bool:
    """Take a scenario for this worker, if nobody is at it."""
    return bool(_free().filter(pk=scenario_id).update(lease_until=timezone.now() + LEASE))


def release(scenario_id: int) -> None:
    """Give a scenario back."""
    ScenarioResult.objects.filter(pk=scenario_id).update(lease_until=None)


def is_behind(scenario_id: int) -> bool:
    """Tell whether an open scenario's last try was not of its edits and the plan as they are."""
    behind = ~Q(tried_edits=F("scenario__edits")) | ~Q(
        tried_revision=F("scenario__program__computation__input_revision")
    )
    return ScenarioResult.objects.filter(behind, pk=scenario_id, scenario__state=Scenario.State.OPEN).exists()


def _free() -> QuerySet[ScenarioResult]:
    return ScenarioResult.objects.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now()))


def read_own(program: Program, applied: Applied, commands: Sequence[Command], numbers: Sequence[int]) -> Own:
    """Read what the edits wrote, to be run while they stand: two statements, and five more where people were assigned."""
    made = {pk: -numbers[index] for index, pk in applied.created.items()}
    made_links = {pk: -numbers[index] for index, pk in applied.created_links.items()}
    tasks: dict[int, dict[str, Any]] = {}
    for task in Task.objects.filter(pk__in=applied.versions.keys() | applied.staffed):
        tasks[made.get(task.pk, task.pk)] = {
            "name": task.name,
            "owner": task.responsible,
            "project": task.project_id,
            "parent": made.get(task.parent_id or 0, task.parent_id),
            "calendar": task.calendar_id,
            "is_milestone": task.is_milestone,
            "is_elapsed": task.is_elapsed,
            "constraint": task.constraint,
            **{
                name: None if getattr(task, name) is None else to_minutes(getattr(task, name))
                for name in ("constraint_at", "deadline", "actual_start", "actual_finish")
            },
        }
    if applied.staffed:
        staffed = [pk for pk in applied.staffed if made.get(pk, pk) in tasks]
        people = assignments.who(program.pk, list({one["project"] for one in tasks.values()}), staffed)
        works = task_calendars.of_tasks(program, staffed)
        for pk in staffed:
            own = tasks[made.get(pk, pk)]
            own["who"] = people.get(pk, "")
            if (at := works.by_task[pk]) < len(
                works.ids
            ):  # else hours in common, which only the engine knows
                own["calendar"] = works.ids[at]
    links = [
        [
            made_links.get(link.pk, link.pk),
            made.get(link.predecessor_id, link.predecessor_id),
            made.get(link.successor_id, link.successor_id),
            Dependency.Kind(link.kind).name,
            link.lag,
            1 if link.pk in made_links else link.version - 1,
        ]
        for link in Dependency.objects.filter(pk__in=applied.link_versions).order_by("pk")
    ]
    removed = [command.link for command in commands if isinstance(command, Unlink) and command.link > 0]
    return Own(made, tasks, {"set": links, "removed": removed})


def publish(
    scenario_id: int, *, edits: int, revision: int, plan: Side, what_if: Side, own: Own, milliseconds: int
) -> bool:
    """Keep what differs; False if a result of later edits or of a later revision is there already."""
    columns = differences(plan, what_if, own)
    names = _names(columns["task_id"].tolist(), own)
    rows = zip(
        *(_as_stored(name, values) for name, values in columns.items()),
        (names.get(pk, "") for pk in columns["task_id"].tolist()),
        (scenario_id for _ in range(len(columns["task_id"]))),
        strict=True,
    )
    with transaction.atomic():
        locks.hold("scenario", scenario_id)
        if not ScenarioResult.objects.filter(
            pk=scenario_id, edits__lte=edits, revision__lte=revision
        ).exists():
            return False
        ScenarioTask.objects.filter(scenario=scenario_id).delete()
        bulk.copy_rows("projects_scenariotask", [*columns, "name", "scenario_id"], rows)
        ScenarioResult.objects.filter(pk=scenario_id).update(
            edits=edits,
            revision=revision,
            tried_edits=edits,
            tried_revision=revision,
            problems=[],
            figures=figures(plan, what_if),
            edited=_edited(plan, own),
            links=own.links,
            outline=_outline(plan, what_if, own),
            computed_at=timezone.now(),
            duration_ms=milliseconds,
            wanted_at=None,
        )
    return True


def publish_problems(scenario_id: int, *, edits: int, revision: int, problems: list[dict[str, Any]]) -> None:
    """Say why the edits do not fit the plan; the last good result stays."""
    ScenarioResult.objects.filter(
        pk=scenario_id, tried_edits__lte=edits, tried_revision__lte=revision
    ).update(tried_edits=edits, tried_revision=revision, problems=problems, wanted_at=None)


def differences(plan: Side, what_if: Side, own: Own) -> Columns:
    """Return the rows of ``ScenarioTask`` as columns: changed and added tasks in the scenario's order, then deleted ones."""
    before, after = _values(plan, {}), _values(what_if, own.made)
    at = index_of(after["task_id"], before["task_id"])
    known = at >= 0
    touched = np.isin(after["task_id"], np.array(sorted(own.tasks), np.int64))
    differs = {
        name: known & (after[name] != before[name][at]) if len(before[name]) else np.zeros(len(at), bool)
        for name in (*SHOWN, *DRAWN)
    }
    listed = ~known | touched | np.logical_or.reduce([differs[name] for name in SHOWN])
    stored = listed | np.logical_or.reduce([differs[name] for name in DRAWN])
    kept = np.flatnonzero(stored)[np.argsort(after["sequence"][stored], kind="stable")]
    gone = np.flatnonzero(index_of(before["task_id"], after["task_id"]) < 0)
    gone = gone[np.argsort(before["sequence"][gone], kind="stable")]
    there = known[kept]
    count, lost = len(kept), len(gone)

    def both(name: str) -> NDArray[Any]:
        return np.concatenate([after[name][kept], before[name][gone]])

    def of_plan(name: str) -> NDArray[Any]:
        empty = np.full(count, _missing(before[name]), before[name].dtype)
        empty[there] = before[name][at[kept][there]]
        return np.concatenate([empty, before[name][gone]])

    columns: Columns = {name: both(name) for name in ("task_id", "project_id", "sequence")}
    columns["change"] = np.concatenate([np.where(there, 0, 1), np.full(lost, 2)]).astype(np.int16)
    columns["is_edited"] = np.concatenate([touched[kept], np.zeros(lost, bool)])
    columns["is_listed"] = np.concatenate([listed[kept], np.ones(lost, bool)])
    for name in ("is_summary", "is_milestone"):
        columns[name] = both(name)
    for name in _OF_SCENARIO:
        lacking = np.full(lost, _missing(after[name]), after[name].dtype)
        columns[name] = np.concatenate([after[name][kept], lacking])
    for name in _OF_PLAN:
        columns[f"plan_{name}"] = of_plan(name)
    network = what_if.plan.inputs.network
    clock = np.where(network.is_elapsed, len(network.calendars), network.calendar)[kept]
    for name in ("start", "finish"):
        shift = compare.working_variance(
            (*network.calendars, ROUND_THE_CLOCK), clock, columns[f"plan_{name}"][:count], after[name][kept]
        )
        columns[f"{name}_shift"] = np.concatenate([shift, np.full(lost, NONE)])
    return columns


def figures(plan: Side, what_if: Side) -> dict[str, dict[str, list[str | None]]]:
    """Return plan and scenario side by side by project ("0": the program) and key; numbers as decimal text, and
    ``plan.finish_shift_wd``, the working days by which the finish moves. For the program also ``load.<resource>.work`` (minutes)
    and ``load.<resource>.peak`` (units) of resources for whom one of the two differs."""
    found: dict[str, dict[str, list[str | None]]] = {}
    for side, readings in enumerate((plan.readings, what_if.readings)):
        for project, key, value, text in readings.rows:
            if text and key not in DATES:
                continue  # a word, such as the name of a method, has no difference
            if key.startswith(KEPT):
                pair = found.setdefault(str(project), {}).setdefault(key, [None, None])
                pair[side] = text or (None if value == NONE else _decimal(value))
    inputs = what_if.plan.inputs
    calendars = dict(zip(inputs.project_ids.tolist(), inputs.project_calendar.tolist(), strict=True))
    for project_id, pairs in found.items():
        calendar = calendars.get(int(project_id), inputs.program_calendar)
        then, now = (
            np.array([to_minutes(datetime.fromisoformat(text)) if text else NONE], np.int64)
            for text in pairs.get("plan.finish", [None, None])
        )
        shift = compare.working_variance(inputs.network.calendars, np.array([calendar]), then, now)[0]
        wd = None if shift == NONE else _decimal(round(int(shift) / schedule.WORKDAY * MILLIONTHS))
        pairs["plan.finish_shift_wd"] = [None, wd]
    found.setdefault("0", {}).update(_loads(plan, what_if))
    return found


def _loads(plan: Side, what_if: Side) -> dict[str, list[str | None]]:
    sides = (_load_of(plan), _load_of(what_if))
    found: dict[str, list[str | None]] = {}
    for resource in sorted(sides[0].keys() | sides[1].keys()):
        before, after = (side.get(resource, (0, 0)) for side in sides)
        if before != after:
            found[f"load.{resource}.work"] = [str(before[0]), str(after[0])]
            found[f"load.{resource}.peak"] = [f"{before[1] / 10_000:.4f}", f"{after[1] / 10_000:.4f}"]
    return found


def _load_of(side: Side) -> dict[int, tuple[int, int]]:
    """Work and peak by resource."""
    network, schedule = side.plan.inputs.network, side.plan.schedule
    at = index_of(side.assigned.task_id, network.task_id)
    known = at >= 0  # all are: assignments and network were read together
    assigned = Assigned(
        side.assigned.resource_ids,
        *(getattr(side.assigned, name)[known] for name in ("task_id", "resource", "units", "work", "delay")),
    )
    at = at[known]
    load: Workload = workload.measure(
        assigned,
        duration=schedule.duration[at],
        start=schedule.start[at],
        finish=schedule.finish[at],
        is_open=network.actual_finish[at] == NONE,
    )
    rows = zip(assigned.resource_ids.tolist(), load.work.tolist(), load.peak.tolist(), strict=True)
    return {resource: (work, peak) for resource, work, peak in rows}


def _values(side: Side, made: Mapping[int, int]) -> Columns:
    values: Columns = dict(schedule.values(side.plan))
    for name in ("task_id", "driver_task_id"):
        values[name] = _renamed(values[name], made)
    network = side.plan.inputs.network
    return values | {"bac": side.bac, "eac": side.eac, "is_milestone": network.is_milestone}


def _renamed(ids: Ints, made: Mapping[int, int]) -> Ints:
    ids = ids.copy()
    for pk, reference in made.items():
        ids[ids == pk] = reference
    return ids


def _outline(plan: Side, what_if: Side, own: Own) -> list[int] | None:
    """Return all task ids in their order, None where it is the plan's (without what is deleted)."""
    before = plan.plan.inputs.task_ids[plan.plan.schedule.order]
    after = _renamed(what_if.plan.inputs.task_ids[what_if.plan.schedule.order], own.made)
    left = before[np.isin(before, after)]
    return None if np.array_equal(left, after) else after.tolist()


def _names(ids: Iterable[int], own: Own) -> dict[int, str]:
    names = dict(Task.objects.filter(pk__in=[pk for pk in ids if pk > 0]).values_list("pk", "name"))
    return names | {pk: str(values["name"]) for pk, values in own.tasks.items()}


def _edited(plan: Side, own: Own) -> dict[str, dict[str, Any]]:
    """Return own values as they are kept: beside ``who`` stands the plan's, ``plan_who``."""
    staffed = [pk for pk, values in own.tasks.items() if "who" in values]
    people: dict[int, str] = {}
    if staffed:
        inputs = plan.plan.inputs
        people = assignments.who(inputs.program_id, inputs.project_ids.tolist(), staffed)
    return {
        str(pk): values | ({"plan_who": people.get(pk, "")} if "who" in values else {})
        for pk, values in own.tasks.items()
    }


def _missing(values: NDArray[Any]) -> Any:
    return {"b": False, "f": np.nan}.get(values.dtype.kind, NONE)


def _as_stored(name: str, values: NDArray[Any]) -> Iterable[Any]:
    if name in _WALLS:
        return (to_datetime(value) for value in values.tolist())
    if name in _MONEY:
        return (None if value == NONE else f"{value / 100:.2f}" for value in values.tolist())
    if values.dtype.kind == "f":
        return (None if value != value else value for value in values.tolist())
    return (None if value == NONE else value for value in values.tolist())


def _decimal(millionths: int) -> str:
    sign = "-" if millionths < 0 else ""
    whole, part = divmod(abs(int(millionths)), MILLIONTHS)
    return f"{sign}{whole}.{part:06d}"
