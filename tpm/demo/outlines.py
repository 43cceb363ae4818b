"""What a component project of each kind consists of: phases, tasks, links, cost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from budgets.models import Category

DAY_RATE = 840
FS, SS, FF = 0, 1, 2


@dataclass(frozen=True)
class Row:
    """A task; ``days`` 0 is a milestone. ``after`` names keys of the project (``key``, ``key SS+5``, ``key FS+3``)."""

    key: str
    name: str
    days: int = 0
    after: tuple[str, ...] = ()
    people: float = 2.0
    purchase: int = 0
    category: str = Category.LABOUR


@dataclass(frozen=True)
class Phase:
    name: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Link:
    pred: str
    succ: str
    kind: int
    lag_days: int


Template = Callable[[Sequence[str]], list[Phase]]


def software(modules: Sequence[str]) -> list[Phase]:
    """Software: modules are built two at a time, then tested and released together."""
    pairs = list(enumerate(modules))
    return [
        Phase("Definition", [
            Row("kickoff", "Kick-off"),
            Row("workshops", "Workshops with the business", 12, ("kickoff",)),
            Row("requirements", "Requirements and acceptance criteria", 15, ("workshops SS+6",)),
            Row("signed", "Requirements signed off", 0, ("requirements", "workshops")),
        ]),
        Phase("Design", [
            Row("architecture", "Solution architecture", 14, ("signed",)),
            *(Row(f"design{i}", f"Design: {m}", 8, ("architecture SS+8",), 1.5) for i, m in pairs),
            Row("reviewed", "Design review passed", 0, ("architecture", *(f"design{i}" for i, _ in pairs))),
        ]),
        Phase("Build", [
            *(
                Row(f"build{i}", f"Build: {m}", 26 + 4 * (i % 3), ("reviewed",) if i < 2 else (f"build{i - 2}",), 3)
                for i, m in pairs
            ),
            *(Row(f"integrate{i}", f"Integrate: {m}", 8, (f"build{i}",), 2) for i, m in pairs),
            Row("complete", "Feature complete", 0, tuple(f"integrate{i}" for i, _ in pairs)),
        ]),
        Phase("Test", [
            Row("system", "System test", 18, ("complete",), 3),
            Row("security", "Security and load test", 10, ("complete FS+5",), 1.5, 24000, Category.SERVICES),
            Row("fixes", "Fix findings", 12, ("system SS+8", "security"), 3),
            Row("acceptance", "User acceptance test", 15, ("fixes",), 2.5),
        ]),
        Phase("Release", [
            Row("training", "Training material", 10, ("fixes",), 1),
            Row("rehearsal", "Cut-over rehearsal", 6, ("acceptance SS+8",), 2),
            Row("ready", "Go-live readiness agreed", 0, ("acceptance", "training", "rehearsal")),
            Row("cutover", "Cut-over", 3, ("ready",), 4),
            Row("live", "Go-live", 0, ("cutover",)),
            Row("hypercare", "Hypercare", 20, ("live",), 2),
        ]),
    ]  # fmt: skip


def infrastructure(sites: Sequence[str]) -> list[Phase]:
    """Infrastructure: buy first, then install site after site."""
    pairs = list(enumerate(sites))
    return [
        Phase("Definition", [
            Row("kickoff", "Kick-off"),
            Row("survey", "Site surveys", 15, ("kickoff",)),
            Row("capacity", "Capacity and network plan", 12, ("survey SS+8",), 1.5),
            Row("materials", "Bill of materials", 6, ("capacity", "survey"), 1),
        ]),
        Phase("Procurement", [
            Row("tender", "Tender and evaluation", 30, ("materials",), 1),
            Row("contract", "Contract signed", 0, ("tender",)),
            Row("delivery", "Vendor delivery", 45, ("contract",), 0.3, 640000, Category.HARDWARE),
            Row("accepted", "Delivery accepted", 0, ("delivery",)),
        ]),
        Phase("Installation", [
            row for i, site in pairs for row in (
                Row(f"prepare{i}", f"Prepare {site}", 10, ("contract",) if i < 2 else (f"prepare{i - 2}",), 2),
                Row(f"install{i}", f"Install {site}", 16,
                    ("accepted", f"prepare{i}") if i < 2 else (f"install{i - 2}", f"prepare{i}"), 3),
                Row(f"commission{i}", f"Commission {site}", 8, (f"install{i}",), 2),
            )
        ]),
        Phase("Handover", [
            Row("failover", "Fail-over test", 6, tuple(f"commission{i}" for i, _ in pairs), 2),
            Row("runbooks", "Run books", 10, ("commission0",), 1),
            Row("handover", "Handover to operations", 5, ("failover", "runbooks"), 2),
            Row("live", "In service", 0, ("handover",)),
        ]),
    ]  # fmt: skip


def process(processes: Sequence[str]) -> list[Phase]:
    """A change of business processes: design, pilot, roll-out in waves."""
    pairs = list(enumerate(processes))
    return [
        Phase("Analysis", [
            Row("kickoff", "Kick-off"),
            *(Row(f"asis{i}", f"Describe today: {p}", 9, ("kickoff",), 1) for i, p in pairs),
            *(Row(f"tobe{i}", f"Design: {p}", 14, (f"asis{i}",), 1.5) for i, p in pairs),
            Row("approved", "Approved by the process council", 0, tuple(f"tobe{i}" for i, _ in pairs)),
        ]),
        Phase("Preparation", [
            *(Row(f"instruct{i}", f"Work instructions: {p}", 10, ("approved",), 1) for i, p in pairs),
            Row("controls", "Roles and controls", 12, ("approved",), 1),
        ]),
        Phase("Pilot", [
            Row("pilot", "Pilot in the eastern region", 30, ("controls", *(f"instruct{i}" for i, _ in pairs)), 2),
            Row("lessons", "Lessons and corrections", 8, ("pilot",), 1.5),
            Row("reviewed", "Pilot review passed", 0, ("lessons",)),
        ]),
        Phase("Roll-out", [
            *(
                Row(f"wave{n}", f"Wave {n}: {region}", 18, ("reviewed",) if n == 1 else (f"wave{n - 1} SS+12",), 2)
                for n, region in ((1, "north"), (2, "coast"), (3, "city"))
            ),
            Row("live", "New process in use everywhere", 0, ("wave3", "wave2")),
        ]),
    ]  # fmt: skip


def capability(teams: Sequence[str]) -> list[Phase]:
    """An organisational capability: model, people, practice."""
    pairs = list(enumerate(teams))
    return [
        Phase("Operating model", [
            Row("kickoff", "Kick-off"),
            Row("model", "Operating model and service levels", 18, ("kickoff",), 1.5),
            Row("roles", "Role profiles", 8, ("model FS-4",), 1),
            Row("approved", "Approved with the works council", 0, ("model", "roles")),
        ]),
        Phase("People", [
            *(Row(f"recruit{i}", f"Recruit: {t}", 45, ("approved",), 0.5, 18000, Category.SERVICES) for i, t in pairs),
            *(Row(f"train{i}", f"Train: {t}", 15, (f"recruit{i}",), 1.5) for i, t in pairs),
        ]),
        Phase("Practice", [
            Row("tools", "Tools and run books", 20, ("approved",), 1.5),
            Row("shadow", "Shadow operation", 25, ("tools", *(f"train{i}" for i, _ in pairs)), 2),
            Row("live", "In charge", 0, ("shadow",)),
        ]),
    ]  # fmt: skip


def links(phases: Sequence[Phase]) -> Iterator[Link]:
    """Return the links inside a project, by its keys."""
    for phase in phases:
        for row in phase.rows:
            for text in row.after:
                yield parsed(text, row.key)


def parsed(text: str, succ: str) -> Link:
    """Read ``key``, ``key SS+5``, ``key FS-4``."""
    pred, _, how = text.partition(" ")
    kind = {"": FS, "FS": FS, "SS": SS, "FF": FF}[how[:2]]
    return Link(pred, succ, kind, int(how[2:] or 0))
