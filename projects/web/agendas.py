"""The calendar of a program: a month or a week of tasks and milestones; the same as an iCalendar file."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import icalendar
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Task
from projects.selectors import agendas, projects
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.templatetags.tpm_ui import slip_words

SHOWN = {
    "all": gettext_lazy("Everything"),
    "milestones": gettext_lazy("Milestones"),
    "critical": gettext_lazy("Critical"),
}
SCALES = {"month": gettext_lazy("Month"), "week": gettext_lazy("Week")}
LANES = {"month": 5, "week": 60}
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FAR = timedelta(days=3653)


@require_safe
def program_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A month, or a week, around the day of the address; without one around the data date."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    scale, show, project, on = _chosen(request, program)
    first, count = _window(scale, on)
    found = list(
        agendas.tasks(
            actor, program, first=first, last=first + DAY * (count - 1), project=project, show=show
        )[: agendas.MOST]
    )
    grid = agendas.days(program, first, count)
    passes = []
    if show != agendas.CRITICAL:
        passes = list(
            agendas.gates(actor, program, first=first, last=first + DAY * (count - 1), project=project)
        )
    here = reverse("projects:program-calendar", args=[pk])

    def address(**new: Any) -> str:
        given = {"view": scale, "show": show, "project": project, "on": on} | new
        plain = {"view": "month", "show": "all", "project": None, "on": None}
        return "?" + urlencode({name: value for name, value in given.items() if value != plain[name]})

    context = {
        "program": program,
        "tab": "plan",
        "scale": scale,
        "on": on,
        "weeks": agendas.weeks(found, grid, LANES[scale], passes),
        "first": first,
        "last": first + DAY * (count - 1),
        "today": program.data_date,
        "anything": bool(found or passes),
        "here": here,
        "query": address(),
        "amp": address() + ("&" if address() != "?" else ""),
        "scales": [(label, address(view=name), name == scale) for name, label in SCALES.items()],
        "shown": [(label, address(show=name), name == show) for name, label in SHOWN.items()],
        "before": address(on=_step(scale, on, -1)),
        "after": address(on=_step(scale, on, 1)),
        "now": address(on=None),
        "week_of": address(view="week", on=None).removesuffix("?") + "&on=",
        "show": show,
        "project": project,
        "projects": projects.of_program(actor, program),
        "export": reverse("projects:calendar-export", args=[pk]) + _filters(show, project),
        "partial": not policies.holds(actor, "plan.read", program.scope),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/agendas/{'_calendar' if part else 'program'}.html", context)


@require_safe
def calendar_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Tasks and milestones as an iCalendar file (RFC 5545): whole days, one entry for each, to be opened by any calendar.

    An entry keeps its identity, and its sequence grows with the plan, so that a later file moves the entries of an earlier one.
    """
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    _scale, show, project, _on = _chosen(request, program)
    around = program.data_date or program.starts_on
    found = agendas.tasks(actor, program, first=around - FAR, last=around + FAR, project=project, show=show)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//TPM//Program portfolio tracker//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", program.name)
    stamp = program.computation.computed_at or datetime(2000, 1, 1, tzinfo=UTC)
    link = request.build_absolute_uri(reverse("projects:program-plan", args=[pk]))
    for task in found.iterator(chunk_size=500):
        calendar.add_component(_event(task, stamp, link, request.get_host()))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    name = slugify(f"{program.code} {program.name}") or "program"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _event(task: Task, stamp: datetime, link: str, host: str) -> icalendar.Event:
    first, last = agendas.span(task)
    event = icalendar.Event()
    event.add("uid", f"task-{task.pk}@{host}")
    event.add("dtstamp", stamp)
    event.add("sequence", task.schedule.changed_at_revision)
    event.add("summary", f"◆ {task.name}" if task.is_milestone else task.name)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("categories", [task.project.name])
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{link}?task={task.pk}")
    slip = task.schedule.finish_slip
    lines = [f"{task.schedule.wbs} · {task.project.name}"]
    if slip is not None:
        lines.append(slip_words(round(slip / 480, 1)))
    event.add("description", "\n".join(lines))
    return event


def _chosen(request: HttpRequest, program: Program) -> tuple[str, str, int | None, date]:
    query = request.GET
    scale = query.get("view", "") if query.get("view") in SCALES else "month"
    show = query.get("show", "") if query.get("show") in SHOWN else "all"
    number = query.get("project", "")
    project = int(number) if number.isdecimal() and len(number) < 16 else None
    try:
        on = min(max(date.fromisoformat(query.get("on", "")), date(1980, 1, 1)), date(2190, 1, 1))
    except ValueError:
        on = program.data_date or timezone.localdate()
    return scale, show, project, on


def _filters(show: str, project: int | None) -> str:
    given = {"show": show if show != "all" else None, "project": project}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"?{query}" if query else ""


def _window(scale: str, on: date) -> tuple[date, int]:
    """Return the Monday that the grid begins with, and the number of days: whole weeks that hold the month, or one week."""
    if scale == "week":
        return on - timedelta(days=on.weekday()), 7
    first = on.replace(day=1)
    begin = first - timedelta(days=first.weekday())
    end = _step("month", first, 1) - DAY
    return begin, ((end - begin).days // 7 + 1) * 7


def _step(scale: str, on: date, count: int) -> date:
    if scale == "week":
        return on + WEEK * count
    month = on.year * 12 + on.month - 1 + count
    return date(month // 12, month % 12 + 1, 1)
