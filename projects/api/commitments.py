"""Commitments between projects: asked for, promised, accepted, rejected, delivered."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, Q, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.selectors import computation, people
from projects.models import Commitment, Dependency
from projects.selectors import commitments as read
from projects.selectors.commitments import Give
from projects.services import commitments as services
from tpm.activity.rest import Endpoint, Revisions, Strict, operation
from tpm.activity.rest_fields import Reference
from tpm.lib.api.filters import FlagFilter, IdFilter


class CommitmentOut(serializers.Serializer[Any]):
    """``needed_by`` and ``forecast`` are wall-clock times of the taker's and the giver's program; ``slack`` (from the end of the
    promised day to the need) and ``late_by`` (from there to the forecast) are working minutes of the taker's calendar."""

    id = serializers.IntegerField(source="commitment.pk")
    version = serializers.IntegerField(source="commitment.version")
    dependency = serializers.IntegerField(source="link.pk")
    giving_program = serializers.IntegerField(source="link.predecessor_program_id")
    giving_project = serializers.IntegerField(source="giver.pk")
    giving_task = serializers.IntegerField(source="link.predecessor_id")
    taking_program = serializers.IntegerField(source="link.program_id")
    taking_project = serializers.IntegerField(source="taker.pk")
    taking_task = serializers.IntegerField(source="link.successor_id")
    deliverable = serializers.CharField(source="commitment.deliverable")
    criteria = serializers.CharField(source="commitment.criteria")
    giver = serializers.IntegerField(source="commitment.giver_id", allow_null=True)
    taker = serializers.IntegerField(source="commitment.taker_id", allow_null=True)
    state = serializers.ChoiceField(Commitment.State.choices, source="commitment.state")
    promised_on = serializers.DateField(allow_null=True)
    delivered_on = serializers.DateField(source="commitment.delivered_on", allow_null=True)
    needed_by = serializers.DateTimeField(source="needed", allow_null=True)
    last_day_in_time = serializers.DateField(source="needed_on", allow_null=True)
    forecast = serializers.DateTimeField(allow_null=True)
    slack = serializers.IntegerField(allow_null=True)
    late_by = serializers.IntegerField(source="drift", allow_null=True)
    breaches = serializers.ListField(child=serializers.CharField())


class CommitmentWritten(CommitmentOut, Revisions):
    pass


class CommitmentTexts(Strict):
    deliverable = serializers.CharField(max_length=300, allow_blank=True, required=False)
    criteria = serializers.CharField(allow_blank=True, required=False)
    giver = Reference(people.known_to, required=False, allow_null=True)
    taker = Reference(people.known_to, required=False, allow_null=True)
    reason = serializers.CharField(max_length=500, allow_blank=True, required=False)


class CommitmentIn(CommitmentTexts):
    """With a day it is the giver's promise, without one the taker's request."""

    promised_on = serializers.DateField(required=False)


class PromiseIn(Strict):
    promised_on = serializers.DateField()
    reason = serializers.CharField(max_length=500, allow_blank=True, required=False)


class AnswerIn(Strict):
    accepts = serializers.BooleanField()
    reason = serializers.CharField(max_length=500, allow_blank=True, required=False)


class DeliveryIn(Strict):
    delivered_on = serializers.DateField()
    reason = serializers.CharField(max_length=500, allow_blank=True, required=False)


class SaidOut(serializers.Serializer[Any]):
    """One version of a commitment. ``moved`` are the calendar days that the promised day moved by."""

    at = serializers.DateTimeField()
    change_set = serializers.IntegerField(source="change_set.pk")
    person = serializers.IntegerField(source="change_set.actor_id", allow_null=True)
    reason = serializers.CharField(source="change_set.reason")
    state = serializers.ChoiceField(Commitment.State.choices)
    promised_on = serializers.DateField(allow_null=True)
    delivered_on = serializers.DateField(allow_null=True)
    moved = serializers.IntegerField(allow_null=True)


class RemovedOut(Revisions):
    deleted = serializers.BooleanField()


class CommitmentFilters(django_filters.FilterSet):
    program = IdFilter(method="touching", label="With an end in this program")
    giving_project = IdFilter("dependency__predecessor__project_id")
    taking_project = IdFilter("dependency__successor__project_id")
    state = django_filters.ChoiceFilter(choices=Commitment.State.choices)
    overdue = FlagFilter(
        method="is_overdue", label="Promised for a day before the giver's data date, not delivered"
    )

    def touching(self, rows: QuerySet[Commitment], name: str, value: Any) -> QuerySet[Commitment]:
        return rows.filter(Q(program_id=int(value)) | Q(dependency__predecessor_program_id=int(value)))

    def is_overdue(self, rows: QuerySet[Commitment], name: str, value: bool) -> QuerySet[Commitment]:  # noqa: FBT001
        late = Q(promised_on__lt=F("dependency__predecessor__program__data_date")) & Q(
            state__in=(Commitment.State.PROPOSED, Commitment.State.ACCEPTED)
        )
        return rows.filter(late) if value else rows.exclude(late)


class _Commitments(Endpoint):
    out = CommitmentOut

    def found(self, pk: int) -> Commitment:
        return read.commitment_for(self.actor, pk)

    def shown(self, link: int) -> Give:
        return read.measured([read.get_for(self.actor, link)])[0]

    def changed(self, commitment: Commitment, *, status: int = 200) -> Response:
        give = self.shown(commitment.dependency_id)
        at = f"/api/v1/commitments/{commitment.pk}/" if status == 201 else ""
        return self.written(
            self.represent(give), computation.revisions(commitment.program_id), status=status, at=at
        )

    def match_version(self, commitment: Commitment) -> None:
        """Let a change pass that was made on the row's version."""
        give = self.shown(commitment.dependency_id)
        assert give.commitment is not None
        self.match(_Version(give, give.commitment.version))


class _Version:
    """A row of the list as If-Match takes it."""

    def __init__(self, give: Give, version: int) -> None:
        self.give, self.version = give, version

    def __getattr__(self, name: str) -> Any:
        return getattr(self.give, name)


class CommitmentList(_Commitments):
    serializer_class = CommitmentOut
    filterset_class = CommitmentFilters
    orderings: ClassVar = {"id": ("pk",), "promised_on": ("promised_on", "pk")}

    @operation(
        "plan.read", gives=CommitmentOut(many=True), summary="List commitments of which both ends are visible"
    )
    def get(self, request: Request) -> Response:
        return self.page(Commitment.objects.visible_to(self.actor), self._rows)

    def _rows(self, page: list[Commitment]) -> list[Any]:
        links = read.links(self.actor).filter(pk__in=[one.dependency_id for one in page])
        gives = {give.link.pk: give for give in read.measured(links)}
        return [self.represent(gives[one.dependency_id]) for one in page]


class DependencyCommitment(_Commitments):
    @operation(
        "commitment.edit", takes=CommitmentIn, gives=CommitmentWritten, status=201,
        summary="Ask for a promise, or make one",
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        link: Dependency = read.get_for(self.actor, pk)
        end = link.predecessor if "promised_on" in self.request.data else link.successor
        policies.authorize(self.actor, self.capability, end)
        given = self.given(CommitmentIn)
        if "promised_on" in given:
            made = services.promise(actor=self.actor, link=link, commitment=None, **given)
        else:
            made = services.ask(actor=self.actor, link=link, **given)
        return self.changed(made, status=201)


class CommitmentItem(_Commitments):
    @operation("plan.read", gives=CommitmentOut, summary="Read a commitment")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.shown(self.found(pk).dependency_id)))

    @operation(
        "commitment.edit", takes=CommitmentTexts(partial=True), gives=CommitmentWritten, versioned=True,
        summary="Say better what is given, and who stands for either side",
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        found = self.found(pk)
        link = found.dependency
        if not policies.holds(self.actor, self.capability, link.predecessor.scope):
            policies.authorize(self.actor, self.capability, link.successor)
        self.match_version(found)
        given = self.given(CommitmentTexts, partial=True)
        return self.changed(services.describe(actor=self.actor, commitment=found, **given))

    @operation("commitment.edit", gives=RemovedOut, versioned=True, summary="Take a commitment off its link")
    def delete(self, request: Request, pk: int) -> Response:
        found = self.found(pk)
        policies.authorize(self.actor, self.capability, found.dependency.successor)
        self.match_version(found)
        services.remove(actor=self.actor, commitment=found)
        return self.written({"deleted": True}, computation.revisions(found.program_id))


class CommitmentPromise(_Commitments):
    @operation(
        "commitment.edit",
        takes=PromiseIn,
        gives=CommitmentWritten,
        versioned=True,
        summary="Promise another day",
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.found(pk)
        policies.authorize(self.actor, self.capability, found.dependency.predecessor)
        self.match_version(found)
        given = self.given(PromiseIn)
        return self.changed(
            services.promise(actor=self.actor, link=found.dependency, commitment=found, **given)
        )


class CommitmentAnswer(_Commitments):
    @operation(
        "commitment.edit", takes=AnswerIn, gives=CommitmentWritten, versioned=True,
        summary="Accept a promise, or reject it or what was delivered",
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        found = self.found(pk)
        policies.authorize(self.actor, self.capability, found.dependency.successor)
        self.match_version(found)
        return self.changed(services.answer(actor=self.actor, commitment=found, **self.given(AnswerIn)))


class CommitmentDelivery(_Commitments):
    @operation(
        "commitment.edit",
        takes=DeliveryIn,
        gives=CommitmentWritten,
        versioned=True,
        summary="Say that it is there",
    )
    def post(self, request: Request, pk: int) -> Response:
        found = self.found(pk)
        policies.authorize(self.actor, self.capability, found.dependency.predecessor)
        self.match_version(found)
        return self.changed(services.deliver(actor=self.actor, commitment=found, **self.given(DeliveryIn)))


class CommitmentHistory(_Commitments):
    @operation(
        "plan.read", gives=SaidOut(many=True), summary="Read everything that was ever promised, newest first"
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(SaidOut(read.history(self.found(pk)), many=True).data)
