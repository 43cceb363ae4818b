"""A portfolio with an approval policy, its people, and capital requests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from budgets.models import ApprovalPolicy, ApprovalRound, CapitalRequest
from budgets.services import approvals, capex
from programs.models import Program
from tests.factories import plans
from tpm.accounts.actors import Actor

# Up to 10 000: a sponsor or the owner. Up to 100 000: a sponsor, then finance. Above: then two of the committee.
TIERS = [
    {"up_to": "10000.00", "steps": [{"roles": ["ES", "PO"], "quorum": 1}]},
    {"up_to": "100000.00", "steps": [{"roles": ["ES"], "quorum": 1}, {"roles": ["FC"], "quorum": 1}]},
    {
        "up_to": None,
        "steps": [
            {"roles": ["ES"], "quorum": 1},
            {"roles": ["FC"], "quorum": 1},
            {"roles": ["SC"], "quorum": 2},
        ],
    },
]


@dataclass
class Stage:
    program: Program
    tpm: Actor
    po: Actor
    es: Actor
    fc: Actor
    policy: ApprovalPolicy


def stage(**policy: Any) -> Stage:
    program = plans.program()
    portfolio = program.portfolio
    people = {role: plans.member(role, portfolio) for role in ("TPM", "PO", "ES", "FC")}
    given = {"tiers": TIERS, "effective_from": date(2026, 1, 1), **policy}
    draft = approvals.draft_policy(actor=people["PO"], portfolio=portfolio, **given)
    approvals.confirm_policy(actor=people["FC"], policy=draft, at=timezone.now())
    return Stage(program, people["TPM"], people["PO"], people["ES"], people["FC"], draft)


def request(at: Stage, amount: str = "5000.00", **values: Any) -> CapitalRequest:
    given = {
        "title": "Core switch", "business_case": "The old one is out of support.", "vendor": "ACME, Inc.",
        "currency": at.program.portfolio.currency, **values,
    }  # fmt: skip
    years = [{"year": 2026, "amount": Decimal(amount)}, {"year": 2027, "benefit": Decimal(amount) * 2}]
    return capex.create(actor=given.pop("actor", at.tpm), program=at.program, amounts=years, **given)


def submitted(at: Stage, amount: str = "5000.00", **values: Any) -> tuple[CapitalRequest, ApprovalRound]:
    made = request(at, amount, **values)
    round_ = capex.submit(actor=at.tpm, request=made, at=timezone.now())
    return CapitalRequest.objects.get(pk=made.pk), round_


def vote(actor: Actor, made: CapitalRequest, decision: str = "approve", **values: Any) -> ApprovalRound:
    """Vote on what the request is now, unless the test says what was read."""
    fresh = Actor(actor.user, actor.via)
    now = CapitalRequest.objects.get(pk=made.pk)
    given = {"content_sha256": now.content_sha256, "at": timezone.now(), "reason": "Seen.", **values}
    return capex.vote(actor=fresh, request=now, decision=decision, **given)


def approved(at: Stage, amount: str = "5000.00", **values: Any) -> CapitalRequest:
    made, _round = submitted(at, amount, **values)
    vote(at.es, made)
    return CapitalRequest.objects.get(pk=made.pk)
