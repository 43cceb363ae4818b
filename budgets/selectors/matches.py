"""What was ordered, received, accepted and charged, line by line; and how an invoice matches it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.engine import matching
from budgets.models import Acceptance, DeliveryLine, Invoice, InvoiceLine, OrderLine, PurchaseOrder, Tolerance

ZERO = Decimal(0)
SAYS = {
    matching.Code.PRICE: gettext_lazy("the price %(found)s is higher than ordered (%(expected)s)"),
    matching.Code.ORDERED: gettext_lazy("%(found)s are charged in all, %(expected)s were ordered"),
    matching.Code.RECEIVED: gettext_lazy(
        "%(found)s are charged in all, %(expected)s were received and accepted"
    ),
}


@dataclass
class Progress:
    """Of one order line: quantities ordered, come, counted as received (accepted where agreed), charged by posted invoices."""

    line: OrderLine
    came: Decimal = ZERO
    received: Decimal = ZERO
    charged: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What has still to come."""
        rest: Decimal = self.line.quantity - self.came
        return max(ZERO, rest)


def progress(orders: Iterable[PurchaseOrder]) -> dict[int, Progress]:
    """Return how far the lines of orders are, by line: three queries."""
    ids = [order.pk for order in orders]
    found = {
        line.pk: Progress(line)
        for line in OrderLine.objects.filter(order__in=ids)
        .select_related("task", "capital_request")
        .order_by("order", "position")
    }
    state = Acceptance.objects.filter(delivery_line=OuterRef("pk")).order_by("-attempt").values("state")[:1]
    came = DeliveryLine.objects.filter(delivery__order__in=ids).annotate(decided=Subquery(state))
    for row in came:
        one = found[row.order_line_id]
        kept = row.quantity - row.rejected
        one.came += kept
        if not one.line.needs_acceptance or row.decided == Acceptance.State.ACCEPTED:
            one.received += kept
    charged = InvoiceLine.objects.filter(invoice__order__in=ids, invoice__state=Invoice.State.POSTED)
    for pk, total in charged.values_list("order_line").annotate(total=Sum("quantity")):
        found[pk].charged = total
    return found


def tolerance_on(portfolio_id: int, day: date) -> Tolerance | None:
    """Return the confirmed version in force on a day, None if nothing may differ."""
    return (
        Tolerance.objects.filter(portfolio=portfolio_id, effective_from__lte=day, confirmed_by__isnull=False)
        .order_by("-effective_from", "-number")
        .first()
    )


@dataclass(frozen=True)
class MatchedLine:
    """A line of an invoice with what was found. ``blocking``: why it can not be posted, ``passing``: what is tolerated."""

    row: InvoiceLine
    progress: Progress
    blocking: list[str] = field(default_factory=list)
    passing: list[str] = field(default_factory=list)


def of_invoice(invoice: Invoice, day: date) -> list[MatchedLine]:
    """Match an invoice as of now, by the tolerance of a day: five queries."""
    order = invoice.order
    done = progress([order])
    tolerance = tolerance_on(invoice.program.portfolio_id, day)
    limits = (
        matching.Limits(tolerance.price_percent, tolerance.quantity_percent, tolerance.amount)
        if tolerance
        else matching.Limits()
    )
    return [
        match_line(row, done[row.order_line_id], order, limits) for row in _lines([invoice.pk])[invoice.pk]
    ]


def match_line(
    row: InvoiceLine, done: Progress, order: PurchaseOrder, limits: matching.Limits
) -> MatchedLine:
    """Match one line."""
    line = done.line
    result = matching.match(
        matching.Charged(
            ordered=line.quantity,
            received=done.received,
            before=done.charged,
            quantity=row.quantity,
            ordered_price=line.unit_price,
            price=row.unit_price,
            rate=order.rate.rate if order.rate else Decimal(1),
        ),
        limits,
    )
    matched = MatchedLine(row, done)
    for one in result.differences:
        told = str(SAYS[one.code]) % {"found": _plain(one.found), "expected": _plain(one.expected)}
        said = _("Line %(row)s: %(what)s") % {"row": line.position, "what": told}
        (matched.passing if one.passes else matched.blocking).append(said)
    return matched


def invoices_of(
    order: PurchaseOrder, day: date, done: dict[int, Progress]
) -> list[tuple[Invoice, list[MatchedLine]]]:
    """Return the invoices of an order, the newest first, those not posted yet matched: three queries."""
    found = list(Invoice.objects.filter(order=order).select_related("posted_by", "program").order_by("-pk"))
    lines = _lines([one.pk for one in found])
    tolerance = tolerance_on(order.program.portfolio_id, day)
    limits = (
        matching.Limits(tolerance.price_percent, tolerance.quantity_percent, tolerance.amount)
        if tolerance
        else matching.Limits()
    )
    return [
        (
            one,
            [
                match_line(row, done[row.order_line_id], order, limits)
                if one.state == Invoice.State.ENTERED
                else MatchedLine(row, done[row.order_line_id])
                for row in lines[one.pk]
            ],
        )
        for one in found
    ]


def _lines(invoices: list[int]) -> dict[int, list[InvoiceLine]]:
    rows = (
        InvoiceLine.objects.filter(Q(invoice__in=invoices))
        .select_related("order_line__task__project", "order_line__capital_request")
        .order_by("order_line__position")
    )
    by_invoice: dict[int, list[InvoiceLine]] = defaultdict(list)
    for row in rows:
        by_invoice[row.invoice_id].append(row)
    return by_invoice


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
