"""Float paths into a task, as a page and as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs import policies
from projects.engine.network import NetworkError
from projects.models import Task
from projects.selectors import paths, tasks
from projects.selectors.paths import MOST_PATHS, FloatPath
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.exports import Column

COUNTS = (3, 5, 10, 20, MOST_PATHS)
USUAL = 5


@require_safe
def task_paths(request: HttpRequest, pk: int) -> HttpResponse:
    """The paths into a task; ``?count=`` says how many."""
    actor, task, count = _asked(request, pk)
    context: dict[str, Any] = {
        "task": task,
        "program": task.program,
        "tab": "plan",
        "may": policies.capabilities_at(actor, task.program.scope),
        "schedule": tasks.schedule_of(task),
        "count": count,
        "counts": COUNTS,
    }
    try:
        context["found"] = paths.into(actor, task, count=count)
    except NetworkError as error:
        context["refused"] = str(error)
    template = "_table.html" if htmx.wants_fragment(request) else "list.html"
    return render(request, f"projects/paths/{template}", context)


@require_safe
def path_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The paths as CSV or XLSX: one row a task."""
    actor, task, count = _asked(request, pk)
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Path"), 8), Column(_("Float of the path, working minutes"), 20), Column(_("WBS"), 12), Column(_("Task"), 40),
        Column(_("Project"), 30), Column(_("Start")), Column(_("Finish")), Column(_("Total float, working minutes"), 20),
        Column(_("Critical"), 10),
    ]  # fmt: skip
    try:
        found = paths.into(actor, task, count=count).paths
    except NetworkError as error:
        return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
    rows = [cells for path in found for cells in _cells(path)]
    return exports.respond(kind, f"{task.program.code} float paths {task.name}", columns, rows)


def _asked(request: HttpRequest, pk: int) -> tuple[Actor, Task, int]:
    actor = actors.from_request(request)
    wanted = request.GET.get("count", "")
    count = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else USUAL
    return actor, tasks.get_for(actor, pk), max(1, min(count, MOST_PATHS))


def _cells(path: FloatPath) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for one in path.tasks:
        if one.task is None:
            rows.append(
                (
                    path.number,
                    path.relative_float,
                    "",
                    _("A task in another project"),
                    "",
                    None,
                    None,
                    None,
                    "",
                )
            )
            continue
        critical = _("yes") if one.is_critical else ""
        rows.append(
            (path.number, path.relative_float, one.wbs, one.task.name, one.task.project.name, one.start, one.finish,
             one.total_float, critical)
        )  # fmt: skip
    return rows
