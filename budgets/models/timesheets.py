"""Timesheets: the hours of a person on the tasks of a project in a week, agreed by somebody else, and posted as cost."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.actuals import Actual
from budgets.models.budgets import ProgramRow
from programs import policies
from projects.models import Assignment, Task
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

DAY = 24 * 60


class TimesheetQuerySet(models.QuerySet["Timesheet"]):
    def visible_to(self, actor: Actor) -> "TimesheetQuerySet":
        """One's own, and those of the projects whose hours the actor reads."""
        if actor.is_system:
            return self
        return self.filter(Q(person=actor.user) | policies.within(actor, "time.read"))


@tracked
class Timesheet(ProgramRow):
    """What one person worked for one project from a Monday to the Sunday after. What is agreed by its approver is posted; a
    correction takes the postings back and makes it a draft again."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    week = models.DateField(_("week from"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = TimesheetQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person", "week"], name="one_timesheet_a_week"),
            models.CheckConstraint(condition=Q(project__isnull=False), name="timesheet_of_project"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="timesheet_from_monday"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, submitted_by__isnull=False),
                name="timesheet_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | ~Q(decided_by=F("person")) & (Q(submitted_by=None) | ~Q(decided_by=F("submitted_by"))),
                name="timesheet_decided_by_another",
                violation_error_message=_("Somebody else decides: not who worked, and not who submitted."),
            ),
        ]
        indexes = [models.Index(fields=["person", "week"], name="timesheet_by_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.week}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.DRAFT


@tracked
class TimeEntry(Versioned):
    """Minutes on one task on one day; ``actual`` is what they were posted as, ``assignment`` whose work done they were counted
    into (which may be gone since)."""

    sheet = models.ForeignKey(Timesheet, on_delete=models.CASCADE, related_name="entries")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    minutes = models.PositiveIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(DAY)]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    actual = models.OneToOneField(
        Actual, null=True, blank=True, on_delete=models.RESTRICT, related_name="time_entry"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "task", "day"], name="time_entered_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=DAY), name="time_entry_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.minutes} min"
