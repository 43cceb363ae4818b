"""How people want to be told, and when their next summary is due."""

import zoneinfo
from datetime import UTC, datetime, time, timedelta

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from tpm.accounts.models import User
from tpm.notify.models import Delivery, Notification


def of(user: User) -> Delivery:
    """Return a person's choices; what a new one says if they never chose."""
    return Delivery.objects.filter(pk=user.pk).first() or Delivery(user=user)


def keep(choices: Delivery) -> None:
    """Keep a person's choices."""
    choices.save()


def due_at(choices: Delivery, zone_name: str, now: datetime) -> datetime:
    """Return the last moment up to now at which a summary was due, by the person's own clock; clocks that are put forward or
    back change nothing: it is the wall clock that counts."""
    try:
        zone: zoneinfo.ZoneInfo | None = zoneinfo.ZoneInfo(zone_name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = None
    here = now.astimezone(zone or UTC)
    day = here.date()
    if choices.digest == Delivery.Digest.WEEKLY:
        day -= timedelta(days=(day.weekday() - choices.weekday) % 7)
    moment = datetime.combine(day, time(choices.hour), zone or UTC)
    if moment > here:
        moment -= timedelta(days=7 if choices.digest == Delivery.Digest.WEEKLY else 1)
    return moment.astimezone(UTC)


def due(now: datetime) -> list[int]:
    """Return whose summary is due: something unread was there before the moment came, and was in no summary; one query."""
    fresh = Notification._base_manager.filter(
        Q(user__delivery=None) | Q(user__delivery__digest_sent_at=None) | Q(at__gt=F("user__delivery__digest_sent_at")),
        user=OuterRef("pk"), read_at=None, mailed_at=None,
    )  # fmt: skip
    oldest = Subquery(fresh.order_by("at").values("at")[:1])
    people = User.objects.filter(is_active=True, is_service=False).annotate(oldest=oldest)
    found = []
    for one in people.exclude(oldest=None).select_related("delivery").order_by("pk"):
        choices = getattr(one, "delivery", None) or Delivery(user=one)
        if choices.digest == Delivery.Digest.NONE:
            continue
        moment = due_at(choices, one.time_zone, now)
        if one.oldest <= moment and (choices.digest_sent_at is None or choices.digest_sent_at < moment):
            found.append(one.pk)
    return found


def take(user_id: int, now: datetime) -> Delivery | None:
    """Lock a person's choices for a summary within the transaction that sends it; None if somebody else is at it, or it is
    not due any more."""
    Delivery.objects.get_or_create(user_id=user_id)
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    found = rows.filter(pk=user_id).first()
    if found is None or found.digest == Delivery.Digest.NONE:
        return None
    if found.digest_sent_at is not None and found.digest_sent_at >= due_at(found, found.user.time_zone, now):
        return None
    return found


def sent(choices: Delivery, now: datetime) -> None:
    """Say that a summary went out."""
    choices.digest_sent_at = now
    choices.save(update_fields=["digest_sent_at"])


def to_mail(most: int, attempts: int) -> "models.QuerySet[Notification]":
    """Return notifications that are to be mailed at once, locked for the transaction; those that somebody is at are passed over."""
    rows = Notification._base_manager.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(mail_due=True, mailed_at=None, read_at=None, attempts__lt=attempts).order_by("pk")[
        :most
    ]


def mailed(rows: list[Notification], now: datetime) -> None:
    """Say that these were mailed."""
    Notification._base_manager.filter(pk__in=[one.pk for one in rows]).update(mailed_at=now)


def failed(rows: list[Notification]) -> None:
    """Count a failure of these."""
    Notification._base_manager.filter(pk__in=[one.pk for one in rows]).update(attempts=F("attempts") + 1)
