"""Orders and contracts as files: all of a program, and what happened to one order."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.models import Acceptance, Contract, PurchaseOrder
from budgets.selectors import matches, procurement
from programs.models import Program
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports
from tpm.lib.exports import Column

Table = tuple[Sequence[Column], Iterable[Sequence[Any]]]


@require_GET
def export(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """Orders by line, or contracts, of a program as a file."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if table not in TABLES or kind not in exports.FORMATS:
        raise Http404
    return exports.respond(kind, f"{program.code} {table}", *TABLES[table](actor, program))


@require_GET
def order(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """A table of one order as a file: one of :data:`OF_ORDER`."""
    actor = actors.from_request(request)
    found = procurement.order_for(actor, pk)
    if table not in OF_ORDER or kind not in exports.FORMATS:
        raise Http404
    return exports.respond(kind, f"{found.program.code} {found.key} {table}", *OF_ORDER[table](found))


def order_lines(orders: Iterable[PurchaseOrder]) -> Table:
    """Return the lines of orders with how far they are."""
    found = {one.pk: one for one in orders}
    columns = [
        Column(_("Order")), Column(_("Title"), 40), Column(_("Vendor"), 30), Column(_("State")), Column(_("Ordered"), 12),
        Column(_("No.")), Column(_("Description"), 40), Column(_("Category")), Column(_("Opex or capex")),
        Column(_("Quantity")), Column(_("Unit price")), Column(_("Currency")), Column(_("Amount")), Column(_("Came")),
        Column(_("Received")), Column(_("Charged")),
    ]  # fmt: skip
    body = (
        (
            found[one.line.order_id].key, found[one.line.order_id].title, str(found[one.line.order_id].vendor),
            found[one.line.order_id].get_state_display(), found[one.line.order_id].ordered_on, one.line.position,
            one.line.description, one.line.category, one.line.get_nature_display(), one.line.quantity,
            one.line.unit_price, found[one.line.order_id].currency, one.line.amount, one.came, one.received, one.charged,
        )
        for one in matches.progress(found.values()).values()
    )  # fmt: skip
    return columns, body


def contract_rows(found: Iterable[Contract]) -> Table:
    """Return contracts."""
    columns = [
        Column(_("Vendor"), 40), Column(_("Contract number"), 20), Column(_("Description"), 60), Column(_("Value")),
        Column(_("From"), 12), Column(_("To"), 12), Column(_("At its end")), Column(_("Notice in days")),
    ]  # fmt: skip
    body = (
        (
            str(one.vendor or one.supplier), one.reference, one.description, one.value, one.starts_on, one.ends_on,
            one.get_renewal_display(), one.notice_days,
        )
        for one in found
    )  # fmt: skip
    return columns, body


def _orders(actor: Actor, program: Program) -> Table:
    return order_lines(procurement.orders_of(actor, program=program))


def _contracts(actor: Actor, program: Program) -> Table:
    return contract_rows(procurement.contracts(actor).filter(program=program))


def _milestones(actor: Actor, program: Program) -> Table:
    columns = [
        Column(_("Vendor"), 40), Column(_("Contract number"), 20), Column(_("Milestone"), 40), Column(_("Task"), 40),
        Column(_("Due"), 12), Column(_("Amount")), Column(_("Currency")), Column(_("Done")),
    ]  # fmt: skip
    found = procurement.with_milestones(actor, procurement.contracts(actor).filter(program=program))
    body = (
        (
            str(row.contract.vendor or row.contract.supplier), row.contract.reference, one.milestone.name,
            one.task.name if one.task else "", one.day, one.milestone.amount,
            row.contract.currency or program.portfolio.currency, _("yes") if one.is_done else _("no"),
        )
        for row in found
        for one in row.agreed
    )  # fmt: skip
    return columns, body


def _lines(found: PurchaseOrder) -> Table:
    return order_lines([found])


def _deliveries(found: PurchaseOrder) -> Table:
    columns = [
        Column(_("Delivery")), Column(_("Delivered"), 12), Column(_("Received by"), 24), Column(_("No.")),
        Column(_("Description"), 40), Column(_("Came")), Column(_("Sent back")), Column(_("Note"), 40),
    ]  # fmt: skip
    came = (
        found.deliveries.select_related("received_by")
        .prefetch_related("lines__order_line")
        .order_by("number")
    )
    body = (
        (
            one.number, one.delivered_on, str(one.received_by), row.order_line.position, row.order_line.description,
            row.quantity, row.rejected, one.note,
        )
        for one in came
        for row in one.lines.all()
    )  # fmt: skip
    return columns, body


def _acceptance(found: PurchaseOrder) -> Table:
    columns = [
        Column(_("Description"), 40), Column(_("Delivery")), Column(_("Attempt")), Column(_("State")), Column(_("Decided"), 12),
        Column(_("Decided by"), 24), Column(_("Step")), Column(_("What"), 40), Column(_("Responsible"), 24),
        Column(_("Done"), 12), Column(_("Evidence"), 40),
    ]  # fmt: skip
    related = ("delivery_line__delivery", "delivery_line__order_line", "decided_by")
    rows = (
        Acceptance.objects.filter(order=found)
        .select_related(*related)
        .prefetch_related("steps")
        .order_by("pk")
    )
    body = (
        (
            one.delivery_line.order_line.description, one.delivery_line.delivery.number, one.attempt,
            one.get_state_display(), one.decided_on, str(one.decided_by or ""), step.position, step.name,
            step.responsible, step.done_on, step.evidence,
        )
        for one in rows
        for step in sorted(one.steps.all(), key=lambda step: step.position)
    )  # fmt: skip
    return columns, body


def _invoices(found: PurchaseOrder) -> Table:
    columns = [
        Column(_("Invoice"), 20), Column(_("State")), Column(_("Invoice date"), 12), Column(_("Payable"), 12),
        Column(_("Total")), Column(_("Currency")), Column(_("Posted on"), 12), Column(_("Posted by"), 24),
    ]  # fmt: skip
    rows = found.invoices.select_related("posted_by").order_by("-pk")
    body = (
        (
            one.number, one.get_state_display(), one.invoiced_on, one.due_on, one.total, found.currency, one.posted_on,
            str(one.posted_by or ""),
        )
        for one in rows
    )  # fmt: skip
    return columns, body


def _matches(found: PurchaseOrder) -> Table:
    columns = [
        Column(_("Invoice"), 20), Column(_("No.")), Column(_("Description"), 40), Column(_("Ordered")), Column(_("Received")),
        Column(_("Charged by posted invoices")), Column(_("This invoice")), Column(_("Price ordered")), Column(_("Price charged")),
        Column(_("Match")), Column(_("Reason"), 60),
    ]  # fmt: skip

    def verdict(one: matches.MatchedLine, state: str) -> str:
        if state != "entered":
            return ""
        if one.blocking:
            return _("does not match")
        return _("tolerated") if one.passing else _("matches")

    body = (
        (
            invoice.number, one.progress.line.position, one.progress.line.description, one.progress.line.quantity,
            one.progress.received, one.progress.charged, one.row.quantity, one.progress.line.unit_price,
            one.row.unit_price, verdict(one, invoice.state), " ".join([*one.blocking, *one.passing]),
        )
        for invoice, rows in matches.invoices_of(found, timezone.localdate(), matches.progress([found]))
        for one in rows
    )  # fmt: skip
    return columns, body


TABLES: dict[str, Callable[[Actor, Program], Table]] = {
    "orders": _orders,
    "contracts": _contracts,
    "milestones": _milestones,
}
OF_ORDER: dict[str, Callable[[PurchaseOrder], Table]] = {
    "lines": _lines,
    "deliveries": _deliveries,
    "acceptance": _acceptance,
    "invoices": _invoices,
    "matches": _matches,
}
