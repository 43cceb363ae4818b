"""A plan file as rows of one program: calendars, component projects, tasks, links, cost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.models import Actual, CostLine
from programs.models import Program, Resource
from projects.importers.networks import TaskCalendars, gaps_of, kept_date
from projects.importers.plan import NONE, ImportedPlan, ImportedTask, LinkKind
from projects.importers.portfolio import day_of
from projects.importers.reports import Severity
from projects.models import GAP, Assignment, Dependency, Plan, Project, Task
from tpm.imports.context import Context
from tpm.imports.plan_calendars import PlanCalendars, calendar_sheets
from tpm.imports.plan_resources import PlanResources
from tpm.imports.portfolio_rows import PLAN_PREFIX
from tpm.imports.rows import Ref, Sheet, text
from tpm.lib.walltime import to_datetime

MIDNIGHT = 1440  # minutes of a day
DATELESS = (Task.Constraint.ASAP, Task.Constraint.ALAP)


def sheets_of(
    plan: ImportedPlan, program: Program, context: Context, *, project: str, stem: str
) -> list[Sheet]:
    """Return all rows that a plan states, those referred to first; ``project`` is the code of the project it goes into."""
    tasks = Task.objects.filter(program=program, external_key__startswith=PLAN_PREFIX)
    lines = CostLine.objects.filter(program=program, external_key__startswith=PLAN_PREFIX)
    actuals = Actual.objects.filter(program=program, external_key__startswith=PLAN_PREFIX)
    links = Dependency.objects.filter(program=program)
    identity = ("project_id", "external_key")
    by_code = ("code",) if project else ("external_key",)
    assigned = Assignment.objects.filter(program=program)
    sheets = calendar_sheets(program) | {
        "resources": Sheet(Resource, "resources", Resource.objects.filter(program=program)),
        "projects": Sheet(Project, "projects", Project.objects.filter(program=program), identity=by_code),
        "tasks": Sheet(Task, "tasks", tasks, identity=identity),
        "dependencies": Sheet(
            Dependency, "dependencies", links, identity=("predecessor_id", "successor_id"), drops=True
        ),
        "assignments": Sheet(
            Assignment, "assignments", assigned, identity=("task_id", "resource_id"), drops=True
        ),
        "cost_lines": Sheet(CostLine, "cost_lines", lines, identity=identity),
        "actuals": Sheet(Actual, "actuals", actuals, identity=identity),
    }
    key = f"{PLAN_PREFIX}{text(plan.name or stem, 100)}"
    _PlanRows(plan, program, context, sheets, project, key).fill()
    return list(sheets.values())


@dataclass
class _PlanRows:
    plan: ImportedPlan
    program: Program
    context: Context
    sheets: dict[str, Sheet]
    code: str
    key: str
    projects: dict[int, Ref] = field(default_factory=dict)  # by uid of the top row
    promoted: set[int] = field(default_factory=set)  # summaries that became projects

    def fill(self) -> None:
        self.calendars = PlanCalendars(self.plan, self.program, self.key, self.sheets)
        self.working = TaskCalendars(self.plan)
        default = self.calendars.default()
        project_of = self._projects(default)
        for number, task in enumerate(self.plan.tasks, 1):
            if task.uid not in self.promoted:
                self._task(number, task, project_of[task.uid])
        self._links(set(project_of))
        people = PlanResources(self.plan, self.program, self.key, self.sheets, self.calendars, self.context)
        people.fill({uid: Ref(Task, _key(uid)) for uid in project_of if uid not in self.promoted})
        self._say()

    def _projects(self, calendar: Ref) -> dict[int, Ref]:
        """Return the project of each task: one for the plan, or one for each top summary of a master plan or XER file."""
        top = self._tops()
        tops = list(dict.fromkeys(top.values()))
        by_uid = {task.uid: task for task in self.plan.tasks}
        stated = {p.root_task_uid for p in self.plan.projects} if self.plan.source == "xer" else set()
        master = len(tops) > 1 or (bool(tops) and set(tops) <= stated)
        several = not self.code and master and all(by_uid[uid].is_summary for uid in tops)
        if not several:
            if len(tops) == 1 and tops[0] in stated:
                self.promoted.add(tops[0])
            name = self.plan.title or self.plan.name
            ref = self._project(1, name, self.key, self.code or _slug(name), self.plan.start, calendar)
            return dict.fromkeys(top, ref)
        logical = {uid for link in self.plan.links for uid in (link.predecessor_uid, link.successor_uid)}
        starts = {p.root_task_uid: p.start for p in self.plan.projects if p.root_task_uid is not None}
        refs = {}
        for number, uid in enumerate(tops, 1):
            task = by_uid[uid]
            start = starts.get(uid, NONE)
            start = self.plan.start if start == NONE else start
            later = task.constraint == Task.Constraint.SNET and task.constraint_at % MIDNIGHT == 0
            if later:  # a project that starts on its own day
                start = max(start, task.constraint_at)
            name = (task.wbs if uid in stated else "") or task.name
            refs[uid] = self._project(number, task.name, f"{self.key}#{uid}", _slug(name), start, calendar)
            plain = (
                (task.constraint == Task.Constraint.ASAP or later)
                and not task.is_manual
                and task.deadline == NONE
            )
            if plain and uid not in logical and task.is_active:
                self.promoted.add(uid)
        return {uid: refs[above] for uid, above in top.items()}

    def _tops(self) -> dict[int, int]:
        top: dict[int, int] = {}
        for task in self.plan.tasks:
            top[task.uid] = task.uid if task.parent_uid is None else top[task.parent_uid]
        return top

    def _project(self, number: int, name: str, key: str, code: str, start: int, calendar: Ref) -> Ref:
        own = Project.objects.filter(program=self.program)
        if self.code:
            code = own.filter(code__iexact=code).values_list("code", flat=True).first() or code
            key = code
        else:
            taken = {c.casefold() for c in own.exclude(external_key=key).values_list("code", flat=True)}
            taken |= {str(row.once["code"]).casefold() for row in self.sheets["projects"].rows.values()}
            plain, count = code, 1
            while code.casefold() in taken:
                count += 1
                code = f"{plain[:36]}-{count}"
        last = own.order_by("-position").values_list("position", flat=True).first() or 0
        return self.sheets["projects"].add(
            key,
            {"starts_on": None if start == NONE else day_of(start), "calendar_id": calendar},
            name=text(name, 300),
            program_id=self.program.pk,
            code=code,
            position=last + number * GAP,
            external_key=key,
        )

    def _task(self, number: int, task: ImportedTask, project: Ref) -> None:
        gap, ahead = gaps_of(task, self.working.of(task)) if task.splits else (0, 0)
        fixed = task.is_manual or task.is_external
        parent = None if task.parent_uid in self.promoted else task.parent_uid
        constraint = task.constraint if task.constraint in DATELESS or task.constraint_at != NONE else 0
        duration = max(task.duration, 0)
        values: dict[str, Any] = {
            "name": text(task.name, 500) or f"Task {task.uid}",
            "parent_id": None if parent is None else Ref(Task, _key(parent)),
            "is_milestone": task.is_milestone and not duration and not task.is_summary,
            "duration": duration,
            "is_elapsed": task.is_elapsed,
            "calendar_id": self.calendars.of(task.calendar_uid),
            "ignores_resource_calendars": task.ignore_resource_calendar,
            "constraint": int(constraint),
            "constraint_at": None if constraint in DATELESS else to_datetime(task.constraint_at),
            "deadline": to_datetime(task.deadline),
            "is_active": task.is_active,
            "is_manual": fixed,
            "manual_start": to_datetime(kept_date(task, "start")) if fixed else None,
            "manual_finish": to_datetime(kept_date(task, "finish")) if fixed else None,
            "gap": gap,
            "gap_ahead": ahead,
            "priority": min(max(task.priority, 0), 1000),
            "notes": text(task.notes),
            "responsible": text(task.contact, 200),
            **_progress(task),
        }
        place = {"program_id": self.program.pk, "project_id": project}
        key = _key(task.uid)
        self.sheets["tasks"].add(key, values, **place, position=number * GAP, external_key=key)
        self._cost(task, {**place, "task_id": Ref(Task, key)}, key)

    def _cost(self, task: ImportedTask, place: Mapping[str, Any], key: str) -> None:
        """Costs of summaries are sums of what is below them; only what was entered on the summary itself is its own."""
        cost = task.costs.fixed_cost if task.is_summary else task.costs.cost
        if cost:
            self.sheets["cost_lines"].add(
                key, {"amount": Decimal(cost) / 100}, name="Planned cost", **place, external_key=key
            )
        progress = task.progress
        dates = (progress.actual_finish, progress.stop, progress.actual_start, task.start)
        spent = next((at for at in dates if at != NONE), NONE)
        if task.costs.actual_cost and not task.is_summary and spent != NONE:
            self.sheets["actuals"].add(
                key,
                {"amount": Decimal(task.costs.actual_cost) / 100, "posted_on": day_of(spent)},
                description="Actual cost of the plan file",
                **place,
                external_key=key,
            )

    def _links(self, known: set[int]) -> None:
        missing = 0
        seen: set[tuple[int, int]] = set()
        for link in self.plan.links:
            ends = link.predecessor_uid, link.successor_uid
            if not known.issuperset(ends):
                missing += 1
                continue
            key = f"{link.predecessor_uid}→{link.successor_uid}" + (
                f" {LinkKind(link.kind).name}" if ends in seen else ""
            )
            seen.add(ends)
            self.sheets["dependencies"].add(
                key,
                {"kind": int(link.kind), "lag": link.lag, "lag_unit": int(link.lag_unit)},
                program_id=self.program.pk,
                predecessor_program_id=self.program.pk,
                predecessor_id=Ref(Task, _key(link.predecessor_uid)),
                successor_id=Ref(Task, _key(link.successor_uid)),
            )
        note = self.context.note
        note(Severity.WARNING, "external_link", "a link to a task that is not in the file; left out", missing)

    def _say(self) -> None:
        note = self.context.note
        if self.plan.data_date != NONE:
            day = date.isoformat(day_of(self.plan.data_date))
            reason = f"the file's status date is {day}; the program's data date is left as it is"
            note(Severity.INFO, "status_date", reason)
        overrides = Plan.objects.filter(program=self.program, honour_constraints=True).exists()
        if overrides and not self.plan.honour_constraints:
            reason = "constraint dates do not override links in the file, but do in the program: an option of its plan"
            note(Severity.WARNING, "option", reason)
        if self.promoted:
            note(
                Severity.INFO,
                "projects",
                "a summary at the top became a component project",
                len(self.promoted),
            )


def _progress(task: ImportedTask) -> dict[str, Any]:
    """Remaining work is only kept where work has begun: otherwise it is the duration, and would outlive a change of it."""
    progress = task.progress
    nothing = {
        "actual_start": None,
        "actual_finish": None,
        "percent_complete": 0.0,
        "remaining": None,
        "resume": None,
    }
    if task.is_summary:
        return nothing
    start, finish = progress.actual_start, progress.actual_finish
    if start == NONE:
        start = finish if finish != NONE else task.start if progress.percent_complete > 0 else NONE
    if start == NONE:
        return nothing
    begun = finish == NONE
    return {
        "actual_start": to_datetime(start),
        "actual_finish": to_datetime(finish if finish == NONE else max(start, finish)),
        "percent_complete": min(max(float(progress.percent_complete), 0.0), 100.0) if begun else 100.0,
        "remaining": progress.remaining_duration if begun and progress.remaining_duration != NONE else None,
        "resume": to_datetime(progress.resume) if begun else None,
    }


def _key(uid: int) -> str:
    return f"{PLAN_PREFIX}{uid}"


def _slug(name: str) -> str:
    """Return a code made of a name: capital letters and digits, at most 24."""
    return re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")[:24].strip("-") or "PLAN"
