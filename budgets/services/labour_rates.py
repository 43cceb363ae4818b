"""Rate cards: add what an hour costs from a day on, correct it, end it, take it back. The plans that it costs are computed again."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import currencies
from budgets.models import CostLine, LabourRate
from programs import policies
from programs.models import Portfolio, Program, Resource
from tpm import activity
from tpm.accounts.actors import Actor

FIXED = ("portfolio", "program", "resource", "role")


def create(
    *,
    actor: Actor,
    portfolio: Portfolio,
    program: Program | None = None,
    resource: Resource | None = None,
    role: str = "",
    rate: Decimal,
    starts_on: date,
    currency: str = "",
    ends_on: date | None = None,
    source: str = "",
) -> LabourRate:
    """Add a line to the portfolio's rate card, or to a program's own. What was posted before stays as it was posted.

    :param currency: as a rule the portfolio's.
    :raises NotAllowed, ValidationError:
    """
    row = LabourRate(
        portfolio=portfolio, program=program, resource=resource, role=role.strip(), rate=rate, starts_on=starts_on,
        currency=(currency or portfolio.currency).upper(), ends_on=ends_on, source=source,
    )  # fmt: skip
    policies.authorize(actor, "money.configure", row)
    _check(row)
    with activity.change(actor=actor, event=events.LABOUR_RATES_CHANGED, programs=costed(row)) as change:
        return change.create(row)


def correct(*, actor: Actor, row: LabourRate, reason: str = "", **new: Any) -> LabourRate:
    """Correct a rate, its days or its source. Whose it is stays: another resource's rate is another rate.

    Plans are costed anew at once; baselines and postings stay as they are.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "money.configure", row)
    if any(name in new for name in FIXED):
        raise ValidationError(_("A rate stays that of its resource or role. Add another."))
    wanted = LabourRate(**{f.attname: getattr(row, f.attname) for f in LabourRate._meta.concrete_fields})
    wanted.portfolio, wanted.resource = row.portfolio, row.resource
    new = new | ({"currency": new["currency"].upper()} if "currency" in new else {})
    for name, value in new.items():
        setattr(wanted, name, value)
    _check(wanted)
    with activity.change(
        actor=actor, event=events.LABOUR_RATES_CHANGED, programs=costed(row), reason=reason
    ) as change:
        return change.update(row, **new)


def delete(*, actor: Actor, row: LabourRate) -> None:
    """Take a rate back; its history stays in the audit. Work that no other rate covers is shown as unrated.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "money.configure", row)
    with activity.change(actor=actor, event=events.LABOUR_RATES_CHANGED, programs=costed(row)) as change:
        change.delete(row)


def costed(row: LabourRate) -> Iterable[Program]:
    """Return the programs that a rate may be used by: those that cost assigned work."""
    using = CostLine.objects.filter(from_assignments=True).values("program")
    scope = Q(pk=row.program_id) if row.program_id else Q(portfolio=row.portfolio_id)
    return Program.objects.filter(scope, pk__in=using)


def _check(row: LabourRate) -> None:
    """Refuse what the card can not hold, field by field."""
    wrong: dict[str, str] = {}
    if bool(row.resource) == bool(row.role):
        wrong["role"] = _("Give a resource or a role, one of the two.")
    if row.program and row.program.portfolio_id != row.portfolio_id:
        wrong["program"] = _("The program belongs to another portfolio.")
    if row.resource and row.resource.portfolio_id != row.portfolio_id:
        wrong["resource"] = _("The resource belongs to another portfolio.")
    if row.resource and row.resource.program_id and row.resource.program_id != row.program_id:
        wrong["resource"] = _("The resource belongs to one program; rate it on that program's card.")
    if row.resource and row.resource.kind != Resource.Kind.WORK:
        wrong["resource"] = _("Only people, roles and machines are paid by the hour.")
    if not currencies.is_known(row.currency):
        wrong["currency"] = _("“%(code)s” is no currency of ISO 4217, such as USD.") % {"code": row.currency}
    if row.rate < 0:
        wrong["rate"] = _("A rate can not be negative.")
    if row.ends_on and row.ends_on < row.starts_on:
        wrong["ends_on"] = _("The rate ends before it starts.")
    if wrong:
        raise ValidationError(wrong)
