"""Comments, watches and notifications over the REST API."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tpm.activity import comments, subjects
from tpm.activity.models import Comment
from tpm.activity.rest import AUTHOR, OWN, Endpoint, Strict, operation
from tpm.activity.subjects import Seen
from tpm.collaboration import words
from tpm.lib.api.filters import FlagFilter, IdFilter, TextFilter
from tpm.notify import inbox, watching
from tpm.notify.models import Kind, Notification


class MentionOut(serializers.Serializer[Any]):
    user = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]


class CommentOut(serializers.Serializer[Any]):
    """A comment; ``kind`` and ``item`` say about what. A deleted one has no text."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    kind = serializers.CharField(source="subject_kind")
    item = serializers.IntegerField(source="subject_id")
    program = serializers.IntegerField(source="program_id", allow_null=True)
    parent = serializers.IntegerField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    author = serializers.IntegerField(source="author_id")
    text = serializers.CharField(allow_blank=True)
    mentions = MentionOut(many=True)
    written_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = serializers.IntegerField(source="resolved_by_id", allow_null=True)


class CommentIn(Strict):
    """``@Name`` or ``@e-mail address`` in the text mentions a person, who must see the item."""

    text = serializers.CharField(max_length=comments.LONGEST)
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1
    )


class CommentPatch(Strict):
    text = serializers.CharField(max_length=comments.LONGEST)


class ResolveIn(Strict):
    resolved = serializers.BooleanField()


class CommentFilters(django_filters.FilterSet):
    kind = django_filters.CharFilter("subject_kind", max_length=24)
    item = IdFilter("subject_id")
    program = IdFilter("program_id")
    author = IdFilter("author_id")
    parent = IdFilter("parent_id")
    resolved = FlagFilter(method="is_resolved", label="Settled")
    text = TextFilter("text")

    def is_resolved(self, rows: QuerySet[Comment], name: str, value: bool) -> QuerySet[Comment]:  # noqa: FBT001
        return rows.filter(resolved_at__isnull=not value)


class _Comments(Endpoint):
    out = CommentOut

    def rows(self) -> QuerySet[Comment]:
        found: QuerySet[Comment] = Comment.objects.visible_to(self.actor)
        return found

    def about(self, comment: Comment) -> Seen:
        return subjects.look(self.actor, comment.subject_kind, comment.subject_id)


@extend_schema(tags=["comments"])
class CommentList(_Comments):
    serializer_class = CommentOut
    filterset_class = CommentFilters
    orderings: ClassVar = {"id": ("pk",)}

    @operation("program.read", gives=CommentOut(many=True), summary="List comments on whatever you see")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


@extend_schema(tags=["comments"])
class ItemComments(_Comments):
    @operation("comment.write", takes=CommentIn, gives=CommentOut, status=201, summary="Write a comment")
    def post(self, request: Request, kind: str, pk: int) -> Response:
        seen = subjects.look(self.actor, kind, pk)
        seen.subject.authorize(self.actor, seen.row)
        made = comments.write(seen=seen, **self.given(CommentIn))
        return self.written(self.represent(made), status=201, at=f"/api/v1/comments/{made.pk}/")


@extend_schema(tags=["comments"])
class CommentItem(_Comments):
    @operation("program.read", gives=CommentOut, summary="Read a comment")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))

    @operation(AUTHOR, takes=CommentPatch, gives=CommentOut, versioned=True, summary="Mend your own comment")
    def patch(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        comments.authorize_author(self.actor, found)
        self.match(found)
        changed = comments.edit(
            actor=self.actor, comment=found, text=self.given(CommentPatch)["text"], at=timezone.now()
        )
        return self.written(self.represent(changed))

    @operation(AUTHOR, gives=CommentOut, versioned=True, summary="Take your own comment back")
    def delete(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        comments.authorize_author(self.actor, found)
        self.match(found)
        gone = comments.delete(actor=self.actor, comment=found, at=timezone.now())
        return self.written(self.represent(gone))


@extend_schema(tags=["comments"])
class CommentResolve(_Comments):
    @operation(
        "comment.write", takes=ResolveIn, gives=CommentOut, summary="Settle a thread, or open it again"
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.rows().get(pk=pk)
        seen = self.about(found)
        seen.subject.authorize(self.actor, seen.row)
        changed = comments.resolve(
            seen=seen, comment=found, is_resolved=self.given(ResolveIn)["resolved"], at=timezone.now()
        )
        return self.written(self.represent(changed))


# ---- watches --------------------------------------------------------------------------------------------------------


class WatchOut(serializers.Serializer[Any]):
    watching = serializers.BooleanField()


class WatchIn(Strict):
    watching = serializers.BooleanField()


@extend_schema(tags=["notifications"])
class ItemWatch(Endpoint):
    out = WatchOut

    @operation(OWN, gives=WatchOut, summary="Do I watch this")
    def get(self, request: Request, kind: str, pk: int) -> Response:
        found = watching.state(subjects.look(self.actor, kind, pk))
        return Response({"watching": bool(found and found.is_on)})

    @operation(OWN, takes=WatchIn, gives=WatchOut, summary="Watch this, or be left alone by it")
    def put(self, request: Request, kind: str, pk: int) -> Response:
        seen = subjects.look(self.actor, kind, pk)
        found = watching.watch(seen=seen, is_on=self.given(WatchIn)["watching"])
        return self.written({"watching": found.is_on})


# ---- notifications --------------------------------------------------------------------------------------------------


class NotificationOut(serializers.Serializer[Any]):
    """``text`` is in your language; ``address`` is the page that it leads to."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)
    about = serializers.CharField(help_text="Kind of the thing that it is about.")
    item = serializers.IntegerField()
    name = serializers.CharField()
    program = serializers.IntegerField(allow_null=True)
    actor = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()
    quote = serializers.CharField(allow_blank=True)
    address = serializers.CharField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NotificationFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    program = IdFilter("program_id")
    unread = FlagFilter("read_at", lookup_expr="isnull")


class ReadIn(Strict):
    """``ids`` left out: all of them."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, max_length=500
    )
    read = serializers.BooleanField(default=True)


class ReadOut(serializers.Serializer[Any]):
    changed = serializers.IntegerField()
    unread = serializers.IntegerField()


@extend_schema(tags=["notifications"])
class NotificationList(Endpoint):
    serializer_class = NotificationOut
    filterset_class = NotificationFilters
    orderings: ClassVar = {"id": ("pk",)}

    @operation(OWN, gives=NotificationOut(many=True), summary="What I was told")
    def get(self, request: Request) -> Response:
        return self.page(inbox.mine(self.actor).select_related("actor"), self._told)

    def _told(self, rows: list[Notification]) -> list[dict[str, Any]]:
        return [
            NotificationOut(
                {
                    "id": one.notification.pk, "kind": one.notification.kind, "about": one.seen.kind,
                    "item": one.seen.pk, "name": one.seen.name, "program": one.notification.program_id,
                    "actor": one.notification.actor_id, "text": one.text, "quote": one.quote,
                    "address": one.address, "at": one.notification.at, "read_at": one.notification.read_at,
                }
            ).data
            for one in words.told(self.actor, rows)
        ]  # fmt: skip


@extend_schema(tags=["notifications"])
class NotificationRead(Endpoint):
    @operation(OWN, takes=ReadIn, gives=ReadOut, summary="Mark notifications as read or unread")
    def post(self, request: Request) -> Response:
        given = self.given(ReadIn)
        changed = inbox.mark(actor=self.actor, ids=given.get("ids"), is_read=given["read"], at=timezone.now())
        return Response({"changed": changed, "unread": inbox.unread(self.actor)})
