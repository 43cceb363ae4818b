"""Gates in the browser: the list of a program, one gate with its criteria and decisions, the panel of the overview."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Gate, GateCriterion
from projects.selectors import gates as read
from projects.selectors import projects
from projects.selectors.gates import GateRow
from projects.services import gates as services
from projects.web.gate_forms import CriterionForm, DecisionForm, GateForm, ReopenForm, SettleForm
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.exports import Column
from tpm.lib.forms import add_errors

SHOWS = {"all": gettext_lazy("All"), "open": gettext_lazy("To be decided")}


@require_safe
def gate_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The gates of a program and of its projects, in order; as a file too."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    show = request.GET.get("show", "") if request.GET.get("show") in SHOWS else "all"
    number = request.GET.get("project", "")
    project = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else None
    rows = read.of_program(actor, program, project=project)
    if show == "open":
        rows = [row for row in rows if row.gate.is_open]
    if kind := exports.wanted(request):
        return exports.respond(kind, f"{program.code} gates", _file_columns(), _cells(rows))
    known = list(projects.of_program(actor, program))
    context = {
        "program": program,
        "tab": "milestones",
        "groups": read.grouped(rows),
        "count": len(rows),
        "next": read.next_of(rows),
        "show": show,
        "shows": [(key, label, key == show) for key, label in SHOWS.items()],
        "project": project,
        "projects": known,
        "filtered": project is not None or show != "all",
        "without": _without(actor, program, known) if project is None and show == "all" else [],
        "may_edit": programs.may_somewhere(actor, services.EDIT, program),
        "here": reverse("projects:gate-list", args=[pk]),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/gates/{'_list' if part else 'list'}.html", context)


@require_safe
def gate_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The next gate of the program and of each project, for the overview."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    rows = read.of_program(actor, program)
    waiting = sorted((row for row in rows if row.is_next), key=lambda row: str(row.forecast or "9999"))
    context = {
        "program": program,
        "next": read.next_of(rows),
        "rows": [row for row in waiting if row != read.next_of(rows)][:6],
        "any": bool(rows),
        "may_edit": programs.may_somewhere(actor, services.EDIT, program),
    }
    return render(request, "projects/gates/_panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def gate_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new gate."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    policies.authorize_within(actor, services.EDIT, program)
    form = GateForm(request.POST or None, actor=actor, program=program, initial=request.GET.dict())
    if form.is_valid():
        try:
            made = services.create(actor=actor, program=program, **form.values())
            return redirect("projects:gate-detail", made.pk)
        except ValidationError as error:
            add_errors(form, error)
    context = {"form": form, "program": program, "tab": "milestones", "title": _("New gate")}
    context["back"] = reverse("projects:gate-list", args=[pk])
    return render(request, "projects/gates/form.html", context, status=422 if form.errors else 200)


@require_POST
def gate_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the program, or one of its projects (``project``), the usual gates."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    policies.authorize_within(actor, services.EDIT, program)
    number = request.POST.get("project", "")
    project = projects.get_for(actor, int(number)) if number.isdecimal() and 0 < len(number) < 18 else None
    try:
        services.copy_template(actor=actor, program=program, project=project)
    except ValidationError as refused:
        return HttpResponse(refused.messages[0], status=409, content_type="text/plain; charset=utf-8")
    return htmx.done(_("The gates are there. Give each a milestone or a date."), events=("gates-changed",))


@require_safe
def gate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One gate."""
    actor = actors.from_request(request)
    return _detail(request, actor, read.get_for(actor, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def gate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a gate."""
    actor = actors.from_request(request)
    gate = read.get_for(actor, pk)
    policies.authorize(actor, services.EDIT, gate)
    form = GateForm(request.POST or None, instance=read.get_for(actor, pk), actor=actor, program=gate.program)
    if form.is_valid():
        gate.version = form.cleaned_data["version"] or gate.version
        try:
            services.update(actor=actor, gate=gate, **form.values())
            return redirect("projects:gate-detail", pk)
        except ValidationError as error:
            add_errors(form, error)
    context = {"form": form, "program": gate.program, "tab": "milestones", "title": gate.name}
    context["back"] = reverse("projects:gate-detail", args=[pk])
    return render(request, "projects/gates/form.html", context, status=422 if form.errors else 200)


@require_POST
def gate_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a gate on which nothing was decided."""
    actor = actors.from_request(request)
    gate = read.get_for(actor, pk)
    try:
        services.delete(actor=actor, gate=gate)
    except ValidationError as refused:
        return _detail(request, actor, read.get_for(actor, pk), refused=refused.messages[0])
    return redirect("projects:gate-list", gate.program_id)


@require_POST
def gate_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a gate."""
    actor = actors.from_request(request)
    gate = _versioned(request, read.get_for(actor, pk))
    policies.authorize(actor, services.DECIDE, gate)
    form = DecisionForm(request.POST, prefix="decide")
    if form.is_valid():
        try:
            services.decide(actor=actor, gate=gate, today=timezone.localdate(), **form.cleaned_data)
            return _changed(request, actor, pk)
        except ValidationError as error:
            add_errors(form, error)
    return _detail(request, actor, read.get_for(actor, pk), decision=form)


@require_POST
def gate_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, with the reason."""
    actor = actors.from_request(request)
    gate = _versioned(request, read.get_for(actor, pk))
    policies.authorize(actor, services.REOPEN, gate)
    form = ReopenForm(request.POST, prefix="reopen")
    if form.is_valid():
        try:
            services.reopen(actor=actor, gate=gate, **form.cleaned_data)
            return _changed(request, actor, pk)
        except ValidationError as error:
            add_errors(form, error)
    return _detail(request, actor, read.get_for(actor, pk), reopening=form)


@require_POST
def criterion_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what must be met."""
    actor = actors.from_request(request)
    gate = read.get_for(actor, pk)
    policies.authorize(actor, services.EDIT, gate)
    form = CriterionForm(request.POST, prefix="new")
    if form.is_valid():
        try:
            services.add_criterion(actor=actor, gate=gate, **form.cleaned_data)
            return _changed(request, actor, pk)
        except ValidationError as error:
            add_errors(form, error)
    return _detail(request, actor, read.get_for(actor, pk), new=form)


@require_POST
def criterion_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a criterion stands."""
    actor = actors.from_request(request)
    criterion = read.criterion_for(actor, pk)
    policies.authorize(actor, services.EDIT, criterion)
    version = request.POST.get("version", "")
    criterion.version = int(version) if version.isdecimal() and len(version) < 10 else criterion.version
    form = SettleForm(request.POST, prefix=f"c{pk}")
    if form.is_valid():
        try:
            services.update_criterion(
                actor=actor, criterion=criterion, today=timezone.localdate(), **form.cleaned_data
            )
            return _changed(request, actor, criterion.gate_id)
        except ValidationError as error:
            add_errors(form, error)
    return _detail(request, actor, read.get_for(actor, criterion.gate_id), settling={pk: form})


@require_POST
def criterion_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a criterion off."""
    actor = actors.from_request(request)
    criterion = read.criterion_for(actor, pk)
    gate = criterion.gate_id
    try:
        services.drop_criterion(actor=actor, criterion=criterion)
    except ValidationError as refused:
        return _detail(request, actor, read.get_for(actor, gate), refused=refused.messages[0])
    return _changed(request, actor, gate)


# ---- pieces ---------------------------------------------------------------------------------------------------------


def _versioned(request: HttpRequest, gate: Gate) -> Gate:
    version = request.POST.get("version", "")
    gate.version = int(version) if version.isdecimal() and len(version) < 10 else gate.version
    return gate


def _changed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    if not htmx.wants_fragment(request):
        return redirect("projects:gate-detail", pk)
    return _detail(request, actor, read.get_for(actor, pk))


def _detail(
    request: HttpRequest,
    actor: Actor,
    gate: Gate,
    *,
    decision: DecisionForm | None = None,
    reopening: ReopenForm | None = None,
    new: CriterionForm | None = None,
    settling: dict[int, SettleForm] | None = None,
    refused: str = "",
) -> HttpResponse:
    wrong = any((decision, reopening, new, settling, refused))
    may_edit = policies.holds(actor, services.EDIT, gate.scope)
    may_settle = may_edit and gate.state not in (Gate.State.PASSED, Gate.State.STOPPED)
    [row] = read.measured([gate])
    said = read.history(gate)
    names = {one.change_set.actor_id: one.change_set.actor for one in said}
    context = {
        "gate": gate,
        "row": row,
        "program": gate.program,
        "tab": "milestones",
        "criteria": [
            (one, _settle_form(one, settling or {}) if may_settle else None) for one in read.criteria_of(gate)
        ],
        "history": [(one, str(Gate.State(one.state).label), names.get(one.person)) for one in said],
        "may_edit": may_edit,
        "may_settle": may_settle,
        "may_decide": gate.is_open and policies.holds(actor, services.DECIDE, gate.scope),
        "may_reopen": not gate.is_open and policies.holds(actor, services.REOPEN, gate.scope),
        "reads_actions": policies.holds(actor, "action.read", gate.scope),
        "decision": decision or DecisionForm(prefix="decide", initial={"decided_on": timezone.localdate()}),
        "reopening": reopening or ReopenForm(prefix="reopen"),
        "new": new or CriterionForm(prefix="new"),
        "refused": refused,
    }
    part = htmx.wants_fragment(request)
    template = f"projects/gates/{'_body' if part else 'detail'}.html"
    return render(request, template, context, status=422 if wrong else 200)


def _settle_form(criterion: GateCriterion, wrong: dict[int, SettleForm]) -> SettleForm:
    initial = {"state": criterion.state, "reason": criterion.reason}
    return wrong.get(criterion.pk) or SettleForm(prefix=f"c{criterion.pk}", initial=initial)


def _without(actor: Actor, program: Program, known: Sequence[Any]) -> list[tuple[Any, str]]:
    """Return the program itself and its projects that have no gate yet, where the reader may add some: one query."""
    have = set(Gate.objects.filter(program=program).values_list("project_id", flat=True).distinct())
    places = [(None, program.name, program.scope), *((one.pk, one.name, None) for one in known)]
    return [
        (pk, name)
        for pk, name, scope in places
        if pk not in have
        and policies.holds(
            actor, services.EDIT, scope or policies.Scope(program.portfolio_id, program.pk, pk)
        )
    ]


def _file_columns() -> list[Column]:
    return [
        Column(_("Project"), 30), Column(_("Order"), 8), Column(_("Gate"), 30), Column(_("Milestone"), 40), Column(_("Forecast"), 12),
        Column(_("Baseline"), 12), Column(_("Slippage, wd")), Column(_("Criteria")), Column(_("Not met")), Column(_("Decision"), 20),
        Column(_("Decided on"), 12), Column(_("Decided by"), 24), Column(_("Note or conditions"), 60),
    ]  # fmt: skip


def _cells(rows: Sequence[GateRow]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        gate = row.gate
        yield (
            gate.project.name if gate.project else "", gate.position, gate.name, gate.task.name if gate.task else "",
            row.forecast, row.baseline, row.slip_wd, row.criteria, row.open, gate.get_state_display(), gate.decided_on,
            str(gate.decided_by or ""), gate.note,
        )  # fmt: skip
