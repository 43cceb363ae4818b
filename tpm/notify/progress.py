"""How far was told: change sets one by one, a program's results as a position that only moves on."""

from django.db import connection

from tpm.notify.models import Noticed, Told

LOOKED_BACK = 20_000
"""Change sets among which a lost wake-up is found again."""


def take(change_set_id: int) -> bool:
    """Take a change set within the transaction that tells of it; False if it was taken. Who is at it now is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notify_noticed (change_set_id) VALUES (%s) ON CONFLICT DO NOTHING", [change_set_id]
        )
        return bool(cursor.rowcount)


def untaken(events: list[str], limit: int) -> list[int]:
    """Return change sets of these events whose wake-up was lost, the oldest first: one statement over the newest of the audit."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT newest.id FROM (
                SELECT id, event, at FROM activity_changeset ORDER BY id DESC LIMIT %s
            ) AS newest LEFT JOIN notify_noticed AS n ON n.change_set_id = newest.id
             WHERE n.change_set_id IS NULL AND newest.event = ANY(%s)
               AND newest.at BETWEEN clock_timestamp() - interval '2 days' AND clock_timestamp() - interval '5 s'
             ORDER BY newest.id LIMIT %s
            """,
            [LOOKED_BACK, events, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def pass_over() -> None:
    """Tell nothing of what happened so far: a demo that was just loaded, a database that was restored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notify_noticed (change_set_id) SELECT id FROM activity_changeset ON CONFLICT DO NOTHING"
        )


def give_back(change_set_ids: list[int]) -> None:
    """Let change sets be told, that were taken or passed over."""
    Noticed.objects.filter(pk__in=change_set_ids).delete()


def forget_old() -> None:
    """Drop the marks of change sets that nobody looks for any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM notify_noticed WHERE change_set_id < (SELECT max(id) - %s FROM activity_changeset)",
            [2 * LOOKED_BACK],
        )


def begin(program_id: int) -> tuple[Told, bool]:
    """Return how far a program was told, locked, and whether nothing ever was."""
    _row, is_new = Told.objects.get_or_create(program_id=program_id)
    return Told.objects.select_for_update().get(pk=program_id), is_new


def keep(told: Told) -> None:
    """Keep how far a program was told."""
    told.save()
