"""Foreign amounts: converted once at the rate of their day, kept as they were given, and corrected with their rate."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.models import Actual, CostLine
from budgets.services import actuals, cost_lines, rates
from programs.policies import NotAllowed
from tests.factories import money, plans
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def _posted(world: money.World, day: date, **given: object) -> Actual:
    row = {"project": world.project, "posted_on": day, **given}
    [made] = actuals.post(actor=SYSTEM, program=world.program, rows=[row])
    return made


def test_an_actual_takes_the_rate_of_its_day_and_keeps_what_was_given() -> None:
    world = money.world(computed=False)
    portfolio = world.program.portfolio
    rates.create(actor=SYSTEM, portfolio=portfolio, currency="USD", on=date(2026, 1, 1), rate=Decimal("0.9"))
    rates.create(actor=SYSTEM, portfolio=portfolio, currency="USD", on=date(2026, 1, 15), rate=Decimal("0.8"))
    early = _posted(world, date(2026, 1, 14), currency="USD", original_amount=Decimal("10.25"))
    late = _posted(world, date(2026, 1, 15), currency="USD", original_amount=Decimal("10.25"))
    assert (early.amount, early.rate.on) == (Decimal("9.22"), date(2026, 1, 1))  # 9.225, half to even
    assert (late.amount, late.original_amount, late.rate.on) == (
        Decimal("8.20"),
        Decimal("10.25"),
        date(2026, 1, 15),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"currency": "USD", "original_amount": Decimal(1)}, "no rate of USD on or before 2026-01-04"),
        ({"currency": "QQQ", "original_amount": Decimal(1)}, "no currency of ISO 4217"),
        ({"currency": "JPY", "original_amount": Decimal("1.5")}, "JPY is counted in 0 decimals"),
        ({"currency": "USD", "amount": Decimal(1)}, "give original_amount"),
    ],
)
def test_what_can_not_be_converted_is_refused_with_what_to_do(given: dict[str, object], said: str) -> None:
    world = money.world(computed=False)
    rates.create(
        actor=SYSTEM, portfolio=world.program.portfolio, currency="USD", on=date(2026, 1, 5), rate=Decimal(1)
    )
    with pytest.raises(ValidationError, match=said):
        _posted(world, date(2026, 1, 4), **given)


def test_correcting_a_rate_converts_anew_what_was_posted_at_it() -> None:
    world = money.world(computed=False)
    rate = rates.create(
        actor=SYSTEM,
        portfolio=world.program.portfolio,
        currency="USD",
        on=date(2026, 1, 1),
        rate=Decimal("0.5"),
    )
    posted = _posted(world, date(2026, 1, 8), currency="USD", original_amount=Decimal("10.01"))
    line = cost_lines.create(
        actor=SYSTEM, program=world.program, name="Licences", currency="USD", original_amount=Decimal("10.01"),
        portions=[cost_lines.Portion(date(2026, month, 1), Decimal(part)) for month, part in ((2, "5.00"), (3, "5.01"))],
    )  # fmt: skip
    with pytest.raises(ValidationError, match="it stays"):
        rates.delete(actor=SYSTEM, rate=rate)
    rates.correct(actor=SYSTEM, row=rate, rate=Decimal(2))
    posted.refresh_from_db()
    line.refresh_from_db()
    assert (posted.amount, line.amount) == (Decimal("20.02"), Decimal("20.02"))
    assert sum(part.amount for part in line.portions.all()) == Decimal("20.02")
    assert CostLine.objects.get(pk=line.pk).version == 2


def test_rates_are_for_those_who_configure_money() -> None:
    world = money.world(computed=False)
    with pytest.raises(NotAllowed):
        rates.create(
            actor=plans.member("TPM", world.program), portfolio=world.program.portfolio, currency="USD",
            on=date(2026, 1, 1), rate=Decimal(1),
        )  # fmt: skip
