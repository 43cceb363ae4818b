"""The road map: projects over quarters with their baseline, milestones and slippage, by objective or by program."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Min

from programs.engine import rag
from programs.models import Portfolio, Program
from programs.selectors import objectives, ratings, readings
from programs.selectors.objectives import ObjectiveRow
from programs.selectors.readings import NO_FIGURES
from projects.models import Alignment, Project, Task, TaskSchedule
from projects.selectors import gates
from projects.selectors.gates import GateRow
from tpm.accounts.actors import Actor

MOST_MILESTONES = 2000


@dataclass(frozen=True)
class Mark:
    """A milestone of a project."""

    task: int
    name: str
    at: datetime
    baseline: datetime | None
    is_done: bool
    is_critical: bool


@dataclass(frozen=True)
class Bar:
    """A project from its first to its last task. ``level`` rates its finish slippage by the portfolio's policy."""

    project: Project
    start: datetime | None
    finish: datetime | None
    baseline_start: datetime | None
    baseline_finish: datetime | None
    slip_wd: Decimal | None
    percent: Decimal | None
    level: str
    marks: list[Mark]
    gates: list[GateRow]


@dataclass(frozen=True)
class Band:
    """Projects under one objective or one program; ``row`` with its key results is missing for those that serve none. ``gates``
    are the program's own."""

    name: str
    bars: list[Bar]
    row: ObjectiveRow | None = None
    program: Program | None = None
    gates: Sequence[GateRow] = ()


@dataclass(frozen=True)
class Roadmap:
    bands: list[Band]
    first: date | None
    last: date | None

    @property
    def bars(self) -> list[Bar]:
        """Every project once."""
        return list({bar.project.pk: bar for band in self.bands for bar in band.bars}.values())


def roadmap(
    actor: Actor, portfolio: Portfolio, *, program: Program | None = None, by: str = "program"
) -> Roadmap:
    """Return the road map of a portfolio, or of one of its programs: a fixed number of queries.

    :param by: ``program`` or ``objective``; a project that serves several objectives stands under each of them.
    """
    projects = list(
        Project.objects.visible_to(actor)
        .filter(
            program__portfolio=portfolio,
            program__archived_at=None,
            **({"program": program} if program else {}),
        )
        .select_related("program__portfolio", "manager")
        .order_by("program__name", "position", "pk")
    )
    passes = _gates(actor, portfolio, program)
    bars = {bar.project.pk: bar for bar in _bars(actor, projects, passes)}
    bands = _by_objective(actor, portfolio, program, bars) if by == "objective" else _by_program(bars, passes)
    days = [
        at.date()
        for bar in bars.values()
        for at in (bar.start, bar.finish, bar.baseline_start, bar.baseline_finish)
        if at
    ] + [row.forecast for row in passes if row.forecast]
    return Roadmap(bands, min(days, default=None), max(days, default=None))


def _gates(actor: Actor, portfolio: Portfolio, program: Program | None) -> list[GateRow]:
    found = gates.visible(actor).filter(program__portfolio=portfolio, program__archived_at=None)
    if program is not None:
        found = found.filter(program=program)
    return [row for row in gates.measured(found.order_by("position", "pk")) if row.forecast]


def _bars(actor: Actor, projects: Sequence[Project], passes: Sequence[GateRow]) -> list[Bar]:
    ids = [one.pk for one in projects]
    spans: dict[int, Any] = {
        row["project_id"]: row
        for row in TaskSchedule.objects.visible_to(actor)
        .filter(project_id__in=ids, is_summary=False)
        .values("project_id")
        .annotate(
            first=Min("start"), last=Max("finish"), early=Min("baseline_start"), late=Max("baseline_finish")
        )
    }
    marks = _marks(actor, ids)
    figures = readings.for_projects_of(
        actor, {one.program_id for one in projects}, ("plan.slip_wd", "plan.percent")
    )
    policies = ratings.newest_policies({one.program.portfolio_id for one in projects})
    made = []
    for project in projects:
        span: Any = spans.get(project.pk, {})
        mine = figures.get(project.pk, NO_FIGURES)
        slip = mine.number("plan.slip_wd")
        policy = policies.get(project.program.portfolio_id, rag.Policy())
        schedule = rag.Figures(finish_slippage=None if slip is None else float(slip))
        level = rag.rate(schedule, policy)[0].level
        made.append(
            Bar(
                project, span.get("first"), span.get("last"), span.get("early"), span.get("late"), slip,
                mine.number("plan.percent"), level.value, marks.get(project.pk, []),
                [row for row in passes if row.gate.project_id == project.pk],
            )
        )  # fmt: skip
    return made


def _marks(actor: Actor, projects: Sequence[int]) -> dict[int, list[Mark]]:
    rows = (
        Task.objects.visible_to(actor)
        .filter(project__in=projects, is_milestone=True, is_active=True, schedule__finish__isnull=False)
        .select_related("schedule")
        .order_by("schedule__finish", "pk")
    )
    found: dict[int, list[Mark]] = defaultdict(list)
    for task in rows[:MOST_MILESTONES]:
        found[task.project_id].append(
            Mark(
                task.pk, task.name, task.schedule.finish, task.schedule.baseline_finish, task.actual_finish is not None,
                task.schedule.is_critical,
            )
        )  # fmt: skip
    return found


def _by_program(bars: dict[int, Bar], passes: Sequence[GateRow]) -> list[Band]:
    groups: dict[int, list[Bar]] = defaultdict(list)
    for bar in bars.values():
        groups[bar.project.program_id].append(bar)
    return [
        Band(
            mine[0].project.program.name,
            mine,
            program=mine[0].project.program,
            gates=[row for row in passes if row.gate.program_id == pk and row.gate.project_id is None],
        )
        for pk, mine in groups.items()
    ]


def _by_objective(
    actor: Actor, portfolio: Portfolio, program: Program | None, bars: dict[int, Bar]
) -> list[Band]:
    rows = objectives.of_portfolio(actor, portfolio, program)
    aligned: dict[int, list[int]] = defaultdict(list)
    for project, objective in (
        Alignment.objects.visible_to(actor)
        .filter(project__in=list(bars))
        .order_by("pk")
        .values_list("project_id", "objective_id")
    ):
        aligned[objective].append(project)
    bands = [
        Band(row.objective.name, [bar for pk, bar in bars.items() if pk in aligned[row.objective.pk]], row)
        for row in rows
    ]
    served = {pk for mine in aligned.values() for pk in mine}
    rest = [bar for pk, bar in bars.items() if pk not in served]
    return [*bands, *([Band("", rest)] if rest else [])]
