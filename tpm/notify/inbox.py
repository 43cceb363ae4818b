"""What people were told: put it there once, count it, read it. What is about something that a person does not see is not there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tpm import live
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.notify.models import Delivery, Inbox, Kind, Notification

AT_ONCE = {Kind.MENTION: "mails_mentions", Kind.APPROVAL: "mails_approvals"}
"""What is mailed at once, and by which choice of the person."""


@dataclass(frozen=True)
class Notice:
    """Something to tell a person; ``key`` names the occasion."""

    user: int
    key: str
    kind: str
    subject_kind: str
    subject_id: int
    program_id: int | None = None
    actor: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def tell(notices: Sequence[Notice], *, at: datetime, by_mail: bool) -> None:
    """Put notices into inboxes, each occasion once per person: two statements and one lookup, however many.

    The caller has checked that the people see what it is about. ``by_mail``: this installation sends mail.
    """
    users = {one.user for one in notices}
    if not users:
        return
    choices = {one.pk: one for one in Delivery.objects.filter(user__in=users)} if by_mail else {}
    usual = Delivery()
    Notification._base_manager.bulk_create(
        (
            Notification(
                user_id=one.user, key=one.key[:120], kind=one.kind, subject_kind=one.subject_kind,
                subject_id=one.subject_id, program_id=one.program_id, actor_id=one.actor, data=one.data, at=at,
                mail_due=by_mail
                and one.kind in AT_ONCE
                and getattr(choices.get(one.user, usual), AT_ONCE[Kind(one.kind)]),
            )
            for one in notices
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    count_up(users)


def change(rows: Sequence[Notification], *, at: datetime) -> None:
    """Keep what was added to notifications that are unread still; those that say nothing any more (back where it was) go."""
    gone = [one for one in rows if one.data.get("from") and one.data["from"] == one.data.get("to")]
    kept = [one for one in rows if one not in gone]
    for one in kept:
        one.at = at
    Notification._base_manager.bulk_update(kept, ["data", "at"], batch_size=500)
    Notification._base_manager.filter(pk__in=[one.pk for one in gone]).delete()
    if rows:
        count_up(one.user_id for one in rows)


def settle(
    *, kind: str, prefix: str, program_ids: Sequence[int], waiting: set[tuple[int, str]], at: datetime
) -> None:
    """Mark as read what no longer waits for anybody: unread notifications of a kind in these programs whose key begins so and
    whose person and key are not among those that still do. Two statements."""
    rows = Notification._base_manager.filter(
        kind=kind, key__startswith=prefix, program_id__in=program_ids, read_at=None
    )
    over = [
        (pk, user) for pk, user, key in rows.values_list("pk", "user_id", "key") if (user, key) not in waiting
    ]
    if over:
        Notification._base_manager.filter(pk__in=[pk for pk, _user in over]).update(read_at=at)
        count_up(user for _pk, user in over)


def count_up(users: Iterable[int]) -> None:
    """Say that people's inboxes changed: their open pages follow after the commit. One statement."""
    ids = sorted(set(users))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notify_inbox (user_id, revision) SELECT unnest(%s::bigint[]), 1"
            " ON CONFLICT (user_id) DO UPDATE SET revision = notify_inbox.revision + 1",
            [ids],
        )
    transaction.on_commit(lambda: _told(ids), robust=True)


def _told(ids: list[int]) -> None:
    for pk in ids:
        live.tell(pk, kind="inbox")


def mine(actor: Actor) -> Any:
    """Return the actor's notifications of what they still see."""
    return Notification.objects.visible_to(actor).filter(user=actor.user)


def unread(actor: Actor) -> int:
    """Return how many of them wait; one query."""
    return int(mine(actor).filter(read_at=None).count())


def mark(*, actor: Actor, ids: Sequence[int] | None, is_read: bool, at: datetime) -> int:
    """Mark some of the actor's notifications (None: all of them) as read, or as unread again; returns how many changed.

    :raises PermissionError: if the actor may only read.
    """
    if actor.user is None or not actor.may_write:
        raise PermissionError("This token may only read.")
    rows = Notification._base_manager.filter(user=actor.user, read_at__isnull=is_read)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    with transaction.atomic():
        changed = int(rows.update(read_at=at if is_read else None))
        if changed:
            count_up([actor.user.pk])
    return changed


# ---- live -----------------------------------------------------------------------------------------------------------


def followed(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Return the inboxes among those named that the actor may follow: their own."""
    return {pk for pk in ids if pk == actor.user_id}


def messages(ids: Iterable[int]) -> list[dict[str, Any]]:
    """Return the present revision of inboxes, and how much in them is unread: the owner alone hears it."""
    known = dict(Inbox.objects.filter(pk__in=list(ids)).values_list("pk", "revision"))
    found = []
    for user in User.objects.filter(pk__in=list(ids)).order_by("pk"):
        revision = known.get(user.pk, 0)
        count = unread(Actor(user=user, via=actors.WEB))
        found.append(
            {"topic": f"inbox:{user.pk}", "input": revision, "computed": revision, "state": "current", "unread": count}
        )  # fmt: skip
    return found
