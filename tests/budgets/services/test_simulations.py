"""What a capital request would change: simulated by a what-if, bound by the approval, said to be stale when the plan moves on."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from budgets.models import ApprovalRound, CapitalRequest, CostLine
from budgets.selectors import approvals as reads
from budgets.selectors import simulations
from budgets.selectors.simulations import Simulation, Standing
from budgets.services import capex
from programs.models import Resource
from projects.models import Assignment, Scenario, Task
from projects.services import plan_edits, scenarios
from projects.services.commands import UpdateTask
from tests.factories import capex as stages
from tests.factories import plans
from tpm import activity, recompute
from tpm import scenarios as pipeline
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db
DAY = 480


class World:
    """A (5 d) → milestone M → B (3 d), from Friday 9 January 2026; A costs 1000.00 and is Ann's, half time. The what-if makes A
    4 d longer, and Ann's whole: M and the finish move by 4 working days, Ann works 9 d instead of 2.5."""

    def __init__(self) -> None:
        self.at = stages.stage()
        self.program = self.at.program
        with activity.change(actor=actors.system(), event="tests", programs=[self.program]) as change:
            change.update(self.program, data_date=date(2026, 1, 8))
        self.project = plans.project(self.program)
        self.a, self.m, self.b = plans.tasks(self.project, 5, 0, 3)
        plans.chain([self.a, self.m, self.b])
        with activity.change(actor=actors.system(), event="tests", programs=[self.program]) as change:
            change.update(self.m, is_milestone=True)
            change.create(
                CostLine(program=self.program, project=self.project, task=self.a, name="Staff", amount=1000)
            )
            ann = change.create(
                Resource(
                    portfolio=self.program.portfolio,
                    program=self.program,
                    name="Ann",
                    max_units=Decimal("0.8"),
                )
            )
            self.half = change.create(
                Assignment(program=self.program, task=self.a, resource=ann, units=Decimal("0.5"))
            )
        recompute.drain(self.program.pk)

    def scenario(self, *, shared: bool = True) -> Scenario:
        commands: list[dict[str, Any]] = [
            {"op": "update", "task": self.a.pk, "version": 1, "set": {"duration": 9 * DAY}},
            {"op": "reassign", "assignment": self.half.pk, "version": 1, "set": {"units": "1"}},
        ]
        made = scenarios.create(
            actor=self.at.tpm, program=self.program, name="Own crew", is_shared=shared, commands=commands
        )
        pipeline.drain(made.pk)
        return made

    def submitted(self) -> CapitalRequest:
        made = stages.request(self.at, scenario=self.scenario())
        self.settle(made)
        capex.submit(actor=self.at.tpm, request=made, at=timezone.now())
        return CapitalRequest.objects.get(pk=made.pk)

    def settle(self, made: CapitalRequest) -> None:
        """What workers do behind a change."""
        recompute.drain(self.program.pk)
        pipeline.drain(made.scenario_id or 0)

    def seen(self, made: CapitalRequest, actor: Actor | None = None) -> Simulation:
        reader = actor or self.at.es
        now = CapitalRequest.objects.select_related("program__portfolio").get(pk=made.pk)
        return simulations.of(Actor(reader.user, reader.via), [now])[made.pk]

    def lengthen(self, task: Task, days: int) -> None:
        task.refresh_from_db()
        command = UpdateTask(task.pk, task.version, {"duration": days * DAY})
        plan_edits.apply(actor=self.at.tpm, program=self.program, commands=[command])


@pytest.fixture
def world() -> World:
    return World()


def test_the_approver_sees_dates_money_and_people(world: World) -> None:
    found = world.seen(world.submitted())
    then = found.then
    assert then is not None
    assert then.program["finish_shift_wd"].scenario == 4
    assert str(then.program["finish"].plan)[:10] == "2026-01-20"  # 5 d from Friday 9 January, then 3 d
    assert str(then.program["finish"].scenario)[:10] == "2026-01-26"
    [moved] = then.milestones
    assert (moved.shift, then.moved) == (4 * DAY, 1)
    [ann] = then.people
    assert (ann.work.plan, ann.work.scenario) == (Decimal("2.5") * DAY, 9 * DAY)
    assert (ann.peak.plan, ann.peak.scenario, ann.overloads) == (Decimal("0.5"), 1, True)
    assert then.counts == {"tasks": 3, "added": 0, "deleted": 0}
    [item] = reads.waiting(Actor(world.at.es.user, world.at.es.via), timezone.now())
    assert item.simulation is not None and item.simulation.then == then


def test_it_holds_until_the_plan_moves_on_and_then_says_so(world: World) -> None:
    made = world.submitted()
    assert world.seen(made).standing == Standing.CHECKING  # the request itself was a change of the program
    world.settle(made)
    assert world.seen(made).standing == Standing.HOLDS
    world.lengthen(world.b, 6)
    assert world.seen(made).standing == Standing.CHECKING
    world.settle(made)
    stale = world.seen(made)
    assert stale.standing == Standing.STALE
    assert stale.then is not None and str(stale.then.program["finish"].scenario)[:10] == "2026-01-26"
    assert stale.now is not None and str(stale.now.program["finish"].scenario)[:10] == "2026-01-29"
    world.lengthen(world.a, 7)  # the very task that the what-if changes
    world.settle(made)
    assert world.seen(made).standing == Standing.UNFIT


def test_what_was_approved_is_what_was_seen(world: World) -> None:
    made = world.submitted()
    world.lengthen(world.b, 6)
    world.settle(made)
    before = made.content_sha256
    capex.simulate(
        actor=world.at.tpm, request=CapitalRequest.objects.select_related("program__portfolio").get(pk=made.pk), at=timezone.now()
    )  # fmt: skip
    made.refresh_from_db()
    assert made.state == "submitted" and made.content_sha256 != before
    assert [one.state for one in reads.rounds_of(made.pk)] == [
        ApprovalRound.State.OPEN,
        ApprovalRound.State.VOIDED,
    ]
    with pytest.raises(
        capex.Stale
    ) as stale:  # who read the figures of before does not vote on those of today
        stages.vote(world.at.es, made, content_sha256=before)
    assert stale.value.differences is not None
    assert [one.name for one in stale.value.differences] == ["simulation"]
    stages.vote(world.at.es, made)
    world.settle(made)
    scenarios.apply(actor=world.at.tpm, scenario=Scenario.objects.get(pk=made.scenario_id))
    made.refresh_from_db()
    assert made.state == "approved" and world.seen(made).standing == Standing.CLOSED


def test_a_what_if_is_shared_open_and_of_the_program(world: World) -> None:
    with pytest.raises(ValidationError, match="Share the what-if"):
        stages.request(world.at, scenario=world.scenario(shared=False))
    dropped = world.scenario()
    scenarios.drop(actor=world.at.tpm, scenario=dropped)
    with pytest.raises(ValidationError, match="closed"):
        stages.request(world.at, scenario=dropped)
    made = stages.request(world.at, scenario=world.scenario())
    with pytest.raises(ValidationError, match="being computed"):  # the request itself counted the program up
        capex.submit(actor=world.at.tpm, request=made, at=timezone.now())


def test_nobody_learns_more_than_they_may(world: World) -> None:
    made = world.submitted()
    manager = plans.member("PM", world.project)
    then = world.seen(made, manager).then
    assert then is not None and then.program == {} and then.counts is None and then.people == []
    assert len(then.milestones) == 1


def test_a_request_without_one_keeps_its_hash(world: World) -> None:
    made = stages.request(world.at)
    assert "scenario" not in made.content and "simulation" not in made.content
