"""Postings and contracts that count against a capital request."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Actual, CapitalRequest, Contract
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor


def book(
    *, actor: Actor, row: Actual | Contract, request: CapitalRequest | None, nature: str | None = None
) -> None:
    """Count a posting or a contract against an authorisation (None: no longer); ``nature`` of a posting: capex or opex.

    :raises NotAllowed: without ``actuals.post`` (posting) or ``budget.edit`` (contract) there.
    :raises Conflict:
    :raises ValidationError: if the request is not authorised, belongs to another program, or the period is closed.
    """
    policies.authorize(actor, "actuals.post" if isinstance(row, Actual) else "budget.edit", row)
    check_booking(row.program, request)
    new: dict[str, Any] = {"capital_request": request}
    if isinstance(row, Actual):
        new["nature"] = nature
    with activity.change(actor=actor, event=events.ACTUALS_POSTED, programs=[row.program]) as change:
        change.update(row, **new)


def check_booking(program: Program, request: CapitalRequest | None) -> None:
    """Refuse to book against what is not an authorised request of the program.

    :raises ValidationError:
    """
    if request is None:
        return
    if request.program_id != program.pk:
        raise ValidationError({"capital_request": _("The request belongs to another program.")})
    if request.state != CapitalRequest.State.APPROVED:
        raise ValidationError(
            {"capital_request": _("Nothing is authorised by this request, or it is closed.")}
        )
