"""Approval by policy: steps, separation of duties, edits, delegations. What is refused is refused by the database."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from budgets.models import ApprovalRound, CapitalRequest, CostLine, Delegation, Involvement, Vote
from budgets.services import approvals, capex
from programs.policies import NotAllowed
from tests.factories import capex as stages
from tests.factories import plans
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db


def _lend(giver: Actor, to: Actor, *, hours: tuple[float, float] = (-1, 1), role: str = "") -> Delegation:
    now = timezone.now()
    return approvals.delegate(
        actor=giver,
        to=to.user,
        role=role,
        starts_at=now + timedelta(hours=hours[0]),
        ends_at=now + timedelta(hours=hours[1]),
    )


def _raw_vote(round_: ApprovalRound, actor: Actor, **values: object) -> None:
    """Write a vote as no service would: what refuses it is the database."""
    given = {"step": 0, "role": "ES", "principal": actor.user, "decision": "approve", **values}
    with activity.change(actor=actor, event="tests") as change:
        change.create(
            Vote(
                round=round_, voter=actor.user, content_sha256=given.pop("content_sha256", round_.content_sha256),
                change_set=change.change_set, at=timezone.now(), **given,
            )
        )  # fmt: skip


def _refused(code: str, *args: object, **values: object) -> None:
    with pytest.raises(ValidationError) as error, transaction.atomic():
        _raw_vote(*args, **values)
    assert error.value.code == code


def test_steps_come_in_order_and_the_last_vote_authorises() -> None:
    at = stages.stage()
    made, round_ = stages.submitted(at, "150000.00")
    committee = [plans.member("SC", at.program.portfolio) for _ in range(2)]
    assert (round_.tier, round_.amount) == (2, Decimal("150000.00"))
    with pytest.raises(ValidationError):  # finance is the second step
        stages.vote(at.fc, made)
    for person in (at.es, at.fc, committee[0]):
        assert stages.vote(person, made).state == "open"
    assert stages.vote(committee[1], made).state == "approved"
    made.refresh_from_db()
    assert (made.state, made.authorised) == ("approved", Decimal("150000.00"))


def test_a_rejection_needs_a_reason_and_ends_the_round() -> None:
    at = stages.stage()
    made, _round = stages.submitted(at, "50000.00")
    with pytest.raises(ValidationError):
        stages.vote(at.es, made, "reject", reason=" ")
    assert stages.vote(at.es, made, "reject", reason="Lease it instead").state == "rejected"
    made.refresh_from_db()
    assert (made.state, made.authorised) == ("rejected", None)


def test_requester_editor_and_funder_can_not_approve() -> None:
    at = stages.stage()
    portfolio = at.program.portfolio
    editor, funder = plans.member("ES", portfolio), plans.member("ES", portfolio)
    plans.grant(at.tpm.user, "ES", portfolio)  # the requester, too, is a sponsor
    made = stages.request(at)
    capex.update(actor=editor, request=made, benefits="Fewer calls")
    with activity.change(actor=funder, event="tests", programs=[at.program]) as change:
        line = change.create(
            CostLine(program=at.program, name="Network", amount=9000, starts_on="2026-01-05", ends_on="2026-02-05")
        )  # fmt: skip
    made.refresh_from_db()
    capex.update(actor=at.tpm, request=made, cost_line=line)
    made.refresh_from_db()
    round_ = capex.submit(actor=at.tpm, request=made, at=timezone.now())
    for person in (at.tpm, editor, funder):
        _refused("vote_by_involved", round_, person)
        with pytest.raises(ValidationError) as error:
            stages.vote(person, made)
        assert error.value.code == "vote_by_involved"
    assert {(one.user_id, one.what) for one in Involvement.objects.all()} == {
        (at.tpm.user_id, "requested"), (at.tpm.user_id, "edited"), (editor.user_id, "edited"), (funder.user_id, "funded"),
    }  # fmt: skip
    assert stages.vote(at.es, made).state == "approved"


def test_service_accounts_never_approve() -> None:
    at = stages.stage()
    made, round_ = stages.submitted(at)
    robot = plans.member("ES", at.program.portfolio)
    robot.user.is_service = True
    robot.user.save()
    _refused("vote_by_person", round_, robot)
    with pytest.raises(NotAllowed):
        stages.vote(robot, made)
    with pytest.raises(NotAllowed):  # neither does the system itself
        stages.vote(actors.system(), made)


def test_one_person_has_one_vote_even_as_a_delegate() -> None:
    at = stages.stage(
        tiers=[{"up_to": None, "steps": [{"roles": ["ES"], "quorum": 2}, {"roles": ["FC"], "quorum": 1}]}]
    )
    portfolio = at.program.portfolio
    other, third = plans.member("ES", portfolio), plans.member("ES", portfolio)
    plans.grant(at.es.user, "FC", portfolio)
    lent, onward = _lend(other, at.es), _lend(at.es, third)
    made, round_ = stages.submitted(at)
    stages.vote(at.es, made, principal=other.user_id)  # for the other
    _refused("vote_once", round_, at.es)  # a second one, his own
    _refused("vote_once", round_, other)  # the lent one again, by its owner
    _refused("vote_once", round_, third, principal=at.es.user, delegation=onward)  # his own, lent onward
    stages.vote(third, made)
    _refused("vote_once", round_, at.es, step=1, role="FC")  # another step, another role, the same person
    assert lent.votes.count() == 1


@pytest.mark.parametrize("hours", [(-3, -0.001), (0.5, 3)])
def test_a_delegation_that_is_over_or_yet_to_come_carries_no_vote(hours: tuple[float, float]) -> None:
    at = stages.stage()
    made, round_ = stages.submitted(at)
    assistant = plans.member("AU", at.program.portfolio)
    lent = _lend(at.es, assistant, hours=hours)
    _refused("vote_delegation", round_, assistant, principal=at.es.user, delegation=lent)
    with pytest.raises(ValidationError) as error:
        stages.vote(assistant, made, principal=at.es.user_id)
    assert error.value.code == "vote_delegation"


def test_a_revoked_delegation_or_one_for_another_role_carries_no_vote() -> None:
    at = stages.stage()
    _made, round_ = stages.submitted(at)
    assistant = plans.member("AU", at.program.portfolio)
    for_finance = _lend(at.es, assistant, role="FC")
    _refused("vote_delegation", round_, assistant, principal=at.es.user, delegation=for_finance)
    whole = _lend(at.es, assistant)
    approvals.revoke(actor=at.es, delegation=whole, at=timezone.now())
    _refused("vote_delegation", round_, assistant, principal=at.es.user, delegation=whole)
    of_requester = plans.member("ES", at.program.portfolio)
    _lend(at.tpm, of_requester)
    _refused("vote_by_involved", round_, of_requester)  # the requester's own deputy


def test_a_role_elsewhere_or_ended_carries_no_vote() -> None:
    at = stages.stage()
    _made, round_ = stages.submitted(at)
    stranger = plans.member("ES", plans.program(at.program.portfolio))
    _refused("vote_role", round_, stranger)
    _refused("vote_role", round_, at.fc, role="FC")
    ended = at.es.user.grants.get()
    with activity.change(actor=actors.system(), event="tests") as change:
        change.update(ended, ends_on=timezone.now().date() - timedelta(days=1))
    _refused("vote_role", round_, at.es)


def test_an_edit_voids_every_vote_and_the_approval() -> None:
    at = stages.stage()
    made, round_ = stages.submitted(at, "50000.00")
    stages.vote(at.es, made)
    capex.update(
        actor=at.tpm,
        request=CapitalRequest.objects.get(pk=made.pk),
        amounts=[{"year": 2026, "amount": 60000}],
    )
    made.refresh_from_db()
    round_.refresh_from_db()
    assert (made.state, round_.state) == ("draft", "voided")
    _refused("vote_round_open", round_, at.fc, step=1, role="FC")
    again = capex.submit(actor=at.tpm, request=made, at=timezone.now())
    assert not again.votes.exists()
    stages.vote(at.es, made)
    stages.vote(at.fc, made)
    # Raw SQL is an edit as well.
    with activity.change(actor=at.tpm, event="tests", programs=[at.program]) as change:
        change.wrote()
        CapitalRequest.objects.filter(pk=made.pk).update(title="Something else")
    made.refresh_from_db()
    again.refresh_from_db()
    assert (made.state, made.authorised, again.state) == ("draft", None, "voided")


def test_who_votes_on_what_he_did_not_read_is_told_what_changed() -> None:
    at = stages.stage()
    made, _round = stages.submitted(at)
    read = made.content_sha256
    capex.update(actor=at.tpm, request=made, vendor="Cheaper Ltd", amounts=[{"year": 2026, "amount": 9000}])
    made.refresh_from_db()
    capex.submit(actor=at.tpm, request=made, at=timezone.now())
    with pytest.raises(capex.Stale) as stale:
        stages.vote(at.es, made, content_sha256=read)
    assert stale.value.differences is not None
    told = {one.name: (one.before, one.after) for one in stale.value.differences}
    assert told["vendor"] == ("ACME, Inc.", "Cheaper Ltd")
    assert told["amount 2026"] == ("5000.00", "9000.00")
    assert not Vote.objects.exists()


def test_nothing_authorises_itself() -> None:
    at = stages.stage()
    made, round_ = stages.submitted(at)
    for statement in (
        lambda: CapitalRequest.objects.filter(pk=made.pk).update(state="approved", authorised=1),
        lambda: ApprovalRound.objects.filter(pk=round_.pk).update(state="approved"),
        lambda: ApprovalRound.objects.filter(pk=round_.pk).update(amount=1),
        lambda: ApprovalRound.objects.filter(pk=round_.pk).delete(),
    ):
        with pytest.raises(ValidationError), activity.change(actor=at.es, event="tests"):
            statement()
    stages.vote(at.es, made)
    for statement in (
        lambda: Vote.objects.update(decision="reject"),
        lambda: Vote.objects.all().delete(),
        lambda: Involvement.objects.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            statement()


def test_a_policy_needs_two_persons_and_open_requests_keep_theirs() -> None:
    at = stages.stage()
    made, round_ = stages.submitted(at)
    stricter = [{"up_to": None, "steps": [{"roles": ["SC"], "quorum": 3}]}]
    draft = approvals.draft_policy(
        actor=at.fc, portfolio=at.program.portfolio, tiers=stricter, effective_from=at.policy.effective_from
    )
    with pytest.raises(ValidationError) as error:
        approvals.confirm_policy(actor=at.fc, policy=draft, at=timezone.now())
    assert error.value.code == "policy_needs_two_persons"
    draft.refresh_from_db()
    approvals.confirm_policy(actor=at.po, policy=draft, at=timezone.now())
    assert stages.vote(at.es, made).state == "approved"  # under the version that it was submitted under
    _later, newer = stages.submitted(at, vendor="Other")
    assert (round_.policy_id, newer.policy_id) == (at.policy.pk, draft.pk)
    with pytest.raises(ValidationError) as error, activity.change(actor=at.po, event="tests") as change:
        change.update(draft, tiers=stages.TIERS)
    assert error.value.code == "policy_confirmed"


@pytest.mark.parametrize(
    "tiers",
    [
        [],
        [{"up_to": "10.00", "steps": [{"roles": ["ES"], "quorum": 1}]}],
        [{"up_to": None, "steps": []}],
        [{"up_to": None, "steps": [{"roles": ["TPM"], "quorum": 1}]}],
        [{"up_to": None, "steps": [{"roles": ["ES"], "quorum": 0}]}],
        [
            {"up_to": "10.00", "steps": [{"roles": ["ES"], "quorum": 1}]},
            {"up_to": "10.00", "steps": [{"roles": ["ES"], "quorum": 1}]},
            {"up_to": None, "steps": [{"roles": ["ES"], "quorum": 1}]},
        ],
    ],
)
def test_a_policy_that_can_not_work_is_refused(tiers: list[object]) -> None:
    program = plans.program()
    owner = plans.member("PO", program.portfolio)
    with pytest.raises(ValidationError):
        approvals.draft_policy(
            actor=owner, portfolio=program.portfolio, tiers=tiers, effective_from="2026-01-01"
        )


def test_a_vote_outside_of_any_change_set_is_impossible() -> None:
    at = stages.stage()
    _made, round_ = stages.submitted(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(
            round=round_, step=0, role="ES", voter=at.es.user, principal=at.es.user, decision="approve",
            content_sha256=round_.content_sha256, at=timezone.now(),
        )  # fmt: skip
