"""The three-way match of a line; the numbers are worked out by hand beside each case."""

from decimal import Decimal as D

import pytest

from budgets.engine.matching import Charged, Code, Limits, match


def _line(**other: int | str) -> Charged:
    given = {"ordered": 10, "received": 10, "before": 0, "quantity": 10, "ordered_price": 100, "price": 100}
    return Charged(**{name: D(value) for name, value in (given | other).items()})


def test_a_line_as_ordered_and_received_has_no_difference() -> None:
    assert match(_line(), Limits()).differences == []
    assert match(_line(price=90, quantity=4), Limits()).passes  # charging less is none


@pytest.mark.parametrize(
    ("other", "limits", "passes"),
    [
        ({"price": 102}, Limits(D(2), D(0), D(20)), True),  # 2 % and 2 × 10 = 20: both at their limit
        ({"price": 102}, Limits(D(2), D(0), D("19.99")), False),  # too much money
        ({"price": 102}, Limits(D("1.99"), D(0), D(20)), False),  # too many per cent
        ({"price": 102, "rate": 2}, Limits(D(2), D(0), D(39)), False),  # 20 at the rate of 2 are 40
        ({"quantity": 11}, Limits(D(0), D(10), D(100)), True),  # 1 of 10 too many, worth 100
        ({"quantity": 11}, Limits(D(0), D(9), D(100)), False),
        (
            {"received": 0, "quantity": 1},
            Limits(D(50), D(50), D(9999)),
            False,
        ),  # of nothing nothing is tolerated
    ],
)
def test_a_difference_passes_within_percentage_and_amount_only(
    other: dict[str, int], limits: Limits, passes: bool
) -> None:
    assert match(_line(**other), limits).passes is passes


def test_what_was_charged_before_counts() -> None:
    found = match(_line(received=6, before=4, quantity=3), Limits())
    assert [(one.code, one.expected, one.found, one.worth) for one in found.differences] == [
        (Code.RECEIVED, D(6), D(7), D(100))
    ]
