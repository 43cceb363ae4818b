"""Action items."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Action
from programs.models.actions import ORIGINS
from programs.selectors import actions as read
from programs.selectors import people, programs
from programs.services import actions as services
from tpm.activity import subjects
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.activity.subjects import Seen, Unknown
from tpm.lib.api.filters import FlagFilter, IdFilter, TextFilter


class ActionOut(serializers.Serializer[Any]):
    """``origin_kind`` and ``origin_id`` name what it came from; both are empty where the caller does not see that."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id", allow_null=True)
    number = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()
    owner = serializers.IntegerField(source="owner_id", allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(Action.State.choices)
    priority = serializers.ChoiceField(Action.Priority.choices, help_text="1 high, 2 medium, 3 low")
    origin_kind = serializers.CharField()
    origin_id = serializers.IntegerField(allow_null=True)
    raised_by = serializers.IntegerField(source="raised_by_id", allow_null=True)
    raised_at = serializers.DateTimeField()
    closed_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField()


class ActionChanges(Strict):
    project = serializers.IntegerField(
        source="project_id", required=False, allow_null=True, min_value=1, max_value=2**63 - 1
    )
    title = serializers.CharField(max_length=300)
    detail = serializers.CharField(allow_blank=True, required=False)
    owner = Reference(people.known_to, required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    state = serializers.ChoiceField(Action.State.choices, required=False)
    priority = serializers.ChoiceField(Action.Priority.choices, required=False)
    closed_on = serializers.DateField(required=False, help_text="Today, where it is not given.")
    outcome = serializers.CharField(allow_blank=True, required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if "closed_on" in data and data.get("state") not in (Action.State.DONE, Action.State.DROPPED):
            raise serializers.ValidationError(
                {"closed_on": _("Only with a state that closes it: done or dropped.")}
            )
        return data


class ActionIn(ActionChanges):
    origin_kind = serializers.ChoiceField([(kind, kind) for kind in ORIGINS], required=False)
    origin_id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class DeletedOut(serializers.Serializer[Any]):
    deleted = serializers.BooleanField()


class ActionFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    owner = IdFilter("owner_id")
    state = django_filters.ChoiceFilter(choices=Action.State.choices)
    live = FlagFilter(method="is_live", label="Still to be done")
    overdue = FlagFilter(method="is_overdue", label="Still to be done, and due before today")
    due_before = django_filters.DateFilter("due_on", lookup_expr="lt")
    origin_kind = django_filters.ChoiceFilter(choices=[(kind, kind) for kind in ORIGINS])
    origin_id = IdFilter("origin_id")
    text = TextFilter("title", "detail")

    def is_live(self, rows: QuerySet[Action], name: str, value: bool) -> QuerySet[Action]:  # noqa: FBT001
        return rows.filter(state__in=read.LIVE) if value else rows.exclude(state__in=read.LIVE)

    def is_overdue(self, rows: QuerySet[Action], name: str, value: bool) -> QuerySet[Action]:  # noqa: FBT001
        late = Q(state__in=read.LIVE, due_on__lt=timezone.localdate(), due_on__isnull=False)
        return rows.filter(late) if value else rows.exclude(late)


class _Actions(Endpoint):
    out = ActionOut

    def shown(self, rows: list[Action]) -> list[Any]:
        """Return rows without the names of what the caller does not see."""
        named = [(one.origin_kind, one.origin_id) for one in rows if one.origin_id is not None]
        seen = subjects.look_all(self.actor, named)
        for one in rows:
            if one.origin_id is not None and (one.origin_kind, one.origin_id) not in seen:
                one.origin_kind, one.origin_id = "", None
        return [ActionOut(one).data for one in rows]

    def represent(self, obj: Action) -> Any:
        return self.shown([obj])[0]


class ActionList(_Actions):
    serializer_class = ActionOut
    filterset_class = ActionFilters
    orderings: ClassVar = {
        "id": ("pk",),
        "number": ("program_id", "number", "pk"),
        "priority": ("priority", "pk"),
        "raised_at": ("raised_at", "pk"),
    }

    @operation("action.read", gives=ActionOut(many=True), summary="List actions")
    def get(self, request: Request) -> Response:
        return self.page(read.visible(self.actor), self.shown)


class ProgramActions(_Actions):
    @operation("action.edit", takes=ActionIn, gives=ActionOut, status=201, summary="Raise an action")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(ActionIn)
        origin = self._origin(given.pop("origin_kind", ""), given.pop("origin_id", None))
        made = services.create(
            actor=self.actor, program=program, today=timezone.localdate(), origin=origin, **given
        )
        return self.written(self.represent(made), status=201, at=f"/api/v1/actions/{made.pk}/")

    def _origin(self, kind: str, pk: int | None) -> Seen | None:
        if not kind and pk is None:
            return None
        try:
            return subjects.look(self.actor, kind, pk or 0)
        except Unknown:
            raise serializers.ValidationError(
                {"origin_id": _("There is no such thing that you see.")}
            ) from None


class ActionItem(_Actions):
    @operation("action.read", gives=ActionOut, summary="Read an action")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(read.get_for(self.actor, pk)))

    @operation(
        "action.edit", takes=ActionChanges(partial=True), gives=ActionOut, versioned=True, summary="Change an action"
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        action = read.get_for(self.actor, pk)
        if not read.may_update(self.actor, action):
            raise policies.NotAllowed(self.capability)
        self.match(read.get_for(self.actor, pk))
        given = self.given(ActionChanges, partial=True)
        changed = services.update(actor=self.actor, action=action, today=timezone.localdate(), **given)
        return self.written(self.represent(changed))

    @operation(
        "action.edit", gives=DeletedOut, versioned=True, summary="Delete an action that was raised by mistake"
    )
    def delete(self, request: Request, pk: int) -> Response:
        action = read.get_for(self.actor, pk)
        policies.authorize(self.actor, self.capability, action)
        self.match(action)
        services.delete(actor=self.actor, action=action)
        return self.written({"deleted": True})
