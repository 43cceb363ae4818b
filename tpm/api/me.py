"""Who the caller is, and what the caller may do where."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from tpm.accounts.models import ApiToken
from tpm.activity.rest import OWN, Endpoint, operation


class TokenOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    scope = serializers.ChoiceField(ApiToken.Scope.choices)
    expires_at = serializers.DateTimeField()


class RoleOut(serializers.Serializer[Any]):
    role = serializers.ChoiceField(policies.Role.choices)
    portfolio = serializers.IntegerField(source="portfolio_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    project = serializers.IntegerField(source="project_id", allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    capabilities = serializers.SerializerMethodField()

    def get_capabilities(self, grant: Any) -> list[str]:
        return sorted(name for name, roles in policies.CAPABILITIES.items() if grant.role in roles)


class MeOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    is_administrator = serializers.BooleanField()
    is_service = serializers.BooleanField()
    token = TokenOut(allow_null=True)
    roles = RoleOut(many=True)


@extend_schema(tags=["me"])
class Me(Endpoint):
    @operation(OWN, gives=MeOut, summary="Who am I, and what may I do where")
    def get(self, request: Request) -> Response:
        user: Any = self.actor.user
        token = request.auth if isinstance(request.auth, ApiToken) else None
        values = {name: getattr(user, name) for name in map(str, MeOut().fields) if hasattr(user, name)}
        return Response(MeOut({**values, "token": token, "roles": policies.grants(self.actor)}).data)
