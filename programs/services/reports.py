"""Compose governance reports and publish them: frozen, hashed, sealed by the database."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from programs import events, policies
from programs.engine import report_content
from programs.models import Program, RecomputeState, StatusReport
from programs.selectors import computation, programs
from programs.services import report_figures
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor

NARRATIVE = ("title", "headline", "achievements", "outlook", "decisions", "supersedes")


class NotCurrent(Exception):
    """The results are behind the plan: the report would show figures of a plan that is no more."""

    def __init__(self, behind: int) -> None:
        self.behind = behind
        super().__init__(_("The figures are being recomputed. Publish when they are current."))


class Published(Exception):
    """The report is sealed: nothing in it changes. A correction is a new report."""


def compose(*, actor: Actor, program: Program, title: str, **narrative: Any) -> StatusReport:
    """Open a draft at the program's data date, with the program's next number.

    :raises NotAllowed:
    :raises ValidationError: if the program has no data date, or corrects a report of another program.
    """
    report = StatusReport(program=program, title=title, composed_by=actor.user, **narrative)
    policies.authorize(actor, "report.compose", report)
    if program.data_date is None:
        raise ValidationError(
            _("Set the program's data date first: a report says how things stood on a day.")
        )
    _check(program, narrative.get("supersedes"))
    report.data_date = program.data_date
    with activity.change(actor=actor, event=events.REPORT_DRAFTED) as change:
        _lock(program)
        last = StatusReport.objects.filter(program=program).aggregate(last=Max("number"))["last"] or 0
        report.number = last + 1
        return change.create(report)


def update(*, actor: Actor, report: StatusReport, **narrative: Any) -> StatusReport:
    """Change the words of a draft.

    :raises NotAllowed, Conflict, ValidationError:
    :raises Published: if it is sealed.
    """
    policies.authorize(actor, "report.compose", report)
    if unknown := narrative.keys() - set(NARRATIVE):
        raise ValueError(f"not words of a report: {', '.join(sorted(unknown))}")
    if report.is_published:
        raise Published
    _check(report.program, narrative.get("supersedes"))
    with activity.change(actor=actor, event=events.REPORT_DRAFTED) as change:
        return change.update(report, **narrative)


def discard(*, actor: Actor, report: StatusReport) -> None:
    """Throw a draft away.

    :raises NotAllowed, Conflict:
    :raises Published: if it is sealed.
    """
    policies.authorize(actor, "report.compose", report)
    if report.is_published:
        raise Published
    with activity.change(actor=actor, event=events.REPORT_DRAFTED) as change:
        change.delete(report)


def publish(*, actor: Actor, report: StatusReport, at: datetime) -> StatusReport:
    """Freeze the words and the figures of the program's present revision, and seal them.

    The program's revision row stays locked meanwhile, so no edit comes in between the check and the figures. The report
    changes nothing in the plan, hence it counts no revision.

    :raises NotAllowed, Conflict:
    :raises NotCurrent: if the results are behind the plan.
    :raises Published: if it is sealed already.
    """
    policies.authorize(actor, "report.publish", report)
    with activity.change(actor=actor, event=events.REPORT_PUBLISHED) as change:
        state = _lock(report.program)
        program = programs.get_for(actors.system(), report.program_id)
        current = StatusReport.objects.select_related("supersedes").get(pk=report.pk)
        if current.is_published:
            raise Published
        if current.version != report.version:
            raise activity.Conflict(StatusReport, report.pk, current)
        if state.behind or computation.describe(state).state == "stuck":
            raise NotCurrent(state.behind)
        if program.data_date is None:
            raise ValidationError(
                _("Set the program's data date first: a report says how things stood on a day.")
            )
        current.program = program
        content = report_content.to_data(report_figures.content_of(current))
        return change.update(
            current,
            state=StatusReport.State.PUBLISHED,
            data_date=program.data_date,
            revision=state.computed_revision,
            content=content,
            content_sha256=report_content.content_hash(content),
            published_by=actor.user,
            published_at=at,
        )


def _lock(program: Program) -> RecomputeState:
    return RecomputeState.objects.select_for_update().get(pk=program.pk)


def _check(program: Program, corrected: StatusReport | None) -> None:
    if corrected is not None and (corrected.program_id != program.pk or not corrected.is_published):
        raise ValidationError({"supersedes": _("Only a published report of this program can be corrected.")})
