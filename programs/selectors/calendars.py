"""Calendars as engines take them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet

from programs.engine import calendars as engine
from programs.models import CalendarException, Portfolio, WorkCalendar
from tpm.accounts.actors import Actor

Relation = Callable[[type[models.Model]], tuple[str, list[Any]]]


def for_engine(
    portfolio_id: int, program_id: int, relation: Relation | None = None
) -> tuple[list[int], list[engine.WorkCalendar]]:
    """Return ids and compiled calendars of a program's portfolio and of the program itself: two queries.

    ``relation`` may put history in the place of the tables.
    """
    if relation is None:
        rows = list(
            WorkCalendar.objects.filter(portfolio_id=portfolio_id, program__isnull=True)
            | WorkCalendar.objects.filter(program_id=program_id)
        )
    else:
        table, params = relation(WorkCalendar)
        query = f"SELECT * FROM {table} AS row WHERE portfolio_id = %s AND (program_id IS NULL OR program_id = %s)"
        rows = list(WorkCalendar.objects.raw(query, [*params, portfolio_id, program_id]))
    return [row.pk for row in rows], compiled(rows, relation)


def compiled(rows: Sequence[WorkCalendar], relation: Relation | None = None) -> list[engine.WorkCalendar]:
    """Compile calendars with their exceptions: one query."""
    exceptions: dict[int, list[dict[str, object]]] = {}
    for item in _exceptions([row.pk for row in rows], relation):
        exceptions.setdefault(item.calendar_id, []).append(
            {
                "first": item.first_on.isoformat(),
                "last": item.last_on.isoformat(),
                "intervals": item.intervals,
                "name": item.name,
            }
        )
    return [engine.WorkCalendar.from_json(row.week, exceptions.get(row.pk, ()), row.name) for row in rows]


def _exceptions(calendar_ids: list[int], relation: Relation | None) -> Iterable[CalendarException]:
    if relation is None:
        return CalendarException.objects.filter(calendar__in=calendar_ids).order_by("first_on", "pk")
    table, params = relation(CalendarException)
    query = f"SELECT * FROM {table} AS row WHERE calendar_id = ANY(%s) ORDER BY first_on, id"
    return CalendarException.objects.raw(query, [*params, calendar_ids])


def get_for(actor: Actor, pk: int) -> WorkCalendar:
    """Return one calendar with its portfolio.

    :raises WorkCalendar.DoesNotExist: if there is none that the actor may see.
    """
    return WorkCalendar.objects.visible_to(actor).select_related("portfolio").get(pk=pk)


def of_portfolio(actor: Actor, portfolio: Portfolio) -> QuerySet[WorkCalendar]:
    """Return a portfolio's calendars that the actor may see, with ``differing``: how many dated exceptions each has."""
    rows = WorkCalendar.objects.visible_to(actor).filter(portfolio=portfolio).select_related("program")
    return rows.annotate(differing=Count("exceptions")).order_by("program__name", "name", "pk")
