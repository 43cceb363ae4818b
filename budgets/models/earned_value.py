"""Earned value as the engines found it. Only workers write here."""

from typing import Self, TypeVar

from django.db import models

from programs import policies
from programs.models import Program
from projects.models import Task
from tpm.accounts.actors import Actor

M = TypeVar("M", bound=models.Model, covariant=True)


class ResultQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Results of the projects whose amounts the actor reads."""
        return self.filter(policies.within(actor, "budget.read"))


def money(*, null: bool = False) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=18, decimal_places=2, null=null)


class TaskValue(models.Model):
    """Of one task at the data date; ``None`` is *not available*. Summaries carry the sums of their leaves.

    ``eac`` is by the method that the program chose; ``etc_open`` is the bottom-up estimate to complete. ``es`` (earned
    schedule), ``elapsed`` (actual time) and ``planned_duration`` are in fiscal periods since the task's planned start.
    """

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="value"
    )
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    project_id = models.BigIntegerField()
    bac = money()
    pv = money()
    ev = money()
    ac = money()
    sv = money()
    cv = money()
    spi = models.FloatField(null=True)
    cpi = models.FloatField(null=True)
    eac = money(null=True)
    etc_open = money(null=True)
    es = models.FloatField(null=True)
    elapsed = models.FloatField(null=True)
    planned_duration = models.FloatField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["program"], name="task_value_by_program")]

    def __str__(self) -> str:
        return f"value of task {self.task_id}"


class PeriodValue(models.Model):
    """Planned, forecast and actual cost of a month, by project; ``project_id`` 0 is the program's own."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    project_id = models.BigIntegerField()
    month = models.DateField()
    planned = money()
    scheduled = money()
    actual = money()

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "project_id", "month"], name="period_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.planned}"
