"""The risk register as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programs.models import Program
from tpm.lib import bulk


@dataclass(frozen=True, eq=False)
class RiskInputs:
    """Live risks: ``project`` 0 is the program itself; ``time`` working minutes, ``money`` minor units; shapes ``(k,)``."""

    project: NDArray[np.int64]
    probability: NDArray[np.float64]
    time: NDArray[np.int64]
    money: NDArray[np.int64]


def load(program: Program) -> RiskInputs:
    """Read the program's live risks, confidential ones too: sums are of all."""
    rows = bulk.read(
        "SELECT coalesce(project_id, 0) AS project, probability, round(impact_days * 480)::bigint AS time,"
        " round(impact_cost * 100)::bigint AS money FROM risks_risk"
        " WHERE program_id = %s AND status IN ('open', 'mitigating') ORDER BY id",
        [program.pk],
        {"project": bulk.BIGINT, "probability": bulk.FLOAT, "time": bulk.BIGINT, "money": bulk.BIGINT},
    )
    return RiskInputs(rows["project"], rows["probability"], rows["time"], rows["money"])
