"""Write the programs as they were planned: structure, tasks, links, cost, budgets, risks, and the agreed baseline."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from datetime import time as clock_time
from decimal import Decimal

from budgets import events as budget_events
from budgets.models import Budget, Category, CostLine, Nature
from budgets.services import revisions
from programs.models import Portfolio, Program, RecomputeState, WorkCalendar
from programs.services import calendars, portfolios, programs
from projects.models import Project, Task
from projects.services import plan_edits
from projects.services import projects as project_services
from projects.services.commands import Command, CreateTask, LinkTasks
from risks.services import risks
from tpm import activity, recompute
from tpm.accounts import actors
from tpm.demo import outlines
from tpm.demo.outlines import DAY_RATE, Link, Row
from tpm.demo.people import Cast, grant_portfolio, grant_program
from tpm.demo.programs import CROSS_LINKS, DEADLINES, HOLIDAYS, PROGRAMS, ProgramPlan, ProjectPlan

SEED = 20261120
DAY = 480


@dataclass
class Work:
    """A task of the demo as it was planned. ``key`` is ``PROGRAM.PROJECT.key``; ``days`` 0 is a milestone."""

    key: str
    pk: int
    project: ProjectPlan
    row: Row
    days: int
    cost: int


@dataclass
class World:
    """What was written, by the names that the story uses."""

    cast: Cast
    portfolio: Portfolio
    programs: dict[str, Program] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    work: dict[str, Work] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    def of(self, program: str) -> Iterator[Work]:
        """Return the tasks of a program."""
        return (work for key, work in self.work.items() if key.partition(".")[0] == program)


def build(cast: Cast) -> World:
    """Write everything as it was agreed at the start, computed but without history."""
    portfolio = portfolios.create(
        actor=actors.system(),
        name="Lindmere Utilities – transformation",
        owner=cast.users["ingrid"],
        currency="EUR",
        description="Everything that changes how Lindmere measures, bills and works in the field.",
    )
    grant_portfolio(cast, portfolio)
    calendars.update(
        actor=cast.actor("ingrid"),
        calendar=WorkCalendar.objects.get(portfolio=portfolio),
        exceptions=[
            {"name": name, "first_on": first, "last_on": last, "intervals": []}
            for name, first, last in HOLIDAYS
        ],
    )
    world = World(cast, portfolio)
    rng = random.Random(SEED)
    for plan in PROGRAMS:
        _program(world, plan, rng)
    _cross_links(world)
    for plan in PROGRAMS:
        _money(world, plan)
        _risks(world, plan)
    return world


def bring_up_to_date(world: World) -> None:
    """Compute what waits, without the pauses that gather a burst of edits; programs that wait for each other take turns."""
    while pending := list(
        RecomputeState.objects.pending()
        .filter(program__in=world.programs.values())
        .values_list("pk", flat=True)
    ):
        for pk in pending:
            lease = recompute.claim(pk)
            if lease is None:  # a worker is at it
                time.sleep(0.1)
                continue
            inputs = recompute.snapshot(pk)
            recompute.publish(lease, inputs, recompute.compute(inputs))


def _program(world: World, plan: ProgramPlan, rng: random.Random) -> None:
    program = programs.create(
        actor=world.cast.actor("ingrid"),
        portfolio=world.portfolio,
        code=plan.code,
        name=plan.name,
        description=plan.description,
        sponsor_note=plan.sponsor,
        starts_on=plan.starts_on,
        time_zone="Europe/Berlin",
    )
    grant_program(world.cast, program)
    world.programs[plan.code] = program
    actor = world.cast.manager(plan.code)
    summaries: list[Command] = []
    children: list[tuple[int, ProjectPlan, Row, int]] = []
    links: list[Link] = []
    for part in plan.projects:
        project = project_services.create(
            actor=actor,
            program=program,
            code=part.code,
            name=part.name,
            kind=part.kind,
            description=part.outcome,
            starts_on=part.starts_on,
            manager=world.cast.users["jonas" if plan.code in ("METER", "CUST") else "aiko"],
        )
        world.projects[f"{plan.code}.{part.code}"] = project
        phases = part.outline(part.parts)
        for phase in phases:
            children += [(len(summaries), part, row, _days(row, rng)) for row in phase.rows]
            summaries.append(CreateTask(project=project.pk, name=phase.name))
        prefix = f"{plan.code}.{part.code}."
        links += [Link(prefix + k.pred, prefix + k.succ, k.kind, k.lag_days) for k in outlines.links(phases)]
    phases_made = plan_edits.apply(
        actor=actor, program=program, commands=summaries, reason="Outline of the program"
    )
    commands: list[Command] = [
        CreateTask(
            project=world.projects[f"{plan.code}.{part.code}"].pk,
            name=row.name,
            parent=phases_made.created[phase],
            set=_fields(f"{plan.code}.{part.code}.{row.key}", row, days),
        )
        for phase, part, row, days in children
    ]
    made = plan_edits.apply(actor=actor, program=program, commands=commands, reason="Tasks of the program")
    world.versions |= made.versions
    for index, (_phase, part, row, days) in enumerate(children):
        key = f"{plan.code}.{part.code}.{row.key}"
        cost = round(days * row.people * DAY_RATE, -2) + row.purchase
        world.work[key] = Work(key, made.created[index], part, row, days, int(cost))
    _link(world, program, links, "Logic of the program")


def _days(row: Row, rng: random.Random) -> int:
    """No two projects are alike: a fifth more or less than the outline says."""
    return max(1, round(row.days * rng.uniform(0.85, 1.2))) if row.days else 0


def _fields(key: str, row: Row, days: int) -> dict[str, object]:
    fields: dict[str, object] = {"is_milestone": True} if not days else {"duration": days * DAY}
    if key in DEADLINES:
        fields["deadline"] = datetime.combine(DEADLINES[key], clock_time(17))
    return fields


def _link(world: World, program: Program, links: list[Link], reason: str) -> None:
    commands: list[Command] = [
        LinkTasks(world.work[k.pred].pk, world.work[k.succ].pk, k.kind, k.lag_days * DAY) for k in links
    ]
    actor = world.cast.manager(program.code)
    plan_edits.apply(actor=actor, program=program, commands=commands, reason=reason)
    world.links += links


def _cross_links(world: World) -> None:
    """Links between projects; those between programs are made by both managers' superior, here the system."""
    for pred, succ, how in CROSS_LINKS:
        program = world.programs[succ.partition(".")[0]]
        link = outlines.parsed(pred + how, succ)
        plan_edits.apply(
            actor=actors.system(),
            program=program,
            commands=[LinkTasks(world.work[pred].pk, world.work[succ].pk, link.kind, link.lag_days * DAY)],
            reason="Link between projects",
        )
        world.links.append(link)


def _money(world: World, plan: ProgramPlan) -> None:
    """One cost line per task (two where something is bought), and a budget per project with a reserve beside it."""
    program = world.programs[plan.code]
    project_of = dict(Task.objects.filter(program=program).values_list("pk", "project_id"))
    lines = []
    for work in world.of(plan.code):
        labour = work.cost - work.row.purchase
        place = {"program": program, "task_id": work.pk, "project_id": project_of[work.pk]}
        if labour:
            lines.append(
                CostLine(**place, name=f"Team: {work.row.name}", amount=labour, category=Category.LABOUR)
            )
        if work.row.purchase:
            capital = Nature.CAPEX if work.row.category == Category.HARDWARE else Nature.OPEX
            lines.append(
                CostLine(
                    **place, name=f"Purchase: {work.row.name}", amount=work.row.purchase, category=work.row.category,
                    nature=capital,
                )
            )  # fmt: skip
    actor = world.cast.actor("samuel")
    with activity.change(
        actor=actor, event=budget_events.BUDGET_CHANGED, programs=[program], reason="Budget as approved"
    ) as change:
        change.bulk_create(lines)
        for part in plan.projects:
            project = world.projects[f"{plan.code}.{part.code}"]
            planned = sum(
                (Decimal(line.amount) for line in lines if line.project_id == project.pk), Decimal(0)
            )
            approved = round(planned / 1000) * 1000
            made = change.create(
                Budget(
                    program=program,
                    project=project,
                    approved=Decimal(approved),
                    contingency=Decimal(round(planned * 8 / 100_000) * 1000),
                    note="Approved by the steering committee",
                )
            )
            revisions.keep_as_they_are(change, [made])


def _risks(world: World, plan: ProgramPlan) -> None:
    program = world.programs[plan.code]
    for given in plan.risks:
        code = given.get("project")
        risks.create(
            actor=world.cast.manager(plan.code),
            program=program,
            **{
                **given,
                "impact_cost": Decimal(given["impact_cost"]),
                "project": world.projects[f"{plan.code}.{code}"] if code else None,
                "owner": world.cast.users["lena" if code else "marta"],
            },
        )
