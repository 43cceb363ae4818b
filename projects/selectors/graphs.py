"""The dependency graph of programs that are linked with each other, as arrays."""

from collections.abc import Iterable

from django.db import connection

from projects.engine.circles import TaskGraph
from tpm.lib import bulk


def linked_programs(program_ids: Iterable[int]) -> list[int]:
    """Return these programs and all that are connected with them by links, however indirectly."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE pairs AS (
                SELECT DISTINCT predecessor_program_id AS a, program_id AS b FROM projects_dependency
                 WHERE predecessor_program_id <> program_id
            ), reached(id) AS (
                SELECT unnest(%s::bigint[])
                UNION
                SELECT CASE WHEN pairs.a = reached.id THEN pairs.b ELSE pairs.a END
                  FROM reached JOIN pairs ON reached.id IN (pairs.a, pairs.b)
            )
            SELECT id FROM reached ORDER BY id
            """,
            [sorted(program_ids)],
        )
        return [row[0] for row in cursor.fetchall()]


def around(program_ids: Iterable[int]) -> TaskGraph:
    """Return the graph of these programs and those connected with them: three queries, whatever its size."""
    ids = linked_programs(program_ids)
    tasks = bulk.read(
        "SELECT id, coalesce(parent_id, 0) AS parent FROM projects_task WHERE program_id = ANY(%s)",
        [ids],
        {"id": bulk.BIGINT, "parent": bulk.BIGINT},
    )
    links = bulk.read(
        "SELECT predecessor_id, successor_id FROM projects_dependency WHERE program_id = ANY(%s)",
        [ids],
        {"predecessor_id": bulk.BIGINT, "successor_id": bulk.BIGINT},
    )
    return TaskGraph(tasks["id"], tasks["parent"], links["predecessor_id"], links["successor_id"])
