"""Take a baseline of a program: its dates and what they cost, in one act."""

from django.db import connection

from programs import policies
from programs.models import Program
from projects import events
from projects.models import Baseline
from projects.services import baselines
from projects.services.baselines import BelowGate, NotCurrent
from tpm import activity
from tpm.accounts.actors import Actor

__all__ = ["BelowGate", "NotCurrent", "take"]


def take(
    *, actor: Actor, program: Program, name: str, reason: str = "", refer: bool = True, waiver: str = ""
) -> Baseline:
    """Keep the program's present plan and cost, and (``refer``) measure slippage and value against it from now on.

    ``waiver`` says why a plan is agreed that does not reach the quality score which the program asks for; it is kept only where
    it was needed.

    :raises NotAllowed:
    :raises NotCurrent: if the results are behind the plan.
    :raises BelowGate: if the plan needs a waiver and none is given.
    :raises ValidationError: if there are eleven baselines already.
    """
    policies.authorize(actor, "baseline.take", program)
    with activity.change(
        actor=actor, event=events.BASELINE_TAKEN, programs=[program], reason=reason
    ) as change:
        baseline = baselines.take_within(
            change, program=program, name=name, reason=reason, refer=refer, waiver=waiver
        )
        copy_cost(baseline)
    return baseline


def copy_cost(baseline: Baseline) -> None:
    """Keep the present cost of the tasks in a baseline, within the change that takes it; of assigned work what was computed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO budgets_baselinecost (baseline_id, task_id, cost)
            SELECT %s, c.task_id, sum(c.amount)
              FROM (SELECT task_id, amount FROM budgets_costline WHERE program_id = %s AND NOT from_assignments
                    UNION ALL SELECT task_id, amount FROM budgets_labourcost WHERE program_id = %s) AS c
              JOIN projects_baselinetask AS b ON b.baseline_id = %s AND b.task_id = c.task_id
             GROUP BY c.task_id
            """,
            [baseline.pk, baseline.program_id, baseline.program_id, baseline.pk],
        )
