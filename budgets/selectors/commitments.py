"""What is committed, by fiscal period: lines of placed orders when they are expected, and contracts over their dates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from budgets.engine import allocation
from budgets.engine import periods as engine
from budgets.engine.periods import Rule
from budgets.models import Contract, OrderLine, PurchaseOrder
from budgets.selectors import procurement
from tpm.accounts.actors import Actor

ZERO = Decimal(0)
CALLED_OFF = (PurchaseOrder.State.PLACED, PurchaseOrder.State.CLOSED)


@dataclass(frozen=True)
class Commitment:
    """A part that falls into one period, or (``month`` None) has no date. ``project_id`` 0 is the program itself; the
    ``category`` of a contract is empty: it has none. Amounts are in the portfolio's currency."""

    program_id: int
    project_id: int
    category: str
    month: date | None
    amount: Decimal
    name: str
    detail: str


def of(actor: Actor, rule: Rule, **scope: Any) -> list[Commitment]:
    """Return all commitments of a scope (filters on program and project): four queries at most.

    An order's line counts with what was not invoiced yet, on the day it is expected, else when its task finishes, else on the
    order's day. A contract counts with what no order called off, spread by days over its dates.
    """
    orders = PurchaseOrder.objects.visible_to(actor).filter(**scope)
    found: list[Commitment] = []
    lines = procurement.open_lines().filter(order__in=orders).exclude(committed=ZERO)
    for line in lines.select_related("order__vendor").order_by("pk"):
        order = line.order
        found.append(
            Commitment(
                order.program_id,
                line.scope,
                line.category,
                engine.period_of(rule, line.due).starts_on,
                line.committed,
                line.description,
                f"{order.key} · {order.vendor}",
            )
        )
    called = dict(
        OrderLine.objects.filter(order__in=orders.filter(state__in=CALLED_OFF, contract__isnull=False))
        .values_list("order__contract")
        .annotate(s=Sum("amount"))
    )
    for contract in Contract.objects.visible_to(actor).filter(**scope, value__isnull=False).order_by("pk"):
        assert contract.value is not None
        open_value = contract.value - called.get(contract.pk, ZERO)
        if open_value > 0:
            found += _spread(contract, open_value, rule)
    return found


def _spread(contract: Contract, amount: Decimal, rule: Rule) -> list[Commitment]:
    def part(month: date | None, share: Decimal) -> Commitment:
        return Commitment(
            contract.program_id,
            contract.project_id or 0,
            "",
            month,
            share,
            contract.supplier,
            contract.description or contract.reference,
        )

    first, last = contract.starts_on or contract.ends_on, contract.ends_on or contract.starts_on
    if first is None or last is None:
        return [part(None, amount)]
    spanned = list(engine.covering(rule, first, last))
    days = [(min(one.ends_on, last) - max(one.starts_on, first)).days + 1 for one in spanned]
    shares = allocation.allocate(int(amount * 100), days)
    return [
        part(one.starts_on, Decimal(int(cents)).scaleb(-2))
        for one, cents in zip(spanned, shares, strict=True)
        if cents
    ]


def by_month(found: Sequence[Commitment]) -> dict[date, Decimal]:
    """Return the dated sums."""
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for one in found:
        if one.month is not None:
            sums[one.month] += one.amount
    return dict(sums)
