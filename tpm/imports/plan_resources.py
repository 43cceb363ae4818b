"""The resources and assignments of a plan file, as resources of the program and assignments of its tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from programs.models import Program, Resource
from projects.importers.plan import (
    NONE,
    Availability,
    ImportedAssignment,
    ImportedPlan,
    ImportedResource,
    ResourceKind,
)
from projects.importers.reports import Severity
from tpm.imports.context import Context
from tpm.imports.plan_calendars import PlanCalendars
from tpm.imports.rows import Ref, Sheet, text
from tpm.lib.walltime import to_datetime

KINDS = {
    ResourceKind.WORK: Resource.Kind.WORK,
    ResourceKind.MATERIAL: Resource.Kind.MATERIAL,
    ResourceKind.COST: Resource.Kind.COST,
}
MOST_UNITS = Decimal(9_999_999)


@dataclass
class PlanResources:
    plan: ImportedPlan
    program: Program
    key: str
    sheets: dict[str, Sheet]
    calendars: PlanCalendars
    context: Context

    def fill(self, tasks: Mapping[int, Ref]) -> None:
        """State all resources, and the assignments to the tasks that are kept."""
        others = self.program.own_resources.exclude(external_key__startswith=f"{self.key}~")
        self._names = {name.casefold() for name in others.values_list("name", flat=True)}
        refs = {resource.uid: self._resource(resource) for resource in self.plan.resources}
        kinds = {resource.uid: resource.kind for resource in self.plan.resources}
        durations = {task.uid: task.duration for task in self.plan.tasks}
        assigned, several = self._merged(tasks)
        for (task, resource), one in assigned.items():
            units = units_of(one.units)
            follows = Decimal(max(durations[task] - max(one.delay, 0), 0)) * units
            said = kinds[resource] == ResourceKind.WORK and one.work != round(follows)
            self.sheets["assignments"].add(
                f"{task}~{resource}",
                {
                    "units": units,
                    "work": max(one.work, 0) if said else None,
                    "actual_work": max(one.actual_work, 0) if kinds[resource] == ResourceKind.WORK else 0,
                    "delay": max(one.delay, 0),
                },
                program_id=self.program.pk,
                task_id=tasks[task],
                resource_id=refs[resource],
            )
        self._say(tasks, several)

    def _resource(self, resource: ImportedResource) -> Ref:
        key = f"{self.key}~{resource.uid}"
        max_units = units_of(resource.max_units)
        values: dict[str, Any] = {
            "name": self._free_name(resource),
            "code": text(resource.code, 100),
            "initials": text(resource.initials, 40),
            "kind": KINDS[ResourceKind(resource.kind)].value,
            "team": text(resource.group, 200),
            "email": text(resource.email, 254),
            "calendar_id": self.calendars.of(resource.calendar_uid),
            "max_units": max_units,
            "availability": [period(one) for one in resource.availability if not _is_plain(one, max_units)],
            "is_generic": resource.is_generic,
            "is_active": not resource.is_inactive,
            "notes": text(resource.notes),
        }
        return self.sheets["resources"].add(
            key,
            values,
            portfolio_id=self.program.portfolio_id,
            program_id=self.program.pk,
            person_id=self.context.person(resource.email),
            external_key=key,
        )

    def _free_name(self, resource: ImportedResource) -> str:
        name = text(resource.name.strip() or f"Resource {resource.uid}", 180)
        free, number = name, 1
        while free.casefold() in self._names:
            number += 1
            free = f"{name} ({number})"
        self._names.add(free.casefold())
        return free

    def _merged(self, tasks: Mapping[int, Ref]) -> tuple[dict[tuple[int, int], ImportedAssignment], int]:
        """Return one assignment per task and resource, and how many were put together with another."""
        found: dict[tuple[int, int], ImportedAssignment] = {}
        several = 0
        for one in self.plan.assignments:
            if one.resource_uid is None or one.task_uid not in tasks:
                continue
            place = one.task_uid, one.resource_uid
            before = found.get(place)
            if before is not None:
                several += 1
                one = replace(
                    before,
                    units=before.units + one.units,
                    work=before.work + one.work,
                    actual_work=before.actual_work + one.actual_work,
                )
            found[place] = one
        return found, several

    def _say(self, tasks: Mapping[int, Ref], several: int) -> None:
        note, plan = self.context.note, self.plan
        rated = sum(1 for one in plan.resources if _has_rates(one))
        reason = "a resource has rates or a cost per use; they are not kept with it (the cost of tasks is)"
        note(Severity.WARNING, "resource_rates", reason, rated)
        lost = sum(
            1 for one in plan.assignments if one.resource_uid is not None and one.task_uid not in tasks
        )
        reason = "a resource is assigned to a summary that became a component project; left out"
        note(Severity.WARNING, "assigned_to_project", reason, lost)
        shaped = sum(1 for one in plan.assignments if one.contour or one.rate_table)
        reason = "an assignment has a work contour or another rate table; its work is taken as even"
        note(Severity.WARNING, "contour", reason, shaped)
        reason = "the same resource is assigned to a task twice; put together"
        note(Severity.INFO, "assigned_twice", reason, several)


def units_of(units: float) -> Decimal:
    """Return units as the tables keep them: four decimals, never below zero."""
    return min(max(round(Decimal(repr(units)), 4), Decimal(0)), MOST_UNITS)


def period(one: Availability) -> dict[str, str | None]:
    """Return a period of availability as the tables keep it."""
    bounds = (None if at == NONE else to_datetime(at) for at in (one.starts, one.ends))
    starts, ends = (at.isoformat(timespec="minutes") if at else None for at in bounds)
    return {"starts": starts, "ends": ends, "units": str(units_of(one.units).normalize() + 0)}


def _is_plain(one: Availability, max_units: Decimal) -> bool:
    return one.starts == NONE and one.ends == NONE and units_of(one.units) == max_units


def _has_rates(resource: ImportedResource) -> bool:
    nothing = {"", "0"}
    return (
        bool(resource.cost_per_use)
        or not {resource.standard_rate, resource.overtime_rate} <= nothing
        or any(
            rate.cost_per_use or not {rate.standard_rate, rate.overtime_rate} <= nothing
            for rate in resource.rates
        )
    )
