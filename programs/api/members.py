"""Roles of people in portfolios, programs and projects."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Grant, Portfolio, Program
from programs.policies import Role
from programs.selectors import members, portfolios, programs
from programs.services import members as services
from tpm.accounts.models import User
from tpm.activity.rest import Endpoint, Strict, operation


class MemberOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(Role.choices)
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    project = serializers.IntegerField(source="project_id", allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class MemberIn(Strict):
    email = serializers.EmailField(help_text="Of a person who has an account.")
    role = serializers.ChoiceField(Role.choices)
    ends_on = serializers.DateField(required=False, allow_null=True)


class ProgramMemberIn(MemberIn):
    project = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1, help_text="For one project only."
    )


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class _Members(Endpoint):
    out = MemberOut
    serializer_class = MemberOut

    def grant(self, portfolio: Portfolio, program: Program | None, given: dict[str, Any]) -> Response:
        user = User.objects.filter(email__iexact=given["email"], is_active=True).first()
        if user is None:
            raise ValidationError(
                {"email": _("Nobody with this address has an account. Ask an administrator.")}
            )
        made = services.grant(
            actor=self.actor,
            user=user,
            role=given["role"],
            portfolio=portfolio,
            program=program,
            project_id=given.get("project"),
            ends_on=given.get("ends_on"),
        )
        return self.written(self.represent(made), status=201, at=f"/api/v1/members/{made.pk}/")

    def rows(self, found: QuerySet[Grant]) -> Response:
        return self.page(found)


class PortfolioMembers(_Members):
    @operation("member.read", gives=MemberOut(many=True), summary="List roles for the whole portfolio")
    def get(self, request: Request, pk: int) -> Response:
        return self.rows(members.of_portfolio(self.actor, portfolios.get_for(self.actor, pk)))

    @operation(
        "member.manage", takes=MemberIn, gives=MemberOut, status=201, summary="Give a role for the portfolio"
    )
    def post(self, request: Request, pk: int) -> Response:
        portfolio = portfolios.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, portfolio)
        return self.grant(portfolio, None, self.given(MemberIn))


class ProgramMembers(_Members):
    @operation(
        "member.read", gives=MemberOut(many=True), summary="List roles in a program, the portfolio's included"
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.rows(members.of_program(self.actor, programs.get_for(self.actor, pk)))

    @operation(
        "member.manage",
        takes=ProgramMemberIn,
        gives=MemberOut,
        status=201,
        summary="Give a role in a program",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, program)
        return self.grant(program.portfolio, program, self.given(ProgramMemberIn))


class MemberItem(Endpoint):
    out = MemberOut

    @operation("member.read", gives=MemberOut, summary="Read a role")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(members.get_for(self.actor, pk)))

    @operation("member.manage", gives=DeletedOut, versioned=True, summary="Take a role away")
    def delete(self, request: Request, pk: int) -> Response:
        grant = members.get_for(self.actor, pk)
        if not members.revocable(self.actor, grant):
            raise policies.NotAllowed(self.capability)
        self.match(grant)
        services.revoke(actor=self.actor, grant=grant)
        return self.written({"deleted": True})
