"""What a governance report says about projects, milestones, the next gates and the baseline in use."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils import translation

from programs.engine.rag import Policy
from programs.engine.report_content import BaselineLine, GateLine, MilestoneLine
from programs.models import Program
from programs.services.report_sections import Sections
from projects.models import Baseline, Plan, Project, TaskSchedule
from projects.selectors import gates, quality_words
from tpm.accounts import actors

MOST_MILESTONES = 12
WORKDAY = 480


def fill(program: Program, policy: Policy, sections: Sections) -> None:
    """Add the projects' names, the milestones that slip most, the gates to be decided next, and the waiver of the
    baseline in use: a fixed number of queries."""
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
    sections.gates = tuple(_next_gates(program))
    plan = Plan.objects.select_related("baseline").filter(pk=program.pk).first()
    if plan and plan.baseline and plan.baseline.waiver:
        sections.baseline = _waived(plan.baseline)


def _next_gates(program: Program) -> Iterator[GateLine]:
    """The next gate of the program and of each of its projects, the earliest first."""
    rows = [row for row in gates.of_program(actors.system(), program) if row.is_next]
    for row in sorted(rows, key=lambda one: (one.forecast or date.max, one.gate.pk)):
        yield GateLine(
            name=row.gate.name,
            project=row.gate.project.name if row.gate.project else "",
            forecast=row.forecast,
            baseline=row.baseline,
            slippage=None if row.slip_wd is None else row.slip_wd.quantize(Decimal("0.01")),
            state=row.gate.state,
            criteria=row.criteria,
            open=row.open,
            level=row.level,
        )


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
