"""Give and take roles."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import Grant, Portfolio, Program
from programs.policies import Role, Scope
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.accounts.models import User


def grant(
    *,
    actor: Actor,
    user: User,
    role: str,
    portfolio: Portfolio,
    program: Program | None = None,
    project_id: int | None = None,
    ends_on: date | None = None,
) -> Grant:
    """Give a user a role. Nobody grants to themselves.

    :raises NotAllowed: without ``member.manage`` there (``role.grant`` for sponsors, committee, finance, audit, owners).
    :raises ValidationError: if the user has the role there already, or the role is unknown.
    """
    scope = Scope(portfolio.pk, program.pk if program else None, project_id)
    _allow(actor, role, scope)
    if actor.user == user:
        raise ValidationError(_("Nobody can give a role to themselves. Ask another owner."))
    if Grant.objects.filter(
        user=user, role=role, portfolio=portfolio, program=program, project_id=project_id
    ).exists():
        raise ValidationError(_("%(user)s holds this role here already.") % {"user": user})
    with activity.change(actor=actor, event=events.MEMBERS_CHANGED) as change:
        return change.create(
            Grant(
                user=user,
                role=role,
                portfolio=portfolio,
                program=program,
                project_id=project_id,
                ends_on=ends_on,
            )
        )


def revoke(*, actor: Actor, grant: Grant) -> None:
    """Take a role away. A portfolio keeps at least one owner.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _allow(actor, grant.role, Scope(grant.portfolio_id, grant.program_id, grant.project_id))
    owners = Grant.objects.filter(portfolio=grant.portfolio_id, program=None, role=Role.PO)
    if grant.role == Role.PO and grant.program_id is None and owners.count() == 1:
        raise ValidationError(_("The portfolio would be left without an owner. Name another one first."))
    with activity.change(actor=actor, event=events.MEMBERS_CHANGED) as change:
        change.delete(grant)


def _allow(actor: Actor, role: str, scope: Scope) -> None:
    if role not in Role.values:
        raise ValidationError(_("There is no role “%(role)s”.") % {"role": role})
    capability = "member.manage" if role in policies.ASSIGNABLE_BY_MANAGER else "role.grant"
    if not policies.holds(actor, capability, scope):
        raise policies.NotAllowed(capability)
