"""Watches, notifications, and how a person wants to be told. Nobody's plan depends on these rows: they have no history."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tpm.activity.models import ChangeSet
from tpm.activity.subjects import About, AboutManager


class Watch(About):
    """A person follows something: told of its comments and moves. ``is_on`` false: asked to be left alone, whatever happens."""

    class Why(models.TextChoices):
        CHOSEN = "chosen", _("you chose to")
        COMMENTED = "commented", _("you commented")
        MENTIONED = "mentioned", _("you were mentioned")
        ASSIGNED = "assigned", _("it is yours to do")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    is_on = models.BooleanField(default=True)
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.CHOSEN.value)
    marker = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    objects = AboutManager["Watch"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_kind", "subject_id"], name="watch_once")
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="watch_by_subject"),
            models.Index(fields=["program_id", "subject_kind"], name="watch_by_program"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.subject_kind} {self.subject_id}"


class Kind(models.TextChoices):
    """What a person is told of."""

    MENTION = "mention", _("Mention")
    COMMENT = "comment", _("Comment")
    ASSIGNED = "assigned", _("Assigned to you")
    DUE = "due", _("Due")
    APPROVAL = "approval", _("Waits for your approval")
    DECIDED = "decided", _("Your request was decided")
    MOVED = "moved", _("Date moved")
    OFF_TRACK = "off_track", _("Off track")
    STUCK = "stuck", _("Can not be computed")
    REPORT = "report", _("Report published")
    IMPORT = "import", _("Import finished")
    FILE = "file", _("File finished")


class Notification(About):
    """Something that a person was told. ``key`` names the occasion, so that telling it again is no second notification.

    ``data`` holds numbers and dates, never words: it is put into words when it is shown, in the reader's language, and only
    if the reader still sees what it is about.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_due = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = AboutManager["Notification"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_by_user"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
            models.Index(
                fields=["id"], name="notification_to_mail", condition=Q(mail_due=True, mailed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """How a person wants to be told. Who has no row gets what a new one says."""

    class Digest(models.TextChoices):
        NONE = "none", _("no summary")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week")

    WEEKDAYS = [
        (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
        (5, _("Saturday")), (6, _("Sunday")),
    ]  # fmt: skip

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="delivery"
    )
    mails_mentions = models.BooleanField(_("Mail me at once when somebody mentions me"), default=True)
    mails_approvals = models.BooleanField(
        _("Mail me at once when something waits for my approval"), default=True
    )
    digest = models.CharField(
        _("Summary by mail"), max_length=6, choices=Digest.choices, default=Digest.DAILY.value
    )
    hour = models.PositiveSmallIntegerField(_("at (hour)"), default=7, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(_("on"), choices=WEEKDAYS, default=0)
    watches_by_itself = models.BooleanField(
        _("Watch what I comment on, am mentioned in or am assigned to"), default=True
    )
    digest_sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="digest_hour"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="digest_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.digest}"


class Inbox(models.Model):
    """Counts up with every change of a person's notifications: open pages follow it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    revision = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.revision}"


class Noticed(models.Model):
    """A change set of which everybody was told who had to be: the audit is the queue, this is how far it is worked off."""

    change_set = models.OneToOneField(ChangeSet, primary_key=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"change set {self.change_set_id}"


class Told(models.Model):
    """What was told of a program's dates and state so far; ``program_id`` is no foreign key, the foundation knows no program."""

    program_id = models.BigIntegerField(primary_key=True)
    revision = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=0)
    level = models.CharField(max_length=8, blank=True)
    is_stuck = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"program {self.program_id} at {self.revision}"
