"""A task as the API shows it: what people said, what the engine found, what it is worth."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from projects.engine.network import Driver
from projects.models import Task, TaskSchedule
from projects.selectors import task_list
from projects.services import command_json, command_values
from tpm.accounts.actors import Actor
from tpm.activity.rest import Revisions, Strict
from tpm.activity.rest_fields import WallTime

WORKDAY = 480

# Earned value is known to the app above, which gives it here by task id (tpm/api/urls.py).
values_of: list[Callable[[Actor, Sequence[int]], dict[int, dict[str, Any]]]] = []


class DriverOut(serializers.Serializer[Any]):
    """What decides the start. ``task`` is null where it is no task, or one that the reader does not see."""

    kind = serializers.ChoiceField([driver.name.lower() for driver in Driver])
    task = serializers.IntegerField(allow_null=True)


class ScheduleOut(serializers.Serializer[Any]):
    """Floats and slips are working minutes of the task's calendar; ``slip_wd`` working days of 8 h, ``slip_cd`` calendar
    days."""

    wbs = serializers.CharField()
    sequence = serializers.IntegerField()
    depth = serializers.IntegerField()
    is_summary = serializers.BooleanField()
    start = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    early_start = WallTime(allow_null=True)
    early_finish = WallTime(allow_null=True)
    late_start = WallTime(allow_null=True)
    late_finish = WallTime(allow_null=True)
    duration = serializers.IntegerField()
    percent_complete = serializers.FloatField()
    total_float = serializers.IntegerField(allow_null=True)
    free_float = serializers.IntegerField(allow_null=True)
    is_critical = serializers.BooleanField()
    driver = DriverOut()
    baseline_start = WallTime(allow_null=True)
    baseline_finish = WallTime(allow_null=True)
    start_slip = serializers.IntegerField(allow_null=True)
    finish_slip = serializers.IntegerField(allow_null=True)
    slip_wd = serializers.FloatField(allow_null=True)
    slip_cd = serializers.IntegerField(allow_null=True)


class ValueOut(serializers.Serializer[Any]):
    """At the data date, in the portfolio's currency; null is *not available*."""

    bac = serializers.DecimalField(18, 2)
    pv = serializers.DecimalField(18, 2)
    ev = serializers.DecimalField(18, 2)
    ac = serializers.DecimalField(18, 2)
    sv = serializers.DecimalField(18, 2)
    cv = serializers.DecimalField(18, 2)
    spi = serializers.FloatField(allow_null=True)
    cpi = serializers.FloatField(allow_null=True)
    eac = serializers.DecimalField(18, 2, allow_null=True)


class TaskFields(Strict):
    """What people say of a task. Times are wall-clock times of the program; durations working minutes."""

    name = serializers.CharField(max_length=500)
    is_milestone = serializers.BooleanField(required=False)
    duration = serializers.IntegerField(required=False, min_value=0, max_value=command_values.LONGEST)
    is_elapsed = serializers.BooleanField(required=False)
    calendar = serializers.IntegerField(required=False, allow_null=True)
    ignores_resource_calendars = serializers.BooleanField(required=False)
    constraint = serializers.ChoiceField(list(command_values.CONSTRAINTS), required=False)
    constraint_at = WallTime(required=False, allow_null=True)
    deadline = WallTime(required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False)
    is_manual = serializers.BooleanField(required=False)
    manual_start = WallTime(required=False, allow_null=True)
    manual_finish = WallTime(required=False, allow_null=True)
    actual_start = WallTime(required=False, allow_null=True)
    actual_finish = WallTime(required=False, allow_null=True)
    percent_complete = serializers.FloatField(required=False, min_value=0, max_value=100)
    remaining = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=command_values.LONGEST
    )
    priority = serializers.IntegerField(required=False, min_value=0, max_value=1000)
    responsible = serializers.CharField(required=False, allow_blank=True, max_length=200)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=100_000)


class TaskPatch(TaskFields):
    """With ``parent`` (and ``after``, the sibling to follow; null: first) the task moves in its project's outline."""

    parent = serializers.IntegerField(required=False, allow_null=True)  # type: ignore[assignment]
    after = serializers.IntegerField(required=False, allow_null=True)


class TaskIn(TaskPatch):
    """``after`` null: last."""

    project = serializers.IntegerField()


class TaskOut(TaskFields):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField()
    project = serializers.IntegerField()
    parent = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]
    schedule = ScheduleOut(allow_null=True, help_text="Null until it is computed.")
    value = ValueOut(allow_null=True, help_text="Null until it is computed, and without budget.read.")
    computed_revision = serializers.IntegerField()


class TaskWritten(TaskOut, Revisions):
    pass


def render(actor: Actor, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Return tasks (loaded by ``task_list.visible``) as JSON: three more queries for any number of them."""
    drivers = task_list.visible_ids(
        actor,
        (
            task.schedule.driver_task_id
            for task in tasks
            if hasattr(task, "schedule") and task.schedule.driver_task_id
        ),
    )
    values: dict[int, dict[str, Any]] = {}
    for known in values_of:
        values |= known(actor, [task.pk for task in tasks])
    computed = task_list.computed_revisions(task.program_id for task in tasks)
    return [_task(task, drivers, values.get(task.pk), computed[task.program_id]) for task in tasks]


def _task(
    task: Task, drivers: set[int], value: dict[str, Any] | None, computed_revision: int
) -> dict[str, Any]:
    return {
        "id": task.pk,
        "program": task.program_id,
        "project": task.project_id,
        **command_json.row(task, as_text=True),
        "constraint": Task.Constraint(task.constraint).name,
        "schedule": _schedule(task.schedule, drivers) if hasattr(task, "schedule") else None,
        "value": value,
        "computed_revision": computed_revision,
    }


def _schedule(row: TaskSchedule, drivers: set[int]) -> dict[str, Any]:
    driver = row.driver_task_id if row.driver_task_id in drivers else None
    return {
        "wbs": row.wbs,
        "sequence": row.sequence,
        "depth": row.depth,
        "is_summary": row.is_summary,
        "start": _wall(row.start),
        "finish": _wall(row.finish),
        "early_start": _wall(row.early_start),
        "early_finish": _wall(row.early_finish),
        "late_start": _wall(row.late_start),
        "late_finish": _wall(row.late_finish),
        "duration": row.duration,
        "percent_complete": row.percent_complete,
        "total_float": row.total_float,
        "free_float": row.free_float,
        "is_critical": row.is_critical,
        "driver": {"kind": Driver(row.driver_kind).name.lower(), "task": driver},
        "baseline_start": _wall(row.baseline_start),
        "baseline_finish": _wall(row.baseline_finish),
        "start_slip": row.start_slip,
        "finish_slip": row.finish_slip,
        "slip_wd": None if row.finish_slip is None else round(row.finish_slip / WORKDAY, 4),
        "slip_cd": row.finish_slip_days,
    }


def _wall(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="minutes")
