"""The fiscal calendar of a portfolio: its rule, its periods, and which of them are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budgets.engine import periods as engine
from budgets.engine.periods import CALENDAR_MONTHS, Period, Rule
from budgets.models import FiscalCalendar, FiscalPeriod
from programs import policies
from programs.models import Portfolio
from tpm.accounts.actors import Actor


def portfolio_for(actor: Actor, pk: int) -> Portfolio:
    """Return a portfolio in which the actor reads money, be it of one project only.

    :raises Portfolio.DoesNotExist: if there is none.
    """
    found = Portfolio.objects.visible_to(actor)
    if not actor.is_system:
        found = found.filter(pk__in={grant.portfolio_id for grant in policies.holding(actor, "budget.read")})
    return found.get(pk=pk)


def calendar_of(portfolio_id: int) -> FiscalCalendar | None:
    """Return the fiscal calendar of a portfolio, None if it goes by calendar months."""
    found: FiscalCalendar | None = (
        FiscalCalendar.objects.filter(portfolio=portfolio_id).select_related("portfolio").first()
    )
    return found


def rule_of(portfolio_id: int) -> Rule:
    """Return how the periods of a portfolio run: one query."""
    return as_rule(calendar_of(portfolio_id))


def as_rule(calendar: FiscalCalendar | None) -> Rule:
    """Return a fiscal calendar as the engine takes it."""
    if calendar is None:
        return CALENDAR_MONTHS
    return Rule(calendar.pattern, calendar.starts_in, calendar.week_starts_on, calendar.named_by_end)


def rows(actor: Actor, portfolio: Portfolio | None = None) -> QuerySet[Any]:
    """Return the visible periods, the newest first."""
    found = FiscalPeriod.objects.visible_to(actor)
    if portfolio is not None:
        found = found.filter(portfolio=portfolio)
    people = ("closed_by", "reopen_requested_by", "reopened_by")
    return found.select_related("portfolio", *people).order_by("-starts_on")


def get_for(actor: Actor, pk: int) -> FiscalPeriod:
    """Return one period.

    :raises FiscalPeriod.DoesNotExist: if there is none that the actor may see.
    """
    period: FiscalPeriod = rows(actor).get(pk=pk)
    return period


@dataclass(frozen=True)
class Books:
    """Where cost may be posted: ``periods`` by day, none if the portfolio has no fiscal calendar (then everywhere)."""

    rule: Rule
    kept: bool
    periods: Sequence[FiscalPeriod] = ()

    def at(self, day: date) -> FiscalPeriod | None:
        """Return the period of a day; None outside of the calendar."""
        return next((one for one in self.periods if one.starts_on <= day <= one.ends_on), None)

    def next_open(self, after: date) -> date | None:
        """Return the first day of the next open period behind that of a day; None if there is none yet."""
        if not self.kept:
            return engine.period_of(self.rule, after).ends_on + timedelta(days=1)
        here = self.at(after)
        behind = here.ends_on if here else after
        return next((one.starts_on for one in self.periods if one.starts_on > behind and one.is_open), None)


def books(portfolio_id: int) -> Books:
    """Return the books of a portfolio: two queries."""
    calendar = calendar_of(portfolio_id)
    if calendar is None:
        return Books(CALENDAR_MONTHS, kept=False)
    found = list(FiscalPeriod.objects.filter(portfolio=portfolio_id).order_by("starts_on"))
    return Books(as_rule(calendar), kept=True, periods=found)


def why_not(books: Books, day: date) -> str:
    """Return why cost can not be posted on a day, and what to do; empty if it can."""
    if not books.kept:
        return ""
    period = books.at(day)
    if period is None:
        year = engine.period_of(books.rule, day).year
        return _("%(day)s is outside of the fiscal calendar. Open fiscal year %(year)s first.") % {
            "day": day.isoformat(),
            "year": year,
        }
    if not period.is_open:
        return _("%(period)s is closed. Post into an open period, or have it opened again.") % {
            "period": period
        }
    return ""


def why_not_planned(books: Books, day: date) -> str:
    """Return why what is planned for a day can not be changed, and what to do; empty if it can."""
    said = why_not(books, day)
    period = books.at(day) if said else None
    if period is None:
        return said
    return _("%(period)s is closed; what was planned for it stays. Plan in an open period.") % {
        "period": period
    }


def span(rule: Rule, first: date, last: date) -> list[Period]:
    """Return the periods from that of one day to that of another."""
    return list(engine.covering(rule, first, last))
