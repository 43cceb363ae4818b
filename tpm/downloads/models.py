"""A file that somebody waits for: the address it is made from, how far it is, where it lies. It is nobody's data: no history."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tpm.accounts.actors import Actor
from tpm.accounts.models import User


class DownloadQuerySet(models.QuerySet["Download"]):
    def visible_to(self, actor: Actor) -> "DownloadQuerySet":
        """One's own: a file holds what its owner may see."""
        return self.filter(user_id=actor.user_id) if actor.user_id else self.none()


class Download(models.Model):
    """``address`` is that of the file, with its query; ``back`` that of the page it was asked for on. ``total`` is unknown while
    rows are still read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Called off")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="downloads")
    address = models.CharField(max_length=2000)
    back = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    stored_at = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("state", "created_at", name="download_waiting")]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def is_open(self) -> bool:
        """Whether a worker has still to do with it."""
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def percent(self) -> int | None:
        """How much of the file is written; None while that can not be said."""
        return min(100, self.done * 100 // self.total) if self.total else None
