"""Invoices: entered, matched with order and receipt, posted, reversed. What does not match is not posted."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Actual, Invoice, InvoiceLine, OrderLine, PurchaseOrder
from budgets.selectors import matches, periods
from budgets.services import actuals
from budgets.services.deliveries import check_state
from budgets.services.orders import worth, wrong
from programs import policies
from tpm import activity
from tpm.accounts.actors import Actor

State = Invoice.State


def enter(*, actor: Actor, order: PurchaseOrder, rows: Sequence[dict[str, Any]], **values: Any) -> Invoice:
    """Write an invoice down as it was printed. ``rows``: ``order_line``, ``quantity``, ``unit_price``; ``values``: ``number``,
    ``invoiced_on``, ``due_on``, ``total``, ``note``.

    :raises NotAllowed:
    :raises ValidationError: naming row, column and reason; if the rows do not sum to the total.
    """
    policies.authorize(actor, "invoice.enter", order)
    due = values.get("due_on")
    if due is not None and due < values["invoiced_on"]:
        raise ValidationError({"due_on": _("That is before the invoice's date.")})
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[order.program]) as change:
        check_state(order, PurchaseOrder.State.PLACED, PurchaseOrder.State.CLOSED)
        invoice = change.create(Invoice(program=order.program, project=order.project, order=order, **values))
        known = {line.pk: line for line in OrderLine.objects.filter(order=order)}
        total = Decimal(0)
        for number, row in enumerate(rows, 1):
            line = known.get(row["order_line"])
            if line is None:
                raise wrong(number, _("position"), _("the order has no such line"))
            if row["quantity"] <= 0:
                raise wrong(number, _("quantity"), _("more than zero"))
            if row["unit_price"] < 0:
                raise wrong(number, _("unit price"), _("not less than zero"))
            amount = worth(order.currency, row["quantity"], row["unit_price"])
            total += amount
            change.create(
                InvoiceLine(
                    invoice=invoice, order_line=line, quantity=row["quantity"],
                    unit_price=row["unit_price"], amount=amount,
                )
            )  # fmt: skip
        if total != invoice.total:
            raise ValidationError(
                {
                    "total": _("The lines sum to %(sum)s, the invoice says %(total)s.")
                    % {"sum": f"{total:.2f}", "total": f"{invoice.total:.2f}"}
                }
            )
        return invoice


def delete(*, actor: Actor, invoice: Invoice) -> None:
    """Remove an invoice that was entered by mistake.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it was posted.
    """
    policies.authorize(actor, "invoice.enter", invoice)
    if invoice.state != State.ENTERED:
        raise ValidationError(_("A posted invoice does not change; reverse it, and enter it anew."))
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[invoice.program]) as change:
        change.delete(invoice)


def post(*, actor: Actor, invoice: Invoice, on: date) -> Invoice:
    """Post an invoice that matches: each line becomes actual cost of its task or project, and its quantity is no longer
    committed. Who placed the order can not (the database refuses it, too).

    :raises NotAllowed, Conflict:
    :raises ValidationError: saying what does not match; for a closed period, or a currency without a rate that day.
    """
    policies.authorize(actor, "actuals.post", invoice)
    if actor.user is None or actor.user.is_service:
        raise ValidationError(_("A person has to post an invoice."))
    order, program = invoice.order, invoice.program
    with actuals.Posting(actor, [program], _("Invoice %(number)s") % {"number": invoice.number}) as change:
        check_state(order, PurchaseOrder.State.PLACED, PurchaseOrder.State.CLOSED)
        if Invoice.objects.select_for_update().get(pk=invoice.pk).state != State.ENTERED:
            raise ValidationError(_("It was posted already."))
        found = matches.of_invoice(invoice, on)
        if blocked := [said for line in found for said in line.blocking]:
            raise ValidationError({"lines": blocked}, code="no_match")
        lines = [line.row for line in found]
        made = actuals.prepare(program, [_posting(order, one, on) for one in lines], Actual.Kind.POSTING)
        for line, actual in zip(lines, actuals.insert(change, made), strict=True):
            InvoiceLine.objects.filter(pk=line.pk).update(actual=actual)
        return change.update(invoice, state=State.POSTED, posted_by_id=actor.user_id, posted_on=on)


def reverse(*, actor: Actor, invoice: Invoice, on: date | None = None, reason: str) -> Invoice:
    """Take a posted invoice back: its postings get their opposites, its quantities are committed again.

    :raises NotAllowed, Conflict:
    :raises ValidationError: without a reason, if it is not posted, or no period is open.
    """
    policies.authorize(actor, "actuals.post", invoice)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken back.")})
    with actuals.Posting(actor, [invoice.program], reason.strip()) as change:
        if Invoice.objects.select_for_update().get(pk=invoice.pk).state != State.POSTED:
            raise ValidationError(_("Only a posted invoice is reversed."))
        books = periods.books(invoice.program.portfolio_id)
        posted = list(Actual.objects.filter(invoice_line__invoice=invoice).order_by("pk"))
        actuals.insert(
            change,
            [actuals.opposite(one, actuals.day_of_reversal(books, one, on)) for one in posted],
        )
        return change.update(invoice, state=State.REVERSED)


def _posting(order: PurchaseOrder, row: InvoiceLine, on: date) -> dict[str, Any]:
    line = row.order_line
    place = {"task": line.task} if line.task_id else {"project": order.project}
    return {
        **place,
        "posted_on": on,
        "currency": order.currency,
        "original_amount": row.amount,
        "category": line.category,
        "nature": line.nature,
        "capital_request": line.capital_request,
        "description": f"{order.key} {line.description}"[:300],
    }
