"""A new password by e-mail: a link that works once, for somebody who can read the account's mail."""

import threading
from collections.abc import Iterable
from typing import Any

import structlog
from axes.helpers import get_client_ip_address
from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpRequest
from django.utils import translation

from tpm.accounts.models import User
from tpm.lib import counting

log = structlog.get_logger(__name__)
HOUR = 3600
PER_ACCOUNT, PER_PLACE = (
    5,
    30,
)  # requests an hour for one address of mail, and from one address of the network


class ResetForm(PasswordResetForm):
    """Asks for the address. What follows looks and lasts the same whether an account has it: mail is sent behind the answer."""

    def get_users(self, email: str) -> Iterable[User]:
        """Active people; also those who never chose a password, whose first link has run out."""
        return User.objects.filter(email__iexact=email, is_active=True, is_service=False)

    def send_mail(self, *args: Any, **options: Any) -> None:
        """Write and send the mail in a thread; it reads no database."""
        threading.Thread(target=self._send, args=args, kwargs=options, daemon=True).start()

    def _send(self, subject: str, body: str, context: dict[str, Any], *args: Any, **options: Any) -> None:
        try:
            with translation.override(context["user"].language):
                super().send_mail(subject, body, context, *args, **options)
        except Exception:
            log.exception("reset_mail_lost", user=context["user"].pk)


def is_too_often(request: HttpRequest, email: str) -> bool:
    """Count a request for a link and say whether there were too many, whether or not an account has the address."""
    account = counting.used(f"tpm:reset:account:{email.strip().lower()[:255]}", HOUR)
    place = counting.used(f"tpm:reset:place:{get_client_ip_address(request)}", HOUR)
    return (account or 0) > PER_ACCOUNT or (place or 0) > PER_PLACE
