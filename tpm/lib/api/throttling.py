"""How many requests a token, a person or (signed out) an address may make."""

import re
import time
from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from tpm.lib import counting

if TYPE_CHECKING:  # DRF loads this module while it defines that class
    from rest_framework.views import APIView

_PERIODS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hour": 3600, "d": 86400, "day": 86400}
SCOPE = "principal"


class PrincipalThrottle(BaseThrottle):
    """Counts in fixed windows; while Valkey can not be reached everything passes."""

    waits: float | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        count, period = rate(str(api_settings.DEFAULT_THROTTLE_RATES[SCOPE]))
        used = counting.used(f"tpm:rate:{self.principal(request)}", period)
        self.waits = period - time.time() % period
        return used is None or used <= count

    def wait(self) -> float | None:
        return self.waits

    def principal(self, request: Request) -> str:
        """Return who asks: every token has a budget of its own."""
        if request.auth is not None:
            return f"token:{request.auth.pk}"
        if request.user.is_authenticated:
            return f"user:{request.user.pk}"
        return f"address:{self.get_ident(request)}"


def rate(text: str) -> tuple[int, int]:
    """Return requests and seconds of a rate such as ``600/min``.

    :raises ValueError: if it is written otherwise.
    """
    found = re.fullmatch(r"(\d+)/(\w+)", text)
    if found is None or found[2] not in _PERIODS:
        raise ValueError(f"API_RATE is a number per s, min, h or day, such as 600/min, not {text!r}")
    return int(found[1]), _PERIODS[found[2]]
