"""Post actual cost."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Actual
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor


def post(*, actor: Actor, program: Program, rows: Sequence[dict[str, Any]], reason: str = "") -> list[Actual]:
    """Post one or many actuals in one change. A row names project or task, ``posted_on``, ``amount``, and may describe itself.

    :raises NotAllowed, ValidationError:
    """
    postings = [Actual(program=program, **_placed(program, row)) for row in rows]
    for posting in postings:
        policies.authorize(actor, "actuals.post", posting)
    with activity.change(
        actor=actor, event=events.ACTUALS_POSTED, programs=[program], reason=reason
    ) as change:
        for posting in postings:
            change.create(posting)
    return postings


def update(*, actor: Actor, actual: Actual, **new: Any) -> Actual:
    """Correct a posting.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "actuals.post", actual)
    new = _placed(actual.program, new)
    project = new.get("project", actual.project)
    policies.authorize(
        actor, "actuals.post", Actual(program=actual.program, project=project)
    )  # where it moves to
    with activity.change(actor=actor, event=events.ACTUALS_POSTED, programs=[actual.program]) as change:
        return change.update(actual, **new)


def delete(*, actor: Actor, actual: Actual) -> None:
    """Remove a posting.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "actuals.post", actual)
    with activity.change(actor=actor, event=events.ACTUALS_POSTED, programs=[actual.program]) as change:
        change.delete(actual)


def _placed(program: Program, row: dict[str, Any]) -> dict[str, Any]:
    task, project = row.get("task"), row.get("project")
    for part in (task, project):
        if part is not None and part.program_id != program.pk:
            raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": part})
    return row | ({"project": task.project} if task is not None else {})
