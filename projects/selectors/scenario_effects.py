"""What a scenario does to the plan, in a form that can be kept and compared: for those who decide about it (docs/adr/0018).

What is kept hides nothing; ``seen_by`` shows what a reader may know of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from programs import policies
from programs.models import Program
from projects.models import Project, Scenario, ScenarioTask
from projects.selectors import scenarios
from projects.selectors.scenarios import LOAD, PROGRAM, Figure, Load
from tpm.accounts.actors import Actor

KEPT = frozenset(
    "plan.finish plan.finish_shift_wd plan.critical plan.least_float_wd cost.bac cost.eac".split()
)
MOST_MILESTONES = 40
COUNTS = ("tasks", "added", "deleted")
Json = dict[str, Any]
Change = ScenarioTask.Change


@dataclass(frozen=True)
class Moved:
    """A milestone that the scenario moves, adds or deletes, or whose float it changes: ``shift`` and floats in working minutes."""

    name: str
    plan: datetime | None
    finish: datetime | None
    shift: int | None
    plan_total_float: int | None
    total_float: int | None
    change: int

    @property
    def is_moved(self) -> bool:
        return self.change == Change.DIFFERS and bool(self.shift)


@dataclass(frozen=True)
class Effects:
    """What one reader may know of it: figures of the program (empty for those who do not read it as a whole) and of ``project``,
    milestones of the projects that they read, and (None: not the whole program's reader) counts of tasks."""

    revision: int
    computed_at: datetime
    program: dict[str, Figure]
    project: dict[str, Figure]
    milestones: list[Moved]
    counts: dict[str, int] | None
    people: list[Load]

    @property
    def moved(self) -> int:
        return sum(one.is_moved for one in self.milestones)

    @property
    def shift(self) -> Figure | None:
        """Working days by which the finish moves: the program's, else the project's."""
        return (self.program or self.project).get("finish_shift_wd")

    @property
    def eac(self) -> Figure | None:
        return (self.program or self.project).get("cost_eac")


def of(found: Iterable[Scenario]) -> dict[int, Json]:
    """Return the effects of scenarios (with ``result``) by id, without those that nobody has computed yet: two queries."""
    computed = {one.pk: one for one in found if one.result.revision >= 0 and not one.result.problems}
    if not computed:
        return {}
    rows = ScenarioTask.objects.filter(scenario__in=computed, is_listed=True, is_summary=False)
    counted = (
        rows.order_by()
        .values("scenario_id")
        .annotate(
            tasks=Count("pk"),
            added=Count("pk", filter=Q(change=Change.ADDED)),
            deleted=Count("pk", filter=Q(change=Change.DELETED)),
        )
    )
    counts = {
        pk: dict(zip(COUNTS, numbers, strict=True))
        for pk, *numbers in counted.values_list("scenario_id", *COUNTS)
    }
    milestones: dict[int, list[Json]] = {}
    differs = ~Q(change=Change.DIFFERS) | ~Q(finish_shift=0) | ~Q(total_float=F("plan_total_float"))
    for row in rows.filter(differs, is_milestone=True).order_by("sequence", "task_id"):
        milestones.setdefault(row.scenario_id, []).append(_milestone(row))
    nothing = dict.fromkeys(COUNTS, 0)
    return {
        pk: {
            "scenario": pk,
            "name": one.name,
            "edits": one.result.edits,
            "revision": one.result.revision,
            "computed_at": one.result.computed_at.isoformat() if one.result.computed_at else "",
            "figures": {scope: _kept(pairs) for scope, pairs in one.result.figures.items()},
            "milestones": sorted(milestones.get(pk, []), key=lambda row: -abs(row["shift"] or 0))[
                :MOST_MILESTONES
            ],
            "counts": counts.get(pk, nothing),
        }
        for pk, one in computed.items()
    }


def is_same(one: Json, other: Json) -> bool:
    """Tell whether two effects are the same, on whatever revision each was computed."""
    names = ("scenario", "figures", "milestones", "counts")
    return all(one.get(name) == other.get(name) for name in names)


def seen_by(actor: Actor, program: Program, project_id: int | None, kept: Json) -> Effects:
    """Return what the actor may know of kept effects: two queries."""
    is_whole = policies.holds(actor, "plan.read", program.scope)
    figures = scenarios.readable(actor, program, kept["figures"])
    projects = {row["project"] for row in kept["milestones"]}
    if not is_whole:
        projects &= set(
            Project.objects.visible_to(actor).filter(pk__in=projects).values_list("pk", flat=True)
        )
    return Effects(
        revision=kept["revision"],
        computed_at=datetime.fromisoformat(kept["computed_at"]),
        program=figures.get(PROGRAM, {}),
        project=figures.get(project_id, {}) if project_id else {},
        milestones=[_moved(row) for row in kept["milestones"] if row["project"] in projects],
        counts=kept["counts"] if is_whole else None,
        people=scenarios.loads(actor, program, kept["figures"]),
    )


def _kept(pairs: dict[str, list[str | None]]) -> dict[str, list[str | None]]:
    return {key: pair for key, pair in pairs.items() if key in KEPT or key.startswith(LOAD)}


def _milestone(row: ScenarioTask) -> Json:
    return {
        "task": row.task_id,
        "project": row.project_id,
        "name": row.name,
        "plan": row.plan_finish.isoformat() if row.plan_finish else None,
        "finish": row.finish.isoformat() if row.finish else None,
        "shift": row.finish_shift,
        "plan_total_float": row.plan_total_float,
        "total_float": row.total_float,
        "change": row.change,
    }


def _moved(row: Json) -> Moved:
    plan, finish = (datetime.fromisoformat(row[side]) if row[side] else None for side in ("plan", "finish"))
    return Moved(
        row["name"], plan, finish, row["shift"], row["plan_total_float"], row["total_float"], row["change"]
    )
