"""Two plans of a program compared, cost included: the rows, the sums by project and in total, a page at a time.

What the plan changed comes from the app below; here are the amounts, for the projects whose money the actor reads.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from budgets.models import BaselineCost, CostLine, LabourCost
from programs import policies
from programs.models import Program
from projects.models import Baseline, Project
from projects.selectors import baselines as plan
from projects.selectors.baselines import PlanChanges, ProjectName
from projects.selectors.networks import index_of
from tpm.accounts.actors import Actor
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_datetime

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
KINDS = (*plan.KINDS, "re_costed")
PAGE = 200
_MINOR = 100


@dataclass(frozen=True)
class Side:
    """A task on one side; ``cost`` is None where the actor does not read the project's money."""

    start: datetime | None
    finish: datetime | None
    duration: int
    cost: Decimal | None


@dataclass(frozen=True)
class Row:
    """A task that differs. Movements are working minutes (``*_minutes``, late is positive) and calendar days, None where a side
    lacks the task; ``cost_delta`` is after minus before, a lacking side counting as nothing. ``key`` says where the next page
    starts."""

    task_id: int
    project: ProjectName
    wbs: str
    name: str
    is_summary: bool
    is_milestone: bool
    exists: bool
    kinds: tuple[str, ...]
    before: Side | None
    after: Side | None
    start_minutes: int | None
    finish_minutes: int | None
    start_days: int | None
    finish_days: int | None
    duration_delta: int | None
    cost_delta: Decimal | None
    key: str


@dataclass(frozen=True)
class Summary:
    """What changed in a project or, with ``project`` None, in all of them: tasks by kind of change (``counts``) and in any way
    (``changed``), the last finish on both sides, and the cost of the tasks on both sides, None where it is not read."""

    project: ProjectName | None
    counts: dict[str, int]
    changed: int
    finish_before: datetime | None
    finish_after: datetime | None
    finish_minutes: int | None
    cost_before: Decimal | None
    cost_after: Decimal | None

    @property
    def cost_delta(self) -> Decimal | None:
        if self.cost_before is None or self.cost_after is None:
            return None
        return self.cost_after - self.cost_before


@dataclass(frozen=True, eq=False)
class Comparison:
    """The whole comparison; ``rows`` reads a page of it.

    :ivar total: over all projects that the actor reads; its cost over those whose money they read, None if there is none.
    :ivar projects: those in which something changed, in plan order.
    :ivar reads_cost: whether any amount is shown.
    :ivar reads_all_cost: whether no amount is left out.
    """

    before: Baseline | None
    after: Baseline | None
    changes: PlanChanges
    cost_before: Ints
    cost_after: Ints
    costed: Flags
    total: Summary
    projects: tuple[Summary, ...]
    reads_cost: bool
    reads_all_cost: bool

    def flags(self, kind: str = "", project: int | None = None) -> Flags:
        """Return which tasks a filter keeps: those of one kind of change, or of any."""
        found = _flags(self.changes, self.re_costed, kind)
        return found if project is None else found & (self.changes.project_id == project)

    @property
    def re_costed(self) -> Flags:
        both = ~self.changes.added & ~self.changes.removed
        return np.asarray(both & self.costed & (self.cost_before != self.cost_after))

    def rows(
        self, *, kind: str = "", project: int | None = None, after: str = "", most: int | None = PAGE
    ) -> tuple[list[Row], str]:
        """Return the rows behind a key, in plan order, at most ``most`` of them, and the key of the next page or an empty text.
        Two statements."""
        c = self.changes
        kept = self.flags(kind, project)
        if after:
            kept = kept & _behind(c, after)
        found = np.flatnonzero(kept)
        page = found if most is None else found[:most]
        texts = plan.texts(self.before, self.after, c.task_id[page].tolist())
        kinds = {name: _flags(c, self.re_costed, name) for name in KINDS}
        rows = [self._row(at, kinds, texts) for at in page.tolist()]
        return rows, rows[-1].key if len(page) < len(found) else ""

    def _row(self, at: int, kinds: dict[str, Flags], texts: dict[int, tuple[str, str]]) -> Row:
        c = self.changes
        pk = int(c.task_id[at])
        wbs, name = texts.get(pk, ("", ""))
        before = (
            None
            if c.added[at]
            else self._side(at, c.before_start, c.before_finish, c.before_duration, self.cost_before)
        )
        after = (
            None
            if c.removed[at]
            else self._side(at, c.after_start, c.after_finish, c.after_duration, self.cost_after)
        )
        return Row(
            task_id=pk,
            project=c.projects[int(c.project_id[at])],
            wbs=wbs,
            name=name,
            is_summary=bool(c.is_summary[at]),
            is_milestone=bool(c.is_milestone[at]),
            exists=bool(c.exists[at]),
            kinds=tuple(kind for kind in KINDS if kinds[kind][at]),
            before=before,
            after=after,
            start_minutes=_known(c.start_minutes[at]),
            finish_minutes=_known(c.finish_minutes[at]),
            start_days=_known(c.start_days[at]),
            finish_days=_known(c.finish_days[at]),
            duration_delta=after.duration - before.duration if before and after else None,
            cost_delta=_money(int(self.cost_after[at] - self.cost_before[at])) if self.costed[at] else None,
            key=f"{c.place[at]}.{c.sequence[at]}.{pk}",
        )

    def _side(self, at: int, start: Ints, finish: Ints, duration: Ints, cost: Ints) -> Side:
        amount = _money(int(cost[at])) if self.costed[at] else None
        return Side(to_datetime(int(start[at])), to_datetime(int(finish[at])), int(duration[at]), amount)


def compare(actor: Actor, program: Program, before: Baseline | None, after: Baseline | None) -> Comparison:
    """Compare two sides (None: the plan now) as far as the actor reads plan and money. A fixed number of statements."""
    changes = plan.changes(actor, program, before, after)
    readable = _readable(actor, program, changes)
    costed = np.isin(changes.project_id, sorted(readable))
    old, new = (_costs(program, one, changes.task_id) * costed for one in (before, after))
    both = ~changes.added & ~changes.removed
    re_costed = both & costed & (old != new)
    parts = []
    for pk, project in changes.projects.items():
        mine = changes.project_id == pk
        if (_flags(changes, re_costed, "") & mine).any():
            then, now, moved = changes.finish_of(pk)
            ends = to_datetime(then), to_datetime(now), _known(moved)
            parts.append(_summary(project, changes, re_costed, mine, ends, old, new, reads=pk in readable))
    everything = np.ones(len(changes.task_id), np.bool_)
    total = _summary(None, changes, re_costed, everything, _ends(changes), old, new, reads=bool(readable))
    return Comparison(
        before=before,
        after=after,
        changes=changes,
        cost_before=old,
        cost_after=new,
        costed=costed,
        total=total,
        projects=tuple(parts),
        reads_cost=bool(readable),
        reads_all_cost=len(readable) == len(changes.projects),
    )


def _flags(changes: PlanChanges, re_costed: Flags, kind: str) -> Flags:
    if kind == "re_costed":
        return re_costed
    if kind:
        return np.asarray(getattr(changes, kind))
    return changes.added | changes.removed | changes.moved | changes.re_estimated | re_costed


def _behind(changes: PlanChanges, key: str) -> Flags:
    """The tasks behind a row's key in plan order."""
    parts = key.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return np.zeros(len(changes.task_id), np.bool_)
    place, sequence, pk = (int(part) for part in parts)
    later = (changes.sequence > sequence) | ((changes.sequence == sequence) & (changes.task_id > pk))
    return np.asarray((changes.place > place) | ((changes.place == place) & later))


def _summary(
    project: ProjectName | None,
    changes: PlanChanges,
    re_costed: Flags,
    mine: Flags,
    ends: tuple[datetime | None, datetime | None, int | None],
    old: Ints,
    new: Ints,
    *,
    reads: bool,
) -> Summary:
    return Summary(
        project=project,
        counts={kind: int((_flags(changes, re_costed, kind) & mine).sum()) for kind in KINDS},
        changed=int((_flags(changes, re_costed, "") & mine).sum()),
        finish_before=ends[0],
        finish_after=ends[1],
        finish_minutes=ends[2],
        cost_before=_money(int(old[mine].sum())) if reads else None,
        cost_after=_money(int(new[mine].sum())) if reads else None,
    )


def _ends(changes: PlanChanges) -> tuple[datetime | None, datetime | None, int | None]:
    then, now, moved = changes.finish()
    return to_datetime(then), to_datetime(now), _known(moved)


def _readable(actor: Actor, program: Program, changes: PlanChanges) -> set[int]:
    """The projects of the comparison whose money the actor reads; a deleted one's by reading the whole program's."""
    if policies.holds(actor, "budget.read", program.scope):
        return set(changes.projects)
    mine = Project.objects.visible_to(actor, "budget.read").filter(program=program)
    return set(mine.values_list("pk", flat=True)) & set(changes.projects)


def _costs(program: Program, baseline: Baseline | None, task_ids: Ints) -> Ints:
    """Cost by task in minor units, 0 where there is none."""
    if baseline is None:
        source = (
            f'SELECT task_id, sum(amount) AS cost FROM (SELECT program_id, task_id, amount FROM "{CostLine._meta.db_table}"'
            f' UNION ALL SELECT program_id, task_id, amount FROM "{LabourCost._meta.db_table}") AS every'
            " WHERE program_id = %s AND task_id IS NOT NULL GROUP BY task_id"
        )
    else:
        source = f'SELECT task_id, cost FROM "{BaselineCost._meta.db_table}" WHERE baseline_id = %s'
    rows = bulk.read(
        f"SELECT task_id, round(cost * {_MINOR}) AS cost FROM ({source}) AS costs",
        [program.pk if baseline is None else baseline.pk],
        {"task_id": bulk.BIGINT, "cost": bulk.BIGINT},
    )
    if not len(rows["task_id"]):
        return np.zeros(len(task_ids), np.int64)
    place = index_of(task_ids, rows["task_id"])
    return np.where(place >= 0, rows["cost"][place], 0).astype(np.int64)


def _money(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


def _known(value: int | np.int64) -> int | None:
    return None if value == NONE else int(value)
