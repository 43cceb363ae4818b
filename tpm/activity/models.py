"""The audit: one ``ChangeSet`` per act. The rows' own history is written by the database (tpm/activity/tracking.py)."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tpm.activity.subjects import About, AboutManager
from tpm.activity.tracking import REFUSE, append_only, tracked

# What triggers refuse, in words for people: name of the rule (the constraint that the exception names) → message. The apps
# add theirs; ``activity.change`` turns such a refusal into a ValidationError with the rule as its code.
RULES: dict[str, Any] = {}


class Versioned(models.Model):
    """A row that people edit: ``version`` grows with each change and guards against overwriting somebody else's."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ChangeSet(models.Model):
    """One act: who, through which door, what for, caused by what. Its rows carry ``context_id``."""

    context_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(max_length=64)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=16)
    request_id = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    cause = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="effects")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.event} #{self.pk}"


class ChangeSetRevision(models.Model):
    """The revision that a change set made of one program. ``program_id`` is no foreign key: the audit outlives its program."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="revisions")
    program_id = models.BigIntegerField()
    revision = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program_id", "revision"], name="one_change_set_per_revision")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"program {self.program_id} revision {self.revision}"


class IdempotentRequest(models.Model):
    """A request that a client may repeat: the key it gave, what it asked (hash), and the answer it got."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")]

    def __str__(self) -> str:
        return self.key


@tracked
class Comment(Versioned, About):
    """What somebody said about something. A reply names the comment that it answers; there is one level of them.

    ``mentions``: ``[{"user": 12, "label": "@Marta Kowalska"}]``, as they stand in the text. A deleted comment keeps its place
    and loses its text; what it said stays in the history table, which no door shows.
    """

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), blank=True, max_length=10_000)
    mentions = models.JSONField(default=list, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AboutManager["Comment"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="comment_says_something",
                violation_error_message=_("Write something first."),
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(parent=None), name="only_a_thread_is_resolved"
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="comment_by_subject")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


__all__ = [
    "REFUSE",
    "RULES",
    "ChangeSet",
    "ChangeSetRevision",
    "Comment",
    "IdempotentRequest",
    "Versioned",
    "append_only",
]
