"""Choose the options of the schedule engine."""

from typing import Any

from programs import policies
from programs.models import Program
from projects import events
from projects.models import Plan
from tpm import activity
from tpm.accounts.actors import Actor


def update(*, actor: Actor, program: Program, **new: Any) -> Plan:
    """Set how the program is computed: ``progress``, ``honour_constraints``, ``critical_threshold`` (working minutes).

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "program.edit", program)
    with activity.change(
        actor=actor, event=events.PLAN_CHANGED, programs=[program], reason="options"
    ) as change:
        plan = Plan.objects.filter(pk=program.pk).first() or change.create(Plan(program=program))
        return change.update(plan, **new)
