"""Who and what stands behind the entries of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import ngettext

from programs.models import Program
from projects.models import LedgerEntry, Task
from tpm.activity.tracking import event_model


@dataclass(frozen=True)
class Because:
    """The tasks that a change set wrote: their names if they are one or two, else how many."""

    what: str
    tasks: int


def because(program: Program, entries: Sequence[LedgerEntry]) -> dict[int, Because]:
    """Return by change set the tasks that it wrote in this program: one query."""
    contexts = {str(one.change_set.context_id): one.change_set.pk for one in entries if one.change_set}
    if not contexts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_context_id, count(DISTINCT pgh_obj_id), min(name), max(name)"
            f' FROM "{event_model(Task)._meta.db_table}"'
            " WHERE pgh_context_id = ANY(%s::uuid[]) AND program_id = %s GROUP BY pgh_context_id",
            [list(contexts), program.pk],
        )
        return {
            contexts[str(context)]: Because(_what(count, first, last), count)
            for context, count, first, last in cursor.fetchall()
        }


def _what(count: int, first: str, last: str) -> str:
    if count > 2:
        return ngettext("%(n)s task", "%(n)s tasks", count) % {"n": count}
    return first if first == last else f"{first}, {last}"
