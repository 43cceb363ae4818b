"""What a person should look at first, over all programs they see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
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


@dataclass(frozen=True)
class Stale:
    """Tasks of a program whose progress is not reported: how many, how many of them are one's own, the oldest.

    :ivar oldest: when the first of them was to finish. :ivar task_id, name: the task, where it is only one.
    """

    program: Program
    count: int
    mine: int
    oldest: datetime
    task_id: int | None
    name: str


def stale(actor: Actor, programs: Sequence[Program]) -> list[Stale]:
    """Return programs with unfinished tasks that were to finish before the data date, the longest waiting first. One query.

    One's own are those that one is responsible for, by name or address, and those of projects that one manages.
    """
    assert actor.user is not None
    by_id = {program.pk: program for program in programs}
    own = Q(project__manager=actor.user) | Q(responsible__iexact=actor.user.email)
    if actor.user.name:
        own |= Q(responsible__iexact=actor.user.name)
    found = (
        stale_tasks(_open_tasks(actor))
        .filter(program_id__in=by_id)
        .values("program_id")
        .annotate(
            n=Count("pk"),
            mine=Count("pk", filter=own),
            oldest=Min("planned"),
            first=Min("pk"),
            name=Min("name"),
        )
        .order_by("oldest", "program_id")
    )
    return [
        Stale(
            by_id[row["program_id"]], row["n"], row["mine"], row["oldest"],
            row["first"] if row["n"] == 1 else None, row["name"] if row["n"] == 1 else "",
        )
        for row in found
    ]  # fmt: skip


def stale_tasks(rows: Any) -> Any:
    """Narrow tasks (with ``planned``, see ``with_plan``) to those that were to be done by the data date and are not."""
    return rows.filter(
        program__data_date__isnull=False,
        planned__lt=F("program__data_date"),
        schedule__percent_complete__lt=100,
    )


def with_plan(rows: Any) -> Any:
    """Name when tasks were to finish: their baseline's date, else the plan's, as ``planned``."""
    return rows.annotate(planned=Coalesce("schedule__baseline_finish", "schedule__finish"))


def tight_milestones(actor: Actor) -> QuerySet[Task]:
    """Return the unfinished milestones with a working day of float or less, the tightest first. One query."""
    rows: QuerySet[Task] = _open_tasks(actor).filter(is_milestone=True, schedule__total_float__lte=WORKDAY)
    return rows.order_by("schedule__total_float", "schedule__finish", "pk")[:MOST]


def _open_tasks(actor: Actor) -> Any:
    visible = Task.objects.visible_to(actor).filter(
        is_active=True, actual_finish=None, schedule__is_summary=False, program__archived_at=None
    )
    return with_plan(visible.select_related("schedule", "program", "project"))
