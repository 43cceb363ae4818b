"""What the shell around every page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from programs.selectors import portfolios
from tpm.accounts import actors


def shell(request: HttpRequest) -> dict[str, Any]:
    """The rail: portfolios with their programs, favourites; read only if a template asks for it."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"shell": None}
    return {"shell": SimpleLazyObject(lambda: portfolios.rail(actors.from_request(request)))}
