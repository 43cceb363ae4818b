"""A small program with money and risks, computed: the figures follow from the textbook formulas in the test modules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgets.services import actuals, baselines, budgets, cost_lines
from programs.models import Program
from programs.services import programs as program_services
from projects.models import Project, Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from risks.models import Risk
from risks.services import risks
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors


@dataclass
class World:
    """Task A (5 d, 1,000.00) is done and cost 1,250.00; task B (5 d, 1,000.00) is not begun; the data date ends A's week."""

    program: Program
    project: Project
    first: Task
    second: Task


def world(*, computed: bool = True) -> World:
    """Two weeks of work from Monday 5 January 2026; baseline taken; data date Friday 9 January."""
    everybody = actors.system()
    program = plans.program()
    project = plans.project(program)
    first, second = plans.tasks(project, 5, 5)
    plans.chain([first, second])
    for task in (first, second):
        cost_lines.create(
            actor=everybody, program=program, task=task, name=f"Work {task}", amount=Decimal(1000)
        )
    budgets.approve(actor=everybody, program=program, project=project, approved=Decimal(2500))
    recompute.drain(program.pk)
    baselines.take(actor=everybody, program=program, name="Agreed")
    # Only now: at a data date, work that is not begun moves behind it.
    program_services.update(actor=everybody, program=program, data_date=date(2026, 1, 9))
    plan_edits.apply(
        actor=everybody,
        program=program,
        commands=[UpdateTask(first.pk, Task.objects.get(pk=first.pk).version, {"percent_complete": 100.0})],
    )
    actuals.post(
        actor=everybody,
        program=program,
        rows=[{"task": first, "posted_on": date(2026, 1, 9), "amount": Decimal(1250)}],
    )
    if computed:
        recompute.drain(program.pk)
    return World(program_services.Program.objects.get(pk=program.pk), project, first, second)


def risk(program: Program, **fields: object) -> Risk:
    """Enter a risk of 50 % × 10 working days × 400.00."""
    values = {
        "title": "Vendor is late",
        "probability": 0.5,
        "impact_days": 10,
        "impact_cost": Decimal(400),
        **fields,
    }
    return risks.create(actor=actors.system(), program=program, **values)
