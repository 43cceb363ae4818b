"""The door to the Gantt's files: the whole plan with GET, the rows and the part of time that a page shows with POST."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.models import Program
from programs.selectors import programs
from projects.selectors import chart_rows, far_links, gantt, overlays, plans, scenario_gantt, scenarios
from projects.web import chart_files
from projects.web.chart_files import Sheet
from tpm.accounts import actors
from tpm.accounts.actors import Actor

MOST_KEYS = 100_000
LATEST = 100_000_000  # wall minutes, the year 2160


@require_http_methods(["GET", "HEAD", "POST"])
def plan_chart(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The Gantt as PDF, PNG or XLSX; ``?baseline=`` and ``?scenario=`` as the page has them.

    The body of a POST is JSON: ``rows`` (the keys of the rows, as the page names them), ``from`` and ``to`` (wall minutes), ``paper``,
    ``shown`` (of links, baseline, float). 422 with what to do where that is too much.
    """
    if kind not in chart_files.MOST:
        raise Http404
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    try:
        wish = _wish(request)
        sheet = _sheet(request, actor, program, wish)
        body = chart_files.make(kind, sheet)
    except (ValidationError, chart_files.TooManyRows) as wrong:
        message = wrong.messages[0] if isinstance(wrong, ValidationError) else str(wrong)
        return JsonResponse({"errors": [{"code": "too_much", "message": message}]}, status=422)
    response = HttpResponse(body, content_type=chart_files.CONTENT_TYPES[kind])
    revision = sheet.payload["program"]["computed_revision"]
    name = slugify(f"{program.code} plan {sheet.about or f'rev {revision}'}")[:80] or "plan"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["X-Computed-Revision"] = str(revision)
    return response


def _wish(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        return {}
    wrong = ValidationError(_("Give the rows and the part of time as JSON."))
    try:
        wish = json.loads(request.body)
    except ValueError:
        raise wrong from None
    if not isinstance(wish, dict) or not isinstance(wish.get("rows", []), list):
        raise wrong
    if len(wish.get("rows", [])) > MOST_KEYS:
        raise wrong
    return wish


def _sheet(request: HttpRequest, actor: Actor, program: Program, wish: dict[str, Any]) -> Sheet:
    about = baseline = ""
    if (wanted := request.GET.get("scenario", "")).isdecimal():
        scenario = scenarios.get_for(actor, int(wanted))
        if scenario.program_id != program.pk:
            raise Http404
        payload = scenario_gantt.data(actor, program, scenario, may_edit=False)
        about = scenario.name
    else:
        frame = gantt.head(actor, program)
        payload = gantt.data(actor, program, frame)
        payload["far"] = far_links.of_plan(actor, program, frame)
        choices = plans.baseline_choices(actor, program)
        chosen = next((one for one in choices if str(one.pk) == request.GET.get("baseline")), None)
        used = plans.of_program(program).baseline
        if chosen is not None:
            overlays.lay(program, chosen, payload["tasks"])
        if behind := chosen or used:
            payload["gone"] = overlays.gone(behind.pk, frame.project_ids)
            baseline = behind.name
    keys = {str(key) for key in wish["rows"]} if "rows" in wish else None
    window = tuple(wish.get(name) for name in ("from", "to"))
    given = all(type(at) is int and 0 <= at <= LATEST for at in window)
    shown = wish.get("shown")
    return Sheet(
        program=program,
        payload=payload,
        rows=chart_rows.of_payload(program, payload, keys),
        about=about,
        baseline=baseline,
        window=(window[0], window[1]) if given else None,  # type: ignore[arg-type]
        paper=wish["paper"] if wish.get("paper") in chart_files.PAPERS else "a3",
        shown=frozenset(map(str, shown))
        if isinstance(shown, list)
        else frozenset({"links", "baseline", "float"}),
    )
