"""The slippage ledger: why dates moved. Derived from the audit, so it has no history of its own; only its job writes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program
from projects.engine.causes import Cause
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.lib.fields import WallTimeField

CAUSES = [
    (Cause.RECORD, _("Before the record")),
    (Cause.ACTUALS, _("Actual dates and progress")),
    (Cause.DATA_DATE, _("Passing of the data date")),
    (Cause.CALENDARS, _("Calendar changed")),
    (Cause.SCOPE, _("Scope added or removed")),
    (Cause.ESTIMATES, _("Re-estimated")),
    (Cause.DEPENDENCIES, _("Dependencies changed")),
    (Cause.CONSTRAINTS, _("Constraints changed")),
    (Cause.OPTIONS, _("Schedule options changed")),
    (Cause.OTHER_PROGRAM, _("Another program")),
    (Cause.UNEXPLAINED, _("Outside the record")),
]


class LedgerState(models.Model):
    """How far a program's ledger is posted, and the dates in other programs that it was posted with.

    ``outside``: by task id of another program its start and finish, wall minutes of this program's clock.
    """

    program = models.OneToOneField(Program, primary_key=True, on_delete=models.CASCADE, related_name="ledger")
    posted_revision = models.BigIntegerField(default=0)
    posted_at = models.DateTimeField(null=True)
    outside = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    error_message = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"ledger of program {self.program_id} at revision {self.posted_revision}"


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def visible_to(self, actor: Actor) -> "LedgerEntryQuerySet":
        """Entries of the projects whose plan the actor reads; those of the program's finish for who reads the whole plan."""
        return self.filter(policies.within(actor, "plan.read"))


class LedgerEntry(models.Model):
    """One move of one date. The entries of an item, by id, are a chain: each begins where the last one ended.

    An item is a milestone (``task_id``), a project's finish (``project_id`` alone) or the program's finish (neither). These are
    no foreign keys: the rows outlive what they speak of. Dates, not differences, are kept: measured on any one calendar they
    telescope. ``from_at`` is missing where the item appears, ``to_at`` where it goes. ``change_set`` is missing where several
    revisions, ``first_revision`` to ``revision``, were posted as one.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    project_id = models.BigIntegerField(null=True)
    task_id = models.BigIntegerField(null=True)
    from_at = WallTimeField(null=True)
    to_at = WallTimeField(null=True)
    cause = models.SmallIntegerField(choices=CAUSES)
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="+")
    first_revision = models.BigIntegerField()
    revision = models.BigIntegerField()
    at = models.DateTimeField()

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["program", "task_id", "project_id", "id"], name="ledger_of_item"),
            models.Index(fields=["program", "at"], name="ledger_by_instant"),
        ]

    def __str__(self) -> str:
        return f"{self.from_at} → {self.to_at}: {self.get_cause_display()}"
