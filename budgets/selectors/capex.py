"""Capital requests: the board, one request with all that explains it, and the money booked against authorisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from budgets.engine.appraisal import Appraisal, appraise
from budgets.models import (
    ApprovalPolicy,
    ApprovalRound,
    Budget,
    CapitalAmount,
    CapitalRequest,
)
from budgets.models.approvals import Kind
from budgets.selectors import approvals
from budgets.selectors.capital_money import Spend, spend
from programs.models import Portfolio, Program
from tpm.accounts.actors import Actor

State = CapitalRequest.State
LIVE = (State.SUBMITTED, State.APPROVED, State.CLOSED)
NOTHING = Decimal(0)


def rows(actor: Actor, program: Program | None = None, portfolio: Portfolio | None = None) -> QuerySet[Any]:
    """Return the visible requests with their sums (``asked``), the newest first."""
    found = CapitalRequest.objects.visible_to(actor)
    if program is not None:
        found = found.filter(program=program)
    if portfolio is not None:
        found = found.filter(program__portfolio=portfolio)
    found = found.select_related("program__portfolio", "project", "requester", "cost_line")
    return found.annotate(asked=Sum("amounts__amount", default=NOTHING)).order_by("-pk")


def get_for(actor: Actor, pk: int) -> CapitalRequest:
    """Return one request.

    :raises CapitalRequest.DoesNotExist: if there is none that the actor may see.
    """
    found: CapitalRequest = rows(actor).get(pk=pk)
    return found


def amounts_of(request: CapitalRequest) -> list[CapitalAmount]:
    """Return the years of a request in order."""
    return list(request.amounts.order_by("year"))


# ---- the board ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """A request on the board."""

    request: Any
    spend: Spend
    round: ApprovalRound | None


@dataclass(frozen=True)
class Column:
    """A column of the board: a state, its cards, and what they ask for or were authorised, in the portfolio's currency."""

    state: str
    label: str
    cards: list[Card]
    total: Decimal


BOARD = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.CLOSED, State.REJECTED)


def board(
    actor: Actor, *, program: Program | None = None, portfolio: Portfolio | None = None
) -> list[Column]:
    """Return the visible requests of a program or portfolio by state (withdrawn ones beside the rejected)."""
    found = list(rows(actor, program, portfolio)[:500])
    money = spend(found)
    newest = {
        one.subject_id: one
        for one in ApprovalRound.objects.filter(
            kind=Kind.CAPITAL_REQUEST, subject_id__in=[one.pk for one in found]
        ).order_by("pk")
    }
    columns = []
    for state in BOARD:
        shown = (State.REJECTED, State.WITHDRAWN) if state == State.REJECTED else (state,)
        cards = [Card(one, money[one.pk], newest.get(one.pk)) for one in found if one.state in shown]
        total = sum((_counted(card) for card in cards), NOTHING)
        columns.append(Column(state.value, str(state.label), cards, total))
    return columns


def _counted(card: Card) -> Decimal:
    """In the portfolio's currency where it is known: authorised, else as pinned, else as asked if that needs no rate."""
    request = card.request
    if request.authorised is not None:
        return Decimal(request.authorised)
    if card.round is not None and card.round.content_sha256 == request.content_sha256:
        return card.round.amount
    return request.asked if request.currency == request.program.portfolio.currency else NOTHING


# ---- appraisal and policy -------------------------------------------------------------------------------------------


def appraisal(amounts: Sequence[CapitalAmount], rate: Decimal) -> Appraisal | None:
    """Appraise a request's years at a discount rate; None without a year. Gaps between years count as nothing paid or gained."""
    by_year = {one.year: one for one in amounts}
    if not by_year:
        return None
    span = range(min(by_year), max(by_year) + 1)
    outlays = [int(by_year[year].amount * 100) if year in by_year else 0 for year in span]
    benefits = [int(by_year[year].benefit * 100) if year in by_year else 0 for year in span]
    return appraise(outlays, benefits, rate)


@dataclass(frozen=True)
class Impact:
    """What a request does to the money of its project (or the program's own): in the portfolio's currency. ``budget`` is None
    where none was approved."""

    budget: Decimal | None
    authorised_before: Decimal
    amount: Decimal

    @property
    def authorised_after(self) -> Decimal:
        return self.authorised_before + self.amount

    @property
    def percent_of_budget(self) -> Decimal | None:
        """How much of the budget is capital with this request, 0..100."""
        return self.authorised_after / self.budget * 100 if self.budget else None

    @property
    def exceeds(self) -> bool:
        return self.budget is not None and self.authorised_after > self.budget


def impact(request: CapitalRequest, round_: ApprovalRound) -> Impact:
    """Return what a request does beside the others that are authorised in the same scope: two queries."""
    scope = {"program": request.program_id, "project": request.project_id}
    others = CapitalRequest.objects.filter(**scope, state__in=(State.APPROVED, State.CLOSED)).exclude(
        pk=request.pk
    )
    approved = Budget.objects.filter(**scope).values_list("approved", flat=True).first()
    return Impact(
        approved, others.aggregate(total=Sum("authorised", default=NOTHING))["total"], round_.amount
    )


@dataclass(frozen=True)
class Split:
    """Another request that counts together with one for the tier, and why: ``line``, ``vendor`` or both."""

    id: int
    program_id: int
    number: int
    title: str
    amount: Decimal
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "title": self.title,
            "amount": str(self.amount),
            "reasons": list(self.reasons),
        }


def split_with(request: CapitalRequest, day: date, days: int) -> list[Split]:
    """Return the requests of the portfolio, submitted in the days before, on the same budget line or with the same vendor.

    Rejected, withdrawn and reworked ones do not count. Amounts are in the portfolio's currency, as pinned when submitted.
    """
    alike = Q(pk__in=[])
    if request.cost_line_id:
        alike |= Q(cost_line=request.cost_line_id)
    if request.vendor_key:
        alike |= Q(vendor_key=request.vendor_key)
    found = list(
        CapitalRequest.objects.filter(
            alike,
            program__portfolio=request.program.portfolio_id,
            state__in=LIVE,
            submitted_at__date__gte=day - timedelta(days=days),
        )
        .exclude(pk=request.pk)
        .order_by("pk")
    )
    pinned = dict(
        ApprovalRound.objects.filter(
            kind=Kind.CAPITAL_REQUEST,
            subject_id__in=[one.pk for one in found],
            state__in=(ApprovalRound.State.OPEN, ApprovalRound.State.APPROVED),
        ).values_list("subject_id", "amount")
    )
    splits = []
    for one in found:
        reasons = []
        if request.cost_line_id and one.cost_line_id == request.cost_line_id:
            reasons.append("line")
        if request.vendor_key and one.vendor_key == request.vendor_key:
            reasons.append("vendor")
        amount = pinned.get(one.pk, one.authorised or NOTHING)
        splits.append(Split(one.pk, one.program_id, one.number, one.title, amount, tuple(reasons)))
    return splits


@dataclass(frozen=True)
class CountedWith:
    """What was summed for a round's tier, as far as the actor may see it; ``hidden`` others are counted but not named."""

    shown: list[dict[str, Any]]
    hidden: int


def counted_with(actor: Actor, round_: ApprovalRound) -> CountedWith:
    """Return the requests that were summed with a round's own."""
    ids = [one["id"] for one in round_.counted_with]
    visible = set(CapitalRequest.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    shown = [one for one in round_.counted_with if one["id"] in visible]
    return CountedWith(shown, len(ids) - len(shown))


def policy_of(request: CapitalRequest, round_: ApprovalRound | None, day: date) -> ApprovalPolicy | None:
    """Return the policy that holds for a request: the one pinned in its round, else the one in force."""
    if round_ is not None and round_.state != ApprovalRound.State.VOIDED and request.state != State.DRAFT:
        return round_.policy
    return approvals.policy_in_force(request.program.portfolio_id, day)


# ---- what was changed -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A part of a request's content that differs: ``name`` is the field, or ``amounts`` with a year."""

    name: str
    before: Any
    after: Any


def content_with_hash(request_id: int, sha256: str) -> dict[str, Any] | None:
    """Return a request's content as it had this hash at some time, from its history."""
    from tpm.activity.tracking import event_model  # needs all apps

    events = event_model(CapitalRequest)._base_manager
    found: dict[str, Any] | None = (
        events.filter(pgh_obj_id=request_id, content_sha256=sha256).values_list("content", flat=True).first()
    )
    return found


def _words(value: Any) -> Any:
    """Say a simulation by the revision of the plan that it was computed on; other values as they are."""
    if isinstance(value, dict):
        return _("on revision %(n)s of the plan") % {"n": value["revision"]} if value else None
    return value


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return what differs between two contents, years one by one."""
    found = [
        Difference(name, _words(before.get(name)), _words(after.get(name)))
        for name in sorted(before.keys() | after.keys(), key=list((*after, *before)).index)
        if name != "amounts" and before.get(name) != after.get(name)
    ]
    old = {one["year"]: one for one in before.get("amounts", [])}
    new = {one["year"]: one for one in after.get("amounts", [])}
    for year in sorted(old.keys() | new.keys()):
        for part in ("amount", "benefit"):
            was, now = old.get(year, {}).get(part), new.get(year, {}).get(part)
            if was != now:
                found.append(Difference(f"{part} {year}", was, now))
    return found
