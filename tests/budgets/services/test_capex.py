"""Capital requests: tiers and split requests, pinned rates, money against the authorisation, the report."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from budgets.models import Actual, Budget, CapitalRequest, Contract, CostLine
from budgets.selectors import approvals as reads
from budgets.selectors import capex as selectors
from budgets.selectors import capital_money
from budgets.services import actuals, capex, capital_bookings, rates
from programs.policies import NotAllowed
from tests.factories import capex as stages
from tests.factories import plans
from tpm import activity
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def _actual(
    at: stages.Stage, amount: int, day: date, request: CapitalRequest, nature: str | None = None
) -> Actual:
    [row] = actuals.post(
        actor=at.fc, program=at.program, rows=[{"posted_on": day, "amount": Decimal(amount)}]
    )
    capital_bookings.book(actor=at.fc, row=row, request=request, nature=nature)
    return row


@pytest.mark.parametrize(
    ("amount", "tier"), [("10000.00", 0), ("10000.01", 1), ("100000.00", 1), ("100000.01", 2)]
)
def test_the_amount_chooses_the_tier_to_the_cent(amount: str, tier: int) -> None:
    at = stages.stage()
    _made, round_ = stages.submitted(at, amount)
    assert round_.tier == tier


def test_split_requests_of_one_vendor_or_line_count_together_for_90_days() -> None:
    at = stages.stage()
    with activity.change(actor=actors.system(), event="tests", programs=[at.program]) as change:
        line = change.create(
            CostLine(program=at.program, name="Network", amount=9000, starts_on="2026-01-05", ends_on="2026-02-05")
        )  # fmt: skip
    first, one = stages.submitted(at, "6000.00", vendor="ACME, Inc.", cost_line=line)
    assert (one.tier, one.counted) == (0, Decimal("6000.00"))
    _second, two = stages.submitted(at, "6000.00", vendor="acme inc")  # written otherwise, the same
    assert (two.tier, two.amount, two.counted) == (1, Decimal("6000.00"), Decimal("12000.00"))
    assert [(s["id"], s["reasons"]) for s in two.counted_with] == [(first.pk, ["vendor"])]
    third, three = stages.submitted(at, "6000.00", vendor="Somebody else", cost_line=line)
    assert [(s["id"], s["reasons"]) for s in three.counted_with] == [(first.pk, ["line"])]
    # What is rejected does not count, nor what is older than the policy's 90 days.
    stages.vote(at.es, _second, "reject", reason="No")
    for days, count in ((90, 1), (91, 0)):
        with activity.change(actor=actors.system(), event="tests", programs=[at.program]) as change:
            change.update(
                CapitalRequest.objects.get(pk=first.pk), submitted_at=timezone.now() - timedelta(days=days)
            )
        found = selectors.split_with(third, timezone.now().date(), 90)
        assert len(found) == count, days


def test_a_foreign_amount_is_counted_at_the_rate_of_the_day_and_pinned() -> None:
    at = stages.stage()
    rates.create(
        actor=at.fc, portfolio=at.program.portfolio, currency="USD", on=date(2026, 1, 1), rate=Decimal("0.9")
    )
    made, round_ = stages.submitted(at, "11000.00", currency="USD")
    assert (round_.amount, round_.tier, round_.rate) == (Decimal("9900.00"), 0, Decimal("0.9"))
    stages.vote(at.es, made)
    made.refresh_from_db()
    assert made.authorised == Decimal("9900.00")
    # Who wrote the rate has a hand in the amount.
    _other, second = stages.submitted(at, "20000.00", currency="USD", vendor="Other")
    assert at.fc.user_id in reads.kept_out("capital_request", second.subject_id)
    with pytest.raises(ValidationError) as error:
        stages.submitted(at, "1.00", currency="CHF")
    assert "CHF" in str(error.value)


def test_what_can_not_be_submitted_says_why() -> None:
    at = stages.stage()
    empty = capex.create(actor=at.tpm, program=at.program, amounts=[], title="Empty", currency="EUR")
    with pytest.raises(ValidationError) as error:
        capex.submit(actor=at.tpm, request=empty, at=timezone.now())
    assert set(error.value.message_dict) == {"amounts", "business_case"}
    without = stages.stage(effective_from=timezone.now().date() + timedelta(days=1))
    with pytest.raises(ValidationError, match="no approval policy"):
        stages.submitted(without)
    with pytest.raises(NotAllowed):
        stages.request(at, actor=plans.member("FC", at.program))
    with pytest.raises(ValidationError, match="stands twice"):
        capex.create(
            actor=at.tpm, program=at.program, title="Twice", currency="EUR",
            amounts=[{"year": 2026, "amount": 1}, {"year": 2026, "amount": 2}],
        )  # fmt: skip


def test_it_warns_before_the_overrun_happens() -> None:
    at = stages.stage(overrun_threshold=Decimal("0.90"))
    made = stages.approved(at, "5000.00")
    _actual(at, 1000, date(2026, 2, 2), made)
    with activity.change(actor=actors.system(), event="tests", programs=[at.program]) as change:
        contract = change.create(Contract(program=at.program, supplier="ACME", value=Decimal(3000)))
    capital_bookings.book(actor=plans.member("TPM", at.program), row=contract, request=made)
    money = capital_money.spend([made])[made.pk]
    assert (money.committed, money.spent, money.left, money.overruns) == (3000, 1000, 2000, False)
    capex.record(
        actor=at.tpm, request=CapitalRequest.objects.get(pk=made.pk), still_expected=Decimal("1500.01")
    )
    made.refresh_from_db()
    money = capital_money.spend([made])[made.pk]
    assert (money.expected, money.limit) == (Decimal("4500.01"), Decimal("4500.00"))
    assert money.overruns and not money.is_overrun  # known before it is spent
    _actual(at, 4500, date(2026, 3, 2), made)
    assert capital_money.spend([made])[made.pk].is_overrun


def test_money_is_booked_only_against_what_is_authorised_and_keeps_it_from_being_reworked() -> None:
    at = stages.stage()
    draft = stages.request(at, vendor="Other")
    with pytest.raises(ValidationError):
        _actual(at, 10, date(2026, 2, 2), draft)
    made = stages.approved(at)
    _actual(at, 10, date(2026, 2, 2), made)
    with pytest.raises(ValidationError, match="supplement"):
        capex.update(actor=at.tpm, request=CapitalRequest.objects.get(pk=made.pk), title="Bigger switch")
    capex.close(actor=at.tpm, request=CapitalRequest.objects.get(pk=made.pk), at=timezone.now())
    with pytest.raises(ValidationError):
        _actual(at, 10, date(2026, 2, 2), CapitalRequest.objects.get(pk=made.pk))


def test_the_report_tells_capitalised_from_expensed_by_class_and_fiscal_year() -> None:
    at = stages.stage()
    made = stages.approved(at)
    _actual(at, 1000, date(2026, 12, 31), made)
    _actual(at, 200, date(2026, 12, 31), made, nature="opex")  # training can not be capitalised
    _actual(at, 300, date(2027, 1, 1), made)
    capex.record(
        actor=at.tpm, request=CapitalRequest.objects.get(pk=made.pk), in_service_on=date(2027, 1, 15)
    )
    found = capital_money.report(at.tpm, program=at.program)
    assert [(row.asset_class, row.year, row.capitalised, row.expensed) for row in found] == [
        ("hardware", 2026, 1000, 200),
        ("hardware", 2027, 300, 0),
    ]
    assert {row.in_service_on for row in found} == {date(2027, 1, 15)}
    assert sum(row.capitalised + row.expensed for row in found) == capital_money.spend([made])[made.pk].spent


def test_the_impact_counts_what_else_is_authorised_in_the_same_scope() -> None:
    at = stages.stage()
    stages.approved(at, "5000.00")
    with activity.change(actor=actors.system(), event="tests", programs=[at.program]) as change:
        change.create(Budget(program=at.program, approved=Decimal(8000)))
    made, round_ = stages.submitted(at, "3000.01", vendor="Other")
    found = selectors.impact(made, round_)
    assert (found.authorised_before, found.authorised_after, found.exceeds) == (
        5000,
        Decimal("8000.01"),
        True,
    )


def test_the_inbox_shows_what_waits_for_me_and_for_whom_i_stand_in() -> None:
    at = stages.stage()
    made, _round = stages.submitted(at, "50000.00")
    now = timezone.now()
    assert [item.request.pk for item in reads.waiting(at.es, now)] == [made.pk]
    assert reads.waiting(at.fc, now) == []  # the second step
    assert [item.request.pk for item in reads.inbox(at.tpm, now).asked] == [made.pk]
    auditor = plans.member("AU", at.program.portfolio)
    stages.approvals.delegate(
        actor=at.es, to=auditor.user, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    [item] = reads.waiting(auditor, now)
    assert item.way is not None and item.way.principal == at.es.user
    stages.vote(auditor, made, principal=at.es.user_id)
    assert reads.waiting(at.es, now) == []
    assert [item.request.pk for item in reads.waiting(at.fc, now)] == [made.pk]
