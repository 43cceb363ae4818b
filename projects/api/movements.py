"""Movements: how far a milestone, a project or a program moved since when, and by which causes."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Baseline
from projects.selectors import changes, ledger, ledger_lines, projects, tasks
from projects.selectors.ledger import Item, Movement, Since
from projects.selectors.ledger_lines import Line
from tpm.activity.rest import Endpoint, operation
from tpm.activity.rest_fields import WallTime
from tpm.lib.api import problems
from tpm.lib.api.problems import FieldError


class ChangeSetOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    event = serializers.CharField()
    title = serializers.CharField()
    actor = serializers.CharField(allow_null=True, help_text="Null: the system.")
    via = serializers.CharField(help_text="The door: web, api, import, command or system.")
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class ShareOut(serializers.Serializer[Any]):
    """Working minutes count on the item's calendar as it is today, calendar days by date; later is positive."""

    cause = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    working_minutes = serializers.IntegerField()
    calendar_days = serializers.IntegerField()
    moves = serializers.IntegerField()


class EntryOut(ShareOut):
    """``start`` and ``finish``: where the item stood before and after; null where it appeared or went."""

    start = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    first_revision = serializers.IntegerField()
    revision = serializers.IntegerField()
    change_set = ChangeSetOut(allow_null=True, help_text="Null: several, none, or hidden from you.")


class ChangeSetShareOut(serializers.Serializer[Any]):
    change_set = ChangeSetOut()
    working_minutes = serializers.IntegerField()
    calendar_days = serializers.IntegerField()


class MovementOut(serializers.Serializer[Any]):
    """``entries`` sum exactly to ``working_minutes`` and to ``calendar_days``; so do ``causes``."""

    program = serializers.IntegerField()
    project = serializers.IntegerField(allow_null=True)
    task = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    since = serializers.CharField()
    baseline = serializers.IntegerField(allow_null=True)
    start = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    working_minutes = serializers.IntegerField()
    calendar_days = serializers.IntegerField()
    causes = ShareOut(many=True)
    change_sets = ChangeSetShareOut(many=True)
    entries = EntryOut(many=True)
    posted_revision = serializers.IntegerField(help_text="Moves are explained up to this revision.")
    computed_revision = serializers.IntegerField()


PARAMETERS = [
    OpenApiParameter(
        "since",
        str,
        description="An instant or a day in UTC, a revision, data_date, report or record (the default: baseline, else record).",
    ),
    OpenApiParameter("baseline", int, description="Compare with this baseline; not together with since."),
]


class TaskMovement(Endpoint):
    @operation("plan.read", gives=MovementOut, summary="Why a milestone moved", parameters=PARAMETERS)
    def get(self, request: Request, pk: int) -> Response:
        task = tasks.get_for(self.actor, pk)
        return _answer(self, ledger.of_task(task))


class ProjectMovement(Endpoint):
    @operation("plan.read", gives=MovementOut, summary="Why a project's finish moved", parameters=PARAMETERS)
    def get(self, request: Request, pk: int) -> Response:
        return _answer(self, ledger.of_project(projects.get_for(self.actor, pk)))


class ProgramMovement(Endpoint):
    @operation("plan.read", gives=MovementOut, summary="Why a program's finish moved", parameters=PARAMETERS)
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        policies.authorize(self.actor, self.capability, program)
        return _answer(self, ledger.of_program(program))


def _answer(endpoint: Endpoint, item: Item) -> Response:
    since = _since(endpoint, item.program)
    return Response(MovementOut(_represent(ledger.movement(endpoint.actor, item, since))).data)


def _since(endpoint: Endpoint, program: Program) -> Since:
    """Return the beginning that was asked for.

    :raises Problem: 400 if it is not understood, or there is no such report, data date or baseline.
    """
    asked = endpoint.request.query_params
    if unknown := sorted(asked.keys() - {"since", "baseline"}):
        raise problems.invalid([FieldError(f"?{name}", _("There is no such parameter.")) for name in unknown])
    text, number = asked.get("since", ""), asked.get("baseline", "")
    if text and number:
        raise problems.invalid([FieldError("?since", _("Give since or baseline, not both."))])
    if number:
        found = None
        if number.isdecimal() and len(number) < 19:
            rows = Baseline.objects.visible_to(endpoint.actor).filter(program=program, pk=int(number))
            found = ledger.since_baseline(rows.first())
        return found or _refuse("?baseline", _("The program has no such baseline."))
    if not text:
        return ledger.since_baseline(ledger.reference(program)) or ledger.beginning()
    if text == "record":
        return ledger.beginning()
    if text == "data_date":
        return ledger.since_data_date(program) or _refuse("?since", _("The data date never moved."))
    if text == "report":
        return ledger.since_report(endpoint.actor, program) or _refuse(
            "?since", _("No report was published.")
        )
    if text.isdecimal() and len(text) < 19:
        return Since("revision", _("since revision %(n)s") % {"n": text}, revision=int(text))
    return ledger.since_instant(_instant(text))


def _instant(text: str) -> datetime:
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        at = datetime.fromisoformat(text)
    except ValueError:
        _refuse("?since", _("Give an instant such as 2026-11-20T08:00:00Z, a day, or a revision."))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _refuse(pointer: str, message: str) -> Any:
    raise problems.invalid([FieldError(pointer, message)])


def _represent(found: Movement) -> dict[str, Any]:
    return {
        "program": found.item.program.pk,
        "project": found.item.project_id,
        "task": found.item.task_id,
        "name": found.item.name,
        "since": found.since.words,
        "baseline": found.since.baseline and found.since.baseline.pk,
        "start": found.start,
        "finish": found.end,
        "working_minutes": found.minutes,
        "calendar_days": found.days,
        "causes": [_share(line) for line in found.causes],
        "change_sets": [
            {"change_set": _change_set(line), **_share(line)}
            for line in ledger_lines.by_change_set(found.lines)
            if line.change_set
        ],
        "entries": [
            {
                **_share(line),
                "start": line.from_at,
                "finish": line.to_at,
                "first_revision": line.first_revision,
                "revision": line.revision,
                "change_set": _change_set(line),
            }
            for line in found.lines
        ],
        "posted_revision": found.posted_revision,
        "computed_revision": found.computed_revision,
    }


def _share(line: Line) -> dict[str, Any]:
    return {
        "cause": line.code,
        "label": line.label,
        "working_minutes": line.minutes,
        "calendar_days": line.days,
        "moves": line.count,
    }


def _change_set(line: Line) -> dict[str, Any] | None:
    one = line.change_set
    if one is None:
        return None
    return {
        "id": one.pk,
        "event": one.event,
        "title": changes.title(one),
        "actor": str(one.actor) if one.actor else None,
        "via": one.via,
        "reason": one.reason,
        "at": one.at,
    }
