"""What a person should look at first, over all programs they see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from programs import policies
from programs.models import Program
from projects.models import Task
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet, ChangeSetRevision

MOST = 8
WORKDAY = 480


@dataclass(frozen=True)
class Movement:
    """The newest change of a program."""

    program: Program
    change_set: ChangeSet
    changes: int


def recent_changes(actor: Actor, programs: Sequence[Program]) -> list[Movement]:
    """Return the newest plan change of each program whose changes the actor reads, the newest first: two queries."""
    readable = {one.pk: one for one in programs if policies.holds(actor, "plan.read", one.scope)}
    newest = (
        ChangeSetRevision.objects.filter(program_id__in=readable, change_set__event__startswith="pro")
        .order_by("program_id", "-revision")
        .distinct("program_id")
        .values_list("pk", flat=True)
    )
    rows = ChangeSetRevision.objects.filter(pk__in=list(newest)).select_related("change_set__actor")
    found = [Movement(readable[row.program_id], row.change_set, row.revision) for row in rows]
    return sorted(found, key=lambda one: one.change_set.at, reverse=True)[:MOST]


def overdue(actor: Actor) -> QuerySet[Task]:
    """Return unfinished tasks that were to finish before their program's data date: progress is not reported. One query."""
    rows: QuerySet[Task] = _open_tasks(actor).filter(
        program__data_date__isnull=False,
        planned__lt=F("program__data_date"),
        schedule__percent_complete__lt=100,
    )
    return rows.order_by(F("planned"), "pk")[:MOST]


def tight_milestones(actor: Actor) -> QuerySet[Task]:
    """Return the unfinished milestones with a working day of float or less, the tightest first. One query."""
    rows: QuerySet[Task] = _open_tasks(actor).filter(is_milestone=True, schedule__total_float__lte=WORKDAY)
    return rows.order_by("schedule__total_float", "schedule__finish", "pk")[:MOST]


def _open_tasks(actor: Actor) -> Any:
    visible = Task.objects.visible_to(actor).filter(
        is_active=True, actual_finish=None, schedule__is_summary=False, program__archived_at=None
    )
    planned = Coalesce("schedule__baseline_finish", "schedule__finish")
    return visible.select_related("schedule", "program", "project").annotate(planned=planned)
