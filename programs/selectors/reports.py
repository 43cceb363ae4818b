"""Governance reports: the list, one of them, its seal, the one before it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from programs.engine import report_content
from programs.engine.report_content import ReportContentError
from programs.models import Program, StatusReport
from tpm.accounts.actors import Actor


@dataclass(frozen=True)
class Seal:
    """Whether the content still is what was published: the hash computed now against the one that was kept."""

    kept: str
    computed: str

    @property
    def holds(self) -> bool:
        return bool(self.kept) and self.kept == self.computed


def list_for(actor: Actor, program: Program) -> QuerySet[StatusReport]:
    """Return the program's reports that the actor may read, the newest first."""
    rows = StatusReport.objects.visible_to(actor).filter(program=program)
    return rows.select_related("composed_by", "published_by", "supersedes").order_by("-number")


def get_for(actor: Actor, pk: int) -> StatusReport:
    """Return one report with its program.

    :raises StatusReport.DoesNotExist: if there is none that the actor may read.
    """
    rows = StatusReport.objects.visible_to(actor)
    return rows.select_related(
        "program__portfolio",
        "program__calendar",
        "program__computation",
        "composed_by",
        "published_by",
        "supersedes",
    ).get(pk=pk)


def last_published(program: Program, before: int | None = None) -> StatusReport | None:
    """Return the newest published report of the program (with a number below ``before``), None if there is none."""
    rows = StatusReport.objects.filter(program=program, state=StatusReport.State.PUBLISHED)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return rows.order_by("-number").first()


def seal(report: StatusReport) -> Seal:
    """Return the seal of a published report with the hash of its content as it is now."""
    try:
        computed = report_content.content_hash(report.content or {})
    except ReportContentError:
        computed = ""
    return Seal(report.content_sha256, computed)
