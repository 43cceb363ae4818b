"""Money services: who may, where amounts belong, and that many rows are one act."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.models import Actual, CostLine
from budgets.services import actuals, budgets, cost_lines
from programs.policies import NotAllowed
from tests.factories import money, plans
from tpm.accounts import actors
from tpm.activity import Conflict
from tpm.activity.models import ChangeSet

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def test_a_line_of_a_task_belongs_to_the_tasks_project() -> None:
    world = money.world(computed=False)
    assert {line.project_id for line in CostLine.objects.filter(task=world.first)} == {world.project.pk}


def test_a_task_of_another_program_is_refused() -> None:
    world, other = money.world(computed=False), money.world(computed=False)
    with pytest.raises(ValidationError, match="another program"):
        cost_lines.create(actor=SYSTEM, program=world.program, task=other.first, name="x", amount=Decimal(1))
    with pytest.raises(ValidationError, match="another program"):
        row = {"task": other.first, "posted_on": date(2026, 1, 9), "amount": Decimal(1)}
        actuals.post(actor=SYSTEM, program=world.program, rows=[row])


def test_many_postings_are_one_act_and_one_revision() -> None:
    world = money.world(computed=False)
    before, revision = ChangeSet.objects.count(), world.program.computation.input_revision
    row = {"project": world.project, "posted_on": date(2026, 1, 8), "amount": Decimal("1.25")}
    actuals.post(actor=SYSTEM, program=world.program, rows=[row] * 5)
    world.program.computation.refresh_from_db()
    assert ChangeSet.objects.count() == before + 1
    assert world.program.computation.input_revision == revision + 1


def test_one_wrong_posting_keeps_all_back() -> None:
    world = money.world(computed=False)
    before = Actual.objects.count()
    good = {"project": world.project, "posted_on": date(2026, 1, 8), "amount": Decimal("1.25")}
    with pytest.raises(ValidationError):
        actuals.post(actor=SYSTEM, program=world.program, rows=[good, good | {"amount": Decimal("1.255")}])
    assert Actual.objects.count() == before


def test_who_edits_one_project_can_not_move_a_line_into_another() -> None:
    world = money.world(computed=False)
    manager, other = plans.member("PM", world.project), plans.project(world.program)
    line = cost_lines.create(
        actor=manager, program=world.program, project=world.project, name="x", amount=Decimal(1),
        starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        cost_lines.update(actor=manager, line=line, project=other)


def test_a_line_that_ends_before_it_starts_is_refused() -> None:
    world = money.world(computed=False)
    with pytest.raises(ValidationError, match="ends before"):
        cost_lines.create(
            actor=SYSTEM,
            program=world.program,
            name="x",
            amount=Decimal(1),
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 1, 1),
        )


def test_a_budget_is_not_overwritten_by_who_read_an_older_one() -> None:
    world = money.world(computed=False)
    budget = budgets.approve(actor=SYSTEM, program=world.program, project=None, approved=Decimal(10))
    stale = type(budget).objects.select_related("program").get(pk=budget.pk)
    budgets.update(actor=SYSTEM, budget=budget, approved=Decimal(20))
    with pytest.raises(Conflict):
        budgets.update(actor=SYSTEM, budget=stale, approved=Decimal(30))


def test_a_negative_budget_is_refused() -> None:
    world = money.world(computed=False)
    with pytest.raises(ValidationError):
        budgets.approve(actor=SYSTEM, program=world.program, project=None, approved=Decimal(-1))
