"""Which projects serve an objective, as far as the actor reads their plans."""

from django.db.models import QuerySet

from programs.models import Objective, Program
from projects.models import Alignment, Project
from tpm.accounts.actors import Actor


def get_for(actor: Actor, pk: int) -> Alignment:
    """Return one alignment with its project.

    :raises Alignment.DoesNotExist: if there is none that the actor may see.
    """
    return Alignment.objects.visible_to(actor).select_related("project__program", "objective").get(pk=pk)


def of_objective(actor: Actor, objective: Objective) -> QuerySet[Alignment]:
    """Return the alignments to an objective, by program and project."""
    rows = Alignment.objects.visible_to(actor).filter(objective=objective)
    return rows.select_related("project__program", "project__manager").order_by(
        "program__name", "project__position", "pk"
    )


def free(actor: Actor, objective: Objective) -> QuerySet[Project]:
    """Return the projects that the actor may align to an objective and that are not."""
    programs = Program.objects.filter(portfolio=objective.portfolio_id, archived_at=None)
    rows = Project.objects.visible_to(actor, "project.edit").filter(program__in=programs)
    if objective.program_id:
        rows = rows.filter(program=objective.program_id)
    return (
        rows.exclude(alignments__objective=objective)
        .select_related("program")
        .order_by("program__name", "position", "pk")
    )
