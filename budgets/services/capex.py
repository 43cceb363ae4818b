"""Capital requests: write, submit, vote, withdraw, record facts, close. An edit of what was asked voids every approval of it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import currencies
from budgets.models import (
    Actual,
    ApprovalRound,
    CapitalAmount,
    CapitalRequest,
    Contract,
    ExchangeRate,
    Vote,
)
from budgets.models.approvals import Kind
from budgets.selectors import approvals as reads
from budgets.selectors import capex, rates
from budgets.services import approvals, capital_amounts, simulations
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity.writing import Change, Conflict
from tpm.lib import locks

State = CapitalRequest.State
CONTENT = frozenset(
    "title project business_case asset_class alternatives benefits risks vendor cost_line currency"
    " planned_in_service_on scenario".split()
)
FACTS = frozenset({"in_service_on", "still_expected"})


class Stale(Exception):
    """The request is not what the voter read: ``request`` as it is now, ``differences`` from what was read (None: unknown)."""

    def __init__(self, request: CapitalRequest, differences: list[capex.Difference] | None) -> None:
        self.request, self.differences = request, differences
        super().__init__("the request was changed since it was read")


def create(
    *, actor: Actor, program: Program, amounts: Sequence[dict[str, Any]], **values: Any
) -> CapitalRequest:
    """Write a request as a draft. ``amounts``: rows of ``year``, ``amount``, ``benefit``.

    :raises NotAllowed, ValidationError:
    """
    request = CapitalRequest(program=program, requester=actor.user, number=0, **_placed(program, values))
    request.currency = request.currency or program.portfolio.currency
    policies.authorize(actor, "capex.request", request)
    if actor.user is None:
        raise policies.NotAllowed("capex.request")
    _check_currency(request.currency)
    years = capital_amounts.by_year(amounts, request.currency)
    simulations.check(program, request.scenario)
    request.simulation = simulations.taken(request.scenario)
    with activity.change(actor=actor, event=events.CAPITAL_REQUEST_CHANGED, programs=[program]) as change:
        newest = CapitalRequest.objects.filter(program=program).aggregate(n=Max("number"))["n"] or 0
        request.number = newest + 1
        change.create(request)
        for year in years:
            change.create(CapitalAmount(request=request, **year))
    return _fresh(request)


def update(
    *,
    actor: Actor,
    request: CapitalRequest,
    amounts: Sequence[dict[str, Any]] | None = None,
    reason: str = "",
    **new: Any,
) -> CapitalRequest:
    """Change what is asked for. If that differs, the request is a draft again and every approval of it is void.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it is closed, or money is booked against its authorisation: write a supplement instead.
    """
    new = _placed(request.program, new)
    policies.authorize(actor, "capex.request", request)
    policies.authorize(
        actor,
        "capex.request",
        CapitalRequest(program=request.program, project=new.get("project", request.project)),
    )
    _check_open(request)
    currency = new.get("currency") or request.currency
    _check_currency(currency)
    new["currency"] = currency
    if "scenario" in new and new["scenario"] != request.scenario:
        simulations.check(request.program, new["scenario"], request.scenario_id)
        new["simulation"] = simulations.taken(new["scenario"])
    years = None if amounts is None else capital_amounts.by_year(amounts, currency)
    with activity.change(
        actor=actor, event=events.CAPITAL_REQUEST_CHANGED, programs=[request.program], reason=reason
    ) as change:
        _unbooked(request)
        before = request.version
        change.update(request, **new)
        if years is not None and years != capital_amounts.values(request):
            if request.version == before:
                _count_up(change, request)
            change.bulk_delete(request.amounts.all())
            for year in years:
                change.create(CapitalAmount(request=request, **year))
    return _fresh(request)


def submit(*, actor: Actor, request: CapitalRequest, at: datetime) -> ApprovalRound:
    """Ask for approval: the policy in force, the rate of the day, split requests and the steps are pinned now.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if something is missing: years, business case, a policy, a rate.
    """
    policies.authorize(actor, "capex.request", request)
    if actor.user is None:
        raise policies.NotAllowed("capex.request")
    if request.state not in (State.DRAFT, State.WITHDRAWN, State.REJECTED):
        raise ValidationError(_("It is submitted already."))
    simulated = simulations.settled(request)
    with activity.change(actor=actor, event=events.APPROVAL_ASKED, programs=[request.program]) as change:
        return _ask(change, actor.user, request, simulated, at)


def simulate(*, actor: Actor, request: CapitalRequest, at: datetime) -> CapitalRequest:
    """Take what the what-if does to the plan of today into the request; if that differs, approvals are void and a request that
    waited is submitted anew.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "capex.request", request)
    if actor.user is None:
        raise policies.NotAllowed("capex.request")
    _check_open(request)
    if request.scenario_id is None:
        raise ValidationError({"scenario": _("The request carries no what-if.")})
    simulated = simulations.settled(request)
    if simulated == request.simulation:
        return request
    with activity.change(actor=actor, event=events.APPROVAL_ASKED, programs=[request.program]) as change:
        _unbooked(request)
        if request.state == State.SUBMITTED:
            _ask(change, actor.user, request, simulated, at)
        else:
            change.update(request, simulation=simulated)
    return _fresh(request)


def _ask(
    change: Change, requester: User, request: CapitalRequest, simulated: dict[str, Any], at: datetime
) -> ApprovalRound:
    """Submit a request within a change, with what its what-if does now: that is content, so it comes first."""
    portfolio = request.program.portfolio
    # Two halves of one purchase, submitted at the same moment, must see each other.
    locks.hold("capital_requests", portfolio.pk)
    if simulated != request.simulation:
        change.update(request, simulation=simulated)
        request = _fresh(request)
    total = sum((one.amount for one in request.amounts.all()), Decimal(0))
    capital_amounts.check_complete(request, total)
    policy = reads.policy_in_force(portfolio.pk, at.date())
    if policy is None:
        raise ValidationError(
            _("The portfolio has no approval policy in force. Its owner or finance controller writes one.")
        )
    rate = _rate(request, at.date())
    amount = currencies.convert(total, rate.rate, portfolio.currency) if rate else total
    splits = capex.split_with(request, at.date(), policy.split_days)
    # First: the version proves that nobody edited it.
    change.update(request, state=State.SUBMITTED.value, submitted_at=at)
    request = _fresh(request)
    return approvals.ask(
        change,
        requester=requester,
        kind=Kind.CAPITAL_REQUEST,
        subject=request,
        content=request.content,
        content_sha256=request.content_sha256,
        policy=policy,
        amount=amount,
        counted=amount + sum((one.amount for one in splits), Decimal(0)),
        counted_with=[one.as_json() for one in splits],
        original=(request.currency, total),
        rate=rate,
        at=at,
    )


def vote(
    *,
    actor: Actor,
    request: CapitalRequest,
    content_sha256: str,
    decision: str,
    at: datetime,
    reason: str = "",
    principal: int | None = None,
) -> ApprovalRound:
    """Approve or reject what the actor read (its hash); the last vote that the policy asks for authorises the amount.

    :raises NotAllowed:
    :raises Stale: if the request is not what was read.
    :raises ValidationError: if it does not wait for approval, or the database refuses the vote; the rule is the code.
    """
    own = policies.holds(actor, "capex.approve", request.scope)
    if not own and principal is None and not reads.live_delegations(actor, at):
        raise policies.NotAllowed("capex.approve")
    if decision not in Vote.Decision.values:
        raise ValidationError(_("Approve or reject."))
    reason = reason.strip()
    if decision == Vote.Decision.REJECT and not reason:
        raise ValidationError({"reason": _("Say why you reject it.")})
    with activity.change(
        actor=actor, event=events.APPROVAL_VOTED, programs=[request.program], reason=reason
    ) as change:
        request = _fresh(request)  # the program is locked: what is read now stays until the vote is written
        if request.content_sha256 != content_sha256:
            read = capex.content_with_hash(request.pk, content_sha256)
            raise Stale(request, None if read is None else capex.differences(read, request.content))
        round_ = reads.latest_round(request.pk)
        if round_ is None or round_.state != ApprovalRound.State.OPEN:
            raise ValidationError(_("It does not wait for a vote any more."), code="vote_round_open")
        round_ = approvals.cast(
            change,
            actor=actor,
            round_=round_,
            content_sha256=content_sha256,
            decision=decision,
            reason=reason,
            at=at,
            principal=principal,
        )
        if round_.state == ApprovalRound.State.REJECTED:
            change.update(request, state=State.REJECTED.value)
        elif round_.state == ApprovalRound.State.APPROVED:
            change.update(request, state=State.APPROVED.value, authorised=round_.amount, authorised_at=at)
    return round_


def withdraw(*, actor: Actor, request: CapitalRequest, at: datetime, reason: str = "") -> CapitalRequest:
    """Take a request back that waits for approval, or a draft.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "capex.request", request)
    if request.state not in (State.DRAFT, State.SUBMITTED):
        raise ValidationError(_("Only a request that waits, or a draft, can be withdrawn."))
    with activity.change(
        actor=actor, event=events.CAPITAL_REQUEST_CHANGED, programs=[request.program], reason=reason
    ) as change:
        change.update(request, state=State.WITHDRAWN.value)
        round_ = reads.latest_round(request.pk)
        if round_ is not None and round_.state == ApprovalRound.State.OPEN:
            change.update(round_, state=ApprovalRound.State.WITHDRAWN.value, closed_at=at)
    return request


def record(*, actor: Actor, request: CapitalRequest, **facts: Any) -> CapitalRequest:
    """Say since when it is in service, and what is still expected to be spent (portfolio's currency; None: as its budget line).

    :raises NotAllowed, Conflict, ValidationError:
    """
    assert facts.keys() <= FACTS, facts
    policies.authorize(actor, "capex.request", request)
    if request.state != State.APPROVED:
        raise ValidationError(_("Only what is authorised goes into service."))
    with activity.change(
        actor=actor, event=events.CAPITAL_REQUEST_CHANGED, programs=[request.program]
    ) as change:
        return change.update(request, **facts)


def close(*, actor: Actor, request: CapitalRequest, at: datetime) -> CapitalRequest:
    """Close an authorised request: nothing is booked against it any more, and it can not be edited.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "capex.request", request)
    if request.state != State.APPROVED:
        raise ValidationError(_("Only an authorised request is closed; others are withdrawn."))
    with activity.change(
        actor=actor, event=events.CAPITAL_REQUEST_CHANGED, programs=[request.program]
    ) as change:
        return change.update(request, state=State.CLOSED.value, closed_at=at, still_expected=None)


def delete(*, actor: Actor, request: CapitalRequest) -> None:
    """Delete a draft that was never submitted.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "capex.request", request)
    if reads.rounds_of(request.pk).exists() or _is_booked(request):
        raise ValidationError(_("It was submitted once and stays. Withdraw it."))
    with activity.change(
        actor=actor, event=events.CAPITAL_REQUEST_CHANGED, programs=[request.program]
    ) as change:
        change.delete(request)


# ---- checks ---------------------------------------------------------------------------------------------------------


def _placed(program: Program, values: dict[str, Any]) -> dict[str, Any]:
    assert values.keys() <= CONTENT, values
    project, line = values.get("project"), values.get("cost_line")
    if project is not None and project.program_id != program.pk:
        raise ValidationError({"project": _("“%(name)s” belongs to another program.") % {"name": project}})
    if line is not None and line.program_id != program.pk:
        raise ValidationError({"cost_line": _("“%(name)s” belongs to another program.") % {"name": line}})
    return dict(values)


def _check_open(request: CapitalRequest) -> None:
    if request.state == State.CLOSED:
        raise ValidationError(_("The request is closed."), code="capital_closed")


def _unbooked(request: CapitalRequest) -> None:
    if _is_booked(request):
        raise ValidationError(
            _(
                "Money is booked against this authorisation, so it can not be reworked. Ask for a supplement as a new request."
            )
        )


def _is_booked(request: CapitalRequest) -> bool:
    return (
        Actual.objects.filter(capital_request=request).exists()
        or Contract.objects.filter(capital_request=request).exists()
    )


def _check_currency(code: str) -> None:
    if not currencies.is_known(code):
        raise ValidationError(
            {"currency": _("“%(code)s” is no currency of ISO 4217, such as USD.") % {"code": code}}
        )


def _rate(request: CapitalRequest, day: date) -> ExchangeRate | None:
    portfolio = request.program.portfolio
    if request.currency == portfolio.currency:
        return None
    rate = rates.of_portfolio(portfolio.pk).on(request.currency, day)
    if rate is None:
        raise ValidationError(
            {
                "currency": _("There is no rate of %(code)s on or before %(day)s.")
                % {"code": request.currency, "day": day.isoformat()}
            }
        )
    return rate


def _count_up(change: Change, request: CapitalRequest) -> None:
    hit = change.bulk_update(CapitalRequest.objects.filter(pk=request.pk, version=request.version))
    if not hit:
        raise Conflict(CapitalRequest, request.pk, CapitalRequest.objects.filter(pk=request.pk).first())
    request.version += 1


def _fresh(request: CapitalRequest) -> CapitalRequest:
    """Return the request as the database has it: content, hash and state are made there."""
    found: CapitalRequest = CapitalRequest.objects.select_related(
        "program__portfolio", "project", "scenario"
    ).get(pk=request.pk)
    return found
