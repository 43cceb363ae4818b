"""Create and change working calendars; every program that could use one is recomputed."""

from collections.abc import Sequence
from typing import Any

from programs import events, policies
from programs.models import CalendarException, Portfolio, Program, WorkCalendar
from tpm import activity
from tpm.accounts.actors import Actor


def create(
    *,
    actor: Actor,
    portfolio: Portfolio,
    program: Program | None = None,
    name: str,
    week: Any,
    exceptions: Sequence[dict[str, Any]] = (),
) -> WorkCalendar:
    """Create a calendar for the portfolio, or for one program, with its dated ``exceptions`` (as :func:`update` takes them).

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "calendar.edit", program or portfolio)
    with activity.change(actor=actor, event=events.CALENDAR_CHANGED) as change:
        calendar = change.create(WorkCalendar(portfolio=portfolio, program=program, name=name, week=week))
        for exception in exceptions:
            change.create(CalendarException(calendar=calendar, **exception))
        return calendar


def update(
    *, actor: Actor, calendar: WorkCalendar, exceptions: list[dict[str, Any]] | None = None, **new: Any
) -> WorkCalendar:
    """Change the working week or name; ``exceptions`` (name, first_on, last_on, intervals) replace the dated ones.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "calendar.edit", calendar)
    with activity.change(actor=actor, event=events.CALENDAR_CHANGED, programs=users_of(calendar)) as change:
        if exceptions is not None:
            wanted = [CalendarException(calendar=calendar, **exception) for exception in exceptions]
            kept = list(calendar.exceptions.order_by("first_on", "pk"))
            if [_values(e) for e in wanted] != [_values(e) for e in kept]:
                change.bulk_delete(calendar.exceptions.all())
                for exception in wanted:
                    change.create(exception)
                # A calendar's exceptions are part of it: who read the old ones must not overwrite the new.
                change.bulk_update(WorkCalendar.objects.filter(pk=calendar.pk, version=calendar.version))
                calendar.version += 1
        return change.update(calendar, **new)


def users_of(calendar: WorkCalendar) -> list[Program]:
    """Return the programs whose dates the calendar may decide."""
    programs = Program.objects.filter(portfolio=calendar.portfolio_id)
    return list(programs.filter(pk=calendar.program_id) if calendar.program_id else programs)


def _values(exception: CalendarException) -> tuple[object, ...]:
    return exception.first_on, exception.last_on, exception.intervals, exception.name
