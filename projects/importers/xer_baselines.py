"""Baseline projects of an XER file as baselines: P6 copies a project, gives its activities new numbers, keeps their codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from projects.importers.mspdi_values import Losses
from projects.importers.plan import NO_COSTS, NONE, BaselineEntry, Costs, ImportedBaseline, ImportedTask
from projects.importers.reports import Severity
from projects.importers.xer_projects import RawProject
from projects.importers.xer_tasks import Activity


def baselines(
    plans: Sequence[RawProject],
    activities: Mapping[int, Sequence[Activity]],
    tasks: Sequence[ImportedTask],
    costs: Mapping[int, Costs],
    losses: Losses,
) -> tuple[ImportedBaseline, ...]:
    """The baselines by number: 0 are those in use. Entries hold start and finish as the baseline plans them, the
    original duration and the budgeted cost; summaries span what is below them."""
    parents = {task.uid: task.parent_uid for task in tasks}
    found: dict[int, dict[int, BaselineEntry]] = {}
    gone = 0
    for plan in plans:
        codes = {each.code: each.task.uid for each in activities.get(plan.project_id, ()) if each.code}
        for place, baseline_id in enumerate(plan.baselines):
            number = place if plan.baselines[0] == plan.baseline_id else place + 1
            if number >= 11:
                continue
            entries = found.setdefault(number, {})
            for each in activities.get(baseline_id, ()):
                uid = codes.get(each.code)
                if uid is None or uid not in parents:
                    gone += 1
                    continue
                cost = costs.get(each.task.uid, NO_COSTS).cost
                task = each.task
                entries[uid] = BaselineEntry(uid, task.start, task.finish, each.planned, cost=cost or NONE)
                _roll_up(entries, parents, uid)
    if gone:
        reason = "is an activity of a baseline that is not in the plan any more; left out"
        losses.add(Severity.INFO, "no_baseline", "TASK/task_code", reason, line=0, count=gone)
    order = {task.uid: place for place, task in enumerate(tasks)}
    return tuple(
        ImportedBaseline(
            number, tuple(sorted(found[number].values(), key=lambda entry: order[entry.task_uid]))
        )
        for number in sorted(found)
        if found[number]
    )


def _roll_up(entries: dict[int, BaselineEntry], parents: Mapping[int, int | None], uid: int) -> None:
    entry = entries[uid]
    above = parents[uid]
    while above is not None:
        known = entries.get(above, BaselineEntry(above))
        starts = [at for at in (known.start, entry.start) if at != NONE]
        cost = sum(money for money in (known.cost, entry.cost) if money != NONE)
        entries[above] = BaselineEntry(
            above, min(starts, default=NONE), max(known.finish, entry.finish), cost=cost or NONE
        )
        above = parents[above]
