"""Earned value against published cases; amounts are counted in ten-thousandths, so that four decimals are exact."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgets.engine.allocation import NONE, MoneyError
from budgets.engine.earned_value import EacBasis, EarningRule, eac_bottom_up, earn, measure

UNIT = 10_000

# source: BAC PV EV AC | SV CV SPI CPI | EAC by CPI, budget rate, CPI·SPI | ETC VAC TCPI(BAC)
PUBLISHED = {
    # R. Mulcahy, PMP Exam Prep; the book's 4479 comes from a CPI rounded to .893 first
    "fence": (4000, 3000, 2500, 2800, -500, -300, 0.8333, 0.8929, 4480, 4300, 4816, 1680, -480, 1.25),
    # tests of the R package PRA
    "pra": (
        *(100000, 40000, 35000, 36000, -5000, -1000, 0.875, 0.972222),
        *(102857.1429, 101000, 112408.1633, 66857.1429, -2857.1429, 1.015625),
    ),
    # Sprints project management course, month 7
    "sprints": (3700, 3000, 2400, 2700, -600, -300, 0.8, 0.8889, 4162.5, 4000, 4528.125, 1462.5, -462.5, 1.3),
    # University of Texas at Dallas, lecture on earned schedule
    "lecture": (
        *(100000, 55000, 50000, 45000, -5000, 5000, 0.9091, 1.1111),
        *(90000, 95000, 94500, 45000, 10000, 0.9091),
    ),
    # ritetracpm: A 200 at 100 %, B 75 at 90 %, C 200 at 75 %
    "ritetrac": (
        *(1000, 475, 417.5, 495, -57.5, -77.5, 0.8789, 0.8434),
        *(1185.6287, 1077.5, 1280.7453, 690.6287, -185.6287, 1.1535),
    ),
}

money = st.integers(1, 10**12)


def minor(value: float) -> int:
    return round(value * UNIT)


def digits(value: float) -> int:
    return len(str(value).partition(".")[2])


@pytest.mark.parametrize("source", PUBLISHED)
def test_published_case_comes_out_to_the_printed_digits(source: str) -> None:
    bac, pv, ev, ac, sv, cv, spi, cpi, eac, budget_rate, cpi_spi, etc, vac, tcpi = PUBLISHED[source]
    result = measure(*(minor(value) for value in (bac, pv, ev, ac)))
    amounts = (
        result.sv,
        result.cv,
        result.eac,
        result.eac_budget_rate,
        result.eac_cpi_spi,
        result.etc_,
        result.vac,
    )
    assert [int(amount) for amount in amounts] == [
        minor(v) for v in (sv, cv, eac, budget_rate, cpi_spi, etc, vac)
    ]
    for found, printed in ((result.spi, spi), (result.cpi, cpi), (result.tcpi_bac, tcpi)):
        assert round(float(found), digits(printed)) == printed


def test_cases_measured_as_one_array_equal_the_cases_alone() -> None:
    cases = np.array([[minor(value) for value in case[:4]] for case in PUBLISHED.values()])
    together = measure(*cases.T)
    for row, case in enumerate(cases):
        alone = measure(*case)
        assert int(together.eac[row]) == int(alone.eac)
        assert float(together.tcpi_eac[row]) == float(alone.tcpi_eac)


def test_network_of_the_sprints_case_earns_what_the_course_prints() -> None:
    bac = np.array([600, 1200, 400, 1200, 300]) * UNIT
    percent = [100.0, 100.0, 50.0, 100.0 / 3.0, 0.0]
    earned = earn(bac, 0, percent, started=[1, 1, 1, 1, 0], finished=[1, 1, 0, 0, 0])
    assert earned.sum() == 2400 * UNIT


def test_nothing_planned_earned_or_spent_is_not_available_rather_than_zero_or_one() -> None:
    result = measure(1000, 0, 0, 0)
    assert np.isnan([result.spi, result.cpi]).all()
    assert int(result.eac_cpi_spi) == NONE


def test_before_anything_is_earned_the_rest_is_estimated_at_budget_rate() -> None:
    result = measure(1000, 200, 0, 50)
    assert (int(result.eac), int(result.eac_basis)) == (1050, EacBasis.BUDGET_RATE)
    assert float(result.cpi) == 0.0


@pytest.mark.parametrize("cost", [0, -20])
def test_progress_without_cost_lets_the_budget_stand(cost: int) -> None:
    result = measure(1000, 200, 400, cost)
    assert (int(result.eac), int(result.eac_basis)) == (1000, EacBasis.BUDGET)
    assert np.isnan(result.cpi)


def test_a_spent_budget_has_no_required_performance() -> None:
    assert np.isnan(measure(1000, 500, 400, 1000).tcpi_bac)


def test_a_quotient_beyond_any_budget_falls_back_to_the_budget_rate() -> None:
    result = measure(10**12, 10**12, 1, 10**12)
    assert (int(result.eac), int(result.eac_basis)) == (2 * 10**12 - 1, EacBasis.BUDGET_RATE)


def test_float_amounts_are_refused() -> None:
    with pytest.raises(MoneyError) as refused:
        measure(1000.0, 1, 1, 1)
    assert refused.value.code == "not_minor_units"


def test_each_rule_earns_while_in_progress_as_the_field_defines_it() -> None:
    rules = [
        EarningRule.PERCENT,
        EarningRule.ZERO_HUNDRED,
        EarningRule.FIFTY_FIFTY,
        EarningRule.LEVEL_OF_EFFORT,
    ]
    in_progress = earn(1000, 700, 30.0, started=True, finished=False, rule=rules)
    finished = earn(1000, 700, 100.0, started=True, finished=True, rule=rules)
    untouched = earn(1000, 0, 0.0, started=False, finished=False, rule=rules)
    assert in_progress.tolist() == [300, 0, 500, 700]
    assert finished.tolist() == [1000, 1000, 1000, 700]
    assert untouched.tolist() == [0, 0, 0, 0]


def test_bottom_up_estimate_adds_the_new_estimate_to_what_is_spent() -> None:
    assert eac_bottom_up([100, 200], [50, 0]).tolist() == [150, 200]


@given(bac=money, ev=money, ac=money, pv=money)
def test_eac_is_the_exact_quotient_rounded_half_to_even(bac: int, ev: int, ac: int, pv: int) -> None:
    assume(bac * ac < ev * 2**52)
    quotient, rest = divmod(bac * ac, ev)
    exact = quotient + (2 * rest > ev or (2 * rest == ev and quotient % 2))
    assert int(measure(bac, pv, ev, ac).eac) == exact


@given(bac=money, share=st.floats(0.001, 0.999), ac=money, pv=money)
def test_required_performance_for_the_estimate_is_the_performance_so_far(
    bac: int, share: float, ac: int, pv: int
) -> None:
    ev = int(bac * share)
    assume(0 < ev < bac and bac * ac < ev * 2**52)
    result = measure(bac, pv, ev, ac)
    assert np.isclose(result.tcpi_eac, result.cpi, rtol=1e-12)


@given(bac=money, ac=money)
def test_at_completion_spi_is_one_and_the_estimate_is_the_cost(bac: int, ac: int) -> None:
    result = measure(bac, bac, bac, ac)
    assert float(result.spi) == 1.0
    assert (int(result.eac), int(result.etc_), int(result.vac)) == (ac, 0, bac - ac)
    assert np.isnan(result.tcpi_eac)


@given(bac=money, percent=st.floats(0, 100), done=st.booleans())
def test_earned_value_stays_between_nothing_and_the_budget(bac: int, percent: float, done: bool) -> None:
    assert 0 <= int(earn(bac, 0, percent, started=True, finished=done)) <= bac
