"""What-if scenarios: the list, one against the plan, the Gantt's two doors, and what ends a scenario."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Scenario, ScenarioEdit
from projects.selectors import scenario_gantt, scenario_staffing, scenario_words
from projects.selectors import scenarios as selectors
from projects.services import command_json
from projects.services import scenarios as services
from projects.services.commands import EditRefused
from projects.services.scenarios import Outdated, ScenarioClosed
from projects.web.gantt_words import words
from projects.web.resources import staffing
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx, pages
from tpm.lib.listing import Head, Listing, actions

MOST_ROWS = 500
SORTS = {
    "task": "name",
    "start": "start",
    "finish": "finish",
    "moved": "finish_shift",
    "float": "total_float",
    "cost": "eac",
}


class ScenarioForm(forms.ModelForm):
    class Meta:
        model = Scenario
        fields = ("name", "note", "is_shared")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


@require_http_methods(["GET", "HEAD", "POST"])
def scenario_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The program's scenarios, and the form that starts one."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    may_edit = programs.may_somewhere(actor, "scenario.edit", program)
    if request.method == "POST":
        policies.authorize_within(actor, "scenario.edit", program)
    form = ScenarioForm(request.POST or None)
    if form.is_valid():
        made = services.create(actor=actor, program=program, **form.cleaned_data)
        return redirect(_plan_of(made))
    heads: list[Head[Scenario]] = [
        Head("name", _("Scenario"), lambda one: one.name, width=36),
        Head("state", _("State"), lambda one: one.get_state_display()),
        Head("edits", _("Edits"), lambda one: getattr(one, "steps_count", None), num=True),
        Head("owner", _("Owner"), lambda one: str(one.owner), width=24),
        Head("started", _("Started"), lambda one: one.created_at, width=20),
        actions(),
    ]
    table = Listing(request, selectors.of_program(actor, program), heads)
    if kind := exports.wanted(request):
        return table.respond(kind, f"{program.code} scenarios")
    context = {
        "program": program,
        "tab": "plan",
        "table": table,
        "scenarios": table.rows,
        "form": form,
        "may_edit": may_edit,
    }
    status = 422 if form.errors else 200
    return render(request, "projects/scenarios/list.html", context, status=status)


@require_safe
def scenario_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A scenario beside the plan: what differs, and its edits in words. ``?sort=`` a key of ``SORTS``, with ``-`` downwards."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    services.want(scenario)
    rows = _sorted(request, selectors.rows(actor, scenario))
    shown = pages.beginning(request, rows, MOST_ROWS, "rows")
    context = _context(actor, scenario) | {
        "tab": "plan",
        "rows": scenario_staffing.tell(scenario, shown.rows),
        "rows_cut": shown,
        "cost_of": selectors.may_see_cost(actor, scenario),
        "steps": scenario_words.steps(actor, scenario),
        "sort": request.GET.get("sort", ""),
        "sorts": list(SORTS),
    }
    template = "_comparison.html" if htmx.wants_fragment(request) else "detail.html"
    return render(request, f"projects/scenarios/{template}", context)


@require_safe
def scenario_export(request: HttpRequest, pk: int, file_kind: str) -> HttpResponse:
    """The comparison as CSV or XLSX."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    if file_kind not in exports.FORMATS:
        raise Http404
    cost_of = selectors.may_see_cost(actor, scenario)
    columns = [
        exports.Column(label, width)
        for label, width in (
            (_("Task"), 50), (_("Change"), 12), (_("Start in the plan"), 18), (_("Start"), 18), (_("Finish in the plan"), 18),
            (_("Finish"), 18), (_("Finish moved, working days"), 12), (_("Total float in the plan, days"), 12),
            (_("Total float, days"), 12), (_("Cost (EAC) in the plan"), 14), (_("Cost (EAC)"), 14), (_("Who in the plan"), 30),
            (_("Who"), 30),
        )
    ]  # fmt: skip
    rows = (
        (
            row.name, row.get_change_display(), row.plan_start, row.start, row.plan_finish, row.finish, _days(row.finish_shift),
            _days(row.plan_total_float), _days(row.total_float),
            *((row.plan_eac, row.eac) if row.project_id in cost_of else (None, None)), row.plan_who, row.who,
        )
        for row in scenario_staffing.tell(scenario, _sorted(request, selectors.rows(actor, scenario)))
    )  # fmt: skip
    return exports.respond(file_kind, f"{scenario.name} {scenario.program.code}", columns, rows)


@require_safe
def scenario_banner(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands over the Gantt while a scenario is open in it."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    services.want(scenario)
    return render(request, "projects/scenarios/_banner.html", _context(actor, scenario))


@require_safe
@gzip_page
def scenario_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The scenario in columns, as the plan's data; with ``?since=`` what is shown already the revisions only."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    services.want(scenario)
    inputs, computed = selectors.revisions(scenario)
    if request.GET.get("since", "") == str(computed):
        return JsonResponse(
            {"input_revision": inputs, "computed_revision": computed, "tasks": {"id": []}, "removed": []}
        )
    program = programs.get_for(actor, scenario.program_id, "plan.read")
    may_edit = programs.may_somewhere(actor, "scenario.edit", program)
    payload = scenario_gantt.data(actor, program, scenario, may_edit=may_edit) | {"labels": words()}
    return HttpResponse(json.dumps(payload, separators=(",", ":")), content_type="application/json")


@require_safe
def scenario_staffing_of(request: HttpRequest, pk: int, task: str) -> JsonResponse:
    """What the cell "who" needs while the scenario is open in the Gantt; a task that edit N creates is −N."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    try:
        number = int(task)
    except ValueError:
        raise Http404 from None
    assigned = scenario_staffing.of_task(actor, scenario, number)
    return JsonResponse(staffing(actor, scenario.program, assigned))


@require_POST
def scenario_edits(request: HttpRequest, pk: int) -> JsonResponse:
    """Take commands of the Gantt as edits of the scenario; ``{"op": "cut", "to": 3, "after": 5}`` takes the last ones back.

    200; 409 where another window was faster; 422 where a command can not be carried out.
    """
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    commands: list[Any] = []
    try:
        services.authorize(actor, scenario)
        payload = json.loads(request.body)
        commands = payload["commands"]
        if len(commands) == 1 and commands[0].get("op") == "cut":
            to, after = int(commands[0]["to"]), int(commands[0]["after"])
            gone = services.cut(actor=actor, scenario=scenario, to=to, after=after)
            return JsonResponse(_answer(actor, scenario, [], gone))
        numbers = services.append(actor=actor, scenario=scenario, commands=commands)
    except EditRefused as refused:
        errors = command_json.render_refused(refused, command_json.parse({"commands": commands}))
        return JsonResponse({"errors": errors}, status=409 if refused.is_conflict else 422)
    except (Outdated, ScenarioClosed) as late:
        return JsonResponse({"errors": [{"code": "outdated", "message": str(late)}]}, status=422)
    except ValidationError as error:
        return _wrong(error.messages)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _wrong([_("Give a list of commands.")])
    made = [
        {"op_index": index, name: -number, "version": 1}
        for index, (number, command) in enumerate(zip(numbers, commands, strict=True))
        for op, name in (("create", "task"), ("link", "link"), ("assign", "assignment"))
        if command["op"] == op
    ]
    undo = [{"op": "cut", "to": numbers[0] - 1, "after": numbers[-1]}] if numbers else []
    return JsonResponse(_answer(actor, scenario, made, undo))


@require_POST
def scenario_step(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Settle an edit that does not fit: ``keep=1`` lets it stand over what somebody changed, else it is dropped."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    try:
        services.authorize(actor, scenario)
        if request.POST.get("keep") == "1":
            services.keep_mine(actor=actor, scenario=scenario, number=number)
            return htmx.done(_("Your edit stands."), events=("tpm:scenario",))
        gone = services.remove(actor=actor, scenario=scenario, number=number)
    except ScenarioClosed as late:
        return _text(str(late), 409)
    except ScenarioEdit.DoesNotExist:
        return _text(_("This edit is not there any more, or its row was deleted."), 409)
    more = _(" Edits that needed it went with it.") if len(gone) > 1 else ""
    return htmx.done(_("The edit was dropped.") + more, events=("tpm:scenario",))


@require_POST
def scenario_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the scenario's edits edits of the plan."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    policies.authorize_within(actor, "scenario.edit", scenario.program)
    try:
        services.apply(actor=actor, scenario=scenario)
    except EditRefused as refused:
        return _text(_("Nothing was applied: %(why)s") % {"why": refused}, 409)
    except (ScenarioClosed, activity.Conflict) as late:
        return _text(str(late), 409)
    return htmx.go(reverse("projects:program-plan", args=[scenario.program_id]))


@require_POST
def scenario_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the scenario without applying it."""
    actor = actors.from_request(request)
    scenario = selectors.get_for(actor, pk)
    try:
        services.drop(actor=actor, scenario=scenario)
    except ScenarioClosed as late:
        return _text(str(late), 409)
    return htmx.go(reverse("projects:scenario-list", args=[scenario.program_id]))


def banner(actor: Actor, program: Program, pk: int) -> dict[str, Any]:
    """Return what the plan's page needs to show a scenario in its place.

    :raises Scenario.DoesNotExist: if the program has none that the actor may see.
    """
    return _context(actor, selectors.of_program(actor, program).get(pk=pk))


def _context(actor: Actor, scenario: Scenario) -> dict[str, Any]:
    program = scenario.program
    may_edit = programs.may_somewhere(actor, "scenario.edit", program)
    return {
        "program": program,
        "scenario": scenario,
        "summary": selectors.summary(actor, scenario),
        "stale": selectors.is_stale(scenario),
        "problems": scenario.result.problems,
        "may_edit": may_edit and scenario.is_open,
        "plan_url": _plan_of(scenario),
    }


def _plan_of(scenario: Scenario) -> str:
    return f"{reverse('projects:program-plan', args=[scenario.program_id])}?scenario={scenario.pk}"


def _sorted(request: HttpRequest, rows: Any) -> Any:
    wanted = request.GET.get("sort", "")
    column = SORTS.get(wanted.removeprefix("-"))
    if column is None:
        return rows
    by = F(column).desc(nulls_last=True) if wanted.startswith("-") else F(column).asc(nulls_last=True)
    return rows.order_by(by, "sequence", "pk")


def _answer(actor: Actor, scenario: Scenario, made: list[Any], undo: list[Any]) -> dict[str, Any]:
    inputs, _computed = selectors.revisions(selectors.get_for(actor, scenario.pk))
    return {"input_revision": inputs, "versions": {}, "link_versions": {}, "created": made, "undo": undo}


def _days(minutes: int | None) -> float | None:
    return None if minutes is None else minutes / 480


def _text(message: str, status: int) -> HttpResponse:
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")


def _wrong(messages: list[str]) -> JsonResponse:
    return JsonResponse({"errors": [{"code": "invalid", "message": text} for text in messages]}, status=422)
