"""What the tasks of a baseline were agreed to cost; their dates are kept by the app below."""

import pgtrigger
from django.db import models

from projects.models import Baseline
from tpm.activity.models import REFUSE


class BaselineCost(models.Model):
    """Planned cost of one task as agreed; a task that costs nothing has no row. ``task_id`` outlives the task."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="costs")
    task_id = models.BigIntegerField()
    cost = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["baseline", "task_id"], name="baseline_cost_once")]
        triggers = [
            pgtrigger.Trigger(
                name="never_changed", operation=pgtrigger.Update, when=pgtrigger.Before, func=REFUSE
            ),
            pgtrigger.Trigger(
                name="goes_with_its_baseline",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=f"IF EXISTS (SELECT 1 FROM projects_baseline WHERE id = OLD.baseline_id) THEN {REFUSE} END IF; RETURN OLD;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost}"
