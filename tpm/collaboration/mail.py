"""Notifications by mail: mentions and approvals at once, the rest in a summary. Where no mail is configured nothing is sent.

A mail says what the notification says at this moment, to those who still see what it is about and have not read it. A row is
locked while its mail goes out: two workers never send the same, and one that dies leaves it to the next.
"""

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.middleware import activate_time_zone
from tpm.accounts.models import User
from tpm.collaboration import words
from tpm.collaboration.words import Told
from tpm.notify import delivery, inbox
from tpm.notify.models import Notification

log = structlog.get_logger(__name__)
AT_ONCE, ATTEMPTS = 100, 8
IN_SUMMARY = 50


def send_waiting() -> int:
    """Mail what is to be mailed at once; returns how many mails went out. What fails is tried again with the next sweep."""
    if not settings.SENDS_MAIL:
        return 0
    sent = 0
    for _turn in range(AT_ONCE):
        with transaction.atomic():
            rows = list(delivery.to_mail(1, ATTEMPTS))
            if not rows:
                return sent
            try:
                sent += _send(rows[0].user, rows, is_summary=False)
            except OSError as error:  # what smtplib raises is one, too
                log.warning("mail_lost", notification=rows[0].pk, error=str(error))
                delivery.failed(rows)
                return sent
            delivery.mailed(rows, timezone.now())
    return sent


def send_digests() -> int:
    """Send the summaries that are due; returns how many went out."""
    if not settings.SENDS_MAIL:
        return 0
    sent = 0
    now = timezone.now()
    for user_id in delivery.due(now):
        with transaction.atomic():
            choices = delivery.take(user_id, now)
            if choices is None:
                continue
            actor = Actor(user=choices.user, via=actors.SYSTEM)
            rows = inbox.mine(actor).filter(read_at=None, mailed_at=None).select_related("actor")
            if choices.digest_sent_at is not None:
                rows = rows.filter(at__gt=choices.digest_sent_at)
            try:
                sent += _send(choices.user, list(rows.order_by("-pk")), is_summary=True)
            except OSError as error:
                log.warning("summary_lost", user=user_id, error=str(error))
                continue
            delivery.sent(choices, now)
    return sent


def _send(user: User, rows: list[Notification], *, is_summary: bool) -> int:
    """Write and send one mail, in the person's language and by their clock; 0 if nothing is left to say."""
    if not user.is_active or not user.email:
        return 0
    try:
        with translation.override(user.language):
            activate_time_zone(user.time_zone)
            told = words.told(Actor(user=user, via=actors.SYSTEM), rows)
            if not told:
                return 0
            _message(user, told, is_summary=is_summary).send()
    finally:
        timezone.deactivate()
    return 1


def _message(user: User, told: list[Told], *, is_summary: bool) -> EmailMultiAlternatives:
    preferences = settings.SITE_URL + reverse("accounts:preferences")
    context = {
        "user": user,
        "told": told[:IN_SUMMARY],
        "more": max(0, len(told) - IN_SUMMARY),
        "is_summary": is_summary,
        "site": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "inbox": settings.SITE_URL + reverse("collaboration:notification-list"),
        "preferences": preferences,
    }
    subject = _subject(told, is_summary=is_summary)
    message = EmailMultiAlternatives(
        f"[{settings.SITE_NAME}] {' '.join(subject.split())}"[:200],
        render_to_string("collaboration/mail.txt", context),
        to=[user.email],
        headers={"List-Unsubscribe": f"<{preferences}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("collaboration/mail.html", context), "text/html")
    return message


def _subject(told: list[Told], *, is_summary: bool) -> str:
    if is_summary:
        said = ngettext("%(n)s thing you have not read", "%(n)s things you have not read", len(told))
        return said % {"n": len(told)}
    return _("%(name)s: %(what)s") % {"name": told[0].seen.name, "what": told[0].text}
