"""The story: what is learned when, by whom, and what is decided. Everything else is ordinary progress."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.services import cost_lines
from projects.models import Dependency, Task
from projects.services import plan_edits
from projects.services.commands import Command, CreateTask, LinkTasks, Unlink, UpdateTask
from risks.models import Risk
from risks.services import risks
from tpm.demo.building import DAY, World

VENDOR, BUILD, PERMIT = "METER.COMMS.delivery", "METER.HEADEND.build2", "EXIT.WAN.prepare1"
TRUE_DELAYS = {VENDOR: 40, BUILD: 14, PERMIT: 10}  # working days


def _edit(world: World, program: str, commands: list[Command], reason: str) -> None:
    done = plan_edits.apply(
        actor=world.cast.manager(program), program=world.programs[program], commands=commands, reason=reason
    )
    world.versions |= done.versions


def _longer(world: World, key: str, days: int, reason: str) -> None:
    work = world.work[key]
    task = Task.objects.get(pk=work.pk)
    command = UpdateTask(task.pk, task.version, {"duration": task.duration + days * DAY})
    _edit(world, key.partition(".")[0], [command], reason)


def _risk(world: World, program: str, title: str, **new: Any) -> None:
    risk = Risk.objects.get(program=world.programs[program], title=title)
    risks.update(actor=world.cast.manager(program), risk=risk, **new)


def consent_management(world: World) -> None:
    """Scope grows by a change request."""
    before, after = world.work["CUST.PORTAL.integrate0"], world.work["CUST.PORTAL.complete"]
    parent = Task.objects.get(pk=before.pk).parent_id
    project = world.projects["CUST.PORTAL"]
    reason = "Change request 7: consent management, asked for by data protection"
    actor, program = world.cast.manager("CUST"), world.programs["CUST"]
    create = CreateTask(
        project=project.pk, name="Build: Consent management", parent=parent, set={"duration": 9 * DAY}
    )
    made = plan_edits.apply(actor=actor, program=program, commands=[create], reason=reason)
    links: list[Command] = [LinkTasks(before.pk, made.created[0]), LinkTasks(made.created[0], after.pk)]
    plan_edits.apply(actor=actor, program=program, commands=links, reason=reason)


def vendor_letter(world: World) -> None:
    """The trouble of the metering program."""
    _longer(
        world, VENDOR, 40,
        "Letter of the vendor of 28 September: communication modules come eight weeks late (chip shortage)",
    )  # fmt: skip
    _risk(world, "METER", "Communication modules arrive late", status=Risk.Status.OCCURRED)
    risks.create(
        actor=world.cast.manager("METER"),
        program=world.programs["METER"],
        project=world.projects["METER.COMMS"],
        title="Installation crews move to another customer",
        description="Crews are contracted until the end of November; installation now starts after that.",
        probability=0.4,
        impact_days=15,
        impact_cost=Decimal(85000),
        response=Risk.Response.MITIGATE,
        response_plan="Offer a retainer for December and January; decide by 27 November.",
        owner=world.cast.users["jonas"],
        review_on=date(2026, 11, 27),
    )


def protocol_test(world: World) -> None:
    """A second cause: the software is harder than estimated."""
    _longer(
        world, BUILD, 14, "Re-estimate after the protocol test: three device types answer out of order",
    )  # fmt: skip
    _risk(
        world,
        "METER",
        "Head-end interface is harder than estimated",
        probability=0.85,
        status=Risk.Status.MITIGATING,
    )


def building_permit(world: World) -> None:
    """The data centre exit loses some time."""
    _longer(world, PERMIT, 10, "The city asks for a second survey before it gives the permit for the duct")


def air_freight(world: World) -> None:
    """Money is spent to win time back."""
    task = Task.objects.get(pk=world.work[VENDOR].pk)
    cost_lines.create(
        actor=world.cast.actor("samuel"),
        program=world.programs["METER"],
        task=task,
        name="Air freight and second source",
        category="services",
        amount=Decimal(145000),
    )


def pilot_without_modules(world: World) -> None:
    """The committee's decision: the pilot does not wait."""
    pred, succ = world.work["METER.COMMS.accepted"].pk, world.work["METER.SWAP.pilot"].pk
    link = Dependency.objects.get(predecessor=pred, successor=succ)
    _edit(
        world, "METER", [Unlink(link.pk, link.version)],
        "Decision of the steering committee of 5 November: the pilot starts with 2,000 meters that are read by hand",
    )  # fmt: skip


EVENTS: dict[date, tuple[Callable[[World], None], ...]] = {
    date(2026, 9, 25): (consent_management,),
    date(2026, 10, 2): (vendor_letter,),
    date(2026, 10, 16): (protocol_test,),
    date(2026, 10, 23): (building_permit,),
    date(2026, 10, 30): (air_freight,),
    date(2026, 11, 6): (pilot_without_modules,),
}
