"""Two plans of a program compared, task by task: a baseline with another, or a baseline with the plan as it is now.

Arrays over all tasks of both sides; names are read for the rows that are shown only. What cost has changed is added by the app
above. Working days are counted on each task's present calendar, for deleted tasks on their project's or the program's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs import policies
from programs.engine.calendars import WorkCalendar
from programs.models import Program
from programs.selectors import calendars
from projects.engine import compare
from projects.models import Baseline, BaselineTask, Plan, Project, Task, TaskSchedule
from projects.selectors import task_calendars
from projects.selectors.networks import index_of
from tpm.accounts.actors import Actor
from tpm.activity.tracking import event_model
from tpm.lib import bulk
from tpm.lib.walltime import NONE

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
PLAN = "plan"
KINDS = ("added", "removed", "moved", "re_estimated")
_COLUMNS = {
    "task_id": bulk.BIGINT,
    "project_id": bulk.BIGINT,
    "sequence": bulk.INTEGER,
    "is_summary": bulk.BOOLEAN,
    "is_milestone": bulk.BOOLEAN,
    "start": bulk.WALL,
    "finish": bulk.WALL,
    "duration": bulk.BIGINT,
}


@dataclass(frozen=True)
class ProjectName:
    """A project as people know it, deleted ones by their last name."""

    id: int
    name: str
    exists: bool
    calendar_id: int | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """One side: a row per task, arrays (n,) by ascending task id; wall minutes and working minutes."""

    task_id: Ints
    project_id: Ints
    sequence: Ints
    is_summary: Flags
    is_milestone: Flags
    start: Ints
    finish: Ints
    duration: Ints


@dataclass(frozen=True, eq=False)
class PlanChanges:
    """Every task that one side has, in plan order; arrays (n,), ``NONE`` where a side lacks the task.

    ``start_minutes``, ``finish_minutes``: movement in working minutes of the task's calendar, late is positive; ``*_days``: in
    calendar days. A summary's dates are those of its tasks: it counts as added or removed, never as moved or re-estimated. A
    date that moved across non-working time only has not moved.
    """

    projects: dict[int, ProjectName]
    place: Ints
    task_id: Ints
    project_id: Ints
    sequence: Ints
    is_summary: Flags
    is_milestone: Flags
    exists: Flags
    before_start: Ints
    before_finish: Ints
    before_duration: Ints
    after_start: Ints
    after_finish: Ints
    after_duration: Ints
    start_minutes: Ints
    finish_minutes: Ints
    start_days: Ints
    finish_days: Ints
    added: Flags
    removed: Flags
    moved: Flags
    re_estimated: Flags
    calendars: tuple[WorkCalendar, ...]
    project_calendar: dict[int, int]
    program_calendar: int

    def finish_of(self, project_id: int) -> tuple[int, int, int]:
        """Return a project's last finish before and after (``NONE`` if it has no task there) and its movement in working minutes
        of the project's calendar."""
        return self._ends(self.project_id == project_id, self.project_calendar[project_id])

    def finish(self) -> tuple[int, int, int]:
        """Return the same of all projects together, by the program's calendar."""
        return self._ends(np.ones(len(self.task_id), np.bool_), self.program_calendar)

    def _ends(self, chosen: Flags, calendar: int) -> tuple[int, int, int]:
        leaves = chosen & ~self.is_summary
        sides = np.array([side[leaves].max(initial=NONE) for side in (self.before_finish, self.after_finish)])
        clock = np.array([calendar])
        moved = compare.working_variance(self.calendars, clock, sides[:1], sides[1:])
        return int(sides[0]), int(sides[1]), int(moved[0])


def side(actor: Actor, program: Program, wanted: str) -> Baseline | None:
    """Return the side of a comparison that an address names: a baseline's id, or ``plan`` (None) for the plan as it is.

    :raises Baseline.DoesNotExist: if the actor sees no such baseline of the program.
    """
    if wanted == PLAN:
        return None
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise Baseline.DoesNotExist
    return Baseline.objects.visible_to(actor).select_related("program").get(pk=int(wanted), program=program)


def usual(actor: Actor, program: Program) -> Baseline | None:
    """Return what one compares with if nothing is said: the baseline in use, else the newest."""
    chosen = Plan.objects.filter(pk=program.pk).values_list("baseline_id", flat=True).first()
    rows = Baseline.objects.visible_to(actor).filter(program=program)
    used = rows.filter(pk=chosen).first() if chosen else None
    return used or rows.order_by("-taken_at", "-pk").first()


def changes(actor: Actor, program: Program, before: Baseline | None, after: Baseline | None) -> PlanChanges:
    """Compare two sides (None: the plan now) as far as the actor reads the plan. A fixed number of statements."""
    whole = policies.holds(actor, "plan.read", program.scope)
    seen = list(Project.objects.visible_to(actor).filter(program=program).order_by("position", "pk"))
    ids = [one.pk for one in seen]
    old, new = (_sheet(program, one, whole, ids) for one in (before, after))
    task_id = np.union1d(old.task_id, new.task_id)
    a, b = index_of(task_id, old.task_id), index_of(task_id, new.task_id)
    here, there = a >= 0, b >= 0

    def pick(name: str) -> tuple[Ints, Ints]:
        return _picked(getattr(old, name), a), _picked(getattr(new, name), b)

    def newest(name: str) -> NDArray[np.int64]:
        first, second = pick(name)
        return np.where(there, second, first)

    project_id = newest("project_id")
    projects = _projects(seen, project_id)
    rank = {pk: place for place, pk in enumerate(projects)}
    place = np.array([rank[pk] for pk in project_id.tolist()], np.int64)
    clocks = _clocks(program, projects, task_id, project_id)
    starts, finishes, durations = pick("start"), pick("finish"), pick("duration")
    slip = compare.slippage(
        start=starts[1], finish=finishes[1], baseline_start=starts[0], baseline_finish=finishes[0],
        calendars=clocks.compiled, calendar=clocks.calendar, is_elapsed=clocks.elapsed,
    )  # fmt: skip
    summary = pick("is_summary")
    judged = here & there & ~((summary[0] == 1) & (summary[1] == 1))
    order = np.lexsort((task_id, newest("sequence"), place))
    columns = {
        "place": place, "task_id": task_id, "project_id": project_id, "sequence": newest("sequence"),
        "is_summary": newest("is_summary") == 1, "is_milestone": newest("is_milestone") == 1, "exists": clocks.exists,
        "before_start": starts[0], "before_finish": finishes[0], "before_duration": durations[0],
        "after_start": starts[1], "after_finish": finishes[1], "after_duration": durations[1],
        "start_minutes": slip.start_minutes, "finish_minutes": slip.finish_minutes,
        "start_days": slip.start_days, "finish_days": slip.finish_days,
        "added": ~here, "removed": ~there,
        "moved": judged & ((slip.start_minutes != 0) | (slip.finish_minutes != 0)),
        "re_estimated": judged & (durations[0] != durations[1]),
    }  # fmt: skip
    return PlanChanges(
        projects=projects,
        calendars=clocks.compiled,
        project_calendar=clocks.of_project,
        program_calendar=clocks.of_program,
        **{name: values[order] for name, values in columns.items()},
    )


def texts(
    before: Baseline | None, after: Baseline | None, task_ids: Iterable[int]
) -> dict[int, tuple[str, str]]:
    """Return WBS code and name by task id, as on the later side that has the task: two queries."""
    wanted = list(task_ids)
    found: dict[int, tuple[str, str]] = {}
    for one in (before, after):
        if one is None:
            now = TaskSchedule.objects.filter(pk__in=wanted).values_list("pk", "wbs", "task__name")
            found |= {pk: (wbs, name) for pk, wbs, name in now}
        else:
            then = BaselineTask.objects.filter(baseline=one, task_id__in=wanted)
            found |= {row.task_id: (row.wbs, row.name) for row in then.only("task_id", "wbs", "name")}
    return found


def _sheet(program: Program, baseline: Baseline | None, whole: bool, project_ids: list[int]) -> Sheet:  # noqa: FBT001
    if baseline is None:
        # The same rows that a baseline taken now would hold.
        source = f'''SELECT t.id AS task_id, t.project_id, s.sequence, s.is_summary, t.is_milestone, s.start, s.finish, s.duration
                       FROM "{Task._meta.db_table}" AS t JOIN "{TaskSchedule._meta.db_table}" AS s ON s.task_id = t.id
                      WHERE t.program_id = %s AND s.start IS NOT NULL AND s.finish IS NOT NULL AND t.project_id = ANY(%s)'''
        params: list[object] = [program.pk, project_ids]
    else:
        names = ", ".join(_COLUMNS)
        source = f'SELECT {names} FROM "{BaselineTask._meta.db_table}" WHERE baseline_id = %s AND (%s OR project_id = ANY(%s))'
        params = [baseline.pk, whole, project_ids]
    rows = bulk.read(source, params, _COLUMNS)
    order = np.argsort(rows["task_id"])
    return Sheet(**{name: values[order] for name, values in rows.items()})


def _picked(values: NDArray[np.generic], place: NDArray[np.int32]) -> Ints:
    """The values of the tasks of the union, ``NONE`` where this side lacks the task."""
    if not len(values):
        return np.full(len(place), NONE, np.int64)
    return np.where(place >= 0, values[place].astype(np.int64), NONE)


def _projects(seen: list[Project], used: Ints) -> dict[int, ProjectName]:
    """The projects in plan order, then those that were deleted, by their last names."""
    found = {one.pk: ProjectName(one.pk, one.name, exists=True, calendar_id=one.calendar_id) for one in seen}
    gone = sorted(set(used.tolist()) - set(found))
    if gone:
        events = (
            event_model(Project)._base_manager.filter(pgh_obj_id__in=gone).order_by("pgh_obj_id", "-pgh_id")
        )
        names = dict(events.distinct("pgh_obj_id").values_list("pgh_obj_id", "name"))
        found |= {pk: ProjectName(pk, names.get(pk, f"#{pk}"), exists=False) for pk in gone}
    return found


@dataclass(frozen=True, eq=False)
class _Clocks:
    """``calendar`` (n,) and the two others are indexes into ``compiled``; ``exists`` (n,): whether the task is still there."""

    compiled: tuple[WorkCalendar, ...]
    calendar: NDArray[np.int32]
    elapsed: Flags
    exists: Flags
    of_project: dict[int, int]
    of_program: int


def _clocks(program: Program, projects: dict[int, ProjectName], task_id: Ints, project_id: Ints) -> _Clocks:
    """Read on which calendar each task's movement is counted."""
    ids, compiled = calendars.for_engine(program.portfolio_id, program.pk)
    index = {pk: place for place, pk in enumerate(ids)}
    of_project = {pk: index[one.calendar_id or program.calendar_id] for pk, one in projects.items()}
    rows = bulk.read(
        f'SELECT id, calendar_id, is_elapsed, ignores_resource_calendars FROM "{Task._meta.db_table}" WHERE program_id = %s',
        [program.pk],
        {
            "id": bulk.BIGINT,
            "calendar_id": bulk.BIGINT,
            "is_elapsed": bulk.BOOLEAN,
            "ignores_resource_calendars": bulk.BOOLEAN,
        },
    )
    place = index_of(task_id, rows["id"])
    working = task_calendars.resolve(
        task_calendars.of_people(program.pk),
        task_ids=task_id,
        own=_picked(rows["calendar_id"], place),
        ignores=_picked(rows["ignores_resource_calendars"], place) == 1,
        default=np.array([of_project[pk] for pk in project_id.tolist()], np.int32),
        index=index,
        compiled=compiled,
    )
    return _Clocks(
        compiled=tuple(working.compiled),
        calendar=working.calendar,
        elapsed=_picked(rows["is_elapsed"], place) == 1,
        exists=place >= 0,
        of_project=of_project,
        of_program=index[program.calendar_id],
    )
