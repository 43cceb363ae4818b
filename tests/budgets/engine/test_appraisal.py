"""Appraisal against published examples."""

from decimal import Decimal

import pytest

from budgets.engine.appraisal import appraise


def _of(flows: list[int], rate: str):
    """Appraise a series of net flows, in whole units (as cents)."""
    outlays = [max(0, -flow) * 100 for flow in flows]
    return appraise(outlays, [max(0, flow) * 100 for flow in flows], Decimal(rate))


def test_npv_of_the_numpy_financial_manual() -> None:
    # numpy_financial.npv, "Examples": −40 000, 5 000, 8 000, 12 000, 30 000 at 8 % is 3065.22267
    assert _of([-40_000, 5_000, 8_000, 12_000, 30_000], "0.08").npv == 306_522


@pytest.mark.parametrize(
    ("flows", "irr"),
    [  # numpy_financial.irr, "Examples"; the last: Wikipedia, "Internal rate of return", 5.96 %
        ([-100, 39, 59, 55, 20], "0.28095"),
        ([-100, 0, 0, 74], "-0.0955"),
        ([-100, 100, 0, 7], "0.06206"),
        ([-123_400, 36_200, 54_800, 48_100], "0.0596"),
    ],
)
def test_irr_of_published_examples(flows: list[int], irr: str) -> None:
    found = _of(flows, "0.1").irr
    assert found is not None
    assert abs(found - Decimal(irr)) < Decimal("0.00006")


def test_npv_falls_to_nothing_at_the_irr() -> None:
    flows = [-123_400, 36_200, 54_800, 48_100]
    irr = _of(flows, "0").irr
    assert irr is not None and abs(_of(flows, str(irr)).npv) < 100


def test_no_irr_is_not_available_and_neither_is_an_ambiguous_one() -> None:
    assert _of([-100, -20], "0.1").irr is None  # nothing comes back
    assert _of([100, 20], "0.1").irr is None  # nothing is paid
    # Two rates fit: 10 % and 20 % (−100 + 230/1.1 − 132/1.21 = 0, −100 + 230/1.2 − 132/1.44 = 0)
    assert _of([-100, 230, -132], "0.1").irr is None
    assert _of([-100, 250, -200], "0.1").irr is None  # no real rate at all: 250² < 4 × 100 × 200


def test_payback_plain_and_discounted() -> None:
    # Ross, Westerfield, Jordan, "Fundamentals of Corporate Finance", chapter 9: 50 000 for 30 000, 20 000, 10 000 is paid
    # back in two years; 300 for 100 a year at 12.5 % is paid back, discounted, in (just under) four.
    assert _of([-50_000, 30_000, 20_000, 10_000], "0").payback == 2
    ross = _of([-300, 100, 100, 100, 100, 100], "0.125")
    assert ross.payback == 3
    assert ross.discounted_payback is not None and Decimal("3.98") <= ross.discounted_payback <= 4
    assert _of([-100, 30, 30], "0").payback is None
    assert _of([-100, 50, 50], "0.1").discounted_payback is None  # back in money, not in worth
    assert _of([-100, 150, -80, 40], "0").payback == Decimal("2.75")  # for good: after the dip
