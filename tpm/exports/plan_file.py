"""A program, or one of its component projects, as a neutral plan (``projects.importers.plan``) with a loss report."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from budgets.models import Actual, CostLine
from programs import policies
from programs.models import Program, RecomputeState
from projects.importers.plan import (
    NO_MANUAL,
    NO_PROGRESS,
    NONE,
    BaselineEntry,
    Costs,
    ImportedBaseline,
    ImportedLink,
    ImportedPlan,
    ImportedProject,
    ImportedTask,
    LagUnit,
    Manual,
    Progress,
)
from projects.importers.reports import ImportEntry, Severity
from projects.importers.splits import pieces_of_task
from projects.models import Baseline, Dependency, Plan, Project
from projects.selectors import task_calendars
from tpm.accounts.actors import Actor
from tpm.exports import outline, reading
from tpm.exports.calendars import Calendars
from tpm.exports.losses import Losses
from tpm.exports.outline import Line, Outline
from tpm.exports.pieces import pieces_of
from tpm.exports.reading import TaskRow
from tpm.exports.resources import Resources
from tpm.imports.portfolio_rows import PLAN_PREFIX
from tpm.lib.snapshots import one_instant
from tpm.lib.walltime import to_minutes

DAY = 1440
CLOSING = 1020  # 17:00: when the day of a data date is over
FIXED_DURATION = 1


@dataclass(frozen=True)
class PlanFile:
    """``revision`` is the one that the computed dates belong to; ``name`` is the file's name without its ending."""

    plan: ImportedPlan
    losses: tuple[ImportEntry, ...]
    revision: int
    name: str


def of_program(actor: Actor, program: Program, project: Project | None = None) -> PlanFile:
    """Return the plan as far as the actor sees it, all of one instant; ``project`` narrows it to one component project."""
    with one_instant():
        return _Making(actor, program, project).done()


class _Making:
    def __init__(self, actor: Actor, program: Program, project: Project | None) -> None:
        self.actor, self.program, self.only = actor, program, project
        self.losses = Losses()
        self.revision = RecomputeState.objects.values_list("computed_revision", flat=True).get(pk=program.pk)
        projects = Project.objects.visible_to(actor).filter(program=program).order_by("position", "pk")
        chosen = list(projects.filter(pk=project.pk) if project else projects)
        self.ids = [one.pk for one in chosen]
        self.outline: Outline = outline.of(chosen, reading.tasks(program.pk, self.ids))
        self.tasks = {line.task.id: line.task for line in self.outline.lines if line.task}
        self.people = task_calendars.of_people(program.pk)
        self.calendars = Calendars(program, self.outline, self.people)
        self.options = Plan.objects.filter(pk=program.pk).first() or Plan(program=program)
        self.starts = {
            one.pk: to_minutes(one.starts_on or program.starts_on) for one in self.outline.projects
        }

        self.spans: dict[int, tuple[int, int]] = {}
        for task in self.tasks.values():
            if task.s_start != NONE:
                first, last = self.spans.get(task.project_id, (task.s_start, task.s_finish))
                self.spans[task.project_id] = min(first, task.s_start), max(last, task.s_finish)

    def done(self) -> PlanFile:
        resources = Resources(self.actor, self.program, self.outline, self.tasks, self.calendars, self.losses)
        costs = self._costs()
        start = min(self.starts.values(), default=to_minutes(self.program.starts_on))
        tasks = tuple(
            self._task(line, row, costs, resources.work)
            if line.task
            else self._project_line(line, row, costs, start)
            for row, line in enumerate(self.outline.lines, start=1)
        )
        finish = max((task.finish for task in tasks), default=NONE)
        data_date = self.program.data_date
        name, title = self._names()
        plan = ImportedPlan(
            source="database",
            name=name,
            title=title,
            start=start,
            finish=finish,
            data_date=NONE if data_date is None else to_minutes(data_date) + CLOSING,
            honour_constraints=self.options.honour_constraints,
            critical_threshold=self.options.critical_threshold,
            currency=self.program.portfolio.currency,
            calendar_uid=self.calendars.default_uid,
            calendars=(*self.calendars.stated(), *resources.calendars),
            projects=(ImportedProject("main", name, None, start, self.calendars.default_uid),),
            tasks=tasks,
            links=self._links(),
            resources=resources.stated,
            assignments=resources.assignments,
            baselines=self._baselines(),
        )
        self._tell()
        whole = self.only or self.program
        return PlanFile(plan, self.losses.done(), self.revision, f"{whole.code} {whole.name}")

    def _names(self) -> tuple[str, str]:
        """Return the plan's name (that of the file it was imported from, if it was one) and its title."""
        projects = self.outline.projects
        sources = {one.external_key.rpartition("#")[0] or one.external_key for one in projects}
        title = projects[0].name if len(projects) == 1 else self.program.name
        if len(sources) == 1 and (source := sources.pop()).startswith(PLAN_PREFIX):
            return source.removeprefix(PLAN_PREFIX), title
        return title, title

    # Tasks ------------------------------------------------------------------------------------------------------------
    def _project_line(self, line: Line, row: int, costs: "_Money", start: int) -> ImportedTask:
        """The summary of a component project; one that starts later than the plan says so by a constraint."""
        own = self.starts[line.project.pk]
        first, last = self.spans.get(line.project.pk, (NONE, NONE))
        return ImportedTask(
            uid=line.uid,
            name=line.project.name,
            outline_level=line.level,
            row=row,
            wbs=line.number,
            is_summary=True,
            task_type=FIXED_DURATION,
            constraint=4 if own > start else 0,
            constraint_at=own if own > start else NONE,
            start=first,
            finish=last,
            costs=costs.of(line.uid),
        )

    def _task(self, line: Line, row: int, costs: "_Money", work: dict[int, int]) -> ImportedTask:
        task = line.task
        assert task is not None
        splits, stop = self._splits(task) if task.gap else ((), NONE)
        manual = NO_MANUAL
        if task.is_manual:
            manual = Manual(task.manual_start, task.manual_finish, task.duration)
        duration = task.duration
        if line.is_summary and task.s_duration is not None:
            duration = task.s_duration
        return ImportedTask(
            uid=line.uid,
            name=task.name,
            parent_uid=line.parent_uid,
            outline_level=line.level,
            row=row,
            wbs=line.number,
            contact=task.responsible,
            is_summary=line.is_summary,
            is_milestone=task.is_milestone,
            is_active=task.is_active,
            is_manual=task.is_manual,
            duration=duration,
            is_elapsed=task.is_elapsed,
            duration_format=8 if task.is_elapsed else 7,
            calendar_uid=self.calendars.of_task(task, line.project),
            ignore_resource_calendar=task.ignores_resource_calendars,
            constraint=task.constraint,
            constraint_at=task.constraint_at,
            deadline=task.deadline,
            start=task.manual_start if task.s_start == NONE else task.s_start,
            finish=task.manual_finish if task.s_finish == NONE else task.s_finish,
            priority=task.priority,
            task_type=FIXED_DURATION,
            work=work.get(task.id, 0),
            progress=_progress(task, line, stop),
            costs=costs.of(line.uid),
            manual=manual,
            splits=splits,
            notes=task.notes,
        )

    def _splits(self, task: TaskRow) -> tuple[tuple[tuple[int, int], ...], int]:
        splits, stop = pieces_of(task, self.calendars.working(task))
        read = self.calendars.in_file(task)
        if not splits or pieces_of_task(list(splits), task.duration, read) != splits:
            reason = "is interrupted in a way that the file can not say; written as one piece"
            self.losses.each(Severity.WARNING, "split", reason, task.name)
            return (), NONE
        return splits, stop

    # Links ------------------------------------------------------------------------------------------------------------
    def _links(self) -> tuple[ImportedLink, ...]:
        uid_of = self.outline.uid_of
        ends = Dependency.objects.visible_to(self.actor).filter(program=self.program)
        away = Dependency.objects.visible_to(self.actor).filter(predecessor_program=self.program)
        found = []
        for link in reading.links((ends | away).order_by().values_list("pk", flat=True)):
            before, after = uid_of.get(link.predecessor_id), uid_of.get(link.successor_id)
            if before is not None and after is not None:
                found.append(
                    ImportedLink(
                        before, after, link.kind, link.lag, LagUnit(link.lag_unit), _FORMATS[link.lag_unit]
                    )
                )
            elif before is not None or after is not None:
                self._link_lost(link)
        return tuple(found)

    def _link_lost(self, link: reading.LinkRow) -> None:
        here = self.tasks.get(link.successor_id) or self.tasks[link.predecessor_id]
        if link.predecessor_program_id != link.program_id:
            code, where = "cross_program_link", "a task of another program"
        else:
            code, where = "outside_link", "a task of another component project"
        follows = here.id == link.successor_id
        reason = f"{'follows' if follows else 'is followed by'} {where}; the link is left out"
        self.losses.each(Severity.WARNING, code, reason, here.name)

    # Money and baselines ----------------------------------------------------------------------------------------------
    def _costs(self) -> "_Money":
        lines = CostLine.objects.visible_to(self.actor).filter(program=self.program)
        fixed = lines.filter(from_assignments=False)
        actuals = Actual.objects.visible_to(self.actor).filter(program=self.program)
        planned, spent = _by_task(fixed), _by_task(actuals)
        tell, here = self.losses.add, set(self.tasks)
        several = sum(n - 1 for pk, (n, _) in planned.items() if pk in here)
        tell(
            Severity.INFO,
            "cost_lines",
            "several cost lines of a task are written as their sum",
            count=several,
        )
        several = sum(n - 1 for pk, (n, _) in spent.items() if pk in here)
        tell(Severity.INFO, "actuals", "several postings of a task are written as their sum", count=several)
        inside = {"project__in": self.ids} if self.only else {}
        work = lines.filter(from_assignments=True, **inside).count()
        tell(Severity.INFO, "labour_cost", "cost of assigned work by rate cards; left out", count=work)
        for code, rows in (("cost_lines_elsewhere", lines), ("actuals_elsewhere", actuals)):
            count = rows.filter(task=None, **inside).count()
            tell(Severity.WARNING, code, "an amount that belongs to no task; left out", count=count)
        return _Money(self.outline, planned, spent)

    def _baselines(self) -> tuple[ImportedBaseline, ...]:
        rows = list(Baseline.objects.visible_to(self.actor).filter(program=self.program).order_by("number"))
        entries: dict[int, list[BaselineEntry]] = {row.pk: [] for row in rows}
        gone = 0
        may_read_cost = policies.holds(self.actor, "budget.read", self.program.scope)
        for pk, task_id, start, finish, duration, cost in reading.baseline_entries([*entries], self.ids):
            task = self.tasks.get(task_id)
            if task is None:
                gone += 1
                continue
            amount = reading.cents(cost) if may_read_cost and cost else NONE
            uid = self.outline.uid_of[task_id]
            entries[pk].append(BaselineEntry(uid, start, finish, duration, task.is_elapsed, cost=amount))
        reason = "a deleted task that a baseline still holds; left out"
        self.losses.add(Severity.WARNING, "baseline_of_deleted", reason, count=gone)
        chosen = next((row.number for row in rows if row.pk == self.options.baseline_id), 0)
        reason = f"slippage is measured against baseline {chosen}; the file's own is baseline 0"
        self.losses.add(Severity.INFO, "reference_baseline", reason, count=int(chosen != 0))
        return tuple(ImportedBaseline(row.number, tuple(entries[row.pk])) for row in rows if entries[row.pk])

    def _tell(self) -> None:
        """Tell of what was left out as a whole."""
        tell, tasks = self.losses.add, self.tasks.values()
        for project in self.outline.empty:
            self.losses.each(Severity.WARNING, "empty_project", "has no task; left out", project.name)
        if self.options.progress != Plan.Progress.RETAINED_LOGIC:
            tell(
                Severity.WARNING,
                "progress_override",
                "the file has no progress override; retained logic holds there",
            )
        if self.options.critical_threshold % 480:
            reason = "the float up to which tasks are critical is rounded down to whole days"
            tell(Severity.INFO, "critical_threshold", reason)
        reason = "the file holds whole percentages; rounded"
        tell(Severity.INFO, "percent", reason, count=sum(t.percent_complete % 1 != 0 for t in tasks))
        reason = "is not computed yet; written without dates"
        tell(
            Severity.WARNING, "no_dates", reason, count=sum(t.s_start == NONE and t.is_active for t in tasks)
        )
        reason = "kind, manager, code and planned outcome of component projects are not in the file"
        tell(Severity.INFO, "projects", reason, count=len(self.outline.projects))
        for text in self.calendars.losses():
            tell(Severity.INFO, "project_calendar", text)


class _Money:
    """Planned and actual cost of each row, in minor units; a summary has what is below it and its own."""

    def __init__(
        self, whole: Outline, planned: dict[int, tuple[int, int]], spent: dict[int, tuple[int, int]]
    ) -> None:
        own: Counter[int] = Counter()
        self._cost: Counter[int] = Counter()
        self._actual: Counter[int] = Counter()
        for line in reversed(whole.lines):
            if line.task is not None:
                own[line.uid] = planned.get(line.task.id, (0, 0))[1]
                self._cost[line.uid] += own[line.uid]
                self._actual[line.uid] += spent.get(line.task.id, (0, 0))[1]
            if line.parent_uid is not None:
                self._cost[line.parent_uid] += self._cost[line.uid]
                self._actual[line.parent_uid] += self._actual[line.uid]
        self._own = own

    def of(self, uid: int) -> Costs:
        cost, actual = self._cost[uid], self._actual[uid]
        return Costs(cost, self._own[uid], actual, max(0, cost - actual))


_FORMATS: Sequence[int] = (7, 8, 19, 20)
"""How a lag is shown, by its unit: days, elapsed days, percent, percent of elapsed time."""


def _by_task(rows: QuerySet[Any]) -> dict[int, tuple[int, int]]:
    """Return (number of rows, their sum in minor units) by task."""
    summed = rows.exclude(task=None).order_by().values_list("task_id")
    totals: list[tuple[int, int, Decimal]] = list(summed.annotate(number=Count("pk"), total=Sum("amount")))
    return {task: (number, reading.cents(total)) for task, number, total in totals}


def _progress(task: TaskRow, line: Line, stop: int) -> Progress:
    percent = task.percent_complete
    if line.is_summary:
        percent = task.s_percent_complete or 0.0
        return Progress(percent_complete=percent) if percent else NO_PROGRESS
    if task.actual_start == NONE and not percent:
        return NO_PROGRESS
    remaining = task.remaining
    if remaining is None:
        remaining = 0 if task.actual_finish != NONE else round(task.duration * (1 - percent / 100))
    return Progress(
        percent_complete=percent,
        actual_start=task.actual_start,
        actual_finish=task.actual_finish,
        actual_duration=max(0, task.duration - remaining),
        remaining_duration=remaining,
        stop=stop,
        resume=task.resume,
    )
