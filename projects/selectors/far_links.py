"""Links of a plan to tasks of other programs, as the Gantt draws them: a stub at the bar with the far task's name and date."""

from typing import Any

from django.db.models import F, Q

from programs.models import Program
from projects.models import Dependency, Task
from projects.selectors.gantt import Columns, Head
from tpm.accounts.actors import Actor
from tpm.lib.walltime import to_minutes

_NAMES = ("id", "task", "out", "kind", "far", "name", "program", "program_id", "at", "ends")


def of_plan(actor: Actor, program: Program, frame: Head) -> Columns:
    """Return the links of visible tasks that leave the program or enter it: two statements.

    ``out``: the far task follows ours. ``at``: its start or finish (``ends``), whichever the link is about. Of a task that the actor
    may not see nothing is told but that ours waits for it; one that waits for ours is left out.
    """
    found = (
        Dependency.objects.filter(
            Q(program=program, successor__project__in=frame.project_ids)
            | Q(predecessor_program=program, predecessor__project__in=frame.project_ids)
        )
        .exclude(predecessor_program=F("program"))
        .order_by("pk")
        .values_list("pk", "predecessor", "successor", "kind", "program")
    )
    links = [
        (pk, pred, succ, Dependency.Kind(kind).name, owner != program.pk)
        for pk, pred, succ, kind, owner in found
    ]
    far = {succ if out else pred for _pk, pred, succ, _kind, out in links}
    seen = {
        row[0]: row[1:]
        for row in Task.objects.visible_to(actor)
        .filter(pk__in=far)
        .order_by()
        .values_list("pk", "name", "program__code", "program", "schedule__start", "schedule__finish")
    }
    columns: Columns = {name: [] for name in _NAMES}
    for pk, pred, succ, kind, out in links:
        mine, other = (pred, succ) if out else (succ, pred)
        ends = kind[1 if out else 0] == "F"
        row: tuple[Any, ...]
        if other in seen:
            name, code, owner, start, finish = seen[other]
            moment = finish if ends else start
            row = (other, name, code, owner, None if moment is None else to_minutes(moment), ends)
        elif out:
            continue
        else:
            row = (None, "", "", None, None, ends)
        for name, value in zip(_NAMES, (pk, mine, out, kind, *row), strict=True):
            columns[name].append(value)
    return columns
