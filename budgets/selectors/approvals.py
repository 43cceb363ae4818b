"""Approvals as people meet them: how far a round is, who may vote and why not, what waits for somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from budgets.models import (
    ApprovalPolicy,
    ApprovalRound,
    CapitalRequest,
    Delegation,
    Involvement,
    Vote,
)
from budgets.models.approvals import Kind
from budgets.selectors import simulations
from budgets.selectors.simulations import Simulation
from programs import policies
from programs.models import Grant, Portfolio, Program
from programs.policies import Role
from tpm.accounts.actors import Actor
from tpm.accounts.models import User

Decision = Vote.Decision


# ---- policies -------------------------------------------------------------------------------------------------------


def policy_rows(actor: Actor, portfolio: Portfolio | None = None) -> QuerySet[Any]:
    """Return the visible policies, the newest version first."""
    found = ApprovalPolicy.objects.visible_to(actor)
    if portfolio is not None:
        found = found.filter(portfolio=portfolio)
    return found.select_related("portfolio", "author", "confirmed_by").order_by("kind", "-number")


def policy_for(actor: Actor, pk: int) -> ApprovalPolicy:
    """Return one policy.

    :raises ApprovalPolicy.DoesNotExist: if there is none that the actor may see.
    """
    found: ApprovalPolicy = policy_rows(actor).get(pk=pk)
    return found


def policy_in_force(
    portfolio_id: int, day: date, kind: str = Kind.CAPITAL_REQUEST.value
) -> ApprovalPolicy | None:
    """Return the newest confirmed version that holds on a day, None if there is none."""
    found: ApprovalPolicy | None = (
        ApprovalPolicy.objects.filter(
            Q(effective_to=None) | Q(effective_to__gte=day),
            portfolio=portfolio_id,
            kind=kind,
            confirmed_by__isnull=False,
            effective_from__lte=day,
        )
        .order_by("-number")
        .first()
    )
    return found


@dataclass(frozen=True)
class Tier:
    """A tier of a policy: amounts above ``above``, up to and with ``up_to`` (None: without end)."""

    number: int
    above: Decimal
    up_to: Decimal | None
    steps: list[dict[str, Any]]


def tiers_of(policy: ApprovalPolicy) -> list[Tier]:
    """Return the tiers of a policy in order."""
    found: list[Tier] = []
    above = Decimal(0)
    for number, tier in enumerate(policy.tiers):
        up_to = None if tier["up_to"] is None else Decimal(str(tier["up_to"]))
        found.append(Tier(number, above, up_to, tier["steps"]))
        above = up_to or above
    return found


def tier_for(policy: ApprovalPolicy, amount: Decimal) -> Tier:
    """Return the tier in which an amount falls: the first whose upper end it does not exceed."""
    return next(tier for tier in tiers_of(policy) if tier.up_to is None or amount <= tier.up_to)


# ---- rounds ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A step of a round: who has voted, who still could (``candidates``; not those whom separation of duties keeps out)."""

    number: int
    roles: list[str]
    quorum: int
    votes: list[Vote]
    is_open: bool
    candidates: list[User] = field(default_factory=list)

    @property
    def approvals(self) -> int:
        return sum(vote.decision == Decision.APPROVE for vote in self.votes)

    @property
    def is_complete(self) -> bool:
        return self.approvals >= self.quorum

    @property
    def missing(self) -> int:
        return max(0, self.quorum - self.approvals)

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]

    @property
    def is_blocked(self) -> bool:
        """Tell that too few people are left who could take this step."""
        return self.missing > len(self.candidates)


def latest_round(subject_id: int, kind: str = Kind.CAPITAL_REQUEST.value) -> ApprovalRound | None:
    """Return the newest round of a subject."""
    found: ApprovalRound | None = rounds_of(subject_id, kind).first()
    return found


def rounds_of(subject_id: int, kind: str = Kind.CAPITAL_REQUEST.value) -> QuerySet[Any]:
    """Return all rounds of a subject, the newest first."""
    return (
        ApprovalRound.objects.filter(kind=kind, subject_id=subject_id)
        .select_related("policy", "requester", "exchange_rate", "program")
        .order_by("-pk")
    )


def votes_of(round_: ApprovalRound) -> list[Vote]:
    """Return the votes of a round in order."""
    return list(round_.votes.select_related("voter", "principal").order_by("pk"))


def open_step(round_: ApprovalRound, votes: Sequence[Vote]) -> int | None:
    """Return the number of the step that is open, None if none is."""
    if round_.state != ApprovalRound.State.OPEN:
        return None
    for number, step in enumerate(round_.steps):
        given = sum(vote.step == number and vote.decision == Decision.APPROVE for vote in votes)
        if given < step["quorum"]:
            return number
    return None


def steps_of(round_: ApprovalRound, *, day: date) -> list[Step]:
    """Return the steps of a round with votes and candidates: three queries."""
    votes = votes_of(round_)
    now = open_step(round_, votes)
    out = kept_out(round_.kind, round_.subject_id).keys() | {
        user for vote in votes for user in (vote.voter_id, vote.principal_id)
    }
    holders = _holders(round_, day) if now is not None else []
    steps = []
    for number, step in enumerate(round_.steps):
        people = {
            grant.user.pk: grant.user
            for grant in holders
            if grant.role in step["roles"] and grant.user_id not in out
        }
        still = now is not None and number >= now
        steps.append(
            Step(
                number,
                step["roles"],
                step["quorum"],
                [vote for vote in votes if vote.step == number],
                number == now,
                list(people.values()) if still else [],
            )
        )
    return steps


def _holders(round_: ApprovalRound, day: date) -> list[Grant]:
    roles = {role for step in round_.steps for role in step["roles"]}
    return list(
        Grant.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(program=None) | Q(program=round_.program_id),
            Q(project_id=None) | Q(project_id=round_.project_id),
            portfolio=round_.program.portfolio_id,
            role__in=roles,
            user__is_service=False,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user__name")
    )


def kept_out(kind: str, subject_id: int) -> dict[int, list[Involvement]]:
    """Return who can not approve a subject, by user, and why."""
    found: dict[int, list[Involvement]] = {}
    rows = Involvement.objects.filter(kind=kind, subject_id=subject_id).select_related("user")
    for row in rows.order_by("user__name", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


# ---- who may vote ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """How somebody can vote in the open step: in which role, in whose name."""

    step: int
    role: str
    principal: User
    delegation: Delegation | None = None


def live_delegations(actor: Actor, at: datetime) -> list[Delegation]:
    """Return the delegations that the actor holds at a moment."""
    return list(
        Delegation.objects.filter(
            delegate=actor.user, revoked_at=None, starts_at__lte=at, ends_at__gt=at
        ).select_related("giver")
    )


def ways(
    actor: Actor,
    round_: ApprovalRound,
    at: datetime,
    *,
    delegations: Sequence[Delegation] | None = None,
    votes: Sequence[Vote] | None = None,
) -> list[Way]:
    """Return how the actor can vote now: in their own right first, then for those who delegated to them. Empty if not at all.

    The database says the same when the vote is written (``budgets/models/separation.py``); this is for screens.
    """
    if actor.user is None or actor.user.is_service or not actor.user.is_active:
        return []
    votes = votes_of(round_) if votes is None else votes
    step = open_step(round_, votes)
    if step is None:
        return []
    out = kept_out(round_.kind, round_.subject_id).keys()
    voted = {user for vote in votes for user in (vote.voter_id, vote.principal_id)}
    held = live_delegations(actor, at) if delegations is None else delegations
    of_requester = any(one.giver_id == round_.requester_id for one in held)
    if actor.user.pk in out or actor.user.pk in voted or of_requester:
        return []
    roles = round_.steps[step]["roles"]
    own = {
        grant.role
        for grant in policies.holding(actor, "capex.approve")
        if _covers(grant, round_) and grant.role in roles
    }
    found = [Way(step, role, actor.user) for role in roles if role in own]
    for delegation in held:
        if delegation.giver_id in out or delegation.giver_id in voted:
            continue
        theirs = {
            grant.role
            for grant in _holders(round_, at.date())
            if grant.user_id == delegation.giver_id and grant.role in roles
        }
        if delegation.role:
            theirs &= {delegation.role}
        found += [Way(step, role, delegation.giver, delegation) for role in roles if role in theirs][:1]
    return found


def _covers(grant: Grant, round_: ApprovalRound) -> bool:
    return (
        grant.portfolio_id == round_.program.portfolio_id
        and grant.program_id in (None, round_.program_id)
        and grant.project_id in (None, round_.project_id)
    )


# ---- the inbox ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A round in somebody's inbox. ``way`` is how they can vote; None where they only asked or have voted."""

    round: ApprovalRound
    request: CapitalRequest
    way: Way | None = None
    vote: Vote | None = None
    simulation: Simulation | None = None


@dataclass(frozen=True)
class Inbox:
    """What waits for the actor's vote, what they asked for, what they decided lately."""

    waiting: list[Item]
    asked: list[Item]
    decided: list[Item]


def waiting(actor: Actor, at: datetime) -> list[Item]:
    """Return what waits for the actor's vote, the oldest first: what they read, may vote on now, and have no hand in."""
    if actor.user is None:
        return []
    held = live_delegations(actor, at)
    if not held and not list(policies.holding(actor, "capex.approve")):
        return []
    rounds = list(
        ApprovalRound.objects.visible_to(actor)
        .filter(state=ApprovalRound.State.OPEN)
        .exclude(requester=actor.user)
        .select_related("program__portfolio", "requester", "policy")
        .prefetch_related("votes")
        .order_by("opened_at")[:200]
    )
    found = []
    for one in rounds:
        possible = ways(actor, one, at, delegations=held, votes=list(one.votes.all()))
        if possible:
            found.append((one, possible[0]))
    requests = _requests(actor, [one for one, _way in found])
    effects = simulations.of(actor, list(requests.values()))
    return [
        Item(one, requests[one.subject_id], way, simulation=effects.get(one.subject_id))
        for one, way in found
        if one.subject_id in requests
    ]


def inbox(actor: Actor, at: datetime) -> Inbox:
    """Return the actor's inbox."""
    rounds = ApprovalRound.objects.visible_to(actor).select_related("program__portfolio", "requester")
    mine = list(rounds.filter(requester=actor.user).order_by("-pk")[:50])
    votes = list(
        Vote.objects.visible_to(actor)
        .filter(Q(voter=actor.user) | Q(principal=actor.user))
        .select_related("round__program__portfolio", "round__requester", "voter", "principal")
        .order_by("-pk")[:50]
    )
    requests = _requests(actor, [*mine, *(vote.round for vote in votes)])
    return Inbox(
        waiting(actor, at),
        [Item(one, requests[one.subject_id]) for one in mine if one.subject_id in requests],
        [
            Item(vote.round, requests[vote.round.subject_id], vote=vote)
            for vote in votes
            if vote.round.subject_id in requests
        ],
    )


def open_in(actor: Actor, program: Program) -> list[Item]:
    """Return what waits for an approval in a program, the oldest first: two statements."""
    rounds = list(
        ApprovalRound.objects.visible_to(actor)
        .filter(program=program, state=ApprovalRound.State.OPEN)
        .select_related("program__portfolio", "requester")
        .order_by("opened_at", "pk")
    )
    requests = _requests(actor, rounds)
    return [Item(one, requests[one.subject_id]) for one in rounds if one.subject_id in requests]


def _requests(actor: Actor, rounds: Iterable[ApprovalRound]) -> dict[int, CapitalRequest]:
    ids = {one.subject_id for one in rounds if one.kind == Kind.CAPITAL_REQUEST}
    rows = CapitalRequest.objects.visible_to(actor).filter(pk__in=ids).select_related("program", "project")
    return {row.pk: row for row in rows}


# ---- delegations ----------------------------------------------------------------------------------------------------


def delegations(actor: Actor) -> QuerySet[Any]:
    """Return the delegations that the actor gave or got, the newest first."""
    return Delegation.objects.visible_to(actor).select_related("giver", "delegate").order_by("-pk")


def delegates_for(actor: Actor) -> QuerySet[User]:
    """Return whom the actor may delegate to: people who hold a role in one of their portfolios."""
    portfolios = {grant.portfolio_id for grant in policies.grants(actor)}
    people = User.objects.filter(is_active=True, is_service=False, grants__portfolio__in=portfolios)
    return people.exclude(pk=actor.user_id or 0).distinct().order_by("name", "pk")
