"""Many actions changed at once, and the way back."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from programs.models import Action, Program
from programs.selectors import actions as read
from programs.selectors import programs
from programs.services import actions
from tpm.accounts import actors
from tpm.accounts.models import User
from tpm.activity.reverting import RevertRefused
from tpm.lib import htmx


@require_POST
def action_bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one field of many actions: ``row`` is ``id:version`` for each, ``field`` and ``value`` what it becomes."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "action.edit")
    rows = htmx.picked(request)
    try:
        if not rows:
            raise ValidationError(_("Choose the actions first."))
        new = value(program, request.POST.get("field", ""), request.POST.get("value", ""))
        change_set = actions.update_many(
            actor=actor, program=program, rows=rows, today=timezone.localdate(), **new
        )
    except ValidationError as refused:
        return _refused(refused.messages[0])
    if change_set is None:
        return htmx.done(_("These actions say so already."))
    undo = reverse("programs:action-undo", args=[program.pk, change_set.pk])
    said = ngettext("%(n)s action was changed.", "%(n)s actions were changed.", len(rows)) % {"n": len(rows)}
    return htmx.done(said, undo_url=undo, events=("list-changed", "actions-changed"))


@require_POST
def action_undo(request: HttpRequest, pk: int, change_set: int) -> HttpResponse:
    """Take one's own change of actions back; 409 with the reason where that can not be."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "action.read")
    try:
        actions.undo(actor=actor, program=program, change_set=change_set)
    except RevertRefused as refused:
        return _refused(str(refused))
    return htmx.done(_("Taken back."), events=("actions-changed",))


def fields(people: Sequence[User]) -> list[dict[str, Any]]:
    """What can be set for many actions, as the bar takes it."""
    named = [("", _("nobody yet")), *((str(one.pk), str(one)) for one in people)]
    states = [choice for choice in Action.State.choices if choice[0] != Action.State.DROPPED]
    return [
        {"key": "state", "label": _("State"), "type": "select", "choices": states},
        {"key": "owner", "label": _("Owner"), "type": "select", "choices": named},
        {"key": "due_on", "label": _("Due"), "type": "date"},
        {"key": "priority", "label": _("Priority"), "type": "select", "choices": Action.Priority.choices},
    ]


def value(program: Program, field: str, text: str) -> dict[str, Any]:
    """Return the new value of a field as the services take it.

    :raises ValidationError:
    """
    text = text.strip()
    match field:
        case "owner":
            people = {str(one.pk): one for one in read.people_of(program)}
            if text and text not in people:
                raise ValidationError(_("This person has no role in the program."))
            return {"owner": people.get(text)}
        case "due_on":
            day = parse_date(text) if len(text) == 10 else None
            if text and day is None:
                raise ValidationError(_("Give a date."))
            return {"due_on": day}
        case "state" if text in Action.State.values:
            return {"state": text}
        case "priority" if text in {str(one) for one in Action.Priority.values}:
            return {"priority": int(text)}
    raise ValidationError(_("Choose what to change."))


def _refused(text: str) -> HttpResponse:
    return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
