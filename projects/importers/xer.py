"""Reader of Primavera P6's XER format: a stream of bytes in, a neutral plan with its loss report out.

Every project of the file becomes a component project of the plan, its work breakdown structure summaries. Tables may come
in any order; their rows are streamed, and what is kept of them is the plan. Calendar, early and late dates are computed
by the engine, as for every other source; the dates in the file are kept as P6's answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

import numpy as np

from programs.engine.calendars import working_between
from projects.importers import (
    xer_baselines,
    xer_calendars,
    xer_links,
    xer_outline,
    xer_projects,
    xer_resources,
    xer_tasks,
)
from projects.importers.mspdi_links import checked_links
from projects.importers.networks import compiled
from projects.importers.plan import (
    NO_COSTS,
    NONE,
    STANDARD_WEEK,
    ImportedAssignment,
    ImportedCalendar,
    ImportedLink,
    ImportedPlan,
    ImportedProject,
    ImportedResource,
    ImportedTask,
)
from projects.importers.reports import Severity
from projects.importers.xer_fields import EFFORT, READ, REASONS, RESOURCE_DEPENDENT, SILENT, WBS_SUMMARY
from projects.importers.xer_projects import RawProject, ScheduleOptions
from projects.importers.xer_rows import MAX_NOTES, Rows
from projects.importers.xer_tasks import Activity
from projects.importers.xer_text import Progress, Reader
from projects.importers.xer_values import Row, plain


def read(stream: BinaryIO, *, file: str = "plan.xer", progress: Progress | None = None) -> ImportedPlan:
    """The plan in ``stream``. ``progress`` is called with the number of bytes read, about every 256 kB.

    ``ImportedPlan.losses`` lists what was not imported, grouped and counted, with the line of the first case.
    Raises ``ImportRefused`` for what is no complete XER file, or holds a row that does not fit its table.
    """
    reader = Reader(stream, file=file, progress=progress)
    rows = Rows(file)
    for table, cells, line in reader.rows(READ):
        rows.add(Row(table, cells, line, rows.losses))
    return _Assembly(rows).plan(reader)


class _Assembly:
    """Puts the rows of a file together, once all of them are known."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.losses = rows.losses

    def plan(self, reader: Reader) -> ImportedPlan:
        """The whole plan, once the file has been read."""
        self._tell_unread(reader)
        plans = self._plans()
        calendars = xer_calendars.resolved(list(self.rows.calendars.values()))
        by_uid = {calendar.uid: calendar for calendar in calendars}
        default = self._default_calendar(plans)
        data_date = xer_projects.common(
            [each.data_date for each in plans],
            self.losses,
            "PROJECT/last_recalc_date",
            "the data dates of the projects differ; the latest counts for all",
        )
        resources = self._resources(set(by_uid))
        self._complete(plans, by_uid, default, data_date)
        keys = {each.project_id: f"project-{each.project_id}" for each in plans}
        outline = xer_outline.Outline(
            list(self.rows.nodes.values()), list(self.rows.activities.values()), self.losses
        )
        outline.build({each.project_id: each.code for each in plans}, keys)
        known = {task.uid: task for task in outline.tasks}
        projects = tuple(
            ImportedProject(
                key=keys[each.project_id],
                name=top.name,
                root_task_uid=top.uid,
                start=each.start,
                calendar_uid=each.calendar_uid if each.calendar_uid in by_uid else None,
            )
            for each in plans
            if (top := outline.tops.get(each.project_id)) is not None
        )
        if not known:
            self.losses.add(Severity.WARNING, "no_tasks", "TASK", "the file holds no activity", line=1)
        options = self._common_options(plans)
        starts = [each.start for each in plans if each.start != NONE]
        first = min((task.start for task in outline.tasks if task.start != NONE), default=NONE)
        raw_default = self.rows.calendars.get(default) if default is not None else None
        per_day = raw_default.minutes_per_day if raw_default else 480
        by_project = self._by_project()
        return ImportedPlan(
            source="xer",
            name=plans[0].code if plans else self.rows.file,
            title=projects[0].name if len(projects) == 1 else "",
            start=min(starts, default=first if data_date == NONE else data_date),
            finish=max((task.finish for task in outline.tasks), default=NONE),
            data_date=data_date,
            honour_constraints=self._honour_constraints(plans),
            multiple_critical_paths=options.open_ends_critical,
            progress_override=options.progress_override,
            moves_to_data_date=True,
            own_finish=options.own_finish and len(projects) > 1,
            finish_by=self._finish_by(plans),
            critical_threshold=max((each.critical_threshold for each in plans), default=0),
            minutes_per_day=per_day,
            minutes_per_week=raw_default.minutes_per_week if raw_default else 2400,
            days_per_month=max(1, raw_default.minutes_per_month // per_day) if raw_default else 20,
            currency=self._currency(reader),
            calendar_uid=default,
            calendars=calendars,
            projects=projects,
            tasks=tuple(outline.tasks),
            links=self._checked_links(known, options.lag_rule, default),
            resources=resources,
            assignments=self._checked_assignments(known, {each.uid for each in resources}),
            baselines=xer_baselines.baselines(plans, by_project, outline.tasks, self.rows.costs, self.losses),
            losses=self.losses.entries(),
            properties={"version": reader.header[1].strip()} if len(reader.header) > 1 else {},
        )

    def _plans(self) -> list[RawProject]:
        """The projects to import. Activities of a project that has no row make one."""
        for found in self.rows.activities.values():
            if found.project_id not in self.rows.projects:
                row = Row("PROJECT", {"proj_id": str(max(found.project_id, 0))}, 0, self.losses)
                made = xer_projects.project(row)
                assert made is not None
                made.project_id = found.project_id
                self.rows.projects[found.project_id] = made
                row.error("unknown_project", "proj_id", "is in no row of the table of projects", made.code)
        occupied = {found.project_id for found in self.rows.activities.values()}
        for each in self.rows.projects.values():
            if each.project_id not in occupied:
                each.row.info("no_activities", "proj_id", "holds no activity; left out", each.code)
        used = {uid: each for uid, each in self.rows.projects.items() if uid in occupied}
        return xer_projects.told_apart(used, self.losses)

    def _by_project(self) -> dict[int, list[Activity]]:
        found: dict[int, list[Activity]] = {}
        for each in self.rows.activities.values():
            found.setdefault(each.project_id, []).append(each)
        return found

    def _default_calendar(self, plans: Iterable[RawProject]) -> int | None:
        for each in plans:
            if each.calendar_uid in self.rows.calendars:
                return each.calendar_uid
        stated = [found.uid for found in self.rows.calendars.values() if found.is_default]
        if stated or self.rows.calendars:
            return (stated or list(self.rows.calendars))[0]
        reason = "the file holds no calendar; Monday to Friday, 8 to 12 and 13 to 17"
        self.losses.add(Severity.INFO, "no_calendar", "CALENDAR", reason, line=0)
        return None

    def _complete(
        self,
        plans: Iterable[RawProject],
        calendars: dict[int, ImportedCalendar],
        default: int | None,
        data_date: int,
    ) -> None:
        """Adds to each activity what other tables say: its calendar, history, money, notes."""
        people = {
            row.identity("rsrc_id"): row.identity("clndr_id")
            for row in self.rows.resources
            if row.code("rsrc_type") != "RT_Mat"
        }
        used: dict[int, set[int]] = {}
        for assignment in self.rows.assignments:
            if assignment.resource_uid in people and people[assignment.resource_uid] in calendars:
                used.setdefault(assignment.task_uid, set()).add(people[assignment.resource_uid])
        ghosts = {each.project_id for each in plans if not each.is_exported}
        if len(ghosts) == len(self.rows.projects):
            ghosts = set()
        begun: dict[int | None, list[Activity]] = {}
        for uid, found in self.rows.activities.items():
            task = found.task
            stated = task.calendar_uid if task.calendar_uid in calendars else None
            if stated is None:
                if task.calendar_uid is not None and task.calendar_uid >= 0:
                    reason = "is in no row of the calendars; that of the project counts"
                    self._tell("unknown_calendar", "TASK/clndr_id", reason, found.code)
                project = self.rows.projects[found.project_id].calendar_uid
                stated = project if project in calendars else default
            shared = used.get(uid, set())
            if found.kind == RESOURCE_DEPENDENT and len(shared) == 1:
                stated = next(iter(shared))
            costs = self.rows.costs.get(uid, NO_COSTS)
            found.task = replace(
                task,
                calendar_uid=stated,
                # The one calendar that its resources share has become its own.
                ignore_resource_calendar=True,
                is_external=found.project_id in ghosts,
                costs=costs,
                notes=self._notes(found),
            )
            if found.kind == RESOURCE_DEPENDENT and len(shared) > 1:
                reason = "depends on resources of different calendars; its own calendar counts"
                self._tell("approximated", "TASK/task_type", reason, found.code)
            if task.progress.actual_start != NONE:
                begun.setdefault(stated, []).append(found)
        for uid_of, several in begun.items():
            own = calendars.get(uid_of) if uid_of is not None else None
            self._history(several, own or ImportedCalendar(-1, "Standard", STANDARD_WEEK), data_date)

    def _history(self, several: list[Activity], calendar: ImportedCalendar, data_date: int) -> None:
        """Actual durations: working time from the actual start to the actual finish, the suspension or the data date."""
        starts = np.array([each.task.progress.actual_start for each in several], np.int64)
        ends = np.array([self._worked_until(each, data_date) for each in several], np.int64)
        done = working_between(compiled(calendar), starts, np.maximum(starts, ends)).tolist()
        for each, minutes in zip(several, done, strict=True):
            each.task = xer_tasks.with_history(each, minutes, data_date)

    def _worked_until(self, found: Activity, data_date: int) -> int:
        progress = found.task.progress
        if progress.actual_finish != NONE:
            return progress.actual_finish
        if found.suspended != NONE and (data_date == NONE or found.suspended < data_date):
            still = progress.resume == NONE or (data_date != NONE and progress.resume >= data_date)
            if still or data_date == NONE:
                return found.suspended
        return progress.actual_start if data_date == NONE else data_date

    def _notes(self, found: Activity) -> str:
        lines = [f"P6 activity {found.code}"] if found.code else []
        for memo_type, text in self.rows.memos.get(found.task.uid, ()):
            title = self.rows.memo_types.get(memo_type, "")
            lines.append(f"{title}: {text}" if title else text)
        return "\n".join(lines)

    def _resources(self, calendars: set[int]) -> tuple[ImportedResource, ...]:
        found: dict[int, ImportedResource] = {}
        parents: dict[int, int] = {}
        for row in self.rows.resources:
            one = xer_resources.resource(row, calendars)
            if one is None:
                continue
            if one.uid in found:
                row.error("duplicate_uid", "rsrc_id", "is used by an earlier resource; left out", one.name)
                continue
            rates = self.rows.rates.get(one.uid, [])
            found[one.uid] = xer_resources.with_rates(
                replace(one, notes=plain(row.text("rsrc_notes")[:MAX_NOTES])), rates
            )
            parents[one.uid] = row.identity("parent_rsrc_id")
        return xer_resources.with_groups(found, parents)

    def _checked_assignments(
        self, tasks: dict[int, ImportedTask], resources: set[int]
    ) -> tuple[ImportedAssignment, ...]:
        kept = []
        for each in self.rows.assignments:
            if each.task_uid not in tasks:
                if each.task_uid not in self.rows.activities:
                    self._tell("unknown_task", "TASKRSRC/task_id", "is no activity of the file; left out", "")
                continue
            if each.resource_uid is not None and each.resource_uid not in resources:
                reason = "is no resource of the file; kept as unassigned work"
                self._tell("unknown_resource", "TASKRSRC/rsrc_id", reason, str(each.resource_uid))
                each = replace(each, resource_uid=None)
            kept.append(each)
        return tuple(kept)

    def _checked_links(
        self, tasks: dict[int, ImportedTask], rule: str, default: int | None
    ) -> tuple[ImportedLink, ...]:
        """Links between the activities of the plan. Those of baselines are left aside without a word, those that lead
        from activities without logic of their own with one."""
        wanted = []
        for link in self.rows.links:
            apart = [
                end in self.rows.activities and end not in tasks
                for end in (link.predecessor_uid, link.successor_uid)
            ]
            if all(apart):
                continue
            driver = self.rows.activities.get(link.predecessor_uid)
            if driver is not None and driver.kind in (EFFORT, WBS_SUMMARY):
                reason = "leads from a level of effort or a WBS summary, which drives nothing; left out"
                self._tell("level_of_effort", "TASKPRED/pred_task_id", reason, driver.code)
                continue
            wanted.append(link)
        kept = checked_links(wanted, list(tasks.values()), self.losses, column="TASKPRED")
        return tuple(xer_links.with_lag_rule(link, tasks, rule, default, self.losses) for link in kept)

    def _common_options(self, plans: list[RawProject]) -> ScheduleOptions:
        stated = [self.rows.options.get(each.project_id, ScheduleOptions()) for each in plans]
        if len(set(stated)) > 1:
            reason = "the projects are scheduled with different options; those of the first one count"
            self.losses.add(Severity.WARNING, "projects_differ", "SCHEDOPTIONS", reason, line=0)
        if any(each.longest_path for each in plans):
            reason = "is the longest path in P6; critical is what has no float here"
            self.losses.add(Severity.WARNING, "option", "PROJECT/critical_path_type", reason, line=0)
        return stated[0] if stated else ScheduleOptions()

    def _finish_by(self, plans: list[RawProject]) -> int:
        """The required finish that all projects share."""
        stated = {each.finish_by for each in plans}
        if len(stated) == 1:
            return stated.pop()
        reason = "the projects have different required finishes; none of them limits the plan"
        if stated:
            self.losses.add(Severity.WARNING, "projects_differ", "PROJECT/plan_end_date", reason, line=0)
        return NONE

    def _honour_constraints(self, plans: list[RawProject]) -> bool:
        """Whether hard constraints override logic: in P6 mandatory dates do, all others do not. The rule is one for the whole
        plan; where both kinds meet, logic wins, so that a late date is seen."""
        ids = {each.project_id for each in plans}
        several = [each for each in self.rows.activities.values() if each.project_id in ids]
        mandatory = [each for each in several if xer_tasks.is_mandatory(each)]
        soft = [each for each in several if xer_tasks.is_hard(each)]
        if mandatory and soft:
            reason = "overrides logic in P6; here logic wins, because other constraints of the plan must not override it"
            for each in mandatory:
                self._tell("mandatory_date", "TASK/cstr_type", reason, each.code)
        return not soft

    def _currency(self, reader: Reader) -> str:
        base = next((row for row in self.rows.currencies if row.number("base_exch_rate") == 1), None)
        base = base or (self.rows.currencies[0] if len(self.rows.currencies) == 1 else None)
        return (
            base.code("curr_short_name") if base else (reader.header[-1].strip() if reader.header else "")[:3]
        )

    def _tell_unread(self, reader: Reader) -> None:
        for table, (count, line) in reader.unread.items():
            if table not in SILENT:
                code = "custom_field" if table == "UDFVALUE" else "not_imported"
                reason = REASONS.get(table, "is not imported")
                self.losses.add(Severity.WARNING, code, table, reason, line=line, count=count)
        if reader.guessed:
            reason = "is no UTF-8; read as Windows-1252, the usual encoding of these files"
            self.losses.add(Severity.INFO, "encoding", "", reason, line=reader.guessed)

    def _tell(self, code: str, column: str, reason: str, value: str) -> None:
        self.losses.add(Severity.WARNING, code, column, reason, line=0, value=value)
