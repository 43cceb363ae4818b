"""Money of capital requests: committed, spent and expected against the authorisation, and what was capitalised or expensed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from budgets.engine import periods
from budgets.models import (
    Actual,
    ApprovalRound,
    AssetClass,
    CapitalRequest,
    Contract,
    CostLine,
    Nature,
    OrderLine,
    PurchaseOrder,
)
from budgets.models.approvals import Kind
from budgets.selectors.periods import rule_of
from programs.models import Portfolio, Program
from tpm.accounts.actors import Actor

State = CapitalRequest.State
NOTHING = Decimal(0)


# ---- money against the authorisation --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spend:
    """Money of one request, in the portfolio's currency. ``expected``: what it will have cost as far as is known: what is
    committed or (if more) spent, and what the owner still expects; without his word, the budget line that is its alone."""

    authorised: Decimal | None
    committed: Decimal
    spent: Decimal
    expected: Decimal
    threshold: Decimal

    @property
    def left(self) -> Decimal | None:
        """What is neither committed nor spent of what is authorised."""
        return None if self.authorised is None else self.authorised - max(self.committed, self.spent)

    @property
    def limit(self) -> Decimal | None:
        return None if self.authorised is None else self.authorised * self.threshold

    @property
    def threshold_percent(self) -> Decimal:
        return self.threshold * 100

    @property
    def overruns(self) -> bool:
        """Tell that it will cost more than the threshold allows; before it does, if somebody committed or expects it."""
        return self.limit is not None and self.expected > self.limit

    @property
    def is_overrun(self) -> bool:
        """Tell that more is committed or spent already than was authorised."""
        return self.left is not None and self.left < 0

    @property
    def beyond(self) -> Decimal:
        """By how much the expected cost exceeds what is authorised; zero if it does not."""
        return max(NOTHING, self.expected - (self.authorised or NOTHING))


def spend(requests: Sequence[CapitalRequest]) -> dict[int, Spend]:
    """Return the money of requests by id: five queries for all of them."""
    ids = [one.pk for one in requests]
    spent = _sums(Actual.objects.filter(capital_request__in=ids), "amount")
    committed = _committed(ids)
    lines = {one.cost_line_id for one in requests if one.cost_line_id}
    shared: dict[int, int] = defaultdict(int)
    for line in CapitalRequest.objects.filter(cost_line__in=lines).exclude(
        state__in=(State.REJECTED, State.WITHDRAWN)
    ).values_list("cost_line_id", flat=True):  # fmt: skip
        shared[line] += 1
    planned = {
        one.pk: one.cost for one in CostLine.objects.filter(pk__in=lines).costed().only("pk", "amount")
    }
    thresholds = {
        subject: threshold
        for subject, threshold in ApprovalRound.objects.filter(
            kind=Kind.CAPITAL_REQUEST, subject_id__in=ids, state=ApprovalRound.State.APPROVED
        ).values_list("subject_id", "policy__overrun_threshold")
    }
    found = {}
    for one in requests:
        base = max(committed.get(one.pk, NOTHING), spent.get(one.pk, NOTHING))
        if one.still_expected is not None:
            expected = base + one.still_expected
        elif one.cost_line_id and shared[one.cost_line_id] == 1:
            expected = max(base, planned.get(one.cost_line_id, NOTHING))
        else:
            expected = base
        found[one.pk] = Spend(
            one.authorised,
            committed.get(one.pk, NOTHING),
            spent.get(one.pk, NOTHING),
            expected,
            thresholds.get(one.pk, Decimal(1)),
        )
    return found


def _committed(ids: list[int]) -> dict[int, Decimal]:
    """Return contracts let and orders placed against requests; an order under a contract of the same request is part of it."""
    let = Contract.objects.filter(capital_request__in=ids).values_list("capital_request", "value")
    ordered = OrderLine.objects.filter(
        capital_request__in=ids, order__state=PurchaseOrder.State.PLACED
    ).exclude(order__contract__capital_request=F("capital_request"))
    sums: dict[int, Decimal] = {}
    for pk, amount in let.union(ordered.values_list("capital_request", "amount"), all=True):
        if amount is not None:
            sums[pk] = sums.get(pk, NOTHING) + amount
    return sums


def _sums(queryset: QuerySet[Any], name: str) -> dict[int, Decimal]:
    pairs = queryset.order_by().values_list("capital_request").annotate(total=Sum(name))
    return {pk: total for pk, total in pairs if total is not None}


@dataclass(frozen=True)
class Booked:
    """What is booked against a request: the newest postings, and the contracts."""

    actuals: list[Actual]
    contracts: list[Contract]


def booked(actor: Actor, request: CapitalRequest) -> Booked:
    """Return what is booked against a request, as far as the actor may read it: two queries."""
    contracts = Contract.objects.visible_to(actor).filter(capital_request=request).order_by("pk")
    return Booked(list(postings(actor, request)[:50]), list(contracts[:50]))


def postings(actor: Actor, request: CapitalRequest) -> QuerySet[Any]:
    """Return what was posted against a request, the newest first."""
    found = Actual.objects.visible_to(actor).filter(capital_request=request).select_related("project")
    return found.order_by("-posted_on", "-pk")


def commitments(actor: Actor, request: CapitalRequest) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return the contracts let and the lines of placed orders that count against a request, as far as the actor may read them."""
    let = Contract.objects.visible_to(actor).filter(capital_request=request).select_related("vendor")
    ordered = OrderLine.objects.filter(
        capital_request=request,
        order__in=PurchaseOrder.objects.visible_to(actor).filter(state=PurchaseOrder.State.PLACED),
    ).exclude(order__contract__capital_request=F("capital_request"))
    return let.order_by("pk"), ordered.select_related("order__vendor").order_by("order", "position")


def bookable_actuals(actor: Actor, request: CapitalRequest) -> QuerySet[Any]:
    """Return the postings of the request's program that name no request yet, the newest first."""
    found = Actual.objects.visible_to(actor).filter(program=request.program_id, capital_request=None)
    return found.select_related("program", "project").order_by("-posted_on", "-pk")


def bookable_contracts(actor: Actor, request: CapitalRequest) -> QuerySet[Any]:
    """Return the contracts of the request's program that name no request yet."""
    found = Contract.objects.visible_to(actor).filter(program=request.program_id, capital_request=None)
    return found.select_related("program", "project").order_by("supplier", "pk")


# ---- capitalised and expensed ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReportRow:
    """Money booked to one request in a fiscal year. ``construction``: capitalised before it was in service by that year's end."""

    asset_class: str
    asset_label: str
    request: CapitalRequest
    year: int
    capitalised: Decimal
    expensed: Decimal
    in_service_on: date | None


def report(
    actor: Actor, *, program: Program | None = None, portfolio: Portfolio | None = None
) -> list[ReportRow]:
    """Return what was capitalised and expensed, by asset class, request and fiscal year: three queries."""
    found_requests = CapitalRequest.objects.visible_to(actor).select_related("program")
    if program is not None:
        found_requests = found_requests.filter(program=program)
    if portfolio is not None:
        found_requests = found_requests.filter(program__portfolio=portfolio)
    requests = {one.pk: one for one in found_requests}
    if not requests:
        return []
    rule = rule_of(next(iter(requests.values())).program.portfolio_id)
    cells: dict[tuple[int, int], list[Decimal]] = {}
    booked = (
        Actual.objects.visible_to(actor)
        .filter(capital_request__in=requests)
        .order_by()
        .values_list("capital_request", "posted_on", "nature")
        .annotate(total=Sum("amount"))
    )
    for pk, day, nature, total in booked:
        cell = cells.setdefault((pk, periods.period_of(rule, day).year), [NOTHING, NOTHING])
        cell[1 if nature == Nature.OPEX else 0] += total
    found = [
        ReportRow(
            requests[pk].asset_class,
            str(AssetClass(requests[pk].asset_class).label),
            requests[pk],
            year,
            capitalised,
            expensed,
            requests[pk].in_service_on,
        )
        for (pk, year), (capitalised, expensed) in cells.items()
    ]
    return sorted(found, key=lambda row: (row.asset_label, row.year, row.request.pk))


def report_totals(found: Iterable[ReportRow]) -> list[tuple[str, int, Decimal, Decimal]]:
    """Return (asset class, fiscal year, capitalised, expensed) summed over requests."""
    sums: dict[tuple[str, int], list[Decimal]] = {}
    for row in found:
        cell = sums.setdefault((row.asset_label, row.year), [NOTHING, NOTHING])
        cell[0] += row.capitalised
        cell[1] += row.expensed
    return [(label, year, cell[0], cell[1]) for (label, year), cell in sorted(sums.items())]
