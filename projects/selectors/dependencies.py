"""Links, and tasks by the names that people give them."""

from projects.models import Dependency, Task
from tpm.accounts.actors import Actor


def get_for(actor: Actor, pk: int) -> Dependency:
    """Return one link of which the actor sees both ends.

    :raises Dependency.DoesNotExist: if there is none.
    """
    return Dependency.objects.visible_to(actor).get(pk=pk)


def task_named(actor: Actor, program_id: int, text: str) -> Task | None:
    """Return the one task of a program with this WBS code or name; None if there is none or more than one. Two queries."""
    mine = Task.objects.visible_to(actor).filter(program=program_id)
    for found in (mine.filter(schedule__wbs=text.strip()), mine.filter(name__iexact=text.strip())):
        candidates = list(found[:2])
        if len(candidates) == 1:
            return candidates[0]
    return None
