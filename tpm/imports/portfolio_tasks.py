"""Tasks, links and their cost, as a portfolio's tables state them, as rows."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from budgets.models import Category, Nature
from programs.engine import calendars as engine
from projects.importers.plan import NONE, LinkKind
from projects.importers.portfolio import (
    ImportedPortfolio,
    PortfolioBudgetLine,
    PortfolioProject,
    PortfolioTask,
    day_of,
    last_day,
)
from projects.importers.reports import Severity
from projects.models import GAP, Project, Task
from tpm.imports.context import Context
from tpm.imports.rows import Ref, Sheet, text
from tpm.lib.walltime import to_datetime

ALMOST = 99.0  # per cent: what is not reported as finished is not finished
CATEGORIES = {str(label).casefold(): value for value, label in Category.choices} | {
    c: c for c in Category.values
}


class TaskRows:
    """Fills the sheets of tasks, links, cost lines and actuals."""

    def __init__(self, source: ImportedPortfolio, context: Context, sheets: Mapping[str, Sheet]) -> None:
        self.source, self.context, self.sheets = source, context, sheets
        self.projects = {project.key: project for project in source.projects}
        self.tasks = {task.key: task for task in source.tasks}
        self.parents = {task.parent_key for task in source.tasks if task.parent_key}
        self.counts: Counter[str] = Counter()

    def fill(self) -> None:
        """State all rows."""
        for number, task in enumerate(self.source.tasks, 1):
            self._task(number, task)
        seen: set[str] = set()
        for link in self.source.links:
            successor = self.projects[self.tasks[link.successor_key].project_key]
            predecessor = self.projects[self.tasks[link.predecessor_key].project_key]
            ends = f"{link.predecessor_key}→{link.successor_key}"
            key = (
                f"{ends} {LinkKind(link.kind).name}" if ends in seen else ends
            )  # two tasks may be linked in several ways
            seen.add(ends)
            self.sheets["dependencies"].add(
                key,
                {"kind": int(link.kind), "lag": link.lag, "lag_unit": int(link.lag_unit)},
                program_id=_program(successor),
                predecessor_program_id=_program(predecessor),
                predecessor_id=Ref(Task, link.predecessor_key),
                successor_id=Ref(Task, link.successor_key),
            )
        for line in self.source.budget_lines:
            self._budget_line(line)
        self._say()

    def place(self, project: PortfolioProject, task: str | None = None) -> dict[str, Any]:
        """Return the columns that say where a row of money belongs."""
        return {
            "program_id": _program(project),
            "project_id": Ref(Project, project.key),
            "task_id": Ref(Task, task) if task else None,
        }

    def _task(self, number: int, task: PortfolioTask) -> None:
        project = self.projects[task.project_key]
        duration = self._duration(task)
        progress = self._progress(task, duration)
        values: dict[str, Any] = {
            "name": text(task.name, 500),
            "parent_id": Ref(Task, task.parent_key) if task.parent_key else None,
            "is_milestone": task.is_milestone,
            "duration": duration,
            "is_elapsed": task.is_elapsed,
            "constraint": int(task.constraint),
            "constraint_at": self._constraint_at(task),
            "deadline": self.context.finish(task.deadline),
            "responsible": text(task.owner, 200),
            "notes": text(_notes(task)),
            **progress,
        }
        self.sheets["tasks"].add(
            task.key,
            values,
            program_id=_program(project),
            project_id=Ref(Project, project.key),
            position=number * GAP,
            external_key=task.key,
        )
        if task.planned_cost not in (NONE, 0):
            self.sheets["cost_lines"].add(
                f"task:{task.key}",
                {"name": "Planned cost", "amount": _amount(task.planned_cost)},
                **self.place(project, task.key),
                external_key=f"task:{task.key}",
            )
            self._derived_actual(task, project, progress)

    def _duration(self, task: PortfolioTask) -> int:
        if task.is_milestone:
            return 0
        if task.keep_dates and NONE not in (task.planned_start, task.planned_finish):
            return self.context.work(task.planned_start, task.planned_finish)
        return 480 if task.duration == NONE else max(0, task.duration)

    def _constraint_at(self, task: PortfolioTask) -> datetime | None:
        late = task.constraint in (Task.Constraint.MFO, Task.Constraint.FNET, Task.Constraint.FNLT)
        return (self.context.finish if late else self.context.start)(task.constraint_at)

    def _progress(self, task: PortfolioTask, duration: int) -> dict[str, Any]:
        """Return actual dates, percent and remaining work that do not contradict each other."""
        if task.key in self.parents:  # a summary's progress follows from what is below it
            return {"actual_start": None, "actual_finish": None, "percent_complete": 0.0, "remaining": None}
        start, finish, percent = task.actual_start, task.actual_finish, task.percent_complete
        if percent is None:
            percent = 0.0
            if start != NONE and finish == NONE and self.source.data_date != NONE and duration:
                percent = min(ALMOST, 100.0 * self.context.work(start, self.source.data_date) / duration)
                percent = round(percent, 1)
                self.counts["elapsed_share"] += 1
        if start == NONE and (percent > 0 or finish != NONE):
            start = next((at for at in (task.planned_start, self._project_start(task)) if at != NONE), NONE)
            if start == NONE:
                percent, finish = 0.0, NONE
        if finish == NONE and percent >= 100:
            finish = task.planned_finish
            if finish == NONE or finish < start:
                finish = int(engine.add_working(self.context.calendar, start, duration))
        began, ended = self.context.start(start), self.context.finish(finish)
        if began and ended and ended < began:  # all of it on days on which nobody works
            began, ended = to_datetime(start), to_datetime(max(start, finish))
        return {
            "actual_start": began,
            "actual_finish": ended,
            "percent_complete": 100.0 if ended else float(percent),
            "remaining": None if task.remaining_duration == NONE or ended else task.remaining_duration,
        }

    def _project_start(self, task: PortfolioTask) -> int:
        return self.projects[task.project_key].planned_start

    def _derived_actual(
        self, task: PortfolioTask, project: PortfolioProject, progress: Mapping[str, Any]
    ) -> None:
        """The source states no spending by task, but by how much a project is over or under its cost: work done so far is taken
        to have cost as much more or less than planned as its whole project."""
        planned, variance = project.planned_cost, project.reported_cost_variance
        if (
            NONE in (planned, variance)
            or planned <= 0
            or planned < variance
            or not progress["percent_complete"]
        ):
            return
        earned = Decimal(task.planned_cost) * Decimal(str(progress["percent_complete"])) / 100
        amount = (earned * (planned - variance) / planned / 100).quantize(Decimal("0.01"))
        ended = progress["actual_finish"]
        on = ended.date() if ended else last_day(self.source.data_date)
        if amount:
            self.counts["derived_actuals"] += 1
            self.sheets["actuals"].add(
                f"task:{task.key}",
                {"posted_on": on, "amount": amount},
                **self.place(project, task.key),
                description="Derived from the reported cost variance of the project",
                external_key=f"task:{task.key}",
            )

    def _budget_line(self, line: PortfolioBudgetLine) -> None:
        project = self.projects[line.project_key]
        category = CATEGORIES.get(line.category.strip().casefold(), Category.OTHER)
        dates = (None, None) if line.task_key else self._line_dates(line, project)
        key = f"line:{line.key}"
        self.sheets["cost_lines"].add(
            key,
            {
                "name": text(line.name, 300),
                "category": str(category),
                "nature": str(Nature.CAPEX if line.is_capex else Nature.OPEX),
                "amount": _amount(line.amount),
                "starts_on": dates[0],
                "ends_on": dates[1],
            },
            **self.place(project, line.task_key),
            external_key=key,
        )
        if line.actual_amount not in (NONE, 0):
            on = line.actual_on or (
                last_day(self.source.data_date) if self.source.data_date != NONE else dates[1] or dates[0]
            )
            if on is None:
                self.counts["actual_without_date"] += 1
                return
            self.sheets["actuals"].add(
                key,
                {"posted_on": on, "amount": _amount(line.actual_amount), "category": str(category)},
                **self.place(project, line.task_key),
                description=text(line.name, 300),
                external_key=key,
            )

    def _line_dates(self, line: PortfolioBudgetLine, project: PortfolioProject) -> tuple[Any, Any]:
        own = [task for task in self.source.tasks if task.project_key == project.key]
        starts = [line.start, project.planned_start, *(t.planned_start for t in own)]
        finishes = [line.finish, project.planned_finish, *(t.planned_finish for t in own)]
        start = next((day_of(at) for at in starts if at != NONE), None)
        finish = next((last_day(at) for at in finishes if at != NONE), None)
        if start is None and finish is None:
            start = last_day(self.source.data_date) if self.source.data_date != NONE else None
        start = start or finish or datetime(2000, 1, 1).date()
        return start, max(start, finish or start + timedelta(days=30))

    def _say(self) -> None:
        note, counts = self.context.note, self.counts
        note(
            Severity.INFO, "elapsed_share",
            "begun and not finished, and no percentage is stated: done in the share of its time that has passed, at most 99 %",
            counts["elapsed_share"],
        )  # fmt: skip
        note(
            Severity.INFO, "derived_actuals",
            "no spending by activity is stated: actual cost was derived from the reported cost variance of the project",
            counts["derived_actuals"],
        )  # fmt: skip
        note(
            Severity.WARNING, "actual_without_date",
            "an actual amount without any date; left out", counts["actual_without_date"],
        )  # fmt: skip


def _program(project: PortfolioProject) -> Ref:
    from programs.models import Program

    return Ref(Program, project.program_key)


def _amount(minor: int) -> Decimal:
    return Decimal(minor) / 100


def _notes(task: PortfolioTask) -> str:
    lines = [task.description]
    for label, value in (
        ("Output", task.output_type),
        ("Reported status", task.status),
        *task.attributes.items(),
    ):
        if value:
            lines.append(f"{label}: {value}")
    return "\n".join(line for line in lines if line)
