"""Phasing by hand, and categories that a portfolio chooses."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.models import CostLine, PeriodValue
from budgets.services import categories, cost_lines
from budgets.services.cost_lines import Portion
from tests.factories import money
from tpm import recompute
from tpm.accounts import actors
from tpm.activity import Conflict

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
PORTIONS = [Portion(date(2026, 3, 10), Decimal("70.01")), Portion(date(2026, 5, 1), Decimal("29.99"))]


def _line(world: money.World) -> CostLine:
    return cost_lines.create(
        actor=SYSTEM, program=world.program, name="Licences", amount=Decimal(100), portions=PORTIONS
    )


def test_a_line_that_is_phased_by_hand_is_computed_as_it_says() -> None:
    world = money.world()
    line = _line(world)
    recompute.drain(world.program.pk)
    values = PeriodValue.objects.filter(program=world.program, project_id=0)
    assert {value.month: value.scheduled for value in values} == {
        date(2026, 3, 1): Decimal("70.01"), date(2026, 5, 1): Decimal("29.99"),
    }  # fmt: skip
    assert (line.starts_on, line.ends_on) == (date(2026, 3, 1), date(2026, 5, 31))


def test_portions_sum_to_the_line_or_are_refused() -> None:
    world = money.world(computed=False)
    line = _line(world)
    for new, said in (
        ({"portions": PORTIONS[:1]}, "sum to 70.01, the line says 100.00"),
        ({"amount": Decimal(90)}, "amount of each period"),
        ({"portions": [Portion(date(2026, 3, day), Decimal(50)) for day in (1, 2)]}, "Two amounts"),
        ({"task": world.first}, "phased by hand"),
    ):
        with pytest.raises(ValidationError, match=said):
            cost_lines.update(actor=SYSTEM, line=line, **new)
    assert [part.amount for part in line.portions.order_by("starts_on")] == [
        Decimal("70.01"),
        Decimal("29.99"),
    ]


def test_new_portions_are_a_new_version_of_the_line() -> None:
    world = money.world(computed=False)
    line = _line(world)
    stale = CostLine.objects.select_related("program__portfolio").get(pk=line.pk)
    cost_lines.update(actor=SYSTEM, line=line, portions=[Portion(date(2026, 3, 1), Decimal(100))])
    assert line.version == 2
    with pytest.raises(Conflict):
        cost_lines.update(actor=SYSTEM, line=stale, portions=PORTIONS)
    cost_lines.update(actor=SYSTEM, line=line, portions=[])
    assert not line.by_hand and not line.portions.exists()


def test_a_portfolio_adds_renames_and_retires_categories() -> None:
    world = money.world(computed=False)
    portfolio = world.program.portfolio
    categories.put(actor=SYSTEM, portfolio=portfolio, code="training", name="Training")
    categories.put(actor=SYSTEM, portfolio=portfolio, code="travel", name="Travel", is_active=False)
    dates = {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 1, 9), "amount": Decimal(1)}
    made = cost_lines.create(actor=SYSTEM, program=world.program, name="x", category="training", **dates)
    with pytest.raises(ValidationError, match="no category “travel”"):
        cost_lines.create(actor=SYSTEM, program=world.program, name="x", category="travel", **dates)
    with pytest.raises(Conflict):
        categories.put(actor=SYSTEM, portfolio=portfolio, code="cloud", name="Clouds", version=7)
    assert made.category == "training"
