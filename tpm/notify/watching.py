"""Watch something, by choice or by taking part; who watches."""

from collections.abc import Iterable

from tpm.accounts.actors import Actor
from tpm.activity.subjects import Seen
from tpm.notify.models import Delivery, Watch

PROGRAM = "program"
"""The kind whose watchers follow everything in it that they see."""


def watch(*, seen: Seen, is_on: bool) -> Watch:
    """Watch what the actor sees, or be left alone by it, whatever happens there.

    :raises PermissionError: if the actor is nobody, or may only read.
    """
    actor = seen.actor
    if actor.user is None or not actor.may_write:
        raise PermissionError("This token may only read.")
    found, _made = Watch._base_manager.update_or_create(
        user=actor.user,
        subject_kind=seen.kind,
        subject_id=seen.pk,
        defaults={
            "is_on": is_on,
            "why": Watch.Why.CHOSEN,
            "program_id": seen.program_id,
            "marker": _marker(seen),
        },
    )
    return found


def watch_by_itself(*, seen: Seen, users: Iterable[int], why: str) -> None:
    """Let people watch what they take part in, unless they said no to this or to all of it. The caller knows that they see it."""
    users = set(users)
    no = set(Delivery.objects.filter(user__in=users, watches_by_itself=False).values_list("user", flat=True))
    Watch._base_manager.bulk_create(
        (
            Watch(
                user_id=user, subject_kind=seen.kind, subject_id=seen.pk, program_id=seen.program_id,
                why=why, marker=_marker(seen),
            )
            for user in sorted(users - no)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def state(seen: Seen) -> Watch | None:
    """Return how the actor watches something, None if they never said and never took part; one query."""
    mine = Watch._base_manager.filter(user=seen.actor.user, subject_kind=seen.kind, subject_id=seen.pk)
    return mine.first()


def watched_by(actor: Actor) -> list[Watch]:
    """Return what a person watches and sees, the newest first."""
    rows = Watch.objects.visible_to(actor).filter(user=actor.user, is_on=True)
    return list(rows.order_by("-pk")[:500])


def watchers(kind: str, pk: int, program_id: int | None) -> set[int]:
    """Return who follows something, itself or its whole program, and did not ask to be left alone by it: two queries."""
    here = dict(Watch._base_manager.filter(subject_kind=kind, subject_id=pk).values_list("user_id", "is_on"))
    found = {user for user, is_on in here.items() if is_on}
    if program_id is not None and kind != PROGRAM:
        found |= followers(program_id) - here.keys()
    return found


def followers(program_id: int) -> set[int]:
    """Return who watches a whole program; one query."""
    rows = Watch._base_manager.filter(subject_kind=PROGRAM, subject_id=program_id, is_on=True)
    return set(rows.values_list("user_id", flat=True))


def of_kind(program_id: int, kind: str) -> list[Watch]:
    """Return the watches of a kind of thing in a program; one query."""
    rows = Watch._base_manager.filter(program_id=program_id, subject_kind=kind, is_on=True)
    return list(rows.order_by("pk"))


def mark(rows: Iterable[Watch]) -> None:
    """Keep the markers of watches: what their people know."""
    Watch._base_manager.bulk_update(rows, ["marker"], batch_size=500)


def _marker(seen: Seen) -> str:
    return seen.subject.marker(seen.row) if seen.subject.marker else ""
