"""The register's services: numbers, limits, exposure."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programs.policies import NotAllowed
from programs.selectors import readings
from risks.models import Risk
from risks.services import risks
from tests.factories import money, plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def test_risks_are_numbered_within_their_program() -> None:
    first, second = money.world(computed=False), money.world(computed=False)
    numbers = [money.risk(world.program).number for world in (first, first, second)]
    assert numbers == [1, 2, 1]


def test_exposure_is_probability_times_impact_of_the_live_risks() -> None:
    world = money.world(computed=False)
    money.risk(world.program)  # 0.5 × 10 wd, 0.5 × 400
    money.risk(world.program, probability=0.25, impact_days=4, impact_cost=Decimal(100))
    money.risk(world.program, probability=1, impact_days=100, status=Risk.Status.CLOSED)
    recompute.drain(world.program.pk)
    figures = readings.for_programs(SYSTEM, [world.program.pk])[world.program.pk]
    assert figures.number("risk.exposure_wd") == 6
    assert figures.number("risk.exposure_cost") == 225
    assert figures.number("risk.live") == 2


def test_a_probability_outside_of_0_and_1_is_refused() -> None:
    world = money.world(computed=False)
    with pytest.raises(ValidationError):
        money.risk(world.program, probability=1.5)


def test_a_risk_on_a_task_of_another_program_is_refused() -> None:
    world, other = money.world(computed=False), money.world(computed=False)
    with pytest.raises(ValidationError, match="another program"):
        money.risk(world.program, task=other.first)


def test_a_sponsor_reads_the_register_but_does_not_write_it() -> None:
    world = money.world(computed=False)
    risk = money.risk(world.program)
    with pytest.raises(NotAllowed):
        risks.update(actor=plans.member("ES", world.program), risk=risk, title="x")
