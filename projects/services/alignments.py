"""Align projects to business objectives."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Objective
from projects import events
from projects.models import Alignment, Project
from tpm import activity
from tpm.accounts.actors import Actor


def align(*, actor: Actor, project: Project, objective: Objective) -> Alignment:
    """Say that a project serves an objective.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "project.edit", project)
    if objective.portfolio_id != project.program.portfolio_id or objective.program_id not in (
        None,
        project.program_id,
    ):
        raise ValidationError({"objective": _("The objective belongs to another portfolio or program.")})
    with activity.change(actor=actor, event=events.ALIGNMENT_CHANGED) as change:
        return change.create(Alignment(program_id=project.program_id, project=project, objective=objective))


def drop(*, actor: Actor, alignment: Alignment) -> None:
    """Say that it no longer does.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "project.edit", alignment.project)
    with activity.change(actor=actor, event=events.ALIGNMENT_CHANGED) as change:
        change.delete(alignment)
