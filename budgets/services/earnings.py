"""Say how a task earns its value, what is a control account, and which estimate at completion a program goes by."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import EstimateChoice, Rule, TaskEarning
from programs import policies
from programs.models import Program
from projects.models import Task
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Conflict

MOST_WEIGHT = 1_000_000


def of(task: Task) -> TaskEarning:
    """Return how a task earns; one that is not saved (version 0) if nobody said so: one query."""
    found = TaskEarning.objects.select_related("program", "base").filter(task=task).first()
    if found is None:
        found = TaskEarning(task=task, program=task.program, project_id=task.project_id, version=0)
    return found


def put(*, actor: Actor, task: Task, version: int | None = None, **new: Any) -> TaskEarning:
    """Set ``rule``, ``base``, ``weight`` or ``is_control_account`` of a task; what is not given stays.

    A base goes with the rule *apportioned* alone and is dropped with it. ``version`` guards against a change in between.

    :raises NotAllowed, Conflict, ValidationError:
    """
    row = of(task)
    policies.authorize(actor, "budget.edit", row)
    if new.get("rule", row.rule) != Rule.APPORTIONED:
        new["base"] = None
    for name, value in new.items():
        setattr(row, name, value)
    _check(row)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[task.program]) as change:
        there = TaskEarning.objects.filter(task=task).first()
        if version is not None and version != (there.version if there else 0):
            raise Conflict(TaskEarning, there.pk if there else 0, there)
        if there is None:
            row.version = 1
            return change.create(row)
        return change.update(there, **new)


def choose(*, actor: Actor, program: Program, method: str) -> EstimateChoice:
    """Choose the estimate at completion that the program goes by.

    :raises NotAllowed, ValidationError:
    """
    row = EstimateChoice(program=program, method=method)
    policies.authorize(actor, "budget.edit", row)
    row.clean_fields()
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[program]) as change:
        there = EstimateChoice.objects.filter(program=program).first()
        return change.update(there, method=method) if there else change.create(row)


def _check(row: TaskEarning) -> None:
    row.clean_fields(exclude=["task", "program", "project", "base"])
    if row.weight > MOST_WEIGHT:
        raise ValidationError({"weight": _("A weight is at most %(most)s.") % {"most": MOST_WEIGHT}})
    if row.rule != Rule.APPORTIONED:
        return
    if row.base is None:
        raise ValidationError({"base": _("Name the task that this one follows.")})
    if row.base.program_id != row.program_id:
        raise ValidationError({"base": _("“%(name)s” belongs to another program.") % {"name": row.base}})
    if row.base.pk == row.task_id:
        raise ValidationError({"base": _("A task can not be apportioned to itself.")})
    if TaskEarning.objects.filter(task=row.base, rule=Rule.APPORTIONED).exists():
        raise ValidationError({"base": _("“%(name)s” is apportioned itself.") % {"name": row.base}})
    if TaskEarning.objects.filter(base_id=row.task_id).exists():
        raise ValidationError({"rule": _("Other tasks are apportioned to this one.")})
