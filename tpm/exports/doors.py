"""What the doors of exports share: which plan, and the answer that carries the file."""

from collections import Counter
from typing import Any, BinaryIO

from django.http import Http404, StreamingHttpResponse
from django.utils.text import slugify

from programs.models import Program
from programs.selectors import programs
from projects.importers import mspdi_write
from projects.models import Project, Task
from tpm.accounts.actors import Actor
from tpm.exports import plan_file
from tpm.exports.plan_file import PlanFile

CONTENT_TYPE = "application/xml"
MOST = 50_000  # tasks; what a web process writes in a few seconds (docs/performance.md)
LOSSES, REVISION = "X-Losses", "X-Computed-Revision"


class TooLarge(Exception):
    """The plan has more than ``MOST`` tasks: one project at a time, or ``manage.py export_plan``."""


def make(actor: Actor, pk: int, project: str = "") -> PlanFile:
    """Return a program's plan, or that of one of its projects (its id as text).

    :raises Program.DoesNotExist, NotAllowed, Http404: if there is no such program or project that the actor may read.
    :raises TooLarge: if it would keep a web process busy for long.
    """
    program = programs.get_for(actor, pk, "plan.read")
    chosen = of_text(actor, program, project)
    if _tasks(program, chosen) > MOST:
        raise TooLarge
    return plan_file.of_program(actor, program, chosen)


def size(actor: Actor, pk: int, project: str = "") -> int:
    """Return how many tasks the plan has; raises as :func:`make` does where there is none."""
    program = programs.get_for(actor, pk, "plan.read")
    return _tasks(program, of_text(actor, program, project))


def _tasks(program: Program, project: Project | None) -> int:
    rows = Task.objects.filter(program=program)
    return (rows.filter(project=project) if project else rows).count()


def of_text(actor: Actor, program: Program, project: str) -> Project | None:
    """Return the project with this id, None for an empty text.

    :raises Http404: if the actor sees no such project in the program.
    """
    if not project:
        return None
    rows = Project.objects.visible_to(actor).filter(program=program)
    found = (
        rows.filter(pk=int(project)).first()
        if project.isascii() and project.isdigit() and len(project) < 19
        else None
    )
    if found is None:
        raise Http404
    return found


def answer(made: PlanFile) -> StreamingHttpResponse:
    """Return the file as a stream. Its headers say the revision of its dates, and how many findings the loss report has."""
    response = StreamingHttpResponse(mspdi_write.pieces(made.plan), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(made)}"'
    response.headers[REVISION] = str(made.revision)
    counts = Counter(entry.severity.value for entry in made.losses)
    response.headers[LOSSES] = (
        ", ".join(f"{name}={number}" for name, number in sorted(counts.items())) or "none"
    )
    response.headers["X-Accel-Buffering"] = "no"
    return response


def file_name(made: PlanFile) -> str:
    """Return a name of letters, digits and dashes."""
    return f"{slugify(made.name)[:80] or 'plan'}.xml"


def rendered(made: PlanFile) -> list[dict[str, Any]]:
    """Return the loss report as JSON."""
    return [
        {
            "severity": entry.severity.value,
            "code": entry.code,
            "reason": entry.reason,
            "value": entry.value,
            "count": entry.count,
        }
        for entry in made.losses
    ]


def save(made: PlanFile, stream: BinaryIO) -> int:
    """Write the file; returns its size in bytes."""
    return sum(stream.write(piece) for piece in mspdi_write.pieces(made.plan))
