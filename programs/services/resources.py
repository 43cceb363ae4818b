"""Create, change and delete resources. Their calendars decide dates and their roles rates, so the plans that may use them are
computed again."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import Grant, Portfolio, Program, Resource
from tpm import activity
from tpm.accounts.actors import Actor

DECIDING = frozenset({"kind", "calendar", "role"})  # what dates and cost may depend on


def create(
    *, actor: Actor, portfolio: Portfolio, program: Program | None = None, name: str, **fields: Any
) -> Resource:
    """Create a resource for the portfolio, or for one program.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "resource.edit", program or portfolio)
    _check(portfolio.pk, program.pk if program else None, fields)
    with activity.change(actor=actor, event=events.RESOURCE_CHANGED) as change:
        return change.create(Resource(portfolio=portfolio, program=program, name=name, **fields))


def update(*, actor: Actor, resource: Resource, **new: Any) -> Resource:
    """Change a resource.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "resource.edit", resource)
    _check(resource.portfolio_id, resource.program_id, new)
    deciding = any(name in new and new[name] != getattr(resource, name) for name in DECIDING)
    programs = users_of(resource) if deciding else _own(resource)
    with activity.change(actor=actor, event=events.RESOURCE_CHANGED, programs=programs) as change:
        return change.update(resource, **new)


def delete(*, actor: Actor, resource: Resource) -> None:
    """Delete a resource that is not assigned to any task.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is assigned; then it can be made inactive instead.
    """
    policies.authorize(actor, "resource.edit", resource)
    try:
        with activity.change(actor=actor, event=events.RESOURCE_CHANGED, programs=_own(resource)) as change:
            change.delete(resource)
    except ProtectedError as error:
        raise ValidationError(
            _("“%(name)s” is still in use. Take it off its tasks first, or make it inactive.")
            % {"name": resource}
        ) from error


def users_of(resource: Resource) -> list[Program]:
    """Return the programs whose tasks the resource may be assigned to."""
    programs = Program.objects.filter(portfolio=resource.portfolio_id)
    return list(programs.filter(pk=resource.program_id) if resource.program_id else programs)


def _own(resource: Resource) -> list[Program]:
    return users_of(resource) if resource.program_id else []


def _check(portfolio_id: int, program_id: int | None, fields: Mapping[str, Any]) -> None:
    """Refuse calendars and people of elsewhere."""
    calendar, person = fields.get("calendar"), fields.get("person")
    if calendar and (calendar.portfolio_id != portfolio_id or calendar.program_id not in (None, program_id)):
        raise ValidationError({"calendar": _("The calendar belongs to another portfolio or program.")})
    if person and not Grant.objects.filter(user=person, portfolio=portfolio_id).exists():
        raise ValidationError({"person": _("This person holds no role in the portfolio.")})
