"""Several people at the same moment, in transactions of their own: each outcome is one that could have come one by one."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from budgets.models import ApprovalRound, CapitalRequest, Vote
from budgets.services import approvals, capex
from tests.factories import capex as stages
from tests.factories import plans
from tpm.activity import Conflict

pytestmark = pytest.mark.django_db(transaction=True)


def _together(*works: Callable[[], object]) -> list[Exception]:
    """Run all at the same moment; returns what they were refused with."""
    gate = threading.Barrier(len(works))
    refused: list[Exception] = []

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        try:
            work()
        except (ValidationError, Conflict, capex.Stale) as error:
            refused.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=run, args=(work,)) for work in works]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return refused


def test_what_happens_at_the_same_moment_is_right_every_time() -> None:
    at = stages.stage()
    portfolio = at.program.portfolio
    rival = plans.member("ES", portfolio)

    # Two approvers, one vote missing: one is taken, the other is told that nothing waits any more.
    made, _round = stages.submitted(at)
    refused = _together(lambda: stages.vote(at.es, made), lambda: stages.vote(rival, made))
    assert [error.code for error in refused] == ["vote_round_open"]  # type: ignore[attr-defined]
    assert CapitalRequest.objects.get(pk=made.pk).state == "approved"
    assert Vote.objects.count() == 1

    # The same person in two windows.
    made, round_ = stages.submitted(at, "50000.00", vendor="Two windows")
    refused = _together(lambda: stages.vote(at.es, made), lambda: stages.vote(at.es, made))
    assert len(refused) == 1
    assert round_.votes.count() == 1

    # An edit and the last vote: either the vote is refused, or the edit has voided it. Never approved with the new content.
    for number in range(3):
        made, round_ = stages.submitted(at, vendor=f"Edited {number}")
        read = made.content_sha256
        now = CapitalRequest.objects.get(pk=made.pk)

        def rewrite(now: CapitalRequest = now) -> None:
            capex.update(actor=at.tpm, request=now, amounts=[{"year": 2026, "amount": 9999}])

        def agree(now: CapitalRequest = now, read: str = read) -> None:
            stages.vote(at.es, now, content_sha256=read)

        _together(rewrite, agree)
        after = CapitalRequest.objects.get(pk=made.pk)
        round_.refresh_from_db()
        approved = (after.state, round_.state, after.content_sha256 == read) == ("approved", "approved", True)
        voided = (after.state, after.authorised, round_.state) == ("draft", None, "voided")
        assert approved or voided

    # Two halves of one purchase, submitted together: the later one sees the earlier.
    halves = [stages.request(at, "6000.00", vendor="Halves Ltd") for _ in range(2)]
    assert not _together(
        *(lambda half=half: capex.submit(actor=at.tpm, request=half, at=timezone.now()) for half in halves)
    )  # type: ignore[misc]
    tiers = ApprovalRound.objects.filter(subject_id__in=[half.pk for half in halves]).values_list(
        "tier", flat=True
    )
    assert sorted(tiers) == [0, 1]

    # A delegation revoked while its vote is cast: a vote that stands was cast before.
    assistant = plans.member("AU", portfolio)
    lent = approvals.delegate(
        actor=at.es, to=assistant.user, starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    made, round_ = stages.submitted(at, vendor="Revoked")
    refused = _together(
        lambda: stages.vote(assistant, made, principal=at.es.user_id),
        lambda: approvals.revoke(actor=at.es, delegation=lent, at=timezone.now()),
    )
    lent.refresh_from_db()
    assert lent.revoked_at is not None
    assert round_.votes.count() + len(refused) == 1
