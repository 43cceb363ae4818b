"""The board of a program's work: columns by status, moved by drag, by keyboard and by buttons; limits of a project."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import BoardLimits, Project
from projects.selectors import boards, projects, tasks
from projects.selectors.boards import Board, Card
from projects.services import boards as services
from projects.services.commands import EditRefused
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.exports import Column
from tpm.lib.forms import add_errors

NAMES = {
    boards.WAITING: gettext_lazy("Waiting"),
    boards.READY: gettext_lazy("Not started"),
    boards.PROGRESS: gettext_lazy("In progress"),
    boards.DONE: gettext_lazy("Done"),
}
MOVES = {
    boards.WAITING: (("progress", gettext_lazy("Start")), ("done", gettext_lazy("Done"))),
    boards.READY: (("progress", gettext_lazy("Start")), ("done", gettext_lazy("Done"))),
    boards.PROGRESS: (("done", gettext_lazy("Done")), ("ready", gettext_lazy("Not started"))),
    boards.DONE: (("progress", gettext_lazy("Reopen")),),
}


class LimitsForm(forms.ModelForm):
    """The limits of a project's columns."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BoardLimits
        fields = ("waiting", "in_progress")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None


@require_safe
def program_board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a program, of one of its projects (``?project=``), of one person (``?person=``)."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    return _board(request, actor, program)


@require_POST
def task_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a card (``to``: ready, progress or done); the board of the address comes back, with a way to undo it."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    policies.authorize(actor, "progress.update", task)
    version = request.POST.get("version", "")
    try:
        done = services.move(
            actor=actor,
            task=task,
            version=int(version) if version.isdecimal() else task.version,
            to=request.POST.get("to", ""),
            known=_known(task.program),
        )
    except ValidationError as error:
        return _refused(" ".join(error.messages))
    except EditRefused as refused:
        return _refused(str(refused))
    program = programs.get_for(actor, task.program_id, "plan.read")
    answer = _board(request, actor, program, moved=pk)
    undo = reverse("projects:change-undo", args=[program.pk, done.change_set]) if done.change_set else ""
    return htmx.toast(answer, _("“%(name)s” was moved.") % {"name": task.name}, undo_url=undo)


@require_POST
def board_limits(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the limits of a project."""
    actor = actors.from_request(request)
    project = projects.get_for(actor, pk)
    policies.authorize(actor, "project.edit", project)
    found = BoardLimits.objects.filter(project=project).first()
    form = LimitsForm(request.POST, instance=BoardLimits.objects.filter(project=project).first())
    if form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        if found is not None:
            found.version = version or found.version
        try:
            services.set_limits(actor=actor, project=project, limits=found, **values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(
                reverse("projects:program-board", args=[project.program_id]) + f"?project={project.pk}"
            )
    program = programs.get_for(actor, project.program_id, "plan.read")
    return _board(request, actor, program, project=project, form=form)


@require_safe
def board_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The cards as CSV or XLSX."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    if kind not in exports.FORMATS:
        raise Http404
    project, person = _chosen(request, actor, program)
    found = boards.board(actor, program, known=_known(program), project=project, person=person)
    columns = [
        Column(_("Status"), 14), Column(_("Project"), 30), Column(_("WBS"), 10), Column(_("Task"), 40), Column(_("Who"), 26),
        Column(_("Start"), 12), Column(_("Finish"), 12), Column(_("Done, %")), Column(_("Waits for"), 50),
    ]  # fmt: skip
    rows = (_cells(card) for column in found.columns for card in column.cards)
    return exports.respond(kind, f"{program.code} board", columns, rows)


def _cells(card: Card) -> tuple[Any, ...]:
    schedule = card.task.schedule
    return (
        str(NAMES[card.column]), card.task.project.name, schedule.wbs, card.task.name, card.who,
        schedule.start.date() if schedule.start else None, schedule.finish.date() if schedule.finish else None,
        round(schedule.percent_complete, 1), "; ".join(card.holders),
    )  # fmt: skip


def _refused(message: str) -> HttpResponse:
    return HttpResponse(message, status=409, content_type="text/plain; charset=utf-8")


def _known(program: Program) -> date:
    return program.data_date or timezone.localdate()


def _chosen(request: HttpRequest, actor: Actor, program: Program) -> tuple[Project | None, int | None]:
    """Read the address; a project that is not there, or not seen, is none."""
    number, person = request.GET.get("project", ""), request.GET.get("person", "")
    project = None
    if number.isdecimal() and len(number) < 16:
        project = projects.of_program(actor, program).filter(pk=int(number)).first()
    return project, int(person) if person.isdecimal() and len(person) < 16 else None


def _board(
    request: HttpRequest,
    actor: Actor,
    program: Program,
    *,
    project: Project | None = None,
    form: LimitsForm | None = None,
    moved: int | None = None,
) -> HttpResponse:
    chosen, person = _chosen(request, actor, program)
    project = project or chosen
    found = boards.board(actor, program, known=_known(program), project=project, person=person)
    query = urlencode({k: v for k, v in (("project", project and project.pk), ("person", person)) if v})
    may_limit = bool(project) and policies.holds(actor, "project.edit", _scope(program, project))
    context = {
        "program": program,
        "tab": "plan",
        "board": found,
        "columns": [_column(actor, program, one) for one in found.columns],
        "project": project,
        "person": person,
        "projects": projects.of_program(actor, program),
        "here": reverse("projects:program-board", args=[program.pk]),
        "query": f"?{query}" if query else "",
        "amp": f"?{query}&" if query else "?",
        "export": reverse("projects:board-export", args=[program.pk, "csv"]).removesuffix("csv"),
        "form": (form or LimitsForm(instance=found.limits)) if may_limit else None,
        "over": _over(found),
        "anything": any(one.cards for one in found.columns) or found.later,
        "moved": moved,
        "partial": not policies.holds(actor, "plan.read", program.scope),
    }
    part = htmx.wants_fragment(request)
    status = 422 if form and form.errors else 200
    return render(request, f"projects/boards/{'_board' if part else 'program'}.html", context, status=status)


def _column(actor: Actor, program: Program, column: boards.Column) -> dict[str, Any]:
    return {
        "column": column,
        "name": NAMES[column.key],
        "cards": [
            {
                "card": card,
                "moves": MOVES[column.key]
                if policies.holds(actor, "progress.update", card.task.scope)
                else (),
            }
            for card in column.shown
        ],
    }


def _over(found: Board) -> str:
    """Return in words which limits are passed."""
    return " ".join(
        ngettext("%(name)s: %(n)s task, the limit is %(limit)s.", "%(name)s: %(n)s tasks, the limit is %(limit)s.", len(one.cards))
        % {"name": NAMES[one.key], "n": len(one.cards), "limit": one.limit}
        for one in found.columns
        if one.is_over
    )  # fmt: skip


def _scope(program: Program, project: Project | None) -> policies.Scope:
    return policies.Scope(program.portfolio_id, program.pk, project.pk if project else None)
