"""From an order to its posted invoice: what comes, what is accepted, what matches, who may."""

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.engine.periods import CALENDAR_MONTHS
from budgets.models import Acceptance, Actual, Contract, Invoice, PurchaseOrder
from budgets.selectors import commitments, matches, procurement, revisions
from budgets.services import actuals, contracts, deliveries, invoices, orders, tolerances, vendors
from programs.policies import NotAllowed
from tests.factories import plans, purchases
from tests.factories.purchases import DAY, Purchase
from tpm import activity
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 25)


@pytest.fixture
def at() -> Purchase:
    return purchases.placed()


def _receive(at: Purchase, position: int, quantity: str, day: date = LATER, **more: Any) -> Any:
    row = {"order_line": at.line(position), "quantity": D(quantity), **more}
    return deliveries.receive(actor=at.manager, order=at.order, delivered_on=day, rows=[row])


def _invoice(at: Purchase, *rows: tuple[int, str, str], total: str, number: str = "A-1") -> Invoice:
    return invoices.enter(
        actor=at.controller, order=at.order, number=number, invoiced_on=LATER, total=D(total),
        rows=[{"order_line": at.line(p), "quantity": D(q), "unit_price": D(price)} for p, q, price in rows],
    )  # fmt: skip


def _left(at: Purchase) -> D:
    return procurement.committed(at.program.pk).get(at.project.pk, D(0))


def _in_cash_flow(at: Purchase) -> D:
    """What the cash flow and the budget grid show as committed."""
    parts = commitments.of(at.manager, CALENDAR_MONTHS, program=at.program)
    return sum((one.amount for one in parts if one.project_id == at.project.pk), D(0))


def test_a_matched_invoice_posts_its_cost_and_releases_what_was_committed(at: Purchase) -> None:
    assert _left(at) == D(6000)  # 10 × 100 + 5,000
    assert revisions.used(at.program)[at.project.pk].committed == D(6000)  # it binds the budget
    _receive(at, 1, "6")
    invoice = _invoice(at, (1, "6", "100"), total="600")
    posted = invoices.post(actor=at.controller, invoice=invoice, on=LATER)
    assert posted.state == "posted"
    [actual] = Actual.objects.all()
    assert (actual.amount, actual.project, actual.category, actual.posted_on) == (
        D(600),
        at.project,
        "hardware",
        LATER,
    )
    assert _left(at) == _in_cash_flow(at) == D(5400)
    with pytest.raises(ValidationError, match="invoice"):
        actuals.delete(actor=at.controller, actual=actual)
    invoices.reverse(actor=at.controller, invoice=posted, reason="Wrong vendor")
    assert sum(one.amount for one in Actual.objects.all()) == 0
    assert _left(at) == D(6000)


def test_what_has_not_come_is_not_posted_and_says_so(at: Purchase) -> None:
    _receive(at, 1, "6", rejected=D(1))
    invoice = _invoice(at, (1, "6", "100"), total="600")
    with pytest.raises(ValidationError, match="6 are charged in all, 5 were received"):
        invoices.post(actor=at.controller, invoice=invoice, on=LATER)
    assert not Actual.objects.exists()


def test_an_environment_counts_once_it_is_installed_and_accepted_by_somebody_else(at: Purchase) -> None:
    _receive(at, 2, "1", date(2026, 4, 10))
    invoice = _invoice(at, (2, "1", "5000"), total="5000")
    with pytest.raises(ValidationError, match="0 were received and accepted"):
        invoices.post(actor=at.controller, invoice=invoice, on=LATER)
    first = Acceptance.objects.get()
    with pytest.raises(ValidationError, match="Steps are open"):
        deliveries.decide(actor=at.manager, acceptance=first, accept=True, on=LATER)
    deliveries.decide(actor=at.manager, acceptance=first, accept=False, on=LATER, note="No network")
    second = deliveries.retry(actor=at.manager, acceptance=first)
    for step in second.steps.all():
        deliveries.set_step(
            actor=at.manager, step=step, done_on=LATER, evidence="Protocol 7", responsible="Ada"
        )
    with pytest.raises(ValidationError, match="placed the order"):
        deliveries.decide(actor=at.orderer, acceptance=second, accept=True, on=LATER)
    second = Acceptance.objects.select_related("order__program").get(pk=second.pk)
    deliveries.decide(actor=at.manager, acceptance=second, accept=True, on=LATER)
    assert invoices.post(actor=at.controller, invoice=invoice, on=LATER).posted_by_id == at.controller.user_id
    score = procurement.scores(actors.system(), [at.vendor.pk])[at.vendor.pk]
    assert (score.on_time, score.first_time, score.total) == (D(100), D(0), 50)


def test_the_database_refuses_an_invoice_posted_by_who_ordered(at: Purchase) -> None:
    _receive(at, 1, "1")
    invoice = _invoice(at, (1, "1", "100"), total="100")
    plans.grant(at.orderer.user, "FC", at.program)  # type: ignore[arg-type]
    both = actors.Actor(at.orderer.user, "web")  # his grants anew
    with pytest.raises(ValidationError, match="can not post its invoice"):
        invoices.post(actor=both, invoice=invoice, on=LATER)
    with (
        pytest.raises(ValidationError) as refusal,
        transaction.atomic(),
        activity.change(actor=actors.system(), event="tests", programs=[at.program]) as change,
    ):
        Invoice.objects.filter(pk=invoice.pk).update(
            state="posted", posted_by=at.orderer.user, posted_on=LATER
        )
        change.wrote()
    assert refusal.value.code == "invoice_by_orderer"


def test_a_tolerance_lets_small_differences_pass_once_two_persons_agreed(at: Purchase) -> None:
    owner = plans.member("PO", at.program.portfolio)
    controller = plans.member("FC", at.program.portfolio)
    drafted = tolerances.draft(
        actor=controller, portfolio=at.program.portfolio, effective_from=DAY, price_percent=D(2), amount=D(50)
    )
    _receive(at, 1, "10")
    invoice = _invoice(at, (1, "10", "101"), total="1010")
    with pytest.raises(ValidationError, match="higher than ordered"):
        invoices.post(actor=at.controller, invoice=invoice, on=LATER)
    with pytest.raises(ValidationError, match="somebody else"):
        tolerances.confirm(actor=controller, tolerance=drafted)
    drafted.refresh_from_db()
    tolerances.confirm(actor=owner, tolerance=drafted)
    [line] = matches.of_invoice(invoice, LATER)
    assert line.passing and not line.blocking
    invoices.post(actor=at.controller, invoice=invoice, on=LATER)
    assert _left(at) == D(5000)  # all ten switches are charged: nothing of them is committed any more


@pytest.mark.parametrize(
    ("row", "total", "why"),
    [
        ((1, "-1", "100"), "100", "Line 1, quantity"),
        ((1, "1", "-5"), "5", "Line 1, unit price"),
        ((1, "2", "100"), "199", "sum to 200.00"),
    ],
)
def test_a_bad_invoice_is_refused_with_its_row_and_nothing_is_written(
    at: Purchase, row: tuple[int, str, str], total: str, why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        _invoice(at, row, total=total)
    assert not Invoice.objects.exists()


def test_an_order_in_another_currency_is_committed_at_the_rate_of_its_day() -> None:
    program = plans.program()
    orderer = plans.member("TPM", program)
    vendor = vendors.create(actor=actors.system(), portfolio=program.portfolio, name="Acme", key="")
    line = {"description": "Licence", "quantity": D(3), "unit_price": D("33.33")}
    given = {"actor": orderer, "program": program, "day": DAY, "title": "Licences", "vendor": vendor}
    for code, why in (("ZZZ", "no currency"), ("USD", "no rate")):
        with pytest.raises(ValidationError, match=why):
            orders.create(lines=[line], currency=code, **given)
    from budgets.services import rates

    rates.create(actor=actors.system(), portfolio=program.portfolio, currency="USD", on=DAY, rate=D("0.9"))
    order = orders.create(lines=[line], currency="USD", **given)
    assert procurement.committed(program.pk) == {}
    orders.place(actor=orderer, order=order, on=DAY)
    assert procurement.committed(program.pk) == {0: D("89.99")}  # 99.99 USD × 0.9 = 89.991


def test_who_orders_keeps_no_vendors_and_a_name_is_there_once(at: Purchase) -> None:
    with pytest.raises(NotAllowed):
        vendors.create(actor=at.orderer, portfolio=at.program.portfolio, name="Mine Ltd", key="")
    with pytest.raises(ValidationError, match=r"Halden A\.S\."):
        vendors.create(actor=actors.system(), portfolio=at.program.portfolio, name="HALDEN AS", key="4711")


def test_a_contract_is_shown_when_its_notice_is_near(at: Purchase) -> None:
    made = contracts.create(
        actor=at.manager, program=at.program, vendor=at.vendor, description="Support", value=D(1000),
        starts_on=DAY, ends_on=DAY + timedelta(days=100), notice_days=60, renewal=Contract.Renewal.AUTOMATIC,
        milestones=[{"name": "Go-live", "task": None, "due_on": DAY, "amount": D(400)}],
    )  # fmt: skip
    assert made.supplier == "Halden A.S."
    assert procurement.expiring(at.manager, DAY, at.program) == []  # notice in 40 days
    [found] = procurement.expiring(at.manager, DAY + timedelta(days=10), at.program)
    assert (found.contract, found.days, found.renews) == (made, 90, True)
    with pytest.raises(ValidationError, match="ends before"):
        contracts.update(actor=at.manager, contract=made, ends_on=DAY - timedelta(days=1))


def test_only_an_untouched_order_is_cancelled_and_a_closed_one_commits_nothing(at: Purchase) -> None:
    _receive(at, 1, "1")
    with pytest.raises(ValidationError, match="Close it instead"):
        orders.cancel(actor=at.orderer, order=at.order)
    orders.close(actor=at.orderer, order=at.order)
    assert PurchaseOrder.objects.get().state == "closed"
    assert _left(at) == 0
