"""The audit: one ``ChangeSet`` per act. The rows' own history is written by the database (tpm/activity/tracking.py)."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models

# What triggers refuse, in words for people: name of the rule (the constraint that the exception names) → message. The apps
# add theirs; ``activity.change`` turns such a refusal into a ValidationError with the rule as its code.
RULES: dict[str, Any] = {}
REFUSE = "RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;"


def append_only() -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse UPDATE, DELETE and TRUNCATE of a table, whoever asks."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            operation=pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=REFUSE,
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func=REFUSE,
        ),
    ]


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
