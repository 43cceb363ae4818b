"""The tables of a vendor's page as files."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.models import Vendor
from budgets.selectors import procurement
from budgets.web.order_files import Table, contract_rows, order_lines
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports
from tpm.lib.exports import Column


@require_GET
def export(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """One of :data:`TABLES`."""
    actor = actors.from_request(request)
    vendor = procurement.vendor_for(actor, pk)
    if table not in TABLES or kind not in exports.FORMATS:
        raise Http404
    return exports.respond(kind, f"{vendor.name} {table}", *TABLES[table](actor, vendor))


def _contacts(actor: Actor, vendor: Vendor) -> Table:
    columns = [
        Column(_("Name"), 30),
        Column(_("Role"), 30),
        Column(_("E-mail"), 30),
        Column(_("Telephone"), 20),
    ]
    return columns, ((one.name, one.role, one.email, one.phone) for one in vendor.contacts.order_by("pk"))


def _contracts(actor: Actor, vendor: Vendor) -> Table:
    return contract_rows(procurement.contracts(actor).filter(vendor=vendor))


def _orders(actor: Actor, vendor: Vendor) -> Table:
    return order_lines(procurement.orders_of(actor, vendor=vendor))


def _deliveries(actor: Actor, vendor: Vendor) -> Table:
    columns = [
        Column(_("Order")), Column(_("Program"), 30), Column(_("Delivery")), Column(_("Expected"), 12),
        Column(_("Delivered"), 12), Column(_("Description"), 40), Column(_("Came")), Column(_("Sent back")),
        Column(_("Accepted")),
    ]  # fmt: skip
    body = (
        (
            one.order.key, one.order.program.name, one.line.delivery.number, one.due, one.line.delivery.delivered_on,
            one.line.order_line.description, one.line.quantity, one.line.rejected, one.verdict,
        )
        for one in procurement.deliveries_by(actor, vendor)
    )  # fmt: skip
    return columns, body


def _invoices(actor: Actor, vendor: Vendor) -> Table:
    columns = [
        Column(_("Invoice"), 20), Column(_("Order")), Column(_("Program"), 30), Column(_("State")), Column(_("Invoice date"), 12),
        Column(_("Payable"), 12), Column(_("Total")), Column(_("Currency")), Column(_("Posted on"), 12),
    ]  # fmt: skip
    body: Any = (
        (
            one.number, one.order.key, one.program.name, one.get_state_display(), one.invoiced_on, one.due_on, one.total,
            one.order.currency, one.posted_on,
        )
        for one in procurement.invoices_by(actor, vendor)
    )  # fmt: skip
    return columns, body


TABLES: dict[str, Callable[[Actor, Vendor], Table]] = {
    "contacts": _contacts,
    "contracts": _contracts,
    "orders": _orders,
    "deliveries": _deliveries,
    "invoices": _invoices,
}
