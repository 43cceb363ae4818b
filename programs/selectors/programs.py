"""Loaders of programs."""

from programs import policies
from programs.models import Program
from tpm.accounts.actors import Actor


def get_for(actor: Actor, pk: int, capability: str = "program.read") -> Program:
    """Return one program with its portfolio, calendar and computation.

    :raises Program.DoesNotExist: if there is none that the actor may see.
    :raises NotAllowed: if the actor sees it, but holds the capability nowhere in it.
    """
    program = (
        Program.objects.visible_to(actor).select_related("portfolio", "calendar", "computation").get(pk=pk)
    )
    policies.authorize_within(actor, capability, program)
    return program


def may_somewhere(actor: Actor, capability: str, program: Program) -> bool:
    """Tell whether the actor holds a capability for the program or for one of its projects."""
    try:
        policies.authorize_within(actor, capability, program)
    except policies.NotAllowed:
        return False
    return True
