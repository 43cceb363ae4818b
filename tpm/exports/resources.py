"""The resources and assignments of the file."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from programs.models import Program, Resource
from projects.importers.plan import (
    NONE,
    Availability,
    ImportedAssignment,
    ImportedCalendar,
    ImportedResource,
    ResourceKind,
)
from projects.importers.reports import Severity
from projects.models import Assignment
from tpm.accounts.actors import Actor
from tpm.exports.calendars import Calendars
from tpm.exports.losses import Losses
from tpm.exports.numbering import numbered
from tpm.exports.outline import Outline
from tpm.exports.reading import TaskRow
from tpm.lib.walltime import to_minutes

KINDS = {
    Resource.Kind.WORK: ResourceKind.WORK,
    Resource.Kind.MATERIAL: ResourceKind.MATERIAL,
    Resource.Kind.COST: ResourceKind.COST,
}


class Resources:
    """``stated`` are the program's own resources and those of the portfolio that are assigned to a task of the file;
    ``calendars`` those of people, one each as the format asks; ``work`` the working minutes of each task by its id."""

    def __init__(
        self,
        actor: Actor,
        program: Program,
        outline: Outline,
        tasks: dict[int, TaskRow],
        calendars: Calendars,
        losses: Losses,
    ) -> None:
        rows = [
            one
            for one in Assignment.objects.visible_to(actor)
            .filter(program=program)
            .select_related("resource")
            .order_by("pk")
            if one.task_id in tasks
        ]
        used = Q(program=program) | Q(pk__in={one.resource_id for one in rows})
        known = list(Resource.objects.filter(used, portfolio=program.portfolio_id).order_by("pk"))
        uids = numbered({one.pk: one.external_key.rpartition("~")[2] for one in known})
        self.calendars: list[ImportedCalendar] = []
        self.work: dict[int, int] = {}
        following = calendars.free_uid()
        stated = []
        for one in known:
            calendar_uid = None
            if one.calendar_id is not None and one.kind == Resource.Kind.WORK:
                calendar_uid = following
                self.calendars.append(calendars.derived(one.calendar_id, following, one.name))
                following += 1
            stated.append(_resource(one, uids[one.pk], calendar_uid))
        self.stated = tuple(stated)
        self.assignments = tuple(
            self._assignment(
                number, one, tasks[one.task_id], outline.uid_of[one.task_id], uids[one.resource_id]
            )
            for number, one in enumerate(rows, start=1)
        )
        odd = sum(1 for one in known if one.calendar_id is not None and one.kind != Resource.Kind.WORK)
        losses.add(
            Severity.INFO, "resource_calendar", "a calendar of a material or expense; left out", count=odd
        )
        unsaid = sum(1 for one in known if one.role or one.person_id)
        reason = "a resource's role and the person it stands for are not in the file"
        losses.add(Severity.INFO, "resource_roles", reason, count=unsaid)

    def _assignment(
        self, number: int, one: Assignment, task: TaskRow, task_uid: int, resource_uid: int
    ) -> ImportedAssignment:
        work = 0
        if one.resource.kind == Resource.Kind.WORK:
            lasting = Decimal(max(task.duration - one.delay, 0))
            work = one.work if one.work is not None else round(lasting * one.units)
            self.work[task.id] = self.work.get(task.id, 0) + work
        return ImportedAssignment(
            uid=number,
            task_uid=task_uid,
            resource_uid=resource_uid,
            units=float(one.units),
            work=work,
            actual_work=one.actual_work,
            remaining_work=max(0, work - one.actual_work),
            start=task.s_start,
            finish=task.s_finish,
            delay=one.delay,
        )


def _resource(one: Resource, uid: int, calendar_uid: int | None) -> ImportedResource:
    return ImportedResource(
        uid=uid,
        name=one.name,
        kind=KINDS[Resource.Kind(one.kind)],
        initials=one.initials,
        group=one.team,
        email=one.email,
        code=one.code,
        max_units=float(one.max_units),
        calendar_uid=calendar_uid,
        is_generic=one.is_generic,
        is_inactive=not one.is_active,
        availability=tuple(
            Availability(_moment(period["starts"]), _moment(period["ends"]), float(period["units"]))
            for period in one.availability
        ),
        notes=one.notes,
    )


def _moment(text: str | None) -> int:
    return to_minutes(datetime.fromisoformat(text)) if text else NONE
