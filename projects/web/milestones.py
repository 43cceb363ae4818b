"""Milestones by slippage: the whole list, the panel of the overview, and the trend of their dates over past reports."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Task
from projects.selectors import projects, tasks, trends
from projects.selectors.trends import Track, Trend
from projects.web import task_cells, task_lists
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx, pages
from tpm.lib.charts import Chart
from tpm.lib.exports import Column
from tpm.lib.templatetags.tpm_ui import cd
from tpm.lib.trend_chart import Trace, trend

IN_PANEL = 8
MOST_TRACES = 14
SHOWN = {"open": gettext_lazy("Open"), "moved": gettext_lazy("Moved"), "all": gettext_lazy("All")}


@require_safe
def milestone_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All milestones of a program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    only_late = request.GET.get("late") == "1"
    sort = request.GET.get("sort", "")
    found = tasks.milestones(actor, program, only_late=only_late, sort=sort)
    if kind := exports.wanted(request):
        return exports.respond(
            kind, f"{program.code} milestones", task_lists.file_columns(), map(task_lists.cells, found)
        )
    try:
        piece = pages.of_rows(request, found, Task.objects.visible_to(actor).filter(program=program))
    except pages.Gone:
        return htmx.done(events=("list-changed",))
    context = {
        "program": program,
        "tab": "milestones",
        "rows": piece.rows,
        "piece": piece,
        "only_late": only_late,
        "columns": _columns(),
        "sort": sort or "-slip",
        **task_lists.bulk(actor, program),
        **task_cells.editable(actor, program),
    }
    part = "_rows.html" if request.GET.get("after") else "_table.html"
    template = part if htmx.wants_fragment(request) else "list.html"
    return render(request, f"projects/milestones/{template}", context)


@require_safe
def milestone_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The milestones that slip most."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    rows = tasks.milestones(actor, program)[:IN_PANEL]
    context = {"program": program, "rows": rows, "next": tasks.next_milestone(actor, program)}
    return render(request, "projects/milestones/_panel.html", context)


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("Milestone"), "sort": True, "css": "stick"},
        {"key": "project", "label": _("Project"), "sort": True},
        {"key": "who", "label": _("Responsible"), "sort": True},
        {"key": "finish", "label": _("Finish"), "sort": True},
        {"key": "baseline", "label": _("Baseline")},
        {"key": "slip", "label": _("Slippage"), "unit": _("wd"), "num": True, "sort": True},
        {
            "key": "slip_days",
            "label": "",
            "unit": _("cd"),
            "hidden_label": _("Slippage, calendar days"),
            "num": True,
        },
        {"key": "float", "label": _("Total float"), "unit": _("wd"), "num": True, "sort": True},
        {"key": "deadline", "label": _("Deadline"), "sort": True},
    ]


@require_safe
def milestone_trend(request: HttpRequest, pk: int) -> HttpResponse:
    """The milestone trend chart over the newest data dates."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    show, project = _choice(request)
    found = trends.of_program(actor, program, project=project)
    tracks = _kept(found, show)
    here = reverse("projects:milestone-trend", args=[pk])
    context = {
        "program": program,
        "tab": "milestones",
        "here": here,
        "query": _query(show, project),
        "show": show,
        "project": project,
        "projects": projects.of_program(actor, program),
        "shown": [(label, here + _query(name, project), name == show) for name, label in SHOWN.items()],
        "chart": _chart(found, tracks) if tracks and found.reported else None,
        "drawn": min(len(tracks), MOST_TRACES),
        "count": len(tracks),
        "anything": bool(found.tracks),
        "reports": len(found.reported),
        "export": reverse("projects:trend-export", args=[pk, "csv"]).removesuffix("csv"),
        "partial": not policies.holds(actor, "plan.read", program.scope),
    }
    template = "_trend.html" if htmx.wants_fragment(request) else "trend.html"
    return render(request, f"projects/milestones/{template}", context)


@require_safe
def trend_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The dates behind the chart as CSV or XLSX: a row for each milestone and data date."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Project"), 30), Column(_("Milestone"), 40), Column(_("Data date"), 12), Column(_("Expected"), 12),
        Column(_("Baseline"), 12),
    ]  # fmt: skip
    return exports.respond(
        kind, f"{program.code} milestone trend", columns, _trend_rows(request, actor, program)
    )


def _trend_rows(request: HttpRequest, actor: Actor, program: Program) -> Iterator[tuple[Any, ...]]:
    show, project = _choice(request)
    found = trends.of_program(actor, program, project=project)
    for track in _kept(found, show):
        baseline = track.task.schedule.baseline_finish
        for day, at in zip(found.reported, track.dates, strict=True):
            if at:
                yield (
                    track.task.project.name,
                    track.task.name,
                    day,
                    at.date(),
                    baseline.date() if baseline else None,
                )


def _choice(request: HttpRequest) -> tuple[str, int | None]:
    show, number = request.GET.get("show", ""), request.GET.get("project", "")
    return show if show in SHOWN else "open", int(number) if number.isdecimal() and len(number) < 16 else None


def _query(show: str, project: int | None) -> str:
    given = {"show": show if show != "open" else None, "project": project}
    return "?" + urlencode({name: value for name, value in given.items() if value})


def _kept(found: Trend, show: str) -> list[Track]:
    return [
        one
        for one in found.tracks
        if show == "all" or (one.moved if show == "moved" else one.task.actual_finish is None)
    ]


def _chart(found: Trend, tracks: list[Track]) -> Chart:
    labels = [formats.date_format(day, "j M") for day in found.reported]
    drawn = sorted(tracks[:MOST_TRACES], key=lambda one: one.task.schedule.finish)
    traces = [
        Trace(
            name=one.task.name, dates=[at.date() if at else None for at in one.dates], tone=_tone(one),
            said="" if not one.moved else cd(one.moved), is_done=one.task.actual_finish is not None,
            url=f"?task={one.task.pk}",
        )
        for one in drawn
    ]  # fmt: skip
    rows = [
        (
            f"{one.task.project.name}: {one.task.name}",
            *(formats.date_format(at, "j M Y") if at else "–" for at in one.dates),
            cd(one.moved),
        )
        for one in tracks
    ]
    return trend(
        title=_("Milestone trend"),
        desc=_(
            "Across the data dates, up the date expected then. A level line is on time, a rising line slips."
        ),
        reported=found.reported,
        traces=traces,
        day_label=labels,
        diagonal=_("reached"),
        head=[_("Milestone"), *labels, _("Moved")],
        rows=rows,
    )


def _tone(track: Track) -> str:
    moved = track.moved or 0
    return "bad" if moved > 14 else "watch" if moved > 0 else "ok"
