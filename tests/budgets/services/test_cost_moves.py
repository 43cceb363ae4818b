"""Why the cost moved, from the audit of a program: each cause by hand, and the sum whatever was done."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from budgets.models import CostLine
from budgets.selectors import cost_moves
from budgets.services import actuals, cost_lines
from programs.selectors import computation
from programs.services import programs
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.factories import money, plans
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def _now(world: money.World) -> int:
    return computation.revisions(world.program.pk)["revision"]


def test_each_cause_is_told_and_all_sum_to_the_move(client: Client) -> None:
    world = money.world(computed=False)
    # level of effort over ten days, of which nine are over at the data date
    hosting = cost_lines.create(
        actor=SYSTEM, program=world.program, project=world.project, name="Hosting", amount=Decimal(1000),
        starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 10),
    )  # fmt: skip
    before = _now(world)
    # A 1,000 done at 1,250; B 1,000 open; hosting 100 open: 2,350
    line = CostLine.objects.get(task=world.second)
    cost_lines.update(actor=SYSTEM, line=line, amount=Decimal(1200))  # price 200
    cost_lines.update(
        actor=SYSTEM, line=hosting, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 14)
    )  # time 400
    cost_lines.create(
        actor=SYSTEM, program=world.program, task=world.second, name="Cable", amount=Decimal(70)
    )  # scope
    moved = cost_moves.between(SYSTEM, world.program, before, _now(world))
    assert (moved.before, moved.after) == (2350, 3020)
    assert {cause: int(amount) for cause, amount in moved.total.causes.items() if amount} == {
        "price": 200, "time": 400, "scope": 70,
    }  # fmt: skip
    actuals.post(
        actor=SYSTEM, program=world.program,
        rows=[{"task": world.second, "posted_on": date(2026, 1, 9), "amount": Decimal(700)}],
    )  # fmt: skip
    task = Task.objects.get(pk=world.second.pk)
    edit = UpdateTask(task.pk, task.version, {"percent_complete": 50.0})
    plan_edits.apply(actor=SYSTEM, program=world.program, commands=[edit])  # 635 of the plan for 700
    programs.update(
        actor=SYSTEM, program=world.program, data_date=date(2026, 1, 10)
    )  # hosting: 100 more earned
    later = cost_moves.between(SYSTEM, world.program, before, _now(world))
    assert later.total.total == later.after - later.before == sum(part.total for part in later.projects)
    assert cost_moves.between(SYSTEM, world.program, before, before).total.total == 0
    back = cost_moves.between(SYSTEM, world.program, _now(world), before)
    assert back.total.total == -later.total.total

    user = plans.user()
    plans.grant(user, "FC", world.program.portfolio)
    client.force_login(user)
    address = f"/programs/{world.program.pk}/cost-moves/"
    told = client.get(f"/api/v1{address}", {"from": before}).json()
    assert told["total"]["total"] == str(later.total.total) and told["lines"]
    assert client.get(f"/api/v1{address}", {"from": "9999"}).status_code == 400
    page = client.get(address, {"from": before}).content.decode()
    assert "Hosting" in page and "Cable" in page
