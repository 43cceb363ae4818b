"""What the money screens show beside lists: the capital board, contracts that expire, budgets summed up."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.api.capex_fields import SpendOut
from budgets.models import CapitalRequest
from budgets.selectors import capex, procurement, revisions
from budgets.selectors.periods import portfolio_for
from programs.selectors import computation, programs
from tpm.activity.rest import Endpoint, Revisions, operation

MOST_CARDS = 500


class CardOut(serializers.Serializer[Any]):
    capital_request = serializers.IntegerField(source="request.pk")
    program = serializers.IntegerField(source="request.program_id")
    number = serializers.IntegerField(source="request.number")
    title = serializers.CharField(source="request.title")
    currency = serializers.CharField(source="request.currency")
    asked = serializers.DecimalField(18, 2, source="request.asked")
    spend = SpendOut()


class BoardColumnOut(serializers.Serializer[Any]):
    """``total``: authorised, else as pinned when submitted, else as asked; in the portfolio's currency. Withdrawn requests stand
    beside the rejected."""

    state = serializers.ChoiceField(CapitalRequest.State.choices)
    total = serializers.DecimalField(18, 2)
    cards = CardOut(many=True)


class BoardOut(serializers.Serializer[Any]):
    """At most 500 requests, the newest."""

    currency = serializers.CharField()
    columns = BoardColumnOut(many=True)


class ProgramCapitalBoard(Endpoint):
    @operation("budget.read", gives=BoardOut, summary="Read a program's capital board by state")
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, self.capability)
        columns = capex.board(self.actor, program=program)
        return Response(BoardOut({"currency": program.portfolio.currency, "columns": columns}).data)


class PortfolioCapitalBoard(Endpoint):
    @operation("budget.read", gives=BoardOut, summary="Read a portfolio's capital board by state")
    def get(self, request: Request, pk: int) -> Response:
        portfolio = portfolio_for(self.actor, pk)
        columns = capex.board(self.actor, portfolio=portfolio)
        return Response(BoardOut({"currency": portfolio.currency, "columns": columns}).data)


class ExpiringOut(serializers.Serializer[Any]):
    """``days`` are left until it ends; negative: it has ended, or renewed itself."""

    contract = serializers.IntegerField(source="contract.pk")
    program = serializers.IntegerField(source="contract.program_id")
    supplier = serializers.CharField(source="contract.supplier")
    ends_on = serializers.DateField(source="contract.ends_on")
    notice_by = serializers.DateField()
    days = serializers.IntegerField()
    renews = serializers.BooleanField()
    has_ended = serializers.BooleanField()
    has_renewed = serializers.BooleanField(help_text="It went on by itself; its new end is not written down.")


class ExpiringListOut(serializers.Serializer[Any]):
    results = ExpiringOut(many=True)


class ExpiringContracts(Endpoint):
    @operation(
        "budget.read",
        gives=ExpiringListOut,
        summary="List open contracts whose day of notice has come or is near, the nearest end first",
    )
    def get(self, request: Request) -> Response:
        found = procurement.expiring(self.actor, timezone.localdate())
        return Response({"results": ExpiringOut(found, many=True).data})


class SumsOut(serializers.Serializer[Any]):
    """``lines``: the amount in force by category; "" is not broken down."""

    approved = serializers.DecimalField(20, 2)
    current = serializers.DecimalField(20, 2)
    forecast = serializers.DecimalField(20, 2, allow_null=True)
    contingency = serializers.DecimalField(20, 2)
    reserve = serializers.DecimalField(20, 2)
    committed = serializers.DecimalField(20, 2)
    spent = serializers.DecimalField(20, 2)
    left = serializers.DecimalField(20, 2)
    lines = serializers.DictField(child=serializers.DecimalField(20, 2))


class ScopeSumsOut(serializers.Serializer[Any]):
    project = serializers.IntegerField(source="project_id", help_text="0: the program's own cost.")
    name = serializers.CharField()
    sums = SumsOut()


class ProgramSumsOut(serializers.Serializer[Any]):
    """``total`` is the sum of ``scopes``, to the cent."""

    program = serializers.IntegerField(source="program.pk")
    scopes = ScopeSumsOut(many=True)
    total = SumsOut()


class ProgramBudgetOut(ProgramSumsOut, Revisions):
    pass


class ProgramBudgetSums(Endpoint):
    @operation(
        "budget.read", gives=ProgramBudgetOut, summary="Read a program's budget by project, and its sum"
    )
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, self.capability)
        found = revisions.of_program(self.actor, program)
        shown = {"program": program, "scopes": found.scopes, "total": found.total}
        return Response(ProgramBudgetOut(shown | computation.revisions(pk)).data)


class PortfolioBudgetOut(serializers.Serializer[Any]):
    """``total`` is the sum of the ``programs`` whose money you read."""

    currency = serializers.CharField()
    programs = ProgramSumsOut(many=True)
    total = SumsOut()


class PortfolioBudgetSums(Endpoint):
    @operation(
        "budget.read", gives=PortfolioBudgetOut, summary="Read a portfolio's budget by program, and its sum"
    )
    def get(self, request: Request, pk: int) -> Response:
        portfolio = portfolio_for(self.actor, pk)
        found, total = revisions.of_portfolio(self.actor, portfolio)
        shown = {"currency": portfolio.currency, "programs": found, "total": total}
        return Response(PortfolioBudgetOut(shown).data)
