"""Random programs, computed by the real pipeline: at every level each amount is the sum of its parts, to the cent."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from budgets.models import PeriodValue, TaskValue
from budgets.selectors import budget_grid, cash_flow, earned_value, money
from budgets.services import actuals, baselines, cost_lines
from programs.models import Program
from programs.selectors import readings
from programs.services import programs as program_services
from projects.models import Project, Task
from projects.services import plan_edits
from projects.services.commands import CreateTask, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
ADDITIVE = ("bac", "pv", "ev", "ac")
START = date(2026, 1, 5)

CENTS = st.integers(1, 10**7)
TASK = st.fixed_dictionaries(
    {
        "parent": st.integers(0, 5),
        "days": st.integers(1, 40),
        "percent": st.integers(0, 100),
        "cost": CENTS,
        "spent": CENTS,
    }
)
PROJECT = st.fixed_dictionaries({"tasks": st.lists(TASK, min_size=1, max_size=5), "own": CENTS})
PROGRAM = st.fixed_dictionaries({"projects": st.lists(PROJECT, min_size=1, max_size=3), "own": CENTS})


def _money(cents: int) -> Decimal:
    return Decimal(cents) / 100


def _line(program: Program, cents: int, **where: Any) -> None:
    if "task" not in where:
        where |= {"starts_on": START, "ends_on": START + timedelta(days=cents % 90)}
    cost_lines.create(actor=SYSTEM, program=program, name="Cost", amount=_money(cents), **where)


def _build(given: dict[str, Any]) -> Program:
    """A tree of tasks per project (a task may hang below any earlier one), costs and postings at all levels."""
    program = plans.program()
    posted: list[dict[str, Any]] = []
    for shape in given["projects"]:
        project = plans.project(program)
        made: list[Task] = []
        for number, one in enumerate(shape["tasks"]):
            parent = made[one["parent"] - 1].pk if 0 < one["parent"] <= number else None
            command = CreateTask(
                project=project.pk, parent=parent, name=f"T{number}", set={"duration": one["days"] * 480}
            )
            done = plan_edits.apply(actor=SYSTEM, program=program, commands=[command])
            made.append(Task.objects.get(pk=done.created[0]))
        for task, one in zip(made, shape["tasks"], strict=True):
            _line(program, one["cost"], task=task)
            posted.append(
                {
                    "task": task,
                    "posted_on": START + timedelta(days=one["days"]),
                    "amount": _money(one["spent"]),
                }
            )
        _line(program, shape["own"], project=project)
        posted.append({"project": project, "posted_on": START, "amount": _money(shape["own"])})
    _line(program, given["own"])
    posted.append({"posted_on": START, "amount": _money(given["own"])})
    recompute.drain(program.pk)
    baselines.take(actor=SYSTEM, program=program, name="Agreed")
    leaves = Task.objects.filter(program=program, children=None).select_related("project")
    shares = [one["percent"] for shape in given["projects"] for one in shape["tasks"]]
    commands = [
        UpdateTask(task.pk, task.version, {"percent_complete": float(share)})
        for task, share in zip(leaves.order_by("pk"), shares, strict=False)
    ]
    plan_edits.apply(actor=SYSTEM, program=program, commands=commands)
    program_services.update(actor=SYSTEM, program=program, data_date=START + timedelta(days=20))
    actuals.post(actor=SYSTEM, program=program, rows=posted)
    recompute.drain(program.pk)
    return Program.objects.select_related("portfolio").get(pk=program.pk)


class RollUps(TestCase):
    @given(PROGRAM)
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_every_amount_is_the_sum_of_its_parts_at_every_level(self, given: dict[str, Any]) -> None:
        program = _build(given)
        leaves = sum(one["cost"] for shape in given["projects"] for one in shape["tasks"])
        own = sum(shape["own"] for shape in given["projects"])
        spent = sum(one["spent"] for shape in given["projects"] for one in shape["tasks"])
        whole = readings.for_programs(SYSTEM, [program.pk])[program.pk].cost
        assert whole["bac"] == _money(leaves + own + given["own"])
        # program = its projects + its own
        overview = money.overview(SYSTEM, program)
        for name in ADDITIVE:
            assert sum((_known(row.figures.get(name)) for row in overview.rows), Decimal(0)) == whole[name], (
                name
            )
        # a summary = its children + its own; a project = its top tasks + its own
        tasks = list(Task.objects.filter(program=program).order_by("pk"))
        shapes = [one for shape in given["projects"] for one in shape["tasks"]]
        alone = {task.pk: one for task, one in zip(tasks, shapes, strict=True)}
        values = {row.task_id: row for row in TaskValue.objects.filter(program=program)}
        for task in tasks:
            below = [values[one.pk] for one in tasks if one.parent_id == task.pk]
            mine = values[task.pk]
            assert mine.bac == _money(alone[task.pk]["cost"]) + sum(one.bac for one in below)
            assert mine.ac <= _money(alone[task.pk]["spent"]) + sum(one.ac for one in below)
            assert mine.ev >= sum(one.ev for one in below) and mine.pv >= sum(one.pv for one in below)
        # what the screens sum up: months, cash flow, grid
        grid = money.months(SYSTEM, program)
        for name in ("planned", "scheduled", "actual"):
            cells = [getattr(row.total, name) for row in grid.rows]
            assert sum(cells) == getattr(grid.total, name) == sum(getattr(cell, name) for cell in grid.totals)
        assert grid.total.scheduled == _money(leaves + own + given["own"])
        assert grid.total.actual == _money(spent + own + given["own"])
        assert (
            sum(row.scheduled for row in PeriodValue.objects.filter(program=program)) == grid.total.scheduled
        )
        flow = cash_flow.of_program(SYSTEM, program)
        assert sum(part.plan for _pk, _name, part in flow.parts) == flow.total.plan == grid.total.scheduled
        assert flow.running[-1] == flow.total
        for project in Project.objects.filter(program=program):
            one = cash_flow.of_program(SYSTEM, program, project).total
            assert one == next(part for pk, _name, part in flow.parts if pk == project.pk)
        table = budget_grid.grid(SYSTEM, program, mode="plan", project=None, year=None, offset=0, size=200)
        assert (
            sum(row.total for row in table.rows) == table.total == sum(table.totals) == grid.total.scheduled
        )
        above = earned_value.of_portfolio(SYSTEM, program.portfolio)
        assert all(above.figures[name] == whole[name] for name in ADDITIVE)


def _known(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
