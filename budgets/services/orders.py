"""Purchase orders: draft, place, close, cancel."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import currencies
from budgets.models import OrderLine, PurchaseOrder
from budgets.selectors import rates
from budgets.services import capital_bookings, categories
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change

State = PurchaseOrder.State
MOST_LINES = 200


def create(
    *, actor: Actor, program: Program, day: date, lines: Sequence[dict[str, Any]], **values: Any
) -> PurchaseOrder:
    """Draft an order. ``lines``: rows of ``description``, ``category``, ``nature``, ``quantity``, ``unit``, ``unit_price``,
    ``task``, ``expected_on``, ``needs_acceptance``, ``capital_request``. ``day``: of the rate, until it is placed.

    :raises NotAllowed:
    :raises ValidationError: naming the line (``lines``: row, column, reason).
    """
    order = PurchaseOrder(program=program, number=0, **_placed(program, values))
    policies.authorize(actor, "purchase.order", order)
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[program]) as change:
        last = PurchaseOrder.objects.filter(program=program).aggregate(last=Max("number"))["last"]
        order.number = (last or 0) + 1
        order.currency = order.currency or program.portfolio.currency
        order.rate = rate_for(program, order.currency, day)
        change.create(order)
        _write(change, order, lines)
        return order


def update(
    *, actor: Actor, order: PurchaseOrder, day: date, lines: Sequence[dict[str, Any]], **new: Any
) -> PurchaseOrder:
    """Change a draft; its lines are replaced.

    :raises NotAllowed, Conflict:
    :raises ValidationError: as :func:`create`, and if it was placed.
    """
    policies.authorize(actor, "purchase.order", order)
    program = order.program
    new = _placed(program, new, order)
    project = new.get("project", order.project)
    policies.authorize(actor, "purchase.order", PurchaseOrder(program=program, project=project))
    new["rate"] = rate_for(program, new.get("currency", order.currency), day)
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[program]) as change:
        _check_state(order, State.DRAFT)
        version = order.version
        changed = change.update(order, **new)
        if changed.version == version:
            change.bulk_update(PurchaseOrder.objects.filter(pk=order.pk, version=version))
            changed.version += 1
        change.bulk_delete(OrderLine.objects.filter(order=order))
        _write(change, changed, lines)
        return changed


def place(*, actor: Actor, order: PurchaseOrder, on: date) -> PurchaseOrder:
    """Order it: from now on it is committed, at the rate of this day.

    :raises NotAllowed, Conflict:
    :raises ValidationError: without lines, by nobody in person, or if it was placed already.
    """
    policies.authorize(actor, "purchase.order", order)
    if actor.user is None or actor.user.is_service:
        raise ValidationError(_("A person has to place an order."))
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[order.program]) as change:
        _check_state(order, State.DRAFT)
        lines = list(OrderLine.objects.filter(order=order))
        if not lines:
            raise ValidationError(_("Write down first what is ordered."))
        order.rate = rate_for(order.program, order.currency, on)
        for line in lines:
            amount = in_portfolio(order, line.original_amount)
            if amount != line.amount:
                OrderLine.objects.filter(pk=line.pk).update(amount=amount)
        rate = order.rate
        return change.update(
            _unchanged(order), state=State.PLACED, ordered_by_id=actor.user_id, ordered_on=on, rate=rate
        )


def close(*, actor: Actor, order: PurchaseOrder) -> PurchaseOrder:
    """Nothing more is expected of a placed order: what is left of it is no longer committed.

    :raises NotAllowed, Conflict, ValidationError:
    """
    return _move(actor, order, State.PLACED, State.CLOSED)


def cancel(*, actor: Actor, order: PurchaseOrder) -> PurchaseOrder:
    """Take an order back of which nothing came and nothing was charged.

    :raises NotAllowed, Conflict, ValidationError:
    """
    if order.deliveries.exists() or order.invoices.exists():
        raise ValidationError(_("Something of it came or was charged already. Close it instead."))
    return _move(actor, order, None, State.CANCELLED)


def _move(actor: Actor, order: PurchaseOrder, before: str | None, state: str) -> PurchaseOrder:
    policies.authorize(actor, "purchase.order", order)
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[order.program]) as change:
        if before is not None:
            _check_state(order, before)
        elif order.state in (State.CLOSED, State.CANCELLED):
            raise ValidationError(_("It is closed already."))
        return change.update(order, state=state)


def rate_for(program: Program, code: str, day: date) -> Any:
    """Return the rate of a currency on a day, None for the portfolio's own.

    :raises ValidationError: for an unknown currency, or one without a rate.
    """
    if code == program.portfolio.currency:
        return None
    if not currencies.is_known(code):
        raise ValidationError(
            {"currency": _("“%(code)s” is no currency of ISO 4217, such as USD.") % {"code": code}}
        )
    rate = rates.of_portfolio(program.portfolio_id).on(code, day)
    if rate is None:
        raise ValidationError(
            {"currency": _("There is no rate of %(code)s on or before %(day)s.") % {"code": code, "day": day}}
        )
    return rate


def in_portfolio(order: PurchaseOrder, amount: Decimal) -> Decimal:
    """Return an amount of the order in the portfolio's currency, at the order's rate."""
    if order.rate is None:
        return amount
    return currencies.convert(amount, order.rate.rate, order.program.portfolio.currency)


def worth(code: str, quantity: Decimal, price: Decimal) -> Decimal:
    """Return quantity × price, rounded half to even to the decimals of the currency (two at most)."""
    return currencies.rounded(quantity * price, min(2, currencies.exponent(code)))


def wrong(row: int, column: str, reason: str) -> ValidationError:
    """Return the refusal of one row: which, which column, why."""
    said = _("Line %(row)s, %(column)s: %(reason)s") % {"row": row, "column": column, "reason": reason}
    return ValidationError({"lines": said})


def _unchanged(order: PurchaseOrder) -> PurchaseOrder:
    """Return the order with the rate it was read with, so that a new one is seen as a change."""
    order.rate_id = PurchaseOrder.objects.values_list("rate_id", flat=True).get(pk=order.pk)
    return order


def _check_state(order: PurchaseOrder, *states: str) -> None:
    now = PurchaseOrder.objects.select_for_update().values_list("state", flat=True).get(pk=order.pk)
    if now not in states:
        raise ValidationError(_("The order is %(state)s.") % {"state": State(now).label})


def _placed(program: Program, values: dict[str, Any], before: PurchaseOrder | None = None) -> dict[str, Any]:
    vendor, contract, project = (values.get(name) for name in ("vendor", "contract", "project"))
    if vendor is not None and vendor.portfolio_id != program.portfolio_id:
        raise ValidationError({"vendor": _("“%(name)s” belongs to another portfolio.") % {"name": vendor}})
    for name, part in (("contract", contract), ("project", project)):
        if part is not None and part.program_id != program.pk:
            raise ValidationError({name: _("“%(name)s” belongs to another program.") % {"name": part}})
    whose = vendor.pk if vendor is not None else before.vendor_id if before else None
    if contract is not None and contract.vendor_id != whose:
        raise ValidationError({"contract": _("The contract is with another vendor.")})
    if contract is not None and contract.is_closed:
        raise ValidationError({"contract": _("The contract is closed.")})
    return dict(values)


def _write(change: Change, order: PurchaseOrder, lines: Sequence[dict[str, Any]]) -> None:
    if len(lines) > MOST_LINES:
        raise ValidationError({"lines": _("At most %(n)s lines.") % {"n": MOST_LINES}})
    program = order.program
    for number, given in enumerate(lines, 1):
        task, request = given.get("task"), given.get("capital_request")
        if task is not None and task.program_id != program.pk:
            raise wrong(number, _("task"), _("it belongs to another program"))
        if task is not None and order.project_id and task.project_id != order.project_id:
            raise wrong(number, _("task"), _("it belongs to another project than the order"))
        if not given.get("description", "").strip():
            raise wrong(number, _("description"), _("say what is ordered"))
        if given["quantity"] <= 0:
            raise wrong(number, _("quantity"), _("more than zero"))
        if given["unit_price"] < 0:
            raise wrong(number, _("unit price"), _("not less than zero"))
        try:
            if given.get("category"):
                categories.check(program.portfolio_id, given["category"])
            capital_bookings.check_booking(program, request)
            original = worth(order.currency, given["quantity"], given["unit_price"])
            change.create(
                OrderLine(
                    order=order, position=number, original_amount=original, amount=in_portfolio(order, original),
                    **given,
                )
            )  # fmt: skip
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            name, reasons = next(iter(told.items()))
            raise wrong(number, name or _("line"), " ".join(reasons)) from error
