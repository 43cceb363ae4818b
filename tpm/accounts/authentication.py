"""How the REST API knows its caller: a bearer token, or the browser's own session (with CSRF protection)."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tpm.accounts import tokens
from tpm.accounts.models import ApiToken, User


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer tpm_…``. Tokens in addresses or cookies are not looked at."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        token = tokens.resolve(parts[1].decode("latin-1")) if len(parts) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("The token is unknown, expired or revoked."))
        tokens.used(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class SignedInAuthentication(SessionAuthentication):
    """The signed-in browser."""

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
