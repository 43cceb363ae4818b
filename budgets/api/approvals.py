"""Approval policies, delegations of one's vote, and what waits for it."""

from typing import Any

import django_filters
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut
from budgets.api.capex_fields import SimulationOut
from budgets.models import ApprovalPolicy
from budgets.models.approvals import Kind
from budgets.selectors import approvals
from budgets.services import approvals as services
from programs import policies
from programs.models import Portfolio
from programs.policies import CAPABILITIES, Role
from programs.selectors import portfolios
from tpm.accounts.models import User
from tpm.activity.rest import OWN, Endpoint, Strict, operation
from tpm.activity.rest_fields import LARGEST, Reference
from tpm.lib.api.filters import IdFilter

APPROVING = [(role, Role(role).label) for role in Role.values if role in CAPABILITIES["capex.approve"]]


class PolicyOut(serializers.Serializer[Any]):
    """``tiers``: ``[{"up_to": "25000.00" | null, "steps": [{"roles": ["ES"], "quorum": 1}]}]``, amounts in the portfolio's
    currency. It counts once it is confirmed by a second person."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    portfolio = serializers.IntegerField(source="portfolio_id")
    kind = serializers.ChoiceField(Kind.choices)
    number = serializers.IntegerField()
    effective_from = serializers.DateField()
    effective_to = serializers.DateField(allow_null=True)
    tiers = serializers.JSONField()
    discount_rate = serializers.DecimalField(6, 4)
    overrun_threshold = serializers.DecimalField(4, 2)
    split_days = serializers.IntegerField()
    note = serializers.CharField()
    author = serializers.IntegerField(source="author_id")
    confirmed_by = serializers.IntegerField(source="confirmed_by_id", allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)


class PolicyIn(Strict):
    effective_from = serializers.DateField()
    effective_to = serializers.DateField(required=False, allow_null=True)
    tiers = serializers.JSONField()
    discount_rate = serializers.DecimalField(6, 4, min_value=0, max_value=1, required=False)
    overrun_threshold = serializers.DecimalField(4, 2, required=False)
    split_days = serializers.IntegerField(min_value=0, max_value=366, required=False)
    note = serializers.CharField(allow_blank=True, required=False)


class EndIn(Strict):
    effective_to = serializers.DateField(allow_null=True)


class PolicyFilters(django_filters.FilterSet):
    portfolio = IdFilter("portfolio_id")


class _Policies(Endpoint):
    out = PolicyOut


class PolicyList(_Policies):
    serializer_class = PolicyOut
    filterset_class = PolicyFilters

    @operation("budget.read", gives=PolicyOut(many=True), summary="List approval policies")
    def get(self, request: Request) -> Response:
        return self.page(approvals.policy_rows(self.actor))


class PortfolioPolicies(_Policies):
    @operation(
        "policy.edit", takes=PolicyIn, gives=PolicyOut, status=201, summary="Write a version of the policy"
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio: Portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        made = services.draft_policy(actor=self.actor, portfolio=portfolio, **self.given(PolicyIn))
        at = f"/api/v1/approval-policies/{made.pk}/"
        return self.written(self.represent(made), status=201, at=at)


class PolicyItem(_Policies):
    def begin(self, pk: int) -> ApprovalPolicy:
        found = approvals.policy_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        return found

    @operation("budget.read", gives=PolicyOut, summary="Read an approval policy")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(approvals.policy_for(self.actor, pk)))

    @operation(
        "policy.edit", takes=EndIn, gives=PolicyOut, versioned=True, summary="Set the last day of a policy"
    )
    def patch(self, request: Request, pk: int) -> Response:
        found = self.begin(pk)
        ended = services.end_policy(actor=self.actor, policy=found, on=self.given(EndIn)["effective_to"])
        return self.written(self.represent(ended))

    @operation("policy.edit", gives=DeletedOut, versioned=True, summary="Discard a draft")
    def delete(self, request: Request, pk: int) -> Response:
        services.discard_policy(actor=self.actor, policy=self.begin(pk))
        return self.written({"deleted": True})


class PolicyConfirm(_Policies):
    @operation(
        "policy.edit", gives=PolicyOut, versioned=True, summary="Put a policy in force, as the second person"
    )
    def post(self, request: Request, pk: int) -> Response:
        found = approvals.policy_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        done = services.confirm_policy(actor=self.actor, policy=found, at=timezone.now())
        return self.written(self.represent(done))


class DelegationOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    giver = serializers.IntegerField(source="giver_id")
    delegate = serializers.IntegerField(source="delegate_id")
    role = serializers.CharField(help_text="Empty: any of the giver's roles.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    note = serializers.CharField()
    revoked_at = serializers.DateTimeField(allow_null=True)


class DelegationIn(Strict):
    """From ``starts_at`` until just before ``ends_at``."""

    delegate = Reference(lambda actor: approvals.delegates_for(actor))
    role = serializers.ChoiceField(APPROVING, required=False, allow_blank=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)


class RevokeIn(Strict):
    delegation = serializers.IntegerField(min_value=1, max_value=LARGEST)


class DelegationList(Endpoint):
    out = DelegationOut
    serializer_class = DelegationOut

    @operation(OWN, gives=DelegationOut(many=True), summary="List the delegations that one gave or got")
    def get(self, request: Request) -> Response:
        return self.page(approvals.delegations(self.actor))

    @operation(OWN, takes=DelegationIn, gives=DelegationOut, status=201, summary="Lend one's vote")
    def post(self, request: Request) -> Response:
        given = self.given(DelegationIn)
        to: User = given.pop("delegate")
        made = services.delegate(actor=self.actor, to=to, **given)
        return self.written(self.represent(made), status=201)


class DelegationRevoke(Endpoint):
    out = DelegationOut

    @operation(OWN, takes=RevokeIn, gives=DelegationOut, summary="Revoke a delegation")
    def post(self, request: Request) -> Response:
        found = approvals.delegations(self.actor).get(pk=self.given(RevokeIn)["delegation"])
        done = services.revoke(actor=self.actor, delegation=found, at=timezone.now())
        return self.written(self.represent(done))


class InboxItemOut(serializers.Serializer[Any]):
    capital_request = serializers.IntegerField(source="request.pk")
    title = serializers.CharField(source="request.title")
    program = serializers.IntegerField(source="round.program_id")
    amount = serializers.DecimalField(18, 2, source="round.amount")
    state = serializers.CharField(source="round.state")
    content_sha256 = serializers.CharField(source="request.content_sha256")
    opened_at = serializers.DateTimeField(source="round.opened_at")
    simulation = SimulationOut(allow_null=True)


class InboxOut(serializers.Serializer[Any]):
    """What waits for one's vote, what one asked for, what one decided lately."""

    waiting = InboxItemOut(many=True)
    asked = InboxItemOut(many=True)
    decided = InboxItemOut(many=True)


class Inbox(Endpoint):
    @operation(OWN, gives=InboxOut, summary="What waits for one's vote")
    def get(self, request: Request) -> Response:
        return Response(InboxOut(approvals.inbox(self.actor, timezone.now())).data)
