"""Who may do what: one table, roles granted per portfolio, program or project (docs/permissions.md is made from it).

An actor's rights are the union of the grants. A capability holds for a grant's scope and everything below it. Being an
administrator of the instance gives none of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tpm.accounts.actors import Actor

if TYPE_CHECKING:
    from programs.models.members import Grant


class Role(models.TextChoices):
    """The ten domain roles."""

    PO = "PO", _("Portfolio owner")
    ES = "ES", _("Executive sponsor")
    SC = "SC", _("Steering committee")
    TPM = "TPM", _("Technical program manager")
    PM = "PM", _("Project manager")
    CO = "CO", _("Contributor")
    FC = "FC", _("Finance controller")
    AU = "AU", _("Auditor")
    SV = "SV", _("Stakeholder")
    SA = "SA", _("Service account")


PO, ES, SC, TPM, PM, CO, FC, AU, SV, SA = Role.values
EVERYONE = frozenset(Role.values)


class NotAllowed(PermissionError):
    """The actor sees the object but may not do this; the door answers 403."""

    def __init__(self, capability: str) -> None:
        self.capability = capability
        super().__init__(capability)


def _roles(*roles: str) -> frozenset[str]:
    return frozenset(roles)


CAPABILITIES: dict[str, frozenset[str]] = {
    # reading
    "program.read": EVERYONE,
    "report.read": EVERYONE,
    "plan.read": EVERYONE - {SV},
    "budget.read": _roles(PO, ES, SC, TPM, PM, FC, AU, SA),
    "risk.read": _roles(PO, ES, SC, TPM, PM, CO, FC, AU, SA),
    "risk.read_confidential": _roles(PO, ES, SC, TPM, AU),
    "member.read": EVERYONE - {SV, SA},
    "action.read": EVERYONE - {SV},
    "audit.read": _roles(PO, TPM, FC, AU),
    # talking about what one sees
    "comment.write": EVERYONE - {AU, SV},
    # structure
    "portfolio.edit": _roles(PO),
    "program.create": _roles(PO),
    "program.edit": _roles(PO, TPM),
    "objective.edit": _roles(PO, TPM),
    "member.manage": _roles(PO, TPM),
    "role.grant": _roles(PO),
    "calendar.edit": _roles(PO, TPM),
    "resource.edit": _roles(PO, TPM, PM),
    # plan
    "project.edit": _roles(TPM, PM),
    "plan.edit": _roles(TPM, PM, SA),
    "progress.update": _roles(TPM, PM, CO, SA),
    "commitment.edit": _roles(TPM, PM),  # the giver promises and delivers, the taker accepts or rejects
    "gate.edit": _roles(TPM, PM),  # gates, their criteria, and whether those are met
    "gate.decide": _roles(PO, ES, SC, TPM),
    "gate.reopen": _roles(PO, ES),
    "scenario.edit": _roles(TPM, PM),
    "baseline.take": _roles(PO, TPM),
    "import.run": _roles(PO, TPM, SA),
    "recompute.force": _roles(PO, TPM, FC),
    # money
    "budget.edit": _roles(TPM, PM, FC),
    "actuals.post": _roles(FC, SA),
    "time.enter": _roles(TPM, PM, CO),  # one's own hours
    "time.import": _roles(TPM, PM, SA),  # hours of others; agreeing is left to somebody else
    "time.read": _roles(PO, TPM, PM, FC, AU),
    "time.approve": _roles(TPM, PM),
    "capex.request": _roles(PO, ES, TPM, PM),
    "capex.approve": _roles(PO, ES, SC, FC),  # which of them, says the step of the policy
    "policy.edit": _roles(PO, FC),
    "money.configure": _roles(PO, FC),
    "vendor.edit": _roles(PO, FC),
    "purchase.order": _roles(TPM, PM),
    "purchase.receive": _roles(TPM, PM, FC),
    "invoice.enter": _roles(TPM, PM, FC, SA),  # posting needs ``actuals.post``
    "period.close": _roles(PO, FC),
    # risk
    "risk.edit": _roles(PO, TPM, PM, CO),
    # what people owe: who owns an action says how far it is, whatever their role
    "action.edit": _roles(PO, ES, SC, TPM, PM, CO, FC, SA),
    # governance
    "report.compose": _roles(PO, TPM, FC),
    "report.publish": _roles(PO, ES),
    "indicator.edit": _roles(PO, TPM),
}

ASSIGNABLE_BY_MANAGER = _roles(TPM, PM, CO, SV, SA)  # ``member.manage``; the other roles need ``role.grant``


@dataclass(frozen=True)
class Scope:
    """Where a right is asked for: a portfolio, a program in it, perhaps a project in that."""

    portfolio_id: int
    program_id: int | None = None
    project_id: int | None = None


def grants(actor: Actor, *, today: date | None = None) -> "list[Grant]":
    """Return the actor's live grants, read once per request."""
    if actor.user is None:
        return []
    if "grants" not in actor.cache:
        day = today or timezone.now().date()
        # By name: the models are above the policies, and this is the one row they need from there.
        live = (
            apps.get_model("programs", "Grant")
            .objects.filter(user=actor.user)
            .filter(Q(ends_on=None) | Q(ends_on__gte=day))
        )
        actor.cache["grants"] = list(live)
    found: list[Grant] = actor.cache["grants"]
    return found


def holding(actor: Actor, capability: str) -> "Iterable[Grant]":
    """Return the grants by which the actor holds a capability.

    :raises KeyError: if there is no such capability.
    """
    roles = CAPABILITIES[capability]
    return (grant for grant in grants(actor) if grant.role in roles)


def within(
    actor: Actor,
    capability: str,
    *,
    portfolio: str | None = "program__portfolio_id",
    program: str | None = "program_id",
    project: str | None = "project_id",
) -> Q:
    """Return the filter of rows for which the actor holds a capability; the arguments are the lookups to the three levels.

    The system sees everything. A level that a model does not have is None, and grants of that level then give nothing.
    """
    if actor.is_system:
        return Q()
    allowed = Q(pk__in=[])
    by_level: dict[str, set[int]] = {}
    for grant in holding(actor, capability):
        lookup, value = (
            (project, grant.project_id)
            if grant.project_id
            else (program, grant.program_id)
            if grant.program_id
            else (portfolio, grant.portfolio_id)
        )
        if lookup:
            by_level.setdefault(lookup, set()).add(value)
    for lookup, values in by_level.items():
        allowed |= Q(**{f"{lookup}__in": sorted(values)})
    return allowed


def holds(actor: Actor, capability: str, scope: Scope) -> bool:
    """Tell whether the actor holds a capability at a scope (by a grant there or above it)."""
    if actor.is_system:
        return True
    return any(
        grant.portfolio_id == scope.portfolio_id
        and (grant.program_id is None or grant.program_id == scope.program_id)
        and (grant.project_id is None or grant.project_id == scope.project_id)
        for grant in holding(actor, capability)
    )


def authorize(actor: Actor, capability: str, obj: Any) -> None:
    """Let the actor pass, or not; ``obj`` has a ``scope`` property.

    :raises NotAllowed: if the actor does not hold the capability there.
    """
    if not holds(actor, capability, obj.scope):
        raise NotAllowed(capability)


def authorize_within(actor: Actor, capability: str, program: Any) -> None:
    """Let the actor pass who holds a capability for a program or for one of its projects.

    :raises NotAllowed: if the actor holds it nowhere in the program.
    """
    here = (
        grant.portfolio_id == program.portfolio_id and grant.program_id in (None, program.pk)
        for grant in holding(actor, capability)
    )
    if not actor.is_system and not any(here):
        raise NotAllowed(capability)


def capabilities_at(actor: Actor, scope: Scope) -> frozenset[str]:
    """Return all capabilities that the actor holds at a scope; templates show only what may be done."""
    return frozenset(name for name in CAPABILITIES if holds(actor, name, scope))


ROLE_HELP = {
    PO: _("Answers for the portfolio: structure, roles, publishing."),
    ES: _("Sees everything; asks for and approves capital; publishes reports."),
    SC: _("Reads plan, money, risks and reports; approves capital."),
    TPM: _("Runs the program: plan, baselines, risks, money, reports."),
    PM: _("Runs component projects: plan, progress, risks."),
    CO: _("Contributes: updates progress and risks."),
    FC: _("Keeps budgets and actuals."),
    AU: _("Reads everything, the audit too; changes nothing."),
    SV: _("Reads published reports."),
    SA: _("Integrations by token: plan, progress, actuals, imports."),
}
