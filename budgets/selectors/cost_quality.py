"""Where earned value can not be trusted: the flags beside the figures, each with the rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from budgets.models import Actual, Rule, TaskEarning, TaskValue
from programs.models import Program
from programs.selectors.readings import Value
from tpm.accounts.actors import Actor

MOST_EFFORT = Decimal("0.15")
SHOWN = 20


@dataclass(frozen=True)
class Found:
    """A row behind a flag; ``task_id`` 0 is no task."""

    task_id: int
    name: str
    amount: Decimal


@dataclass(frozen=True)
class Flag:
    """``code``: cost_without_plan, progress_without_cost, actuals_after_data_date, level_of_effort. ``share``: of level of effort
    in BAC, where it is what counts. ``rows``: the first :data:`SHOWN`, the largest amounts first."""

    code: str
    count: int
    rows: list[Found]
    share: Decimal | None = None

    @property
    def is_raised(self) -> bool:
        return self.count > 0


def flags(actor: Actor, program: Program, figures: Mapping[str, Value], project_id: int = 0) -> list[Flag]:
    """Return the four flags of a program or one of its projects: at most eight queries.

    - *Cost without plan*: tasks with postings and no budget.
    - *Progress without cost*: tasks that have earned something though nothing was posted on them; level of effort does not count.
    - *Actuals after the data date*: postings that no figure counts yet.
    - *Level of effort over 15 %* of BAC: tasks by that rule, and cost lines with dates of their own (they are in the share alone).
    """
    values = TaskValue.objects.visible_to(actor).filter(program=program)
    postings = Actual.objects.visible_to(actor).filter(program=program)
    if project_id:
        values, postings = values.filter(project_id=project_id), postings.filter(project_id=project_id)
    effort = Exists(TaskEarning.objects.filter(task=OuterRef("pk"), rule=Rule.LEVEL_OF_EFFORT))
    posted = Exists(Actual.objects.filter(task=OuterRef("pk")))
    leaves = values.filter(task__children=None)
    late = postings.filter(posted_on__gt=program.data_date) if program.data_date else postings.none()
    return [
        _of_tasks("cost_without_plan", values.filter(posted, bac=0).exclude(ac=0), "ac"),
        _of_tasks("progress_without_cost", leaves.filter(~effort, ac=0, ev__gt=0), "ev"),
        Flag(
            "actuals_after_data_date",
            late.count(),
            [
                Found(task or 0, name or text or category, amount)
                for task, name, text, category, amount in late.order_by("-amount", "pk").values_list(
                    "task_id", "task__name", "description", "category", "amount"
                )[:SHOWN]
            ],
        ),
        _effort(values.filter(effort), figures),
    ]


def _effort(rows: QuerySet[TaskValue], figures: Mapping[str, Value]) -> Flag:
    effort, bac = figures.get("effort"), figures.get("bac")
    if not isinstance(effort, Decimal) or not isinstance(bac, Decimal) or bac <= 0:
        return Flag("level_of_effort", 0, [])
    share = effort / bac
    if share <= MOST_EFFORT:
        return Flag("level_of_effort", 0, [], share)
    found = _of_tasks("level_of_effort", rows, "bac")
    return Flag("level_of_effort", max(found.count, 1), found.rows, share)


def _of_tasks(code: str, rows: QuerySet[TaskValue], amount: str) -> Flag:
    shown = rows.order_by(f"-{amount}", "pk").values_list("pk", "task__name", amount)[:SHOWN]
    return Flag(code, rows.count(), [Found(*row) for row in shown])
