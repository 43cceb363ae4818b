"""Calendars as engines take them."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from programs.engine import calendars as engine
from programs.models import CalendarException, Portfolio, WorkCalendar
from tpm.accounts.actors import Actor


def for_engine(portfolio_id: int, program_id: int) -> tuple[list[int], list[engine.WorkCalendar]]:
    """Return ids and compiled calendars of a program's portfolio and of the program itself: two queries."""
    rows = list(
        WorkCalendar.objects.filter(portfolio_id=portfolio_id, program__isnull=True)
        | WorkCalendar.objects.filter(program_id=program_id)
    )
    return [row.pk for row in rows], compiled(rows)


def compiled(rows: Sequence[WorkCalendar]) -> list[engine.WorkCalendar]:
    """Compile calendars with their exceptions: one query."""
    exceptions: dict[int, list[dict[str, object]]] = {}
    for item in CalendarException.objects.filter(calendar__in=[row.pk for row in rows]).order_by(
        "first_on", "pk"
    ):
        exceptions.setdefault(item.calendar_id, []).append(
            {
                "first": item.first_on.isoformat(),
                "last": item.last_on.isoformat(),
                "intervals": item.intervals,
                "name": item.name,
            }
        )
    return [engine.WorkCalendar.from_json(row.week, exceptions.get(row.pk, ()), row.name) for row in rows]


def get_for(actor: Actor, pk: int) -> WorkCalendar:
    """Return one calendar with its portfolio.

    :raises WorkCalendar.DoesNotExist: if there is none that the actor may see.
    """
    return WorkCalendar.objects.visible_to(actor).select_related("portfolio").get(pk=pk)


def of_portfolio(actor: Actor, portfolio: Portfolio) -> QuerySet[WorkCalendar]:
    """Return a portfolio's calendars that the actor may see, with ``differing``: how many dated exceptions each has."""
    rows = WorkCalendar.objects.visible_to(actor).filter(portfolio=portfolio).select_related("program")
    return rows.annotate(differing=Count("exceptions")).order_by("program__name", "name", "pk")
