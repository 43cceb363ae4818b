"""Cost estimates: PERT by hand, versions that stay, differences that sum, the program as the sum of its parts."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from budgets.engine import estimating
from budgets.engine.estimating import Points
from budgets.models import Budget, BudgetRevision, Estimate, EstimateLine, ExchangeRate
from budgets.selectors import estimates as selectors
from budgets.services import budgets, estimate_imports, estimates, rates
from budgets.services.row_errors import RowsRefused
from programs.policies import NotAllowed
from tests.factories import plans
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
TODAY = date(2026, 2, 2)


def test_pert_by_hand() -> None:
    # (60 + 4 · 90 + 180) / 6 = 100; (180 − 60) / 6 = 20
    one = estimating.expected(Points(Decimal(60), Decimal(90), Decimal(180)))
    assert (one.mean, one.deviation, one.p50, one.p80) == (100, 20, 100, Decimal("116.83"))
    # the second: mean (100 + 4 · 100 + 190) / 6 = 115, deviation 15; together 215, √(400 + 225) = 25; P80 = 215 + 0.8416 · 25
    other = estimating.expected(Points(Decimal(100), Decimal(100), Decimal(190)))
    both = estimating.total([one, other])
    assert (both.mean, both.deviation, both.p80) == (215, 25, Decimal("236.04"))
    # half a cent goes to the even one: (0 + 4 · 0 + 0.03) / 6 = 0.005, (0 + 0 + 0.09) / 6 = 0.015
    means = [
        estimating.expected(Points(Decimal(0), Decimal(0), Decimal(text))).mean for text in ("0.03", "0.09")
    ]
    assert means == [Decimal("0.00"), Decimal("0.02")]
    single = estimating.expected(Points(Decimal(7), Decimal(7), Decimal(7)))
    assert (single.mean, single.deviation, single.p80) == (7, 0, 7)


def _line(estimate: Estimate, name: str, *points: Any, **more: Any) -> EstimateLine:
    given = {"likely": Decimal(points[0])} if len(points) == 1 else dict(
        zip(("optimistic", "likely", "pessimistic"), map(Decimal, points), strict=True)
    )  # fmt: skip
    return estimates.put_line(actor=SYSTEM, estimate=estimate, name=name, **given, **more)


def _issue(estimate: Estimate) -> Estimate:
    return estimates.issue(actor=SYSTEM, estimate=estimate, at=timezone.now())


def test_versions_stay_compare_roll_up_and_become_the_forecast() -> None:
    program = plans.program()
    network, software = plans.project(program), plans.project(program)
    first = estimates.begin(
        actor=SYSTEM, program=program, project=network, prepared_on=TODAY, title="Network", estimate_class=4,
        confidence=60, basis="Floor plans of 12 January; prices of 2025; no civil works.",
    )  # fmt: skip
    _line(first, "Cable", 60, 90, 180, key="CAB", category="hardware", method="three_point")
    _line(first, "Switches", 100, 100, 190, key="SWI", category="hardware", method="quote")
    _line(first, "Survey", 50, key="SUR", category="services", method="expert")
    first = _issue(Estimate.objects.get(pk=first.pk))
    with pytest.raises(ValidationError):
        _line(first, "Late idea", 5)
    for act in (
        lambda: EstimateLine.objects.filter(key="CAB").update(likely=1),
        lambda: EstimateLine.objects.filter(key="CAB").delete(),
        lambda: Estimate.objects.filter(pk=first.pk).update(title="Other"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():  # the database holds it, too
            act()
    second = estimates.begin(actor=SYSTEM, program=program, project=network, prepared_on=TODAY)
    assert (second.number, second.lines.count(), second.estimate_class) == (2, 3, 4)
    with pytest.raises(ValidationError):
        estimates.begin(actor=SYSTEM, program=program, project=network, prepared_on=TODAY)
    lines = {line.key: line for line in second.lines.all()}
    estimates.put_line(
        actor=SYSTEM,
        estimate=second,
        line=lines["CAB"],
        likely=Decimal(105),
        basis="Twelve rooms instead of ten",
    )  # (60 + 420 + 180) / 6 = 110
    estimates.delete_line(actor=SYSTEM, line=lines["SUR"])
    _line(second, "Racks", 30, category="hardware")
    second = _issue(Estimate.objects.get(pk=second.pk))
    found = selectors.compare(selectors.get_for(SYSTEM, first.pk), selectors.get_for(SYSTEM, second.pk))
    assert [(c.kind, c.key, c.fields, c.delta) for c in found.changes] == [
        ("changed", "CAB", ("likely", "basis"), 10), ("added", "L001", (), 30), ("removed", "SUR", (), -50),
    ]  # fmt: skip
    assert found.old.expected.mean == 265 and found.new.expected.mean == 255
    assert found.delta == sum(change.delta for change in found.changes) == -10
    assert (found.new.low, found.new.likely, found.new.high) == (190, 235, 400)

    own = estimates.begin(
        actor=SYSTEM, program=program, project=None, prepared_on=TODAY, title="Management", estimate_class=3, basis="Two people"
    )  # fmt: skip
    _line(own, "Office", 0, 0, 360, category="labour")  # 60, deviation 60
    _issue(own)
    rolled = selectors.of_program(SYSTEM, program)
    # 255 + 60; √(20² + 15² + 60²) = 65
    assert (rolled.total.expected.mean, rolled.total.expected.deviation) == (315, 65)
    assert rolled.estimate_class == 4 and [one.pk for one in rolled.missing] == [software.pk]
    assert rolled.total.expected.mean == sum(scope.sums.expected.mean for scope in rolled.scopes)

    with pytest.raises(ValidationError):
        estimates.take_over(actor=SYSTEM, estimate=second)  # no budget yet
    budgets.approve(actor=SYSTEM, program=program, project=network, approved=Decimal(250))
    estimates.take_over(actor=SYSTEM, estimate=second, percentile="p80")
    budget = Budget.objects.get()
    assert (budget.approved, budget.forecast) == (250, Decimal("276.04"))  # 255 + 0.8416 · 25
    revision = BudgetRevision.objects.get(kind="forecast")
    assert {line.category: line.amount for line in revision.lines.all()} == {
        "hardware": 255,
        "": Decimal("21.04"),
    }
    assert "version 2 (P80)" in revision.reason
    with pytest.raises(NotAllowed):
        estimates.take_over(actor=plans.member("CO", program), estimate=second)


def test_what_an_estimate_can_not_hold_is_refused_by_field_and_row() -> None:
    program = plans.program()
    draft = estimates.begin(actor=SYSTEM, program=program, project=None, prepared_on=TODAY, title="Draft")
    with pytest.raises(ValidationError):
        _issue(draft)  # nothing in it
    for field, given in (
        ("optimistic", {"optimistic": 5, "likely": 4, "pessimistic": 6}), ("pessimistic", {"optimistic": 1, "likely": 4, "pessimistic": 3}),
        ("likely", {"likely": -1}), ("quantity", {"likely": 1, "quantity": -2}), ("category", {"likely": 1, "category": "gold"}),
        ("pessimistic", {"optimistic": 1, "likely": 4}),
    ):  # fmt: skip
        values = {name: value if name == "category" else Decimal(value) for name, value in given.items()}
        with pytest.raises(ValidationError) as refused:
            estimates.put_line(actor=SYSTEM, estimate=draft, name="Line", **values)
        assert field in refused.value.message_dict
    _line(draft, "Line", 1)
    with pytest.raises(ValidationError) as refused:
        _issue(draft)
    assert "basis" in refused.value.message_dict

    def load(text: str, *, dry_run: bool) -> int:
        files = {"lines.csv": io.BytesIO(text.encode())}
        return estimate_imports.load(actor=SYSTEM, estimate=draft, files=files, dry_run=dry_run)

    good = "key,name,likely,optimistic,pessimistic,category,method\nA,Cable,90,60,180,hardware,three_point\nB,Survey,50,,,services,expert\n"
    assert load(good, dry_run=True) == 2 and draft.lines.count() == 1
    assert load(good, dry_run=False) == 2 and list(draft.lines.values_list("key", flat=True)) == ["A", "B"]
    bad = (
        "key,name,likely,quantity,category,method\nA,Cable,-1,1,hardware,magic\nA,,5,-1,gold,\nC,Wire,x,,,\n"
    )
    with pytest.raises(RowsRefused) as rows:
        load(bad, dry_run=False)
    assert {(one.row, one.column) for one in rows.value.errors} == {
        (2, "likely"), (2, "method"), (3, "key"), (3, "name"), (3, "quantity"), (3, "category"), (4, "likely"),
    }  # fmt: skip
    assert draft.lines.count() == 2


def test_a_line_in_another_currency_keeps_what_was_given_and_counts_at_the_rate_of_the_day_of_its_estimate() -> (
    None
):
    program = plans.program()
    portfolio = program.portfolio

    def rate(on: date, value: str) -> ExchangeRate:
        return rates.create(actor=SYSTEM, portfolio=portfolio, currency="USD", on=on, rate=Decimal(value))

    january, march = rate(date(2026, 1, 1), "0.90"), rate(date(2026, 3, 1), "0.95")
    first = estimates.begin(actor=SYSTEM, program=program, project=None, prepared_on=TODAY, title="Sites")
    points = {
        "original_optimistic": Decimal(60),
        "original_likely": Decimal(90),
        "original_pessimistic": Decimal("180.05"),
    }
    line = estimates.put_line(actor=SYSTEM, estimate=first, name="Steel", key="S", currency="usd", **points)
    # 60 × 0.9, 90 × 0.9, 180.05 × 0.9 = 162.045 → the even cent
    assert (line.optimistic, line.likely, line.pessimistic) == (54, 81, Decimal("162.04"))
    assert (line.currency, line.original_pessimistic, line.rate_id) == ("USD", Decimal("180.05"), january.pk)
    _line(first, "Labour", 100, key="L")
    shown = selectors.sums(selectors.costed(selectors.get_for(SYSTEM, first.pk)))
    assert shown.likely == 181 and [(one.currency, one.on, one.rate) for one in shown.rates] == [
        ("USD", date(2026, 1, 1), Decimal("0.90"))
    ]
    for field, given in (
        ("currency", {"currency": "XYZ", "original_likely": Decimal(1)}), ("currency", {"currency": "CHF", "original_likely": Decimal(1)}),
        ("likely", {"currency": "USD", "likely": Decimal(1)}), ("original_likely", {"currency": "USD", "original_likely": Decimal("1.005")}),
        ("currency", {"original_likely": Decimal(1)}), ("original_pessimistic", {"currency": "USD", "original_optimistic": Decimal(1), "original_likely": Decimal(1)}),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            estimates.put_line(actor=SYSTEM, estimate=first, name="Line", **given)
        assert list(refused.value.message_dict) == [field]
    # a draft follows a corrected rate, an issued version does not; another day has another rate
    rates.correct(actor=SYSTEM, row=ExchangeRate.objects.get(pk=january.pk), rate=Decimal("0.91"))
    assert EstimateLine.objects.get(key="S").likely == Decimal("81.90")
    estimates.update(actor=SYSTEM, estimate=Estimate.objects.get(pk=first.pk), prepared_on=date(2026, 3, 2))
    assert EstimateLine.objects.get(key="S").likely == Decimal("85.50")
    with pytest.raises(ValidationError):  # no rate by then
        estimates.update(
            actor=SYSTEM, estimate=Estimate.objects.get(pk=first.pk), prepared_on=date(2025, 3, 2)
        )
    estimates.update(
        actor=SYSTEM, estimate=Estimate.objects.get(pk=first.pk), prepared_on=TODAY, basis="Offers"
    )
    issued = _issue(Estimate.objects.get(pk=first.pk))
    for act in (
        lambda: rates.correct(actor=SYSTEM, row=ExchangeRate.objects.get(pk=january.pk), rate=Decimal(1)),
        lambda: rates.delete(actor=SYSTEM, rate=ExchangeRate.objects.get(pk=january.pk)),
    ):
        with pytest.raises(ValidationError):
            act()
    # the next version counts at the rate of its own day, and the comparison says so: 100 dollars at 0.95
    second = estimates.begin(actor=SYSTEM, program=program, project=None, prepared_on=date(2026, 3, 5))
    steel = second.lines.get(key="S")
    assert (steel.likely, steel.rate_id, steel.original_likely) == (Decimal("85.50"), march.pk, 90)
    found = selectors.compare(selectors.get_for(SYSTEM, issued.pk), selectors.get_for(SYSTEM, second.pk))
    assert [(c.key, c.fields) for c in found.changes] == [("S", ("rate",))]
    assert [one.rate for one in found.new.rates] == [Decimal("0.95")] and found.delta == found.changes[
        0
    ].delta
    # a file gives the points in the currency beside them; in the portfolio's own it says none, or its code
    own = portfolio.currency
    text = f"key,name,likely,currency\nS,Steel,100,usd\nL,Labour,7,{own}\nM,More,8,\n"
    files = {"lines.csv": io.BytesIO(text.encode())}
    assert estimate_imports.load(actor=SYSTEM, estimate=second, files=files, dry_run=False) == 3
    assert {line.key: (line.likely, line.currency) for line in second.lines.all()} == {
        "S": (95, "USD"), "L": (7, None), "M": (8, None),
    }  # fmt: skip
    bad = {"lines.csv": io.BytesIO(b"key,name,likely,currency\nS,Steel,100,XYZ\nL,Labour,-7,USD\n")}
    with pytest.raises(RowsRefused) as wrong:
        estimate_imports.load(actor=SYSTEM, estimate=second, files=bad, dry_run=False)
    assert [(one.row, one.column) for one in wrong.value.errors] == [(2, "currency"), (3, "likely")]
    assert second.lines.count() == 3
