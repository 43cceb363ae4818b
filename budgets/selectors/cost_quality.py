"""Where earned value can not be trusted: the flags beside the figures, each with the rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from budgets.models import Actual, LabourCost, Rule, TaskEarning, TaskValue
from programs.models import Program
from programs.selectors.readings import Value
from projects.models import Task
from tpm.accounts.actors import Actor

MOST_EFFORT = Decimal("0.15")
SHOWN = 20
ZERO = Decimal(0)


@dataclass(frozen=True)
class Found:
    """A row behind a flag; ``task_id`` 0 is no task."""

    task_id: int
    name: str
    amount: Decimal


@dataclass(frozen=True)
class Flag:
    """``code``: cost_without_plan, progress_without_cost, actuals_after_data_date, level_of_effort, labour_without_rate. ``share``: of level of effort
    in BAC, where it is what counts. ``rows``: the first :data:`SHOWN`, the largest amounts first."""

    code: str
    count: int
    rows: list[Found]
    share: Decimal | None = None

    @property
    def is_raised(self) -> bool:
        return self.count > 0


def flags(actor: Actor, program: Program, figures: Mapping[str, Value], project_id: int = 0) -> list[Flag]:
    """Return the five flags of a program or one of its projects: at most eleven queries.

    - *Cost without plan*: tasks with postings and no budget.
    - *Progress without cost*: tasks that have earned something though nothing was posted on them; level of effort does not count.
    - *Actuals after the data date*: postings that no figure counts yet.
    - *Work without a rate*: assigned work that is to be costed and for which no rate card or exchange rate holds on its days.
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
        _unrated(actor, program, project_id),
        _effort(values.filter(effort), figures),
    ]


def _unrated(actor: Actor, program: Program, project_id: int) -> Flag:
    found = LabourCost.objects.visible_to(actor).filter(program=program, rate=None)
    if project_id:
        found = found.filter(project_id=project_id)
    rows = list(
        found.order_by("-minutes", "pk").values_list(
            "task_id", "resource__name", "minutes", "starts", "ends"
        )[:SHOWN]
    )
    if not rows:
        return Flag("labour_without_rate", 0, [])
    names = dict(Task.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "name"))
    said = [
        Found(
            task,
            f"{names.get(task, '')} · {who} · {minutes / 60:.1f} h · {starts:%Y-%m-%d} – {ends:%Y-%m-%d}",
            ZERO,
        )
        for task, who, minutes, starts, ends in rows
    ]
    return Flag("labour_without_rate", found.count(), said)


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
