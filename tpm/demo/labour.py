"""Who works on the metering program, what an hour of them costs, and cost that follows from both."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from budgets.models import Category, CostLine, Timesheet
from budgets.models.estimates import POINTS
from budgets.services import cost_lines, estimates, labour_rates, rates, timesheets
from budgets.services.timesheets import Hours
from programs.models import Resource
from programs.services import resources
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import Assign, Command
from tpm.demo.building import World

TEAM = (
    # name, role, person of the demo, whether it stands for a role
    ("Lena Fischer", "Developer", "lena", False),
    ("Jonas Weber", "Project manager", "jonas", False),
    ("Radio specialist", "Radio specialist", "", True),
)
CARD = (
    # role or resource, from, rate, currency
    ("Developer", date(2026, 1, 1), "92.00", "EUR"),
    ("Developer", date(2027, 1, 1), "95.50", "EUR"),
    ("Fitter", date(2026, 1, 1), "58.00", "EUR"),
    ("Fitter", date(2027, 1, 1), "60.50", "EUR"),
    ("Tester", date(2026, 1, 1), "84.00", "EUR"),
    ("Solution architect", date(2026, 1, 1), "128.00", "EUR"),
    ("Project manager", date(2026, 1, 1), "110.00", "EUR"),
)
NAMED = ("Lena Fischer", date(2026, 7, 1), "98.00")
WEEKS = (  # Monday; then weekday, minutes on the latest and the second latest task that was begun
    (date(2026, 11, 16), ((0, 300, 180), (1, 420, 60), (2, 480, 0), (3, 450, 30), (4, 240, 120))),
    (date(2026, 11, 23), ((0, 360, 120), (1, 480, 0), (2, 300, 150), (3, 420, 60))),
)
PREPARED = {4: date(2026, 1, 19), 3: date(2026, 6, 15), 2: date(2026, 11, 9)}
DOLLAR = ((date(2026, 1, 1), "0.92"), (date(2026, 7, 1), "0.94"))
COLUMNS = ("key", "name", "category", "method", "optimistic", "likely", "pessimistic", "basis")
ESTIMATES: tuple[tuple[str, int, int, str, tuple[tuple[Any, ...], ...]], ...] = (
    (
        "METER.HEADEND", 4, 50,
        "Outline of the head-end of January; rates of 2026. No migration of old readings, no second site.",
        (
            ("DESIGN", "Design and interfaces", "labour", "analogous", 90000, 120000, 180000, "Like the gas project of 2023"),
            ("BUILD", "Build and integrate", "labour", "three_point", 260000, 340000, 520000, "Eleven interfaces, two teams"),
            ("LICENCE", "Licences of the head-end", "software", "quote", 180000, 180000, 210000, "Offer of 12 January"),
        ),
    ),
    (
        "METER.HEADEND", 3, 70,
        "Design as agreed in May; rates of 2026; protocol test not done yet. No second site.",
        (
            ("DESIGN", "Design and interfaces", "labour", "bottom_up", 112000, 118000, 131000, "Spent, and 6 weeks to go"),
            ("BUILD", "Build and integrate", "labour", "bottom_up", 310000, 365000, 470000, "Three device types out of order"),
            ("LICENCE", "Licences of the head-end", "software", "quote", 176500, 176500, 176500, "Contract of April"),
            ("TEST", "System and acceptance test", "services", "expert", 40000, 60000, 95000, "Test house, 30 days"),
        ),
    ),
    (
        "METER.COMMS", 3, 60, "Frame contract of the modules; installation by two crews.",
        (
            ("MODULES", "Communication modules", "hardware", "quote", 820000, 850000, 980000, "Frame contract, 42,000 pieces"),
            ("INSTALL", "Installation", "services", "parametric", 210000, 260000, 350000, "6.20 a piece, 1 % twice"),
        ),
    ),
    (
        "", 2, 60, "Program office until June 2027.",
        (
            ("OFFICE", "Program office", "labour", "bottom_up", 180000, 195000, 230000, "Two people"),
            ("LAB", "Security test of the modules", "services", "quote", 38000, 42000, 55000, "Offer of the laboratory", "USD"),
        ),
    ),
)  # fmt: skip
MOST = 6  # tasks whose team is costed by the card


def tell(world: World) -> None:
    """Set up rates, let some more people work on the head-end, and let the cards cost it; one of them has no rate."""
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
    commands: list[Command] = [
        Assign(task.pk, people["Lena Fischer"].pk, {"units": "0.5"}) for task in open_tasks[:3]
    ]
    if open_tasks:
        commands.append(Assign(open_tasks[0].pk, people["Jonas Weber"].pk, {"units": "0.2", "delay": 960}))
        commands.append(Assign(open_tasks[-1].pk, people["Radio specialist"].pk, {"units": "0.5"}))
    plan_edits.apply(actor=manager, program=program, commands=commands, reason="Who works on the head-end")
    for line in CostLine.objects.filter(task__in=open_tasks, category=Category.LABOUR):
        cost_lines.update(actor=finance, line=line, from_assignments=True)
    _hours(world)
    _estimates(world)


def _hours(world: World) -> None:
    """Lena's last weeks: one agreed and posted, one that waits for her project manager."""
    lena = world.cast.users["lena"]
    begun = list(
        Task.objects.filter(program=world.programs["METER"], project=world.projects["METER.HEADEND"])
        .exclude(actual_start=None)
        .filter(children=None, is_milestone=False)
        .select_related("project", "program")
        .order_by("-actual_start", "pk")[:2]
    )
    mine = Resource.objects.get(person=lena, portfolio=begun[0].program.portfolio_id)
    alone = [task for task in begun if not task.assignments.filter(resource=mine).exists()]
    plan_edits.apply(
        actor=world.cast.actor("marta"), program=world.programs["METER"],
        commands=[Assign(task.pk, mine.pk, {"units": "0.5"}) for task in alone], reason="Who works on the head-end",
    )  # fmt: skip
    for week, days in WEEKS:
        rows = [
            Hours(n, lena, task, week + timedelta(days=day), minutes)
            for n, (day, *worked) in enumerate(days, 1)
            for task, minutes in zip(begun, worked, strict=False)
            if minutes
        ]
        timesheets.enter(actor=world.cast.actor("lena"), rows=rows)
        at = datetime.combine(week + timedelta(days=4), time(16), tzinfo=UTC)
        drafts = Timesheet.objects.filter(person=lena, week=week)
        for sheet in timesheets.submit(actor=world.cast.actor("lena"), sheets=drafts, at=at):
            if week == WEEKS[0][0]:
                timesheets.approve(actor=world.cast.actor("jonas"), sheet=sheet, at=at + timedelta(hours=2))


def _line(*cells: Any) -> dict[str, Any]:
    """Return a line of an estimate; a ninth cell names the currency of its three amounts."""
    row = dict(zip(COLUMNS, cells, strict=False))
    foreign = cells[len(COLUMNS) :]
    points = {name: Decimal(row.pop(name)) for name in POINTS}
    if not foreign:
        return row | points
    return row | {"currency": foreign[0]} | {f"original_{name}": amount for name, amount in points.items()}


def _estimates(world: World) -> None:
    """The head-end estimated twice, the modules once; the program's own cost is a draft."""
    program, manager = world.programs["METER"], world.cast.actor("marta")
    for on, rate in DOLLAR:
        rates.create(
            actor=world.cast.actor("ingrid"), portfolio=program.portfolio, currency="USD", on=on, rate=Decimal(rate),
            source="Treasury, planning rate",
        )  # fmt: skip
    for key, class_, confidence, basis, lines in ESTIMATES:
        made = estimates.begin(
            actor=manager, program=program, project=world.projects[key] if key else None,
            prepared_on=PREPARED[class_], estimate_class=class_, confidence=confidence, basis=basis,
        )  # fmt: skip
        rows = [_line(*line) for line in lines]
        estimates.replace_lines(actor=manager, estimate=made, rows=rows)
        if key:
            at = datetime.combine(PREPARED[class_], time(12), tzinfo=UTC)
            estimates.issue(actor=manager, estimate=made, at=at)
