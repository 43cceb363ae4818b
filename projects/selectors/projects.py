"""Component projects with their figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from programs.models import Program
from programs.selectors import readings
from programs.selectors.readings import NO_FIGURES
from projects.models import Project
from tpm.accounts.actors import Actor


@dataclass(frozen=True)
class ProjectRow:
    """One component project with the figures that the actor may read."""

    project: Project
    tasks: int | None
    percent: Decimal | None
    finish: datetime | None
    slip_wd: Decimal | None
    least_float_wd: Decimal | None
    spi: Decimal | None
    cpi: Decimal | None
    eac: Decimal | None
    over: Decimal | None


def get_for(actor: Actor, pk: int) -> Project:
    """Return one project with its program.

    :raises Project.DoesNotExist: if there is none that the actor may see.
    """
    return (
        Project.objects.visible_to(actor)
        .select_related("program__portfolio", "program__computation")
        .get(pk=pk)
    )


def of_program(actor: Actor, program: Program) -> QuerySet[Project]:
    """Return the projects that the actor sees, in their order."""
    return (
        Project.objects.visible_to(actor)
        .filter(program=program)
        .select_related("manager")
        .order_by("position", "pk")
    )


def rows(actor: Actor, program: Program) -> list[ProjectRow]:
    """Return the projects with their figures: two queries."""
    known = readings.for_projects(actor, program.pk)
    found = []
    for project in of_program(actor, program):
        mine = known.get(project.pk, NO_FIGURES)
        count = mine.number("plan.tasks")
        eac, approved = mine.number("cost.eac"), mine.number("cost.approved")
        found.append(
            ProjectRow(
                project=project,
                tasks=None if count is None else int(count),
                percent=mine.number("plan.percent"),
                finish=mine.moment("plan.finish"),
                slip_wd=mine.number("plan.slip_wd"),
                least_float_wd=mine.number("plan.least_float_wd"),
                spi=mine.number("cost.spi"),
                cpi=mine.number("cost.cpi"),
                eac=eac,
                over=None if eac is None or approved is None else approved - eac,
            )
        )
    return found
