"""Capital requests: write, submit, vote, book against them, report."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut, in_program
from budgets.models import (
    Actual,
    ApprovalRound,
    AssetClass,
    CapitalRequest,
    Contract,
    CostLine,
    Nature,
    Vote,
)
from budgets.models.separation import REFUSALS
from budgets.selectors import approvals, capex, rows
from budgets.services import capex as services
from programs import policies
from programs.selectors import computation, programs
from projects.models import Project
from tpm.accounts.models import ApiToken
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import LARGEST, Reference
from tpm.lib.api.filters import IdFilter, TextFilter
from tpm.lib.api.problems import Problem


class YearOut(serializers.Serializer[Any]):
    """A year: what is paid and what it brings, in the request's currency."""

    year = serializers.IntegerField(min_value=1990, max_value=2200)
    amount = serializers.DecimalField(18, 2, min_value=0, required=False)
    benefit = serializers.DecimalField(18, 2, required=False)


class YearIn(YearOut, Strict):
    pass


class CapitalRequestOut(serializers.Serializer[Any]):
    """``asked`` is the sum of its years in ``currency``; ``authorised`` is in the portfolio's currency."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.ChoiceField(CapitalRequest.State.choices)
    asset_class = serializers.ChoiceField(AssetClass.choices)
    business_case = serializers.CharField()
    alternatives = serializers.CharField()
    benefits = serializers.CharField()
    risks = serializers.CharField()
    vendor = serializers.CharField()
    cost_line = serializers.IntegerField(source="cost_line_id", allow_null=True)
    currency = serializers.CharField()
    asked = serializers.DecimalField(18, 2)
    planned_in_service_on = serializers.DateField(allow_null=True)
    requester = serializers.IntegerField(source="requester_id")
    content_sha256 = serializers.CharField(help_text="What a vote has to name: the content that was read.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    authorised = serializers.DecimalField(18, 2, allow_null=True)
    authorised_at = serializers.DateTimeField(allow_null=True)
    in_service_on = serializers.DateField(allow_null=True)
    still_expected = serializers.DecimalField(18, 2, allow_null=True)


class AppraisalOut(serializers.Serializer[Any]):
    """``null`` is *not available*. Rates are fractions, paybacks years."""

    discount_rate = serializers.DecimalField(6, 4)
    npv = serializers.DecimalField(18, 2)
    irr = serializers.DecimalField(12, 6, allow_null=True)
    payback = serializers.DecimalField(8, 2, allow_null=True)
    discounted_payback = serializers.DecimalField(8, 2, allow_null=True)


class SpendOut(serializers.Serializer[Any]):
    """In the portfolio's currency."""

    committed = serializers.DecimalField(18, 2)
    spent = serializers.DecimalField(18, 2)
    expected = serializers.DecimalField(18, 2)
    left = serializers.DecimalField(18, 2, allow_null=True)
    overruns = serializers.BooleanField()
    is_overrun = serializers.BooleanField()


class VoteOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    step = serializers.IntegerField()
    role = serializers.CharField()
    voter = serializers.IntegerField(source="voter_id")
    principal = serializers.IntegerField(source="principal_id")
    decision = serializers.ChoiceField(Vote.Decision.choices)
    reason = serializers.CharField()
    content_sha256 = serializers.CharField()
    at = serializers.DateTimeField()


class RoundOut(serializers.Serializer[Any]):
    """A round of approval: policy, tier, steps and amounts as pinned; ``counted`` chose the tier."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(ApprovalRound.State.choices)
    policy = serializers.IntegerField(source="policy_id")
    tier = serializers.IntegerField()
    steps = serializers.JSONField()
    amount = serializers.DecimalField(18, 2)
    counted = serializers.DecimalField(18, 2)
    original_currency = serializers.CharField()
    original_amount = serializers.DecimalField(18, 2)
    rate = serializers.DecimalField(20, 10)
    content_sha256 = serializers.CharField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    votes = VoteOut(many=True)


class CapitalRequestDetailOut(CapitalRequestOut):
    amounts = YearOut(many=True)
    appraisal = AppraisalOut(allow_null=True)
    spend = SpendOut()
    round = RoundOut(allow_null=True)


class CapitalRequestWritten(CapitalRequestDetailOut, Revisions):
    pass


class CapitalRequestPatch(Strict):
    """What is asked for. A change of it voids every approval."""

    title = serializers.CharField(max_length=200)
    project = Reference(Project.objects.visible_to, required=False, allow_null=True)
    asset_class = serializers.ChoiceField(AssetClass.choices, required=False)
    business_case = serializers.CharField(allow_blank=True, required=False)
    alternatives = serializers.CharField(allow_blank=True, required=False)
    benefits = serializers.CharField(allow_blank=True, required=False)
    risks = serializers.CharField(allow_blank=True, required=False)
    vendor = serializers.CharField(max_length=300, allow_blank=True, required=False)
    cost_line = Reference(CostLine.objects.visible_to, required=False, allow_null=True)
    currency = serializers.CharField(max_length=3, required=False)
    planned_in_service_on = serializers.DateField(required=False, allow_null=True)
    amounts = YearIn(many=True, required=False)


class CapitalRequestIn(CapitalRequestPatch):
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_program(self, attrs)


class FactsIn(Strict):
    in_service_on = serializers.DateField(required=False, allow_null=True)
    still_expected = serializers.DecimalField(18, 2, min_value=0, required=False, allow_null=True)


class WithdrawIn(Strict):
    reason = serializers.CharField(allow_blank=True, required=False, max_length=1000)


class VoteIn(Strict):
    """``content_sha256``: what was read. ``principal``: for whom, if a vote was lent; else one's own."""

    content_sha256 = serializers.RegexField("^[0-9a-f]{64}$")
    decision = serializers.ChoiceField(Vote.Decision.choices)
    reason = serializers.CharField(allow_blank=True, required=False, max_length=2000)
    principal = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)


class BookingIn(Strict):
    capital_request = Reference(CapitalRequest.objects.visible_to, allow_null=True)
    nature = serializers.ChoiceField(Nature.choices, required=False, allow_null=True)


class BookingOut(Revisions):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    capital_request = serializers.IntegerField(allow_null=True)


class ReportRowOut(serializers.Serializer[Any]):
    asset_class = serializers.ChoiceField(AssetClass.choices)
    capital_request = serializers.IntegerField()
    fiscal_year = serializers.IntegerField()
    capitalised = serializers.DecimalField(18, 2)
    expensed = serializers.DecimalField(18, 2)
    in_service_on = serializers.DateField(allow_null=True)


class CapitalReportOut(serializers.Serializer[Any]):
    results = ReportRowOut(many=True)


class CapitalRequestFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    state = django_filters.ChoiceFilter(choices=CapitalRequest.State.choices)
    asset_class = django_filters.ChoiceFilter(choices=AssetClass.choices)
    text = TextFilter("title", "vendor")


class _Requests(Endpoint):
    out = CapitalRequestOut

    def rows(self) -> QuerySet[Any]:
        return capex.rows(self.actor)

    def whole(self, pk: int) -> dict[str, Any]:
        """Return one request with years, appraisal, money and its newest round."""
        found = self.rows().get(pk=pk)
        round_ = approvals.latest_round(pk)
        policy = capex.policy_of(found, round_, timezone.now().date())
        years = capex.amounts_of(found)
        worth = capex.appraisal(years, policy.discount_rate) if policy else None
        return {
            **CapitalRequestOut(found).data,
            "amounts": YearOut(years, many=True).data,
            "appraisal": None
            if worth is None or policy is None
            else {
                "discount_rate": str(policy.discount_rate),
                "npv": str(worth.npv_amount),
                **{
                    name: None if (value := getattr(worth, name)) is None else str(value)
                    for name in ("irr", "payback", "discounted_payback")
                },
            },
            "spend": SpendOut(capex.spend([found])[pk]).data,
            "round": None if round_ is None else self.round_json(round_),
        }

    def round_json(self, round_: ApprovalRound) -> dict[str, Any]:
        votes = approvals.votes_of(round_)
        return dict(RoundOut(_WithVotes(round_, votes)).data)

    def answer(self, pk: int, program: int, status: int = 200) -> Response:
        at = f"/api/v1/capital-requests/{pk}/" if status == 201 else ""
        return self.written(self.whole(pk), computation.revisions(program), status=status, at=at)


class _WithVotes:
    """A round with the votes that were read for it."""

    def __init__(self, round_: ApprovalRound, votes: list[Vote]) -> None:
        self._round, self.votes = round_, votes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._round, name)


class CapitalRequestList(_Requests):
    serializer_class = CapitalRequestOut
    filterset_class = CapitalRequestFilters

    @operation("budget.read", gives=CapitalRequestOut(many=True), summary="List capital requests")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class ProgramCapitalRequests(_Requests):
    @operation(
        "capex.request",
        takes=CapitalRequestIn,
        gives=CapitalRequestWritten,
        status=201,
        summary="Write a capital request",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(CapitalRequestIn)
        years = given.pop("amounts", [])
        made = services.create(
            actor=self.actor,
            program=program,
            amounts=years,
            **{"currency": program.portfolio.currency, **given},
        )
        return self.answer(made.pk, program.pk, 201)


class CapitalRequestItem(_Requests):
    @operation("budget.read", gives=CapitalRequestDetailOut, summary="Read a capital request")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.whole(pk))

    @operation(
        "capex.request",
        takes=CapitalRequestPatch(partial=True),
        gives=CapitalRequestWritten,
        versioned=True,
        summary="Change a capital request",
    )
    def patch(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        given = self.given(CapitalRequestPatch, partial=True)
        years = given.pop("amounts", None)
        services.update(actor=self.actor, request=found, amounts=years, **given)
        return self.answer(pk, found.program_id)

    @operation("capex.request", gives=DeletedOut, versioned=True, summary="Delete a draft")
    def delete(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        services.delete(actor=self.actor, request=found)
        return self.written({"deleted": True}, computation.revisions(found.program_id))


class _Act(_Requests):
    """Something done to a request as a whole, on the version that was read."""

    def begin(self, pk: int) -> CapitalRequest:
        found: CapitalRequest = self.rows().get(pk=pk)
        policies.authorize(self.actor, self.capability, found)
        self.match(found)
        return found


class CapitalRequestSubmit(_Act):
    @operation(
        "capex.request", gives=CapitalRequestWritten, versioned=True, summary="Submit a request for approval"
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.begin(pk)
        services.submit(actor=self.actor, request=found, at=timezone.now())
        return self.answer(pk, found.program_id)


class CapitalRequestWithdraw(_Act):
    @operation(
        "capex.request",
        takes=WithdrawIn,
        gives=CapitalRequestWritten,
        versioned=True,
        summary="Withdraw a request",
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.begin(pk)
        services.withdraw(actor=self.actor, request=found, at=timezone.now(), **self.given(WithdrawIn))
        return self.answer(pk, found.program_id)


class CapitalRequestFacts(_Act):
    @operation(
        "capex.request",
        takes=FactsIn,
        gives=CapitalRequestWritten,
        versioned=True,
        summary="Say since when it is in service, and what is still expected",
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.begin(pk)
        services.record(actor=self.actor, request=found, **self.given(FactsIn))
        return self.answer(pk, found.program_id)


class CapitalRequestClose(_Act):
    @operation("capex.request", gives=CapitalRequestWritten, versioned=True, summary="Close a request")
    def post(self, request: Request, pk: int) -> Response:
        found = self.begin(pk)
        services.close(actor=self.actor, request=found, at=timezone.now())
        return self.answer(pk, found.program_id)


class CapitalRequestVotes(_Requests):
    """Votes name the content that was read instead of a version: an edit in between is answered with 409 and what changed."""

    @operation(
        "budget.read", gives=RoundOut(many=True), summary="List the rounds of approval with their votes"
    )
    def get(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        rounds = list(approvals.rounds_of(found.pk)[:50])
        return Response([self.round_json(one) for one in rounds])

    @operation(
        "capex.approve", takes=VoteIn, gives=RoundOut, status=201, summary="Approve or reject a request"
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        if not policies.holds(self.actor, "capex.approve", found.scope) and not approvals.live_delegations(
            self.actor, timezone.now()
        ):
            raise policies.NotAllowed("capex.approve")
        if isinstance(request.auth, ApiToken):
            raise Problem(
                403, _("A token never approves. Vote in the browser, signed in."), code="token_never_approves"
            )
        given = self.given(VoteIn)
        try:
            round_ = services.vote(actor=self.actor, request=found, at=timezone.now(), **given)
        except services.Stale as stale:
            raise Problem(
                409,
                _("The request was changed since you read it: %(names)s.")
                % {"names": ", ".join(one.name for one in stale.differences or ()) or "?"},
                code="content_changed",
            ) from stale
        except ValidationError as error:
            rule = getattr(error, "code", None)
            if rule not in REFUSALS:
                raise
            raise Problem(400, " ".join(error.messages), code=str(rule)) from error
        return Response(self.round_json(round_), status=201)


class _Bookings(Endpoint):
    def book(self, row: Actual | Contract) -> Response:
        policies.authorize(self.actor, self.capability, row)
        self.match(row)
        given = self.given(BookingIn)
        services.book(actor=self.actor, row=row, request=given["capital_request"], nature=given.get("nature"))
        return self.written(self.represent(row), computation.revisions(row.program_id))

    def represent(self, obj: Any) -> Any:
        return {"id": obj.pk, "version": obj.version, "capital_request": obj.capital_request_id}


class ActualBooking(_Bookings):
    @operation(
        "actuals.post",
        takes=BookingIn,
        gives=BookingOut,
        versioned=True,
        summary="Count a posting against an authorised request",
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.book(rows.actual_for(self.actor, pk))


class ContractBooking(_Bookings):
    @operation(
        "budget.edit",
        takes=BookingIn,
        gives=BookingOut,
        versioned=True,
        summary="Count a contract against an authorised request",
    )
    def post(self, request: Request, pk: int) -> Response:
        visible = Contract.objects.visible_to(self.actor).select_related("program", "project")
        return self.book(visible.get(pk=pk))


class ProgramCapitalReport(Endpoint):
    @operation(
        "budget.read", gives=CapitalReportOut, summary="Capitalised and expensed by class and fiscal year"
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, self.capability)
        found = [
            {
                "asset_class": row.asset_class,
                "capital_request": row.request.pk,
                "fiscal_year": row.year,
                "capitalised": row.capitalised,
                "expensed": row.expensed,
                "in_service_on": row.in_service_on,
            }
            for row in capex.report(self.actor, program=program)
        ]
        return Response({"results": ReportRowOut(found, many=True).data})
