"""How the tasks of a program earn, as the import of earning rules takes them."""

from collections.abc import Iterator
from typing import Any

from budgets.models import Rule, TaskEarning
from programs.models import Program
from projects.models import Task
from tpm.accounts.actors import Actor


def table(actor: Actor, program: Program) -> Iterator[tuple[Any, ...]]:
    """Return a row of ``earning_rules.COLUMNS`` for each visible task, in the order of the plan: two queries. Where nobody said
    how a task earns, it earns by percent complete."""
    rows = TaskEarning.objects.visible_to(actor).filter(program=program)
    earning = {row.task_id: row for row in rows}
    tasks = Task.objects.visible_to(actor).filter(program=program, is_active=True)
    known = set(tasks.values_list("pk", flat=True))
    for task in tasks.select_related("project").order_by("project__code", "schedule__sequence", "pk"):
        row = earning.get(task.pk)
        base = f"#{row.base_id}" if row and row.base_id in known else ""
        yield (
            f"#{task.pk}", task.name, task.project.code, row.rule if row else Rule.PERCENT.value, base,
            row.weight if row else "", ("yes" if row.is_control_account else "no") if row else "",
        )  # fmt: skip
