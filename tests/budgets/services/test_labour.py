"""Labour cost from assignments and dated rate cards, through the one pipeline: amounts by hand, wherever they are shown."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from budgets.models import Actual, BaselineCost, CostLine, ExchangeRate, LabourCost, PeriodValue, TaskValue
from budgets.selectors import budget_grid, cash_flow, cost_moves, rows
from budgets.services import baselines, cost_lines, labour_rates, rates
from programs.models import Program, Resource
from programs.selectors import computation
from programs.services import resources
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import Assign, Reassign, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


class World:
    """Task A, five days from Monday 5 January 2026: Ann full time at 100 an hour, from Thursday 8 January 120; 4,320 in all."""

    def __init__(self) -> None:
        self.program = plans.program()
        self.portfolio = self.program.portfolio
        self.project = plans.project(self.program)
        [self.task] = plans.tasks(self.project, 5)
        self.ann = resources.create(actor=SYSTEM, portfolio=self.portfolio, name="Ann", role="Developer")
        self.assign(self.ann)
        self.first = self.rate(date(2026, 1, 1), 100, resource=self.ann)
        self.second = self.rate(date(2026, 1, 8), 120, resource=self.ann)
        self.line = cost_lines.create(
            actor=SYSTEM,
            program=self.program,
            task=self.task,
            name="Team",
            category="labour",
            from_assignments=True,
        )
        self.compute()

    def rate(self, starts_on: date, rate: Any, **of: Any) -> Any:
        return labour_rates.create(
            actor=SYSTEM, portfolio=self.portfolio, starts_on=starts_on, rate=Decimal(rate), **of
        )

    def assign(self, resource: Resource) -> None:
        command = Assign(self.task.pk, resource.pk)
        plan_edits.apply(actor=SYSTEM, program=self.program, commands=[command])

    def compute(self) -> None:
        recompute.drain(self.program.pk)

    @property
    def cost(self) -> Decimal:
        return CostLine.objects.costed().get(pk=self.line.pk).cost

    @property
    def revision(self) -> int:
        return computation.revisions(self.program.pk)["revision"]

    def change(self, **new: Any) -> None:
        task = Task.objects.get(pk=self.task.pk)
        plan_edits.apply(
            actor=SYSTEM, program=self.program, commands=[UpdateTask(task.pk, task.version, new)]
        )

    def moved(self, before: int) -> dict[str, Decimal]:
        found = cost_moves.between(SYSTEM, self.program, before, self.revision)
        assert found.total.total == found.after - found.before
        return {cause: amount for cause, amount in found.total.causes.items() if amount}


def test_a_slipped_task_moves_its_cost_and_meets_the_rate_of_its_days() -> None:
    world = World()
    assert world.cost == 4320  # 24 h × 100 + 16 h × 120
    assert TaskValue.objects.get(task=world.task).bac == 4320
    parts = (
        LabourCost.objects.filter(line=world.line).order_by("part").values_list("minutes", "rate", "amount")
    )
    assert list(parts) == [(1440, Decimal(100), Decimal(2400)), (960, Decimal(120), Decimal(1920))]
    agreed = baselines.take(actor=SYSTEM, program=world.program, name="Agreed")
    assert BaselineCost.objects.get(baseline=agreed).cost == 4320
    before = world.revision
    # 18 working days later it begins on 29 January: 16 h in January, 24 h in February, all at 120
    world.change(constraint=Task.Constraint.SNET, constraint_at="2026-01-29T08:00")
    world.compute()
    assert world.cost == 4800
    assert TaskValue.objects.get(task=world.task).bac == 4320  # as agreed
    months = PeriodValue.objects.filter(project_id=world.project.pk).order_by("month")
    assert [(m.month.month, m.planned, m.scheduled) for m in months] == [(1, 4320, 1920), (2, 0, 2880)]
    assert world.moved(before) == {"time": 480}

    grid = budget_grid.grid(SYSTEM, world.program, year=2026)
    assert (grid.rows[0].locked, grid.rows[0].total, grid.total) == ("labour", 4800, 4800)
    assert grid.rows[0].cells[1:3] == [1920, 2880]
    flow = cash_flow.of_program(SYSTEM, world.program)
    assert [one.plan for one in flow.flows] == [1920, 2880]
    behind = rows.of_month(SYSTEM, world.program, world.project.pk, date(2026, 2, 1))
    assert [(one.line.pk, one.part) for one in behind.lines] == [(world.line.pk, 2880)]


def test_hours_rates_currency_and_people_are_told_apart_and_sum_to_the_cent() -> None:
    world = World()
    start = world.revision
    one = world.task.assignments.get()
    half = Reassign(one.pk, one.version, {"units": "0.5"})  # 20 h: 12 × 100 + 8 × 120
    plan_edits.apply(actor=SYSTEM, program=world.program, commands=[half])
    world.compute()
    assert world.cost == 2160 and world.moved(start) == {"quantity": -2160}
    step = world.revision
    labour_rates.correct(actor=SYSTEM, row=world.second, rate=Decimal("133.33"))  # 8 h × 13.33 more
    world.compute()
    assert world.cost == Decimal("2266.64") and world.moved(step) == {"price": Decimal("106.64")}
    # Ben by his role, in dollars at 0.9: 61.11 × 0.9 = 54.999 an hour, 40 h
    dollar = rates.create(
        actor=SYSTEM, portfolio=world.portfolio, currency="USD", on=date(2026, 1, 1), rate=Decimal("0.9")
    )
    world.rate(date(2026, 1, 1), "61.11", role="Tester", currency="USD")
    step = world.revision
    ben = resources.create(actor=SYSTEM, portfolio=world.portfolio, name="Ben", role=" tester ")
    world.assign(ben)
    world.compute()
    assert world.cost == Decimal("2266.64") + Decimal("2199.96")
    assert world.moved(step) == {"quantity": Decimal("2199.96")}
    step = world.revision
    rates.correct(actor=SYSTEM, row=ExchangeRate.objects.get(pk=dollar.pk), rate=Decimal("0.95"))
    world.compute()  # 61.11 × 0.95 = 58.0545
    assert world.moved(step) == {"currency": Decimal("122.22")}
    world.change(percent_complete=37.5, duration=7 * 480)
    world.compute()
    everything = cost_moves.between(SYSTEM, world.program, start, world.revision)
    assert (
        everything.total.total
        == everything.after - everything.before
        == sum(p.total for p in everything.projects)
    )
    back = cost_moves.between(SYSTEM, world.program, world.revision, start)
    assert back.total.total == -everything.total.total


def test_cost_follows_the_days_on_which_the_assignment_is_worked_on_not_those_of_its_task() -> None:
    """Assignments as MS Project times them: start = start of the task + delay, finish = start + work / units."""
    world = World()  # Monday to Wednesday 100 an hour, Thursday and Friday 120

    def assigned(**new: Any) -> Decimal:
        one = world.task.assignments.get()
        plan_edits.apply(actor=SYSTEM, program=world.program, commands=[Reassign(one.pk, one.version, new)])
        world.compute()
        return world.cost

    # two days later: 8 h of Wednesday × 100 + 16 h × 120; half of the day: half of that
    assert assigned(delay=960) == 800 + 1920 and assigned(units="0.5") == 400 + 960
    parts = (
        LabourCost.objects.filter(line=world.line).order_by("part").values_list("starts", "ends", "minutes")
    )
    assert list(parts) == [
        (datetime(2026, 1, 7, 8), datetime(2026, 1, 8), 240), (datetime(2026, 1, 8), datetime(2026, 1, 9, 17), 480),
    ]  # fmt: skip
    # 16 h full time are Monday and Tuesday, at half of the day 12 h until Wednesday and 4 h on Thursday
    assert assigned(delay=0, work=960, units="1") == 1600 and assigned(units="0.5") == 1200 + 480
    assigned(units="1")
    before = world.revision
    assert assigned(delay=1440) == 1920  # Thursday and Friday: the same hours, on other days
    assert world.moved(before) == {"time": 320}
    assert assigned(work=2400) == 4800  # what does not fit is done in what is left of the task
    assert assigned(delay=9600, work=480) == 960  # after the task: on its last day
    assert assigned(work=None) == 0  # nobody said how much, and the delay leaves nothing
    assert assigned(delay=0) == 4320


def test_a_missing_rate_is_a_flag_and_the_programs_own_card_comes_first() -> None:
    world = World()
    labour_rates.delete(actor=SYSTEM, row=world.first)
    world.compute()
    assert world.cost == 1920 and CostLine.objects.costed().get().is_unrated
    lost = LabourCost.objects.get(rate=None)
    assert (lost.resource_id, lost.starts.date(), lost.ends.date(), lost.minutes) == (
        world.ann.pk, date(2026, 1, 5), date(2026, 1, 8), 1440,
    )  # fmt: skip
    world.rate(date(2026, 1, 1), 80, role="developer", program=world.program)
    world.compute()
    assert world.cost == 3200 and not LabourCost.objects.filter(rate=None).exists()
    resources.update(actor=SYSTEM, resource=Resource.objects.get(pk=world.ann.pk), role="Architect")
    world.compute()
    assert world.cost == 1920


def test_what_a_card_or_a_line_can_not_hold_is_refused_with_its_field() -> None:
    world = World()
    bad: list[tuple[str, dict[str, Any]]] = [
        ("currency", {"currency": "XYZ"}), ("rate", {"rate": Decimal(-1)}), ("role", {"role": "Developer"}),
        ("ends_on", {"ends_on": date(2025, 1, 1)}),
    ]  # fmt: skip
    for field, given in bad:
        values = {"resource": world.ann, "rate": Decimal(1), "starts_on": date(2026, 5, 1)} | given
        with pytest.raises(ValidationError) as refused:
            labour_rates.create(actor=SYSTEM, portfolio=world.portfolio, **values)
        assert field in refused.value.message_dict
    with pytest.raises(ValidationError):  # a second one from the same day
        world.rate(date(2026, 1, 8), 1, resource=world.ann)
    for given in (
        {"amount": Decimal(5)},
        {"task": None, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 2)},
    ):
        with pytest.raises(ValidationError):
            cost_lines.update(actor=SYSTEM, line=CostLine.objects.get(), **given)
    with pytest.raises(ValidationError):
        cost_lines.create(
            actor=SYSTEM, program=world.program, task=world.task, name="Twice", from_assignments=True
        )
    line = cost_lines.update(
        actor=SYSTEM, line=CostLine.objects.get(), from_assignments=False, amount=Decimal(10)
    )
    assert line.amount == 10
    assert cost_lines.cost_assigned_work(actor=SYSTEM, program=Program.objects.get()) == 1
    assert cost_lines.cost_assigned_work(actor=SYSTEM, program=Program.objects.get()) == 0
    assert not Actual.objects.exists()
