"""Scenarios as people read them: lists, their state, the comparison with the plan, their edits in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from programs import policies
from programs.models import Program, Resource
from programs.models.indicators import READ_CAPABILITY
from programs.policies import Scope
from projects.models import Scenario, ScenarioResult, ScenarioTask
from tpm.accounts.actors import Actor

PROGRAM = 0
LOAD = "load."
Change = ScenarioTask.Change


@dataclass(frozen=True)
class Figure:
    """A figure in the plan and in the scenario; None is not available."""

    plan: Decimal | datetime | None
    scenario: Decimal | datetime | None

    @property
    def difference(self) -> Decimal | None:
        """How much more it is in the scenario; None for dates and where a side is missing."""
        if isinstance(self.plan, Decimal) and isinstance(self.scenario, Decimal):
            return self.scenario - self.plan
        return None


@dataclass(frozen=True)
class Load:
    """What a person (or role, or machine) has to do in the plan and in the scenario: ``work`` in minutes, ``peak`` in units."""

    resource: Resource
    work: Figure
    peak: Figure

    @property
    def plan_percent(self) -> Decimal | None:
        """Units at the busiest moment in per cent of one."""
        return self.peak.plan * 100 if isinstance(self.peak.plan, Decimal) else None

    @property
    def percent(self) -> Decimal | None:
        return self.peak.scenario * 100 if isinstance(self.peak.scenario, Decimal) else None

    @property
    def overloads(self) -> bool:
        """Tell whether the scenario, at its busiest moment, asks for more than there is."""
        return isinstance(self.peak.scenario, Decimal) and self.peak.scenario > self.resource.max_units


@dataclass(frozen=True)
class Summary:
    """What a scenario changes, as far as the actor may know: figures by name (``finish``, ``eac`` …) of the program and by
    project, whose load differs (``people``, for those who read the program as a whole), and counts of the visible tasks that
    differ."""

    figures: dict[str, Figure]
    projects: dict[int, dict[str, Figure]]
    people: list[Load]
    tasks: int
    milestones: int
    added: int
    deleted: int


def visible(actor: Actor) -> QuerySet[Scenario]:
    """Return the scenarios that the actor may see, with program, owner, result and ``steps_count``, the newest first."""
    rows = Scenario.objects.visible_to(actor).select_related(
        "program__portfolio", "program__computation", "owner", "result"
    )
    return rows.annotate(steps_count=Count("steps")).order_by("-created_at", "-pk")


def get_for(actor: Actor, pk: int) -> Scenario:
    """Return one scenario.

    :raises Scenario.DoesNotExist: if there is none that the actor may see.
    """
    return visible(actor).get(pk=pk)


def of_program(actor: Actor, program: Program) -> QuerySet[Scenario]:
    """Return the program's scenarios that the actor may see."""
    return visible(actor).filter(program=program)


def revisions(scenario: Scenario) -> tuple[int, int]:
    """Return how far the scenario and its result are: edits of both, the scenario's and the plan's, counted together. Results
    are those of the inputs when the two are equal."""
    state, result = scenario.program.computation, scenario.result
    shown = min(result.tried_revision, state.computed_revision)
    return scenario.edits + state.input_revision, max(0, result.tried_edits + shown)


def messages(ids: Iterable[int]) -> list[dict[str, Any]]:
    """Return what the live channel says of scenarios."""
    rows = Scenario.objects.filter(pk__in=list(ids)).select_related("result", "program__computation")
    found = []
    for scenario in rows.order_by("pk"):
        inputs, computed = revisions(scenario)
        if not scenario.is_open:
            computed = inputs
        state = "current" if inputs == computed else "computing"
        found.append(
            {"topic": f"scenario:{scenario.pk}", "input": inputs, "computed": computed, "state": state}
        )
    return found


def rows(actor: Actor, scenario: Scenario) -> QuerySet[ScenarioTask]:
    """Return what differs in the projects that the actor reads, in the order of the plan."""
    listed = ScenarioTask.objects.visible_to(actor).filter(scenario=scenario, is_listed=True)
    return listed.order_by("change", "sequence", "pk")


def summary(actor: Actor, scenario: Scenario) -> Summary:
    """Return what the scenario changes; a figure of the whole program is for those who read it as a whole."""
    program = scenario.program
    by_project = readable(actor, program, scenario.result.figures)
    count = rows(actor, scenario).filter(is_summary=False)
    moved = count.filter(is_milestone=True, change=Change.DIFFERS).exclude(finish_shift=0)
    return Summary(
        figures=by_project.pop(PROGRAM, {}),
        projects={project: found for project, found in by_project.items() if found},
        people=loads(actor, program, scenario.result.figures),
        tasks=count.count(),
        milestones=moved.exclude(finish_shift=None).count(),
        added=count.filter(change=Change.ADDED).count(),
        deleted=count.filter(change=Change.DELETED).count(),
    )


Pairs = dict[str, dict[str, list[str | None]]]


def readable(actor: Actor, program: Program, figures: Pairs) -> dict[int, dict[str, Figure]]:
    """Return figures as a result keeps them by project (0: the program) and name, as far as the actor may know them."""
    return {
        int(project): _figures(actor, Scope(program.portfolio_id, program.pk, int(project) or None), pairs)
        for project, pairs in figures.items()
    }


def loads(actor: Actor, program: Program, figures: Pairs) -> list[Load]:
    """Return whose load differs, the largest change first: one query."""
    pairs = {key: pair for key, pair in figures.get(str(PROGRAM), {}).items() if key.startswith(LOAD)}
    if not pairs or not policies.holds(actor, "plan.read", program.scope):
        return []
    ids = {int(key.split(".")[1]) for key in pairs}
    found = []
    for resource in Resource.objects.visible_to(actor).filter(pk__in=ids).order_by("name", "pk"):
        work, peak = (
            Figure(*(_value(text) for text in pairs[f"{LOAD}{resource.pk}.{name}"]))
            for name in ("work", "peak")
        )
        found.append(Load(resource, work, peak))
    return sorted(found, key=lambda one: -abs(one.work.difference or Decimal(0)))


def _figures(actor: Actor, scope: Scope, pairs: dict[str, list[str | None]]) -> dict[str, Figure]:
    found = {}
    for key, (plan, what_if) in pairs.items():
        kind, _, name = key.partition(".")
        if kind in READ_CAPABILITY and policies.holds(actor, READ_CAPABILITY[kind], scope):
            found[name if kind == "plan" else f"cost_{name}"] = Figure(_value(plan), _value(what_if))
    return found


def _value(text: str | None) -> Decimal | datetime | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else Decimal(text)


def may_see_cost(actor: Actor, scenario: Scenario) -> set[int]:
    """Return the projects of the program whose money the actor reads."""
    program = scenario.program
    ids = set(scenario.tasks.values_list("project_id", flat=True).distinct())
    return {
        pk for pk in ids if policies.holds(actor, "budget.read", Scope(program.portfolio_id, program.pk, pk))
    }


def is_stale(scenario: Scenario) -> bool:
    """Tell whether the result is not that of the edits and the plan as they are."""
    result: ScenarioResult = scenario.result
    current = (scenario.edits, scenario.program.computation.input_revision)
    return scenario.is_open and (result.tried_edits, result.tried_revision) != current
