"""Resources that the actor may see."""

from django.db.models import QuerySet

from programs.models import Program, Resource
from programs.models.resources import ResourceQuerySet
from tpm.accounts.actors import Actor


def get_for(actor: Actor, pk: int) -> Resource:
    """Return one resource with its portfolio, program, calendar and person.

    :raises Resource.DoesNotExist: if there is none that the actor may see.
    """
    return _whole(actor).get(pk=pk)


def of_program(actor: Actor, program: Program) -> QuerySet[Resource]:
    """Return the resources that a program's tasks may be assigned to: people first, then by name."""
    return _whole(actor).usable_in(program.portfolio_id, program.pk).order_by("-kind", "name", "pk")


def _whole(actor: Actor) -> ResourceQuerySet:
    return Resource.objects.visible_to(actor).select_related("portfolio", "program", "calendar", "person")
