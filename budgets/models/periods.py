"""The fiscal calendar of a portfolio and its periods, which are open or closed."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.portfolio_rows import PortfolioRow
from tpm.activity.tracking import tracked

REOPENED = "period_reopened_by_two"


@tracked
class FiscalCalendar(PortfolioRow):
    """How the portfolio's fiscal years run; without one, calendar months are the periods and none is ever closed."""

    class Pattern(models.TextChoices):
        MONTHS = "months", _("Calendar months")
        W445 = "445", _("4-4-5 weeks")
        W454 = "454", _("4-5-4 weeks")
        W544 = "544", _("5-4-4 weeks")

    pattern = models.CharField(_("pattern"), max_length=8, choices=Pattern.choices, default=Pattern.MONTHS)
    starts_in = models.PositiveSmallIntegerField(
        _("first month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    week_starts_on = models.PositiveSmallIntegerField(
        _("first day of the week"), default=0, validators=[MaxValueValidator(6)]
    )
    named_by_end = models.BooleanField(_("named by the year in which it ends"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio"],
                name="one_fiscal_calendar",
                violation_error_message=_("The portfolio has a fiscal calendar already. Change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_pattern_display()} from {self.starts_in}"


@tracked
class FiscalPeriod(PortfolioRow):
    """Cost is posted into open periods only. Closing is one person's act, opening again takes two."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        REOPENING = "reopening", _("Closed, reopening asked for")

    year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.PositiveSmallIntegerField(_("period"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    reopen_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopen_requested_at = models.DateTimeField(null=True, blank=True)
    reopen_reason = models.CharField(max_length=300, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "year", "number"], name="period_once"),
            models.UniqueConstraint(fields=["portfolio", "starts_on"], name="period_starts_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_in_order"),
            models.CheckConstraint(
                condition=Q(reopened_by=None)
                | Q(reopen_requested_by__isnull=False) & ~Q(reopened_by=F("reopen_requested_by")),
                name=REOPENED,
                violation_error_message=_(
                    "Another person than the one who asked for it must confirm the reopening."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="opened_again_by_two",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF OLD.state <> 'open' AND NEW.state = 'open' AND (
                        OLD.state <> 'reopening' OR NEW.reopened_by_id IS NULL
                        OR NEW.reopen_requested_by_id IS DISTINCT FROM OLD.reopen_requested_by_id
                    ) THEN
                        RAISE EXCEPTION 'a closed period is opened again by two people'
                            USING ERRCODE = 'check_violation', CONSTRAINT = '{REOPENED}';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"FY{self.year} P{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
