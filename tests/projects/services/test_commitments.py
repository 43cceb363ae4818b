"""Promises between projects: who may say what, what follows for whom, and what is kept of it."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from programs.policies import NotAllowed
from programs.services import programs as program_services
from projects.models import Commitment, Dependency
from projects.selectors import commitments as read
from projects.services import commitments, plan_edits
from projects.services.commands import LinkTasks, Revert, Unlink, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.activity import Conflict

pytestmark = pytest.mark.django_db
State = Commitment.State
SYSTEM = actors.system()


@pytest.fixture
def world():
    """Giver: A, 5 days from Monday 5 January. Taker: B, 3 days, and C, 10 days, beside D of 20 days: float 2 days."""
    program = plans.program(data_date=date(2026, 1, 4))
    giving, taking = plans.project(program, name="Network"), plans.project(program, name="Rollout")
    (a,) = plans.tasks(giving, 5)
    b, c, _d = plans.tasks(taking, 3, 10, 20)
    plans.chain([b, c])
    plan_edits.apply(actor=SYSTEM, program=program, commands=[LinkTasks(a.pk, b.pk)])
    recompute.drain(program.pk)
    link = read.get_for(SYSTEM, Dependency.objects.get(predecessor=a).pk)
    return program, giving, taking, link


def give(link: Dependency) -> read.Give:
    return read.measured([read.get_for(SYSTEM, link.pk)])[0]


def test_a_need_is_the_takers_late_start_and_slack_is_counted_to_it(world):
    _program, _giving, _taking, link = world
    # A: Mon 5 – Fri 9 Jan. B + C take 13 days after it, D 20 days: the plan ends Fri 30 Jan, so B may start Wed 14 Jan.
    found = give(link)
    assert found.needed == datetime(2026, 1, 14, 8)
    assert found.needed_on == date(2026, 1, 13)
    assert found.margin == 2 * 480
    assert (found.state, found.level, found.breaches) == ("none", "watch", ("unpromised",))
    made = commitments.promise(actor=SYSTEM, link=link, commitment=None, promised_on=date(2026, 1, 12))
    found = give(link)
    assert (found.slack, found.drift, found.level) == (480, -480, "ok")
    commitments.promise(actor=SYSTEM, link=link, commitment=made, promised_on=date(2026, 1, 15))
    found = give(link)
    assert (found.slack, found.breaches, found.level) == (-2 * 480, ("late_promise",), "bad")


def test_a_forecast_after_the_promise_and_a_day_that_passed_are_breaches(world):
    program, _giving, _taking, link = world
    commitments.promise(actor=SYSTEM, link=link, commitment=None, promised_on=date(2026, 1, 9))
    task = link.predecessor
    plan_edits.apply(
        actor=SYSTEM, program=program, commands=[UpdateTask(task.pk, task.version, {"duration": 6 * 480})]
    )
    recompute.drain(program.pk)
    found = give(link)
    assert (found.breaches, found.level, found.drift) == (("late_forecast",), "watch", 480)
    assert read.overdue(SYSTEM) == []
    program.refresh_from_db()
    program_services.update(actor=SYSTEM, program=program, data_date=date(2026, 1, 12))
    assert [(one.name, one.count, one.oldest) for one in read.overdue(SYSTEM)] == [
        ("Network", 1, date(2026, 1, 9))
    ]
    assert "overdue" in give(link).breaches
    commitments.deliver(actor=SYSTEM, commitment=give(link).commitment, delivered_on=date(2026, 1, 12))
    assert read.overdue(SYSTEM) == [] and give(link).breaches == ()


def test_the_giver_promises_and_the_taker_answers_and_nobody_else_does(world):
    _program, giving, taking, link = world
    giver, taker = plans.member("PM", giving), plans.member("PM", taking)
    with pytest.raises(NotAllowed):
        commitments.promise(actor=taker, link=link, commitment=None, promised_on=date(2026, 1, 9))
    with pytest.raises(NotAllowed):
        commitments.ask(actor=giver, link=link)
    made = commitments.ask(actor=taker, link=link, deliverable="Ring in service")
    assert made.is_asked and give(link).state == "asked"
    with pytest.raises(ValidationError, match="Nothing was promised"):
        commitments.answer(actor=taker, commitment=give(link).commitment, accepts=True)
    made = commitments.promise(actor=giver, link=link, commitment=made, promised_on=date(2026, 1, 9))
    with pytest.raises(NotAllowed):
        commitments.answer(actor=giver, commitment=give(link).commitment, accepts=True)
    with pytest.raises(ValidationError, match="Say why"):
        commitments.answer(actor=taker, commitment=give(link).commitment, accepts=False)
    commitments.answer(actor=taker, commitment=give(link).commitment, accepts=True)
    with pytest.raises(Conflict):  # the giver still looks at the version before the answer
        commitments.promise(actor=giver, link=link, commitment=made, promised_on=date(2026, 1, 12))
    now = give(link).commitment
    again = commitments.promise(
        actor=giver, link=link, commitment=now, promised_on=date(2026, 1, 12), reason="Ice"
    )
    assert again.state == State.PROPOSED  # another day has to be accepted again
    delivered = commitments.deliver(actor=giver, commitment=again, delivered_on=date(2026, 1, 12))
    back = commitments.answer(
        actor=taker, commitment=give(link).commitment, accepts=False, reason="Two rings are dead"
    )
    assert (delivered.state, back.state, back.delivered_on) == (State.DELIVERED, State.REJECTED, None)
    told = read.history(back)
    assert [(one.state, one.moved, one.change_set.reason) for one in told] == [
        ("rejected", None, "Two rings are dead"), ("delivered", None, ""), ("proposed", 3, "Ice"), ("accepted", None, ""),
        ("proposed", None, ""), ("proposed", None, ""),
    ]  # fmt: skip


def test_only_links_between_projects_carry_one_and_undoing_an_unlink_brings_it_back(world):
    program, _giving, _taking, link = world
    inside = (
        Dependency.objects.exclude(pk=link.pk)
        .select_related("predecessor__project", "successor__project")
        .get()
    )
    with pytest.raises(ValidationError, match="one project"):
        commitments.ask(actor=SYSTEM, link=inside)
    commitments.promise(actor=SYSTEM, link=link, commitment=None, promised_on=date(2026, 1, 9))
    with pytest.raises(ValidationError, match="commitment already"):
        commitments.ask(actor=SYSTEM, link=link)
    done = plan_edits.apply(actor=SYSTEM, program=program, commands=[Unlink(link.pk, link.version)])
    assert not Commitment.objects.exists()
    plan_edits.apply(actor=SYSTEM, program=program, commands=[Revert(done.change_set)])
    assert Commitment.objects.get().promised_on == date(2026, 1, 9)
