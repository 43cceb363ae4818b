"""Create and change programs, and move their data date."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import Favourite, Portfolio, Program, RecomputeState, WorkCalendar
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change


def create(
    *, actor: Actor, portfolio: Portfolio, code: str, name: str, starts_on: date, **fields: Any
) -> Program:
    """Create a program on the portfolio's standard calendar (or ``calendar``).

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "program.create", portfolio)
    with activity.change(actor=actor, event=events.PROGRAM_CHANGED) as change:
        return create_within(change, portfolio=portfolio, code=code, name=name, starts_on=starts_on, **fields)


def create_within(
    change: Change, *, portfolio: Portfolio, code: str, name: str, starts_on: date, **fields: Any
) -> Program:
    """Create a program as part of a larger change (an import)."""
    calendar = fields.pop("calendar", None) or standard_calendar(portfolio)
    if Program.objects.filter(portfolio=portfolio, code__iexact=code).exists():
        raise ValidationError({"code": _("The portfolio has a program with this code already.")})
    program = change.create(
        Program(portfolio=portfolio, code=code, name=name, starts_on=starts_on, calendar=calendar, **fields)
    )
    RecomputeState.objects.create(program=program)
    return program


def standard_calendar(portfolio: Portfolio) -> WorkCalendar:
    """Return the portfolio's oldest shared calendar.

    :raises ValidationError: if it has none.
    """
    calendar = WorkCalendar.objects.filter(portfolio=portfolio, program=None).order_by("pk").first()
    if calendar is None:
        raise ValidationError({"calendar": _("The portfolio has no calendar yet. Create one first.")})
    return calendar


def update(*, actor: Actor, program: Program, **new: Any) -> Program:
    """Change the program's own fields.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "program.edit", program)
    if (calendar := new.get("calendar")) and calendar.portfolio_id != program.portfolio_id:
        raise ValidationError({"calendar": _("The calendar belongs to another portfolio.")})
    moved = "data_date" in new and new["data_date"] != program.data_date
    event = events.DATA_DATE_MOVED if moved else events.PROGRAM_CHANGED
    with activity.change(actor=actor, event=event, programs=[program]) as change:
        return change.update(program, **new)


def recompute(*, actor: Actor, program: Program) -> None:
    """Ask for a computation although nothing changed, which also wakes a program that is stuck.

    :raises NotAllowed:
    """
    policies.authorize(actor, "recompute.force", program)
    with activity.change(
        actor=actor, event=events.PROGRAM_CHANGED, programs=[program], reason="recompute"
    ) as change:
        change.wrote()


def star(*, actor: Actor, program: Program, starred: bool) -> None:
    """Put the program among the actor's favourites, or take it out. Favourites are nobody else's business: no audit."""
    if starred:
        Favourite.objects.get_or_create(user=actor.user, program=program)
    else:
        Favourite.objects.filter(user=actor.user, program=program).delete()
