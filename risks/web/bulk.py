"""Many risks changed at once, and the way back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from programs.models import Program
from programs.selectors import programs
from risks.models import Risk
from risks.selectors import registers
from risks.services import risks
from tpm.accounts import actors
from tpm.activity.reverting import RevertRefused
from tpm.lib import htmx


@require_POST
def risk_bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one field of many risks: ``row`` is ``id:version`` for each, ``field`` and ``value`` what it becomes."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "risk.edit")
    rows = htmx.picked(request)
    try:
        if not rows:
            raise ValidationError(_("Choose the risks first."))
        new = _value(program, request.POST.get("field", ""), request.POST.get("value", "").strip())
        change_set = risks.update_many(actor=actor, program=program, rows=rows, **new)
    except ValidationError as refused:
        return _refused(refused.messages[0])
    if change_set is None:
        return htmx.done(_("These risks say so already."))
    undo = reverse("risks:risk-undo", args=[program.pk, change_set.pk])
    said = ngettext("%(n)s risk was changed.", "%(n)s risks were changed.", len(rows)) % {"n": len(rows)}
    return htmx.done(said, undo_url=undo, events=("list-changed", "risks-changed"))


@require_POST
def risk_undo(request: HttpRequest, pk: int, change_set: int) -> HttpResponse:
    """Take one's own change of the register back; 409 with the reason where that can not be."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "risk.edit")
    try:
        risks.undo(actor=actor, program=program, change_set=change_set)
    except RevertRefused as refused:
        return _refused(str(refused))
    return htmx.done(_("Taken back."), events=("risks-changed",))


def fields(program: Program) -> list[dict[str, Any]]:
    """What can be set for many risks, as the bar takes it: one query, for the people."""
    people = [("", _("nobody yet")), *((str(one.pk), str(one)) for one in registers.people_of(program))]
    return [
        {"key": "owner", "label": _("Owner"), "type": "select", "choices": people},
        {"key": "status", "label": _("Status"), "type": "select", "choices": Risk.Status.choices},
        {"key": "response", "label": _("Response"), "type": "select", "choices": Risk.Response.choices},
        {"key": "review_on", "label": _("Next review"), "type": "date"},
    ]


def _value(program: Program, field: str, value: str) -> dict[str, Any]:
    """The new value of a field.

    :raises ValidationError:
    """
    match field:
        case "owner":
            people = {str(one.pk): one for one in registers.people_of(program)}
            if value and value not in people:
                raise ValidationError(_("This person has no role in the program."))
            return {"owner": people.get(value)}
        case "review_on":
            day = parse_date(value) if len(value) == 10 else None
            if value and day is None:
                raise ValidationError(_("Give a date."))
            return {"review_on": day}
        case "status" if value in Risk.Status.values:
            return {"status": value}
        case "response" if value in Risk.Response.values:
            return {"response": value}
    raise ValidationError(_("Choose what to change."))


def _refused(text: str) -> HttpResponse:
    return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
