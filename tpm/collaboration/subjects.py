"""What people talk about, said to the foundation by the roof, which knows the apps. A new kind is one entry here."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgets.models import CapitalRequest, CostLine
from programs import policies
from programs.models import Action, Kpi, Objective, Program, StatusReport
from programs.selectors import people
from projects.models import Commitment, Gate, ImportRun, Project, Task, TaskSchedule
from risks.models import Risk
from tpm.accounts.actors import WEB, Actor
from tpm.activity import subjects
from tpm.activity.subjects import Subject
from tpm.downloads.models import Download

TASK, PROJECT, PROGRAM, RISK, REQUEST = "task", "project", "program", "risk", "capital_request"
REPORT, PUBLISHED, KPI, COST_LINE = "report", "published_report", "kpi", "cost_line"
IMPORT, FILE = "import_run", "file"
ACTION, GATE, COMMITMENT, OBJECTIVE = "action", "gate", "commitment", "objective"


def register() -> None:
    """Let tasks, projects, programs, risks, gates, actions, promises, objectives, capital requests, reports, KPIs and cost lines be
    talked about."""
    for subject in _subjects():
        subjects.register(subject)


def own_page(kind: str, pk: int) -> str:
    """Return the page that shows a row's conversation and history alone."""
    return reverse("collaboration:item", args=[kind, pk])


def _subjects() -> list[Subject]:
    return [
        _talked(TASK, Task, lambda: _("Task"), _task_address, related=("program", "project"), marker=_finish),
        _talked(PROJECT, Project, lambda: _("Project"), lambda one: own_page(PROJECT, one.pk)),
        # Who reads one project of a program does not hear what is said about the whole of it.
        _talked(
            PROGRAM, Program, lambda: _("Program"), lambda one: _page("programs:program-detail", one.pk),
            narrow=_whole_plan, related=("portfolio",), program=lambda one: int(one.pk),
        ),
        _talked(RISK, Risk, lambda: _("Risk"), _risk_address, name=lambda one: f"R-{one.number} {one.title}"),
        _talked(
            REQUEST, CapitalRequest, lambda: _("Capital request"), lambda one: _page("budgets:capex-detail", one.pk),
            name=lambda one: f"{one.key} {one.title}",
        ),
        # What was said over a draft is not for everybody who reads the published report.
        _talked(
            REPORT, StatusReport, lambda: _("Report"), lambda one: _page("programs:report-detail", one.pk),
            narrow=_whole_plan_of_row,
        ),
        Subject(
            kind=PUBLISHED, model=StatusReport, noun=lambda: _("Report"), name=str, program=lambda one: int(one.program_id),
            address=lambda one: _page("programs:report-detail", one.pk), people=_people, related=("program",),
        ),
        _talked(KPI, Kpi, lambda: _("KPI"), lambda one: _page("programs:kpi-detail", one.pk)),
        _talked(ACTION, Action, lambda: _("Action"), _action_address, related=("program",)),
        _talked(GATE, Gate, lambda: _("Gate"), lambda one: _page("projects:gate-detail", one.pk)),
        Subject(
            kind=COMMITMENT, model=Commitment, noun=lambda: pgettext("noun", "Promise"), name=_promise, address=_promise_address,
            program=lambda one: int(one.program_id), people=_people, authorize=_authorize_promise,
            related=tuple(f"dependency__{end}__program" for end in ("predecessor", "successor")),
        ),
        _talked(
            OBJECTIVE, Objective, lambda: _("Objective"), lambda one: _page("programs:objective-detail", one.pk),
            related=("portfolio", "program"),
        ),
        _talked(COST_LINE, CostLine, lambda: _("Cost line"), lambda one: own_page(COST_LINE, one.pk)),
        Subject(
            kind=IMPORT, model=ImportRun, noun=lambda: _("Import"), name=lambda one: one.file_name,
            address=lambda one: _page("imports:import-detail", one.pk), program=lambda one: one.program_id,
            people=_importers, related=("program", "portfolio"),
        ),
        Subject(
            kind=FILE, model=Download, noun=lambda: _("File"), name=str, address=lambda one: _page("download-detail", one.pk),
            program=lambda one: None, people=lambda one: [Actor(user=one.user, via=WEB)], related=("user",),
        ),
    ]  # fmt: skip


def _talked(
    kind: str,
    model: type[models.Model],
    noun: Callable[[], str],
    address: Callable[[Any], str],
    *,
    name: Callable[[Any], str] = str,
    program: Callable[[Any], int | None] = lambda one: one.program_id,
    narrow: Callable[[Actor], Q] | None = None,
    marker: Callable[[Any], str] | None = None,
    related: tuple[str, ...] = ("program",),
) -> Subject:
    return Subject(
        kind=kind, model=model, noun=noun, name=name, address=address, program=program, people=_people,
        authorize=_authorize, narrow=narrow, marker=marker, related=related,
    )  # fmt: skip


def _authorize(actor: Actor, row: Any) -> None:
    policies.authorize(actor, "comment.write", row)


def _people(row: Any) -> list[Actor]:
    return people.of_portfolio(row.scope.portfolio_id)


def _importers(row: Any) -> list[Actor]:
    return people.of_portfolio(row.portfolio_id)


def _whole_plan(actor: Actor) -> Q:
    return policies.within(actor, "plan.read", portfolio="portfolio_id", program="pk", project=None)


def _whole_plan_of_row(actor: Actor) -> Q:
    return policies.within(actor, "plan.read", project=None)


def _page(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def _task_address(task: Task) -> str:
    return f"{_page('projects:program-plan', task.program_id)}?task={task.pk}"


def _risk_address(risk: Risk) -> str:
    return f"{_page('risks:program-risks', risk.program_id)}?risk={risk.pk}"


def _action_address(action: Action) -> str:
    return f"{_page('programs:action-list', action.program_id)}?show=all&action={action.pk}"


def _promise(commitment: Commitment) -> str:
    return commitment.deliverable or commitment.dependency.predecessor.name


def _promise_address(commitment: Commitment) -> str:
    here = _page("projects:program-dependencies", commitment.program_id)
    return f"{here}?show=all&link={commitment.dependency_id}"


def _authorize_promise(actor: Actor, commitment: Commitment) -> None:
    """Both sides of a promise may talk about it."""
    ends = (commitment.dependency.predecessor, commitment.dependency.successor)
    if not any(policies.holds(actor, "comment.write", one.scope) for one in ends):
        raise policies.NotAllowed("comment.write")


def _finish(task: Task) -> str:
    """Return the finish that a watcher of a task knows from now on."""
    schedule = TaskSchedule.objects.filter(pk=task.pk).only("finish").first()
    return schedule.finish.isoformat() if schedule and schedule.finish else ""
