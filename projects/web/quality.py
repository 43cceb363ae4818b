"""Plan → Quality: the fourteen checks, their limits, and the tasks that offend."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.models import Program
from programs.selectors import programs
from projects.engine.network import NetworkError
from projects.engine.quality import Check
from projects.models import Task
from projects.selectors import plans, quality, quality_words
from projects.selectors.quality import Quality
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx

PAGE = 50
INDEXES = ("cpli", "bei")


@require_safe
def program_quality(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; ``?project=`` judges one project, ``?check=`` lists a check's tasks, ``?after=`` goes on with that list."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    wanted = request.GET.get("project", "")
    project = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
    options = plans.of_program(program)
    context: dict[str, Any] = {"program": program, "tab": "plan", "view": "quality", "options": options}
    try:
        found = quality.of_program(actor, program, project=project)
    except NetworkError as error:
        context["refused"] = str(error)
    else:
        context |= _context(request, actor, program, found, project)
        passing = found.chosen.score is None or found.chosen.score >= options.passing_score
        context["passes"] = passing
    if htmx.wants_fragment(request):
        part = "_offenders" if request.GET.get("after") else "_panel"
        return render(request, f"projects/quality/{part}.html", context)
    return render(request, "projects/quality/detail.html", context)


def _context(
    request: HttpRequest, actor: Actor, program: Program, found: Quality, project: int | None
) -> dict[str, Any]:
    checks = found.chosen.checks
    chosen = request.GET.get("check", "")
    check = next((one for one in checks if one.code == chosen), None)
    if chosen and check is None:
        raise Http404
    scope = {"project": project} if project else {}
    verdicts = [one for one in checks if one.passed is not None]
    return {
        "quality": found,
        "chosen": found.chosen,
        "project": project,
        "rows": [_row(one, found, scope, is_open=one is check) for one in checks],
        "applied": len(verdicts),
        "passed": sum(one.passed is True for one in verdicts),
        "by_project": [
            {"one": one, "failed": quality_words.titles(check.code for check in one.failed)}
            for one in found.projects
        ],
        **(_offenders(request, actor, found, check, scope) if check else {}),
    }


def _row(check: Check, found: Quality, scope: dict[str, Any], *, is_open: bool) -> dict[str, Any]:
    return {
        "check": check,
        "title": quality_words.title(check.code),
        "explanation": quality_words.explanation(check.code),
        "limit": quality_words.limit(check),
        "level": {True: "ok", False: "bad", None: "none"}[check.passed],
        "is_index": check.code in INDEXES,
        "counts": check.population and check.code not in INDEXES and check.code != "critical_path_test",
        "offenders": len(found.offenders(check)),
        "url": "?" + urlencode(scope | {"check": check.code}),
        "is_open": is_open,
    }


def _offenders(
    request: HttpRequest, actor: Actor, found: Quality, check: Check, scope: dict[str, Any]
) -> dict[str, Any]:
    """A page of a check's tasks, in plan order, behind the task that ``after`` names."""
    ids = found.offenders(check)
    after = request.GET.get("after", "")
    behind = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    rest = ids[ids.index(behind) + 1 :] if behind in ids else ids
    page = rest[:PAGE]
    tasks = Task.objects.visible_to(actor).filter(pk__in=page).select_related("schedule", "project").in_bulk()
    more = {**scope, "check": check.code, "after": page[-1]} if len(rest) > PAGE else None
    return {
        "open_check": check,
        "open_title": quality_words.title(check.code),
        "open_explanation": quality_words.explanation(check.code),
        "open_count": len(ids),
        "tasks": [tasks[pk] for pk in page if pk in tasks],
        "next_url": "?" + urlencode(more) if more else "",
    }
