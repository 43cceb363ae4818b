"""Exchange rates: add, correct, take back. A rate that amounts were converted at keeps them in step."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import allocation, currencies
from budgets.models import (
    Actual,
    BudgetRevisionLine,
    CostLine,
    CostPortion,
    Estimate,
    EstimateLine,
    ExchangeRate,
    LabourRate,
)
from budgets.models.estimates import ORIGINALS, POINTS
from budgets.services.estimate_points import at_rate
from programs import policies
from programs.models import Portfolio, Program
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change


def create(
    *, actor: Actor, portfolio: Portfolio, currency: str, on: date, rate: Decimal, source: str = ""
) -> ExchangeRate:
    """Add what one unit of a currency is worth from a day on. What was posted before stays as it was posted.

    :raises NotAllowed, ValidationError:
    """
    row = ExchangeRate(portfolio=portfolio, currency=currency.upper(), on=on, rate=rate, source=source)
    policies.authorize(actor, "money.configure", row)
    _check(row)
    with activity.change(actor=actor, event=events.RATES_CHANGED, programs=_rated_in(row)) as change:
        return change.create(row)


def correct(*, actor: Actor, row: ExchangeRate, reason: str = "", **new: Any) -> ExchangeRate:
    """Correct a rate or its source; amounts that were converted at it are converted anew, in one change.

    Day and currency stay: a rate of another day is another rate.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if budgets were approved at this rate, or cost was posted at it in a period that is closed.
    """
    policies.authorize(actor, "money.configure", row)
    value = new.get("rate", row.rate)
    if value == row.rate:
        with activity.change(actor=actor, event=events.RATES_CHANGED, reason=reason) as change:
            return change.update(row, **new)
    if BudgetRevisionLine.objects.filter(rate=row).exists():
        raise ValidationError(
            {"rate": _("Budgets were set at this rate, and their revisions stay. Add a rate of a later day.")}
        )
    if EstimateLine.objects.filter(rate=row, estimate__state=Estimate.State.ISSUED).exists():
        raise ValidationError(
            {"rate": _("Estimates were issued at this rate, and they stay. Add a rate of a later day.")}
        )
    used = {*_programs(CostLine, row), *_programs(Actual, row), *_rated_in(row).values_list("pk", flat=True)}
    programs = Program.objects.filter(pk__in=used)
    try:
        with activity.change(
            actor=actor, event=events.RATES_CHANGED, programs=programs, reason=reason
        ) as change:
            if {*_programs(CostLine, row), *_programs(Actual, row)} - set(change.revisions):
                raise ValidationError(_("Amounts were posted at this rate meanwhile. Try again."))
            corrected = change.update(row, **new)
            _convert_anew(change, corrected)
    except IntegrityError as error:
        raise ValidationError(
            {"rate": _("Cost was posted at this rate in a period that is closed. Add a rate of a later day.")}
        ) from error
    return corrected


def delete(*, actor: Actor, rate: ExchangeRate) -> None:
    """Take a rate back that nothing was converted at.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if an amount names it.
    """
    policies.authorize(actor, "money.configure", rate)
    for model in (CostLine, Actual, BudgetRevisionLine, EstimateLine):
        if model._base_manager.filter(rate=rate).exists():
            raise ValidationError(
                _("Amounts were converted at this rate; it stays. Correct it, or add another.")
            )
    with activity.change(actor=actor, event=events.RATES_CHANGED, programs=_rated_in(rate)) as change:
        change.delete(rate)


def _rated_in(rate: ExchangeRate) -> QuerySet[Program]:
    """Return the programs that cost assigned work by rates in the currency of an exchange rate."""
    if not LabourRate.objects.filter(portfolio=rate.portfolio_id, currency=rate.currency).exists():
        return Program.objects.none()
    using = CostLine.objects.filter(from_assignments=True).values("program")
    return Program.objects.filter(portfolio=rate.portfolio_id, pk__in=using)


def _programs(model: type[CostLine] | type[Actual], rate: ExchangeRate) -> Iterable[int]:
    return model._base_manager.filter(rate=rate).values_list("program_id", flat=True).distinct()


def _convert_anew(change: Change, rate: ExchangeRate) -> None:
    lines = list(CostLine.objects.filter(rate=rate))
    actuals = list(Actual.objects.filter(rate=rate))
    rows: list[CostLine | Actual] = [*lines, *actuals]
    for row in rows:
        row.amount = currencies.convert(row.original_amount or Decimal(0), rate.rate, rate.portfolio.currency)
        row.version += 1
    CostLine.objects.bulk_update(lines, ["amount", "version"], batch_size=2000)
    Actual.objects.bulk_update(actuals, ["amount", "version"], batch_size=2000)
    for line in lines:
        if line.by_hand:
            _share_anew(line)
    drafts = list(EstimateLine.objects.filter(rate=rate).select_related("estimate__program__portfolio"))
    for draft in drafts:
        originals = {name: getattr(draft, name) for name in ORIGINALS}
        for name, value in at_rate(draft.estimate, originals, rate).items():
            setattr(draft, name, value)
        draft.version += 1
    EstimateLine.objects.bulk_update(drafts, [*POINTS, "version"], batch_size=2000)
    if lines or actuals or drafts:
        change.wrote()


def _share_anew(line: CostLine) -> None:
    """Bring the portions of a line that is phased by hand in proportion to its new amount, to the cent."""
    portions = list(CostPortion.objects.filter(line=line).order_by("starts_on"))
    weights = [abs(int(portion.amount * 100)) for portion in portions]
    for portion, share in zip(portions, allocation.allocate(int(line.amount * 100), weights), strict=True):
        portion.amount, portion.version = Decimal(share) / 100, portion.version + 1
    CostPortion.objects.bulk_update(portions, ["amount", "version"])


def _check(row: ExchangeRate) -> None:
    if not currencies.is_known(row.currency):
        raise ValidationError(
            {"currency": _("“%(code)s” is no currency of ISO 4217, such as USD.") % {"code": row.currency}}
        )
    if row.currency == row.portfolio.currency:
        raise ValidationError({"currency": _("This is the portfolio's own currency; it needs no rate.")})
