"""Vendors, contracts and orders as people see them: scoped loaders, lists, commitments, scores, and what expires."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    DateField,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Round

from budgets.engine.periods import period_of
from budgets.models import (
    Acceptance,
    AcceptanceStep,
    Contract,
    ContractMilestone,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    OrderLine,
    PurchaseOrder,
    Tolerance,
    Vendor,
)
from budgets.selectors import periods
from programs.models import Program
from projects.models import Task
from tpm.accounts.actors import Actor

ZERO = Decimal(0)
MONEY: Any = DecimalField(max_digits=18, decimal_places=2)
SOON = 30


def vendors(actor: Actor) -> QuerySet[Any]:
    """Return the vendors of the portfolios in which the actor reads money, by name."""
    return Vendor.objects.visible_to(actor).select_related("portfolio").order_by("name", "pk")


def vendor_for(actor: Actor, pk: int) -> Vendor:
    """Return one vendor.

    :raises Vendor.DoesNotExist: if there is none that the actor may see.
    """
    found: Vendor = vendors(actor).get(pk=pk)
    return found


def contracts(actor: Actor) -> QuerySet[Any]:
    """Return the visible contracts, in the order they were made."""
    rows = Contract.objects.visible_to(actor)
    return rows.select_related("program__portfolio", "project", "vendor", "rate").order_by("pk")


def contract_for(actor: Actor, pk: int) -> Contract:
    """Return one contract.

    :raises Contract.DoesNotExist: if there is none that the actor may see.
    """
    found: Contract = contracts(actor).get(pk=pk)
    return found


@dataclass(frozen=True)
class Agreed:
    """A milestone of a contract. ``task`` is None where there is none, or the reader may not see it; ``day``: its own, else that on which
    the task finishes by the plan; ``is_done``: the task is finished."""

    milestone: ContractMilestone
    task: Task | None
    day: date | None

    @property
    def is_done(self) -> bool:
        return self.task is not None and self.task.actual_finish is not None


@dataclass(frozen=True)
class WithMilestones:
    contract: Contract
    agreed: list[Agreed]


def with_milestones(actor: Actor, found: Iterable[Contract]) -> list[WithMilestones]:
    """Return contracts with what was agreed in them, by day: two queries."""
    rows = list(found)
    by_contract: dict[int, list[ContractMilestone]] = defaultdict(list)
    for one in ContractMilestone.objects.filter(contract__in=[row.pk for row in rows]).order_by(
        "due_on", "pk"
    ):
        by_contract[one.contract_id].append(one)
    named = {one.task_id for milestones in by_contract.values() for one in milestones if one.task_id}
    tasks: dict[int, Task] = {}
    if named:
        tasks = Task.objects.visible_to(actor).select_related("schedule").in_bulk(named)

    def agreed(one: ContractMilestone) -> Agreed:
        task = tasks.get(one.task_id or 0)
        schedule = getattr(task, "schedule", None)
        finish = schedule.finish.date() if schedule is not None and schedule.finish else None
        return Agreed(one, task, one.due_on or finish)

    def by_day(one: Agreed) -> date:
        return one.day or date.max

    return [WithMilestones(row, sorted(map(agreed, by_contract[row.pk]), key=by_day)) for row in rows]


def orders(actor: Actor) -> QuerySet[Any]:
    """Return the visible orders, the newest first, with ``total`` and ``left`` (still committed)."""
    rows = PurchaseOrder.objects.visible_to(actor).select_related(
        "program__portfolio", "project", "vendor", "contract", "rate", "ordered_by"
    )
    sums = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    left = open_lines().filter(order=OuterRef("pk")).order_by().values("order")
    return rows.annotate(
        total=Coalesce(Subquery(sums.annotate(s=Sum("amount")).values("s")), Value(ZERO), output_field=MONEY),
        left=Coalesce(
            Subquery(left.annotate(s=Sum("committed")).values("s")), Value(ZERO), output_field=MONEY
        ),
    ).order_by("-pk")


def order_for(actor: Actor, pk: int) -> PurchaseOrder:
    """Return one order.

    :raises PurchaseOrder.DoesNotExist: if there is none that the actor may see.
    """
    found: PurchaseOrder = orders(actor).get(pk=pk)
    return found


def acceptance_for(actor: Actor, pk: int) -> Acceptance:
    """Return one acceptance.

    :raises Acceptance.DoesNotExist: if there is none that the actor may see.
    """
    rows = Acceptance.objects.visible_to(actor).select_related(
        "program__portfolio", "order__program", "delivery_line__order_line__task"
    )
    found: Acceptance = rows.get(pk=pk)
    return found


def step_for(actor: Actor, pk: int) -> AcceptanceStep:
    """Return one step of an acceptance.

    :raises AcceptanceStep.DoesNotExist: if there is none that the actor may see.
    """
    rows = AcceptanceStep.objects.filter(acceptance__in=Acceptance.objects.visible_to(actor))
    return rows.select_related("acceptance__program__portfolio", "acceptance__order__program").get(pk=pk)


def invoice_for(actor: Actor, pk: int) -> Invoice:
    """Return one invoice.

    :raises Invoice.DoesNotExist: if there is none that the actor may see.
    """
    rows = Invoice.objects.visible_to(actor).select_related(
        "program__portfolio", "project", "order__program__portfolio", "order__rate", "order__project"
    )
    found: Invoice = rows.get(pk=pk)
    return found


def tolerance_for(actor: Actor, pk: int) -> Tolerance:
    """Return one version of a tolerance.

    :raises Tolerance.DoesNotExist: if there is none that the actor may see.
    """
    found: Tolerance = Tolerance.objects.visible_to(actor).select_related("portfolio").get(pk=pk)
    return found


# ---- commitments ----------------------------------------------------------------------------------------------------


def open_lines() -> QuerySet[Any]:
    """Return the lines of placed orders with ``committed`` (ordered minus invoiced: the quantity that no posted invoice
    charged yet, at the ordered price and rate) and ``due`` (own day, else the task's finish, else the order's day)."""
    charged = (
        InvoiceLine.objects.filter(order_line=OuterRef("pk"), invoice__state=Invoice.State.POSTED)
        .order_by()
        .values("order_line")
        .annotate(s=Sum("quantity"))
        .values("s")
    )
    return OrderLine.objects.filter(order__state=PurchaseOrder.State.PLACED).annotate(
        open=Greatest(
            F("quantity") - Coalesce(Subquery(charged), Value(ZERO)), Value(ZERO),
            output_field=DecimalField(max_digits=14, decimal_places=3),
        ),
        committed=Round(F("amount") * F("open") / F("quantity"), 2, output_field=MONEY),
        due=Coalesce(
            F("expected_on"), Cast("task__schedule__finish", DateField()), F("order__expected_on"),
            F("order__ordered_on"),
        ),
        scope=Coalesce(F("task__project_id"), F("order__project_id"), Value(0)),
    )  # fmt: skip


def committed(program_id: int) -> dict[int, Decimal]:
    """Return what is ordered and not invoiced yet by project (0: the program's own): one query."""
    found = open_lines().filter(order__program=program_id).order_by().values_list("scope")
    return {scope: total for scope, total in found.annotate(s=Sum("committed")) if total}


def committed_by_month(actor: Actor, program: Program) -> dict[date, Decimal]:
    """Return what is committed by the first day of the fiscal period in which it is expected: two queries at most."""
    lines = open_lines().filter(order__in=PurchaseOrder.objects.visible_to(actor).filter(program=program))
    found = list(lines.order_by().values_list("due").annotate(s=Sum("committed")))
    rule = periods.rule_of(program.portfolio_id)
    by_month: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for due, total in found:
        if total:
            by_month[period_of(rule, due).starts_on] += total
    return dict(sorted(by_month.items()))


# ---- performance ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """Per cent, None where nothing was measured yet. ``deliveries``: delivered lines with a day they were expected on."""

    deliveries: int
    on_time: Decimal | None
    judged: int
    first_time: Decimal | None

    @property
    def total(self) -> int | None:
        """The mean of the two, rounded half to even; of the one that is known."""
        known = [one for one in (self.on_time, self.first_time) if one is not None]
        return round(sum(known, ZERO) / len(known)) if known else None


def scores(actor: Actor, vendor_ids: list[int]) -> dict[int, Score]:
    """Return how vendors performed in the orders that the actor sees: two queries.

    *On time*: delivered lines that came on or before the day they were expected (the line's own, else the order's).
    *Accepted first time*: of what came, lines of which nothing was sent back and, where acceptance is agreed, whose first
    attempt was accepted; attempts under way are not counted.
    """
    lines = (
        DeliveryLine.objects.filter(
            delivery__order__in=PurchaseOrder.objects.visible_to(actor), delivery__order__vendor__in=vendor_ids
        )
        .annotate(
            due=Coalesce("order_line__expected_on", "delivery__order__expected_on"),
            first=Subquery(
                Acceptance.objects.filter(delivery_line=OuterRef("pk"), attempt=1).values("state")[:1]
            ),
        )
        .values_list(
            "delivery__order__vendor", "delivery__delivered_on", "due", "rejected", "first",
            "order_line__needs_acceptance",
        )
    )  # fmt: skip
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for vendor, day, due, rejected, first, needs in lines:
        count = counts[vendor]
        if due is not None:
            count[0] += 1
            count[1] += day <= due
        if rejected or not needs or first in (Acceptance.State.ACCEPTED, Acceptance.State.REJECTED):
            count[2] += 1
            count[3] += not rejected and (not needs or first == Acceptance.State.ACCEPTED)
    return {
        pk: Score(count[0], _percent(count[1], count[0]), count[2], _percent(count[3], count[2]))
        for pk, count in counts.items()
    }


def _percent(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 100) / whole if whole else None


@dataclass(frozen=True)
class Delivered:
    """What came of an order line, the day it was due, and how its first acceptance ended ("" where none is agreed)."""

    line: DeliveryLine
    due: date | None
    first: str | None

    @property
    def order(self) -> PurchaseOrder:
        return self.line.delivery.order

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.line.delivery.delivered_on > self.due

    @property
    def verdict(self) -> str:
        """The first acceptance in words; empty where none is agreed."""
        return str(Acceptance.State(self.first).label) if self.first else ""


def deliveries_by(actor: Actor, vendor: Vendor) -> list[Delivered]:
    """Return what a vendor delivered in the orders that the actor sees, the latest first: one query."""
    found = (
        DeliveryLine.objects.filter(
            delivery__order__in=PurchaseOrder.objects.visible_to(actor).filter(vendor=vendor)
        )
        .annotate(
            due=Coalesce("order_line__expected_on", "delivery__order__expected_on"),
            first=Subquery(
                Acceptance.objects.filter(delivery_line=OuterRef("pk"), attempt=1).values("state")[:1]
            ),
        )
        .select_related("delivery__order__program", "order_line")
        .order_by("-delivery__delivered_on", "-pk")
    )
    return [Delivered(one, one.due, one.first) for one in found]


def invoices_by(actor: Actor, vendor: Vendor) -> QuerySet[Any]:
    """Return the visible invoices of a vendor, the newest first."""
    found = Invoice.objects.visible_to(actor).filter(order__vendor=vendor)
    return found.select_related("order__program", "program").order_by("-invoiced_on", "-pk")


# ---- what expires ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expiring:
    """A contract whose notice must be given by ``notice_by``; ``days`` are left until it ends (negative: it has ended)."""

    contract: Contract
    notice_by: date
    days: int

    @property
    def has_ended(self) -> bool:
        return self.days < 0 and self.contract.renewal != Contract.Renewal.AUTOMATIC

    @property
    def renews(self) -> bool:
        return self.contract.renewal == Contract.Renewal.AUTOMATIC

    @property
    def has_renewed(self) -> bool:
        """Tell that it went on by itself, and that nobody has written its new end down."""
        return self.days < 0 and self.renews


def expiring(actor: Actor, day: date, program: Program | None = None) -> list[Expiring]:
    """Return the open contracts whose day of notice has come or is near (``SOON`` days), the nearest end first: one query.

    A contract that ended more than a year ago is history and no alert.
    """
    rows = contracts(actor).filter(
        is_closed=False, ends_on__isnull=False, ends_on__gte=day - timedelta(days=365)
    )
    if program is not None:
        rows = rows.filter(program=program)
    found = []
    for one in rows.filter(ends_on__lte=day + timedelta(days=1000 + SOON)).order_by("ends_on", "pk"):
        assert one.ends_on is not None
        notice = one.ends_on - timedelta(days=one.notice_days)
        if notice - timedelta(days=SOON) <= day:
            found.append(Expiring(one, notice, (one.ends_on - day).days))
    return found


def waiting_invoices(actor: Actor, program: Program) -> int:
    """Return how many invoices of a program wait to be posted."""
    return Invoice.objects.visible_to(actor).filter(program=program, state=Invoice.State.ENTERED).count()


def orders_of(actor: Actor, *, program: Program | None = None, vendor: Vendor | None = None) -> QuerySet[Any]:
    """Return the visible orders of a program or with a vendor."""
    where = Q()
    if program is not None:
        where &= Q(program=program)
    if vendor is not None:
        where &= Q(vendor=vendor)
    return orders(actor).filter(where)
