"""Fiscal calendar and periods: set up, open a year, close, and open again by two people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import periods as engine
from budgets.engine.allocation import MoneyError
from budgets.models import FiscalCalendar, FiscalPeriod
from budgets.selectors import periods as selectors
from budgets.selectors.periods import Books
from programs import policies
from programs.models import Portfolio, Program
from tpm import activity
from tpm.accounts.actors import Actor

State = FiscalPeriod.State


def set_calendar(*, actor: Actor, portfolio: Portfolio, **fields: Any) -> FiscalCalendar:
    """Say how the portfolio's fiscal years run; its programs are computed anew by these periods.

    Years that were opened under another rule are opened anew, as long as none of their periods was ever closed.

    :param fields: ``pattern``, ``starts_in``, ``week_starts_on``, ``named_by_end``; ``version`` of the calendar as read.
    :raises NotAllowed, Conflict:
    :raises ValidationError: if the rule is none, or periods of the present one are closed.
    """
    policies.authorize(actor, "money.configure", portfolio)
    version = fields.pop("version", None)
    programs = Program.objects.filter(portfolio=portfolio)
    with activity.change(actor=actor, event=events.PERIODS_CHANGED, programs=programs) as change:
        calendar = selectors.calendar_of(portfolio.pk)
        if calendar is None:
            return change.create(FiscalCalendar(portfolio=portfolio, **fields))
        if version is not None:
            calendar.version = version
        before = selectors.as_rule(calendar)
        changed = change.update(calendar, **fields)
        if selectors.as_rule(changed) != before:
            opened = FiscalPeriod.objects.select_for_update().filter(portfolio=portfolio)
            years = sorted({period.year for period in opened})
            if any(period.closed_at is not None for period in opened):
                raise ValidationError(
                    _("Periods of this calendar were closed already; how it runs can not change any more.")
                )
            change.bulk_delete(FiscalPeriod.objects.filter(portfolio=portfolio))
            for year in years:
                change.bulk_create(_periods(portfolio, changed, year))
        return changed


def open_year(*, actor: Actor, portfolio: Portfolio, year: int) -> list[FiscalPeriod]:
    """Open a fiscal year: its twelve periods, all open.

    :raises NotAllowed:
    :raises ValidationError: without a fiscal calendar, or if the year is open already.
    """
    policies.authorize(actor, "money.configure", portfolio)
    calendar = selectors.calendar_of(portfolio.pk)
    if calendar is None:
        raise ValidationError(_("The portfolio has no fiscal calendar yet. Set it up first."))
    try:
        made = _periods(portfolio, calendar, year)
    except MoneyError as error:
        raise ValidationError({"year": _("%(year)s is no fiscal year.") % {"year": year}}) from error
    with activity.change(actor=actor, event=events.PERIODS_CHANGED) as change:
        if FiscalPeriod.objects.filter(portfolio=portfolio, year=year).exists():
            raise ValidationError({"year": _("Fiscal year %(year)s is open already.") % {"year": year}})
        return change.bulk_create(made)


def close(*, actor: Actor, period: FiscalPeriod, at: datetime) -> FiscalPeriod:
    """Close a period: its actuals are read-only from now on.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is closed, or the one before it is still open.
    """
    policies.authorize(actor, "period.close", period)
    if not period.is_open:
        raise ValidationError(_("The period is closed already."))
    earlier = FiscalPeriod.objects.filter(
        portfolio=period.portfolio_id, state=State.OPEN, starts_on__lt=period.starts_on
    )
    if first := earlier.order_by("starts_on").first():
        raise ValidationError(
            _("Close %(period)s first; periods are closed in their order.") % {"period": first}
        )
    with activity.change(actor=actor, event=events.PERIODS_CHANGED) as change:
        return change.update(
            period, state=State.CLOSED, closed_by_id=actor.user_id, closed_at=at,
            reopen_requested_by_id=None, reopen_requested_at=None, reopen_reason="", reopened_by_id=None, reopened_at=None,
        )  # fmt: skip


def ask_to_reopen(*, actor: Actor, period: FiscalPeriod, reason: str, at: datetime) -> FiscalPeriod:
    """Ask that a closed period be opened again; somebody else must confirm it.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is not closed, or no reason is given.
    """
    policies.authorize(actor, "period.close", period)
    if period.state != State.CLOSED:
        raise ValidationError(
            _("Only a closed period can be opened again, and nobody may have asked for it yet.")
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the one who confirms it decides by that.")})
    if actor.user_id is None:
        raise ValidationError(_("A person has to ask for it."))
    with activity.change(actor=actor, event=events.PERIODS_CHANGED, reason=reason) as change:
        return change.update(
            period,
            state=State.REOPENING,
            reopen_requested_by_id=actor.user_id,
            reopen_requested_at=at,
            reopen_reason=reason.strip()[:300],
        )


def confirm_reopening(*, actor: Actor, period: FiscalPeriod, at: datetime) -> FiscalPeriod:
    """Open a period again that another person asked for.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if nobody asked, or the same person did.
    """
    policies.authorize(actor, "period.close", period)
    if period.state != State.REOPENING:
        raise ValidationError(_("Nobody asked to open this period again."))
    if actor.user_id is None or actor.user_id == period.reopen_requested_by_id:
        raise ValidationError(_("Another person than the one who asked for it must confirm the reopening."))
    with activity.change(actor=actor, event=events.PERIODS_CHANGED, reason=period.reopen_reason) as change:
        return change.update(period, state=State.OPEN, reopened_by_id=actor.user_id, reopened_at=at)


def refuse_reopening(*, actor: Actor, period: FiscalPeriod) -> FiscalPeriod:
    """Leave a period closed that somebody asked to open again (or take one's own request back).

    :raises NotAllowed, Conflict:
    :raises ValidationError: if nobody asked.
    """
    policies.authorize(actor, "period.close", period)
    if period.state != State.REOPENING:
        raise ValidationError(_("Nobody asked to open this period again."))
    with activity.change(actor=actor, event=events.PERIODS_CHANGED) as change:
        return change.update(
            period,
            state=State.CLOSED,
            reopen_requested_by_id=None,
            reopen_requested_at=None,
            reopen_reason="",
        )


def check_days(books: Books, days: Iterable[date]) -> None:
    """Refuse days on which cost can not be posted.

    :raises ValidationError: for the first of them.
    """
    for day in sorted(set(days)):
        if said := selectors.why_not(books, day):
            raise ValidationError({"posted_on": said})


def _periods(portfolio: Portfolio, calendar: FiscalCalendar, year: int) -> list[FiscalPeriod]:
    return [
        FiscalPeriod(
            portfolio=portfolio,
            year=one.year,
            number=one.number,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
        )
        for one in engine.periods_of(selectors.as_rule(calendar), year)
    ]
