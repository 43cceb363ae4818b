"""Gates of the demo and what was decided at them; what people said they would do, and whether they did."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programs.selectors import actions as to_do
from programs.services import actions
from projects.models import Commitment, Gate, GateCriterion, Task
from projects.selectors import gates as read
from projects.services import gates
from risks.models import Risk
from tpm.activity import subjects
from tpm.demo.building import World

CONCEPT, PLAN, BUILD, READY, CLOSED = range(5)
"""The five gates of the usual template, in order."""
MET, WAIVED = GateCriterion.State.MET, GateCriterion.State.WAIVED


@dataclass(frozen=True)
class Passage:
    """What happened at a gate. ``at`` is a milestone's key or a day; ``said`` settles criteria in order: (state, reason)."""

    at: str | date | None = None
    said: tuple[tuple[str, str], ...] = ()
    state: str = ""
    on: date | None = None
    note: str = ""


def _passed(at: str | date, on: date, note: str = "", state: str = "passed") -> Passage:
    return Passage(at, ((MET, ""), (MET, ""), (MET, "")), state, on, note)


GATES: dict[str, tuple[Passage, ...]] = {
    "METER": (
        _passed(date(2026, 1, 30), date(2026, 1, 29)),
        _passed(
            date(2026, 3, 27), date(2026, 3, 26), "Second lot of modules only after its own capital request.", "conditional"
        ),
        Passage(
            date(2026, 12, 18),
            ((MET, "Scope 2.1, without the heat meters"), ("not_met", ""), ("not_met", "")),
            "held", date(2026, 11, 19), "Decided again when the vendor confirms the delivery in writing.",
        ),
        Passage(date(2027, 4, 9)),
        Passage(date(2027, 10, 29)),
    ),
    "METER.HEADEND": (
        _passed("kickoff", date(2026, 3, 27)),
        _passed("reviewed", date(2026, 5, 26)),
        Passage(
            "complete", ((MET, "Scope 2.1"), (MET, "312 of 314 cases pass"), (WAIVED, "Two open defects have a way round")),
            "passed", date(2026, 9, 14),
        ),
        Passage("ready", ((MET, "Control room, 12 November"), ("not_met", ""), ("not_met", ""))),
        Passage(date(2027, 6, 30)),
    ),
    "METER.COMMS": (
        _passed("kickoff", date(2026, 4, 30)),
        _passed("contract", date(2026, 7, 22)),
        Passage("accepted", ((MET, "All four rings"), ("not_met", ""), ("not_met", "")), "held", date(2026, 11, 5),
                "The communication modules are eight weeks late."),
        Passage("live", ((MET, "Run books of the north"), ("not_met", ""), ("not_met", ""))),
        Passage(date(2027, 7, 30)),
    ),
    "EXIT": (
        _passed(date(2026, 2, 13), date(2026, 2, 12)),
        _passed(date(2026, 4, 17), date(2026, 4, 16)),
        Passage(date(2026, 12, 11), ((MET, ""), (MET, "Fail-over in 40 minutes"), ("not_met", ""))),
        Passage(date(2027, 2, 19)),
        Passage(date(2027, 8, 27)),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Doing:
    """One action: ``origin`` is a kind with what names the thing."""

    program: str
    title: str
    owner: str
    due_on: date
    by: str = "marta"
    origin: tuple[str, str] = ("", "")
    priority: int = 2
    state: str = "open"
    on: date | None = None
    outcome: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


DOINGS = (
    Doing("METER", "Get the new delivery date of the modules in writing", "marta", date(2026, 11, 24), "ingrid",
          ("gate", "METER.2"), 1, "in_progress"),
    Doing("METER", "Offer a retainer to two installation crews for December", "jonas", date(2026, 12, 2), "marta",
          ("risk", "Installation crews"), 1),
    Doing("METER", "Move the shift plan of January by two weeks", "lena", date(2026, 12, 4), "marta",
          ("commitment", "METER.HEADEND.system"), 2),
    Doing("METER", "Read the meters of the pilot by hand until January", "lena", date(2026, 11, 20), "jonas",
          ("task", "METER.SWAP.pilot"), 2, "done", date(2026, 11, 18), "Two people from the eastern depot."),
    Doing("METER", "Ask the regulator for a later tariff change", "tomas", date(2026, 12, 15), "ingrid", priority=3),
    Doing("METER", "Rent a second test bench", "jonas", date(2026, 10, 30), "marta", ("task", "METER.HEADEND.system"), 3,
          "dropped", date(2026, 10, 28), "The vendor lends one."),
    Doing("EXIT", "Book the carrier for the cut-over weekend", "aiko", date(2026, 12, 3), "daniel", ("gate", "EXIT.2"), 1),
    Doing("EXIT", "Name who answers for data that nobody claims", "daniel", date(2026, 11, 26), "ingrid", priority=2),
    Doing("CUST", "Agree on the wording of the chat with legal", "jonas", date(2026, 12, 9), "marta", priority=2),
)  # fmt: skip


def tell(world: World) -> None:
    """Copy the usual gates, date them, decide some; raise the actions."""
    for place, passages in GATES.items():
        code, _dot, rest = place.partition(".")
        actor = world.cast.manager(code)
        project = world.projects[place] if rest else None
        for gate, passage in zip(
            gates.copy_template(actor=actor, program=world.programs[code], project=project),
            passages,
            strict=True,
        ):
            _pass(world, place, gate, passage)
    for one in DOINGS:
        _raise(world, one)


def _pass(world: World, place: str, gate: Gate, passage: Passage) -> None:
    code = place.partition(".")[0]
    actor = world.cast.manager(code)
    if isinstance(passage.at, str):
        task = Task.objects.get(pk=world.work[f"{place}.{passage.at}"].pk)
        gate = gates.update(actor=actor, gate=gate, task=task)
    elif passage.at is not None:
        gate = gates.update(actor=actor, gate=gate, planned_on=passage.at)
    for criterion, (state, reason) in zip(read.criteria_of(gate), passage.said, strict=False):
        if state != GateCriterion.State.NOT_MET:
            criterion.gate = gate
            gates.update_criterion(
                actor=actor, criterion=criterion, today=passage.on or date(2026, 11, 16), state=state, reason=reason
            )  # fmt: skip
    if passage.state and passage.on:
        gates.decide(
            actor=world.cast.actor("tomas" if place == code else "ingrid"),
            gate=gate, state=passage.state, decided_on=passage.on, note=passage.note,
        )  # fmt: skip


def _raise(world: World, one: Doing) -> None:
    actor, kind = world.cast.actor(one.by), one.origin[0]
    origin = subjects.look(actor, kind, _named(world, *one.origin)) if kind else None
    made = actions.create(
        actor=actor, program=world.programs[one.program], today=date(2026, 10, 12), origin=origin, title=one.title,
        owner=world.cast.users[one.owner], due_on=one.due_on, priority=one.priority,
    )  # fmt: skip
    if one.state != "open":
        actions.update(
            actor=world.cast.actor(one.owner), action=to_do.get_for(world.cast.actor(one.owner), made.pk),
            today=one.on or date(2026, 11, 16), state=one.state, outcome=one.outcome,
        )  # fmt: skip


def _named(world: World, kind: str, name: str) -> int:
    """Return the id of a thing of the story."""
    match kind:
        case "risk":
            return Risk.objects.get(program__portfolio=world.portfolio, title__startswith=name).pk
        case "gate":
            code, _dot, number = name.partition(".")
            return Gate.objects.get(program=world.programs[code], project=None, position=int(number) + 1).pk
        case "commitment":
            return Commitment.objects.filter(dependency__predecessor=world.work[name].pk).latest("pk").pk
    return world.work[name].pk
