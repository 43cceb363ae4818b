"""``TASK`` rows to activities: all that one row says; where it stands in the outline is found later.

P6's rules that have no twin here, and what becomes of them:

* *Level of effort* and *WBS summary* activities span what they are linked to, or what lies below them. They keep the
  dates of the file, and links that lead from them are left out: they never drive anything.
* *Start on* and *finish on or before* never override logic; only mandatory dates do (``xer.read`` sets the option).
* A second constraint is kept where one of the two is *finish on or before*: that is exactly a deadline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from projects.importers.plan import (
    NO_PROGRESS,
    NONE,
    Constraint,
    ImportedTask,
    Progress,
)
from projects.importers.xer_fields import (
    CONSTRAINTS,
    EFFORT,
    MANDATORY,
    MILESTONES,
    PRIORITIES,
    RESOURCE_DEPENDENT,
    TASK,
    TYPES,
    WBS_SUMMARY,
)
from projects.importers.xer_values import Row

DATELESS = (Constraint.ASAP, Constraint.ALAP)
NOT_STARTED, COMPLETE = "TK_NotStart", "TK_Complete"


@dataclass(slots=True)
class Activity:
    """An activity and what decides where it goes; ``task`` still lacks project, summary, level and row."""

    task: ImportedTask
    code: str
    project_id: int
    wbs_id: int
    kind: str
    constraint_code: str
    suspended: int
    planned: int
    """Original duration in working minutes."""


def activity(row: Row) -> Activity | None:
    """The activity of a row, None for one without a number (reported)."""
    uid = row.identity("task_id")
    code = row.line_text("task_code", 64)
    if uid < 0:
        row.error("duplicate_uid", "task_id", "is missing; the activity was left out", code)
        return None
    kind = row.code("task_type") or TASK
    if kind not in TYPES:
        row.warn("bad_value", "task_type", "is no type of activity; taken as task dependent", kind)
        kind = TASK
    constraint, constraint_at, deadline, constraint_code = _constraints(row)
    planned = max(row.minutes("target_drtn_hr_cnt"), 0)
    left = row.minutes("remain_drtn_hr_cnt", NONE)
    progress = _progress(row, planned if left == NONE else max(left, 0))
    is_milestone = kind in MILESTONES
    untouched = planned if left == NONE else max(left, 0)
    if kind in (EFFORT, WBS_SUMMARY):
        what = "level of effort" if kind == EFFORT else "summary of its WBS"
        reason = f"is a {what}: it keeps the dates of the file and drives nothing"
        row.warn("level_of_effort", "task_type", reason, code)
    task = ImportedTask(
        uid=uid,
        name=row.line_text("task_name", 500) or code or f"Activity {uid}",
        wbs=code,
        is_milestone=is_milestone,
        is_manual=kind in (EFFORT, WBS_SUMMARY),
        is_level_of_effort=kind in (EFFORT, WBS_SUMMARY),
        duration=0 if is_milestone else untouched,
        calendar_uid=row.identity("clndr_id"),
        ignore_resource_calendar=kind != RESOURCE_DEPENDENT,
        constraint=constraint,
        constraint_at=constraint_at,
        deadline=deadline,
        start=_first(row, "act_start_date", "early_start_date", "target_start_date"),
        finish=_first(row, "act_end_date", "early_end_date", "target_end_date"),
        priority=PRIORITIES.get(row.code("priority_type"), 500),
        progress=progress,
    )
    if row.code("expect_end_date"):
        row.info("expected_finish", "expect_end_date", "is an expected finish, which is not imported", code)
    return Activity(
        task=task,
        code=code,
        project_id=row.identity("proj_id"),
        wbs_id=row.identity("wbs_id"),
        kind=kind,
        constraint_code=constraint_code,
        suspended=row.instant("suspend_date"),
        planned=planned,
    )


def _first(row: Row, *names: str) -> int:
    return next((row.instant(name) for name in names if row.code(name)), NONE)


def _constraints(row: Row) -> tuple[int, int, int, str]:
    """Constraint, its date, the deadline, and P6's name of the constraint that was kept."""
    found = [
        known
        for number in ("", "2")
        if (known := _constraint(row, f"cstr_type{number}", f"cstr_date{number}"))
    ]
    deadline = NONE
    if len(found) == 2:
        names = [name for name, _ in found]
        if "CS_MEOB" in names:
            deadline = found.pop(names.index("CS_MEOB"))[1]
        else:
            reason = "is a second constraint, which has no place; the first one counts"
            row.warn("second_constraint", "cstr_type2", reason, found.pop()[0])
    early, late = row.instant("external_early_start_date"), row.instant("external_late_end_date")
    if early != NONE and not found:
        row.info("external_date", "external_early_start_date", "is kept as a constraint: start no earlier")
        found.append(("CS_MSOA", early))
    if late != NONE:
        row.info("external_date", "external_late_end_date", "is kept as a deadline")
        deadline = late if deadline == NONE else min(deadline, late)
    if not found:
        return Constraint.ASAP, NONE, deadline, ""
    name, at = found[0]
    constraint = CONSTRAINTS[name]
    if constraint == Constraint.ALAP:
        row.info("approximated", "cstr_type", "as late as possible uses total float here, free float in P6")
    return constraint, NONE if constraint in DATELESS else at, deadline, name


def _constraint(row: Row, kind: str, date: str) -> tuple[str, int] | None:
    name = row.code(kind)
    if not name:
        return None
    if name not in CONSTRAINTS:
        row.warn("bad_value", kind, "is no constraint; left out", name)
        return None
    at = row.instant(date)
    if at == NONE and CONSTRAINTS[name] not in DATELESS:
        row.warn("constraint_without_date", date, "is missing for a constraint that needs it; left out", name)
        return None
    return name, at


def _progress(row: Row, left: int) -> Progress:
    """What is done; dates win over the status."""
    start, finish = row.instant("act_start_date"), row.instant("act_end_date")
    status = row.code("status_code")
    if start == NONE and finish == NONE:
        if status and status != NOT_STARTED:
            row.warn("status_contradicts", "status_code", "says begun, but no actual date is given", status)
        return NO_PROGRESS
    if status == COMPLETE and finish == NONE:
        row.warn(
            "no_actual_finish", "act_end_date", "is missing for a completed activity; it counts as begun"
        )
    physical = row.number("phys_complete_pct") if row.code("complete_pct_type") == "CP_Phys" else 0.0
    done = finish != NONE
    return Progress(
        percent_complete=100.0 if done else 0.0,
        physical_percent_complete=min(100.0, max(0.0, physical)),
        actual_start=finish if start == NONE else start,
        actual_finish=finish,
        remaining_duration=0 if done else left,
        resume=NONE if done else row.instant("resume_date"),
    )


def with_history(found: Activity, done: int, data_date: int) -> ImportedTask:
    """The task of a begun activity whose actual duration is ``done`` working minutes: duration at completion, percent."""
    task = found.task
    progress = task.progress
    if task.is_milestone:
        return replace(task, progress=replace(progress, actual_duration=0, remaining_duration=0))
    if progress.actual_finish != NONE:
        return replace(task, duration=done, progress=replace(progress, actual_duration=done))
    whole = done + progress.remaining_duration
    resume = progress.resume if data_date != NONE and progress.resume > data_date else NONE
    percent = 100.0 * done / whole if whole else 100.0
    begun = replace(progress, actual_duration=done, percent_complete=percent, resume=resume)
    return replace(task, duration=whole, progress=begun)


def is_mandatory(found: Activity) -> bool:
    """Whether the constraint overrides logic in P6."""
    return found.constraint_code in MANDATORY


def is_hard(found: Activity) -> bool:
    """Whether the constraint would override logic here, but does not in P6."""
    return found.task.constraint in (
        Constraint.MSO,
        Constraint.MFO,
        Constraint.SNLT,
        Constraint.FNLT,
    ) and not is_mandatory(found)
