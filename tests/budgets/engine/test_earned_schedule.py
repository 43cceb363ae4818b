"""Earned schedule and duration forecasts against the Re-vamp check-in project (Vandevoorde & Vanhoucke 2006).

Real project of 9 planned months that took 13; amounts in euro. The planned-value row is computed by the paper's formula
(the public spreadsheet divides by another figure); earned duration at month 10 takes the months passed, as the paper says.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.engine.allocation import MoneyError
from budgets.engine.earned_schedule import earned_schedule, instant_at, planned_duration
from budgets.engine.earned_value import measure
from budgets.engine.forecasting import earned_duration_estimate, independent_estimate, planned_value_estimate

BAC = 360_738
PD = 9

# AT PV EV AC SPI CPI ES SV(t) SPI(t) EAC(t) by PF = 1, SPI(t), SPI(t)·CPI, and EAC in thousands
REVAMP = np.array(
    [
        [
            1,
            28.975,
            25.645,
            25.567,
            0.8851,
            1.0031,
            0.8851,
            -0.1149,
            0.8851,
            9.1149,
            10.1686,
            10.1408,
            359.6408,
        ],
        [
            2,
            81.681,
            68.074,
            66.293,
            0.8334,
            1.0269,
            1.7418,
            -0.2582,
            0.8709,
            9.2582,
            10.3339,
            10.1159,
            351.3001,
        ],
        [
            3,
            91.681,
            89.135,
            78.293,
            0.9722,
            1.1385,
            2.7454,
            -0.2546,
            0.9151,
            9.2546,
            9.8346,
            9.0033,
            316.8594,
        ],
        [
            4,
            138.586,
            125.244,
            124.073,
            0.9037,
            1.0094,
            3.7156,
            -0.2844,
            0.9289,
            9.2844,
            9.6890,
            9.6358,
            357.3652,
        ],
        [
            5,
            218.141,
            198.754,
            191.367,
            0.9111,
            1.0386,
            4.7563,
            -0.2437,
            0.9513,
            9.2437,
            9.4611,
            9.2953,
            347.3306,
        ],
        [
            6,
            302.478,
            268.763,
            259.845,
            0.8885,
            1.0343,
            5.6002,
            -0.3998,
            0.9334,
            9.3998,
            9.6425,
            9.5216,
            348.7681,
        ],
        [
            7,
            323.632,
            292.469,
            285.612,
            0.9037,
            1.0240,
            5.8813,
            -1.1187,
            0.8402,
            10.1187,
            10.7119,
            10.6249,
            352.2804,
        ],
        [
            8,
            345.876,
            306.725,
            290.843,
            0.8868,
            1.0546,
            6.2008,
            -1.7992,
            0.7751,
            10.7992,
            11.6115,
            11.4245,
            342.0592,
        ],
        [
            9,
            360.738,
            312.864,
            303.489,
            0.8673,
            1.0309,
            6.4910,
            -2.5090,
            0.7212,
            11.5090,
            12.4789,
            12.3746,
            349.9285,
        ],
        [
            10,
            360.738,
            327.694,
            316.431,
            0.9084,
            1.0356,
            7.1826,
            -2.8174,
            0.7183,
            11.8174,
            12.5303,
            12.4433,
            348.3393,
        ],
        [
            11,
            360.738,
            338.672,
            320.690,
            0.9388,
            1.0561,
            7.6761,
            -3.3239,
            0.6978,
            12.3239,
            12.8971,
            12.7964,
            341.5844,
        ],
        [
            12,
            360.738,
            349.861,
            336.756,
            0.9698,
            1.0389,
            8.2681,
            -3.7319,
            0.6890,
            12.7319,
            13.0622,
            13.0224,
            347.2256,
        ],
        [13, 360.738, 360.738, 349.379, 1.0, 1.0325, 9.0, -4.0, 0.6923, 13.0, 13.0, 13.0, 349.3790],
    ]
)
AT = REVAMP[:, 0]
PV, EV, AC = (np.rint(REVAMP[:, column] * 1000).astype(np.int64) for column in (1, 2, 3))


def printed(found: object, column: int) -> bool:
    return np.array_equal(np.round(np.asarray(found, np.float64), 4), REVAMP[:, column])


def test_thirteen_months_of_indexes_and_cost_estimates_come_out_to_the_printed_digits() -> None:
    # ten-thousandths of a thousand euro are tenths of a euro
    result = measure(BAC * 10, PV * 10, EV * 10, AC * 10)
    assert printed(result.spi, 4)
    assert printed(result.cpi, 5)
    assert printed(result.eac / 10_000, 12)


def test_thirteen_months_of_earned_schedule_come_out_to_the_printed_digits() -> None:
    result = earned_schedule(PV, EV, AT)
    assert result.planned_duration == PD
    assert printed(result.es, 6)
    assert printed(result.sv_t, 7)
    assert printed(result.spi_t, 8)


def test_thirteen_months_of_duration_estimates_come_out_to_the_printed_digits() -> None:
    result, cpi = earned_schedule(PV, EV, AT), measure(BAC, PV, EV, AC).cpi
    assert printed(independent_estimate(AT, PD, result.es), 9)
    assert printed(independent_estimate(AT, PD, result.es, result.spi_t), 10)
    assert printed(independent_estimate(AT, PD, result.es, result.spi_t * cpi), 11)


@pytest.mark.parametrize(("month", "months"), [(1, 9.0831), (9, 10.1944)])
def test_planned_value_method_at_the_printed_months(month: int, months: float) -> None:
    sv = int(EV[month - 1] - PV[month - 1])
    assert round(float(planned_value_estimate(PD, BAC, sv)), 4) == months


@pytest.mark.parametrize(
    ("month", "use_spi", "months"), [(6, False, 9.6688), (6, True, 10.1290), (10, False, 10.9160)]
)
def test_earned_duration_method_at_the_printed_months(month: int, use_spi: bool, months: float) -> None:
    spi = EV[month - 1] / PV[month - 1]
    estimate = earned_duration_estimate(month, PD, spi, spi if use_spi else 1.0)
    assert round(float(estimate), 4) == months


def test_late_completion_shows_in_spi_t_and_not_in_spi() -> None:
    assert float(measure(BAC, PV[-1], EV[-1], AC[-1]).spi) == 1.0
    assert float(earned_schedule(PV, EV[-1], 13).spi_t) == pytest.approx(9 / 13)


def test_where_the_plan_stands_still_the_earliest_period_counts() -> None:
    assert float(earned_schedule([10, 20, 20, 20, 30], 20, 4).es) == 2.0
    assert float(earned_schedule([10, 20, 20, 20, 30], 25, 4).es) == 4.5


def test_before_the_first_period_time_is_interpolated_from_nothing() -> None:
    assert float(earned_schedule([40, 100], 10, 1).es) == 0.25


def test_value_beyond_the_plan_counts_as_its_end() -> None:
    assert float(earned_schedule([40, 100], 120, 1).es) == 2.0


def test_a_plan_without_value_and_a_start_without_time_are_not_available() -> None:
    assert np.isnan(earned_schedule([0, 0], 0, 1).es)
    assert np.isnan(earned_schedule([10], 0, 0).spi_t)
    assert planned_duration([0, 0]) == 0


def test_no_progress_makes_the_independent_estimate_not_available() -> None:
    result = earned_schedule([40, 100], 0, 1)
    assert np.isnan(independent_estimate(1, 2, result.es, result.spi_t))


@pytest.mark.parametrize(
    ("curve", "code"), [([], "curve_empty"), ([10, 5], "curve_falls"), ([-1, 5], "curve_falls")]
)
def test_a_curve_that_is_no_plan_is_refused(curve: list[int], code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        earned_schedule(np.array(curve, np.int64), 1, 1)
    assert refused.value.code == code


def test_periods_become_instants_and_run_on_beyond_the_plan() -> None:
    assert instant_at([0.0, 1.5, 3.0, np.nan], [0, 100, 300])[:3].tolist() == [0.0, 200.0, 500.0]
    assert np.isnan(instant_at(np.nan, [0, 100]))


steps = st.lists(st.integers(0, 10**9), min_size=1, max_size=24).filter(any)


@given(steps)
def test_on_the_plan_earned_schedule_is_the_time_passed(raises: list[int]) -> None:
    curve = np.cumsum(raises)
    es = earned_schedule(curve, curve, np.arange(1, len(curve) + 1)).es
    rising = np.array(raises) > 0
    assert np.array_equal(es[rising], np.arange(1, len(curve) + 1)[rising])


@given(steps, st.data())
def test_more_value_never_means_less_schedule(raises: list[int], data: st.DataObject) -> None:
    curve = np.cumsum(raises)
    values = sorted(data.draw(st.lists(st.integers(0, int(curve[-1])), min_size=2, max_size=9)))
    assert (np.diff(earned_schedule(curve, values, 1).es) >= 0).all()


@given(steps, st.integers(1, 60))
def test_at_completion_the_independent_estimate_is_the_time_it_took(raises: list[int], at: int) -> None:
    curve = np.cumsum(raises)
    result = earned_schedule(curve, curve[-1], at)
    estimate = independent_estimate(at, result.planned_duration, result.es, result.spi_t)
    assert float(result.es) == result.planned_duration
    assert float(estimate) == at
