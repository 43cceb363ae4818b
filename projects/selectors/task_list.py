"""Tasks as lists for machines: with their results, a fixed number of queries for a page."""

from collections.abc import Iterable

from django.db.models import QuerySet

from programs.models import RecomputeState
from projects.models import Task
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSetRevision
from tpm.activity.tracking import event_model


def visible(actor: Actor) -> QuerySet[Task]:
    """Return the tasks that the actor sees, with their schedule."""
    return Task.objects.visible_to(actor).select_related("schedule")


def changed_since(rows: QuerySet[Task], program_id: int, revision: int) -> QuerySet[Task]:
    """Return those rows of a program that somebody wrote after a revision (results that moved are not meant)."""
    later = ChangeSetRevision.objects.filter(program_id=program_id, revision__gt=revision)
    written = event_model(Task)._base_manager.filter(
        pgh_context_id__in=later.values("change_set__context_id")
    )
    return rows.filter(program_id=program_id, pk__in=written.values("pgh_obj_id"))


def computed_revisions(program_ids: Iterable[int]) -> dict[int, int]:
    """Return the revision that the results of these programs were computed at: one query, not a join per task."""
    rows = RecomputeState.objects.filter(pk__in=set(program_ids))
    return dict(rows.values_list("program_id", "computed_revision"))


def visible_ids(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Return which of these tasks the actor sees: a driver may lie in a program that he does not."""
    wanted = set(ids)
    return (
        set(Task.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted
        else set()
    )
