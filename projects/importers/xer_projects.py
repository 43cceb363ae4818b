"""``PROJECT`` and ``SCHEDOPTIONS`` rows: which projects are plans, which are baselines of them, and P6's options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from projects.importers.mspdi_values import Losses
from projects.importers.plan import NONE
from projects.importers.reports import Severity
from projects.importers.xer_links import PREDECESSOR
from projects.importers.xer_values import Row

BASELINES = 11


@dataclass(slots=True)
class RawProject:
    project_id: int
    code: str
    calendar_uid: int
    original_id: int
    """The project that this one is a baseline of, -1: none."""
    baseline_id: int
    """The baseline in use, -1: none."""
    start: int
    finish_by: int
    data_date: int
    critical_threshold: int
    longest_path: bool
    is_exported: bool
    """P6 adds projects that links lead to without exporting them."""
    row: Row
    baselines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """P6's schedule options as far as they have a twin; the defaults are P6's."""

    retained_logic: bool = True
    progress_override: bool = False
    open_ends_critical: bool = False
    own_finish: bool = False
    lag_rule: str = PREDECESSOR


def project(row: Row) -> RawProject | None:
    """The project of a row, None for one without a number (reported)."""
    project_id = row.identity("proj_id")
    code = row.line_text("proj_short_name", 100)
    if project_id < 0:
        row.error("duplicate_uid", "proj_id", "is missing; the project was left out", code)
        return None
    return RawProject(
        project_id=project_id,
        code=code or f"Project {project_id}",
        calendar_uid=row.identity("clndr_id"),
        original_id=row.identity("orig_proj_id"),
        baseline_id=row.identity("sum_base_proj_id"),
        start=row.instant("plan_start_date"),
        finish_by=row.instant("plan_end_date"),
        data_date=row.instant("last_recalc_date"),
        critical_threshold=row.minutes("critical_drtn_hr_cnt"),
        longest_path=row.code("critical_path_type") == "CT_DrivPath",
        is_exported=row.flag("export_flag", default=True),
        row=row,
    )


def options(row: Row) -> ScheduleOptions:
    """The options of a ``SCHEDOPTIONS`` row; what has no twin is reported."""
    retained = row.flag("sched_retained_logic", default=True)
    override = row.flag("sched_progress_override")
    if not retained and not override:
        row.warn("option", "sched_retained_logic", "is 'actual dates' in P6; taken as retained logic")
    if not row.flag("sched_lag_early_start_flag", default=True):
        reason = "measures lags of started activities from their actual start in P6, not here"
        row.warn("option", "sched_lag_early_start_flag", reason)
    if row.code("sched_float_type") == "FT_SF":
        row.warn("option", "sched_float_type", "is start float in P6; the smaller of both counts here")
    return ScheduleOptions(
        retained_logic=retained,
        progress_override=override and not retained,
        open_ends_critical=row.flag("sched_open_critical_flag"),
        own_finish=row.flag("sched_use_project_end_date_for_float"),
        lag_rule=row.code("sched_calendar_on_relationship_lag") or PREDECESSOR,
    )


def told_apart(found: Mapping[int, RawProject], losses: Losses) -> list[RawProject]:
    """The projects that are plans, each with its baselines in the file: that in use first, then the others in file order.

    A project is a baseline if another one uses it, or names it as its original. Circles leave all of them plans.
    """
    owner: dict[int, int] = {}
    for each in found.values():
        if each.baseline_id in found and each.baseline_id != each.project_id:
            owner.setdefault(each.baseline_id, each.project_id)
        elif each.baseline_id >= 0 and each.baseline_id not in found:
            reason = "is the baseline in use, which is not in the file"
            each.row.info("no_baseline", "sum_base_proj_id", reason, each.code)
    for each in found.values():
        if each.original_id in found and each.original_id != each.project_id:
            owner.setdefault(each.project_id, each.original_id)
    plans = [each for each in found.values() if each.project_id not in owner]
    if not plans:
        return list(found.values())
    for baseline_id, owner_id in owner.items():
        if owner_id in owner:
            losses.add(
                Severity.WARNING,
                "no_baseline",
                "PROJECT/orig_proj_id",
                "is a baseline of a baseline; left out",
                line=0,
                value=found[baseline_id].code,
            )
        else:
            found[owner_id].baselines.append(baseline_id)
    for each in plans:
        each.baselines.sort(key=lambda other, each=each: other != each.baseline_id)  # type: ignore[misc]
        if len(each.baselines) > BASELINES:
            each.row.warn("no_baseline", "orig_proj_id", "has more than eleven baselines; the first count")
            del each.baselines[BASELINES:]
    return plans


def common(values: Sequence[int], losses: Losses, column: str, reason: str) -> int:
    """The latest of the values, ``NONE`` if there is none; that they differ is reported."""
    stated = [value for value in values if value != NONE]
    if len(set(stated)) > 1:
        losses.add(Severity.WARNING, "projects_differ", column, reason, line=0)
    return max(stated, default=NONE)
