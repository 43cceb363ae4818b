"""What a governance report says about projects, milestones and the baseline in use."""

from decimal import Decimal

from django.db.models import F
from django.utils import translation

from programs.engine.rag import Policy
from programs.engine.report_content import BaselineLine, MilestoneLine
from programs.models import Program
from programs.services.report_sections import Sections
from projects.models import Baseline, Plan, Project, TaskSchedule
from projects.selectors import quality_words

MOST_MILESTONES = 12
WORKDAY = 480


def fill(program: Program, policy: Policy, sections: Sections) -> None:
    """Add the projects' names, the milestones that slip most, and the waiver of the baseline in use: three queries."""
    projects = list(Project.objects.filter(program=program).order_by("position", "pk"))
    sections.projects = {one.pk: (one.code, one.name) for one in projects}
    rows = (
        TaskSchedule.objects.filter(
            program=program, task__is_milestone=True, task__is_active=True, is_summary=False
        )
        .select_related("task")
        .order_by(F("finish_slip").desc(nulls_last=True), "finish", "sequence")[:MOST_MILESTONES]
    )
    sections.milestones = tuple(_line(row, policy, sections.projects) for row in rows)
    plan = Plan.objects.select_related("baseline").filter(pk=program.pk).first()
    if plan and plan.baseline and plan.baseline.waiver:
        sections.baseline = _waived(plan.baseline)


def _waived(baseline: Baseline) -> BaselineLine:
    with translation.override("en"):
        failed = tuple(quality_words.title(code) for code in baseline.failed_checks)
    return BaselineLine(
        name=baseline.name,
        taken_on=baseline.taken_at.date(),
        revision=baseline.revision,
        waiver=baseline.waiver,
        score=baseline.quality_score,
        failed=failed,
    )


def _line(row: TaskSchedule, policy: Policy, projects: dict[int, tuple[str, str]]) -> MilestoneLine:
    slip = None if row.finish_slip is None else (Decimal(row.finish_slip) / WORKDAY).quantize(Decimal("0.01"))
    level = "none"
    if slip is not None:
        level = "bad" if slip > policy.slippage_bad else "watch" if slip > policy.slippage_watch else "ok"
    return MilestoneLine(
        name=row.task.name,
        project=projects.get(row.project_id, ("", ""))[1],
        forecast=row.finish.date() if row.finish else None,
        baseline=row.baseline_finish.date() if row.baseline_finish else None,
        slippage=slip,
        is_done=row.percent_complete >= 100,
        level=level,
    )
