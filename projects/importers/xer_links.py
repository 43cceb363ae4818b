"""``TASKPRED`` rows to links, and the rule by which P6 measures their lags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from projects.importers.mspdi_values import Losses
from projects.importers.plan import ImportedLink, ImportedTask, LagUnit, LinkKind
from projects.importers.reports import Severity
from projects.importers.xer_fields import LINKS
from projects.importers.xer_values import Row

PREDECESSOR, SUCCESSOR, ROUND_THE_CLOCK, OF_PROJECT = (
    "rcal_Predecessor",
    "rcal_Successor",
    "rcal_24Hour",
    "rcal_ProjDefault",
)


def link(row: Row) -> ImportedLink:
    """The link of a row, its lag in working minutes; the ends are checked when all activities are known."""
    kind = LINKS.get(row.code("pred_type") or "PR_FS")
    if kind is None:
        row.warn("bad_value", "pred_type", "is no link type; taken as finish-to-start", row.code("pred_type"))
        kind = LinkKind.FS
    return ImportedLink(
        row.identity("pred_task_id"), row.identity("task_id"), kind, row.minutes("lag_hr_cnt")
    )


def with_lag_rule(
    found: ImportedLink,
    tasks: Mapping[int, ImportedTask],
    rule: str,
    project_calendar: int | None,
    losses: Losses,
) -> ImportedLink:
    """The link with the unit of its lag. A lag runs on the successor's calendar here; P6 may count on another one, which
    is the same where both activities share a calendar, and reported where they do not."""
    if not found.lag:
        return found
    if rule == ROUND_THE_CLOCK:
        return replace(found, lag_unit=LagUnit.ELAPSED, lag_format=8)
    successor = tasks[found.successor_uid].calendar_uid
    measured: int | None = tasks[found.predecessor_uid].calendar_uid
    if rule == SUCCESSOR:
        measured = successor
    elif rule == OF_PROJECT:
        measured = project_calendar
    if measured != successor:
        whose = "the project's calendar" if rule == OF_PROJECT else "the predecessor's calendar"
        reason = f"is measured on {whose} in P6, on the successor's calendar here"
        value = f"{found.predecessor_uid} -> {found.successor_uid}"
        losses.add(Severity.WARNING, "lag_calendar", "TASKPRED/lag_hr_cnt", reason, line=0, value=value)
    return found
