"""Earned schedule of tasks and scopes, for the pipeline's ``earned_value.py``."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from budgets.engine import earned_schedule, phasing, rollup
from budgets.engine.earned_schedule import SchedulesByRow
from budgets.selectors.inputs import CostInputs
from projects.selectors.networks import index_of
from projects.services.schedule import PlanResult
from tpm.lib.walltime import NONE

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Agreed:
    """What earned value is measured against: own budget and planned dates of each task, ``(n,)``."""

    bac: Ints
    start: Ints
    finish: Ints

    @property
    def dated(self) -> tuple[Ints, Ints]:
        """Dates of the tasks that have a budget; others are missing, as they do not stretch the plan."""
        counts = (self.bac != 0) & (self.start != NONE) & (self.finish != NONE)
        return np.where(counts, self.start, NONE), np.where(counts, self.finish, NONE)


def of_tasks(plan: PlanResult, agreed: Agreed, bac: Ints, ev: Ints, edges: Ints) -> SchedulesByRow:
    """Return the earned schedule of every task; of a summary, of all that is below it.

    :param bac, ev: ``(n,)`` with all below. A task without parts is planned evenly over its dates; summaries have the curve of
        their parts.
    """
    network, ended = plan.inputs.network, plan.schedule.finish
    if len(edges) < 2:
        return _nothing(network.n)
    start, finish = rollup.span_up(*agreed.dated, network.parent)
    times = earned_schedule.by_line(bac, ev, edges, start, finish, plan.inputs.data_date, ended)
    summary = np.zeros(network.n, np.bool_)
    summary[network.parent[network.parent >= 0]] = True
    rows = np.flatnonzero(summary)
    if not len(rows):
        return times
    # what a task costs itself counts in its own row if it is a summary, else in the one above
    place = np.full(network.n, -1, np.int64)
    place[rows] = np.arange(len(rows))
    above = np.where(network.parent >= 0, place[network.parent], -1)
    home = np.where(summary, place, above)
    inside = np.flatnonzero(home >= 0)
    planned = phasing.sum_by_period(
        agreed.bac[inside],
        network.calendar[inside],
        agreed.start[inside],
        agreed.finish[inside],
        edges,
        network.calendars,
        home[inside],
        len(rows),
    )
    planned = rollup.sum_up(planned, above[rows])
    found = earned_schedule.by_row(
        planned, ev[rows], edges, start[rows], finish[rows], plan.inputs.data_date, ended[rows]
    )
    for name in ("es", "elapsed", "planned_duration"):
        getattr(times, name)[rows] = getattr(found, name)
    return times


def of_scopes(
    plan: PlanResult, inputs: CostInputs, agreed: Agreed, ev: Ints, edges: Ints, planned: Ints, ids: Ints
) -> SchedulesByRow:
    """Return the earned schedule of the program (row 0) and of each project, ``(s,)``.

    :param planned: ``(s, p)`` value planned in each period by scope; row 0 holds what is the program's own alone.
    """
    if len(edges) < 2:
        return _nothing(len(ids))
    start, finish = np.full(len(ids), _NEVER), np.full(len(ids), NONE)
    ended = np.full(len(ids), NONE)
    network = plan.inputs.network
    first, last = agreed.dated
    line_home = np.maximum(index_of(inputs.line_project, ids), 0)
    for home, begin, end, real in (
        (network.project + 1, first, last, plan.schedule.finish),
        (line_home, inputs.line_start, inputs.line_finish, inputs.line_finish),
    ):
        known = begin != NONE
        np.minimum.at(start, home[known], begin[known])
        np.maximum.at(finish, home[known], end[known])
        np.maximum.at(ended, home[known], real[known])
    start[0], finish[0], ended[0] = start.min(), finish.max(), ended.max()
    curve = planned.copy()
    curve[0] = planned.sum(axis=0)
    start[start == _NEVER] = NONE
    return earned_schedule.by_row(curve, ev, edges, start, finish, plan.inputs.data_date, ended)


_NEVER = np.iinfo(np.int64).max


def _nothing(rows: int) -> SchedulesByRow:
    return SchedulesByRow(*(np.full(rows, np.nan) for _ in range(3)))
