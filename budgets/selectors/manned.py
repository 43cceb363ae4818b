"""Which tasks money is planned for."""

import numpy as np
from numpy.typing import NDArray

from budgets.models import CostLine
from programs.models import Program
from tpm.lib import bulk


def costed(program: Program) -> NDArray[np.int64]:
    """Return the ids of a program's tasks that have cost lines; for the schedule-quality checks."""
    rows = bulk.read(
        f'SELECT DISTINCT task_id FROM "{CostLine._meta.db_table}" WHERE program_id = %s AND task_id IS NOT NULL AND (amount <> 0 OR from_assignments)',
        [program.pk],
        {"task_id": bulk.BIGINT},
    )
    return np.asarray(rows["task_id"], np.int64)
