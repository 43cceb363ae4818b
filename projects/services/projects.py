"""Create and change component projects."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Program
from projects import events
from projects.models import GAP, Project
from projects.services import dependencies
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change


def create(*, actor: Actor, program: Program, code: str, name: str, **fields: Any) -> Project:
    """Add a component project to a program.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "project.edit", program)
    with activity.change(actor=actor, event=events.PLAN_CHANGED, programs=[program]) as change:
        return create_within(change, program=program, code=code, name=name, **fields)


def create_within(change: Change, *, program: Program, code: str, name: str, **fields: Any) -> Project:
    """Add a component project as part of a larger change (an import)."""
    if Project.objects.filter(program=program, code__iexact=code).exists():
        raise ValidationError({"code": _("The program has a project with this code already.")})
    last = (
        Project.objects.filter(program=program)
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
    )
    return change.create(Project(program=program, code=code, name=name, position=(last or 0) + GAP, **fields))


def update(*, actor: Actor, project: Project, **new: Any) -> Project:
    """Change a project's own fields.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "project.edit", project)
    _check_calendar(project.program, new)
    with activity.change(actor=actor, event=events.PLAN_CHANGED, programs=[project.program]) as change:
        return change.update(project, **new)


def delete(*, actor: Actor, project: Project) -> None:
    """Delete a project with its tasks; undo brings them back.

    Programs that a link of these tasks leads to get a revision of their own: the link goes, too.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "project.edit", project)
    affected = Program.objects.filter(pk__in={project.program_id, *dependencies.programs_linked(project)})
    with activity.change(actor=actor, event=events.PLAN_CHANGED, programs=affected) as change:
        change.delete(project)


def _check_calendar(program: Program, fields: dict[str, Any]) -> None:
    calendar = fields.get("calendar")
    if calendar and (
        calendar.portfolio_id != program.portfolio_id or calendar.program_id not in (None, program.pk)
    ):
        raise ValidationError({"calendar": _("The calendar belongs to another portfolio or program.")})
