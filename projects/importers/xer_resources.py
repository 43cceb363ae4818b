"""``RSRC``, ``RSRCRATE``, ``TASKRSRC`` and ``PROJCOST`` rows: people and things, their shares of work, and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from projects.importers.mspdi_values import plain_number
from projects.importers.plan import (
    NO_COSTS,
    NONE,
    Costs,
    ImportedAssignment,
    ImportedResource,
    RatePeriod,
    ResourceKind,
)
from projects.importers.xer_fields import RESOURCES
from projects.importers.xer_values import Row

RATE_COLUMNS = ("cost_per_qty", "cost_per_qty2", "cost_per_qty3", "cost_per_qty4", "cost_per_qty5")
PER_HOUR = 2


def resource(row: Row, calendars: set[int]) -> ImportedResource | None:
    """The resource of a row, None for one without a number (reported)."""
    uid = row.identity("rsrc_id")
    code = row.line_text("rsrc_short_name", 64)
    name = row.line_text("rsrc_name", 255) or code or f"Resource {uid}"
    if uid < 0:
        row.error("duplicate_uid", "rsrc_id", "is missing; the resource was left out", name)
        return None
    kind = row.code("rsrc_type")
    calendar_uid = row.identity("clndr_id")
    return ImportedResource(
        uid=uid,
        name=name,
        kind=RESOURCES.get(kind, ResourceKind.WORK),
        initials=code,
        email=row.line_text("email_addr", 254),
        code=row.line_text("employee_code", 64),
        calendar_uid=calendar_uid if calendar_uid in calendars else None,
        is_inactive=not row.flag("active_flag", default=True),
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """Price a unit (an hour of work) and the most units an hour, from an instant on."""

    resource_uid: int
    starts: int
    most: float
    prices: tuple[float, ...]


def rate(row: Row) -> Rate:
    """The rate of a ``RSRCRATE`` row."""
    prices = tuple(row.number(name) for name in RATE_COLUMNS)
    return Rate(row.identity("rsrc_id"), row.instant("start_date"), row.number("max_qty_per_hr", 1.0), prices)


def with_rates(found: ImportedResource, rates: Sequence[Rate]) -> ImportedResource:
    """The resource with its rates; ``max_units`` and ``standard_rate`` are the earliest ones."""
    if not rates:
        return found
    ordered = sorted(rates, key=lambda each: each.starts)
    periods = tuple(
        RatePeriod(
            table=table,
            starts=NONE if at == 0 else each.starts,
            ends=ordered[at + 1].starts if at + 1 < len(ordered) else NONE,
            standard_rate=plain_number(each.prices[table]),
            standard_format=PER_HOUR,
        )
        for table in range(len(RATE_COLUMNS))
        for at, each in enumerate(ordered)
        if any(other.prices[table] for other in ordered)
    )
    return replace(
        found,
        max_units=ordered[0].most,
        standard_rate=plain_number(ordered[0].prices[0]),
        standard_rate_format=PER_HOUR,
        rates=periods,
    )


def assignment(row: Row, number: int) -> ImportedAssignment:
    """The assignment of a ``TASKRSRC`` row; ``number`` stands in for a missing identity."""
    uid, resource_uid = row.identity("taskrsrc_id"), row.identity("rsrc_id")
    actual = row.minutes("act_reg_qty") + row.minutes("act_ot_qty")
    remaining = row.minutes("remain_qty")
    if row.code("curv_id"):
        row.info("uneven_work", "curv_id", "spreads work by a curve; the even plan was taken")
    return ImportedAssignment(
        uid=uid if uid >= 0 else -number,
        task_uid=row.identity("task_id"),
        resource_uid=resource_uid if resource_uid >= 0 else None,
        units=max(row.number("target_qty_per_hr", row.number("remain_qty_per_hr", 1.0)), 0.0),
        work=row.minutes("target_qty") if not actual else actual + remaining,
        actual_work=actual,
        remaining_work=remaining,
        cost=assignment_costs(row).cost,
        actual_cost=row.cents("act_reg_cost") + row.cents("act_ot_cost"),
        start=_first(row, "act_start_date", "restart_date", "target_start_date"),
        finish=_first(row, "act_end_date", "reend_date", "target_end_date"),
        delay=row.minutes("target_lag_drtn_hr_cnt"),
    )


def assignment_costs(row: Row) -> Costs:
    """Money of a ``TASKRSRC`` row: budgeted cost, else that at completion."""
    actual = row.cents("act_reg_cost") + row.cents("act_ot_cost")
    remaining = row.cents("remain_cost")
    return Costs(row.cents("target_cost") or actual + remaining, 0, actual, remaining)


def expense(row: Row) -> Costs:
    """Money of a ``PROJCOST`` row: an expense of an activity, its fixed cost."""
    actual, remaining = row.cents("act_cost"), row.cents("remain_cost")
    whole = row.cents("target_cost") or actual + remaining
    return Costs(whole, whole, actual, remaining)


def added(sums: dict[int, Costs], task_uid: int, more: Costs) -> None:
    """Add money to that of a task."""
    known = sums.get(task_uid, NO_COSTS)
    sums[task_uid] = Costs(
        known.cost + more.cost,
        known.fixed_cost + more.fixed_cost,
        known.actual_cost + more.actual_cost,
        known.remaining_cost + more.remaining_cost,
    )


def with_groups(
    resources: Mapping[int, ImportedResource], parents: Mapping[int, int]
) -> tuple[ImportedResource, ...]:
    """All resources; ``group`` is the name of the resource above."""
    return tuple(
        replace(found, group=resources[parents[uid]].name) if parents.get(uid) in resources else found
        for uid, found in resources.items()
    )


def _first(row: Row, *names: str) -> int:
    return next((row.instant(name) for name in names if row.code(name)), NONE)
