"""Ask for approval by policy, vote, write policies, lend one's vote. The database refuses what separation of duties forbids."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import ApprovalPolicy, ApprovalRound, Delegation, ExchangeRate, Vote
from budgets.models.approvals import Kind
from budgets.models.budgets import ProgramRow
from budgets.selectors import approvals
from programs import policies
from programs.models import Portfolio
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity.writing import Change
from tpm.lib import locks

State = ApprovalRound.State


# ---- rounds and votes -----------------------------------------------------------------------------------------------


def ask(
    change: Change,
    *,
    requester: User,
    kind: Kind,
    subject: ProgramRow,
    content: dict[str, Any],
    content_sha256: str,
    policy: ApprovalPolicy,
    amount: Decimal,
    counted: Decimal,
    counted_with: list[dict[str, Any]],
    original: tuple[str, Decimal],
    rate: ExchangeRate | None,
    at: datetime,
) -> ApprovalRound:
    """Open a round within a change: pin policy, steps, rate, amounts and content. ``original``: currency and amount as asked.

    :raises ValidationError: if a round is open already.
    """
    tier = approvals.tier_for(policy, counted)
    return change.create(
        ApprovalRound(
            program=subject.program,
            project=subject.project,
            kind=kind.value,
            subject_id=subject.pk,
            requester=requester,
            content=content,
            content_sha256=content_sha256,
            policy=policy,
            tier=tier.number,
            steps=tier.steps,
            amount=amount,
            counted=counted,
            counted_with=counted_with,
            original_currency=original[0],
            original_amount=original[1],
            rate=rate.rate if rate else Decimal(1),
            exchange_rate=rate,
            opened_at=at,
        )
    )


def cast(
    change: Change,
    *,
    actor: Actor,
    round_: ApprovalRound,
    content_sha256: str,
    decision: str,
    reason: str,
    at: datetime,
    principal: int | None = None,
) -> ApprovalRound:
    """Write the actor's vote within a change and settle the round if it is the last one. ``principal``: whose vote it is, if
    the actor could vote for several; the actor's own comes first.

    :raises NotAllowed: if the actor could vote in no way.
    :raises ValidationError: if the database refuses the vote (``separation.REFUSALS``), with the rule as code.
    """
    if actor.user is None or actor.user.is_service:
        raise policies.NotAllowed("capex.approve")
    way = _way(actor, round_, at, principal)
    change.create(
        Vote(
            round=round_,
            step=way.step,
            role=way.role,
            voter=actor.user,
            principal=way.principal,
            delegation=way.delegation,
            decision=decision,
            reason=reason,
            content_sha256=content_sha256,
            change_set=change.change_set,
            at=at,
        )
    )
    if decision == Vote.Decision.REJECT:
        return change.update(round_, state=State.REJECTED.value, closed_at=at)
    if approvals.open_step(round_, approvals.votes_of(round_)) is None:
        return change.update(round_, state=State.APPROVED.value, closed_at=at)
    return round_


def _way(actor: Actor, round_: ApprovalRound, at: datetime, principal: int | None) -> approvals.Way:
    """Return how the actor votes. Where there is no way, one that the database will refuse with its reason, if there is a reason."""
    assert actor.user is not None
    possible = approvals.ways(actor, round_, at)
    if principal is not None:
        possible = [way for way in possible if way.principal.pk == principal]
    if possible:
        return possible[0]
    step = approvals.open_step(round_, approvals.votes_of(round_))
    held = [
        grant.role
        for grant in policies.holding(actor, "capex.approve")
        if grant.portfolio_id == round_.program.portfolio_id
    ]
    if principal is not None and principal != actor.user.pk:
        lent = Delegation.objects.filter(delegate=actor.user, giver=principal).order_by("-ends_at").first()
        if lent is None:
            raise policies.NotAllowed("capex.approve")
        role = lent.role or round_.steps[step or 0]["roles"][0]
        return approvals.Way(step or 0, role, lent.giver, lent)
    if not held:
        raise policies.NotAllowed("capex.approve")
    roles = round_.steps[step or 0]["roles"]
    return approvals.Way(step or 0, next((role for role in held if role in roles), held[0]), actor.user)


# ---- policies -------------------------------------------------------------------------------------------------------


def draft_policy(
    *, actor: Actor, portfolio: Portfolio, tiers: Any, effective_from: date, **values: Any
) -> ApprovalPolicy:
    """Write a new version of a portfolio's policy; it counts once somebody else has confirmed it.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "policy.edit", portfolio)
    if actor.user is None:
        raise policies.NotAllowed("policy.edit")
    kind = values.pop("kind", Kind.CAPITAL_REQUEST.value)
    with activity.change(actor=actor, event=events.APPROVAL_POLICY_CHANGED) as change:
        locks.hold("approval_policy", portfolio.pk)
        numbers = ApprovalPolicy.objects.filter(portfolio=portfolio, kind=kind).order_by("-number")
        newest = numbers.values_list("number", flat=True).first() or 0
        return change.create(
            ApprovalPolicy(
                portfolio=portfolio,
                kind=kind,
                number=newest + 1,
                tiers=tiers,
                effective_from=effective_from,
                author=actor.user,
                **values,
            )
        )


def confirm_policy(*, actor: Actor, policy: ApprovalPolicy, at: datetime) -> ApprovalPolicy:
    """Put a policy in force, as the second person. What is open keeps the version that it was submitted under.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is confirmed already, or by the person who wrote it.
    """
    policies.authorize(actor, "policy.edit", policy)
    if actor.user is None or actor.user.is_service:
        raise policies.NotAllowed("policy.edit")
    if policy.confirmed_by_id is not None:
        raise ValidationError(_("It is confirmed already."))
    with activity.change(actor=actor, event=events.APPROVAL_POLICY_CHANGED) as change:
        return change.update(policy, confirmed_by=actor.user, confirmed_at=at)


def end_policy(*, actor: Actor, policy: ApprovalPolicy, on: date | None) -> ApprovalPolicy:
    """Set (or take back) the last day of a policy.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "policy.edit", policy)
    with activity.change(actor=actor, event=events.APPROVAL_POLICY_CHANGED) as change:
        return change.update(policy, effective_to=on)


def discard_policy(*, actor: Actor, policy: ApprovalPolicy) -> None:
    """Throw a draft away.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is confirmed.
    """
    policies.authorize(actor, "policy.edit", policy)
    with activity.change(actor=actor, event=events.APPROVAL_POLICY_CHANGED) as change:
        change.delete(policy)


# ---- delegations ----------------------------------------------------------------------------------------------------


def delegate(
    *, actor: Actor, to: User, starts_at: datetime, ends_at: datetime, role: str = "", note: str = ""
) -> Delegation:
    """Lend one's vote to somebody for a time, in one role or in all.

    :raises NotAllowed: for service accounts.
    :raises ValidationError: if the time is in the wrong order, or the other one is a service account or has no role beside one.
    """
    if actor.user is None or actor.user.is_service:
        raise policies.NotAllowed("capex.approve")
    if not approvals.delegates_for(actor).filter(pk=to.pk).exists():
        raise ValidationError(
            {"delegate": _("Delegate to somebody who holds a role in one of your portfolios.")}
        )
    if role and role not in policies.CAPABILITIES["capex.approve"]:
        raise ValidationError({"role": _("This role does not approve.")})
    with activity.change(actor=actor, event=events.DELEGATION_CHANGED) as change:
        return change.create(
            Delegation(
                giver=actor.user, delegate=to, role=role, starts_at=starts_at, ends_at=ends_at, note=note
            )
        )


def revoke(*, actor: Actor, delegation: Delegation, at: datetime) -> Delegation:
    """Take a delegation back, or give it back; votes already cast by it stay.

    :raises NotAllowed: if the actor neither gave nor got it.
    :raises Conflict, ValidationError:
    """
    if actor.user_id not in (delegation.giver_id, delegation.delegate_id):
        raise policies.NotAllowed("capex.approve")
    if delegation.revoked_at is not None:
        raise ValidationError(_("It is revoked already."))
    with activity.change(actor=actor, event=events.DELEGATION_CHANGED) as change:
        return change.update(delegation, revoked_at=at)
