"""Loaders of programs."""

from programs.models import Program
from tpm.accounts.actors import Actor


def get_for(actor: Actor, pk: int) -> Program:
    """Return one program with its portfolio, calendar and computation.

    :raises Program.DoesNotExist: if there is none that the actor may see.
    """
    return Program.objects.visible_to(actor).select_related("portfolio", "calendar", "computation").get(pk=pk)
