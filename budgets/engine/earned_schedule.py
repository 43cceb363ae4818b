"""Earned schedule: schedule performance in time units (Lipke 2003), which still tells late from punctual at the end.

Time is counted in periods of equal standing (months, weeks) from the start of the baseline; values are cumulative.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from budgets.engine.allocation import NONE, Int64, MoneyError, amounts

Float64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EarnedSchedule:
    """Results of :func:`earned_schedule`, each of the shape of ``ev``; NaN is *not available*.

    :ivar es: earned schedule, periods: when the value earned by now was planned to be earned.
    :ivar sv_t: ES − AT, periods. :ivar spi_t: ES / AT.
    :ivar planned_duration: periods until the planned value reaches its end.
    """

    es: Float64
    sv_t: Float64
    spi_t: Float64
    planned_duration: int


def earned_schedule(pv_cumulative: ArrayLike, ev: ArrayLike, at: ArrayLike) -> EarnedSchedule:
    """Project earned value onto the planned-value curve.

    :param pv_cumulative: ``(p,)`` minor units at the end of periods 1..p; never falling.
    :param ev: cumulative earned value, minor units, scalar or array.
    :param at: actual time of each value of ``ev``, periods since the start, same shape or scalar.

    ES = C + (EV − PV[C]) / (PV[C+1] − PV[C]) with C the number of periods wholly earned, interpolated from 0 before
    the first period. Where the plan stands still the earliest period counts, so EV = BAC gives exactly the planned
    duration, however much time has passed; value beyond the plan counts as the plan's end.

    :raises MoneyError: ``curve_empty``, ``curve_falls``.
    """
    curve, earned, elapsed = _curve(pv_cumulative), amounts(ev), np.asarray(at, np.float64)
    duration = planned_duration(curve)
    es = _project(curve, np.clip(earned, 0, curve[-1]))
    es, elapsed = np.broadcast_arrays(es, elapsed)
    spi_t = np.full(es.shape, np.nan)
    np.divide(es, elapsed, out=spi_t, where=(elapsed > 0) & ~np.isnan(es))
    return EarnedSchedule(es=es, sv_t=es - elapsed, spi_t=spi_t, planned_duration=duration)


def planned_duration(pv_cumulative: ArrayLike) -> int:
    """Return the number of periods until the curve reaches its end, 0 for a curve without value."""
    curve = _curve(pv_cumulative)
    return 0 if curve[-1] == 0 else int(np.searchsorted(curve, curve[-1], side="left")) + 1


@dataclass(frozen=True, eq=False)
class SchedulesByRow:
    """Earned schedule of many curves, ``(k,)`` each, in periods since the planned start of each; NaN is *not available*.

    :ivar es: earned schedule. :ivar elapsed: actual time. :ivar planned_duration: the plan's own length.
    """

    es: Float64
    elapsed: Float64
    planned_duration: Float64


def by_row(
    planned: Int64,
    ev: Int64,
    period_edges: Int64,
    start: Int64,
    finish: Int64,
    data_date: int,
    ended: Int64,
) -> SchedulesByRow:
    """Project the earned value of each row onto its own planned-value curve, fractions of periods included.

    :param planned: ``(k, p)`` value planned in each period, minor units. :param ev: ``(k,)`` earned by the data date.
    :param period_edges: ``(p + 1,)`` rising wall minutes. :param start, finish: ``(k,)`` of the plan, wall minutes.
    :param ended: ``(k,)`` when finished work ended: time does not run on for a row that has earned all.

    As :func:`earned_schedule`, with the first and the last period cut to the plan's own dates: value in them grows from the
    start and up to the finish, so a row that has earned everything has an earned schedule of exactly its planned duration.
    Without a plan, without dates, without data date, or on a falling curve nothing is available.
    """
    curve = np.cumsum(planned, axis=1)
    known = (start != NONE) & (finish != NONE) & (data_date != NONE)
    known &= (curve[:, -1] > 0) & (planned >= 0).all(axis=1)
    whole = np.where(known, curve[:, -1], 1)
    earned = np.clip(ev, 0, whole)
    period = np.minimum((curve < earned[:, None]).sum(axis=1), planned.shape[1] - 1)
    rows = np.arange(len(curve))
    step = np.where(known, planned[rows, period], 0)
    fraction = np.zeros(len(curve))
    np.divide(earned - (curve[rows, period] - step), step, out=fraction, where=step > 0)

    begin, end = _places(start, period_edges), _places(finish, period_edges)
    now = _places(np.where(earned >= whole, np.minimum(data_date, ended), data_date), period_edges)
    low, high = np.maximum(period, begin), np.minimum(period + 1.0, end)
    place = np.where(earned > 0, low + fraction * np.maximum(high - low, 0.0), begin)
    return SchedulesByRow(
        es=np.where(known, place - begin, np.nan),
        elapsed=np.where(known, np.maximum(now - begin, 0.0), np.nan),
        planned_duration=np.where(known, end - begin, np.nan),
    )


def pace(times: SchedulesByRow) -> Float64:
    """SPI(t) = ES / AT, ``(k,)``; not available before the start."""
    found = np.full(times.es.shape, np.nan)
    np.divide(times.es, times.elapsed, out=found, where=(times.elapsed > 0) & ~np.isnan(times.es))
    return found


def by_line(
    bac: Int64, ev: Int64, period_edges: Int64, start: Int64, finish: Int64, data_date: int, ended: Int64
) -> SchedulesByRow:
    """Return the same for rows whose value is planned evenly from start to finish: a task without parts, ``(k,)`` each."""
    known = (start != NONE) & (finish != NONE) & (data_date != NONE) & (bac > 0)
    share, whole = np.zeros(len(bac)), np.where(known, bac, 1)
    np.divide(np.clip(ev, 0, whole), whole, out=share, where=known)
    begin, end = _places(start, period_edges), _places(finish, period_edges)
    now = _places(np.where(share >= 1, np.minimum(data_date, ended), data_date), period_edges)
    return SchedulesByRow(
        es=np.where(known, share * (end - begin), np.nan),
        elapsed=np.where(known, np.maximum(now - begin, 0.0), np.nan),
        planned_duration=np.where(known, end - begin, np.nan),
    )


def _places(instants: ArrayLike, edges: Int64) -> Float64:
    """Return where instants lie among the edges, in periods; beyond the ends time runs on at the outer periods' length."""
    at, known = np.asarray(instants, np.float64), edges.astype(np.float64)
    inside = np.interp(at, known, np.arange(len(known)))
    before = np.minimum(at - known[0], 0.0) / (known[1] - known[0])
    beyond = np.maximum(at - known[-1], 0.0) / (known[-1] - known[-2])
    return np.asarray(inside + before + beyond)


def instant_at(periods: ArrayLike, period_edges: ArrayLike) -> Float64:
    """Return the wall minutes at a number of periods, NaN where that is not available.

    :param period_edges: ``(p + 1,)`` wall minutes; beyond the last edge time runs on at the last period's length.
    """
    edges = np.asarray(period_edges, np.float64)
    count = np.asarray(periods, np.float64)
    inside = np.interp(count, np.arange(len(edges)), edges)
    beyond = np.maximum(count - (len(edges) - 1), 0.0) * (edges[-1] - edges[-2])
    return np.asarray(np.where(np.isnan(count), np.nan, inside + beyond))


def _curve(pv_cumulative: ArrayLike) -> Int64:
    curve = amounts(pv_cumulative)
    if curve.ndim != 1 or not len(curve):
        raise MoneyError("curve_empty", "earned schedule needs a planned-value curve of at least one period")
    if (np.diff(curve, prepend=0) < 0).any():
        raise MoneyError("curve_falls", "cumulative planned value never falls")
    return curve


def _project(curve: Int64, earned: Int64) -> Float64:
    if curve[-1] == 0:
        return np.full(earned.shape, np.nan)
    period = np.searchsorted(curve, earned, side="left")
    below = np.where(period > 0, curve[period - 1], 0)
    step = curve[period] - below
    fraction = np.zeros(earned.shape)
    np.divide(earned - below, step, out=fraction, where=step > 0)
    return np.asarray(period + fraction, np.float64)
