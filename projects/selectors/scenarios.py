"""Scenarios as people read them: lists, their state, the comparison with the plan, their edits in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from programs import policies
from programs.models import Program
from programs.models.indicators import READ_CAPABILITY
from programs.policies import Scope
from projects.models import Scenario, ScenarioResult, ScenarioTask
from tpm.accounts.actors import Actor

PROGRAM = 0
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
class Summary:
    """What a scenario changes, as far as the actor may know: figures by name (``finish``, ``eac`` …) of the program and by
    project, and counts of the visible tasks that differ."""

    figures: dict[str, Figure]
    projects: dict[int, dict[str, Figure]]
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
    by_project = {
        int(project): _figures(actor, Scope(program.portfolio_id, program.pk, int(project) or None), pairs)
        for project, pairs in scenario.result.figures.items()
    }
    count = rows(actor, scenario).filter(is_summary=False)
    moved = count.filter(is_milestone=True, change=Change.DIFFERS).exclude(finish_shift=0)
    return Summary(
        figures=by_project.pop(PROGRAM, {}),
        projects={project: found for project, found in by_project.items() if found},
        tasks=count.count(),
        milestones=moved.exclude(finish_shift=None).count(),
        added=count.filter(change=Change.ADDED).count(),
        deleted=count.filter(change=Change.DELETED).count(),
    )


def _figures(actor: Actor, scope: Scope, pairs: dict[str, list[str | None]]) -> dict[str, Figure]:
    found = {}
    for key, (plan, what_if) in pairs.items():
        kind, _, name = key.partition(".")
        if policies.holds(actor, READ_CAPABILITY[kind], scope):
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
