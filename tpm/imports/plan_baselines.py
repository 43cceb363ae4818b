"""The baselines of a plan file, under their own numbers; baseline 0 becomes the one that slippage is measured against."""

from decimal import Decimal

from programs.models import Program
from projects.importers.plan import NONE, BaselineEntry, ImportedPlan, ImportedTask
from projects.models import Baseline, BaselineTask, Task
from projects.services import baselines
from tpm.activity.writing import Change
from tpm.imports.merging import Keys
from tpm.imports.portfolio_rows import PLAN_PREFIX
from tpm.lib import bulk
from tpm.lib.walltime import to_datetime


def keep(change: Change, plan: ImportedPlan, program: Program, made: Keys) -> int:
    """Take over the baselines whose number is free in the program, for the tasks that the import made; returns how many."""
    tasks = {task.uid: task for task in plan.tasks if (Task, f"{PLAN_PREFIX}{task.uid}") in made}
    taken = set(Baseline.objects.filter(program=program).values_list("number", flat=True))
    kept = 0
    for found in plan.baselines:
        entries = [entry for entry in found.entries if entry.task_uid in tasks]
        if not entries or found.number in taken:
            continue
        baseline = change.create(
            Baseline(
                program=program,
                number=found.number,
                name=f"Baseline {found.number} of {plan.name}"[:100],
                revision=change.revisions.get(program.pk, 0),
                data_date=program.data_date,
                taken_by=change.change_set.actor,
            )
        )
        _write(baseline, entries, tasks, made)
        if found.number == 0 and not taken:
            baselines.refer_to(change, program, baseline)
        kept += 1
    return kept


def _write(
    baseline: Baseline, entries: list[BaselineEntry], tasks: dict[int, ImportedTask], made: Keys
) -> None:
    ids = {uid: made[Task, f"{PLAN_PREFIX}{uid}"] for uid in tasks}
    projects = dict(Task.objects.filter(pk__in=ids.values()).values_list("pk", "project_id"))
    rows = []
    for number, entry in enumerate(e for e in entries if NONE not in (e.start, e.finish)):
        task = tasks[entry.task_uid]
        rows.append(
            (
                baseline.pk,
                ids[task.uid],
                projects[ids[task.uid]],
                ids.get(task.parent_uid) if task.parent_uid is not None else None,
                number,
                task.wbs[:64],
                task.name[:500],
                task.is_summary,
                task.is_milestone,
                to_datetime(entry.start),
                to_datetime(max(entry.start, entry.finish)),
                0 if entry.duration == NONE else max(0, entry.duration),
            )
        )
    bulk.copy_rows(
        BaselineTask._meta.db_table,
        ("baseline_id", "task_id", "project_id", "parent_id", "sequence", "wbs", "name", "is_summary", "is_milestone",
         "start", "finish", "duration"),
        rows,
    )  # fmt: skip
    costs = [
        (baseline.pk, ids[e.task_uid], Decimal(e.cost) / 100) for e in entries if e.cost not in (NONE, 0)
    ]
    bulk.copy_rows("budgets_baselinecost", ("baseline_id", "task_id", "cost"), costs)
