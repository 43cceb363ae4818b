"""Working calendars of an organisation: a working week and dated exceptions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.portfolios import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

DAY = 1440
OFFICE_DAY = [[480, 720], [780, 1020]]


def standard_week() -> list[list[list[int]]]:
    """Return Monday to Friday, 08:00-12:00 and 13:00-17:00, in minutes of the day."""
    return [OFFICE_DAY] * 5 + [[], []]


def working_day(intervals: Any) -> None:
    """Refuse anything but ascending, separate [start, end) minutes within one day."""
    previous = 0
    if not isinstance(intervals, list):
        raise ValidationError(_("The hours of a day are a list of [start, end] minutes."))
    for interval in intervals:
        if not (
            isinstance(interval, list)
            and len(interval) == 2
            and all(type(minute) is int for minute in interval)
        ):
            raise ValidationError(
                _("Hours are pairs of whole minutes, such as [480, 720] for 08:00 to 12:00.")
            )
        start, end = interval
        if not previous <= start < end <= DAY:
            raise ValidationError(_("Hours must ascend, not overlap, and stay within 0 and 1440 minutes."))
        previous = end


def working_week(value: Any) -> None:
    """Refuse anything but seven days of hours, Monday first."""
    if not (isinstance(value, list) and len(value) == 7):
        raise ValidationError(_("A working week has seven days, Monday first."))
    for day in value:
        working_day(day)


class WorkCalendarQuerySet(models.QuerySet["WorkCalendar"]):
    def visible_to(self, actor: Actor) -> "WorkCalendarQuerySet":
        """Calendars of the portfolios in which the actor reads any plan."""
        if actor.is_system:
            return self
        held = list(policies.holding(actor, "plan.read"))
        own = models.Q(program=None) | models.Q(program_id__in={g.program_id for g in held if g.program_id})
        whole = models.Q(portfolio_id__in={g.portfolio_id for g in held if not g.program_id})
        return self.filter(whole | (models.Q(portfolio_id__in={g.portfolio_id for g in held}) & own))


@tracked
class WorkCalendar(Versioned):
    """``program`` is set for a calendar that came with one program's imported plan."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="calendars")
    program = models.ForeignKey(
        "programs.Program", null=True, blank=True, on_delete=models.CASCADE, related_name="own_calendars"
    )
    name = models.CharField(_("name"), max_length=200)
    week = models.JSONField(_("working week"), default=standard_week, validators=[working_week])
    external_key = models.CharField(max_length=200, blank=True)

    objects = WorkCalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "program", "name"],
                name="calendar_name_unique",
                violation_error_message=_("There is a calendar of this name already."),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id, self.program_id)


@tracked
class CalendarException(Versioned):
    """Days that differ from the working week; no intervals: nobody works."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="exceptions")
    name = models.CharField(_("name"), max_length=200, blank=True)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    intervals = models.JSONField(_("hours"), default=list, blank=True, validators=[working_day])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="exception_ends_after_start",
                violation_error_message=_("The exception ends before it starts."),
            )
        ]
        indexes = [models.Index(fields=["calendar", "first_on"], name="exception_by_day")]

    def __str__(self) -> str:
        return self.name or str(self.first_on)
