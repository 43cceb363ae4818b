"""Roll up the register's exposure. Called by the one pipeline, ``tpm/recompute.py``."""

from collections.abc import Sequence

import numpy as np

from programs.services.indicators import Readings
from risks.engine import exposure
from risks.selectors.inputs import RiskInputs

WORKDAY = 480


def read_off(inputs: RiskInputs, scope_ids: Sequence[int], readings: Readings) -> None:
    """Add expected days, expected cost and number of live risks, for the program (scope 0) and each project."""
    expected = exposure.expected(inputs.probability, inputs.time, inputs.money)
    position = {scope: i for i, scope in enumerate(scope_ids)}
    owner = np.array([position.get(pk, 0) for pk in inputs.project.tolist()], dtype=np.int64)
    summed = exposure.by_scope(expected, owner, len(scope_ids))
    count = np.bincount(owner, minlength=len(scope_ids))
    for index, scope in enumerate(scope_ids):
        whole = scope == 0
        days, money = (values.sum() if whole else values[index] for values in (summed.time, summed.money))
        readings.number(scope, "risk.exposure_wd", float(days) / WORKDAY)
        readings.money(scope, "risk.exposure_cost", int(money))
        readings.number(scope, "risk.live", int(count.sum() if whole else count[index]))
