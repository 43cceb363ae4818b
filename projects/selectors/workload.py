"""Who is assigned to what, as arrays for ``projects.engine.workload``."""

import numpy as np
from django.db import connection

from projects.engine.workload import Assigned
from tpm.lib.walltime import NONE


def load(program_id: int) -> Assigned:
    """Read the assignments of people, roles and machines to a program's live tasks: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGNED, [program_id])
        rows = cursor.fetchall()
    table = np.array([[NONE if value is None else value for value in row] for row in rows], np.int64).reshape(
        -1, 5
    )
    resources, resource = np.unique(table[:, 1], return_inverse=True)
    task, _who, units, work, delay = table.T
    return Assigned(resources, task, resource.astype(np.int64).reshape(-1), units, work, delay)


_ASSIGNED = """
SELECT a.task_id, a.resource_id, round(a.units * 10000)::bigint, a.work, a.delay
  FROM projects_assignment AS a JOIN programs_resource AS r ON r.id = a.resource_id
  JOIN projects_task AS t ON t.id = a.task_id
 WHERE a.program_id = %s AND r.kind = 'work' AND t.is_active ORDER BY a.id
"""
