"""Who works on the metering program, what an hour of them costs, and cost that follows from both."""

from datetime import date
from decimal import Decimal

from budgets.models import Category, CostLine
from budgets.services import cost_lines, labour_rates
from programs.models import Resource
from programs.services import resources
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import Assign, Command
from tpm.demo.building import World

TEAM = (
    # name, role, person of the demo, whether it stands for a role
    ("Lena Fischer", "Software engineer", "lena", False),
    ("Jonas Weber", "Project manager", "jonas", False),
    ("Integration team", "Software engineer", "", True),
    ("Field technician", "Field technician", "", True),
    ("Radio specialist", "Radio specialist", "", True),
)
CARD = (
    # role or resource, from, rate, currency
    ("Software engineer", date(2026, 1, 1), "92.00", "EUR"),
    ("Software engineer", date(2027, 1, 1), "95.50", "EUR"),
    ("Field technician", date(2026, 1, 1), "58.00", "EUR"),
    ("Field technician", date(2027, 1, 1), "60.50", "EUR"),
    ("Project manager", date(2026, 1, 1), "110.00", "EUR"),
)
NAMED = ("Lena Fischer", date(2026, 7, 1), "98.00")
MOST = 6  # tasks whose team is costed by the card


def tell(world: World) -> None:
    """Set up people and rates, assign them to work that is not done, and let the cards cost it."""
    program = world.programs["METER"]
    owner, manager, finance = (world.cast.actor(key) for key in ("ingrid", "marta", "samuel"))
    people: dict[str, Resource] = {}
    for name, role, person, generic in TEAM:
        people[name] = resources.create(
            actor=owner, portfolio=program.portfolio, name=name, role=role, is_generic=generic,
            person=world.cast.users[person] if person else None,
        )  # fmt: skip
    for role, since, rate, currency in CARD:
        labour_rates.create(
            actor=finance, portfolio=program.portfolio, role=role, rate=Decimal(rate), currency=currency,
            starts_on=since, source="Collective agreement",
        )  # fmt: skip
    name, since, rate = NAMED
    labour_rates.create(
        actor=finance, portfolio=program.portfolio, resource=people[name], rate=Decimal(rate), starts_on=since,
        source="Contract of employment",
    )  # fmt: skip
    open_tasks = list(
        Task.objects.filter(program=program, project=world.projects["METER.HEADEND"], cost_lines__category=Category.LABOUR)
        .filter(actual_finish=None, percent_complete__lt=100, is_active=True)
        .order_by("schedule__start", "pk")
        .distinct()[:MOST]
    )  # fmt: skip
    teams = (
        ("Lena Fischer", "1"), ("Integration team", "2"), ("Field technician", "1"), ("Jonas Weber", "0.2"),
        ("Lena Fischer", "0.5"), ("Integration team", "1"),
    )  # fmt: skip
    commands: list[Command] = []
    for task, (name, units) in zip(open_tasks, teams, strict=False):
        commands.append(Assign(task.pk, people[name].pk, {"units": units}))
    if open_tasks:
        commands.append(Assign(open_tasks[-1].pk, people["Radio specialist"].pk, {"units": "0.5"}))
        commands += [
            Assign(task.pk, people["Lena Fischer"].pk, {"units": "0.5"})
            for task, (name, _units) in zip(open_tasks[1:3], teams[1:3], strict=True)
        ]
    plan_edits.apply(actor=manager, program=program, commands=commands, reason="Who works on the head-end")
    for line in CostLine.objects.filter(task__in=open_tasks, category=Category.LABOUR):
        cost_lines.update(actor=finance, line=line, from_assignments=True)
