"""Cash flow and burn: what stands in which period, what it sums to, and the rows behind it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.models import Contract
from budgets.selectors import cash_flow
from budgets.services import cost_lines
from programs.services import programs
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm import activity, recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def _world() -> money.World:
    """January has ended: A (1,000.00) cost 1,250.00; B (1,000.00) is not begun and moves into February, where a line of the
    program's own (300.00) lies as well. A contract of 10.01 has a day in each month."""
    world = money.world(computed=False)
    everybody = actors.system()
    cost_lines.create(
        actor=everybody, program=world.program, name="Travel", amount=Decimal(300),
        starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 27),
    )  # fmt: skip
    with activity.change(actor=everybody, event="contract_made", programs=[world.program]) as change:
        change.create(
            Contract(
                program=world.program, supplier="Vendor", value=Decimal("10.01"), starts_on=date(2026, 1, 31),
                ends_on=date(2026, 2, 1),
            )
        )  # fmt: skip
    world.program = programs.update(actor=everybody, program=world.program, data_date=date(2026, 1, 31))
    recompute.drain(world.program.pk)
    return world


def test_plan_commitment_actual_and_forecast_stand_in_their_periods_and_run_up() -> None:
    world = _world()
    flow = cash_flow.of_program(actors.system(), world.program)
    shown = [(one.plan, one.committed, one.actual, one.forecast) for one in flow.flows]
    # What was spent by the end of January is what it cost; the slipped task took its cost to February.
    assert shown == [(1000, Decimal("5.01"), 1250, 1250), (1300, 5, 0, 1300)]
    assert (flow.running[-1], flow.total.forecast) == (flow.total, 2550)
    # 2,500.00 approved, 1,250.00 spent in the one period that ended: another period's worth is left.
    assert (flow.burn.left, flow.burn.rate, flow.burn.lasts) == (1250, 1250, 1)


def test_parts_sum_to_the_whole_at_each_level() -> None:
    world = _world()
    system = actors.system()
    whole = cash_flow.of_program(system, world.program)
    above = cash_flow.of_portfolio(system, world.program.portfolio)
    project = cash_flow.of_program(system, world.program, world.project)
    assert {part: flow.plan for part, _name, flow in whole.parts} == {0: 300, world.project.pk: 2000}
    assert project.total.plan == 2000
    assert above.total == whole.total == above.parts[0][2]


def test_a_period_opens_its_rows_and_they_sum_to_it() -> None:
    world = _world()
    found = cash_flow.behind(actors.system(), world.program, None, date(2026, 2, 1))
    assert (found.plan, found.committed, found.actual) == (1300, 5, 0)
    client = browser(plans.member("TPM", world.program))
    address = reverse("budgets:cash-flow-rows", args=[world.program.pk, "0_2026-02-01"])
    text = client.get(address, headers=HTMX).content.decode()
    assert "Travel" in text and "1,300.00" in text and "Vendor" in text


def test_pages_and_files_show_the_same_figures_and_only_what_one_may_read() -> None:
    world = _world()
    reader = browser(plans.member("PM", world.project))
    text = reader.get(reverse("budgets:cash-flow", args=[world.program.pk])).content.decode()
    assert "You read the money of some projects only" in text and "1,300.00" not in text
    client = browser(plans.member("FC", world.program.portfolio))
    page = client.get(reverse("budgets:portfolio-cash-flow", args=[world.program.portfolio_id]))
    assert "1,300.00" in page.content.decode()
    file = client.get(reverse("budgets:cash-flow-export", args=[world.program.pk, "csv"])).content.decode()
    assert "2026-02-01,2026-02-28,1300.00,5.00,0.00,1300.00,2300.00,10.01,1250.00,2550.00" in file
