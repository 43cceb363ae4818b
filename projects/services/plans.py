"""Choose the options of the schedule engine."""

from typing import Any

from programs import policies
from programs.models import Program
from projects import events
from projects.models import Plan
from projects.selectors import plans
from tpm import activity
from tpm.accounts.actors import Actor


def update(*, actor: Actor, program: Program, read: Plan | None = None, **new: Any) -> Plan:
    """Set how the program is computed (``progress``, ``honour_constraints``, ``critical_threshold`` in working minutes) and what a
    new baseline needs (``baseline_gate``, ``passing_score`` in percent). ``read``: the options that the change was made on.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "program.edit", program)
    with activity.change(
        actor=actor, event=events.PLAN_CHANGED, programs=[program], reason="options"
    ) as change:
        plan = read or plans.of_program(program)
        return change.update(change.create(plan) if plan._state.adding else plan, **new)
