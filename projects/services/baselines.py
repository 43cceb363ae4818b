"""Keep the dates of a whole program in one act, and choose the baseline that slippage is measured against."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Program
from programs.selectors import computation
from projects import events
from projects.models import Baseline, Plan
from projects.selectors import quality, quality_words
from projects.selectors.quality import Standing
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change

MOST = 11


class BelowGate(Exception):
    """The plan does not pass the quality checks that the program asks of a baseline, and no waiver says why it is agreed all
    the same. ``failed``: codes of the failed checks."""

    def __init__(self, standing: Standing) -> None:
        self.score, self.passing_score, self.failed = standing.score, standing.passing_score, standing.failed
        super().__init__(
            _(
                "A baseline of this program needs a quality score of %(passing)s %%; the plan has %(score)s %%. "
                "Failed: %(names)s. Mend the plan, or write a waiver that says why it is agreed all the same."
            )
            % {
                "passing": self.passing_score,
                "score": self.score,
                "names": quality_words.titles(self.failed),
            }
        )


class NotCurrent(Exception):
    """The results are behind the plan: a baseline of them would hold dates that nobody planned."""

    def __init__(self, behind: int) -> None:
        self.behind = behind
        super().__init__(_("The plan is being recomputed. Try again when it is current."))


def take_within(
    change: Change, *, program: Program, name: str, reason: str = "", refer: bool = True, waiver: str = ""
) -> Baseline:
    """Keep the program's present dates, as part of a change that has bumped its revision; ``refer``: measure slippage
    against it from now on. What it costs is kept by the app above (``budgets.services.baselines.take``).

    The quality score is kept with it; ``waiver`` too, where the program asks for a score that the plan does not reach.

    :raises NotCurrent: if the results are behind the plan.
    :raises BelowGate: if the plan needs a waiver and none is given.
    :raises ValidationError: if there are eleven baselines already.
    """
    # The revision row is locked: what is current now stays so until the baseline is written. Our own revision is one ahead.
    behind = computation.status(program.pk).behind - 1
    if behind > 0:
        raise NotCurrent(behind)
    standing = quality.standing(program)
    if standing.needs_waiver and not waiver.strip():
        raise BelowGate(standing)
    baseline = create_within(
        change,
        program=program,
        name=name,
        reason=reason,
        quality_score=standing.score,
        failed_checks=list(standing.failed),
        waiver=waiver.strip() if standing.needs_waiver else "",
    )
    _copy_schedule(baseline)
    if refer:
        refer_to(change, program, baseline)
    return baseline


def create_within(
    change: Change, *, program: Program, name: str, reason: str = "", **fields: Any
) -> Baseline:
    """Open a baseline with the next free number, as part of a larger change; the caller fills it.

    :raises ValidationError: if there are eleven already.
    """
    taken = set(Baseline.objects.filter(program=program).values_list("number", flat=True))
    free = next((number for number in range(MOST) if number not in taken), None)
    if free is None:
        raise ValidationError(
            _(
                "The program has eleven baselines, the most it can keep, and none of them can be deleted: they are the record of "
                "what was agreed. Measure against one of the eleven instead; what the plan was at any revision stays in its "
                "changes."
            ),
            code="eleven_baselines",
        )
    return change.create(
        Baseline(
            program=program,
            number=free,
            name=name or _("Baseline %(number)s") % {"number": free},
            reason=reason,
            revision=change.revisions.get(program.pk, 0),
            data_date=program.data_date,
            taken_by=change.change_set.actor,
            **fields,
        )
    )


def refer_to(change: Change, program: Program, baseline: Baseline) -> None:
    """Measure the program's slippage against this baseline."""
    plan = Plan.objects.filter(pk=program.pk).first()
    if plan is None:
        change.create(Plan(program=program, baseline=baseline))
    else:
        change.update(plan, baseline=baseline)


def choose(*, actor: Actor, program: Program, baseline: Baseline | None) -> None:
    """Measure slippage against another baseline, or against none.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "baseline.take", program)
    with activity.change(
        actor=actor, event=events.PLAN_CHANGED, programs=[program], reason="baseline"
    ) as change:
        plan = Plan.objects.filter(pk=program.pk).first() or change.create(Plan(program=program))
        change.update(plan, baseline=baseline)


def _copy_schedule(baseline: Baseline) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO projects_baselinetask (baseline_id, task_id, project_id, parent_id, sequence, wbs, name, is_summary,
                                               is_milestone, start, finish, duration)
            SELECT %s, t.id, t.project_id, t.parent_id, s.sequence, s.wbs, t.name, s.is_summary, t.is_milestone,
                   s.start, s.finish, s.duration
              FROM projects_task AS t JOIN projects_taskschedule AS s ON s.task_id = t.id
             WHERE t.program_id = %s AND s.start IS NOT NULL AND s.finish IS NOT NULL
            """,
            [baseline.pk, baseline.program_id],
        )
