"""Capital requests: write, submit, vote, book against them, report."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.budgets import DeletedOut
from budgets.api.capex_fields import (
    BookingIn,
    BookingOut,
    CapitalReportOut,
    CapitalRequestDetailOut,
    CapitalRequestIn,
    CapitalRequestOut,
    CapitalRequestPatch,
    CapitalRequestWritten,
    FactsIn,
    ReportRowOut,
    RoundOut,
    SimulationOut,
    SpendOut,
    VoteIn,
    WithdrawIn,
    YearOut,
)
from budgets.models import (
    Actual,
    ApprovalRound,
    AssetClass,
    CapitalRequest,
    Contract,
    Vote,
)
from budgets.models.separation import REFUSALS
from budgets.selectors import approvals, capex, capital_money, rows, simulations
from budgets.services import capex as services
from budgets.services import capital_bookings
from programs import policies
from programs.selectors import computation, programs
from projects.services import scenarios as what_ifs
from tpm.accounts.models import ApiToken
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.filters import IdFilter, TextFilter
from tpm.lib.api.problems import Problem


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
            "spend": SpendOut(capital_money.spend([found])[pk]).data,
            "round": None if round_ is None else self.round_json(round_),
            "simulation": self.simulation_json(found),
        }

    def simulation_json(self, found: CapitalRequest) -> dict[str, Any] | None:
        """Return what its what-if would change; somebody asks, so it is computed on the plan as it is."""
        simulation = simulations.of(self.actor, [found]).get(found.pk)
        if simulation is None:
            return None
        what_ifs.want(simulation.scenario)
        return dict(SimulationOut(simulation).data)

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


class CapitalRequestSimulate(_Act):
    @operation(
        "capex.request",
        gives=CapitalRequestWritten,
        versioned=True,
        summary="Take what the what-if does on the plan of today into the request",
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.begin(pk)
        services.simulate(actor=self.actor, request=found, at=timezone.now())
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
        capital_bookings.book(
            actor=self.actor, row=row, request=given["capital_request"], nature=given.get("nature")
        )
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
            for row in capital_money.report(self.actor, program=program)
        ]
        return Response({"results": ReportRowOut(found, many=True).data})
