"""Hours as files: all that one sees, one timesheet, one's own week."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.selectors import timesheets as selectors
from budgets.web.timesheets import SIXTY, monday_of
from programs import policies
from tpm.accounts import actors
from tpm.lib import exports
from tpm.lib.exports import Column


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """All visible entries as CSV or XLSX, by ``kind``."""
    actor = actors.from_request(request)
    kind = request.GET.get("kind", "csv")
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Week"), 12), Column(_("Person"), 30), Column(_("Program"), 30), Column(_("Project"), 30),
        Column(_("Task"), 40), Column(_("Day"), 12), Column(_("Hours")), Column(_("State")), Column(_("Note"), 40),
    ]  # fmt: skip
    body = (
        (
            one.sheet.week, one.sheet.person.name, one.sheet.program.name, one.task.project.name, one.task.name, one.day,
            (Decimal(one.minutes) / SIXTY).quantize(Decimal("0.01")), one.sheet.get_state_display(), one.note,
        )
        for one in selectors.entries(actor)
    )  # fmt: skip
    return exports.respond(kind, "timesheets", columns, body)


@require_GET
def sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The entries of one timesheet; what they were posted as for those who read money."""
    actor = actors.from_request(request)
    found = selectors.get_for(actor, pk)
    if kind not in exports.FORMATS:
        raise Http404
    columns = [Column(_("Task"), 40), Column(_("Day"), 12), Column(_("Hours")), Column(_("Note"), 40)]
    body: list[list[Any]] = [
        [one.task.name, one.day, _hours(one.minutes), one.note] for one in selectors.entries_for(found)
    ]
    if policies.holds(actor, "budget.read", found.scope):
        columns += [Column(_("Posted")), Column(_("Posted as"), 50)]
        for row, one in zip(body, selectors.entries_for(found), strict=True):
            row += [one.actual.amount, one.actual.description] if one.actual else [None, ""]
    return exports.respond(kind, f"{found.person.name} {found.week} {found.project}", columns, body)


@require_GET
def week(request: HttpRequest, kind: str) -> HttpResponse:
    """One's own week (that of ``week``, else of today): tasks by day."""
    actor = actors.from_request(request)
    if kind not in exports.FORMATS:
        raise Http404
    monday = monday_of(request.GET.get("week", "") or timezone.localdate().isoformat())
    found = selectors.week(actor, monday)
    columns = [Column(_("Program"), 30), Column(_("Project"), 30), Column(_("Task"), 40), Column(_("State"))]
    columns += [Column(day.isoformat(), 12) for day in found.days] + [Column(_("Sum"))]
    body = [
        (
            part.project.program.name, part.project.name, row.task.name, part.sheet.get_state_display() if part.sheet else "",
            *map(_hours, row.minutes), _hours(row.total),
        )
        for part in found.parts
        for row in part.rows
    ]  # fmt: skip
    body.append(("", "", _("Day"), "", *map(_hours, found.totals), _hours(found.total)))
    return exports.respond(kind, f"timesheet {monday}", columns, body)


def _hours(minutes: int) -> Decimal | None:
    return (Decimal(minutes) / SIXTY).quantize(Decimal("0.01")) if minutes else None
