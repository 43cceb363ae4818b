"""Spreading cost over time: linear in the working time between start and finish of each task or cost line.

Instants are wall minutes (``int64``, minutes since 1970-01-01T00:00 wall clock), amounts minor units. What is spent
*by* an instant is ``cost * worked / total`` rounded half to even once; a period holds the difference between its two
edges. So the parts of all periods sum to the cost, and the curve agrees with :func:`planned_value` at every edge to
the cent. (A largest-remainder split of the periods would sum as well, but disagree with the planned value by a cent;
see :func:`budgets.engine.allocation.allocate` for splits that are not over time.)
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from budgets.engine.allocation import NONE, Int64, MoneyError, amounts, proportion, refuse
from programs.engine.calendars import WorkCalendar, work_ordinal

_ROWS: Final = 8_192


def planned_value(
    cost: ArrayLike,
    calendar: ArrayLike,
    start: ArrayLike,
    finish: ArrayLike,
    data_date: int,
    calendars: Sequence[WorkCalendar],
) -> Int64:
    """Return the cost planned up to the data date, ``(k,)`` minor units.

    :param cost: ``(k,)`` minor units, any sign.
    :param calendar: ``(k,)`` index into ``calendars`` of the task's own calendar.
    :param start, finish: ``(k,)`` wall minutes, as a rule the baseline's.
    :param data_date: wall minutes.

    Rows with no working time between start and finish (milestones) earn at the finish. Rows that lack a date have no
    plan and yield 0: show them by :func:`unphased`.

    :raises MoneyError: ``data_date_missing``, ``calendar_unknown``, ``shape``, ``not_minor_units``.
    """
    if data_date == NONE:
        raise MoneyError("data_date_missing", "planned value needs a data date")
    edges = np.array([data_date], np.int64)
    money, index, begin, end = _lines(cost, calendar, start, finish, calendars)
    planned = np.zeros(len(money), np.int64)
    for rows, spent in _spent_by(money, index, begin, end, edges, calendars):
        planned[rows] = spent[:, 0]
    return planned


def by_period(
    cost: ArrayLike,
    calendar: ArrayLike,
    start: ArrayLike,
    finish: ArrayLike,
    period_edges: ArrayLike,
    calendars: Sequence[WorkCalendar],
) -> Int64:
    """Return the cost that falls into each period, ``(k, p)`` minor units for ``p + 1`` rising edges.

    Period ``j`` runs from ``period_edges[j]`` (exclusive) to ``period_edges[j + 1]`` (inclusive). Rows sum to their
    cost when the edges cover them, as those of :func:`month_edges` do; what lies outside is in no period.

    :raises MoneyError: ``edges_not_rising`` and those of :func:`planned_value`.
    """
    edges = np.asarray(period_edges, np.int64)
    if edges.ndim != 1 or len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise MoneyError("edges_not_rising", "period edges are at least two rising instants")
    money, index, begin, end = _lines(cost, calendar, start, finish, calendars)
    phased = np.zeros((len(money), len(edges) - 1), np.int64)
    for rows, spent in _spent_by(money, index, begin, end, edges, calendars):
        phased[rows] = np.diff(spent, axis=1)
    return phased


def sum_by_period(
    cost: ArrayLike,
    calendar: ArrayLike,
    start: ArrayLike,
    finish: ArrayLike,
    period_edges: ArrayLike,
    calendars: Sequence[WorkCalendar],
    group: ArrayLike,
    n_groups: int,
) -> Int64:
    """Return :func:`by_period` summed by group, ``(n_groups, p)``, without the ``(k, p)`` array in between.

    Only the periods that a row touches are looked at: for tasks of weeks in a plan of years that is a small part of all.

    :param group: ``(k,)`` index of each row's group.
    :raises MoneyError: those of :func:`by_period`.
    """
    edges = np.asarray(period_edges, np.int64)
    if edges.ndim != 1 or len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise MoneyError("edges_not_rising", "period edges are at least two rising instants")
    money, index, begin, end = _lines(cost, calendar, start, finish, calendars)
    owner, periods = np.asarray(group, np.int64), len(edges) - 1
    total = np.zeros((n_groups, periods), np.int64)
    dated = ~unphased(begin, end)
    for number in np.unique(index[dated]):
        rows = np.flatnonzero(dated & (index == number))
        at_edge, first, last = (
            work_ordinal(calendars[number], instants) for instants in (edges, begin[rows], end[rows])
        )
        flat = last <= first
        from_ = np.where(
            flat, np.searchsorted(edges, end[rows]), np.searchsorted(at_edge, first, side="right")
        )
        to = np.where(flat, from_, np.searchsorted(at_edge, last))
        from_, to = np.maximum(from_ - 1, 0), np.minimum(to - 1, periods - 1)
        count = np.maximum(to - from_ + 1, 0)
        row = np.repeat(np.arange(len(rows)), count)
        period = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(from_, count)
        spent = [
            _by_edge(
                money[rows][row],
                first[row],
                last[row],
                flat[row],
                at_edge[period + side],
                edges[period + side],
                end[rows][row],
            )
            for side in (0, 1)
        ]
        np.add.at(total, (owner[rows][row], period), spent[1] - spent[0])
    return total


def _by_edge(
    money: Int64, first: Int64, last: Int64, flat: NDArray[np.bool_], at_edge: Int64, edge: Int64, end: Int64
) -> Int64:
    """Return what each pair of a row and an edge has spent by that edge; rows without working time spend at their finish."""
    whole = np.where(flat, 1, last - first)
    worked = np.where(flat, end <= edge, np.clip(at_edge - first, 0, whole))
    return proportion(money, worked, whole)


def unphased(start: ArrayLike, finish: ArrayLike) -> NDArray[np.bool_]:
    """Mark the rows that can not be phased because a date is missing, ``(k,)``."""
    begin, end = np.asarray(start, np.int64), np.asarray(finish, np.int64)
    return np.asarray((begin == NONE) | (end == NONE), np.bool_)


def month_edges(first: int, last: int) -> Int64:
    """Return the midnights (wall minutes) that open the calendar months from ``first`` to ``last``, and the next.

    A milestone at the very midnight that opens a month belongs to the month before, so the first edge lies before
    ``first`` and the last edge at or after ``last``.
    """
    if first == NONE or last == NONE or last < first:
        raise MoneyError("edges_not_rising", "a span of months needs its first and last instant in order")
    begin, end = (np.datetime64(int(instant) - 1, "m").astype("datetime64[M]") for instant in (first, last))
    months = np.arange(begin, end + np.timedelta64(2, "M"), dtype="datetime64[M]")
    return months.astype("datetime64[m]").astype(np.int64)


def _lines(
    cost: ArrayLike,
    calendar: ArrayLike,
    start: ArrayLike,
    finish: ArrayLike,
    calendars: Sequence[WorkCalendar],
) -> tuple[Int64, Int64, Int64, Int64]:
    money = amounts(cost)
    index, begin, end = (np.asarray(values, np.int64) for values in (calendar, start, finish))
    if money.ndim != 1 or not money.shape == index.shape == begin.shape == end.shape:
        raise MoneyError("shape", "cost, calendar, start and finish are four arrays of one length")
    refuse(
        "calendar_unknown",
        f"calendar index outside of 0..{len(calendars) - 1}",
        (index < 0) | (index >= len(calendars)),
    )
    refuse("amount_missing", "a missing amount can not be phased", money == NONE)
    return money, index, begin, end


def _spent_by(
    money: Int64, index: Int64, begin: Int64, end: Int64, edges: Int64, calendars: Sequence[WorkCalendar]
) -> Iterator[tuple[Int64, Int64]]:
    """Yield rows and what they have spent by each edge, ``(rows,)`` and ``(rows, edges)``.

    Working time is counted from one origin for all rows of a calendar, so an edge is located once and not once a row.
    """
    dated = ~unphased(begin, end)
    for number in np.unique(index[dated]):
        rows = np.flatnonzero(dated & (index == number))
        at_edge, at_begin, at_end = (
            work_ordinal(calendars[number], instants) for instants in (edges, begin[rows], end[rows])
        )
        for part in range(0, len(rows), _ROWS):
            cut = slice(part, part + _ROWS)
            reached = edges[None, :] >= end[rows[cut], None]
            yield rows[cut], _cumulative(money[rows[cut]], at_begin[cut], at_end[cut], at_edge, reached)


def _cumulative(money: Int64, begin: Int64, end: Int64, at_edge: Int64, reached: NDArray[np.bool_]) -> Int64:
    total = end - begin
    flat = total <= 0
    worked = np.clip(at_edge[None, :] - begin[:, None], 0, np.maximum(total, 1)[:, None])
    worked[flat] = reached[flat]
    return proportion(money[:, None], worked, np.where(flat, 1, total)[:, None])
