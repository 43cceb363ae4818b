"""How good a plan is as a plan: the fourteen checks over a program or a project, as far as somebody reads the plan.

The checks run on the plan's inputs with one pass of the engine, read as of one instant, so that they are those of the
revision they carry even while results are being published.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from programs import policies
from programs.models import Program, RecomputeState
from projects.engine import cpm, quality
from projects.engine.quality import Check
from projects.models import Assignment, BaselineTask, Dependency, Project, Task
from projects.selectors import networks, plans
from projects.selectors.networks import PlanInputs
from tpm.accounts.actors import Actor
from tpm.lib import bulk
from tpm.lib.snapshots import one_instant
from tpm.lib.walltime import NONE

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

manned: list[Callable[[Program], Ints]] = []
"""Who else knows which tasks somebody or some money works on (ids): the roof fills this for the apps above."""


@dataclass(frozen=True)
class ScopeQuality:
    """The checks of one scope. ``tasks`` of a check are indexes into ``task_ids``.

    :ivar project: None for the program (or for all of it that the actor reads).
    :ivar score: passed checks in percent of those with a verdict, None if none applies.
    """

    project: Project | None
    checks: tuple[Check, ...]
    score: int | None

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.passed is False)


@dataclass(frozen=True, eq=False)
class Quality:
    """The checks of what an actor reads of a program.

    :ivar revision: the program's revision that was judged.
    :ivar is_whole: whether the actor reads the plan of the whole program; else the figures are those of ``projects``.
    :ivar chosen: the scope that was asked for.
    :ivar projects: every project that the actor reads, in plan order.
    :ivar task_ids: (n,) ids of tasks by the indexes that checks name; 0 where the actor may not see the task.
    :ivar outline: (n,) the place of each task in the outline.
    """

    revision: int
    is_whole: bool
    chosen: ScopeQuality
    projects: tuple[ScopeQuality, ...]
    task_ids: Ints
    outline: Ints

    def offenders(self, check: Check) -> list[int]:
        """Return the ids of the offending tasks that the actor may see, in plan order."""
        found = np.array(check.tasks, np.int64)
        return [pk for pk in self.task_ids[found[np.argsort(self.outline[found])]].tolist() if pk]


@dataclass(frozen=True)
class Standing:
    """How a plan stands against what the program asks of a new baseline; ``failed``: codes of the failed checks."""

    score: int | None
    failed: tuple[str, ...]
    is_guarded: bool
    passing_score: int

    @property
    def needs_waiver(self) -> bool:
        return self.is_guarded and self.score is not None and self.score < self.passing_score


def of_program(actor: Actor, program: Program, *, project: int | None = None, each: bool = True) -> Quality:
    """Judge a program, or one of its projects; ``each``: every project by itself, too.

    The caller has checked that the actor reads some of the plan. A fixed number of statements.

    :raises NetworkError: if the plan can not be scheduled.
    :raises Project.DoesNotExist: if the actor sees no such project there.
    """
    with one_instant():
        revision = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=program.pk)
        seen = list(Project.objects.visible_to(actor).filter(program=program).order_by("position", "pk"))
        inputs, plan = load(program)
    is_whole = policies.holds(actor, "plan.read", program.scope)
    places = {int(pk): place for place, pk in enumerate(plan.project_ids)}
    by_place = {places[one.pk]: one for one in seen}
    singles = {one.pk: (one, place) for place, one in by_place.items()}
    if project is not None and project not in singles:
        raise Project.DoesNotExist
    judged = {
        pk: _judge(inputs, plan, one, place) for pk, (one, place) in singles.items() if each or pk == project
    }
    if project is not None:
        chosen = judged[project]
    else:
        checks = tuple(quality.assess(inputs, project=None if is_whole else sorted(by_place)))
        chosen = ScopeQuality(None, checks, quality.score(checks))
    visible = np.isin(plan.network.project, sorted(by_place))
    outline = np.empty(plan.network.n, np.int64)
    outline[inputs.schedule.order] = np.arange(plan.network.n)
    return Quality(
        revision,
        is_whole,
        chosen,
        tuple(judged.values()),
        np.where(visible, plan.task_ids, 0),
        outline,
    )


def standing(program: Program) -> Standing:
    """Judge the whole program as it is now, whoever asks.

    :raises NetworkError: if the plan can not be scheduled.
    """
    inputs, _plan = load(program)
    checks = quality.assess(inputs)
    failed = tuple(check.code for check in checks if check.passed is False)
    options = plans.of_program(program)
    return Standing(quality.score(checks), failed, options.baseline_gate, options.passing_score)


def load(program: Program) -> tuple[quality.Inputs, PlanInputs]:
    """Read the plan, schedule it and add what the checks need beside.

    :raises NetworkError: if the plan can not be scheduled.
    """
    plan = networks.load(program)
    ids = plan.task_ids
    inputs = quality.Inputs(
        network=plan.network,
        schedule=cpm.compute(plan.network),
        baseline_start=plan.baseline_start,
        baseline_finish=plan.baseline_finish,
        baseline_duration=_agreed_durations(plan.baseline_id, ids),
        has_resources=_has_resources(program, ids),
        has_outside_successor=_flags(ids, _with_outside_successor(program)),
        status=plan.data_date,
        calendar=plan.program_calendar,
    )
    return inputs, plan


def _judge(inputs: quality.Inputs, plan: PlanInputs, project: Project, place: int) -> ScopeQuality:
    own = replace(inputs, calendar=int(plan.project_calendar[place]))
    checks = tuple(quality.assess(own, project=place))
    return ScopeQuality(project, checks, quality.score(checks))


def _flags(ids: Ints, chosen: Sequence[int] | Ints) -> Flags:
    return np.isin(ids, np.asarray(chosen, np.int64))


def _has_resources(program: Program, ids: Ints) -> Flags:
    """Tasks that name somebody responsible or have people or material assigned, and those that the apps above know of."""
    named = bulk.read(
        f"""SELECT id FROM "{Task._meta.db_table}" WHERE program_id = %s AND responsible <> ''
             UNION SELECT task_id FROM "{Assignment._meta.db_table}" WHERE program_id = %s""",
        [program.pk, program.pk],
        {"id": bulk.BIGINT},
    )
    flags = _flags(ids, named["id"])
    for ask in manned:
        flags |= _flags(ids, ask(program))
    return flags


def _with_outside_successor(program: Program) -> Ints:
    rows = bulk.read(
        f'SELECT predecessor_id AS id FROM "{Dependency._meta.db_table}" '
        "WHERE predecessor_program_id = %s AND program_id <> %s",
        [program.pk, program.pk],
        {"id": bulk.BIGINT},
    )
    return np.asarray(rows["id"], np.int64)


def _agreed_durations(baseline_id: int | None, ids: Ints) -> Ints:
    agreed = np.full(len(ids), NONE, np.int64)
    if baseline_id is None:
        return agreed
    rows = bulk.read(
        f'SELECT task_id, duration FROM "{BaselineTask._meta.db_table}" WHERE baseline_id = %s',
        [baseline_id],
        {"task_id": bulk.BIGINT, "duration": bulk.BIGINT},
    )
    place = networks.index_of(ids, rows["task_id"])
    agreed[place >= 0] = rows["duration"][place[place >= 0]]
    return agreed
