"""How far results are behind their inputs, as people and machines ask for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Now
from django.utils import timezone

from programs.models import RecomputeState

LATE_AFTER = timedelta(seconds=30)
STUCK_ATTEMPTS = 8


@dataclass(frozen=True)
class Backlog:
    """What waits, over the whole installation; ``oldest_seconds`` is 0 when nothing does."""

    pending: int
    stuck: int
    oldest_seconds: float


@dataclass(frozen=True)
class Status:
    """One program's computation: ``state`` is current, queued, computing, late or stuck."""

    program_id: int
    input_revision: int
    computed_revision: int
    state: str
    pending_since: datetime | None
    computed_at: datetime | None
    error_code: str
    error_message: str

    @property
    def behind(self) -> int:
        return self.input_revision - self.computed_revision

    @property
    def is_current(self) -> bool:
        return self.behind == 0


def backlog() -> Backlog:
    """Return how much waits and for how long. A program that is stuck waits for people, not for workers."""
    waiting = Q(computed_revision__lt=F("input_revision"))
    found = RecomputeState.objects.aggregate(
        pending=Count("pk", filter=waiting & Q(attempts__lt=STUCK_ATTEMPTS)),
        stuck=Count("pk", filter=waiting & Q(attempts__gte=STUCK_ATTEMPTS)),
        oldest=Min("pending_since", filter=waiting & Q(attempts__lt=STUCK_ATTEMPTS)),
        now=Max(Now()),
    )
    oldest = (found["now"] - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return Backlog(found["pending"], found["stuck"], max(0.0, oldest))


def describe(row: RecomputeState, *, now: datetime | None = None) -> Status:
    """Return a row as people read it."""
    now = now or timezone.now()
    if row.behind == 0:
        state = "current"
    elif row.attempts >= STUCK_ATTEMPTS:
        state = "stuck"
    elif row.pending_since and now - row.pending_since > LATE_AFTER:
        state = "late"
    elif row.lease_until and row.lease_until > now:
        state = "computing"
    else:
        state = "queued"
    return Status(
        row.program_id,
        row.input_revision,
        row.computed_revision,
        state,
        row.pending_since if row.behind else None,
        row.computed_at,
        row.error_code if row.behind else "",
        row.error_message if row.behind else "",
    )


def status(program_id: int) -> Status:
    """Return one program's state; the caller has checked that it may be seen.

    :raises RecomputeState.DoesNotExist: if there is no such program.
    """
    return describe(RecomputeState.objects.get(pk=program_id))


def revisions(program_id: int) -> dict[str, int]:
    """Return ``revision`` and ``computed_revision`` as answers to a write carry them.

    :raises RecomputeState.DoesNotExist: if there is no such program.
    """
    inputs, computed = RecomputeState.objects.values_list("input_revision", "computed_revision").get(
        pk=program_id
    )
    return {"revision": inputs, "computed_revision": computed}
