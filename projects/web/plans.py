"""The Plan page, the two JSON doors of the Gantt, and the options of the schedule engine."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Plan
from projects.selectors import far_links, gantt, gantt_changes, gantt_windows, overlays, plans
from projects.selectors import projects as project_selectors
from projects.services import command_json, plan_edits
from projects.services import plans as services
from projects.services.commands import EditRefused
from projects.web import scenarios
from projects.web.gantt_words import words
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.forms import add_errors


@require_safe
def program_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as tree grid and chart; with ``?scenario=`` that what-if in its place."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    context = {
        "program": program,
        "tab": "plan",
        "may": policies.capabilities_at(actor, program.scope),
        "projects": project_selectors.of_program(actor, program),
        "view": "gantt",
    }
    if (wanted := request.GET.get("scenario", "")).isdecimal():
        context |= scenarios.banner(actor, program, int(wanted))
    return render(request, "projects/plans/detail.html", context)


@require_safe
@gzip_page
def gantt_data(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The plan in columns; with ``?since=`` a computed revision and the ``?head=`` that came with it, what differs from then.

    Who can not be told what differs gets the whole plan (it has ``program``); who asks again for the same gets 304.
    ``?baseline=`` puts that baseline behind the bars, and slippage against it, instead of the one in use.

    ``?rows=`` asks for so many rows, from the task ``?from=`` on; the first such answer has the outline of all, those with
    ``?window=`` the rows alone. A plan of at most ``gantt_windows.MOST_WHOLE`` rows is answered whole.
    """
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    frame, labels = gantt.head(actor, program), words()
    choices = plans.baseline_choices(actor, program)
    shown = next((one for one in choices if str(one.pk) == request.GET.get("baseline")), None)
    since = request.GET.get("since", "")
    known = since.isascii() and since.isdigit() and request.GET.get("head") == frame.tag
    state = program.computation
    wish = _Wish.of(request)
    far = None if wish and wish.is_window else far_links.of_plan(actor, program, frame)
    said = [
        asdict(wish) if wish else None,
        frame.tag,
        state.input_revision,
        state.computed_revision,
        state.computations,
        since,
        known,
        labels,
        shown and shown.pk,
        far,  # other programs have revisions and rights of their own
    ]
    etag = f'"{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        payload = gantt_changes.since(program, frame, int(since)) if known else None
        if payload is None and wish:
            payload = _part(program, frame, wish, labels)
        if payload is None:
            payload = gantt.data(actor, program, frame) | {"labels": labels}
        if shown is not None:
            overlays.lay(program, shown, payload["tasks"])
            _unsum(payload)
        if not (wish and wish.is_window):
            used = plans.of_program(program).baseline_id
            behind = shown.pk if shown is not None else used
            payload["gone"] = overlays.gone(behind, frame.project_ids) if behind else {"id": []}
            payload["baselines"] = {
                "choices": [{"id": one.pk, "name": one.name} for one in choices],
                "used": used,
                "shown": shown and shown.pk,
            }
        if far is not None:
            payload["far"] = far
        text = json.dumps(payload, separators=(",", ":"))
        answer = HttpResponse(text, content_type="application/json", headers={"ETag": etag})
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@dataclass(frozen=True)
class _Wish:
    """Which rows a page asks for: ``count`` of them from the task ``first`` on, and whether it has the outline already."""

    count: int
    first: int | None
    is_window: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "_Wish | None":
        """Read it from the address; None who wants all."""
        given = request.GET
        count, first = given.get("rows", ""), given.get("from", "")
        if not (count.isascii() and count.isdigit() and int(count[:9])):
            return None
        known = int(first[:18]) if first.isascii() and first.isdigit() else None
        return cls(min(int(count[:9]), gantt_windows.MOST_ROWS), known, "window" in given)


def _part(program: Program, frame: gantt.Head, wish: _Wish, labels: dict[str, str]) -> dict[str, Any] | None:
    """Return the rows that are asked for; None if the plan is small enough to be sent whole."""
    outline = gantt_windows.outline(program, frame)
    if wish.is_window:
        state = program.computation
        return {
            "head": frame.tag,
            "input_revision": state.input_revision,
            "computed_revision": state.computed_revision,
            **gantt_windows.window(program, frame, outline.slice(wish.first, wish.count)),
        }
    if len(outline.ids) <= gantt_windows.MOST_WHOLE:
        return None
    return gantt_windows.opening(program, frame, outline, wish.first, wish.count) | {"labels": labels}


def _unsum(payload: dict[str, Any]) -> None:
    """The sums of projects know the baseline in use only: of another one the page learns them with its rows."""
    if "sums" in payload:
        nothing = [None] * len(payload["sums"]["project"])
        payload["sums"] |= {"baseline_start": nothing, "baseline_finish": nothing}


@require_POST
def plan_edit(request: HttpRequest, pk: int) -> JsonResponse:
    """Carry out commands of the Gantt (``projects.services.command_json``), all or none.

    200 with the new versions; 409 where somebody else was faster; 422 where a command can not be carried out.
    """
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    policies.authorize_within(actor, "progress.update", program)
    try:
        payload = json.loads(request.body)
        commands = command_json.parse(payload)
    except ValueError:
        return _wrong([_("This is no JSON.")])
    except ValidationError as error:
        return _wrong(error.messages)
    try:
        applied = plan_edits.apply(
            actor=actor, program=program, commands=commands, reason=command_json.reason(payload)
        )
    except policies.NotAllowed:
        return JsonResponse(
            {"errors": [{"code": "not_allowed", "message": _("Your role does not allow this.")}]}, status=403
        )
    except EditRefused as refused:
        errors = command_json.render_refused(refused, commands)
        return JsonResponse({"errors": errors}, status=409 if refused.is_conflict else 422)
    return JsonResponse(command_json.render(applied))


def _wrong(messages: list[str]) -> JsonResponse:
    return JsonResponse({"errors": [{"code": "invalid", "message": text} for text in messages]}, status=422)


class PlanForm(forms.ModelForm):
    """How the schedule engine computes the program."""

    days = forms.DecimalField(
        label=gettext_lazy("Critical up to this float, in days"), min_value=0, max_value=60, decimal_places=2
    )

    class Meta:
        model = Plan
        fields = ("progress", "honour_constraints", "baseline_gate", "passing_score")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].initial = f"{self.instance.critical_threshold / 480:g}"

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return values | {"critical_threshold": round(self.cleaned_data["days"] * 480)}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_options(request: HttpRequest, pk: int) -> HttpResponse:
    """The options as a panel of the settings."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    may_edit = policies.holds(actor, "program.edit", program.scope)
    if request.method == "POST":
        policies.authorize(actor, "program.edit", program)
    form = PlanForm(request.POST or None, instance=plans.of_program(program))
    response = None
    if form.is_valid():
        try:
            services.update(actor=actor, program=program, **form.values())
            response = _("Saved. The plan is being computed again.")
        except ValidationError as error:
            add_errors(form, error)
    if not may_edit:
        for field in form.fields.values():
            field.disabled = True
    context = {"program": program, "form": form, "may_edit": may_edit}
    answer = render(request, "projects/plans/_options.html", context, status=422 if form.errors else 200)
    return htmx.toast(answer, response) if response else answer
